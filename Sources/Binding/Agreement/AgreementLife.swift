package import TermsModel

/// When one developer is bound to one document: from joining until the agreement ends.
package struct AgreementLife: Hashable, Sendable {
  /// One stretch of being bound.
  package struct Period: Hashable, Sendable {
    /// Creating a connector or agreeing expressly (section 3.1, rule 5).
    package let joined: Fact<AgreementAct>
    /// The first moment at which the agreement no longer binds; `nil` while nothing ends it.
    package var end: Instant?
    /// What ended it, or will.
    package var ending: Fact<AgreementAct>?
  }

  package private(set) var periods: [Period] = []

  /// Reads the acts that are known, in the order in which they happened.
  ///
  /// The agreement ends at the first moment of the day after the notice period, or at once; removing the last connector
  /// starts the notice period (rule 7). A connector added, or an express agreement, before the period has run out keeps
  /// the agreement going only where its end came from removing the connectors; an ending that was declared stands.
  package init(acts: [Fact<AgreementAct>], profile: RuleProfile, zone: CivilZone) {
    var connectors: Set<ConnectorID> = []
    for act in acts.sorted(by: Self.precedes) {
      let happened = act.occasion.happenedAt
      switch act.value {
      case .connectorAdded(let connector):
        connectors.insert(connector)
        join(act)
      case .agreed:
        join(act)
      case .connectorRemoved(let connector):
        connectors.remove(connector)
        if connectors.isEmpty { end(by: act, at: Self.end(after: happened, profile, zone)) }
      case .terminated(_, let immediate, _):
        end(by: act, at: immediate ? happened : Self.end(after: happened, profile, zone))
      case .accepted, .declined, .optedOut:
        break
      }
    }
  }

  /// The stretch of being bound that covers `moment`; `nil` where the developer is not bound then.
  package func period(at moment: Instant) -> Period? {
    periods.last { $0.joined.occasion.happenedAt <= moment && $0.end.map { moment < $0 } != false }
  }

  /// The last stretch that had ended by `moment`.
  package func endedPeriod(before moment: Instant) -> Period? {
    periods.last { $0.end.map { $0 <= moment } == true }
  }

  private mutating func join(_ act: Fact<AgreementAct>) {
    let happened = act.occasion.happenedAt
    guard let last = periods.indices.last, periods[last].end.map({ happened < $0 }) != false else {
      periods.append(Period(joined: act, end: nil, ending: nil))
      return
    }
    if case .connectorRemoved = periods[last].ending?.value {
      periods[last].end = nil
      periods[last].ending = nil
    }
  }

  private mutating func end(by act: Fact<AgreementAct>, at moment: Instant) {
    guard let last = periods.indices.last, periods[last].end.map({ moment < $0 }) != false,
      periods[last].joined.occasion.happenedAt <= act.occasion.happenedAt
    else { return }
    periods[last].end = moment
    periods[last].ending = act
  }

  /// The first moment after the notice period, which leaves the first day out and counts the last one.
  private static func end(after moment: Instant, _ profile: RuleProfile, _ zone: CivilZone) -> Instant {
    zone.firstMoment(of: zone.date(of: moment).adding(days: profile.endingNoticeDays))
  }

  private static func precedes(_ left: Fact<AgreementAct>, _ right: Fact<AgreementAct>) -> Bool {
    (left.occasion.happenedAt, left.occasion.sequence) < (right.occasion.happenedAt, right.occasion.sequence)
  }
}
