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
      guard let (match, rule, isNamed) = match(at: index, passage) else {
        index += 1
        continue
      }
      let range = article(before: match.lowerBound, words)..<match.upperBound
      if range.contains(where: isChanged), !isChoice(passage.words[passage.sentence(near: index)]) {
        let sentence = passage.words[passage.sentence(near: index)]
        let citation = Citation(
          rule: rule, text: passage.text(range), isNamed: isNamed,
          isDuty: sentence.contains { duties.contains($0.key) },
          isRight: sentence.contains { rights.contains($0.key) })
        if found.count < 64, !found.contains(citation) { found.append(citation) }
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

  private static func match(at index: Int, _ passage: Passage) -> (Range<Int>, Rule, Bool)? {
    let words = passage.words
    let word = words[index]
    guard word.kind == .plain else { return nil }
    if acronyms.contains(word.key), word.isCapitalised { return (index..<index + 1, .statute, true) }
    if authorities.contains(word.key), word.isShouted { return (index..<index + 1, .regulator, true) }
    for phrase in phrases[word.key, default: []] where matches(phrase.keys, words, index) {
      return (index..<index + phrase.keys.count, phrase.rule, phrase.isNamed)
    }
    if lawNouns.contains(word.key), word.isCapitalised, let range = named(at: index, passage) {
      return (range, .statute, true)
    }
    if lawNames.contains(word.key), index > 0, let range = general(at: index, words) { return (range, .statute, false) }
    if let range = people(at: index, words) { return (range, .jurisdictionRight, false) }
    return nil
  }

  private static func matches(_ keys: [String], _ words: [Word], _ index: Int) -> Bool {
    guard index + keys.count <= words.count else { return false }
    return keys.indices.allSatisfy { words[index + $0].key == keys[$0] }
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
        && !plainOpenings.contains(previous.key)
      let isGlue =
        previous.kind == .plain && ["of", "and", "the", "on", "for", "to"].contains(previous.key) && start > 1
        && words[start - 2].isCapitalised && start < index
      // A law's name runs on over commas between capitals, but over no bracket, quotation mark or semicolon.
      let gap = passage.gap(after: start - 1)
      let isParted =
        gap.contains { ";:\"\u{201C}\u{201D}".unicodeScalars.contains($0) } || gap.contains(")") && gap.contains(",")
      guard isName || isGlue, !isParted else { break }
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

  /// "residents of Virginia", "Brazilian consumers", "users in the EEA": people whom the law of a named place protects.
  private static func people(at index: Int, _ words: [Word]) -> Range<Int>? {
    guard peoples.contains(words[index].key) else { return nil }
    // "California Consumer Privacy Act" speaks of a law, not of people.
    if words[index].isCapitalised, index + 1 < words.count, words[index + 1].isCapitalised { return nil }
    if index > 0, isPlace(words[index - 1]) {
      var start = index - 1
      while start > 0, index - start < 3, isPlace(words[start - 1]), words[start - 1].isCapitalised { start -= 1 }
      return start..<index + 1
    }
    var end = index + 1
    while end < words.count, end - index < 4, ["in", "of", "the", "within", "or", "state"].contains(words[end].key) {
      end += 1
    }
    return end > index + 1 && end < words.count && isPlace(words[end]) ? index..<end + 1 : nil
  }

  private static func isPlace(_ word: Word) -> Bool {
    word.traits.contains(.place) && word.isCapitalised
  }

  private static let peoples: Set<String> = ["resident", "residents", "consumer", "consumers"]

  /// "data protection law", "state privacy laws", "EEA consumer law": law of a kind, or of a place.
  private static func general(at index: Int, _ words: [Word]) -> Range<Int>? {
    var start = index
    while start > 0, index - start < 4,
      qualifiers.contains(words[start - 1].key) || words[start - 1].traits.contains(.place)
    {
      start -= 1
    }
    if start < index { return start..<index + 1 }
    // "regulations in the European Union".
    var end = index + 1
    while end < words.count, end - index < 4, ["in", "of", "the"].contains(words[end].key) { end += 1 }
    return end > index + 1 && end < words.count && words[end].traits.contains(.place)
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
    "ocpa", "icdpa", "njdpa", "riddtppa", "mhmda", "tcpa", "pdpo", "pdpl", "pipa", "ndpr", "bdsg", "ttdsg", "tdddg",
    "nfadp", "revfadp", "lopdgdd", "mica", "emir", "tipa", "fdbr", "mtcdpa", "dpdpb", "u.s.c", "u.s.c.", "c.f.r",
    "c.f.r.",
  ]
  private static let authorities: Set<String> = [
    "ico", "cnil", "ftc", "ofcom", "aepd", "dpc", "edpb", "anpd", "bfdi", "imy", "oaic", "cppa", "arcom",
    "bafin", "finma", "cssf", "fca", "cfpb", "accc", "fdpic", "edps", "pdpc", "agcom", "ftc", "cnmv", "fcc",
  ]
  private static let lawNouns: Set<String> = [
    "act", "directive", "regulation", "regulations", "code", "ordinance", "decree", "statute", "law", "laws",
    "legislation", "bill", "acts", "directives",
  ]
  private static let lawNames: Set<String> = [
    "law", "laws", "legislation", "regulation", "regulations", "rules", "act", "acts", "directive", "directives",
    "statute", "statutes",
  ]
  private static let qualifiers: Set<String> = [
    "privacy", "protection", "data", "consumer", "state", "us", "u.s.", "federal", "local", "national", "member",
    "services", "regulations", "electronic", "rights", "contracts", "platform", "statutory", "mandatory",
    "international",
    "online", "safety", "markets", "intelligence",
  ]

  private struct Phrase: Sendable {
    let keys: [String]
    let rule: Rule
    let isNamed: Bool
  }

  /// Phrases by their first word, each with the rule it speaks for and whether it names its law or authority.
  private static let phrases: [String: [Phrase]] = {
    var phrases: [String: [Phrase]] = [:]
    for (rule, isNamed, list) in phraseLists {
      for line in list.split(whereSeparator: \.isNewline) {
        let keys = line.split(separator: " ").map(String.init)
        phrases[keys[0], default: []].append(Phrase(keys: keys, rule: rule, isNamed: isNamed))
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
      supervisory body
      regulatory authority
      regulatory authorities
      consumer protection authority
      competition authority
      digital services coordinator
      digital services coordinators
      ombudsman
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
      department of consumer affairs
      financial conduct authority
      competition and markets authority
      european data protection board
      consumer financial protection bureau
      securities and exchange commission
      federal communications commission
      court of justice
      international trade administration
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
      adequacy decision
      adequacy decisions
      binding corporate rules
      international data transfer agreement
      international data transfer addendum
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
      cooling off
      withdraw from the contract
      withdraw from this contract
      withdrawal right
      consumer guarantees
      out of court dispute settlement
      online dispute resolution
      odr platform
      right to data portability
      right to be forgotten
      right to lodge a complaint
      trusted flagger
      trusted flaggers
      notice at collection
      do not sell
      european requirements
      data subject rights
      """
    ),
  ]
}
