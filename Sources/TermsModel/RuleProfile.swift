/// A document's rules for notice and effect, as data.
package struct RuleProfile: Hashable, Sendable, Codable {
  /// Which notice starts the period (section 3.1, rule 3).
  package enum Clock: String, Hashable, Sendable, Codable, CaseIterable {
    /// The first notice deemed given to that developer by e-mail or courier; posting serves those without an address
    /// and those whose every notice failed for good.
    case individual
    /// The posting, for all.
    case posting
    /// Whichever came first.
    case earliest
    /// Whichever came last: the cautious reading.
    case latest
  }

  /// How n days after a day are counted.
  package enum DayCount: String, Hashable, Sendable, Codable, CaseIterable {
    /// D + n: the first day is left out, the last one counted (Cal. Civ. Code § 10).
    case civil
    /// D + n + 1: n full days lie between.
    case fullDays = "full-days"
  }

  /// What takes effect together.
  package enum Granularity: String, Hashable, Sendable, Codable, CaseIterable {
    /// Each change on its own date.
    case clause
    /// The whole version on its latest date.
    case version
  }

  /// When a change of some class takes effect.
  package enum Timing: Hashable, Sendable, Codable {
    /// On the date of posting.
    case onPosting
    /// So many days after the notice that the clock names.
    case afterNotice(days: Int)
  }

  /// Clauses that a developer can opt out of after an update to them.
  package struct OptOut: Hashable, Sendable, Codable {
    package let clauses: [ClauseSelector]
    /// For how many days after the update took effect.
    package let days: Int

    package init(clauses: [ClauseSelector], days: Int) {
      self.clauses = clauses
      self.days = days
    }
  }

  /// The profile's name: `connectors-7a`.
  package var name: String
  package var clock: Clock
  package var dayCount: DayCount
  package var granularity: Granularity
  package var material: Timing
  package var legalRequired: Timing
  package var other: Timing
  /// Whether posting counts as notice at all. `false` under Regulation (EU) 2019/1150, article 3(2).
  package var postingIsNotice: Bool
  /// The least evidence of an e-mail's receipt that starts the period, per class; absent means ``EvidenceLevel/accepted``.
  package var evidence: [ChangeClass: EvidenceLevel]
  /// Clauses that go on binding after the agreement ended.
  package var survival: [ClauseSelector]
  package var optOut: [OptOut]
  /// Days of notice by which either side ends the agreement.
  package var endingNoticeDays: Int
  /// Kinds of change that, classed ``ChangeClass/other``, take effect on posting whatever the timing of that class:
  /// editorial changes, of which Regulation (EU) 2019/1150 demands no notice (article 3(2), recital 18).
  package var editorial: [ChangeKind]
  /// Whether express acceptance counts only once the notice was given: a waiver of the period under Regulation (EU)
  /// 2019/1150, article 3(2), is made after receipt.
  package var acceptanceNeedsNotice: Bool
  /// The longest period of notice, in days, that a bound developer waives by creating a further connector; `nil` where it
  /// waives any, the notice still to be given included.
  package var connectorWaivesUpTo: Int?
  /// The grounds on which a change may take effect at once, one of which begins its legal basis (`fraud: …`); empty where
  /// the profile names none.
  package var immediateGrounds: [String]

  package init(
    name: String, clock: Clock = .individual, dayCount: DayCount = .civil, granularity: Granularity = .clause,
    material: Timing, legalRequired: Timing = .onPosting, other: Timing = .onPosting, postingIsNotice: Bool = true,
    evidence: [ChangeClass: EvidenceLevel] = [:], survival: [ClauseSelector] = [], optOut: [OptOut] = [],
    endingNoticeDays: Int = 30, editorial: [ChangeKind] = [], acceptanceNeedsNotice: Bool = false,
    connectorWaivesUpTo: Int? = nil, immediateGrounds: [String] = []
  ) {
    self.name = name
    self.clock = clock
    self.dayCount = dayCount
    self.granularity = granularity
    self.material = material
    self.legalRequired = legalRequired
    self.other = other
    self.postingIsNotice = postingIsNotice
    self.evidence = evidence
    self.survival = survival
    self.optOut = optOut
    self.endingNoticeDays = endingNoticeDays
    self.editorial = editorial
    self.acceptanceNeedsNotice = acceptanceNeedsNotice
    self.connectorWaivesUpTo = connectorWaivesUpTo
    self.immediateGrounds = immediateGrounds
  }

  /// When a change of `changeClass` and, where it is editorial, of that `kind` takes effect.
  package func timing(of changeClass: ChangeClass, kind: ChangeKind) -> Timing {
    changeClass == .other && editorial.contains(kind) ? .onPosting : timing(of: changeClass)
  }

  /// When a change of `changeClass` takes effect, unless it is editorial.
  package func timing(of changeClass: ChangeClass) -> Timing {
    switch changeClass {
    case .material: material
    case .legalRequired: legalRequired
    case .other: other
    }
  }

  /// Whether a legal basis says on which of the grounds that the profile names a change may take effect at once: by
  /// beginning with it and a colon (Regulation (EU) 2019/1150, articles 3(2) and 4). Any does where it names none.
  package func namesGround(_ legalBasis: String) -> Bool {
    if immediateGrounds.isEmpty { return true }
    let parts = legalBasis.split(separator: ":", maxSplits: 1)
    guard parts.count == 2, parts[1].contains(where: { !$0.isWhitespace }) else { return false }
    return immediateGrounds.contains(parts[0].split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased())
  }

  /// The least evidence of receipt that counts for a change of `changeClass`.
  package func demandedEvidence(for changeClass: ChangeClass) -> EvidenceLevel {
    evidence[changeClass] ?? .accepted
  }
}

/// Names one clause or a run of them in a document's settings: `2(b)`, `5-7`.
package struct ClauseSelector: Hashable, Sendable, Codable, CustomStringConvertible {
  /// As written.
  package let text: String

  package init(_ text: String) {
    self.text = text
  }

  package var description: String { text }

  package init(from decoder: any Decoder) throws {
    text = try decoder.singleValueContainer().decode(String.self)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }

  /// Whether `label` is the named clause, stands under it, or lies in the named run or under one of its members.
  ///
  /// Words such as `Article` may stand on either side or be left out: `5-7` selects `Article 6(1)`.
  package func selects(_ label: ClauseLabel) -> Bool {
    guard let first = label.path.first else { return false }
    let bare = first.split(separator: " ").last.map(String.init) ?? first
    let ends = text.split(whereSeparator: { $0 == "-" || $0 == "–" }).map {
      $0.filter { !$0.isWhitespace }
    }
    if ends.count == 2, let first = Int(ends[0]), let last = Int(ends[1]), first <= last {
      return Int(bare).map { (first...last).contains($0) } ?? false
    }
    let wanted = text.filter { !$0.isWhitespace }
    let withoutWord =
      text.split(separator: " ").count > 1 ? text.drop { $0 != " " }.filter { !$0.isWhitespace } : wanted
    let hasWord = bare.count < first.count
    return label.path.indices.contains { count in
      let rest = label.path[...count].dropFirst().joined()
      let written = (first + rest).filter { !$0.isWhitespace }
      return written == wanted || (hasWord ? bare + rest == wanted : written == withoutWord)
    }
  }
}
