internal import Binding
internal import TermsModel
internal import TermsOperations

/// The days of one developer under one document: from when what binds them, the last days on which they can decide, and the end
/// of the agreement.
struct DeveloperCalendar {
  let developer: DeveloperID
  let document: Document
  let versions: [PostedVersion]
  let facts: DeveloperFacts
  /// The agreement over another document by which this one binds, where it does.
  var along: AgreementAlong?
  /// What binds them now.
  let answer: BindingAnswer
  /// The address of the service, without a slash at its end; `nil` where it is not known.
  let base: String?

  private var zone: CivilZone { document.settings.zone }
  private var now: Instant { answer.question.at }

  var days: [CalendarFeed.Day] {
    answer.versions.flatMap { standing in effects(standing) + withdrawn(standing) + decisions(standing) }
      + Self.optOutDays(answer, document, versions).map { version, choice, day in
        let names = choice.clauses.map(\.text).joined(separator: ", ")
        return self.day(
          of: version, "opt-out \(names)", day, "last day to opt out of \(names)",
          says: "Until then you can keep the wording that you last agreed to of \(names).", page: "/opt-out")
      } + endings
  }

  // MARK: Versions

  private func effects(_ version: BindingAnswer.VersionStanding) -> [CalendarFeed.Day] {
    places(of: version.classes.compactMap { standing in standing.state.day.map { (standing.changeClass, $0) } })
      .map { changeClass, day, place in
        let meant = version.classes.filter { $0.changeClass == changeClass && $0.state.day == day }
        let waits = meant.contains(where: \.state.isAwaitingNotice)
        return self.day(
          of: version.version, "\(changeClass.rawValue)\(place)", day,
          "changes (\(changeClass.words)) " + (waits ? "bind you at the earliest" : "bind you"),
          says: meant.flatMap(\.clauses).map(\.description).joined(separator: ", "), isMoving: waits)
      }
  }

  /// The days that fell away with a withdrawal: those that the changes would have without it.
  private func withdrawn(_ version: BindingAnswer.VersionStanding) -> [CalendarFeed.Day] {
    guard version.changes.contains(where: { $0.state == .withdrawn }),
      let before = withoutWithdrawals.versions.first(where: { $0.version == version.version })
    else { return [] }
    let fallen = zip(version.changes, before.changes).compactMap { now, then -> (ChangeClass, CalendarDate)? in
      guard now.state == .withdrawn else { return nil }
      return then.state.settledDay.map { (now.changeClass, $0) }
    }
    let standing = version.classes.compactMap { standing in standing.state.day.map { (standing.changeClass, $0) } }
    var days = places(of: fallen, after: standing).map { changeClass, day, place in
      self.day(
        of: version.version, "\(changeClass.rawValue)\(place)", day, "changes (\(changeClass.words)): withdrawn",
        says: "It was withdrawn, and does not bind you.", isCancelled: true)
    }
    if let last = fallen.map(\.1).max(), decisions(version).isEmpty {
      days.append(
        day(
          of: version.version, "decision", last.adding(days: -1), "last day to accept early or decline: withdrawn",
          says: "It was withdrawn: there is nothing to decide.", isCancelled: true))
    }
    return days
  }

  private var withoutWithdrawals: BindingAnswer {
    let versions = versions.map { version in
      var version = version
      version.events.removeAll { if case .withdrawn = $0.value { true } else { false } }
      return version
    }
    return bindingAnswer(document: document, versions: versions, facts: facts, question: answer.question)
  }

  /// Until when a developer can say something of what is pending of a version that still changes when it binds them.
  private func decisions(_ version: BindingAnswer.VersionStanding) -> [CalendarFeed.Day] {
    let pending = version.changes.compactMap(\.state.pendingDay)
    let waits = version.changes.contains(where: \.state.isAwaitingNotice)
    // What waits for its notice has no last day yet.
    guard answer.bound, !waits, let first = pending.min(), let last = pending.max() else { return [] }
    let word = facts.acts.last { $0.value == .accepted(version.version) || $0.value == .declined(version.version) }
    let isDeclined = word?.value == .declined(version.version)
    var days = [
      day(
        of: version.version, "decision", last.adding(days: -1),
        "last day to accept early" + (isDeclined ? "" : " or decline"),
        says: first == last
          ? "What is pending of it binds you from \(last)."
          : "What is pending of it binds you from \(first) to \(last).")
    ]
    if period?.ending == nil, let notice = document.settings.profile.lastNotice(endingBy: first),
      notice >= version.postedOn
    {
      days.append(
        day(
          of: version.version, "leaving", notice,
          "last day for a notice of ending that keeps it away",
          says:
            "A notice of ending given by then ends the agreement before what is pending of it binds you, on \(first).",
          page: "/end"))
    }
    return days
  }

  /// Until when the developer can opt out of which clauses of a version (section 3.1, rule 8): so many days after the last
  /// update to them that binds or will bind this developer. The version they joined with leaves nothing to keep.
  static func optOutDays(
    _ answer: BindingAnswer, _ document: Document, _ versions: [PostedVersion]
  ) -> [(version: VersionLabel, choice: RuleProfile.OptOut, day: CalendarDate)] {
    guard answer.bound else { return [] }
    return answer.versions.dropFirst().flatMap { standing in
      let settings = versions.first { $0.label == standing.version }?.settings ?? document.settings
      return settings.profile.optOut.compactMap { choice in
        let touched = standing.changes.filter { change in choice.clauses.contains { $0.selects(change.change.label) } }
        return touched.compactMap(\.state.settledDay).max().map {
          (standing.version, choice, $0.adding(days: choice.days))
        }
      }
    }
  }

  // MARK: The agreement

  private var life: AgreementLife {
    AgreementLife(
      acts: (along?.acts ?? facts.acts).filter { $0.occasion.happenedAt <= now }, profile: document.settings.profile,
      zone: zone)
  }

  private var period: AgreementLife.Period? { life.period(at: now) }

  /// The end of each agreement that was ended, whoever did it; one that was taken back is cancelled.
  private var endings: [CalendarFeed.Day] {
    life.periods.compactMap { period in
      guard let ending = period.ending ?? period.undone.last?.ending else { return nil }
      let date = zone.date(of: ending.at)
      let isAtOnce = ending.at == ending.act.occasion.happenedAt
      let surviving = document.settings.profile.survival.map(\.text).joined(separator: ", ")
      return day(
        "end of the agreement of act \(period.joined.occasion.sequence)", date,
        period.ending == nil ? "the agreement goes on: its ending was taken back" : "the agreement ends",
        says: period.ending == nil
          ? "Nothing ends it: the ending on \(date) was taken back."
          : (isAtOnce ? "It ended at once on \(date)." : "It binds you until the end of \(date.adding(days: -1)).")
            + (surviving.isEmpty ? "" : " Afterwards these clauses go on binding: \(surviving)."), page: "/end",
        isCancelled: period.ending == nil)
    }
  }

  // MARK: A day

  /// Of several dates of one class each after the first has its number, so that each has a name of its own.
  /// - Parameter others: dates that are told already.
  private func places(
    of dates: [(ChangeClass, CalendarDate)], after others: [(ChangeClass, CalendarDate)] = []
  ) -> [(ChangeClass, CalendarDate, String)] {
    var counts: [ChangeClass: Int] = [:]
    for changeClass in ChangeClass.allCases {
      counts[changeClass] = Set(others.filter { $0.0 == changeClass }.map(\.1)).count
    }
    var seen: Set<String> = []
    return dates.sorted { ($1.0, $0.1) < ($0.0, $1.1) }.compactMap { changeClass, day in
      guard seen.insert("\(changeClass) \(day)").inserted else { return nil }
      counts[changeClass, default: 0] += 1
      let place = counts[changeClass, default: 1]
      return (changeClass, day, place == 1 ? "" : " \(place)")
    }
  }

  /// - Parameters:
  ///   - version: what it is a day of; the agreement where none is given.
  ///   - name: tells it from the others of the same, for its permanent name.
  ///   - isMoving: whether it is another one every day, without anything being recorded.
  private func day(
    of version: VersionLabel? = nil, _ name: String, _ date: CalendarDate, _ title: String, says: String,
    page: String = "", isMoving: Bool = false, isCancelled: Bool = false
  ) -> CalendarFeed.Day {
    CalendarFeed.Day(
      name: "\(developer) \(document.slug)" + (version.map { "@\($0) \(name)" } ?? " \(name)"),
      date: date, title: document.title + (version.map { " \($0)" } ?? "") + ": \(title)", says: says,
      address: base.map { "\($0)/me/\(document.slug)\(page)" }, recordedAt: recordedAt,
      revision: revision(isMoving: isMoving), isCancelled: isCancelled)
  }

  private var occasions: [Occasion] {
    versions.flatMap { [$0.posting] + $0.events.map(\.occasion) } + facts.acts.map(\.occasion)
      + facts.notices.map(\.occasion) + facts.naming.flatMap { $0.acts.map(\.occasion) }
  }

  private var recordedAt: Instant { occasions.map(\.recordedAt).max() ?? now }

  /// Grows with everything that is recorded and with every day on which a date moves on, and never falls (RFC 5545, 3.8.7.4).
  private func revision(isMoving: Bool) -> Int {
    let first = occasions.map(\.recordedAt).min() ?? now
    let last = isMoving ? max(now, recordedAt) : recordedAt
    return occasions.count + max(0, zone.date(of: last).dayNumber - zone.date(of: first).dayNumber)
  }
}

extension RuleProfile {
  /// The last day on which a notice of ending ends an agreement by `day`.
  fileprivate func lastNotice(endingBy day: CalendarDate) -> CalendarDate? {
    var notice = day.adding(days: -endingNoticeDays)
    // By the profile's own counting, which may leave out a day more.
    while endingDate(noticeOn: notice) > day { notice = notice.adding(days: -1) }
    return notice
  }
}
