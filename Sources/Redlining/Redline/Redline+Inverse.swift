internal import TermsModel

extension Redline {
  /// The redline of the way back: from the after wording to the before wording.
  package var inverse: Redline {
    let turned = changes.map(\.inverse).enumerated().sorted { one, other in
      (Self.place(one.element), one.offset) < (Self.place(other.element), other.offset)
    }
    return Redline(
      before: after, after: before, changes: turned.map(\.element),
      links: links.map { ClauseLink(before: $0.after, after: $0.before) }.sorted { $0.before[0] < $1.before[0] },
      foldings: foldings)
  }

  private static func place(_ change: Change) -> Int {
    change.kind == .renamedTerm ? -1 : change.after.first ?? change.before.first ?? 0
  }
}

extension Change {
  /// The change of the way back.
  package var inverse: Change {
    let kind: ChangeKind =
      switch self.kind {
      case .inserted: .deleted
      case .deleted: .inserted
      case .split: .merged
      case .merged: .split
      case .modified, .moved, .renumbered, .renamedTerm, .formatting: self.kind
      }
    return Change(
      kind: kind, before: after, after: before, edits: Edit.inverse(of: edits),
      renamed: renamed.map { RenamedTerm(before: $0.after, after: $0.before, occurrences: $0.occurrences) },
      following: following.map {
        Following(before: $0.after, after: $0.before, edits: Edit.inverse(of: $0.edits))
      })
  }
}
