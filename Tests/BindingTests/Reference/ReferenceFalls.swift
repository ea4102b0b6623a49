import TermsModel

/// Rule 11: what fell out of the text that stands, for everybody who joins later: what was taken back, and all that was
/// written on it.
extension ReferenceModel {
  /// The number in the log of the withdrawal with which a version's change of a clause went; `nil` where it stands.
  func gone(_ clause: LineageID, with index: Int) -> Int64? {
    if versions[...index].allSatisfy({ withdrawal(of: $0) == nil }) { return nil }
    let clauses = together(with: clause, in: index)
    var acts: [Int64] = clauses.compactMap { clause in
      // What it was written on: the last change of the clause that was there when the version was posted.
      for earlier in versions[..<index].indices.reversed() where touches(earlier, clause) {
        let act = gone(clause, with: earlier)
        if let act, act < versions[index].posting.sequence { continue }
        return act
      }
      return nil
    }
    if let withdrawal = withdrawal(of: versions[index]), !stays(clauses, in: index) {
      acts.append(withdrawal.occasion.sequence)
    }
    return acts.min()
  }

  private func touches(_ index: Int, _ clause: LineageID) -> Bool {
    versions[index].changes.contains { ($0.before + $0.after).contains(clause) }
  }

  /// The clauses that move as one with a clause: those of splits and mergers, one reaching into the next; all, where the
  /// profile says so.
  private func together(with clause: LineageID, in index: Int) -> Set<LineageID> {
    let changes = versions[index].changes
    if settings(of: versions[index]).profile.granularity == .version {
      return Set(changes.flatMap { $0.before + $0.after })
    }
    var clauses: Set = [clause]
    for _ in changes {
      for change in changes where [.split, .merged].contains(change.kind) {
        let members = Set(change.before + change.after)
        if !members.isDisjoint(with: clauses) { clauses.formUnion(members) }
      }
    }
    return clauses
  }

  private func stays(_ clauses: Set<LineageID>, in index: Int) -> Bool {
    let kept = kept(of: versions[index])
    return !kept.isEmpty
      && versions[index].changes.allSatisfy { change in
        kept.contains(change.number) || Set(change.before + change.after).isDisjoint(with: clauses)
      }
  }
}
