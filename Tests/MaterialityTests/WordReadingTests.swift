import Testing

@testable import Materiality

/// The quick ways to read words against the plain ones, on made-up texts with a fixed seed.
@Suite struct WordReadingTests {
  /// Letters, digits and marks of many scripts, those of addresses, labels, dates and Markdown more often.
  private static let pieces: [String] = [
    "a", "e", "s", "t", "Z", "U", "US", "U.S.", "us", "I", "iv", "B", "ing", "isation", "ies", "0", "7", "30", "2024",
    "1.5",
    " ", " ", " ", " ", "\n", "\n\n", "\t", "\u{A0}", "\u{3000}", "\r", ".", ",", ";", ":", "!", "?", "'", "\u{2019}",
    "`", "\"",
    "“", "”", "(", ")", "[", "](", "<", ">", "*", "**", "_", "#", "# ", "- ", "|", "\\", "/", "@", "-", "–", "\u{2011}",
    "&",
    "&amp;", "&nbsp;", "%", "§", "€", "é", "e\u{301}", "ß", "İ", "ﬁ", "Ω", "σς", "я", "ñ", "中", "の", "한", "²", "٣", "½",
    "\u{AD}", "\u{200B}", "\u{FE0F}", "😀", "section ", "May ", "4", "1st", "of ", "(a)", "(iv)", "thirty (30)",
    "www.x.example",
    "a@b.example", "https://x.example/y", "don't", "it’s", "Inc. ", "e.g. ", "the ", "must ", "agreement ", "terms ",
    "not ",
  ]

  private static func text(_ random: inout SplitMix, pieces count: Int) -> String {
    (0..<count).map { _ in pieces[Int(random.next() % UInt64(pieces.count))] }.joined()
  }

  private static func passage(_ text: String, _ lexicon: inout Lexicon) -> Passage {
    Passage(Array(text.unicodeScalars), &lexicon)
  }

  @Test func `what is kept of a scalar is what its properties say`() {
    for value in (0..<0x3400 as Range<UInt32>) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      #expect(ScalarKinds.all[scalar] == ScalarKind(reading: scalar), "U+\(String(value, radix: 16))")
    }
  }

  @Test func `texts are taken apart into the scalars that they are made of`() {
    var random = SplitMix(seed: 1)
    for _ in 0..<400 {
      let text = Self.text(&random, pieces: 30)
      let scalars = [Unicode.Scalar](unsafeUninitializedCapacity: text.utf8.count) { scalars, count in
        var decoder = ScalarDecoder(scalars)
        decoder.append(text[...])
        count = decoder.count
      }
      #expect(scalars == Array(text.unicodeScalars), "\(text.debugDescription)")
    }
  }

  @Test func `each word has the stem, the traits and the lists that its letters have`() {
    var random = SplitMix(seed: 2)
    var lexicon = Lexicon()
    var traits: [String: Vocabulary.Traits] = [:]
    for (trait, words) in Vocabulary.lists {
      for word in words.split(whereSeparator: \.isWhitespace) {
        traits[Stem.of(WordFolding.spelling(String(word))), default: []].formUnion(trait)
      }
    }
    for _ in 0..<600 {
      let text = Self.text(&random, pieces: 40)
      for word in Self.passage(text, &lexicon).words {
        let key = lexicon.text(word.key)
        let stem = word.kind == .plain ? Stem.of(key) : key
        #expect(lexicon.text(word.stem) == stem, "\(key) in \(text.debugDescription)")
        #expect(word.traits == (word.kind == .plain ? traits[stem] ?? [] : []), "\(key)")
        #expect(word.lists == KnownWords.lists(of: key), "\(key)")
        #expect(Int(word.length) == min(key.count, 255), "\(key)")
        #expect(word.shape.contains(.numbered) == key.contains(where: \.isNumber), "\(key)")
        #expect(word.shape.contains(.pointed) == key.contains("."), "\(key)")
      }
    }
  }

  @Test func `plain words fold to the parts that their spelling has, in every case`() {
    var random = SplitMix(seed: 3)
    let letters = Array("abcdeghilmnoprstuyzsingedies'’")
    for _ in 0..<4000 {
      var word = "a"
      for _ in 0..<random.next() % 14 { word.append(letters[Int(random.next() % UInt64(letters.count))]) }
      word.append("s")
      if random.next() % 3 == 0 {
        word = word.uppercased()
      } else if random.next() % 2 == 0 {
        word = word.prefix(1).uppercased() + word.dropFirst()
      }
      var lexicon = Lexicon()
      let words = Self.passage("\n\n" + word, &lexicon).words
      let key = WordFolding.plain(Array(word.unicodeScalars)[...])
      let parts = Self.isOneWord(word) ? WordFolding.parts(key) : nil
      if let parts { #expect(words.map { lexicon.text($0.key) } == parts, "\(word)") }
    }
  }

  /// Two apostrophes side by side part a word.
  private static func isOneWord(_ word: String) -> Bool {
    !word.replacing("’", with: "'").contains("''")
  }

  @Test func `equal keys have equal numbers, and no others`() {
    var random = SplitMix(seed: 4)
    var lexicon = Lexicon()
    var numbers: [String: Term] = [:]
    for _ in 0..<600 {
      for word in Self.passage(Self.text(&random, pieces: 40), &lexicon).words {
        let key = lexicon.text(word.key)
        #expect(numbers[key, default: word.key] == word.key, "\(key)")
        numbers[key] = word.key
      }
    }
    #expect(Set(numbers.values).count == numbers.count)
  }

  @Test func `what the reading learnt before changes nothing`() {
    var random = SplitMix(seed: 5)
    var shared = Lexicon()
    for _ in 0..<400 {
      let text = Self.text(&random, pieces: 40)
      var fresh = Lexicon()
      let (one, other) = (Self.passage(text, &shared), Self.passage(text, &fresh))
      #expect(
        one.words.map { shared.text($0.key) } == other.words.map { fresh.text($0.key) }, "\(text.debugDescription)")
      #expect(one.words.map(\.range) == other.words.map(\.range) && one.words.map(\.kind) == other.words.map(\.kind))
      #expect(one.sentences == other.sentences && one.labels == other.labels)
    }
  }

  @Test func `each list has a bit of its own`() {
    for list in WordList.allCases {
      var lists = WordLists()
      lists.insert(list)
      #expect(WordList.allCases.filter { lists.contains($0) } == [list])
    }
    for list in StemList.allCases {
      var lists = StemLists()
      lists.insert(list)
      #expect(StemList.allCases.filter { lists.contains($0) } == [list])
    }
  }

  @Test func `a known word is known by its letters`() {
    for text in ["the", "terms", "straße", "§", "©", "u.s.", "arbitration", "thirty", "xxv", "september"] {
      let term = KnownWords.english.term(text)
      #expect(term != .none && KnownWords.english.texts.text(term.index) == text, "\(text)")
    }
    #expect(KnownWords.english.term("quayside") == .none)
  }
}

@Suite struct TermSearchTests {
  /// The plain way: at every place.
  private static func count(_ text: String, _ term: String) -> Int {
    let (text, term) = (Array(text.utf8), Array(term.utf8))
    let isWord = { (byte: UInt8) in
      byte >= 128 || (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
    }
    var (found, at) = (0, 0)
    while !term.isEmpty, at + term.count <= text.count {
      guard text[at..<at + term.count].elementsEqual(term) else {
        at += 1
        continue
      }
      var end = at + term.count
      if end < text.count, text[end] == UInt8(ascii: "s") { end += 1 }
      if at == 0 || !isWord(text[at - 1]), end == text.count || !isWord(text[end]) { found += 1 }
      at += term.count
    }
    return found
  }

  @Test func `terms are found as if every place were looked at`() {
    var random = SplitMix(seed: 6)
    let pieces = ["App", "Apps", "A", "p", " ", " ", ".", "é", "x", "App App", "\u{201C}"]
    for _ in 0..<3000 {
      let text = (0..<random.next() % 20).map { _ in pieces[Int(random.next() % UInt64(pieces.count))] }.joined()
      for term in ["App", "A", "App App", "p", ""] {
        #expect(
          TermSearch.count(text, term, limit: .max) == Self.count(text, term), "\(term) in \(text.debugDescription)")
        #expect(TermSearch.count(text, term, limit: 2) == min(2, Self.count(text, term)))
      }
    }
  }
}
