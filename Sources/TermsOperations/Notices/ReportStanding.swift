package import TermsModel

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
