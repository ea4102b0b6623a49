internal import TermsModel

/// What one version does to one clause, dated for one developer.
///
/// The clause is the unit that is dated: a change that touches several clauses, such as a term renamed throughout, takes
/// effect in each of them as soon as nothing holds that clause back. Clauses that split or merged move together.
struct ClauseStep {
  /// The clause; `nil` for a change that names none.
  let clause: LineageID?
  /// From when on it is in force, as far as nothing below stands against it.
  var onset: Onset
  /// The moment at which it was taken back, or fell with an earlier change that was.
  var withdrawnAt: Instant?
  /// The stretches for which the developer opted out of it.
  var optOuts: [OptOut.Stretch] = []
  /// The step of an earlier version that it is written on.
  var predecessor: Place?

  /// Where a step stands: which version, and which of its steps.
  struct Place: Hashable {
    let version: Int
    let step: Int
  }

  func state(at moment: Moment) -> BindingAnswer.State {
    if let withdrawnAt, withdrawnAt <= moment.instant { return .withdrawn }
    var resumed: Instant?
    for stretch in optOuts where stretch.from <= moment.instant {
      guard let until = stretch.until, until <= moment.instant else { return .optedOut }
      resumed = max(resumed ?? until, until)
    }
    switch onset {
    case .never: return .notBound
    case .awaitingNotice(let day): return .awaitingNotice(earliestOn: day)
    case .on(let start):
      guard moment.hasCome(start) else { return .pending(effectiveOn: start.day) }
      guard let resumed else { return .inForce(since: start.day) }
      return .inForce(since: max(start.day, moment.zone.date(of: resumed)))
    }
  }
}

/// A developer's choice to keep the wording last agreed of some clauses (section 3.1, rule 8).
struct OptOut {
  /// From the moment of the choice until the developer agrees expressly to the whole document again.
  struct Stretch: Hashable {
    let from: Instant
    let until: Instant?
  }

  typealias Flaw = BindingAnswer.Basis.OptOutFlaw

  /// The index of the version whose update the choice names.
  let version: Int
  let selector: ClauseSelector
  let stretch: Stretch

  /// The choices of a stretch of being bound, in the order in which they were made.
  ///
  /// A further connector or the acceptance of a version accepts what is on offer, and that is the rest; only a new express
  /// agreement to the whole document takes a choice back.
  static func all(in acts: [Fact<AgreementAct>], from versions: [PostedVersion]) -> [OptOut] {
    acts.compactMap { act in
      guard case .optedOut(let label, let selector) = act.value,
        let version = versions.firstIndex(where: {
          $0.label == label && $0.posting.happenedAt <= act.occasion.happenedAt
        })
      else { return nil }
      let from = act.occasion.happenedAt
      let again = acts.first { $0.value == .agreed && $0.occasion.happenedAt > from }
      return OptOut(
        version: version, selector: selector, stretch: Stretch(from: from, until: again?.occasion.happenedAt))
    }
  }

  /// Whether the profile lets developers opt out of the clause, and the choice names it.
  func selects(_ label: ClauseLabel, by profile: RuleProfile) -> Bool {
    selector.selects(label) && profile.optOut.contains { $0.clauses.contains { $0.selects(label) } }
  }

  /// For how many days after an update to the clause took effect the profile lets developers opt out of it.
  static func days(for label: ClauseLabel, by profile: RuleProfile) -> Int? {
    profile.optOut.filter { $0.clauses.contains { $0.selects(label) } }.map(\.days).max()
  }
}
