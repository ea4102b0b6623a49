/// What a scalar is to the reading of Markdown.
struct ScalarKind: OptionSet, Sendable {
  let rawValue: UInt16

  /// Part of a word: a letter, a number, a mark upon them.
  static let word = ScalarKind(rawValue: 1)
  static let letter = ScalarKind(rawValue: 2)
  static let capital = ScalarKind(rawValue: 4)
  /// 0 to 9.
  static let digit = ScalarKind(rawValue: 8)
  /// A digit or number of any script.
  static let numeric = ScalarKind(rawValue: 16)
  /// White space within a line.
  static let space = ScalarKind(rawValue: 32)
  /// White space of any kind.
  static let white = ScalarKind(rawValue: 64)
  /// A format character, which nobody sees.
  static let invisible = ScalarKind(rawValue: 128)
  /// May stand in a web address or an e-mail address.
  static let address = ScalarKind(rawValue: 256)
  static let apostrophe = ScalarKind(rawValue: 512)
  /// A letter or digit of ASCII.
  static let plain = ScalarKind(rawValue: 1024)
  /// Falls away at the end of an address: a mark of the sentence.
  static let trailing = ScalarKind(rawValue: 2048)

  /// The kind, told from the properties of the scalar.
  init(reading scalar: Unicode.Scalar) {
    self = []
    let properties = scalar.properties
    if properties.isAlphabetic { insert(.letter) }
    if properties.numericType != nil { insert(.numeric) }
    if ("0"..."9").contains(scalar) { insert(.digit) }
    if properties.isWhitespace { insert(.white) }
    if scalar.isASCII {
      if ("A"..."Z").contains(scalar) { insert(.capital) }
      if contains(.letter) || contains(.digit) { formUnion([.word, .plain, .address]) }
      if scalar == " " || scalar == "\t" || scalar == "\r" { insert(.space) }
      if "@./:-_?&=#%+~,;!'\\".unicodeScalars.contains(scalar) { insert(.address) }
      if ".,:;!?'\"*_~".unicodeScalars.contains(scalar) { insert(.trailing) }
    } else {
      if properties.isUppercase { insert(.capital) }
      if contains(.letter) || contains(.numeric) || properties.generalCategory == .nonspacingMark {
        formUnion([.word, .address])
      }
      if properties.isWhitespace { insert(.space) }
      if properties.generalCategory == .format || scalar == "\u{FE0F}" { insert(.invisible) }
    }
    if scalar == "'" || scalar == "\u{2019}" || scalar == "\u{02BC}" || scalar == "`" { insert(.apostrophe) }
  }

  init(rawValue: UInt16) {
    self.rawValue = rawValue
  }
}

/// The kinds of scalars, those of European letters and the marks of typography kept in a table.
struct ScalarKinds: Sendable {
  static let all = ScalarKinds()

  private static var latin: Int { 0x250 }
  private static var punctuation: Range<Int> { 0x2000..<0x2070 }
  private let table: [ScalarKind]

  private init() {
    table = (Array(0..<Self.latin) + Array(Self.punctuation)).map { value in
      Unicode.Scalar(UInt32(value)).map { ScalarKind(reading: $0) } ?? []
    }
  }

  @inline(__always)
  subscript(scalar: Unicode.Scalar) -> ScalarKind {
    let value = Int(scalar.value)
    if value < Self.latin { return table[value] }
    if value >= Self.punctuation.lowerBound, value < Self.punctuation.upperBound {
      return table[Self.latin &+ value &- Self.punctuation.lowerBound]
    }
    return ScalarKind(reading: scalar)
  }
}
