// The profiles that come with the program, as data: another platform's terms are a setting, never a code change.
extension RuleProfile {
  /// After clause 7(a) of a platform's terms for connectors (section 3.1): the default.
  package static let connectors7a = RuleProfile(
    name: "connectors-7a", clock: .individual, dayCount: .civil, granularity: .clause, material: .afterNotice(days: 15),
    legalRequired: .onPosting, other: .onPosting)

  /// 30 days after the posting or a notice, whichever is earlier; at once for new developers and where a law demands it.
  ///
  /// Such terms know no classes but the law's: a change of the least weight waits for its 30 days as well.
  package static let notice30Days = RuleProfile(
    name: "notice-30-days", clock: .earliest, dayCount: .civil, granularity: .clause, material: .afterNotice(days: 30),
    legalRequired: .onPosting, other: .afterNotice(days: 30))

  /// What is posted binds, and nobody is told.
  package static let postingOnly = RuleProfile(
    name: "posting-only", clock: .posting, dayCount: .civil, granularity: .version, material: .onPosting,
    legalRequired: .onPosting, other: .onPosting)

  /// Regulation (EU) 2019/1150, article 3 (section 3.2).
  ///
  /// - The period ends with its last day (Regulation (EEC, Euratom) No 1182/71, article 3), so full days lie between.
  /// - Editorial are kinds of change in which no word of a clause becomes another: a change of words that the classifier
  ///   found harmless is notified all the same, for whether it is editorial is for a court to say.
  package static let euP2B3 = RuleProfile(
    name: "eu-p2b-3", clock: .individual, dayCount: .fullDays, granularity: .clause, material: .afterNotice(days: 15),
    legalRequired: .onPosting, other: .afterNotice(days: 15), postingIsNotice: false,
    editorial: [.formatting, .moved, .renumbered], acceptanceNeedsNotice: true, connectorWaivesUpTo: 15,
    immediateGrounds: ["law", "danger", "fraud", "malware", "breach"])
}
