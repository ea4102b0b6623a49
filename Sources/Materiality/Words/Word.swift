/// A word of a passage, folded so that its dress does not matter.
struct Word: Hashable, Sendable {
  enum Kind: UInt8, Sendable {
    /// Letters.
    case plain
    /// A number, in digits or spelt out; the key is its digits.
    case number
    /// A sign that carries meaning: a currency, per cent, section.
    case sign
    /// A calendar date, whatever its parts and their order; the key begins with `§date`.
    case date
    /// A web address, an e-mail address, a telephone number.
    case address, mail, telephone
    /// The number of a clause that the text points at: the `9.h` of "section 9(h)".
    case reference
  }

  let kind: Kind
  /// What is compared: lower case, straight apostrophes, contractions spelt out, one spelling of English.
  let key: String
  /// The key without its endings: `terminate`, `terminates` and `terminated` share one.
  let stem: String
  /// What is known of the stem's part in terms; empty where nothing is.
  let traits: Vocabulary.Traits
  /// Where it stands in the passage's scalars.
  let range: Range<Int>
  /// Which sentence of the passage it belongs to.
  var sentence: Int
  /// Which block of the passage it belongs to.
  var block: Int
  /// Whether it is the visible part of a link.
  let isLinked: Bool
  /// Whether it begins with a capital letter.
  let isCapitalised: Bool
  /// Whether it has two letters or more and all are capitals.
  let isShouted: Bool

  static func == (left: Word, right: Word) -> Bool { left.key == right.key }
  func hash(into hasher: inout Hasher) { hasher.combine(key) }
}

/// A piece of a passage that stands by itself: a paragraph, an item of a list, a heading, the row of a table.
struct Block: Sendable {
  enum Kind: Sendable {
    case paragraph, item, heading, row
  }

  let kind: Kind
  /// The words of the passage that it holds.
  var words: Range<Int>
}
