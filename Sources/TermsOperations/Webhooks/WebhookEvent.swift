/// What a webhook can be told of.
package enum WebhookEvent: String, Hashable, Sendable, Codable, CaseIterable {
  case versionPosted = "version.posted"
  case versionWithdrawn = "version.withdrawn"
  case versionPostponed = "version.postponed"
  case versionReclassified = "version.reclassified"
  /// Planned, or to be tried again.
  case noticeQueued = "notice.queued"
  /// By courier, as somebody put on record.
  case noticeSent = "notice.sent"
  /// Taken over by a mail server.
  case noticeAccepted = "notice.accepted"
  case noticeRefused = "notice.refused"
  /// Nobody knows whether it went out.
  case noticeUnknown = "notice.unknown"
  case noticeCancelled = "notice.cancelled"
  /// By a delivery report, or as somebody put on record.
  case noticeReceived = "notice.received"
  case noticeFailed = "notice.failed"
  /// Reports contradict each other; a person has to decide.
  case noticeDisputed = "notice.disputed"

  /// The events that a word of the settings names: one of them, `notice.*`, `version.*` or `*`; none where it names nothing.
  package static func named(_ word: String) -> [WebhookEvent] {
    guard word.hasSuffix("*") else { return WebhookEvent(rawValue: word).map { [$0] } ?? [] }
    let prefix = word.dropLast()
    guard ["", "notice.", "version."].contains(prefix) else { return [] }
    return allCases.filter { $0.rawValue.hasPrefix(prefix) }
  }
}
