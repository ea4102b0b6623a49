package import TermsModel
internal import Transparency

/// Who is told, and of what.
package struct WebhookSubscription: Hashable, Sendable {
  /// How settings and messages call it.
  package let name: String
  package let url: String
  package let events: Set<WebhookEvent>

  package init(name: String, url: String, events: Set<WebhookEvent>) {
    self.name = name
    self.url = url
    self.events = events
  }
}

/// What one webhook is told of one event.
package struct WebhookMessage: Hashable, Sendable {
  /// What the message says of its event.
  package struct Contents: Hashable, Sendable, Encodable {
    package let document: DocumentSlug
    package let version: VersionLabel
    /// The number of the act in the log.
    package let sequence: Int64
    /// SHA-256 of the version's text, where the event is about the version.
    package var sha256: String?
    /// The changes by class, as they were decided, where the event is a posting.
    package var changes: [String: Int]?
    package var developer: DeveloperID?
    package var channel: NoticeChannel?
    /// The number of the notice in the outbox.
    package var notice: Int64?

    package init(document: DocumentSlug, version: VersionLabel, sequence: Int64) {
      self.document = document
      self.version = version
      self.sequence = sequence
    }
  }

  private struct Envelope: Encodable {
    let type: WebhookEvent
    let timestamp: Instant
    let data: Contents
  }

  package let number: Int64
  /// The name of the webhook.
  package let webhook: String
  package let url: String
  /// By which a receiver knows a message that comes twice.
  package let id: String
  package let event: WebhookEvent
  package let body: [UInt8]
  /// Tries before this one.
  package let attempts: Int

  /// - Parameter leafHash: of the act that it tells of, in lower-case hexadecimal: two records never use one identifier.
  package init(
    number: Int64, webhook: String, url: String, event: WebhookEvent, happenedAt: Instant, contents: Contents,
    leafHash: String, attempts: Int
  ) throws {
    self.number = number
    self.webhook = webhook
    self.url = url
    id = "msg_\(number)_\(leafHash.prefix(16))"
    self.event = event
    body = Array(try CanonicalJSON(encoding: Envelope(type: event, timestamp: happenedAt, data: contents)).text().utf8)
    self.attempts = attempts
  }
}

/// How a try at telling a webhook ended.
package struct WebhookReply: Hashable, Sendable {
  package enum Outcome: String, Hashable, Sendable, CaseIterable {
    /// 2xx.
    case accepted
    /// An answer that another try would not change: a person has to look.
    case refused
    /// 410: it wants no more messages.
    case gone
    /// Not now: no connection, 5xx, 429.
    case unavailable
    /// All was sent, and nothing came back: it may have it. It is sent again, under the same identifier.
    case unknown
  }

  package let outcome: Outcome
  /// The status of the answer, where there was one.
  package let status: Int?
  /// What happened, and what to do where something is to be done.
  package let says: String
  /// The seconds that it asked to be left alone for.
  package let retryAfter: Int64?

  package init(_ outcome: Outcome, status: Int? = nil, says: String, retryAfter: Int64? = nil) {
    self.outcome = outcome
    self.status = status
    self.says = says
    self.retryAfter = retryAfter
  }
}

/// Where a webhook stands.
package struct WebhookStanding: Hashable, Sendable {
  package enum State: String, Hashable, Sendable, Codable, CaseIterable { case active, gone, removed }

  package let name: String
  package let url: String
  package let state: State
  package let waiting: Int
  package let refused: Int
  /// Since when the message waits that has waited longest.
  package let waitsSince: Instant?
  package let pausedUntil: Instant?
  /// What the last try said that came to nothing.
  package let lastFailure: String?

  package init(
    name: String, url: String, state: State, waiting: Int, refused: Int, waitsSince: Instant?, pausedUntil: Instant?,
    lastFailure: String?
  ) {
    self.name = name
    self.url = url
    self.state = state
    self.waiting = waiting
    self.refused = refused
    self.waitsSince = waitsSince
    self.pausedUntil = pausedUntil
    self.lastFailure = lastFailure
  }
}

/// Where the messages to webhooks are kept.
package protocol WebhookRecord: Sendable {
  /// Tells these from now on, and nobody else: what waits for others is cancelled. One whose address changed is told again
  /// though it said it was gone.
  func subscribe(_ subscriptions: [WebhookSubscription]) throws
  /// Puts on record how the last try ended and claims the next message that is due, in one transaction.
  /// - Returns: `nil` where nothing is due of anybody who is to be told now.
  func nextWebhookMessage(finishing last: FinishedWebhookMessage?, at moment: Instant) async throws -> WebhookMessage?
  /// Puts on record how the last try of a run ended.
  func finishWebhookMessage(_ last: FinishedWebhookMessage) async throws
  /// Puts on record that nobody knows how the tries ended that a dead run had begun; they are made again at once.
  /// - Returns: how many.
  func reconcileWebhooks(at moment: Instant) async throws -> Int
  func webhooks() async throws -> [WebhookStanding]
  /// Tells a webhook again that was gone or is left alone, and sends once more what it refused.
  /// - Returns: how many messages wait again; `nil` where the settings name no such webhook.
  func resumeWebhook(_ name: String, at moment: Instant) async throws -> Int?
}

/// A claimed message, and how the try ended.
package struct FinishedWebhookMessage: Hashable, Sendable {
  package let message: WebhookMessage
  package let reply: WebhookReply
  package let at: Instant

  package init(_ message: WebhookMessage, _ reply: WebhookReply, at moment: Instant) {
    self.message = message
    self.reply = reply
    at = moment
  }
}
