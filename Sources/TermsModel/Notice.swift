/// The way by which a notice reaches a developer.
package enum NoticeChannel: String, Hashable, Sendable, Codable, CaseIterable {
  case email, courier, posting
}

/// How well the giving of a notice is proved (section 3.1, rule 4).
package enum EvidenceLevel: Int, Hashable, Sendable, Codable, CaseIterable, Comparable {
  case posted = 0
  case sent = 1
  /// Accepted by the server that took the message (2xx after DATA).
  case accepted = 2
  /// Reported as delivered by a delivery status notification.
  case delivered = 3
  /// Displayed to the developer in the service.
  case displayed = 4
  case expresslyAccepted = 5

  package static func < (left: EvidenceLevel, right: EvidenceLevel) -> Bool { left.rawValue < right.rawValue }
}

/// What is known of one notice to one developer of one version: a step in its life.
package struct NoticeStep: Hashable, Sendable {
  package enum Event: Hashable, Sendable {
    /// Handed to the channel: for a courier this gives the notice, for an e-mail it does not yet.
    case sent
    /// Reached the developer, as far as the evidence shows; `by` names the witness, such as `mx.example` or a report.
    case received(EvidenceLevel, by: String)
    /// Failed for good. Withdraws an earlier receipt of the same notice.
    case failed(reason: String)
  }

  package let version: VersionLabel
  package let channel: NoticeChannel
  package let event: Event
  /// Which notice of that version and channel it is a step of, where several were given: a message's identifier. Steps
  /// that name none are steps of one notice.
  package let message: String?

  package init(version: VersionLabel, channel: NoticeChannel, event: Event, message: String? = nil) {
    self.version = version
    self.channel = channel
    self.event = event
    self.message = message
  }
}
