internal import TermsModel

/// One wording as the alignment sees it: its clauses in order, their keys, and their words where they were needed.
struct ClauseSide {
  let wording: Wording
  /// Indices in the wording's clauses of those that take part.
  let clauses: [Int]
  /// The words of each that are compared.
  let words: [String]
  /// A hash of those words, byte for byte.
  private(set) var exactKeys: [UInt64]

  private(set) var tokens: [Token] = []
  private(set) var numbers: [UInt32] = []
  private var ranges: [Range<Int>?]

  init(_ wording: Wording) {
    self.wording = wording
    clauses = wording.clauses.indices.filter { wording.clauses[$0].role != .furniture }
    words = clauses.map { wording.clauses[$0].comparedWords }
    exactKeys = words.map { words in
      var words = words
      return words.withUTF8 { ByteHash.of($0) }
    }
    ranges = Array(repeating: nil, count: clauses.count)
  }

  var count: Int { clauses.count }

  func clause(_ index: Int) -> Clause { wording.clauses[clauses[index]] }

  /// Cuts the words of a clause into tokens, unless that is done.
  mutating func tokenize(_ index: Int, with tokenizer: inout Tokenizer) {
    guard ranges[index] == nil else { return }
    let first = tokens.count
    var text = words[index]
    text.withUTF8 { tokenizer.append($0, to: &tokens) }
    for token in tokens[first...] { numbers.append(token.number) }
    ranges[index] = first..<tokens.count
  }

  /// Where the tokens of a clause stand in ``tokens`` and ``numbers``.
  func range(_ index: Int) -> Range<Int> { ranges[index] ?? 0..<0 }
}

extension Clause {
  /// The words that are compared: the clause's text, or its heading where it is nothing but a heading.
  var comparedWords: String {
    guard let heading else { return text }
    return text.isEmpty ? heading : text
  }
}

/// A fast hash of bytes, for finding candidates; equality is always checked on the bytes themselves.
enum ByteHash {
  static func of(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash = UInt64(bytes.count) &* 0x9E37_79B9_7F4A_7C15
    guard let base = UnsafeRawPointer(bytes.baseAddress) else { return hash }
    var at = 0
    while at + 8 <= bytes.count {
      hash = mix(hash ^ base.loadUnaligned(fromByteOffset: at, as: UInt64.self))
      at += 8
    }
    var tail: UInt64 = 0
    while at < bytes.count {
      tail = tail << 8 | UInt64(bytes[at])
      at += 1
    }
    return mix(hash ^ tail)
  }

  static func of(_ numbers: ArraySlice<UInt32>) -> UInt64 {
    var hash = UInt64(numbers.count) &* 0x9E37_79B9_7F4A_7C15
    for number in numbers { hash = mix(hash ^ UInt64(number)) }
    return hash
  }

  private static func mix(_ value: UInt64) -> UInt64 {
    let product = value.multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    return product.high ^ product.low
  }
}
