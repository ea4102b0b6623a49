/// What folding finds out about the raw words of a text, each once: terms say the same few thousand words over and over.
final class Lexicon {
  /// What is known of a raw word wherever it stands.
  final class Entry {
    fileprivate let scalars: [Unicode.Scalar]
    let key: String
    /// The words that it becomes where it is a plain one.
    let parts: [Part]
    let number: String?
    let address: Word.Kind?
    let month: Int?
    let day: Int?
    let year: Int?
    let isRoman: Bool
    let isSign: Bool
    /// Whether it has a point in it, or is written `US`: it may stand for initials.
    let mayBeInitials: Bool
    let isDigits: Bool
    let isCapitalised: Bool
    let isShouted: Bool
    /// Whether nothing but a reference before it could make anything of it but its parts.
    let isSimple: Bool

    fileprivate init(_ scalars: [Unicode.Scalar]) {
      self.scalars = scalars
      let key = WordFolding.plain(scalars[...])
      self.key = key
      parts = WordFolding.parts(key).map { part in
        let stem = Stem.of(part)
        return Part(key: part, stem: stem, traits: Vocabulary.traits(stem))
      }
      number = Numerals.value(key)
      month = CalendarWords.month(key)
      isRoman = Numerals.isRoman(key)
      let isLetters = scalars.allSatisfy {
        ("a"..."z").contains($0) || ("A"..."Z").contains($0) || $0 == "'" || $0 == "\u{2019}"
      }
      isSimple = isLetters && number == nil && month == nil && key != "us" && key != "email"
      if isLetters {
        (address, day, year, isSign, isDigits, mayBeInitials) = (nil, nil, nil, false, false, key == "us")
        isCapitalised = ("A"..."Z").contains(scalars[0])
        isShouted =
          scalars.count > 1 && scalars.allSatisfy { !("a"..."z").contains($0) }
          && scalars.count(where: { ("A"..."Z").contains($0) }) > 1
      } else {
        address = WordFolding.address(String(String.UnicodeScalarView(scalars)))
        day = CalendarWords.day(key)
        year = CalendarWords.year(key)
        isSign = key.count == 1 && "$€£¥%§©".contains(key)
        isDigits = !scalars.isEmpty && scalars.allSatisfy { ("0"..."9").contains($0) }
        mayBeInitials = key.contains(".")
        let letters = scalars.filter { $0.properties.isAlphabetic }
        isCapitalised = scalars.first?.properties.isUppercase ?? false
        isShouted = letters.count > 1 && letters.allSatisfy { $0.properties.isUppercase }
      }
    }
  }

  struct Part {
    let key: String
    let stem: String
    let traits: Vocabulary.Traits
  }

  private var slots: [Entry?] = Array(repeating: nil, count: 256)
  private var used = 0

  /// What is known of the word that stands in `range`.
  func entry(_ range: Range<Int>, of scalars: [Unicode.Scalar]) -> Entry {
    scalars.withUnsafeBufferPointer { buffer in
      let word = UnsafeBufferPointer(rebasing: buffer[range])
      var place = Self.hash(word) & (slots.count - 1)
      while let entry = slots[place] {
        if entry.scalars.count == word.count, entry.scalars.elementsEqual(word) { return entry }
        place = (place + 1) & (slots.count - 1)
      }
      let entry = Entry(Array(word))
      slots[place] = entry
      used += 1
      if used * 2 > slots.count { grow() }
      return entry
    }
  }

  private func grow() {
    let old = slots
    slots = Array(repeating: nil, count: old.count * 4)
    for case let entry? in old {
      var place = entry.scalars.withUnsafeBufferPointer(Self.hash) & (slots.count - 1)
      while slots[place] != nil { place = (place + 1) & (slots.count - 1) }
      slots[place] = entry
    }
  }

  /// FNV-1a over the scalars.
  private static func hash(_ word: UnsafeBufferPointer<Unicode.Scalar>) -> Int {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for scalar in word { hash = (hash ^ UInt64(scalar.value)) &* 0x0000_0100_0000_01B3 }
    return Int(truncatingIfNeeded: (hash ^ hash >> 29) & 0x7FFF_FFFF)
  }
}
