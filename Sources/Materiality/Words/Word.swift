/// A word of a passage, folded so that its dress does not matter.
struct Word: Sendable {
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

  /// How a word is written.
  struct Dress: OptionSet, Sendable {
    let rawValue: UInt8

    static let linked = Dress(rawValue: 1)
    static let capitalised = Dress(rawValue: 2)
    static let shouted = Dress(rawValue: 4)
  }

  /// What is compared: lower case, straight apostrophes, contractions spelt out, one spelling of English.
  let key: Term
  /// The key without its endings: `terminate`, `terminates` and `terminated` share one.
  let stem: Term
  /// What is known of the stem's part in terms; empty where nothing is.
  let traits: Vocabulary.Traits
  /// The lists of the rules that the key is in.
  let lists: WordLists
  private let first: Int32
  private let end: Int32
  private let sentenceNumber: Int32
  private let blockNumber: Int32
  let kind: Kind
  private let dress: Dress
  /// The lists of the rules that the stem is in.
  let stemLists: StemLists
  /// How many characters the key has, 255 at most.
  let length: UInt8
  let shape: KeyShape

  /// Where it stands in the passage's scalars.
  var range: Range<Int> { Int(first)..<Int(end) }
  /// Which sentence of the passage it belongs to.
  var sentence: Int { Int(sentenceNumber) }
  /// Which block of the passage it belongs to.
  var block: Int { Int(blockNumber) }
  /// Whether it is the visible part of a link.
  var isLinked: Bool { dress.contains(.linked) }
  /// Whether it begins with a capital letter.
  var isCapitalised: Bool { dress.contains(.capitalised) }
  /// Whether it has two letters or more and all are capitals.
  var isShouted: Bool { dress.contains(.shouted) }
  /// Whether it says how to reach somebody or where to read.
  var isAddress: Bool { kind == .mail || kind == .telephone || kind == .address }

  /// - Parameter facts: what is known of `key`.
  @inline(__always)
  init(
    kind: Kind, key: Term, facts: KeyFacts, range: Range<Int32>, sentence: Int, block: Int32, dress: Dress
  ) {
    self.kind = kind
    self.key = key
    stem = kind == .plain ? facts.stem : key
    traits = kind == .plain ? facts.traits : []
    lists = facts.lists
    stemLists = kind == .plain ? facts.stemLists : StemLists()
    length = facts.length
    shape = facts.shape
    first = range.lowerBound
    end = range.upperBound
    sentenceNumber = Int32(truncatingIfNeeded: sentence)
    blockNumber = block
    self.dress = dress
  }

  /// Whether the word itself is in a list of the rules.
  @inline(__always)
  func isIn(_ list: WordList) -> Bool { lists.contains(list) }
  /// Whether its stem is.
  @inline(__always)
  func hasStem(in list: StemList) -> Bool { stemLists.contains(list) }
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
