internal import TermsModel

/// A timeline as programs read it: `tenor timeline --json` and `GET /v1/developers/{id}/timeline`.
package struct TimelineJSON: Encodable {
  struct Stretch: Encodable {
    let extent: String
    let from: CalendarDate
    /// The first day that no longer belongs to it.
    let to: CalendarDate
  }

  struct Bar: Encodable {
    let version: VersionLabel
    let stretches: [Stretch]
  }

  struct Mark: Encodable {
    let day: CalendarDate
    let kind: String
    let version: VersionLabel?
    let says: String
  }

  let developer: DeveloperID
  let document: DocumentSlug
  let timeZone: String
  let from: CalendarDate
  let to: CalendarDate
  let today: CalendarDate
  let versions: [Bar]
  let marks: [Mark]

  package init(_ timeline: Timeline) {
    developer = timeline.developer
    document = timeline.document
    timeZone = timeline.zone
    from = timeline.from
    to = timeline.to
    today = timeline.today
    versions = timeline.bars.map { bar in
      Bar(
        version: bar.version,
        stretches: bar.stretches.map { Stretch(extent: $0.extent.rawValue, from: $0.from, to: $0.to) })
    }
    marks = timeline.marks.map { Mark(day: $0.day, kind: $0.kind.rawValue, version: $0.version, says: $0.says) }
  }
}
