package import TermsModel

/// The wording of one clause through the versions of its document, whatever number it bore.
package struct ClauseHistory: Hashable, Sendable {
  /// The clause as one version has it, where that version brought a change to it.
  package struct Wording: Hashable, Sendable {
    package let version: VersionLabel
    package let posting: Occasion
    /// `nil` where the version has it no longer.
    package let clause: PostedText.Clause?
    /// What the version changed about it; empty where it has it for the first time without a change told of.
    package let changes: [PostedChange]
    /// The other clauses that it split into, or merged with.
    package let related: [LineageID]
  }

  package let clause: LineageID
  /// In the order of posting, from the version that has it first.
  package let wordings: [Wording]
}

/// The histories of the clauses that bear a label or a heading, in the order of the document.
///
/// The latest version that has such a clause says which one is meant: a number given to another clause later means that
/// one. Several paragraphs under one label are clauses of their own.
///
/// - Parameters:
///   - name: a label as cited (`7(a)`) or a heading; spaces and capitals make no difference.
///   - versions: in the order of posting.
///   - texts: those of the versions; a version without one is passed over.
package func clauseHistories(named name: String, versions: [PostedVersion], texts: [PostedText]) -> [ClauseHistory] {
  let texts = Dictionary(texts.map { ($0.version, $0) }, uniquingKeysWith: { first, _ in first })
  let wanted = folded(name)
  for version in versions.reversed() {
    let found = (texts[version.label]?.clauses ?? []).filter {
      $0.role != .furniture && (folded($0.label.description) == wanted || $0.heading.map(folded) == wanted)
    }
    let labelled = found.filter { folded($0.label.description) == wanted }
    let meant = labelled.isEmpty ? found : labelled
    if !meant.isEmpty { return meant.map { history(of: $0.lineage, versions, texts) } }
  }
  return []
}

private func history(
  of clause: LineageID, _ versions: [PostedVersion], _ texts: [VersionLabel: PostedText]
) -> ClauseHistory {
  var wordings: [ClauseHistory.Wording] = []
  var known: PostedText.Clause?
  for version in versions {
    guard let text = texts[version.label] else { continue }
    let words = text.clauses.first { $0.lineage == clause }
    let changes = version.changes.filter { $0.before.contains(clause) || $0.after.contains(clause) }
    let isFirst = known == nil && words != nil
    let isGone = known != nil && words == nil
    guard isFirst || isGone || !changes.isEmpty else { continue }
    let related = changes.filter { $0.kind == .split || $0.kind == .merged }.flatMap { $0.before + $0.after }
    wordings.append(
      .init(
        version: version.label, posting: version.posting, clause: words, changes: changes,
        related: related.uniqued().filter { $0 != clause }))
    known = words
  }
  return ClauseHistory(clause: clause, wordings: wordings)
}

private func folded(_ name: String) -> String { name.lowercased().filter { !$0.isWhitespace } }
