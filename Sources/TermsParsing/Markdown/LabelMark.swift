/// One step of a label as printed: the `7`, the `.2` or the `(a)`.
struct LabelToken: Equatable {
  enum Kind: UInt8 {
    case number, lower, upper
  }
  enum Form: UInt8 {
    /// `7.`, `7`, `a.`
    case dot
    /// `(7)`, `7)`, `(a)`, `a)`
    case parenthesis
  }

  var kind: Kind
  var form: Form
  private let length: UInt8
  private let value: Int16
  private let romanValue: Int16
  private var start: Int32

  /// - Precondition: `range` has at most six letters or three digits.
  init(kind: Kind, form: Form, ordinal: Int, roman: Int, range: Range<Int>) {
    self.kind = kind
    self.form = form
    length = UInt8(truncatingIfNeeded: range.count)
    romanValue = Int16(truncatingIfNeeded: roman)
    value = Int16(truncatingIfNeeded: ordinal)
    start = Int32(truncatingIfNeeded: range.lowerBound)
  }

  /// The number, or the letter's place in the alphabet; 27 for `aa`.
  var ordinal: Int { Int(value) }
  /// What it is as a Roman numeral; 0 where it is none.
  var roman: Int { Int(romanValue) }
  /// The digits or letters.
  var range: Range<Int> { Int(start)..<(Int(start) + Int(length)) }

  mutating func shift(bytes: Int) { start += Int32(truncatingIfNeeded: bytes) }
}

/// The steps of one label, outermost first; at most ten of them.
struct LabelTokens: RandomAccessCollection {
  private static let none = LabelToken(kind: .number, form: .dot, ordinal: 0, roman: 0, range: 0..<0)
  /// In place, since nearly every label has one step or two, and a list of its own would cost each of them an allocation.
  private var list = (none, none, none, none, none, none, none, none, none, none)
  private(set) var count = 0

  var startIndex: Int { 0 }
  var endIndex: Int { count }
  var isFull: Bool { count == 10 }

  subscript(index: Int) -> LabelToken {
    get {
      precondition(index >= 0 && index < count)
      return withUnsafeBytes(of: list) { $0.assumingMemoryBound(to: LabelToken.self)[index] }
    }
    set {
      precondition(index >= 0 && index < count)
      withUnsafeMutableBytes(of: &list) { $0.assumingMemoryBound(to: LabelToken.self)[index] = newValue }
    }
  }

  mutating func shift(bytes: Int) {
    for index in 0..<count { self[index].shift(bytes: bytes) }
  }

  /// - Precondition: it is not full.
  mutating func append(_ token: LabelToken) {
    precondition(!isFull)
    count += 1
    self[count - 1] = token
  }
}

/// A label at the beginning of a block.
struct LabelMark {
  /// The word that leads it: `Article`, `Section`.
  var word: Range<Int>?
  var tokens = LabelTokens()
  /// How many of the first tokens form a number with dots: 2 for `7.2` and `7.2(a)`.
  var decimals: Int
  /// The end of the label, its punctuation and the spaces after it.
  var end: Int
  /// The first byte of the emphasis that was opened before the label and goes on after it.
  var openDress: Range<Int>?
  /// Whether it counts only among its like: `a.` after nothing, and before no `b.`, is a word.
  var isWeak: Bool
  /// Whether its opening parenthesis is missing: `c) …`.
  var lacksOpening: Bool
  /// Whether its last step is a letter right behind the number: `8a`.
  var isGlued = false

  /// The same label where it stands in another text, so many bytes further on.
  func shifted(bytes: Int) -> LabelMark {
    var mark = self
    mark.word = word.map { ($0.lowerBound + bytes)..<($0.upperBound + bytes) }
    mark.openDress = openDress.map { ($0.lowerBound + bytes)..<($0.upperBound + bytes) }
    mark.end += bytes
    mark.tokens.shift(bytes: bytes)
    return mark
  }
}
