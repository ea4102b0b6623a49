package import TermsModel
package import TermsOperations

/// What a mail system says became of one message for one recipient: a recipient group of a delivery status notification
/// (RFC 3464, section 2.3) with the fields that stand for the whole message (section 2.2).
///
/// A claim, not a fact: the notification comes from outside, and whoever knows an envelope's sender can forge one.
package struct DeliveryReport: Hashable, Sendable {
  package typealias Action = ReportedAction

  package let action: Action
  /// The address written to, as the sender gave it where the report holds that, else as it finally was.
  package let recipient: String
  /// The address in its last form, after aliases.
  package let finalRecipient: String?
  /// RFC 3463: `5.1.1`; `nil` where the report gives none of that form.
  package let status: String?
  /// The words of the system that decided, with the kind before them: `smtp; 550 5.1.1 …`.
  package let diagnostic: String?
  /// What the sender called the envelope.
  package let envelopeID: String?
  /// The host that makes the report.
  package let reportingMTA: String?
  /// The host whose answer is reported; absent where the reporting host decided by itself.
  package let remoteMTA: String?
  /// When the reporting host took the message.
  package let arrivedAt: Instant?
  package let lastAttemptAt: Instant?
  /// Until when a delayed message is tried.
  package let willRetryUntil: Instant?

  /// Whether status and action say opposite things, as no mail system does: a matter for a person.
  package var contradictsItself: Bool {
    switch (action, status?.first) {
    case (.failed, "2"), (.delayed, "2"): true
    case (.delivered, "4"), (.delivered, "5"), (.relayed, "4"), (.relayed, "5"), (.expanded, "4"), (.expanded, "5"):
      true
    default: false
    }
  }
}

extension DeliveryReport.Action {
  /// Reads the value of an Action field: the first word, in any case. `error`, which OpenSMTPD writes, is `failed`.
  init?(field: String) {
    let word = field.prefix { $0.isASCII && $0.isLetter }.lowercased()
    if word == "error" { self = .failed } else { self.init(rawValue: word) }
  }
}
