/// What the words of a sentence or a block hold between them, found out once: most rules need no more to pass it by.
struct Gist {
  private(set) var lists = WordLists()
  private(set) var traits: Vocabulary.Traits = []
  private var kinds: UInt8 = 0
  private(set) var hasLink = false
  /// Whether a sign is among them that may rule something: neither `§` nor `©`.
  private(set) var hasRulingSign = false
  /// Tells the words in their order from any others.
  private(set) var key: UInt64 = 0xCBF2_9CE4_8422_2325

  /// Of no words.
  init() {}

  init(_ words: ArraySlice<Word>) {
    for word in words { add(word) }
  }

  @inline(__always)
  mutating func add(_ word: Word) {
    lists.formUnion(word.lists)
    traits.formUnion(word.traits)
    kinds |= 1 &<< word.kind.rawValue
    if word.isLinked { hasLink = true }
    if word.kind == .sign, !word.isIn(.sectionSign), !word.isIn(.copyrightSign) { hasRulingSign = true }
    key = (key ^ UInt64(word.key.number)) &* 0x9E37_79B9_7F4A_7C15
    key ^= key &>> 32
  }

  /// Whether a word of the list is among them.
  @inline(__always)
  func has(_ list: WordList) -> Bool { lists.contains(list) }
  @inline(__always)
  func hasAny(_ one: WordList, _ other: WordList) -> Bool { has(one) || has(other) }
  @inline(__always)
  func has(_ kind: Word.Kind) -> Bool { kinds & (1 &<< kind.rawValue) != 0 }
  var hasAddress: Bool { has(.mail) || has(.telephone) || has(.address) }
}

/// A sentence or block in which words came or went.
struct Stretch {
  let words: Range<Int>
  let gist: Gist
}
