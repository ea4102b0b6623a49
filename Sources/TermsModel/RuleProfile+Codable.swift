// Written out by hand so that settings recorded before a rule existed read as if the rule's default stood there, and so
// that a default is left out again: the canonical form of settings on record never changes by a rule that came later.
extension RuleProfile {
  enum CodingKeys: String, CodingKey {
    case name, clock, dayCount, granularity, material, legalRequired, other, postingIsNotice, evidence, survival, optOut
    case endingNoticeDays, editorial, acceptanceNeedsNotice, connectorWaivesUpTo, immediateGrounds
  }

  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      name: try values.decode(String.self, forKey: .name),
      clock: try values.decode(Clock.self, forKey: .clock),
      dayCount: try values.decode(DayCount.self, forKey: .dayCount),
      granularity: try values.decode(Granularity.self, forKey: .granularity),
      material: try values.decode(Timing.self, forKey: .material),
      legalRequired: try values.decode(Timing.self, forKey: .legalRequired),
      other: try values.decode(Timing.self, forKey: .other),
      postingIsNotice: try values.decode(Bool.self, forKey: .postingIsNotice),
      evidence: try values.decode([ChangeClass: EvidenceLevel].self, forKey: .evidence),
      survival: try values.decode([ClauseSelector].self, forKey: .survival),
      optOut: try values.decode([OptOut].self, forKey: .optOut),
      endingNoticeDays: try values.decode(Int.self, forKey: .endingNoticeDays),
      editorial: try values.decodeIfPresent([ChangeKind].self, forKey: .editorial) ?? [],
      acceptanceNeedsNotice: try values.decodeIfPresent(Bool.self, forKey: .acceptanceNeedsNotice) ?? false,
      connectorWaivesUpTo: try values.decodeIfPresent(Int.self, forKey: .connectorWaivesUpTo),
      immediateGrounds: try values.decodeIfPresent([String].self, forKey: .immediateGrounds) ?? [])
  }

  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(name, forKey: .name)
    try values.encode(clock, forKey: .clock)
    try values.encode(dayCount, forKey: .dayCount)
    try values.encode(granularity, forKey: .granularity)
    try values.encode(material, forKey: .material)
    try values.encode(legalRequired, forKey: .legalRequired)
    try values.encode(other, forKey: .other)
    try values.encode(postingIsNotice, forKey: .postingIsNotice)
    try values.encode(evidence, forKey: .evidence)
    try values.encode(survival, forKey: .survival)
    try values.encode(optOut, forKey: .optOut)
    try values.encode(endingNoticeDays, forKey: .endingNoticeDays)
    if !editorial.isEmpty { try values.encode(editorial, forKey: .editorial) }
    if acceptanceNeedsNotice { try values.encode(true, forKey: .acceptanceNeedsNotice) }
    try values.encodeIfPresent(connectorWaivesUpTo, forKey: .connectorWaivesUpTo)
    if !immediateGrounds.isEmpty { try values.encode(immediateGrounds, forKey: .immediateGrounds) }
  }
}
