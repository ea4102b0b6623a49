internal import TermsModel

extension Redline {
  /// What breaks the laws of a redline, a sentence each; empty where all hold.
  ///
  /// 1. Every clause is told or linked, and belongs to one group at most: a clause of before without a link was deleted
  ///    once, a clause of after without one was inserted once.
  /// 2. No clause has two changes, but for a term renamed in it.
  /// 3. The edits of a change cover both texts once, in order and without gaps: no two edits of one kind touch, a
  ///    deletion stands before the insertion that takes its place, and no edit is empty.
  /// 4. The redline makes the after source of the before source, and the reverse, byte for byte.
  package func brokenLaws() -> [String] {
    brokenLinks() + brokenEdits() + brokenSources()
  }

  private func brokenLinks() -> [String] {
    var broken: [String] = []
    var (linkedBefore, linkedAfter): (Set<Int>, Set<Int>) = ([], [])
    for link in links {
      if link.before.isEmpty || link.after.isEmpty || link.before.count > 1 && link.after.count > 1 {
        broken.append("a link joins \(link.before) and \(link.after)")
      }
      for index in link.before where !linkedBefore.insert(index).inserted {
        broken.append("clause \(index) has two heirs")
      }
      for index in link.after where !linkedAfter.insert(index).inserted {
        broken.append("clause \(index) has two origins")
      }
    }
    var (toldBefore, toldAfter): (Set<Int>, Set<Int>) = ([], [])
    for change in changes where change.kind != .renamedTerm {
      for index in change.before where !toldBefore.insert(index).inserted {
        broken.append("clause \(index) is told twice")
      }
      for index in change.after where !toldAfter.insert(index).inserted {
        broken.append("new clause \(index) is told twice")
      }
      if change.kind == .deleted, change.before.contains(where: linkedBefore.contains) {
        broken.append("a linked clause is deleted: \(change.before)")
      }
      if change.kind == .inserted, change.after.contains(where: linkedAfter.contains) {
        broken.append("a linked clause is inserted: \(change.after)")
      }
    }
    for index in before.clauses.indices where !linkedBefore.contains(index) && !toldBefore.contains(index) {
      broken.append("clause \(index) went untold")
    }
    for index in after.clauses.indices where !linkedAfter.contains(index) && !toldAfter.contains(index) {
      broken.append("new clause \(index) came untold")
    }
    return broken
  }

  private func brokenEdits() -> [String] {
    var broken: [String] = []
    for edits in changes.map(\.edits) + changes.flatMap(\.following).map(\.edits) {
      for (index, edit) in edits.enumerated() {
        if edit.text.isEmpty { broken.append("an empty edit") }
        guard index > 0 else { continue }
        let last = edits[index - 1]
        if last.op == edit.op || last.op == .insert && edit.op == .delete {
          broken.append("\(last.op.rawValue) before \(edit.op.rawValue): \(edit.text)")
        }
      }
    }
    for change in changes where change.kind != .renamedTerm && change.kind != .renumbered {
      for (text, indices, wording) in [
        (change.beforeText, change.before, before), (change.afterText, change.after, after),
      ] {
        // The words are the clause's own, all of them or without a heading that stayed, or its lines with the label.
        let whole = indices.map { wording.clauses[$0].words }.joined(separator: "\n\n")
        let own = indices.map { wording.clauses[$0].text }.joined(separator: "\n\n")
        if text != whole, text != own, !wording.source.contains(text) {
          broken.append("the edits leave '\(whole)' for '\(text)'")
        }
      }
    }
    return broken
  }

  private func brokenSources() -> [String] {
    let runs = sourceRuns()
    var broken: [String] = []
    if !runs.lazy.filter(\.op.isBefore).map(\.text).joined().utf8Equals(before.source) {
      broken.append("the redline does not give the before source back")
    }
    if !runs.lazy.filter(\.op.isAfter).map(\.text).joined().utf8Equals(after.source) {
      broken.append("the redline does not make the after source")
    }
    return broken
  }
}

extension String {
  /// Equality of bytes: two texts that Unicode takes for equal may still differ in the record.
  fileprivate func utf8Equals(_ other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}
