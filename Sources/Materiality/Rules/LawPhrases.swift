/// Phrases that name laws, authorities and rights, or tell of them.
struct LawPhrases: Sendable {
  struct Phrase: Sendable {
    let terms: [Term]
    /// The rule it speaks for.
    let rule: Rule
    /// Whether it names its law or authority, and does not only tell of one.
    let isNamed: Bool
  }

  /// The phrases by the number of their first word, in the order in which they are written.
  private let byFirst: [[Phrase]]

  static let english = LawPhrases(KnownWords.english)

  private init(_ known: KnownWords) {
    var byFirst = [[Phrase]](repeating: [], count: known.count)
    for written in Self.all {
      let terms = written.words.map(known.term)
      byFirst[terms[0].index].append(Phrase(terms: terms, rule: written.rule, isNamed: written.isNamed))
    }
    self.byFirst = byFirst
  }

  /// The phrase that begins at `index`.
  func phrase(at index: Int, _ words: [Word]) -> Phrase? {
    let first = words[index].key.index
    guard first < byFirst.count else { return nil }
    return byFirst[first].first { phrase in
      index + phrase.terms.count <= words.count
        && phrase.terms.indices.allSatisfy { words[index + $0].key == phrase.terms[$0] }
    }
  }

  /// The phrases as they are written.
  static let all: [(words: [String], rule: Rule, isNamed: Bool)] = lists.flatMap { rule, isNamed, lines in
    lines.split(whereSeparator: \.isNewline).map { line in
      (line.split(separator: " ").map(String.init), rule, isNamed)
    }
  }

  /// The first words of all phrases, parted by spaces.
  static var openings: String { Set(all.map { $0.words[0] }).sorted().joined(separator: " ") }

  private static let lists: [(Rule, Bool, String)] = [
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
