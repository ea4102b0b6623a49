internal import Redlining
internal import TermsModel

extension Classifier {
  /// The changes of `redline` with their words, and what the rules showed of them.
  func readings(of redline: Redline) -> [Reading] {
    let places = Places(redline)
    let desk = ReadingDesk(redline)
    let shares = RenamedShares(redline)
    let readings = redline.changes.enumerated().map { index, change in
      reading(index, change, redline, places, desk, shares)
    }
    let document = DocumentReading(readings, redline, desk)
    let harmlessness = Harmlessness(document: document, disabled: disabled)
    for reading in readings { harmlessness.judge(reading) }
    return readings
  }

  private func reading(
    _ index: Int, _ change: Change, _ redline: Redline, _ places: Places, _ desk: ReadingDesk, _ shares: RenamedShares
  ) -> Reading {
    let (before, after) = desk.passages(of: shares.own(change))
    let reading = Reading(
      index: index, kind: change.kind, before: change.before, after: change.after, place: places.place(of: change),
      isUnderChangedHeading: places.isUnderChangedHeading(change, redline),
      isHeading: places.isHeading(change, redline),
      renumbered: renumbered(change, redline),
      comparison: WordComparison(before: before, after: after, desk: desk), desk: desk)
    shares.leaveToOthers(reading, of: change)
    return reading
  }

  private func renumbered(_ change: Change, _ redline: Redline) -> String? {
    guard let old = change.before.first.map({ redline.before.clauses[$0].label }), !old.isEmpty,
      let new = change.after.first.map({ redline.after.clauses[$0].label }), !new.isEmpty, old != new
    else { return nil }
    return "\(old) → \(new)"
  }
}
