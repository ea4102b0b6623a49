internal import TermsModel

extension BindingComputation {
  /// The rules that led to the answer, in the order in which they were applied.
  /// - Parameter incorporated: the documents that bind along, as answered.
  func explanation(incorporated: [BindingAnswer.Incorporation]) -> [BindingAnswer.Basis] {
    guard let (period, hasEnded) = period else { return [.init(.neverJoined)] + common(.none) }
    let course = course(of: period)
    let reading = reading(of: period)
    var basis =
      [joining(period, course)] + (along.map { [.init(.boundAlong(with: $0.document, pinned: $0.pinned))] } ?? [])
    for (index, version) in versions.enumerated() where version.posting.happenedAt <= reading.instant {
      guard let entry = course.entry(of: index) else { continue }
      basis += VersionExplanation(
        course: course, entry: entry, index: index, period: period, life: life, versions: versions, reading: reading,
        ending: period.ending.map { zone.date(of: $0.at) }, today: entry.setting.moment(moment).day,
        assumed: question.assumeGiven
      ).basis()
    }
    basis += ending(period, hasEnded: hasEnded)
    return basis + common(entity(at: reading)) + incorporated.map { .init(.incorporated($0)) }
  }

  private func joining(_ period: AgreementLife.Period, _ course: DocumentCourse) -> BindingAnswer.Basis {
    let joined = course.anew?.act ?? period.joined.value
    let day = zone.date(of: course.joined)
    if let base = course.base {
      let last = versions[(base + 1)...].last { $0.stands(at: course.joined) }
      return .init(
        .joined(joined, on: day, to: versions[base].label, upTo: last?.label), of: versions[base].label)
    }
    guard let first = course.agreed.map({ versions[$0] }) else {
      return .init(.joined(joined, on: day, to: nil, upTo: nil))
    }
    return .init(.joinedBeforeRecord(joined, on: day, to: first.label), of: first.label)
  }

  private func ending(_ period: AgreementLife.Period, hasEnded: Bool) -> [BindingAnswer.Basis] {
    let undone = period.undone.map { undone in
      BindingAnswer.Basis(
        .endingUndone(
          undone.ending.act.value, on: zone.date(of: undone.ending.act.occasion.happenedAt), by: undone.act.value,
          undoneOn: zone.date(of: undone.act.occasion.happenedAt)))
    }
    return undone + standing(period.ending, hasEnded: hasEnded)
  }

  private func standing(_ ending: AgreementLife.Ending?, hasEnded: Bool) -> [BindingAnswer.Basis] {
    guard let ending else { return [] }
    let act = ending.act
    let until = zone.date(of: ending.at)
    if hasEnded { return [.init(.ended(act.value, on: until)), .init(.surviving(profile.survival))] }
    var days: Int? = profile.endingNoticeDays
    if case .terminated(_, immediate: true, _) = act.value { days = nil }
    return [.init(.ending(act.value, on: zone.date(of: act.occasion.happenedAt), until: until, days: days))]
  }

  private func common(_ entity: (name: String, region: Fact<Region>)?) -> [BindingAnswer.Basis] {
    var basis: [BindingAnswer.Basis] = []
    if let entity {
      let since = zone.date(of: entity.region.occasion.happenedAt)
      basis.append(.init(.entity(entity.name, entity.region.value, since: since)))
    }
    let precedence = source.document.settings.precedence
    if !precedence.isEmpty { basis.append(.init(.precedence(precedence, over: source.document.slug))) }
    return basis
  }
}

/// Tells how the dates of one version came about.
private struct VersionExplanation {
  typealias Basis = BindingAnswer.Basis

  let course: DocumentCourse
  let entry: DocumentCourse.Entry
  let index: Int
  let period: AgreementLife.Period
  let life: AgreementLife
  let versions: [PostedVersion]
  let reading: Moment
  /// The date from which on the agreement no longer binds; `nil` while nothing ends it.
  let ending: CalendarDate?
  let today: CalendarDate
  let assumed: CalendarDate?

  private var setting: VersionSetting { entry.setting }
  private var version: PostedVersion { setting.version }

  func basis() -> [Basis] {
    var steps: [Basis.Step] = [.posted(on: setting.postedOn, zone: setting.zone.identifier)]
    if course.isAgreedToOnJoining(entry) {
      steps += [agreedOnJoining()] + falls() + withdrawal()
      return steps.map { Basis($0, of: version.label) }
    }
    steps += entry.course.standing.failures.map { .failed(course.notices.failure($0, in: setting.zone)) }
    if let adaptation = version.adaptation { steps.append(.adaptation(adaptation)) }
    let order = entry.lanes.indices.sorted {
      (entry.lanes[$1].changeClass, $0) < (entry.lanes[$0].changeClass, $1)
    }
    for lane in order { steps += explain(lane) }
    steps += holds() + consents() + withdrawal() + optOuts() + afterTheEnd() + acceptance()
    return steps.map { Basis($0, of: version.label) }
  }

  private func subject(_ change: PostedChange) -> Basis.Subject { .init(label: change.label, kind: change.kind) }

  private func subject(of step: Int) -> Basis.Subject {
    let change = course.changes(touching: step, in: entry).first ?? 0
    return .init(label: course.labels(of: step, in: entry).first ?? .none, kind: version.changes[change].kind)
  }

  // MARK: Class, notice and clock

  private func explain(_ index: Int) -> [Basis.Step] {
    let lane = entry.lanes[index]
    let changes = version.changes.indices.filter { entry.course.laneOfChange[$0] == index }.map { version.changes[$0] }
    let subjects = changes.map(subject)
    let zone = setting.zone
    var steps: [Basis.Step] = lane.corrections.map { correction in
      let change = changes.first { $0.number == correction.number }
      return .corrected(
        change.map(subject) ?? .init(label: .none, kind: .modified), to: correction.to,
        on: zone.date(of: correction.recordedAt), reason: correction.reason)
    }
    guard let days = lane.days, let reason = lane.reason else {
      let law =
        lane.corrections.last { $0.legalBasis != nil }?.legalBasis
        ?? changes.compactMap(\.legalBasis).uniqued().joined(separator: "; ")
      steps.append(
        .onPosting(
          subjects, lane.changeClass, legalBasis: lane.changeClass == .legalRequired && !law.isEmpty ? law : nil,
          on: setting.postedOn))
      return steps + held(lane)
    }
    let counting = Basis.Counting(days: days, dayCount: setting.profile.dayCount)
    steps.append(.clock(setting.profile.clock, words(reason, lane), lane.given.map(course.notices.notice)))
    switch lane.unheld.kind {
    case .never: steps.append(.neverNotified(subjects, lane.changeClass))
    case .awaitingNotice:
      if let assumed {
        let given = max(assumed, setting.postedOn)
        steps.append(
          .assumed(subjects, lane.changeClass, counting, given: given, to: setting.profile.date(days, after: given)))
      } else if hasTime(index) {
        steps.append(.waiting(subjects, lane.changeClass, counting, today: today, earliest: lane.unheld.day))
      }
    case .on:
      let from = lane.given.map { CalendarDate(dayNumber: $0.dayNumber) } ?? setting.postedOn
      steps.append(
        .period(subjects, lane.changeClass, counting, from: from, to: setting.profile.date(days, after: from)))
      switch reason {
      case .allFailed(let recorded), .noAddress(let recorded?):
        steps.append(.neverBackwards(recordedOn: CalendarDate(dayNumber: recorded), to: lane.unheld.day))
      case .noAddress(nil), .first, .forAll, .earliest, .latest, .nothingGiven, .cannotBeGiven: break
      }
    }
    return steps + held(lane)
  }

  private func words(_ reason: NoticeClock.Reason, _ lane: ChangeCourse) -> Basis.ClockReason {
    switch reason {
    case .first: .first
    case .forAll: .forAll
    case .earliest: .earliest
    case .latest: .latest
    case .noAddress(let day): .noAddress(recordedOn: day.map { CalendarDate(dayNumber: $0) })
    case .allFailed(let day): .allFailed(recordedOn: CalendarDate(dayNumber: day))
    case .nothingGiven(let best):
      .nothingGiven(
        best: best.map(course.notices.notice), demanded: setting.profile.demandedEvidence(for: lane.changeClass))
    case .cannotBeGiven: .cannotBeGiven
    }
  }

  /// What held the changes of a class beyond their own period.
  private func held(_ lane: ChangeCourse) -> [Basis.Step] {
    var steps: [Basis.Step] = []
    if let notBefore = lane.notBefore, lane.unheld.isBefore(notBefore) {
      steps.append(.correctedLate(on: notBefore.day))
    }
    if let announced = lane.announced, lane.unheld.isBefore(announced), announced != lane.notBefore {
      steps.append(.announced(announced.day, insteadOf: lane.unheld.date?.day))
    }
    return steps
  }

  // MARK: Other changes

  /// What stood of a version when the developer joined.
  private func agreedOnJoining() -> Basis.Step {
    let standing = entry.steps.filter { course.steps[$0].withdrawnAt == nil }.map { subject(of: $0) }
    return .agreedOnJoining(standing, on: setting.zone.date(of: course.joined))
  }

  /// What was written on changes that were taken back.
  private func falls() -> [Basis.Step] {
    entry.steps.compactMap { step in
      guard let place = course.predecessor(of: step, in: entry), isFallen(step, with: place) else { return nil }
      return .fallsWith(subject(of: step), version: versions[course.version(of: place)].label)
    }
  }

  private func isFallen(_ step: Int, with place: Int) -> Bool {
    guard let withdrawn = course.steps[place].withdrawnAt, withdrawn <= reading.instant else { return false }
    return course.steps[step].withdrawnAt == withdrawn
  }

  private func holds() -> [Basis.Step] {
    var steps = falls()
    for index in entry.steps {
      guard let place = course.predecessor(of: index, in: entry), !isFallen(index, with: place) else { continue }
      let before = course.steps[place].onset
      guard course.steps[index].own.isBefore(before) else { continue }
      steps.append(
        .follows(subject(of: index), version: versions[course.version(of: place)].label, until: before.date?.day))
    }
    for change in version.changes.indices {
      let kind = version.changes[change].kind
      guard kind == .split || kind == .merged, let part = course.steps(of: change, in: entry).first else { continue }
      let last = course.steps[part].onset
      if entry.lane(of: change).onset.isBefore(last) {
        steps.append(.together(subject(version.changes[change]), until: last.date?.day))
      }
    }
    if setting.profile.granularity == .version, let last = latest() { steps.append(.whole(until: last.date?.day)) }
    for event in version.events {
      guard case .postponed(let until, let reason) = event.value else { continue }
      steps.append(.postponed(until: until, on: setting.zone.date(of: event.occasion.happenedAt), reason: reason))
    }
    return steps
  }

  /// The latest date of the version's clauses, whatever the developer did.
  private func latest() -> Onset? {
    entry.steps.reduce(nil as Onset?) { latest, index in
      let own = course.steps[index].own
      let before = course.predecessor(of: index, in: entry).map { course.steps[$0].onset }
      let onset = before.map(own.later) ?? own
      return latest?.later(of: onset) ?? onset
    }
  }

  private func withdrawal() -> [Basis.Step] {
    guard let event = version.withdrawal, case .withdrawn(let reason, _) = event.value,
      event.occasion.happenedAt <= reading.instant
    else { return [] }
    let gone = entry.steps.filter { course.steps[$0].withdrawnAt != nil }.map { subject(of: $0) }
    return [.withdrawn(gone, on: setting.zone.date(of: event.occasion.happenedAt), reason: reason)]
  }

  // MARK: What the developer did

  private func consents() -> [Basis.Step] {
    course.consents.compactMap { consent in
      guard consent.version >= index, consent.moment >= version.posting.happenedAt, consent.moment <= reading.instant
      else {
        return nil
      }
      let day = setting.zone.date(of: consent.moment)
      let start = Onset.on(consent.moment, in: setting.zone)
      let steps = course.steps[entry.steps]
      if steps.contains(where: { $0.onset == start }) { return .consented(consent.act, on: day) }
      guard steps.contains(where: { start.isBefore($0.onset) }) else { return nil }
      if case .connector = consent.kind, let limit = setting.profile.connectorWaivesUpTo,
        entry.lanes.contains(where: { ($0.days ?? 0) > limit })
      {
        return .consentTooShort(consent.act, on: day, limit: limit)
      }
      return setting.profile.acceptanceNeedsNotice ? .consentTooEarly(consent.act, on: day) : nil
    }
  }

  /// Whether some change of a class could still take effect before the agreement ends.
  private func hasTime(_ lane: Int) -> Bool {
    version.changes.indices.contains { change in
      entry.course.laneOfChange[change] == lane
        && course.steps(of: change, in: entry).contains {
          course.dateAfterTheEnd(of: course.steps[$0], at: reading) == nil
        }
    }
  }

  /// What would take effect only once the agreement has ended.
  private func afterTheEnd() -> [Basis.Step] {
    guard let ending else { return [] }
    let late = version.changes.indices.filter { change in
      let steps = course.steps(of: change, in: entry)
      return steps.contains { course.dateAfterTheEnd(of: course.steps[$0], at: reading) != nil }
    }
    return late.isEmpty ? [] : [.afterTheEnd(late.map { subject(version.changes[$0]) }, ends: ending)]
  }

  private func optOuts() -> [Basis.Step] {
    course.optOuts.filter { $0.version == index && $0.stretch.from <= reading.instant }.map { choice in
      let day = setting.zone.date(of: choice.stretch.from)
      let outcomes = course.outcomes(of: choice)
      let late = outcomes.compactMap { outcome -> (label: ClauseLabel, lastDay: CalendarDate)? in
        if case .tooLate(let lastDay) = outcome.flaw { (outcome.label, lastDay) } else { nil }
      }
      if outcomes.contains(where: { $0.flaw == nil }) {
        let until = choice.stretch.until.flatMap { $0 <= reading.instant ? setting.zone.date(of: $0) : nil }
        return .optedOut(choice.selector, on: day, until: until, late: late.map(\.label).uniqued())
      }
      let lastDay = late.map(\.lastDay).max()
      return .optOutFlawed(
        choice.selector, on: day,
        lastDay.map { .tooLate(lastDay: $0) } ?? outcomes.compactMap(\.flaw).first ?? .nothingToKeep)
    }
  }

  /// Rule 6: keeping a connector available on the effective date is acceptance; declining is recorded.
  private func acceptance() -> [Basis.Step] {
    var steps: [Basis.Step] = []
    for act in life.acts(in: period)
    where act.value == .declined(version.label) && act.occasion.happenedAt <= reading.instant {
      steps.append(.declined(on: setting.zone.date(of: act.occasion.happenedAt)))
    }
    let consented = Set(course.consents.map(\.moment))
    let starts = course.steps[entry.steps].filter { course.state(of: $0, at: reading).kind == .inForce }.map(\.onset)
      .uniqued()
      .filter { start in start.moment.map { !consented.contains($0) } ?? true }
      .sorted { $0.isBefore($1) }
    for start in starts {
      let connectors = life.connectors(of: period, at: start.moment ?? setting.zone.firstMoment(of: start.day))
      steps.append(connectors.isEmpty ? .nothingKept(on: start.day) : .kept(connectors, on: start.day))
    }
    return steps
  }
}
