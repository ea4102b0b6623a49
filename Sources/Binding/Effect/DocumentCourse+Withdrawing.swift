internal import TermsModel

/// Rule 11 of section 3.1: what is taken back, for one developer and for all who join later.
extension DocumentCourse {
  /// Rule 11: what is pending can be taken back; what binds cannot. What was taken back before the developer joined never
  /// bound them; what stays of a version binds them as it binds all others.
  mutating func withdraw(_ entry: Entry) {
    guard let withdrawal = entry.course.withdrawal else { return }
    let at = Moment(withdrawal.occasion.happenedAt, in: entry.setting.zone)
    keep(entry.version.keptChanges, of: entry)
    for step in entry.steps where !steps[step].isKept {
      guard at.instant <= joined || !at.hasCome(steps[step].onset) else { continue }
      steps[step].withdrawnAt = steps[step].withdrawnAt.map { min($0, at.instant) } ?? at.instant
    }
  }

  /// Marks the steps that stay: those that nothing which is taken back touches, or moves along with.
  private mutating func keep(_ kept: Set<Int>, of entry: Entry) {
    guard !kept.isEmpty else { return }
    let changes = entry.version.changes
    for step in entry.steps { steps[step].isKept = true }
    for change in changes.indices where !kept.contains(changes[change].number) {
      for step in steps(of: change, in: entry) { steps[step].isKept = false }
    }
    for members in groups(of: entry) where members.contains(where: { !steps[$0].isKept }) {
      for step in members { steps[step].isKept = false }
    }
  }

  /// Notes what fell out of the text that stands: what was taken back, and what was written on it.
  ///
  /// The same for all developers, whatever of it bound one of them before.
  mutating func settleFalls(_ entry: Entry) {
    let withdrawal = entry.course.withdrawal?.occasion.sequence
    for step in entry.steps {
      let before =
        steps[step].predecessor == nil
        ? steps[step].clause.flatMap { agreedFalls.clauses[$0] }.flatMap {
          entry.version.posting.sequence < $0 ? $0 : nil
        } : predecessor(of: step, in: entry).flatMap { falls[$0] }
      falls.append(before)
    }
    for members in groups(of: entry) {
      guard let fall = members.compactMap({ falls[$0] }).min() else { continue }
      for step in members { falls[step] = fall }
    }
    guard let withdrawal else { return }
    for step in entry.steps where !steps[step].isKept {
      falls[step] = falls[step].map { min($0, withdrawal) } ?? withdrawal
    }
  }

  /// Whether a step was on record as fallen when a version was posted, so that this one was not compared with it.
  func hasFallen(_ step: Int, before entry: Entry) -> Bool {
    hasWithdrawals && falls[step].map { $0 < entry.version.posting.sequence } == true
  }
}
