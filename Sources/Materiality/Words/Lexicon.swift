/// The words met in the texts of a redline, each read and folded once: terms say the same few hundred words over and over.
///
/// What rules know by themselves is in ``KnownWords``; a word that is not there is in no list, has no traits and no
/// spelling or stem out of the ordinary. There is one to a redline, never copied.
struct Lexicon: ~Copyable {
  let known: KnownWords
  private var texts = TextTable()
  private var keys: [KeyFacts] = []
  private var raws: [RawFacts] = []
  /// Texts beyond ASCII by canonical equivalence, under which Swift compares strings: both spellings of an accent are one.
  private var equals: [String: Term] = [:]

  init(known: KnownWords = .english) {
    self.known = known
  }

  var count: Int { known.count + texts.count }

  // MARK: Keys

  /// The number of a key, the same for equal strings.
  mutating func term(_ key: String) -> Term {
    var key = key
    let isASCII = key.utf8.allSatisfy { $0 < 128 }
    if !isASCII, let term = known.equals[key] ?? equals[key] { return term }
    let number = key.withUTF8 { (text: UnsafeBufferPointer<UInt8>) -> Term in term(text) }
    if !isASCII { equals[key] = number }
    return number
  }

  /// The number of a text, the same for equal bytes.
  mutating func term(_ text: UnsafeBufferPointer<UInt8>) -> Term { term(TextTable.Key(text)) }

  @inline(__always)
  private mutating func term(_ key: TextTable.Key) -> Term {
    if let number = known.texts.number(of: key) { return Term(number) }
    if let number = texts.number(of: key) { return Term(known.count &+ number) }
    keys.append(KeyFacts())
    raws.append(RawFacts())
    return Term(known.count + texts.add(key))
  }

  func text(_ term: Term) -> String {
    term.index < known.count ? known.texts.text(term.index) : texts.text(term.index - known.count)
  }

  /// What is known of the key of a plain word.
  @inline(__always)
  mutating func facts(_ key: Term) -> KeyFacts {
    if key.index < known.count { return known.keys[key.index] }
    let place = key.index &- known.count
    if keys[place].stem == .none { keys[place] = read(key) }
    return keys[place]
  }

  private mutating func read(_ key: Term) -> KeyFacts {
    var facts = KeyFacts()
    if texts.withBytes(key.index - known.count, { facts.measure($0) }) {
      facts.stem = stem(key)
    } else {
      let text = self.text(key)
      facts.measure(string: text)
      facts.stem = term(Stem.of(text))
    }
    if facts.stem.index < known.count {
      facts.traits = known.stemTraits[facts.stem.index]
      facts.stemLists = known.stemLists[facts.stem.index]
    }
    return facts
  }

  /// The stem of a word that is in no list.
  private mutating func stem(_ key: Term) -> Term {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 64) { stem in
      let length = texts.withBytes(key.index - known.count) { bytes -> Int? in
        guard bytes.count < stem.count, let cut = Stem.cut(bytes), cut.length < bytes.count || cut.endsInY else {
          return nil
        }
        for place in 0..<cut.length { stem[place] = bytes[place] }
        stem[cut.length] = UInt8(ascii: "y")
        return cut.length + (cut.endsInY ? 1 : 0)
      }
      if let length { return term(UnsafeBufferPointer(rebasing: stem[..<length])) }
      // A word beyond all measure is as it may be.
      return texts.withBytes(key.index - known.count) { $0.count } < stem.count ? key : term(Stem.of(text(key)))
    }
  }

  // MARK: Words as they stand in a text

  /// What is known of a word that ``term(of:)`` numbered.
  @inline(__always)
  func raw(_ term: Term) -> RawFacts {
    if term.index < known.count { return known.raws[term.index] }
    return raws[term.index &- known.count]
  }

  /// A word as it stands in a text: its number, and how it is written.
  @inline(__always)
  mutating func term(of word: UnsafeBufferPointer<Unicode.Scalar>) -> (term: Term, shape: RawShape) {
    guard word.count <= 64 else { return longTerm(of: word) }
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 64) { folded in
      guard let shape = Self.fold(word, into: folded) else { return otherTerm(of: word) }
      let text = UnsafeBufferPointer(rebasing: folded[..<word.count])
      return (letters(text), shape)
    }
  }

  /// A word of letters and digits of ASCII and nothing else: most words are short, and were met before.
  @inline(__always)
  mutating func term(ofPlain word: UnsafeBufferPointer<Unicode.Scalar>) -> (term: Term, shape: RawShape) {
    guard word.count <= 8, let term = shortTerm(of: word) else { return self.term(of: word) }
    return term
  }

  /// `nil` where it was not met before, or has digits.
  @inline(__always)
  private func shortTerm(of word: UnsafeBufferPointer<Unicode.Scalar>) -> (term: Term, shape: RawShape)? {
    var head: UInt64 = 0
    var capitals = 0
    for scalar in word {
      let value = scalar.value
      guard value & 0x40 != 0 else { return nil }
      head = head &<< 8 | UInt64(value | 0x20)
      capitals &+= Int(truncatingIfNeeded: ~value &>> 5 & 1)
    }
    let term: Term
    if let number = known.texts.number(ofShort: head, count: word.count) {
      term = Term(number)
    } else if let number = texts.number(ofShort: head, count: word.count), raws[number].key != .none {
      term = Term(known.count &+ number)
    } else {
      return nil
    }
    guard capitals > 0 else { return (term, []) }
    var shape: RawShape = word[0].value & 0x20 == 0 ? .capitalised : []
    if capitals > 1, capitals == word.count { shape.insert(.shouted) }
    return (term, shape)
  }

  private mutating func longTerm(of word: UnsafeBufferPointer<Unicode.Scalar>) -> (term: Term, shape: RawShape) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: word.count) { folded in
      guard let shape = Self.fold(word, into: folded) else { return otherTerm(of: word) }
      return (letters(UnsafeBufferPointer(folded)), shape)
    }
  }

  /// Puts a word of letters into lower case; `nil` where anything else is in it.
  @inline(__always)
  private static func fold(
    _ word: UnsafeBufferPointer<Unicode.Scalar>, into folded: UnsafeMutableBufferPointer<UInt8>
  ) -> RawShape? {
    var capitals = 0
    var small = 0
    for place in 0..<word.count {
      let value = word[place].value
      if value &- 0x61 < 26 {
        folded[place] = UInt8(truncatingIfNeeded: value)
        small &+= 1
      } else if value &- 0x41 < 26 {
        folded[place] = UInt8(truncatingIfNeeded: value | 0x20)
        capitals &+= 1
      } else if value == 0x27 || value == 0x2019 {
        folded[place] = 0x27
      } else {
        return nil
      }
    }
    var shape: RawShape = []
    if capitals > 0 {
      if word[0].value &- 0x41 < 26 { shape.insert(.capitalised) }
      if small == 0, capitals > 1 { shape.insert(.shouted) }
    }
    return shape
  }

  /// The number of a word of small letters and apostrophes.
  @inline(__always)
  private mutating func letters(_ text: UnsafeBufferPointer<UInt8>) -> Term {
    let term = term(TextTable.Key(text))
    if term.index >= known.count, raws[term.index &- known.count].key == .none { readLetters(term, text) }
    return term
  }

  private mutating func readLetters(_ term: Term, _ text: UnsafeBufferPointer<UInt8>) {
    var facts = RawFacts()
    facts.key = term
    facts.shape = .simple
    if text.contains(UInt8(ascii: "'")) {
      let parts = WordFolding.parts(String(decoding: text, as: UTF8.self)).map { self.term($0) }
      facts.part = parts[0]
      if parts.count > 1 { facts.secondPart = parts[1] }
    } else if let spelling = WordFolding.regularSpelling(text) {
      facts.part = spelling.withUnsafeBufferPointer { self.term($0) }
    } else {
      facts.part = term
    }
    if text.count == 1 { facts.shape.insert(.single) }
    raws[term.index - known.count] = facts
  }

  /// The number of a word with digits, points or letters beyond ASCII in it: as it is written, for its dress may tell.
  private mutating func otherTerm(of word: UnsafeBufferPointer<Unicode.Scalar>) -> (term: Term, shape: RawShape) {
    let term: Term
    if word.count <= 64, word.allSatisfy({ $0.isASCII }) {
      term = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 64) { text in
        for place in 0..<word.count { text[place] = UInt8(truncatingIfNeeded: word[place].value) }
        return self.term(UnsafeBufferPointer(rebasing: text[..<word.count]))
      }
    } else {
      var view = String.UnicodeScalarView()
      view.append(contentsOf: word)
      var text = String(view)
      term = text.withUTF8 { (bytes: UnsafeBufferPointer<UInt8>) -> Term in self.term(bytes) }
    }
    if term.index >= known.count, raws[term.index - known.count].key == .none {
      let facts = word.allSatisfy({ $0.value &- 0x30 < 10 }) ? readDigits(term, word) : readOther(text(term))
      raws[term.index - known.count] = facts
    }
    return (term, raw(term).shape.intersection([.capitalised, .shouted]))
  }

  /// What is known of a number in digits alone.
  private func readDigits(_ term: Term, _ word: UnsafeBufferPointer<Unicode.Scalar>) -> RawFacts {
    var facts = RawFacts()
    (facts.key, facts.part, facts.number) = (term, term, term)
    facts.shape = [.digits, .numbered, .numeral]
    if word.count == 1 { facts.shape.insert(.single) }
    if word.count <= 4 {
      let number = word.reduce(0) { $0 * 10 + Int($1.value - 0x30) }
      if word.count <= 2, (1...31).contains(number) { facts.day = UInt8(number) }
      if word.count == 4, (1900...2100).contains(number) { facts.year = UInt16(number) }
    }
    return facts
  }

  /// What is known of a word of any kind, as it is written.
  mutating func readOther(_ text: String) -> RawFacts {
    let scalars = Array(text.unicodeScalars)
    let key = WordFolding.plain(scalars[...])
    var facts = RawFacts()
    facts.key = term(key)
    let parts = WordFolding.parts(key).map { term($0) }
    facts.part = parts[0]
    if parts.count > 1 { facts.secondPart = parts[1] }
    if let number = Numerals.value(key) { facts.number = term(number) }
    facts.month = UInt8(CalendarWords.month(key) ?? 0)
    if Numerals.isRoman(key) { facts.shape.insert(.roman) }
    if let first = key.unicodeScalars.first, ("0"..."9").contains(first) { facts.shape.insert(.numbered) }
    if key.unicodeScalars.count == 1 { facts.shape.insert(.single) }
    let lower = text.lowercased()
    if KnownWords.lists(of: lower).contains(.abbreviation) { facts.shape.insert(.abbreviation) }
    if KnownWords.lists(of: lower).contains(.referring) { facts.shape.insert(.referring) }
    if Numerals.value(lower) != nil { facts.shape.insert(.numeral) }
    let isLetters = scalars.allSatisfy {
      ("a"..."z").contains($0) || ("A"..."Z").contains($0) || $0 == "'" || $0 == "\u{2019}"
    }
    if isLetters {
      if facts.number == .none, facts.month == 0, key != "us", key != "email" { facts.shape.insert(.simple) }
      if key == "us" { facts.shape.insert(.initials) }
      return facts
    }
    facts.address = WordFolding.address(text)
    facts.day = UInt8(CalendarWords.day(key) ?? 0)
    facts.year = UInt16(CalendarWords.year(key) ?? 0)
    if key.count == 1 && "$€£¥%§©".contains(key) { facts.shape.insert(.sign) }
    if !scalars.isEmpty && scalars.allSatisfy({ ("0"..."9").contains($0) }) { facts.shape.insert(.digits) }
    if key.contains(".") { facts.shape.insert(.initials) }
    if scalars.first?.properties.isUppercase ?? false { facts.shape.insert(.capitalised) }
    let letters = scalars.filter { $0.properties.isAlphabetic }
    if letters.count > 1 && letters.allSatisfy({ $0.properties.isUppercase }) { facts.shape.insert(.shouted) }
    return facts
  }
}

extension KeyFacts {
  /// Notes what the letters of a key in ASCII are like.
  /// - Returns: whether it is one.
  mutating func measure(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    for byte in text {
      if byte >= 128 { return false }
      if byte &- 0x30 < 10 { shape.insert(.numbered) }
      if byte == UInt8(ascii: ".") { shape.insert(.pointed) }
    }
    length = UInt8(min(text.count, 255))
    shape.insert(.ascii)
    if text.suffix(3).elementsEqual("com".utf8) { shape.insert(.commercial) }
    return true
  }

  /// Notes what the letters of any key are like.
  mutating func measure(string text: String) {
    length = UInt8(min(text.count, 255))
    if text.utf8.allSatisfy({ $0 < 128 }) { shape.insert(.ascii) }
    var far = 0
    for scalar in text.unicodeScalars where scalar.value > 0x2FF { far += 1 }
    if far > 0 { shape.insert(.foreign) }
    if far >= 4 { shape.insert(.unspaced) }
    if text.contains(where: \.isNumber) { shape.insert(.numbered) }
    if text.contains(".") { shape.insert(.pointed) }
    if text.hasSuffix("com") { shape.insert(.commercial) }
  }
}
