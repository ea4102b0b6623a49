/// The headings above a clause.
struct Section: Sendable {
  /// Stems of the words of the headings, the nearest first, and of the document's title where no heading stands between.
  let stems: [String]
  /// How many words the nearest heading has; none where there is none.
  let nearestLength: Int
  /// Whether nothing but a title that says "terms of service" or the like stands above.
  let isBare: Bool
  /// Whether it is a table of contents or a page's menu.
  let isContents: Bool
  /// Whether it lists versions of the text or what changed between them.
  let isHistory: Bool
  /// Whether the nearest heading is a date and nothing else, as in a log of changes.
  let isDated: Bool
  /// Whether it restates the terms in short.
  let isSummary: Bool
  /// Whether the heading is that of a clause: it bears a number, or is called as clauses are.
  let isClause: Bool
  /// Whether the clause bears a number or a letter.
  let isLabelled: Bool

  static let bare = Section(headings: [], isLabelled: false)

  /// The section of a change that has a clause on both sides: what holds of either side's headings, so that a change and
  /// its reverse stand in the same one.
  static func joined(_ old: Section?, _ new: Section?) -> Section {
    guard let old else { return new ?? .bare }
    guard let new, old.stems != new.stems || old.isLabelled != new.isLabelled else { return old }
    return Section(old, new)
  }

  private init(_ old: Section, _ new: Section) {
    let both = [old, new].sorted { $0.stems.lexicographicallyPrecedes($1.stems) }
    stems = both[0].stems + both[1].stems
    nearestLength = max(old.nearestLength, new.nearestLength)
    isBare = old.isBare && new.isBare
    isContents = old.isContents && new.isContents
    isHistory = old.isHistory && new.isHistory
    isDated = old.isDated && new.isDated
    isSummary = old.isSummary && new.isSummary
    isClause = old.isClause || new.isClause
    isLabelled = old.isLabelled || new.isLabelled
  }

  init(headings: [String], isLabelled: Bool, lexicon: Lexicon = Lexicon()) {
    let passages = headings.map { PassageScanner.passage(heading: nil, text: $0, lexicon: lexicon) }
    let words = passages.flatMap(\.words)
    self.isLabelled = isLabelled
    stems = words.map(\.stem)
    nearestLength = passages.first?.words.count ?? 0
    isBare = Self.isTitle(words)
    let keys = Set(passages.first?.words.map(\.key) ?? [])
    isContents = keys.contains("contents") || keys.contains("navigation") || keys.contains("menu")
    isHistory =
      !keys.isDisjoint(with: ["version", "versions", "history", "changelog", "revisions", "variations", "updates"])
      && keys.count <= 6
    isDated = passages.first.map { !$0.words.isEmpty && $0.words.allSatisfy { $0.kind == .date } } ?? false
    isSummary = Self.isSummary(keys)
    isClause =
      isLabelled || passages.first.map { !$0.labels.isEmpty } ?? false || !Set(stems).isDisjoint(with: Self.clauseStems)
  }

  private static func isSummary(_ keys: Set<String>) -> Bool {
    guard
      keys.contains("takeaways") || keys.contains("summary") || keys.contains("glance") || keys.contains("nutshell")
        || keys.contains("changes") && keys.contains("key")
    else { return false }
    return keys.isSubset(of: [
      "page", "summary", "key", "takeaways", "ai", "generated", "of", "changes", "the", "to", "our", "terms", "policy",
      "at", "a", "glance", "in",
      "nutshell", "and", "service", "privacy", "these", "recent", "for", "use", "policies", "highlights",
    ])
  }

  /// "Acme Terms of Service": words for a text of terms, and names.
  private static func isTitle(_ words: [Word]) -> Bool {
    var namesText = words.isEmpty
    for word in words {
      if titleStems.contains(word.stem) {
        namesText = true
      } else {
        let traits = word.traits
        let isName = word.kind == .plain && word.isCapitalised && traits.isEmpty
        guard
          isName || traits.isSubset(of: [.function, .preposition]) && !traits.isEmpty || word.kind == .date
            || word.key.hasSuffix("com")
        else { return false }
      }
    }
    return namesText
  }

  private static let titleStems: Set<String> = Set(
    [
      "terms", "conditions", "service", "services", "use", "agreement", "user", "privacy", "policy", "policies",
      "statement", "notice", "and",
    ].map(Stem.of))
  private static let clauseStems: Set<String> = Set(
    [
      "general", "provisions", "miscellaneous", "definitions", "scope", "covered", "requirements", "eligibility",
      "prohibited", "restrictions",
    ].map(Stem.of))
}
