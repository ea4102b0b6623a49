package import Redlining
package import TermsModel

/// Something that was done and goes on record: the unit of the log.
///
/// An act holds all that is needed to rebuild the tables from the log, and nothing personal: names and addresses stand
/// apart, bound to the act by a salted commitment.
package enum Act: Hashable, Sendable {
  case documentAdded(Document)
  /// Title or settings of a document changed; the settings in force at a moment are the last ones recorded before it.
  case documentChanged(Document)
  case versionPosted(VersionPosting)
  /// - Parameter keeping: the numbers of the changes that had taken effect on posting, and stay.
  case versionWithdrawn(DocumentSlug, VersionLabel, reason: String, keeping: Set<Int> = [])
  case versionPostponed(DocumentSlug, VersionLabel, until: CalendarDate, reason: String)
  case changeReclassified(
    DocumentSlug, VersionLabel, change: Int, to: ChangeClass, legalBasis: String?, reason: String)
  /// A second person agreed to classes that the document's settings ask one for, before or after the text was posted.
  case classesApproved(ClassApproval)
  /// What was done to a version is told to those who had a notice of it: planned in the transaction of the acts that it tells
  /// of, and after them (section 3.1, rule 11).
  case noticesSuperseded(DocumentSlug, VersionLabel)
  case developerAdded(DeveloperRegistration)
  case developerMoved(DeveloperID, to: Region)
  /// The address changed; `commitment` binds the new personal data.
  case addressChanged(DeveloperID, hasAddress: Bool, commitment: String)
  /// Name and address were erased; what the developer did stays on record.
  case developerErased(DeveloperID, reason: String? = nil)
  case agreement(DeveloperID, DocumentSlug, AgreementAct)
  /// Something that became known of a notice: one given outside, or evidence of what happened to one sent.
  case notice(DeveloperID, DocumentSlug, NoticeRecord)
  /// A try at handing over a notice of the outbox, however it ended: accepted and rejected are evidence for the developer's
  /// binding, unavailable and unknown for how it came that the notice was late or came twice.
  case noticeAttempted(DeveloperID, DocumentSlug, NoticeAttempt)
  /// A message came back to a notice's address: delivery reports, or an answer.
  case mailReturned(DeveloperID, DocumentSlug, ReturnedNotice)
  /// A notice is to go out once more.
  case noticeRequeued(DeveloperID, DocumentSlug, NoticeRequeue)
  /// A developer is to be reminded of what is about to take effect.
  case reminderPlanned(DeveloperID, DocumentSlug, NoticeReminder)
  /// The notice of a version that was posted before the developer's joining went on record, which the rules require all the
  /// same.
  case noticePlanned(DeveloperID, DocumentSlug, VersionLabel)
  /// Something about the log itself: its keys, its signed states.
  case log(LogAct)
}

/// A version as it goes on record when it is posted.
package struct VersionPosting: Hashable, Sendable, Codable {
  /// A change with what the engine proposed and what the operator decided.
  package struct DecidedChange: Hashable, Sendable, Codable {
    /// From 1, in the order of the redline.
    package let number: Int
    package let kind: ChangeKind
    package let label: ClauseLabel
    package let heading: String?
    /// Clauses of the version before, and of this one, that the change is about.
    package let before: [LineageID]
    package let after: [LineageID]
    package let edits: [Edit]
    /// What the classifier said, with its grounds.
    package let proposed: Classification
    package let decided: ChangeClass
    /// The citation of the law, exactly where ``decided`` is ``ChangeClass/legalRequired``.
    package let legalBasis: String?
    /// Why the operator decided otherwise than proposed.
    package let reason: String?

    package init(
      number: Int, kind: ChangeKind, label: ClauseLabel, heading: String?, before: [LineageID], after: [LineageID],
      edits: [Edit], proposed: Classification, decided: ChangeClass, legalBasis: String?, reason: String?
    ) {
      self.number = number
      self.kind = kind
      self.label = label
      self.heading = heading
      self.before = before
      self.after = after
      self.edits = edits
      self.proposed = proposed
      self.decided = decided
      self.legalBasis = legalBasis
      self.reason = reason
    }
  }

  package let document: DocumentSlug
  package let label: VersionLabel
  /// The version that it was compared with and follows; `nil` for a document's first. Publishing is refused where
  /// another version was posted in between.
  package let basedOn: VersionLabel?
  /// SHA-256 of the posted text (UTF-8), in lower-case hexadecimal.
  package let sha256: String
  /// What the operator says of the changes, in a sentence or two.
  package let summary: String?
  /// The title that the text shows, where it shows one.
  package let title: String?
  package let clauses: [PostedText.Clause]
  package let changes: [DecidedChange]
  /// A longer period of notice than the profile's, which developers need to adapt their systems.
  package let adaptation: AdaptationPeriod?

  package init(
    document: DocumentSlug, label: VersionLabel, basedOn: VersionLabel?, sha256: String, summary: String?,
    title: String?, clauses: [PostedText.Clause], changes: [DecidedChange], adaptation: AdaptationPeriod? = nil
  ) {
    self.document = document
    self.label = label
    self.basedOn = basedOn
    self.adaptation = adaptation
    self.sha256 = sha256
    self.summary = summary
    self.title = title
    self.clauses = clauses
    self.changes = changes
  }
}

/// A developer as registered, without anything personal.
package struct DeveloperRegistration: Hashable, Sendable, Codable {
  package let id: DeveloperID
  package let region: Region
  package let hasAddress: Bool
  /// SHA-256, in lower-case hexadecimal, over a random salt and the personal data (``Person``), which stand apart.
  package let commitment: String

  package init(id: DeveloperID, region: Region, hasAddress: Bool, commitment: String) {
    self.id = id
    self.region = region
    self.hasAddress = hasAddress
    self.commitment = commitment
  }
}

/// What is personal about a developer: kept apart from the evidence and erased on demand.
package struct Person: Hashable, Sendable {
  package let name: String?
  package let email: EmailAddress?
  /// 32 random bytes in lower-case hexadecimal, so that a commitment cannot be undone by guessing addresses.
  package let salt: String

  package init(name: String?, email: EmailAddress?, salt: String) {
    self.name = name
    self.email = email
    self.salt = salt
  }
}

/// A step in the life of a notice, as it goes on record.
package struct NoticeRecord: Hashable, Sendable {
  package let step: NoticeStep
  /// The notice of the outbox that the step belongs to; `nil` for one given outside, such as by courier.
  package let messageID: String?
  /// SHA-256 of the message's bytes, in lower-case hexadecimal, where a message was handed over.
  package let messageSHA256: String?

  package init(step: NoticeStep, messageID: String? = nil, messageSHA256: String? = nil) {
    self.step = step
    self.messageID = messageID
    self.messageSHA256 = messageSHA256
  }
}

/// One try at handing over a notice of the outbox, as it goes on record.
package struct NoticeAttempt: Hashable, Sendable {
  package let version: VersionLabel
  /// The notice's number in the outbox.
  package let notice: Int64
  /// Which try it was, from 1.
  package let number: Int
  /// When it was claimed for sending; the act's own time is when the outcome was known.
  package let startedAt: Instant
  package let outcome: TransportOutcome
  /// SHA-256 of the message's bytes, in lower-case hexadecimal; `nil` where the run died before it could say.
  package let messageSHA256: String?
  /// Whether the notice tells of what came after the posting, or reminds of a date, and so gives no notice of the version.
  /// The acts of earlier programs do not say it of any.
  package let givesNoNotice: Bool
  /// Whether the letter's bytes are kept with the record.
  package let letterKept: Bool
  /// Where the conversation with the server ended, and with which codes; `nil` where there was none.
  package let trace: Trace?
  /// Binds what the mail system said in full, which stands apart (``AttemptReply/commitment``); `nil` where it said nothing or
  /// accepted, and in the acts of earlier programs.
  package let replyCommitment: String?

  /// What a server said of the message, beside its words.
  package struct Trace: Hashable, Sendable {
    package let stage: Transmission.Stage
    package let code: Int?
    package let status: String?
    /// The server's address.
    package let peer: String?

    package init(stage: Transmission.Stage, code: Int?, status: String?, peer: String?) {
      self.stage = stage
      self.code = code
      self.status = status
      self.peer = peer
    }
  }

  package init(
    version: VersionLabel, notice: Int64, number: Int, startedAt: Instant, outcome: TransportOutcome,
    messageSHA256: String?, givesNoNotice: Bool = false, letterKept: Bool = false,
    trace: Trace? = nil, replyCommitment: String? = nil
  ) {
    self.replyCommitment = replyCommitment
    self.givesNoNotice = givesNoNotice
    self.letterKept = letterKept
    self.version = version
    self.notice = notice
    self.number = number
    self.startedAt = startedAt
    self.outcome = outcome
    self.messageSHA256 = messageSHA256
    self.trace = trace
  }

  /// How the reply of a try begins that ended before anything was said to a server, since a failure of the notice was put on
  /// record while it waited.
  package static let heldBack = "not sent, as its failure is on record: "

  /// What the try tells of the giving of the notice; `nil` where it settled nothing.
  package var step: NoticeStep? {
    switch outcome {
    case .accepted(let witness):
      NoticeStep(version: version, channel: .email, event: .received(.accepted, by: witness))
    case .rejected(let reason):
      NoticeStep(version: version, channel: .email, event: .failed(reason: reason))
    case .unavailable, .unknown: nil
    }
  }
}

/// One line of the log.
package struct LogEntry: Hashable, Sendable {
  package let occasion: Occasion
  /// Who did it: an operator's name, `cron`, a developer's identifier.
  package let actor: String
  package let act: Act
  /// RFC 6962 leaf hash (SHA-256 over 0x00 and the entry's canonical JSON), in lower-case hexadecimal.
  package let leafHash: String

  package init(occasion: Occasion, actor: String, act: Act, leafHash: String) {
    self.occasion = occasion
    self.actor = actor
    self.act = act
    self.leafHash = leafHash
  }
}

extension NoticeAttempt.Trace {
  /// What a transmission tells beside its outcome; `nil` where there was no conversation with a server.
  package init?(_ transmission: Transmission) {
    guard transmission.code != nil || transmission.peer != nil else { return nil }
    self.init(
      stage: transmission.stage, code: transmission.code, status: transmission.status, peer: transmission.peer)
  }
}
