internal import Binding
internal import TermsModel
internal import TermsOperations

// Developers as programs read of them over HTTP.

struct DeveloperJSON: Encodable {
  struct Connector: Encodable {
    let id: ConnectorID
    let document: DocumentSlug
  }

  let id: DeveloperID
  let region: Region
  let name: String?
  let email: String?
  let erased: Bool
  let addedAt: Instant
  let connectors: [Connector]

  init(_ entry: DeveloperEntry) {
    id = entry.id
    region = entry.region
    name = entry.name
    email = entry.email?.rawValue
    erased = entry.erased
    addedAt = entry.added.happenedAt
    connectors = entry.connectors.sorted { $0.key < $1.key }.map { Connector(id: $0.key, document: $0.value) }
  }
}

struct TimelineJSON: Encodable {
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

  init(_ timeline: Timeline) {
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

/// A step in the life of a notice.
struct NoticeStepJSON: Encodable {
  let version: VersionLabel
  let channel: NoticeChannel
  let event: String
  let at: Instant
  let recordedAt: Instant
  var evidence: Int?
  var detail: String?

  init(_ fact: Fact<NoticeStep>) {
    version = fact.value.version
    channel = fact.value.channel
    at = fact.occasion.happenedAt
    recordedAt = fact.occasion.recordedAt
    switch fact.value.event {
    case .sent: event = "sent"
    case .received(let level, let witness): (event, evidence, detail) = ("received", level.rawValue, witness)
    case .failed(let reason): (event, detail) = ("failed", reason)
    }
  }
}
