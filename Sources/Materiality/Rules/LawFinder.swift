/// Finds laws, authorities and rights of named places in words.
enum LawFinder {
  /// What was found: the rule it speaks for and the words, as written.
  struct Citation: Hashable, Sendable {
    let rule: Rule
    let text: String
    /// Whether the law or authority is named, and not only told of in general.
    let isNamed: Bool
    /// Whether its sentence binds the reader to obey the law, and not the service.
    let isDuty: Bool
    /// Whether its sentence speaks of rights, requests or complaints.
    let isRight: Bool
  }

  /// Whether a word belongs to the citation of a law.
  static func isLawWord(_ word: Word) -> Bool {
    word.isIn(.lawWord)
  }

  /// The citations that hold at least one word which `isChanged` names.
  ///
  /// A law that is chosen to govern, or named where disputes are settled, drives nothing and is left out.
  static func citations(in passage: Passage, where isChanged: (Int) -> Bool) -> [Citation] {
    guard passage.lists.contains(.lawOpening) else { return [] }
    var found: [Citation] = []
    let words = passage.words
    var index = 0
    while index < words.count {
      guard words[index].isIn(.lawOpening), let (match, rule, isNamed) = match(at: index, passage) else {
        index += 1
        continue
      }
      let range = article(before: match.lowerBound, words)..<match.upperBound
      let opening = index
      index = max(index + 1, range.upperBound)
      guard range.contains(where: isChanged) else { continue }
      let sentence = words[passage.sentence(near: opening)]
      guard !sentence.contains(where: { $0.isIn(.choosing) }) else { continue }
      let citation = Citation(
        rule: rule, text: passage.text(range), isNamed: isNamed, isDuty: sentence.contains { $0.isIn(.lawDuty) },
        isRight: sentence.contains { $0.isIn(.lawRight) })
      if found.count < 64, !found.contains(citation) { found.append(citation) }
    }
    return found
  }

  /// "Article 45(1) of the GDPR": where the citation of a part of the law begins.
  private static func article(before start: Int, _ words: [Word]) -> Int {
    var at = start
    while at > 0, start - at < 4, words[at - 1].isIn(.lawArticle) { at -= 1 }
    guard at > 1, words[at - 1].kind == .reference else { return start }
    at -= 1
    return words[at - 1].isIn(.referring) ? at - 1 : at
  }

  private static func match(at index: Int, _ passage: Passage) -> (Range<Int>, Rule, Bool)? {
    let words = passage.words
    let word = words[index]
    guard word.kind == .plain else { return nil }
    if word.isIn(.acronym), word.isCapitalised { return (index..<index + 1, .statute, true) }
    if word.isIn(.authority), word.isShouted { return (index..<index + 1, .regulator, true) }
    if word.isIn(.lawPhraseOpening), let phrase = LawPhrases.english.phrase(at: index, words) {
      return (index..<index + phrase.terms.count, phrase.rule, phrase.isNamed)
    }
    if word.isIn(.lawNoun), word.isCapitalised, let range = named(at: index, passage) {
      return (range, .statute, true)
    }
    if word.isIn(.lawName), index > 0, let range = general(at: index, words) { return (range, .statute, false) }
    if let range = people(at: index, words) { return (range, .jurisdictionRight, false) }
    return nil
  }

  /// "Digital Services Act", "Regulation (EU) 2019/1150", "Directive 95/46/EC", "Civil Code § 1798": a noun of law with a
  /// name before it or a number behind it.
  private static func named(at index: Int, _ passage: Passage) -> Range<Int>? {
    let words = passage.words
    var start = index
    while start > 0, index - start < 8 {
      let previous = words[start - 1]
      let isName =
        previous.kind == .plain && previous.isCapitalised && previous.sentence == words[index].sentence
        && !previous.isIn(.plainOpening)
      let isGlue =
        previous.kind == .plain && previous.isIn(.lawGlue) && start > 1
        && words[start - 2].isCapitalised && start < index
      // A law's name runs on over commas between capitals, but over no bracket, quotation mark or semicolon.
      let gap = passage.gap(after: start - 1)
      let isParted =
        gap.contains { $0 == ";" || $0 == ":" || $0 == "\"" || $0 == "\u{201C}" || $0 == "\u{201D}" }
        || gap.contains(")") && gap.contains(",")
      guard isName || isGlue, !isParted else { break }
      start -= 1
    }
    // A code of conduct is no code of law, and a product may be called so.
    if words[index].isIn(.code), start == index || !words[start..<index].contains(where: { $0.isIn(.codeName) }) {
      return nil
    }
    var end = index + 1
    while end < words.count, end - index < 7,
      words[end].kind == .number || words[end].isIn(.lawPlace) || words[end].isIn(.sectionSign)
    {
      end += 1
    }
    if end < words.count - 1, words[end].isIn(.of), words[end + 1].kind == .number || words[end + 1].kind == .date {
      end += 2
    }
    return start < index || end > index + 1 ? start..<end : nil
  }

  /// "residents of Virginia", "Brazilian consumers", "users in the EEA": people whom the law of a named place protects.
  private static func people(at index: Int, _ words: [Word]) -> Range<Int>? {
    guard words[index].isIn(.people) else { return nil }
    // "California Consumer Privacy Act" speaks of a law, not of people.
    if words[index].isCapitalised, index + 1 < words.count, words[index + 1].isCapitalised { return nil }
    if index > 0, isPlace(words[index - 1]) {
      var start = index - 1
      while start > 0, index - start < 3, isPlace(words[start - 1]), words[start - 1].isCapitalised { start -= 1 }
      return start..<index + 1
    }
    var end = index + 1
    while end < words.count, end - index < 4, words[end].isIn(.peopleGlue) {
      end += 1
    }
    return end > index + 1 && end < words.count && isPlace(words[end]) ? index..<end + 1 : nil
  }

  private static func isPlace(_ word: Word) -> Bool {
    word.traits.contains(.place) && word.isCapitalised
  }

  /// "data protection law", "state privacy laws", "EEA consumer law": law of a kind, or of a place.
  private static func general(at index: Int, _ words: [Word]) -> Range<Int>? {
    var start = index
    while start > 0, index - start < 4,
      words[start - 1].isIn(.qualifier) || words[start - 1].traits.contains(.place)
    {
      start -= 1
    }
    if start < index { return start..<index + 1 }
    // "regulations in the European Union".
    var end = index + 1
    while end < words.count, end - index < 4, words[end].isIn(.placeGlue) { end += 1 }
    return end > index + 1 && end < words.count && words[end].traits.contains(.place)
      ? index..<end + 1 : nil
  }
}
