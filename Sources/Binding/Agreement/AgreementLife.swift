package import TermsModel

/// When one developer is bound to one document: from joining until the agreement ends (section 3.1, rules 5 and 7).
///
/// - Creating a connector or agreeing expressly begins an agreement where none runs.
/// - Either side ends it with the notice that the profile demands, counted as all periods are, or at once. Removing the
///   last connector is the developer's notice, also where the agreement was made expressly: the text of clause 5(a) of the
///   default profile makes no difference. Of two endings the earlier one counts.
/// - A new connector or a new express agreement before the end takes the developer's own notice back. It never takes back
///   the platform's: one side cannot undo what the other declared.
package struct AgreementLife: Hashable, Sendable {
  /// What ends an agreement, and when.
  package struct Ending: Hashable, Sendable {
    package let act: Fact<AgreementAct>
    /// The first moment at which the agreement no longer binds.
    package let at: Instant
  }

  /// An ending, and the act that took it back.
  package struct Undone: Hashable, Sendable {
    package let ending: Ending
    package let act: Fact<AgreementAct>
  }

  /// One stretch of being bound.
  package struct Period: Hashable, Sendable {
    /// Creating a connector or agreeing expressly.
    package let joined: Fact<AgreementAct>
    fileprivate(set) var byDeveloper: Ending?
    fileprivate(set) var byPlatform: Ending?
    /// The developer's own endings that a later act of theirs took back.
    package fileprivate(set) var undone: [Undone] = []

    /// What ends it, or will; `nil` while nothing does.
    package var ending: Ending? {
      guard let byDeveloper, let byPlatform else { return byDeveloper ?? byPlatform }
      return byPlatform.at < byDeveloper.at ? byPlatform : byDeveloper
    }

    /// What one side did to end it; `nil` where they did nothing, or took it back.
    package func ending(by party: Party) -> Ending? {
      switch party {
      case .developer: byDeveloper
      case .platform: byPlatform
      }
    }

    func covers(_ moment: Instant) -> Bool {
      joined.occasion.happenedAt <= moment && ending.map { moment < $0.at } != false
    }
  }

  package private(set) var periods: [Period] = []
  /// The acts, in the order in which they happened.
  package let acts: [Fact<AgreementAct>]

  /// - Parameter acts: those that are known.
  package init(acts: [Fact<AgreementAct>], profile: RuleProfile, zone: CivilZone) {
    self.acts = Self.inOrder(acts)
    var connectors: Set<ConnectorID> = []
    for act in self.acts {
      let happened = act.occasion.happenedAt
      if let end = periods.last?.ending?.at, end <= happened { connectors = [] }
      switch act.value {
      case .connectorAdded(let connector):
        connectors.insert(connector)
        join(act)
      case .agreed:
        join(act)
      case .connectorRemoved(let connector):
        guard connectors.remove(connector) != nil, connectors.isEmpty else { break }
        end(act, by: .developer, at: zone.firstMoment(of: profile.endingDate(noticeOn: zone.date(of: happened))))
      case .terminated(let party, let immediate, _):
        let end =
          immediate ? happened : zone.firstMoment(of: profile.endingDate(noticeOn: zone.date(of: happened)))
        self.end(act, by: party, at: end)
      case .accepted, .declined, .optedOut: break
      }
    }
  }

  /// The stretch of being bound that covers `moment`; `nil` where the developer is not bound then.
  package func period(at moment: Instant) -> Period? { periods.last { $0.covers(moment) } }

  /// The last stretch that had ended by `moment`.
  package func endedPeriod(before moment: Instant) -> Period? {
    periods.last { $0.ending.map { $0.at <= moment } == true }
  }

  /// The acts of a stretch, in the order in which they happened, without the one that began it.
  func acts(in period: Period) -> [Fact<AgreementAct>] {
    acts.filter { $0 != period.joined && period.covers($0.occasion.happenedAt) }
  }

  /// The connectors that a stretch had at `moment`, in the order in which they were created.
  func connectors(of period: Period, at moment: Instant) -> [ConnectorID] {
    var connectors: [ConnectorID] = []
    for act in acts where period.covers(act.occasion.happenedAt) && act.occasion.happenedAt <= moment {
      switch act.value {
      case .connectorAdded(let connector): if !connectors.contains(connector) { connectors.append(connector) }
      case .connectorRemoved(let connector): connectors.removeAll { $0 == connector }
      case .agreed, .accepted, .declined, .optedOut, .terminated: break
      }
    }
    return connectors
  }

  private mutating func join(_ act: Fact<AgreementAct>) {
    if let last = periods.indices.last, periods[last].covers(act.occasion.happenedAt) {
      if let ending = periods[last].byDeveloper { periods[last].undone.append(Undone(ending: ending, act: act)) }
      periods[last].byDeveloper = nil
    } else {
      periods.append(Period(joined: act, byDeveloper: nil, byPlatform: nil))
    }
  }

  private mutating func end(_ act: Fact<AgreementAct>, by party: Party, at moment: Instant) {
    guard let last = periods.indices.last, periods[last].covers(act.occasion.happenedAt) else { return }
    let ending = Ending(act: act, at: moment)
    switch party {
    case .developer:
      if periods[last].byDeveloper.map({ moment < $0.at }) != false { periods[last].byDeveloper = ending }
    case .platform:
      if periods[last].byPlatform.map({ moment < $0.at }) != false { periods[last].byPlatform = ending }
    }
  }

  private static func inOrder(_ acts: [Fact<AgreementAct>]) -> [Fact<AgreementAct>] {
    let precedes = { (left: Fact<AgreementAct>, right: Fact<AgreementAct>) in
      (left.occasion.happenedAt, left.occasion.sequence) < (right.occasion.happenedAt, right.occasion.sequence)
    }
    let isInOrder = zip(acts, acts.dropFirst()).allSatisfy { !precedes($1, $0) }
    return isInOrder ? acts : acts.sorted(by: precedes)
  }
}

extension RuleProfile {
  /// The date from whose first moment on an agreement no longer binds, by a notice of ending given on `date`.
  package func endingDate(noticeOn date: CalendarDate) -> CalendarDate { self.date(endingNoticeDays, after: date) }
}
