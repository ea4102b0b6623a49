internal import TermsModel

/// Which notice of one version starts the period for one developer (section 3.1, rule 3), followed through what became
/// known, step by step.
struct NoticeClock {
  typealias Reason = BindingAnswer.Basis.ClockReason

  struct Reading {
    let onset: Onset
    let given: NoticeStanding.Given?
    let reason: Reason
  }

  /// What was known of a developer's address since a version was posted.
  enum Address: Hashable {
    case onRecord
    case missingAtPosting
    case lost(recordedOn: CalendarDate)
  }

  /// A posting that serves an individual developer, and the day before which it does not bind.
  private struct Service {
    let reason: Reason
    let notBefore: CalendarDate?
  }

  let profile: RuleProfile
  let postedOn: CalendarDate
  let demanded: EvidenceLevel
  /// Set while the posting serves because every notice failed.
  private var service: Service?
  /// Set once the period that such a posting started had run out before another notice was given: the change is in force,
  /// and a notice that comes later takes nothing back.
  private var ranOut = false

  init(profile: RuleProfile, postedOn: CalendarDate, demanded: EvidenceLevel) {
    self.profile = profile
    self.postedOn = postedOn
    self.demanded = demanded
  }

  /// Takes a step: what is known now.
  ///
  /// - Parameters:
  ///   - days: how long the period is.
  ///   - today: the day on which a notice would be given that is still to be given.
  mutating func reading(
    _ standing: NoticeStanding, address: Address, days: Int, today: CalendarDate
  ) -> Reading {
    let posting = NoticeStanding.Given(channel: .posting, on: postedOn, evidence: .posted, witness: "the posting")
    let given = standing.given(demanding: demanded)
    if profile.postingIsNotice {
      switch profile.clock {
      case .posting: return started(by: posting, .forAll, days)
      case .earliest:
        let first = given.first.map { $0.on < postedOn ? $0 : posting } ?? posting
        return started(by: first, .earliest, days)
      case .individual, .latest: break
      }
    }
    if let service, ranOut { return started(by: posting, service, days) }
    if let first = given.first {
      let services = [service, profile.postingIsNotice ? Self.service(address) : nil].compactMap { $0 }
      if let earlier = services.first(where: { date(of: $0, days) <= first.on }) {
        service = earlier
        ranOut = true
        return started(by: posting, earlier, days)
      }
      service = nil
      return started(
        by: profile.clock == .latest ? last(of: given, days) : first, profile.clock == .latest ? .latest : .first, days)
    }
    return withoutIndividual(standing, address, posting, days, today)
  }

  private mutating func withoutIndividual(
    _ standing: NoticeStanding, _ address: Address, _ posting: NoticeStanding.Given, _ days: Int, _ today: CalendarDate
  ) -> Reading {
    guard profile.postingIsNotice else {
      let isOver = standing.allFailed || (standing.notices.isEmpty && address != .onRecord)
      return isOver
        ? Reading(onset: .never, given: nil, reason: .cannotBeGiven) : awaiting(standing, days, today)
    }
    let unaddressed = Self.service(address)
    if standing.allFailed {
      let failedOn = standing.failures.map(\.recordedOn).max() ?? postedOn
      let serving = service ?? Service(reason: .allFailed(recordedOn: failedOn), notBefore: failedOn)
      service = serving
      return started(
        by: posting,
        [serving, unaddressed].compactMap { $0 }.min { date(of: $0, days) < date(of: $1, days) } ?? serving, days)
    }
    if let serving = service {
      // Another try is under way: the posting goes on serving only where its period had run out before.
      if let next = standing.firstDay, date(of: serving, days) <= next {
        ranOut = true
        return started(by: posting, serving, days)
      }
      service = nil
    }
    if let unaddressed { return started(by: posting, unaddressed, days) }
    return awaiting(standing, days, today)
  }

  /// Posting serves those who have no address (rule 3).
  private static func service(_ address: Address) -> Service? {
    switch address {
    case .onRecord: nil
    case .missingAtPosting: Service(reason: .noAddress(recordedOn: nil), notBefore: nil)
    case .lost(let day): Service(reason: .noAddress(recordedOn: day), notBefore: day)
    }
  }

  /// The last notice, of those that were given before the period of the one before had run out.
  private func last(of given: [NoticeStanding.Given], _ days: Int) -> NoticeStanding.Given {
    given.dropFirst().reduce(given[0]) { last, next in next.on < profile.date(days, after: last.on) ? next : last }
  }

  private func awaiting(_ standing: NoticeStanding, _ days: Int, _ today: CalendarDate) -> Reading {
    Reading(
      onset: .awaitingNotice(earliestOn: profile.date(days, after: today)), given: nil,
      reason: .nothingGiven(best: standing.bestEvidence, demanded: demanded))
  }

  /// Where the posting serves, the change binds no earlier than the day on which it was recorded that it has to.
  private func date(of service: Service, _ days: Int) -> CalendarDate {
    let date = profile.date(days, after: postedOn)
    return service.notBefore.map { max(date, $0) } ?? date
  }

  private func started(by posting: NoticeStanding.Given, _ service: Service, _ days: Int) -> Reading {
    Reading(
      onset: .on(Onset.Start(day: date(of: service, days))), given: posting, reason: service.reason)
  }

  private func started(by given: NoticeStanding.Given, _ reason: Reason, _ days: Int) -> Reading {
    Reading(onset: .on(Onset.Start(day: profile.date(days, after: given.on))), given: given, reason: reason)
  }
}
