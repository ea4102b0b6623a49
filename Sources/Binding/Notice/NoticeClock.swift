internal import TermsModel

/// Which notice of one version starts the period for one developer (section 3.1, rule 3), followed through what became
/// known, step by step.
struct NoticeClock {
  /// Why a notice was the one that counts, or why none does: what ``BindingAnswer/Basis/ClockReason`` says in words, with
  /// days as numbers.
  enum Reason {
    case first, forAll, earliest, latest
    case noAddress(recordedOn: Int?)
    case allFailed(recordedOn: Int)
    case nothingGiven(best: NoticeStanding.Given?)
    case cannotBeGiven
  }

  struct Reading {
    let onset: Onset
    let given: NoticeStanding.Given?
    let reason: Reason
  }

  /// What was known of a developer's address since a version was posted.
  enum Address: Hashable {
    case onRecord
    case missingAtPosting
    case lost(recordedOn: Int)
  }

  /// What a reading goes by.
  struct Terms {
    let clock: RuleProfile.Clock
    let dayCount: RuleProfile.DayCount
    let postingIsNotice: Bool
    let days: Int
    let demanded: EvidenceLevel
    let postedOn: Int
    let zone: CivilZone

    func date(after dayNumber: Int) -> Int { dayNumber + days + (dayCount == .fullDays ? 1 : 0) }
  }

  /// A posting that serves an individual developer, and the day before which it does not bind.
  private struct Service {
    let reason: Reason
    let notBefore: Int?
  }

  /// Set while the posting serves because every notice failed.
  private var service: Service?
  /// Set once the period that such a posting started had run out before another notice was given: the change is in force,
  /// and a notice that comes later takes nothing back.
  private var ranOut = false

  /// Takes a step: what is known now.
  ///
  /// - Parameter today: the day on which a notice would be given that is still to be given.
  mutating func reading(
    _ standing: NoticeStanding, address: Address, by terms: Terms, today: Int
  ) -> Reading {
    let posting = NoticeStanding.Given.posting(on: terms.postedOn)
    let first = standing.first(demanding: terms.demanded)
    if terms.postingIsNotice {
      switch terms.clock {
      case .posting: return started(by: posting, .forAll, terms)
      case .earliest:
        return started(by: first.map { $0.dayNumber < posting.dayNumber ? $0 : posting } ?? posting, .earliest, terms)
      case .individual, .latest: break
      }
    }
    if let service, ranOut { return started(by: posting, service, terms) }
    guard let first else { return withoutIndividual(standing, address, posting, terms, today) }
    if service != nil || address != .onRecord {
      let unaddressed = terms.postingIsNotice ? Self.service(address) : nil
      if let earlier = earlier(of: service, unaddressed, terms), date(of: earlier, terms) <= first.dayNumber {
        return ranOut(by: earlier, posting, terms)
      }
      service = nil
    }
    guard terms.clock == .latest else { return started(by: first, .first, terms) }
    var given = standing.given(demanding: terms.demanded)
    // Told ahead of the posting: that one came last, so far.
    if terms.postingIsNotice, first.dayNumber < posting.dayNumber {
      given = (given + [posting]).sorted { $0.precedes($1) }
    }
    return started(by: last(of: given, terms), .latest, terms)
  }

  private mutating func withoutIndividual(
    _ standing: NoticeStanding, _ address: Address, _ posting: NoticeStanding.Given, _ terms: Terms,
    _ today: Int
  ) -> Reading {
    let allFailedAt = standing.allFailedAt
    guard terms.postingIsNotice else {
      let isOver = allFailedAt != nil || (standing.isEmpty && address != .onRecord)
      return isOver
        ? Reading(onset: .never, given: nil, reason: .cannotBeGiven) : awaiting(standing, terms, today)
    }
    let unaddressed = Self.service(address)
    if let allFailedAt {
      let failedOn = terms.zone.dayNumber(of: allFailedAt)
      let serving = service ?? Service(reason: .allFailed(recordedOn: failedOn), notBefore: failedOn)
      service = serving
      return started(by: posting, earlier(of: serving, unaddressed, terms) ?? serving, terms)
    }
    if let serving = service {
      // Another try is under way: the posting goes on serving only where its period had run out before.
      if let next = standing.firstDay, date(of: serving, terms) <= next {
        return ranOut(by: earlier(of: serving, unaddressed, terms) ?? serving, posting, terms)
      }
      service = nil
    }
    if let unaddressed { return started(by: posting, unaddressed, terms) }
    return awaiting(standing, terms, today)
  }

  /// The posting goes on serving for good.
  private mutating func ranOut(by serving: Service, _ posting: NoticeStanding.Given, _ terms: Terms) -> Reading {
    service = serving
    ranOut = true
    return started(by: posting, serving, terms)
  }

  /// Of two reasons for which the posting serves, the one by which it binds first.
  private func earlier(of one: Service?, _ other: Service?, _ terms: Terms) -> Service? {
    guard let one, let other else { return one ?? other }
    return date(of: other, terms) < date(of: one, terms) ? other : one
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
  private func last(of given: [NoticeStanding.Given], _ terms: Terms) -> NoticeStanding.Given {
    given.dropFirst().reduce(given[0]) { last, next in next.dayNumber < terms.date(after: last.dayNumber) ? next : last
    }
  }

  private func awaiting(_ standing: NoticeStanding, _ terms: Terms, _ today: Int) -> Reading {
    Reading(
      onset: .awaitingNotice(earliest: terms.date(after: today)), given: nil,
      reason: .nothingGiven(best: standing.bestEvidence))
  }

  /// Where the posting serves, the change binds no earlier than the day on which it was recorded that it has to.
  private func date(of service: Service, _ terms: Terms) -> Int {
    max(terms.date(after: terms.postedOn), service.notBefore ?? .min)
  }

  private func started(by posting: NoticeStanding.Given, _ service: Service, _ terms: Terms) -> Reading {
    Reading(onset: .on(dayNumber: date(of: service, terms)), given: posting, reason: service.reason)
  }

  private func started(by given: NoticeStanding.Given, _ reason: Reason, _ terms: Terms) -> Reading {
    Reading(onset: .on(dayNumber: terms.date(after: given.dayNumber)), given: given, reason: reason)
  }
}
