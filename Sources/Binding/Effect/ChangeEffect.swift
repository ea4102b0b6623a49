internal import TermsModel

/// When one change takes effect for one developer, with the steps that led there.
struct ChangeEffect {
  enum Date: Hashable {
    /// From the first moment of the date, or from a moment on that date where the effect is immediate.
    case on(CalendarDate, from: Instant?)
    case awaitingNotice(earliestOn: CalendarDate)

    /// The date, or the earliest it could be.
    var day: CalendarDate {
      switch self {
      case .on(let day, _): day
      case .awaitingNotice(let day): day
      }
    }

    /// The later of two: waiting for a notice outlasts any date.
    func noEarlier(than other: Date) -> Date {
      switch (self, other) {
      case (.awaitingNotice(let day), _): .awaitingNotice(earliestOn: max(day, other.day))
      case (_, .awaitingNotice(let day)): .awaitingNotice(earliestOn: max(self.day, day))
      case (.on(let day, let moment), .on(let otherDay, let otherMoment)):
        switch (day < otherDay, day == otherDay) {
        case (true, _): other
        case (_, true): .on(day, from: [moment, otherMoment].compactMap { $0 }.max())
        default: self
        }
      }
    }
  }

  let change: PostedChange
  let changeClass: ChangeClass
  var date: Date
}

/// Computes the dates of a version's changes for one developer (section 3.1, rules 2, 3, 4, 9 and 10).
struct VersionEffect {
  let version: PostedVersion
  let postedOn: CalendarDate
  let notice: NoticeStanding.Given?
  var changes: [ChangeEffect]
  var basis: [BindingAnswer.Basis]

  /// - Parameters:
  ///   - today: the day on which a notice would be given that is still to be given.
  ///   - hasAddress: whether the developer can be told individually.
  init(
    of version: PostedVersion, events: [Fact<VersionEvent>], notices: [Fact<NoticeStep>], hasAddress: Bool,
    profile: RuleProfile, zone: CivilZone, today: CalendarDate
  ) {
    self.version = version
    let postedOn = zone.date(of: version.posting.happenedAt)
    self.postedOn = postedOn
    basis = [.init(rule: "posting", says: "version \(version.label) was posted on \(postedOn) in \(zone.identifier)")]

    let standing = NoticeStanding(of: version.label, steps: notices, zone: zone)
    let clock = NoticeClock(
      profile: profile, standing: standing, postedOn: postedOn, hasAddress: hasAddress, today: today)
    var told: NoticeStanding.Given?
    var said: Set<ChangeClass> = []
    changes = []
    for change in version.changes {
      let changeClass = Self.changeClass(of: change, events: events)
      let date: ChangeEffect.Date
      switch profile.timing(of: changeClass) {
      case .onPosting:
        date = .on(postedOn, from: version.posting.happenedAt)
        if said.insert(changeClass).inserted {
          basis.append(.init(rule: "\(changeClass.rawValue): on posting", says: "\(changeClass.rawValue) changes take effect on posting: \(postedOn)"))
        }
      case .afterNotice(let days):
        let reading = clock.reading(for: changeClass, days: days)
        date = reading.date
        told = told ?? reading.notice
        if said.insert(changeClass).inserted { basis += reading.basis }
      }
      changes.append(ChangeEffect(change: change, changeClass: changeClass, date: date))
    }
    notice = told
    postpone(by: events)
  }

  /// The class of a change after all corrections that are known.
  static func changeClass(of change: PostedChange, events: [Fact<VersionEvent>]) -> ChangeClass {
    events.reduce(change.changeClass) { current, event in
      if case .reclassified(change.number, let corrected, _, _) = event.value { corrected } else { current }
    }
  }

  private mutating func postpone(by events: [Fact<VersionEvent>]) {
    for event in events {
      guard case .postponed(let until, let reason) = event.value else { continue }
      for index in changes.indices {
        changes[index].date = changes[index].date.noEarlier(than: .on(until, from: nil))
      }
      basis.append(.init(rule: "postponed", says: "version \(version.label) was put off to \(until): \(reason)"))
    }
  }

  /// Rule 9: a change cannot take effect before an earlier change to the same clause that it is written on.
  mutating func follow(_ earlier: [VersionEffect]) {
    for index in changes.indices {
      let touched = Set(changes[index].change.before + changes[index].change.after)
      for other in earlier.flatMap(\.changes) {
        guard !touched.isDisjoint(with: other.change.after + other.change.before) else { continue }
        let held = changes[index].date.noEarlier(than: other.date)
        if held != changes[index].date {
          changes[index].date = held
          basis.append(
            .init(
              rule: "a clause never runs ahead of itself",
              says: "clause \(changes[index].change.label) waits for the earlier change that it is written on, until \(held.day)"))
        }
      }
    }
  }

  /// Rule 10: where the profile says so, the whole version takes effect on its latest date.
  mutating func join(by granularity: RuleProfile.Granularity) {
    guard granularity == .version, let first = changes.first else { return }
    let latest = changes.dropFirst().reduce(first.date) { $0.noEarlier(than: $1.date) }
    for index in changes.indices { changes[index].date = latest }
    basis.append(.init(rule: "granularity: version", says: "the whole version takes effect on its latest date, \(latest.day)"))
  }
}
