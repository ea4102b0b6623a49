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
    acronyms.contains(word.key)
      || ["act", "directive", "regulation", "regulations", "gdpr", "statute", "code", "law"].contains(word.key)
  }

  /// The citations that hold at least one word which `isChanged` names.
  ///
  /// A law that is chosen to govern, or named where disputes are settled, drives nothing and is left out.
  static func citations(in passage: Passage, where isChanged: (Int) -> Bool) -> [Citation] {
    var found: [Citation] = []
    let words = passage.words
    var index = 0
    while index < words.count {
      guard let (match, rule, isNamed) = match(at: index, words) else {
        index += 1
        continue
      }
      let range = article(before: match.lowerBound, words)..<match.upperBound
      if range.contains(where: isChanged), !isChoice(passage.words[passage.sentence(around: index)]) {
        let sentence = passage.words[passage.sentence(around: index)]
        let citation = Citation(
          rule: rule, text: passage.text(range), isNamed: isNamed,
          isDuty: sentence.contains { duties.contains($0.key) },
          isRight: sentence.contains { rights.contains($0.key) })
        if !found.contains(citation) { found.append(citation) }
      }
      index = max(index + 1, range.upperBound)
    }
    return found
  }

  /// "Article 45(1) of the GDPR": where the citation of a part of the law begins.
  private static func article(before start: Int, _ words: [Word]) -> Int {
    var at = start
    while at > 0, start - at < 4, ["of", "the", "eu", "uk"].contains(words[at - 1].key) { at -= 1 }
    guard at > 1, words[at - 1].kind == .reference else { return start }
    at -= 1
    return PassageScanner.referring.contains(words[at - 1].key) ? at - 1 : at
  }

  private static func isChoice(_ sentence: ArraySlice<Word>) -> Bool {
    sentence.contains { choosing.contains($0.key) }
  }

  private static let duties: Set<String> = [
    "comply", "violate", "violation", "violations", "prohibited", "sanctions", "export", "criminal", "offense",
    "subject", "warrant", "represent",
  ]
  private static let rights: Set<String> = [
    "right", "rights", "request", "requests", "complaint", "complaints", "complain", "withdraw", "residents",
    "resident", "consumers", "opt",
  ]
  private static let choosing: Set<String> = [
    "governed", "courts", "arbitration", "venue", "disputes", "dispute", "litigation", "arbitrator",
  ]

  private static func match(at index: Int, _ words: [Word]) -> (Range<Int>, Rule, Bool)? {
    let word = words[index]
    guard word.kind == .plain else { return nil }
    if acronyms.contains(word.key), word.isCapitalised { return (index..<index + 1, .statute, true) }
    if authorities.contains(word.key), word.isShouted { return (index..<index + 1, .regulator, true) }
    for phrase in phrases where phrase.keys[0] == word.key && matches(phrase.keys, words, index) {
      return (index..<index + phrase.keys.count, phrase.rule, phrase.isNamed)
    }
    if lawNouns.contains(word.key), word.isCapitalised, let range = named(at: index, words) {
      return (range, .statute, true)
    }
    if lawNames.contains(word.key), index > 0, let range = general(at: index, words) { return (range, .statute, false) }
    return nil
  }

  private static func matches(_ keys: [String], _ words: [Word], _ index: Int) -> Bool {
    guard index + keys.count <= words.count else { return false }
    return keys.indices.allSatisfy { words[index + $0].key == keys[$0] }
  }

  /// "Digital Services Act", "Regulation (EU) 2019/1150", "Directive 95/46/EC", "Civil Code § 1798": a noun of law with a
  /// name before it or a number behind it.
  private static func named(at index: Int, _ words: [Word]) -> Range<Int>? {
    var start = index
    while start > 0, index - start < 8 {
      let previous = words[start - 1]
      let isName =
        previous.kind == .plain && previous.isCapitalised && previous.sentence == words[index].sentence
        && !plainOpenings.contains(previous.key)
      let isGlue =
        previous.kind == .plain && ["of", "and", "the", "on", "for"].contains(previous.key) && start > 1
        && words[start - 2].isCapitalised && start < index
      guard isName || isGlue else { break }
      start -= 1
    }
    // A code of conduct is no code of law, and a product may be called so.
    if words[index].key == "code", start == index || !words[start..<index].contains(where: { codes.contains($0.key) }) {
      return nil
    }
    var end = index + 1
    while end < words.count, end - index < 7,
      words[end].kind == .number || ["eu", "ec", "eec", "no", "uk"].contains(words[end].key) || words[end].key == "§"
    {
      end += 1
    }
    if end < words.count - 1, words[end].key == "of", words[end + 1].kind == .number || words[end + 1].kind == .date {
      end += 2
    }
    return start < index || end > index + 1 ? start..<end : nil
  }

  /// "data protection law", "state privacy laws", "EEA consumer law": law of a kind, or of a place.
  private static func general(at index: Int, _ words: [Word]) -> Range<Int>? {
    var start = index
    while start > 0, index - start < 4,
      qualifiers.contains(words[start - 1].key) || Vocabulary.traits(words[start - 1].stem).contains(.place)
    {
      start -= 1
    }
    if start < index { return start..<index + 1 }
    // "regulations in the European Union".
    var end = index + 1
    while end < words.count, end - index < 4, ["in", "of", "the"].contains(words[end].key) { end += 1 }
    return end > index + 1 && end < words.count && Vocabulary.traits(words[end].stem).contains(.place)
      ? index..<end + 1 : nil
  }

  private static let codes: Set<String> = [
    "civil", "penal", "criminal", "commercial", "consumer", "federal", "communications", "business", "states", "labor",
    "u.s.",
  ]
  private static let plainOpenings: Set<String> = [
    "the", "this", "that", "under", "by", "in", "an", "a", "as", "of", "if", "for", "our", "such",
  ]

  private static let acronyms: Set<String> = [
    "gdpr", "ccpa", "cpra", "vcdpa", "ucpa", "ctdpa", "dsa", "dma", "coppa", "hipaa", "lgpd", "pipeda", "ferpa", "glba",
    "bipa", "pdpa",
    "popia", "pecr", "psd2", "fdpa", "fadp", "ndpa", "appi", "fcra", "caloppa", "p2b", "uk-gdpr", "avmsd", "nis2",
    "eidas", "eecc",
    "tco", "cubi", "dpdpa", "dpdp", "kvkk", "pipl", "rgpd", "dsgvo", "osa", "dmca", "incdpa", "kcdpa", "modpa", "tdpsa",
    "mcdpa",
    "ocpa", "icdpa", "njdpa", "riddtppa", "mhmda",
  ]
  private static let authorities: Set<String> = [
    "ico", "cnil", "ftc", "ofcom", "aepd", "dpc", "edpb", "anpd", "bfdi", "imy", "oaic", "cppa", "arcom",
  ]
  private static let lawNouns: Set<String> = [
    "act", "directive", "regulation", "regulations", "code", "ordinance", "decree", "statute", "law", "laws",
    "legislation", "bill", "acts", "directives",
  ]
  private static let lawNames: Set<String> = [
    "law", "laws", "legislation", "regulation", "regulations", "rules", "act", "acts",
  ]
  private static let qualifiers: Set<String> = [
    "privacy", "protection", "data", "consumer", "state", "us", "u.s.", "federal", "local", "national", "member",
    "services", "regulations", "electronic", "rights", "contracts",
  ]

  private struct Phrase: Sendable {
    let keys: [String]
    let rule: Rule
    let isNamed: Bool
  }

  /// Phrases by the rule they speak for, and whether they name their law or authority.
  private static let phrases: [Phrase] = {
    var phrases: [Phrase] = []
    for (rule, isNamed, list) in phraseLists {
      for line in list.split(whereSeparator: \.isNewline) {
        phrases.append(Phrase(keys: line.split(separator: " ").map(String.init), rule: rule, isNamed: isNamed))
      }
    }
    return phrases
  }()

  private static let phraseLists: [(Rule, Bool, String)] = [
    (
      .regulator, false,
      """
      data protection authority
      data protection authorities
      supervisory authority
      supervisory authorities
      data protection agency
      attorney general
      competent authority
      competent authorities
      protection authority
      protection authorities
      lead authority
      """
    ),
    (
      .regulator, true,
      """
      information commissioner
      privacy commissioner
      data protection commission
      data protection commissioner
      federal trade commission
      european commission
      department of commerce
      gdpr representative
      """
    ),
    (
      .statute, false,
      """
      standard contractual clauses
      model contract clauses
      data privacy framework
      privacy shield
      data protection impact
      state privacy
      """
    ),
    (
      .statute, true,
      """
      general data protection regulation
      shine the light
      """
    ),
    (
      .jurisdictionRight, false,
      """
      statutory rights
      legal warranty of conformity
      legal guarantee of conformity
      statutory warranty
      right of withdrawal
      trusted flagger
      trusted flaggers
      notice at collection
      california residents
      california resident
      residents of california
      resident of california
      california consumers
      do not sell
      european requirements
      data subject rights
      """
    ),
  ]
}
