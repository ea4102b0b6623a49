/// Words and phrases whose exchange leaves the effect of terms as it was.
enum EqualWords {
  /// Whether a word carries no rule of its own: an article, a demonstrative, a form of "be", a particle.
  @inline(__always)
  static func isIdle(_ word: Word) -> Bool { word.kind == .plain && word.isIn(.idle) }

  /// What a word or a phrase says, as far as it can be told: its stem, or the group of phrases that say the same.
  enum Sense: Hashable, Sendable {
    case stem(Term)
    case group(Int)
  }

  /// Whether both sides say the same, word group by word group, once idle words are left out.
  static func areEqual(_ old: ArraySlice<Word>, _ new: ArraySlice<Word>) -> Bool {
    guard !old.isEmpty, !new.isEmpty else { return false }
    let left = normal(old)
    return !left.isEmpty && left == normal(new)
  }

  /// Whether the words are a phrase as a whole, and mean the same as another that is one.
  static func areOnePhrase(_ long: ArraySlice<Word>, _ short: ArraySlice<Word>) -> Bool {
    guard let group = onlyGroup(long) else { return false }
    return group == onlyGroup(short)
  }

  /// The group of the phrase that is all the words say.
  private static func onlyGroup(_ words: ArraySlice<Word>) -> Int? {
    var group: Int?
    var index = words.startIndex
    while index < words.endIndex {
      if let phrase = EqualPhrases.english.longest(at: index, words) {
        guard group == nil else { return nil }
        group = phrase.group
        index += phrase.stems.count
      } else {
        guard words[index].isIn(.idle) else { return nil }
        index += 1
      }
    }
    return group
  }

  /// The words' stems with every phrase of a group put down as that group, idle words left out.
  static func normal(_ words: ArraySlice<Word>) -> [Sense] {
    var result: [Sense] = []
    var index = words.startIndex
    while index < words.endIndex {
      if let phrase = EqualPhrases.english.longest(at: index, words) {
        result.append(.group(phrase.group))
        index += phrase.stems.count
      } else {
        if !words[index].isIn(.idle) { result.append(.stem(words[index].stem)) }
        index += 1
      }
    }
    return result
  }
}

/// Slips of the pen.
enum Spelling {
  /// Whether one of the two is a misspelling of the other: long enough, begun and ended alike, two letters apart at most,
  /// and not two words that both mean something in terms.
  static func isSlip(_ old: Word, _ new: Word, _ desk: ReadingDesk) -> Bool {
    guard old.kind == .plain, new.kind == .plain else { return false }
    let a = Array(desk.text(old.key).unicodeScalars)
    let b = Array(desk.text(new.key).unicodeScalars)
    guard min(a.count, b.count) >= 5 else { return false }
    // A letter lost at either end.
    if a.count != b.count, abs(a.count - b.count) == 1 {
      let (short, long) = a.count < b.count ? (a, b) : (b, a)
      if long.dropFirst().elementsEqual(short) { return true }
    }
    guard a.first == b.first, a.last == b.last else { return false }
    let known = { (word: Word) in !word.traits.isEmpty }
    guard !(known(old) && known(new)) else { return false }
    return distance(a, b) <= (max(a.count, b.count) >= 8 ? 2 : 1)
  }

  /// Letters to add, drop, replace or swap with their neighbour, at most.
  static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var previous: [Int] = []
    var row = Array(0...b.count)
    for i in 1...max(a.count, 1) where a.count > 0 {
      var next = [i] + Array(repeating: 0, count: b.count)
      for j in 1...max(b.count, 1) where b.count > 0 {
        next[j] = min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { next[j] = min(next[j], previous[j - 2] + 1) }
      }
      (previous, row) = (row, next)
    }
    return row[b.count]
  }
}

/// Initials that stand for a name.
enum Abbreviation {
  /// Whether the first is the initials of the second: `LLM` of "large language model", `AG` of "Addicting Games Inc".
  static func isPair(_ short: ArraySlice<Word>, _ long: ArraySlice<Word>, _ desk: ReadingDesk) -> Bool {
    guard short.count == 1, let word = short.first, word.isShouted, (2...6).contains(word.length),
      (2...8).contains(long.count)
    else { return false }
    let names = long.filter { !$0.traits.contains(.party) && !EqualWords.isIdle($0) }
    let letters = Array(desk.text(word.key).filter(\.isLetter))
    return names.count == letters.count && zip(letters, names).allSatisfy { $0 == desk.text($1.key).first }
  }

  /// "“EEA” means the European Economic Area": initials and the name they stand for, and nothing else.
  static func isDefinition(_ words: ArraySlice<Word>, _ desk: ReadingDesk) -> Bool {
    guard words.count <= 9,
      let verb = words.firstIndex(where: { $0.isIn(.means) || $0.isIn(.be) || $0.isIn(.is) })
    else { return false }
    let long = words[words.index(after: verb)...].filter { !EqualWords.isIdle($0) }
    return isPair(words[words.startIndex..<verb], long[...], desk)
  }
}
