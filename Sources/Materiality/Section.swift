/// The headings above a clause.
final class Section {
  /// Stems of the words of the headings, of either side and the document's title where no heading stands between.
  let stems: [Term]
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
  /// Whether a heading speaks of a change.
  let saysChange: Bool
  /// The stems that the weights know.
  let weighed: Set<Term>

  /// The section of a change that has a clause on both sides: what holds of either side's headings, so that a change and
  /// its reverse stand in the same one.
  static func joined(_ old: Section?, _ new: Section?) -> Section {
    guard let old else { return new ?? Section(headings: [], isLabelled: false) }
    guard let new, old.stems != new.stems || old.isLabelled != new.isLabelled else { return old }
    return Section(old, new)
  }

  private init(_ old: Section, _ new: Section) {
    stems = old.stems + new.stems
    weighed = old.weighed.union(new.weighed)
    saysChange = old.saysChange || new.saysChange
    nearestLength = max(old.nearestLength, new.nearestLength)
    isBare = old.isBare && new.isBare
    isContents = old.isContents && new.isContents
    isHistory = old.isHistory && new.isHistory
    isDated = old.isDated && new.isDated
    isSummary = old.isSummary && new.isSummary
    isClause = old.isClause || new.isClause
    isLabelled = old.isLabelled || new.isLabelled
  }

  /// - Parameter headings: those above the clause, the nearest first.
  init(headings: [Passage], isLabelled: Bool) {
    let words = headings.flatMap(\.words)
    let nearest = Gist(headings.first?.words[...] ?? [])
    self.isLabelled = isLabelled
    stems = words.map(\.stem)
    weighed = Set(words.lazy.filter { $0.hasStem(in: .weighed) }.map(\.stem))
    saysChange = words.contains { $0.hasStem(in: .change) }
    nearestLength = headings.first?.words.count ?? 0
    isBare = Self.isTitle(words)
    isContents = nearest.has(.menuHeading)
    isHistory = nearest.has(.historyHeading) && Set(headings[0].words.map(\.key)).count <= 6
    isDated = headings.first.map { !$0.words.isEmpty && $0.words.allSatisfy { $0.kind == .date } } ?? false
    isSummary =
      (nearest.has(.summaryHeading) || nearest.has(.changes) && nearest.has(.key))
      && headings[0].words.allSatisfy { $0.isIn(.summaryWord) }
    isClause =
      isLabelled || headings.first.map { !$0.labels.isEmpty } ?? false || words.contains { $0.hasStem(in: .clause) }
  }

  /// "Acme Terms of Service": words for a text of terms, and names.
  private static func isTitle(_ words: [Word]) -> Bool {
    var namesText = words.isEmpty
    for word in words {
      if word.hasStem(in: .title) {
        namesText = true
      } else {
        let traits = word.traits
        let isName = word.kind == .plain && word.isCapitalised && traits.isEmpty
        guard
          isName || traits.isSubset(of: [.function, .preposition]) && !traits.isEmpty || word.kind == .date
            || word.shape.contains(.commercial)
        else { return false }
      }
    }
    return namesText
  }
}
