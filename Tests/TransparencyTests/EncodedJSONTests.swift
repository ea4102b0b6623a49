import Foundation
import Testing

@testable import Transparency

/// Values made canonical without a detour over text are what Foundation's encoder writes, read again.
struct EncodedJSONTests {
  /// The reference: written by Foundation, read here.
  private static func written(_ value: some Encodable) throws -> CanonicalJSON {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    return try CanonicalJSON(parsing: encoder.encode(value))
  }

  private struct Whole: Encodable {
    enum Colour: String, Encodable { case red }
    struct Nothing: Encodable {}

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Name.self)
      try container.encode(true, forKey: "yes")
      try container.encode("say \"hi\" /\u{8}\u{1f}é\u{2028}", forKey: "text")
      try container.encode(-0.5, forKey: "half")
      try container.encode(Float(0.1), forKey: "tenth")
      try container.encode(-7, forKey: "int")
      try container.encode(Int8.min, forKey: "int8")
      try container.encode(Int16.max, forKey: "int16")
      try container.encode(Int32.min, forKey: "int32")
      try container.encode(Int64.max, forKey: "int64")
      try container.encode(UInt(7), forKey: "uint")
      try container.encode(UInt8.max, forKey: "uint8")
      try container.encode(UInt16.max, forKey: "uint16")
      try container.encode(UInt32.max, forKey: "uint32")
      try container.encode(UInt64.max, forKey: "uint64")
      try container.encode(3.0, forKey: "round")
      try container.encode(-0.0, forKey: "minusZero")
      try container.encode(Double.leastNonzeroMagnitude, forKey: "tiny")
      try container.encode(1.7e308, forKey: "huge")
      try container.encodeIfPresent(Int?.none, forKey: "absent")
      try container.encode(Int?.none, forKey: "null")
      try container.encode(Int??.some(nil), forKey: "nullWithin")
      try container.encodeNil(forKey: "nil")
      try container.encode(Colour.red, forKey: "colour")
      try container.encode(Nothing(), forKey: "nothing")
      try container.encode([Int](), forKey: "empty")
      try container.encode([1, nil, 0.25] as [Double?], forKey: "list")
      try container.encode([["a"], [], ["b", "c"]], forKey: "nested")
      try container.encode(["b": [1], "a": [2]], forKey: "byName")
      try container.encode([2: "two", 1: "one"], forKey: "byNumber")
      try container.encode(URL(string: "https://example.com/a?b=c"), forKey: "url")
      try container.encode(Data([0, 255]), forKey: "data")
      try container.encode(Date(timeIntervalSinceReferenceDate: 1.5), forKey: "moment")
      try container.encode("first", forKey: "twice")
      try container.encode("second", forKey: "twice")
      var inner = container.nestedContainer(keyedBy: Name.self, forKey: "inner")
      try inner.encode(1, forKey: "one")
      var elements = inner.nestedUnkeyedContainer(forKey: "elements")
      try elements.encode(true)
      try elements.encodeNil()
      try elements.encode(UInt16(9))
      try elements.encode("text")
      try elements.encode(0.5)
      var deeper = elements.nestedContainer(keyedBy: Name.self)
      try deeper.encode("x", forKey: "y")
      var list = elements.nestedUnkeyedContainer()
      try list.encode(elements.count)
      try Colour.red.encode(to: elements.superEncoder())
      try ["b": [1], "a": [2]].encode(to: container.superEncoder())
      try list.encode(contentsOf: [1, 2])
      try [["a"], [], ["b", "c"]].encode(to: container.superEncoder(forKey: "above"))
    }
  }

  private struct Name: CodingKey, ExpressibleByStringLiteral {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringLiteral value: String) { stringValue = value }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  @Test func `every kind of value and container comes out as Foundation writes it`() throws {
    #expect(try CanonicalJSON(encoding: Whole()) == Self.written(Whole()))
    #expect(try CanonicalJSON(encoding: "alone") == .string("alone"))
    #expect(try CanonicalJSON(encoding: 5) == .integer(5))
    #expect(try CanonicalJSON(encoding: [Int]()) == .array([]))
    #expect(try CanonicalJSON(encoding: Int?.none) == .null)
  }

  @Test func `numbers that JSON cannot hold are refused`() {
    for value in [Double.nan, .infinity, -.infinity] {
      #expect(throws: CanonicalJSONError.notFinite) { try CanonicalJSON(encoding: [value]) }
      #expect(throws: CanonicalJSONError.notFinite) { try CanonicalJSON(encoding: ["name": Float(value)]) }
    }
  }

  /// A value of any shape.
  private indirect enum Shape: Encodable {
    case text(String)
    case whole(Int)
    case part(Double)
    case truth(Bool)
    case nothing
    case list([Shape])
    case object([(String, Shape)])

    func encode(to encoder: any Encoder) throws {
      switch self {
      case .text(let text):
        var container = encoder.singleValueContainer()
        try container.encode(text)
      case .whole(let number):
        var container = encoder.singleValueContainer()
        try container.encode(number)
      case .part(let number):
        var container = encoder.singleValueContainer()
        try container.encode(number)
      case .truth(let truth):
        var container = encoder.singleValueContainer()
        try container.encode(truth)
      case .nothing:
        var container = encoder.singleValueContainer()
        try container.encodeNil()
      case .list(let elements):
        var container = encoder.unkeyedContainer()
        for element in elements { try container.encode(element) }
      case .object(let members):
        var container = encoder.container(keyedBy: Name.self)
        for (name, value) in members { try container.encode(value, forKey: Name(stringValue: name)) }
      }
    }

    static func random(_ depth: Int, _ generator: inout SplitMix) -> Shape {
      switch Int.random(in: 0..<(depth > 0 ? 9 : 5), using: &generator) {
      case 0: .text(word(&generator))
      case 1: .whole(Int.random(in: -(1 << 55)...(1 << 55), using: &generator))
      case 2: .part(Double(Int.random(in: -1000...1000, using: &generator)) / 16)
      case 3: .truth(Bool.random(using: &generator))
      case 4: .nothing
      case 5, 6: .list((0..<Int.random(in: 0...4, using: &generator)).map { _ in random(depth - 1, &generator) })
      default:
        .object(
          (0..<Int.random(in: 0...5, using: &generator)).map { _ in (word(&generator), random(depth - 1, &generator)) })
      }
    }

    private static func word(_ generator: inout SplitMix) -> String {
      let letters: [Character] = ["a", "B", "/", "\"", "\\", "\n", "\u{7}", "é", "語", "\u{1F600}", "\u{2028}", "z"]
      return String(
        (0..<Int.random(in: 0...6, using: &generator)).map { _ in
          letters[Int.random(in: 0..<letters.count, using: &generator)]
        })
    }
  }

  @Test func `values of any shape come out as Foundation writes them`() throws {
    var generator = SplitMix(seed: 4)
    for _ in 0..<500 {
      let value = Shape.random(4, &generator)
      let (made, written) = (try CanonicalJSON(encoding: value), try Self.written(value))
      #expect(made == written)
      #expect(try made.encoded() == written.encoded())
    }
  }
}
