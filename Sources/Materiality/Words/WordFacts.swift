/// What is known of a text where it is the key of a word.
struct KeyFacts: Sendable {
  /// The text without its endings; none where nobody asked for it yet.
  var stem = Term.none
  var traits: Vocabulary.Traits = []
  var lists = WordLists()
  var stemLists = StemLists()
  /// How many characters it has, 255 at most.
  var length: UInt8 = 0
  var shape: KeyShape = []
}

/// What the letters of a key are like.
struct KeyShape: OptionSet, Sendable {
  let rawValue: UInt8

  /// Whether a letter lies beyond those that the languages of Europe write.
  static let foreign = KeyShape(rawValue: 1)
  /// Whether four or more do: scripts without spaces make one word of a sentence.
  static let unspaced = KeyShape(rawValue: 2)
  /// Whether a digit or another number is in it.
  static let numbered = KeyShape(rawValue: 4)
  /// Whether a full stop is in it.
  static let pointed = KeyShape(rawValue: 8)
  /// Whether it ends as names of commercial sites do: in `com`.
  static let commercial = KeyShape(rawValue: 16)
  static let ascii = KeyShape(rawValue: 32)
}

/// What is known of a word as it stands in a text, wherever it stands.
struct RawFacts: Sendable {
  /// The word folded.
  var key = Term.none
  /// The words that it becomes where it is a plain one.
  var part = Term.none
  var secondPart = Term.none
  /// The digits of the number that it is.
  var number = Term.none
  var address: Word.Kind?
  /// 0 where it is none.
  var month: UInt8 = 0
  var day: UInt8 = 0
  var year: UInt16 = 0
  var shape: RawShape = []
}

/// What a word as it stands in a text looks like.
struct RawShape: OptionSet, Sendable {
  let rawValue: UInt16

  /// Whether nothing but a reference before it could make anything of it but its parts.
  static let simple = RawShape(rawValue: 1)
  static let roman = RawShape(rawValue: 2)
  static let sign = RawShape(rawValue: 4)
  static let digits = RawShape(rawValue: 8)
  /// Whether it has a point in it, or is written `US`: it may stand for initials.
  static let initials = RawShape(rawValue: 16)
  static let capitalised = RawShape(rawValue: 32)
  static let shouted = RawShape(rawValue: 64)
  /// Whether a full stop behind it ends no sentence.
  static let abbreviation = RawShape(rawValue: 128)
  /// Whether it points at a clause by its number.
  static let referring = RawShape(rawValue: 256)
  /// Whether it is a number in digits or spelt out.
  static let numeral = RawShape(rawValue: 512)
  /// Whether what is folded of it begins with a digit.
  static let numbered = RawShape(rawValue: 1024)
  /// Whether what is folded of it is one letter.
  static let single = RawShape(rawValue: 2048)
}
