/// The words that rules know, with all that is known of them; made once, and the same for every text.
struct KnownWords: Sendable {
  let texts: TextTable
  let keys: [KeyFacts]
  let raws: [RawFacts]
  let stemTraits: [Vocabulary.Traits]
  let stemLists: [StemLists]
  /// Those beyond ASCII, by canonical equivalence.
  let equals: [String: Term]

  let count: Int

  // Words that the folding of others asks for.
  let may: Term
  let of: Term
  let email: Term
  let protected: Term

  static let english = KnownWords(Maker())

  /// No word at all, which the known ones are made from.
  fileprivate static let none = KnownWords(
    texts: TextTable(), keys: [], raws: [], stemTraits: [], stemLists: [], equals: [:])

  private init(
    texts: TextTable, keys: [KeyFacts], raws: [RawFacts], stemTraits: [Vocabulary.Traits], stemLists: [StemLists],
    equals: [String: Term]
  ) {
    self.texts = texts
    self.keys = keys
    self.raws = raws
    self.stemTraits = stemTraits
    self.stemLists = stemLists
    self.equals = equals
    count = keys.count
    let term = { (text: StaticString) in
      text.withUTF8Buffer { texts.number(of: TextTable.Key($0)).map(Term.init) } ?? .none
    }
    (may, of, email, protected) = (term("may"), term("of"), term("email"), term("protected"))
  }

  /// The number of a word or stem that rules know; none of any other.
  func term(_ text: String) -> Term {
    if let term = equals[text] { return term }
    var text = text
    return text.withUTF8 { texts.number(of: TextTable.Key($0)).map(Term.init) } ?? .none
  }

  /// The lists that a text is in.
  static func lists(of text: String) -> WordLists { listsByText[text] ?? WordLists() }

  /// The lists by their words, for texts that are not told by their bytes.
  fileprivate static let listsByText: [String: WordLists] = {
    var lists: [String: WordLists] = [:]
    for list in WordList.allCases {
      for word in list.words.split(whereSeparator: \.isWhitespace) {
        lists[String(word), default: WordLists()].insert(list)
      }
    }
    return lists
  }()
}

extension KnownWords {
  /// Keys that stand for what is compared by its kind alone.
  static let mail = english.term("§mail")
  static let address = english.term("§address")
  static let telephone = english.term("§telephone")
}

extension KnownWords {
  /// Collects the words.
  private struct Maker: ~Copyable {
    var lexicon = Lexicon(known: .none)
    var stemTraits: [Int: Vocabulary.Traits] = [:]
    var stemLists: [Int: StemLists] = [:]

    init() {
      for word in KnownWords.listsByText.keys.sorted() { add(word) }
      for word in ["§mail", "§address", "§telephone", "u.s.", "may", "of", "email", "protected"] { add(word) }
      for word in WordFolding.irregularWords + Numerals.words + CalendarWords.words { add(word) }
      for (word, stem) in Stem.irregular.sorted(by: { $0.key < $1.key }) { add(word); add(stem) }
      for phrase in LawPhrases.all { for word in phrase.words { add(word) } }
      for (traits, words) in Vocabulary.lists {
        for word in words.split(whereSeparator: \.isWhitespace) {
          add(String(word))
          let stem = Stem.of(WordFolding.spelling(String(word)))
          stemTraits[add(stem).index, default: []].formUnion(traits)
        }
      }
      for list in StemList.allCases {
        for word in list.words.split(whereSeparator: \.isWhitespace) {
          add(String(word))
          stemLists[add(Stem.of(String(word))).index, default: StemLists()].insert(list)
        }
      }
      for stem in EqualPhrases.stems { add(stem) }
    }

    @discardableResult
    mutating func add(_ text: String) -> Term {
      lexicon.term(text)
    }
  }

  private init(_ made: consuming Maker) {
    var maker = made
    var keys: [KeyFacts] = []
    var raws: [RawFacts] = []
    // To read one may add others: its spelling, its stem.
    while keys.count < maker.lexicon.count {
      let text = maker.lexicon.text(Term(keys.count))
      raws.append(maker.lexicon.readOther(text))
      var facts = KeyFacts()
      facts.measure(string: text)
      facts.lists = Self.lists(of: text)
      facts.stem = maker.lexicon.term(Stem.of(text))
      keys.append(facts)
    }
    for index in keys.indices {
      keys[index].traits = maker.stemTraits[keys[index].stem.index] ?? []
      keys[index].stemLists = maker.stemLists[keys[index].stem.index] ?? StemLists()
    }
    var texts = TextTable(capacity: 8192)
    var equals: [String: Term] = [:]
    for index in keys.indices {
      var text = maker.lexicon.text(Term(index))
      if !text.utf8.allSatisfy({ $0 < 128 }) { equals[text] = Term(index) }
      text.withUTF8 { _ = texts.add(TextTable.Key($0)) }
    }
    self.init(
      texts: texts, keys: keys, raws: raws, stemTraits: keys.indices.map { maker.stemTraits[$0] ?? [] },
      stemLists: keys.indices.map { maker.stemLists[$0] ?? StemLists() }, equals: equals)
  }
}
