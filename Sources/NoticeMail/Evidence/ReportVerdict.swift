package import TermsModel

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
    isOurs = cameFromUs && rules.ownHosts.contains(reporter)
    let claimed = isOurs ? report.lastAttemptAt ?? mail.datedAt ?? mail.receivedAt : mail.receivedAt
    at = min(claimed ?? ingestedAt, ingestedAt)
    witness =
      (reporter.isEmpty ? "a host that gives no name" : reporter)
      + (report.remoteMTA.map { $0.lowercased() == reporter ? "" : " by the answer of \($0)" } ?? "")
    reason = report.diagnostic ?? report.status ?? report.action.rawValue
    finding = Self.finding(
      report, isOurs: isOurs, pretends: !cameFromUs && rules.ownHosts.contains(reporter),
      envelope: ReturnAddress.envelopeID(for: notice), rules: rules)
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

/// Where a notice stands by all the reports on it, in whatever order they came.
package enum ReportStanding: Hashable, Sendable {
  /// No report that settles anything.
  case open
  case received(EvidenceLevel, at: Instant, by: String)
  case failed(FailureClass, at: Instant, reason: String)
  /// Reports that cannot both be true, or one that may be forged: for a person. A receipt that was there stays until
  /// somebody decides.
  case disputed(DisputeKind, receipt: Instant?)

  package enum DisputeKind: String, Hashable, Sendable, Codable, CaseIterable {
    /// One says that it arrived, another that it failed.
    case contradiction
    /// A report that a program may not rely on.
    case unreliable
  }

  /// Weighs all verdicts on one notice. The same set gives the same standing, doubled or shuffled.
  ///
  /// Our own mail system's failure outweighs any foreign success, which may be forged by whoever knows the address; a foreign
  /// failure against a success sets the two in dispute, as recipients can forge failures to deny a receipt.
  package init(_ verdicts: [ReportVerdict]) {
    let successes = verdicts.filter { if case .received = $0.finding { true } else { false } }
    let failures = verdicts.filter { if case .failed = $0.finding { true } else { false } }
    let doubtful = verdicts.contains { if case .unreliable = $0.finding { true } else { false } }
    let receipt = successes.map(\.at).min()
    let ownFailure = failures.filter(\.isOurs).min { $0.at < $1.at }
    if let ownFailure, !successes.contains(where: \.isOurs) {
      self = ownFailure.standing
    } else if !failures.isEmpty, !successes.isEmpty {
      self = .disputed(.contradiction, receipt: receipt)
    } else if let failure = failures.min(by: Self.isBefore) {
      self = failure.standing
    } else if doubtful, successes.isEmpty {
      self = .disputed(.unreliable, receipt: nil)
    } else if let first = successes.min(by: Self.isBefore) {
      // The best evidence speaks, and the earliest receipt counts: what came later confirms it.
      let best = successes.max { $0.level == $1.level ? Self.isBefore($1, $0) : $0.level < $1.level } ?? first
      self = .received(best.level, at: first.at, by: best.witness)
    } else {
      self = .open
    }
  }

  private static func isBefore(_ left: ReportVerdict, _ right: ReportVerdict) -> Bool {
    left.at == right.at ? (left.witness, left.reason) < (right.witness, right.reason) : left.at < right.at
  }
}

extension ReportVerdict {
  fileprivate var level: EvidenceLevel {
    if case .received(let level) = finding { level } else { .posted }
  }

  fileprivate var standing: ReportStanding {
    if case .failed(let failureClass) = finding { .failed(failureClass, at: at, reason: reason) } else { .open }
  }
}
