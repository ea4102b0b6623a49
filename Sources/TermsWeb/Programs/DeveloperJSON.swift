internal import Binding
internal import TermsModel
internal import TermsOperations

// Developers as programs read of them over HTTP.

struct DeveloperJSON: Encodable {
  struct Connector: Encodable {
    let id: ConnectorID
    let document: DocumentSlug
  }

  private struct Life: Encodable {
    let addedAt: Instant
    let connectors: [Connector]
  }

  private let person: DeveloperPersonJSON
  private let life: Life

  init(_ entry: DeveloperEntry) {
    person = DeveloperPersonJSON(entry)
    life = Life(
      addedAt: entry.added.happenedAt,
      connectors: entry.connectors.sorted { $0.key < $1.key }.map { Connector(id: $0.key, document: $0.value) })
  }

  func encode(to encoder: any Encoder) throws {
    try person.encode(to: encoder)
    try life.encode(to: encoder)
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
    case .received(let level, let witness):
      (event, evidence, detail) = ("received", level.rawValue, WitnessWords.of(witness))
    case .failed(let reason): (event, detail) = ("failed", reason)
    }
  }
}
