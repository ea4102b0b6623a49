package import TermsModel
package import TermsOperations

/// Whose word counts for what, as the operator's own network is built.
package struct ReportRules: Hashable, Sendable {
  /// The names under which our own mail systems report.
  package let ownHosts: Set<String>
  /// Hosts that only hand our messages on, such as a provider's: their taking over is no receipt.
  package let relays: Set<String>
  /// Which actions count as receipt. That a system took responsibility for a recipient's mail is receipt where the law
  /// asks that it entered the system that the recipient uses (as UETA, section 15(b), does); for a lawyer to say.
  package let receipt: Set<DeliveryReport.Action>

  package init(
    ownHosts: Set<String>, relays: Set<String> = [],
    receipt: Set<DeliveryReport.Action> = [.delivered, .relayed, .expanded]
  ) {
    self.ownHosts = Set(ownHosts.map { $0.lowercased() })
    self.relays = Set(relays.map { $0.lowercased() })
    self.receipt = receipt
  }
}

extension ReportVerdict {
  /// Judges one report of a message that came back to a notice's address.
  ///
  /// - Parameters:
  ///   - notice: the notice, by the verified token in the address (``ReturnAddress/token(in:)``).
  ///   - ingestedAt: when we read it: no time in it counts as later than this.
  package init(
    _ report: DeliveryReport, in mail: ReturnedMail, for notice: Int64, rules: ReportRules, ingestedAt: Instant
  ) {
    let reporter = report.reportingMTA?.lowercased() ?? ""
    let cameFromUs = mail.madeBy.map(rules.ownHosts.contains) ?? false
    let isOurs = cameFromUs && rules.ownHosts.contains(reporter)
    let claimed = isOurs ? report.lastAttemptAt ?? mail.datedAt ?? mail.receivedAt : mail.receivedAt
    self.init(
      action: report.action,
      finding: Self.finding(
        report, isOurs: isOurs, pretends: !cameFromUs && rules.ownHosts.contains(reporter),
        envelope: ReturnAddress.envelopeID(for: notice), rules: rules),
      at: min(claimed ?? ingestedAt, ingestedAt), isOurs: isOurs,
      witness: (reporter.isEmpty ? "a host that gives no name" : reporter)
        + (report.remoteMTA.map { $0.lowercased() == reporter ? "" : " by the answer of \($0)" } ?? ""),
      reason: report.diagnostic ?? report.status ?? report.action.rawValue)
  }

  private static func finding(
    _ report: DeliveryReport, isOurs: Bool, pretends: Bool, envelope: String, rules: ReportRules
  ) -> Finding {
    if pretends { return .unreliable(.pretendsToBeOurs) }
    if let given = report.envelopeID, given.lowercased() != envelope { return .unreliable(.otherEnvelope) }
    if report.contradictsItself { return .unreliable(.contradictsItself) }
    switch report.action {
    case .failed: return .failed(FailureClass(reported: report.status))
    case .delayed: return .delayed(until: report.willRetryUntil)
    case .delivered, .relayed, .expanded:
      // The address alone travels in the message's header, for anybody to see; the envelope's name does not.
      guard isOurs || report.envelopeID != nil else { return .unreliable(.namelessSuccess) }
      guard rules.receipt.contains(report.action) else { return .handedOn }
      if report.action == .delivered { return .received(.delivered) }
      // Of our own host's handing on, only the taking over by somebody else's is receipt.
      let taker = report.remoteMTA?.lowercased()
      let isWithin =
        taker.map { rules.relays.contains($0) || rules.ownHosts.contains($0) } ?? (report.action == .relayed)
      return isOurs && isWithin ? .handedOn : .received(.accepted)
    }
  }
}
