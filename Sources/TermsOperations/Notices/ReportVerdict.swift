package import TermsModel

/// What a mail system did with a message for one recipient (RFC 3464, 2.3.3). It alone tells how a delivery ended: a message
/// that expired in a queue is `failed` with a 4.x.x status, and a success bears a 2.x.x one.
package enum ReportedAction: String, Hashable, Sendable, Codable, CaseIterable {
  /// Given up for good.
  case failed
  /// Not yet; the reporting system goes on trying.
  case delayed
  /// Put where the recipient reads mail.
  case delivered
  /// Handed to a system that makes no reports: there will be no further word.
  case relayed
  /// Handed on to several addresses behind the one written to: there will be no further word.
  case expanded
}

/// What one delivery report shows of the notice that it came back for.
package struct ReportVerdict: Hashable, Sendable {
  package enum Finding: Hashable, Sendable {
    case received(EvidenceLevel)
    /// Handed to a host that hands on, or in a way that is no receipt by the rules: known, and proof of nothing more.
    case handedOn
    /// Not yet; the reporting host tries on.
    case delayed(until: Instant?)
    case failed(FailureClass)
    /// Nothing that a program may rely on.
    case unreliable(Doubt)
  }

  package enum Doubt: String, Hashable, Sendable, Codable, CaseIterable {
    /// It names another envelope than the address that it was sent to.
    case otherEnvelope = "other-envelope"
    /// It says that the notice arrived, from outside, without naming the envelope.
    case namelessSuccess = "nameless-success"
    /// It calls itself a report of ours and came from outside.
    case pretendsToBeOurs = "pretends-to-be-ours"
    /// Action and status say opposite things.
    case contradictsItself = "contradicts-itself"
  }

  package let action: ReportedAction
  package let finding: Finding
  /// When it happened, as far as it counts for us. Our own host's word for its time is taken; a foreign one's never: there
  /// it is the time at which our mail system took the report, which is later and so never makes a period begin too early.
  package let at: Instant
  /// Whether our own mail system made the report.
  package let isOurs: Bool
  /// Who says so: the reporting host, and the one whose answer it reports.
  package let witness: String
  /// In the words of the system that decided.
  package let reason: String

  package init(
    action: ReportedAction, finding: Finding, at: Instant, isOurs: Bool, witness: String, reason: String
  ) {
    self.action = action
    self.finding = finding
    self.at = at
    self.isOurs = isOurs
    self.witness = witness
    self.reason = reason
  }
}
