package import TermsModel

extension [PostedVersion] {
  /// The index of the version whose text binds, word for word, whoever joins at a moment; `nil` where none stands then.
  ///
  /// It is the last one that stands. Where a version was taken back after that one was posted on it, its text still has the
  /// words taken back: then it is the last one before whose text has none, and what stands of the later ones binds along,
  /// clause by clause (section 3.1, rules 5 and 11). That can be one that was itself withdrawn, if nothing of it was lost.
  package func base(joiningAt moment: Instant) -> Int? {
    guard let last = lastIndex(where: { $0.stands(at: moment) }) else { return nil }
    if !hasLostWords(last, by: moment) { return last }
    let whole = self[..<last].indices.filter { !hasLostWords($0, by: moment) }
    return whole.last { self[$0].stands(at: moment) }
      ?? whole.last { !self[$0].hasLostWords(since: self[$0], by: moment) } ?? last
  }

  /// Whether words of a version's text were taken back after it was posted, with an earlier version that it was posted on.
  private func hasLostWords(_ index: Int, by moment: Instant) -> Bool {
    self[..<index].contains { $0.hasLostWords(since: self[index], by: moment) }
  }
}

extension PostedVersion {
  /// Whether the version was posted by `moment` and not taken back by then.
  func stands(at moment: Instant) -> Bool {
    posting.happenedAt <= moment && withdrawal.map { moment < $0.occasion.happenedAt } != false
  }

  /// Whether words of this version were taken back by a moment, after a later one had been posted on them.
  func hasLostWords(since later: PostedVersion, by moment: Instant) -> Bool {
    guard let withdrawal, later.posting.sequence < withdrawal.occasion.sequence,
      withdrawal.occasion.happenedAt <= moment
    else { return false }
    let kept = keptChanges
    return changes.contains { !kept.contains($0.number) }
  }
}
