internal import TermsModel

/// A stretch of the two sources, as a redline of the whole documents shows it.
package struct SourceRun: Hashable, Sendable {
  package enum Operation: String, Hashable, Sendable, Codable {
    case kept, deleted, inserted
    /// Words that went elsewhere, at the place that they left.
    case movedAway = "moved-away"
    /// The same words, at the place where they came to stand.
    case movedHere = "moved-here"

    /// Whether the before source has the stretch.
    package var isBefore: Bool { self == .kept || self == .deleted || self == .movedAway }
    /// Whether the after source has it.
    package var isAfter: Bool { self == .kept || self == .inserted || self == .movedHere }
  }

  package let op: Operation
  package let text: String

  package init(op: Operation, text: String) {
    self.op = op
    self.text = text
  }
}

extension Redline {
  /// The redline of the two sources from their first byte to their last, labels and blank lines included.
  ///
  /// What is kept, deleted or moved away gives the before source, what is kept, inserted or moved here the after source,
  /// byte for byte.
  package func sourceRuns() -> [SourceRun] {
    var writer = SourceRunWriter(self)
    return writer.write()
  }

  /// The after source, as the redline makes it of the before source.
  package func applied() -> String { sourceRuns().filter(\.op.isAfter).map(\.text).joined() }

  /// The before source, as the redline makes it of the after source.
  package func undone() -> String { sourceRuns().filter(\.op.isBefore).map(\.text).joined() }

  /// The redline of the way back: from the after wording to the before wording.
  package var inverse: Redline {
    let turned = changes.map(\.inverse).enumerated().sorted { one, other in
      (Self.place(one.element), one.offset) < (Self.place(other.element), other.offset)
    }
    return Redline(
      before: after, after: before, changes: turned.map(\.element),
      links: links.map { ClauseLink(before: $0.after, after: $0.before) }.sorted { $0.before[0] < $1.before[0] })
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

extension Edit {
  /// The edits of the way back; a deletion still stands before the insertion that takes its place.
  static func inverse(of edits: [Edit]) -> [Edit] {
    var inverse: [Edit] = []
    for edit in edits {
      switch edit.op {
      case .equal: inverse.append(edit)
      case .delete: inverse.append(Edit(op: .insert, text: edit.text))
      case .insert:
        let deletion = Edit(op: .delete, text: edit.text)
        if let last = inverse.last, last.op == .insert {
          inverse[inverse.count - 1] = deletion
          inverse.append(last)
        } else {
          inverse.append(deletion)
        }
      }
    }
    return inverse
  }
}
