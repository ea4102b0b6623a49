internal import Redlining

/// What of a term's renaming is judged with it, and what with other changes: a clause that uses the term and was changed
/// otherwise is a change of its own, and two terms that were renamed may stand in one clause.
struct RenamedShares {
  /// Clauses of either side that are told as changes of their own.
  private let told: (before: Set<Int>, after: Set<Int>)
  private let names: [(before: [Substring], after: [Substring])]

  init(_ redline: Redline) {
    let renamed = redline.changes.compactMap(\.renamed)
    names = renamed.map { (Self.words($0.before), Self.words($0.after)) }
    let others = renamed.isEmpty ? [] : redline.changes.filter { $0.renamed == nil }
    told = (Set(others.flatMap(\.before)), Set(others.flatMap(\.after)))
  }

  /// The change with the clauses that are judged with it: for a renamed term those that are told nowhere else, where there
  /// are any.
  func own(_ change: Change) -> Change {
    guard let renamed = change.renamed else { return change }
    let before = change.before.filter { !told.before.contains($0) }
    let after = change.after.filter { !told.after.contains($0) }
    guard !before.isEmpty, !after.isEmpty else { return change }
    return Change(
      kind: change.kind, before: before, after: after, edits: change.edits, renamed: renamed,
      following: change.following)
  }

  /// Takes from a renamed term's judgement the words that another change answers for.
  func leaveToOthers(_ reading: Reading, of change: Change) {
    guard let renamed = change.renamed else { return }
    let own = (before: Self.words(renamed.before), after: Self.words(renamed.after))
    let hunks = reading.comparison.hunks.map { hunk in
      (
        hunk: hunk, before: Self.words(reading.comparison.before.text(hunk.before)),
        after: Self.words(reading.comparison.after.text(hunk.after))
      )
    }
    // Where every clause that uses the term has a change of its own, the bare exchange is what is left to judge.
    let isToldElsewhere = change.before.allSatisfy(told.before.contains)
    let isBare = isToldElsewhere && hunks.contains { $0.before == own.before && $0.after == own.after }
    for (hunk, before, after) in hunks {
      let holds = { (name: (before: [Substring], after: [Substring])) in
        Self.holds(before, name.before) || Self.holds(after, name.after)
      }
      let isOwn = isBare ? before == own.before && after == own.after : holds(own)
      guard !isOwn, isToldElsewhere || names.contains(where: holds) else { continue }
      reading.clear(hunk.before, .before)
      reading.clear(hunk.after, .after)
    }
  }

  private static func words(_ text: String) -> [Substring] { text.split { !$0.isLetter && !$0.isNumber } }

  private static func holds(_ words: [Substring], _ name: [Substring]) -> Bool {
    guard !name.isEmpty, words.count >= name.count else { return false }
    return (0...words.count - name.count).contains { words[$0..<$0 + name.count].elementsEqual(name) }
  }
}
