package import TermsModel

/// A message that came to the address which notices are sent from, taken apart.
package struct ReturnedMail: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// A delivery status notification, with what it says of each recipient.
    case report([DeliveryReport])
    /// Written by the developer or by a program that answers for them: no evidence of anything, but to be read.
    case reply
    /// Neither: to be looked at by a person, and never evidence.
    case unrecognised(UnrecognisedMail)
  }

  package let kind: Kind
  /// The envelope's recipients, as the mail system that took the message noted them (X-Original-To, Delivered-To), else
  /// those of the To field: where the token of the notice stands.
  package let addressedTo: [String]
  /// The Message-ID of the message reported on or answered, without angle brackets.
  package let originalMessageID: String?
  /// What its Date field says, which whoever wrote it chose.
  package let datedAt: Instant?
  /// What the topmost Received field says: written by our own mail system, where that is the one that handed it to us.
  package let receivedAt: Instant?
  /// The host that made the message itself and took it from nobody: named by a topmost Received field without a `from`, as
  /// a mail system writes it on its own reports. What came from outside always bears a field that says from where.
  package let madeBy: String?

  /// The delivery reports in it; none where it is something else.
  package var reports: [DeliveryReport] {
    if case .report(let reports) = kind { reports } else { [] }
  }
}

/// Why a message that came back says nothing that a program may rely on.
package enum UnrecognisedMail: Hashable, Sendable {
  case empty
  case tooLarge(bytes: Int, limit: Int)
  case tooDeep(limit: Int)
  case tooManyParts(limit: Int)
  case tooManyRecipients(limit: Int)
  /// No message by RFC 5322.
  case malformed
  /// A report with a sender to answer to, which no mail system gives one (RFC 3464, section 2).
  case returnPathNotNull(String)
  /// Another kind of report: `disposition-notification`, `feedback-report`.
  case otherReport(String)
  /// It calls itself a report and holds none that says what was done for whom.
  case noOutcome
  /// Several reports in one message, or several outcomes for one recipient in one group.
  case ambiguous
  /// From a mail system, in words for people only.
  case freeText
}

extension UnrecognisedMail: CustomStringConvertible {
  package var description: String {
    switch self {
    case .empty:
      "the message is empty; check how the mail system hands messages over"
    case .tooLarge(let bytes, let limit):
      "the message has \(bytes) bytes, more than the \(limit) that are read; look at it by hand"
    case .tooDeep(let limit):
      "the message nests parts deeper than \(limit) levels, as no mail system does; look at it by hand"
    case .tooManyParts(let limit):
      "the message has more than \(limit) parts, as no mail system's report does; look at it by hand"
    case .tooManyRecipients(let limit):
      "the report speaks of more than \(limit) recipients, though every notice has one; look at it by hand"
    case .malformed:
      "this is no message as mail systems write them (RFC 5322); check that the file holds one message and nothing else"
    case .returnPathNotNull(let sender):
      "the report has '\(sender)' as its envelope sender, where mail systems leave it empty; it may be forged: look at "
        + "it by hand"
    case .otherReport(let type):
      "the message is a report of the kind '\(type)', which tells nothing of delivery; no action is needed"
    case .noOutcome:
      "the message calls itself a delivery report but does not say what was done for whom; look at it by hand"
    case .ambiguous:
      "the report says more than one thing of the same delivery; look at it by hand"
    case .freeText:
      "a mail system wrote this for people, not for programs; read it, and record a failure by hand where it tells of one"
    }
  }
}

/// How much of a message from outside is read. Such messages are hostile until shown otherwise.
package struct ReturnedMailLimits: Hashable, Sendable {
  /// Enough for a report that brings a long notice back whole.
  package var bytes = 1 << 20
  /// Levels of parts within parts.
  package var depth = 10
  package var parts = 100
  package var recipients = 100

  package init() {}
}
