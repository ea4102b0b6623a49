internal import TermsModel

/// Which notice starts the period, by the profile's clock (section 3.1, rule 3).
struct NoticeClock {
  struct Reading {
    let date: ChangeEffect.Date
    let notice: NoticeStanding.Given?
    let basis: [BindingAnswer.Basis]
  }

  let profile: RuleProfile
  let standing: NoticeStanding
  let postedOn: CalendarDate
  let hasAddress: Bool
  let today: CalendarDate

  func reading(for changeClass: ChangeClass, days: Int) -> Reading {
    let individual = standing.individual(for: changeClass, profile: profile)
    let posting = NoticeStanding.Given(channel: .posting, on: postedOn, evidence: .posted, witness: "the posting")
    let rule = "clock: \(profile.clock.rawValue)"
    switch profile.clock {
    case .posting where profile.postingIsNotice:
      return started(by: posting, rule: rule, because: "the posting is the notice, for all", changeClass, days)
    case .earliest where profile.postingIsNotice:
      let first = [individual, posting].compactMap { $0 }.min { $0.on < $1.on } ?? posting
      return started(by: first, rule: rule, because: "whichever notice came first", changeClass, days)
    case .latest:
      guard let individual else { return withoutIndividual(rule: rule, posting: posting, changeClass, days) }
      let last = profile.postingIsNotice && posting.on > individual.on ? posting : individual
      return started(by: last, rule: rule, because: "whichever notice came last", changeClass, days)
    case .individual, .posting, .earliest:
      guard let individual else { return withoutIndividual(rule: rule, posting: posting, changeClass, days) }
      return started(by: individual, rule: rule, because: "the first notice to this developer counts", changeClass, days)
    }
  }

  /// Posting serves those who have no address, and those whose every notice failed for good; for the latter never
  /// backwards, that is not before the day on which the failure was recorded.
  private func withoutIndividual(
    rule: String, posting: NoticeStanding.Given, _ changeClass: ChangeClass, _ days: Int
  ) -> Reading {
    if profile.postingIsNotice {
      if let failed = standing.allFailedOn {
        let reading = started(
          by: posting, rule: rule, because: "every notice failed for good, so the posting serves", changeClass, days)
        let held = reading.date.noEarlier(than: .on(failed, from: nil))
        let said = BindingAnswer.Basis(
          rule: "a failed notice never binds backwards",
          says: "the failure was recorded on \(failed); in force not before that day: \(held.day)")
        return Reading(date: held, notice: reading.notice, basis: reading.basis + [said])
      }
      if !hasAddress {
        return started(
          by: posting, rule: rule, because: "the developer has no address, so the posting serves", changeClass, days)
      }
    }
    let earliest = profile.date(days, after: today)
    return Reading(
      date: .awaitingNotice(earliestOn: earliest), notice: nil,
      basis: [
        .init(
          rule: rule,
          says: "no notice counts as given yet, so \(changeClass.rawValue) changes are not in force; given on \(today) they would be on \(earliest)")
      ])
  }

  private func started(
    by given: NoticeStanding.Given, rule: String, because: String, _ changeClass: ChangeClass, _ days: Int
  ) -> Reading {
    let date = profile.date(days, after: given.on)
    let how =
      switch given.channel {
      case .email: "e-mail received \(given.on) (\(given.witness), evidence level \(given.evidence.rawValue))"
      case .courier: "sent by courier \(given.on)"
      case .posting: "posted \(given.on)"
      }
    let counting =
      switch profile.dayCount {
      case .civil: "\(days) days, the first left out and the last one counted"
      case .fullDays: "\(days) full days between"
      }
    return Reading(
      date: .on(date, from: nil), notice: given,
      basis: [
        .init(rule: rule, says: "\(because): \(how)"),
        .init(rule: "\(changeClass.rawValue): \(days) days after notice", says: "\(counting): in force from \(date)"),
      ])
  }
}
