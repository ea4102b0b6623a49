package import TermsModel

/// The way out for notices by e-mail: a folder, an SMTP server, `sendmail`.
package protocol NoticeTransport: Sendable {
  /// Hands over one message, already rendered; says how that ended and never throws for a refusal.
  func send(_ message: NoticeMessage) async -> TransportOutcome
  /// The same, with what the server said: what an attempt puts on record.
  func transmit(_ message: NoticeMessage) async -> Transmission
  /// The thread that it works on, where it blocks one; `nil` where it shares those of all tasks.
  var thread: (any TaskExecutor)? { get }
}

extension NoticeTransport {
  package var thread: (any TaskExecutor)? { nil }

  /// For transports that have no more to tell than the outcome.
  package func transmit(_ message: NoticeMessage) async -> Transmission {
    Transmission(outcome: await send(message))
  }
}

/// How handing over a message went, step by step.
package struct Transmission: Hashable, Sendable {
  /// The step at which it ended.
  package enum Stage: String, Hashable, Sendable, Codable, CaseIterable {
    /// Before anything was said of the message: connecting, TLS, greeting, AUTH.
    case connection
    case sender, recipient, content
    /// The whole message was handed over, and its taking over was at stake.
    case completion
  }

  /// What an outcome other than acceptance says something about.
  package enum Scope: String, Hashable, Sendable, Codable, CaseIterable {
    /// This message or its recipient: the next one may fare better.
    case message
    /// The way out itself: the next one would fare alike, so that the run ends and nothing counts as tried.
    case route
  }

  package let outcome: TransportOutcome
  package let stage: Stage
  package let scope: Scope
  /// The reply code (RFC 5321, 4.2), where there was a reply.
  package let code: Int?
  /// The enhanced status code (RFC 3463), where the reply held one: `5.1.1`.
  package let status: String?
  /// The reply, all its lines.
  package let reply: String?
  /// The address of the server.
  package let peer: String?

  package init(
    outcome: TransportOutcome, stage: Stage = .completion, scope: Scope = .route, code: Int? = nil,
    status: String? = nil, reply: String? = nil, peer: String? = nil
  ) {
    self.outcome = outcome
    self.stage = stage
    self.scope = scope
    self.code = code
    self.status = status
    self.reply = reply
    self.peer = peer
  }
}

/// A message as bytes, with its envelope.
package struct NoticeMessage: Hashable, Sendable {
  package let messageID: String
  /// The envelope's sender: where delivery reports go.
  package let sender: EmailAddress
  package let recipient: EmailAddress
  /// What delivery reports call the envelope (RFC 3461, ENVID): visible ASCII, at most 100 characters; `nil` for none.
  package let envelopeID: String?
  /// RFC 5322, with CRLF line ends.
  package let bytes: [UInt8]

  package init(
    messageID: String, sender: EmailAddress, recipient: EmailAddress, envelopeID: String? = nil, bytes: [UInt8]
  ) {
    self.messageID = messageID
    self.sender = sender
    self.recipient = recipient
    self.envelopeID = envelopeID
    self.bytes = bytes
  }
}

/// How handing over a message ended.
package enum TransportOutcome: Hashable, Sendable {
  /// Taken over by the server or folder named.
  case accepted(by: String)
  /// Refused for good.
  case rejected(reason: String)
  /// Not now: the notice stays due, and the run ends.
  case unavailable(reason: String)
  /// Cut off after the last byte: nobody can say whether it was taken.
  case unknown(reason: String)
}

/// Where a notice of the outbox stands.
package enum NoticeState: String, Hashable, Sendable, Codable, CaseIterable {
  /// Waiting to be sent, for the first time or again.
  case queued
  /// Claimed by a run that has not said how it ended.
  case transmitting
  /// Taken over by the server or folder.
  case accepted
  /// Refused for good: the developer has not been told by this way.
  case refused
  /// Cut off: to be settled by evidence before anything is sent again.
  case unknown
  /// Not to be sent any more: its version was withdrawn, or the developer's data were erased.
  case cancelled
}

/// A notice of the outbox with what sending it needs.
package struct OutboxNotice: Hashable, Sendable {
  /// The outbox's own number, from 1.
  package let number: Int64
  package let document: DocumentSlug
  package let version: VersionLabel
  package let developer: DeveloperID
  /// `nil` once erased.
  package let name: String?
  package let recipient: EmailAddress?
  package let state: NoticeState
  package let attempts: Int
  package let plannedAt: Instant
  /// When it is due next, where it is queued.
  package let dueAt: Instant?
  /// What the last attempt said, where there was one.
  package let lastReply: String?
  /// The number in the log of the act that it tells of.
  package let planned: Int64
  /// Whether it tells of an act that came after the posting, and so supersedes what the developer was told before.
  package let isSuperseding: Bool
  /// The date that it reminds of; `nil` where it is no reminder.
  package let remindsOf: CalendarDate?

  /// Whether it gives the notice of the version; what supersedes one or reminds of one does not.
  package var givesNotice: Bool { !isSuperseding && remindsOf == nil }

  package init(
    number: Int64, document: DocumentSlug, version: VersionLabel, developer: DeveloperID, name: String?,
    recipient: EmailAddress?, state: NoticeState, attempts: Int, plannedAt: Instant, dueAt: Instant?,
    lastReply: String?, planned: Int64 = 0, isSuperseding: Bool = false,
    remindsOf: CalendarDate? = nil
  ) {
    self.number = number
    self.document = document
    self.version = version
    self.developer = developer
    self.name = name
    self.recipient = recipient
    self.state = state
    self.attempts = attempts
    self.plannedAt = plannedAt
    self.dueAt = dueAt
    self.lastReply = lastReply
    self.planned = planned
    self.isSuperseding = isSuperseding
    self.remindsOf = remindsOf
  }
}

/// Where a notice stands in the order of sending.
package struct OutboxPlace: Hashable, Sendable {
  package let dueAt: Instant
  package let number: Int64

  package init(_ notice: OutboxNotice) {
    (dueAt, number) = (notice.dueAt ?? notice.plannedAt, notice.number)
  }
}

/// Notices that are due, each with what is on record of its developer and its document, all as of one moment.
package struct DueLetters: Sendable {
  package let letters: [(notice: OutboxNotice, facts: DeveloperFacts)]
  /// The length of the log at that moment.
  package let position: Int64

  package init(letters: [(notice: OutboxNotice, facts: DeveloperFacts)], position: Int64) {
    (self.letters, self.position) = (letters, position)
  }
}

/// A letter that is about to be sent.
package struct UnsentLetter: Hashable, Sendable {
  /// The notice's number in the outbox.
  package let notice: Int64
  package let bytes: [UInt8]
  /// Of the bytes, in lower-case hexadecimal.
  package let sha256: String

  package init(notice: Int64, bytes: [UInt8], sha256: String) {
    (self.notice, self.bytes, self.sha256) = (notice, bytes, sha256)
  }
}

/// How the transmission of a claimed notice ended, as it goes on record.
package struct FinishedNotice: Hashable, Sendable {
  package let notice: OutboxNotice
  package let transmission: Transmission
  /// SHA-256 of the message's bytes, in lower-case hexadecimal.
  package let messageSHA256: String
  /// What is kept apart from the log of what was said.
  package let reply: AttemptReply?
  package let at: Instant

  package init(
    notice: OutboxNotice, transmission: Transmission, messageSHA256: String, reply: AttemptReply? = nil, at: Instant
  ) {
    self.notice = notice
    self.reply = reply
    self.transmission = transmission
    self.messageSHA256 = messageSHA256
    self.at = at
  }
}

/// What the step from one notice to the next came to.
package struct HandingOver: Hashable, Sendable {
  /// Whether the next notice is claimed; `false` also where none was to be.
  package let isClaimed: Bool
  /// The length of the log before and after it.
  package let before: Int64
  package let after: Int64

  package init(isClaimed: Bool, before: Int64, after: Int64) {
    (self.isClaimed, self.before, self.after) = (isClaimed, before, after)
  }
}

/// A notice that a mail system took, and that is known to have failed since.
package struct NoticeFailedSince: Hashable, Sendable {
  package let document: DocumentSlug
  package let version: VersionLabel
  package let developer: DeveloperID
  package let reason: String

  package init(document: DocumentSlug, version: VersionLabel, developer: DeveloperID, reason: String) {
    self.document = document
    self.version = version
    self.developer = developer
    self.reason = reason
  }
}

/// How many notices of a version are in a state.
package struct NoticeCount: Hashable, Sendable {
  package let document: DocumentSlug
  package let version: VersionLabel
  package let state: NoticeState
  package let count: Int
  /// Whether these tell of an act that came after the posting.
  package let isSuperseding: Bool

  package init(
    document: DocumentSlug, version: VersionLabel, state: NoticeState, count: Int, isSuperseding: Bool = false
  ) {
    self.document = document
    self.version = version
    self.state = state
    self.count = count
    self.isSuperseding = isSuperseding
  }
}
