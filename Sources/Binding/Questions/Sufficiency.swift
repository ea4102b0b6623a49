package import TermsModel

/// Whether one developer is bound by the whole of a version, and if not because of what (section 3.1, rules 3 and 4).
package struct Sufficiency: Hashable, Sendable {
  /// What stands between a developer and a version.
  package enum Obstacle: Hashable, Sendable {
    /// No agreement: the version does not concern them.
    case notParty
    /// Nothing but time.
    case period(until: CalendarDate)
    /// No notice was sent; the date is the earliest one, told on the day in question.
    case nothingSent(earliest: CalendarDate)
    /// A notice is under way, and nothing shows its receipt.
    case nothingReceived(earliest: CalendarDate)
    /// What shows the receipt does not reach the level that the rules demand.
    case evidence(EvidenceLevel, demanded: EvidenceLevel, earliest: CalendarDate)
    /// Every notice failed, or there is no address, and posting is no notice under the rules.
    case unreachable
    /// An earlier version's change to the same clause waits.
    case earlier(VersionLabel, until: CalendarDate?)
    case optedOut
    case withdrawn
  }

  package let developer: DeveloperID
  package let version: VersionLabel
  /// `nil` where the whole version is in force.
  package let obstacle: Obstacle?
  /// The date from which the whole version binds them, if nothing else happens; `nil` where none is in sight.
  package let boundFrom: CalendarDate?

  package var isBound: Bool { obstacle == nil }
}

/// Says whether a developer is bound by the whole of a version, and if not because of what.
///
/// - Returns: `nil` where the version was not posted by the moment in question, as far as was known.
package func sufficiency(
  of version: VersionLabel, document: Document, versions: [PostedVersion], facts: DeveloperFacts,
  question: BindingQuestion
) -> Sufficiency? {
  let source = BindingAnswer.Source(document: document, versions: versions, facts: facts, incorporated: [])
  let computation = BindingComputation(source, question)
  guard let index = computation.versions.firstIndex(where: { $0.label == version }),
    computation.versions[index].posting.happenedAt <= question.at
  else { return nil }
  func result(_ obstacle: Sufficiency.Obstacle?, from day: CalendarDate? = nil) -> Sufficiency {
    Sufficiency(developer: facts.developer, version: version, obstacle: obstacle, boundFrom: day)
  }
  guard let (period, hasEnded) = computation.period, !hasEnded else { return result(.notParty) }
  let course = computation.course(of: period)
  guard let entry = course.entry(of: index) else {
    return result(nil, from: computation.agreed(course)?.since)
  }
  let steps = entry.steps.map { ($0, course.stateIfItWentOn(of: course.steps[$0], at: computation.moment)) }
  guard let (worst, state) = steps.max(by: { Sufficiency.weight($0.1) < Sufficiency.weight($1.1) }) else {
    return result(entry.version.stands(at: question.at) ? nil : .withdrawn, from: entry.setting.postedOn)
  }
  let day = state.state.day
  switch state.kind {
  case .inForce: return result(nil, from: day)
  case .withdrawn: return result(.withdrawn)
  case .optedOut: return result(.optedOut)
  case .pending, .awaitingNotice, .notBound: break
  }
  if let place = course.predecessor(of: worst, in: entry), course.steps[worst].own.isBefore(course.steps[place].onset) {
    let earlier = computation.versions[course.version(of: place)].label
    return result(
      .earlier(earlier, until: course.steps[place].onset.date?.day), from: state.kind == .pending ? day : nil)
  }
  switch state.kind {
  case .pending: return result(.period(until: day ?? entry.setting.postedOn), from: day)
  case .awaitingNotice:
    return result(
      Sufficiency.missingNotice(
        entry, demanded: entry.demanded(by: worst, in: course), earliest: day ?? entry.setting.postedOn))
  case .inForce, .withdrawn, .optedOut, .notBound: return result(.unreachable)
  }
}

extension Sufficiency {
  /// Of several steps the one that is furthest from binding tells the obstacle.
  fileprivate static func weight(_ state: StepState) -> (Int, Int) {
    let day = state.state.day?.dayNumber ?? 0
    return switch state.kind {
    case .inForce: (0, day)
    case .optedOut: (1, 0)
    case .pending: (2, day)
    case .awaitingNotice: (3, day)
    case .notBound: (4, 0)
    case .withdrawn: (5, 0)
    }
  }

  fileprivate static func missingNotice(
    _ entry: DocumentCourse.Entry, demanded: EvidenceLevel, earliest: CalendarDate
  ) -> Obstacle {
    let standing = entry.course.standing
    if let best = standing.bestEvidence, best.evidence < demanded {
      return .evidence(best.evidence, demanded: demanded, earliest: earliest)
    }
    return standing.isEmpty ? .nothingSent(earliest: earliest) : .nothingReceived(earliest: earliest)
  }
}

extension DocumentCourse.Entry {
  /// The level of evidence that the changes demand which decide when a step takes effect.
  fileprivate func demanded(by step: Int, in course: DocumentCourse) -> EvidenceLevel {
    let classes = course.changes(touching: step, in: self).map { lane(of: $0) }
    return classes.compactMap { $0.terms?.demanded }.max() ?? .accepted
  }
}

extension RuleProfile {
  /// The last day on which a notice can be given so that changes of `changeClass` bind by `date`: to bind all on an announced
  /// date, those not told yet must have it by then. `nil` where such changes take effect on posting.
  package func lastDayOfNotice(toBindOn date: CalendarDate, _ changeClass: ChangeClass) -> CalendarDate? {
    guard case .afterNotice(let days) = timing(of: changeClass) else { return nil }
    return date.adding(days: -days - (dayCount == .fullDays ? 1 : 0))
  }
}

extension Sufficiency.Obstacle: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notParty: "no agreement"
    case .period(let day): "told; in force \(day)"
    case .nothingSent(let day): "no notice was sent; given now, in force \(day)"
    case .nothingReceived(let day): "nothing shows that the notice was received; given now, in force \(day)"
    case .evidence(let level, let demanded, let day):
      "evidence of level \(level.rawValue), and level \(demanded.rawValue) is demanded; given now, in force \(day)"
    case .unreachable: "no notice reached them, and posting is no notice here"
    case .earlier(let version, let day):
      "waits for version \(version)" + (day.map { "; in force \($0)" } ?? ", which awaits its notice")
    case .optedOut: "opted out"
    case .withdrawn: "withdrawn"
    }
  }
}
