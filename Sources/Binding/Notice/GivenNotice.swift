package import TermsModel

/// A notice that counts as given (section 3.1, rule 4).
package struct GivenNotice: Hashable, Sendable {
  package let channel: NoticeChannel
  /// The date on which it counts as given, in the document's zone.
  package let on: CalendarDate
  package let evidence: EvidenceLevel
  /// Who or what bears witness: a server, a report, a person; a folder by its own name.
  package let witness: String

  package init(channel: NoticeChannel, on: CalendarDate, evidence: EvidenceLevel, witness: String) {
    self.channel = channel
    self.on = on
    self.evidence = evidence
    self.witness = witness
  }
}

/// A notice that failed for good.
package struct FailedNotice: Hashable, Sendable {
  package let channel: NoticeChannel
  package let on: CalendarDate
  /// The date on which the failure was recorded, before which it binds nobody.
  package let recordedOn: CalendarDate
  package let reason: String
}

extension NoticeFile {
  /// A notice that counts, with who bears witness.
  func notice(_ given: NoticeStanding.Given) -> GivenNotice {
    let witness: String
    switch (given.channel, given.fact.map { facts[$0].value.event }) {
    case (.posting, _): witness = "the posting"
    case (_, .received(_, let by)): witness = WitnessWords.of(by)
    case (.courier, _): witness = "the courier"
    case (.email, _): witness = "the sender"
    }
    return GivenNotice(
      channel: given.channel, on: CalendarDate(dayNumber: given.dayNumber), evidence: given.evidence, witness: witness)
  }

  /// A notice that failed, with why.
  func failure(_ failure: NoticeStanding.Failure, in zone: CivilZone) -> FailedNotice {
    let fact = facts[failure.fact]
    var reason = ""
    if case .failed(let why) = fact.value.event { reason = why }
    return FailedNotice(
      channel: fact.value.channel, on: zone.date(of: fact.occasion.happenedAt),
      recordedOn: zone.date(of: fact.occasion.recordedAt), reason: reason)
  }
}
