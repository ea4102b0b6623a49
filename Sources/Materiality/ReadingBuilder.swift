internal import Redlining
internal import TermsModel

extension Classifier {
  /// The changes of `redline` with their words, and what the rules showed of them.
  func readings(of redline: Redline) -> [Reading] {
    let places = Places(redline)
    let desk = ReadingDesk()
    let readings = redline.changes.enumerated().map { index, change in reading(index, change, redline, places, desk) }
    let document = DocumentReading(readings, redline, desk)
    let harmlessness = Harmlessness(document: document, disabled: disabled)
    for reading in readings { harmlessness.judge(reading) }
    return readings
  }

  private func reading(_ index: Int, _ change: Change, _ redline: Redline, _ places: Places, _ desk: ReadingDesk)
    -> Reading
  {
    let before = desk.passage(change.before, redline.before)
    let after = desk.passage(change.after, redline.after, likewise: before)
    let old = desk.section(change.before.first, redline.before, isAfter: false)
    let new = desk.section(change.after.first, redline.after, isAfter: true)
    return Reading(
      index: index, kind: change.kind, before: change.before, after: change.after, place: places.place(of: change),
      isUnderChangedHeading: places.isUnderChangedHeading(change, redline),
      isHeading: places.isHeading(change, redline),
      renumbered: renumbered(change, redline),
      comparison: WordComparison(before: before, after: after, desk: desk),
      section: Section.joined(old, new), desk: desk)
  }

  private func renumbered(_ change: Change, _ redline: Redline) -> String? {
    guard let old = change.before.first.map({ redline.before.clauses[$0].label }), !old.isEmpty,
      let new = change.after.first.map({ redline.after.clauses[$0].label }), !new.isEmpty, old != new
    else { return nil }
    return "\(old) → \(new)"
  }
}
