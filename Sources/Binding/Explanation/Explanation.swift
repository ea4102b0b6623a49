internal import TermsModel

extension BindingComputation {
  /// The rules that led to the answer, in the order in which they were applied.
  func explanation() -> [BindingAnswer.Basis] {
    guard let (period, hasEnded) = period else { return [.init(.neverJoined)] + common(.none) }
    let course = course(of: period)
    let reading = reading(of: period)
    var basis = [joining(period, course)]
    for (index, version) in versions.enumerated() where version.posting.happenedAt <= reading.instant {
      guard let entry = course.entry(of: index) else { continue }
      basis += VersionExplanation(
        course: course, entry: entry, index: index, period: period, life: life, versions: versions, reading: reading,
        today: moment.day, assumed: question.assumeGiven
      ).basis()
    }
    basis += ending(period, hasEnded: hasEnded)
    return basis + common(entity(at: reading)) + (hasEnded ? [] : incorporations().map { .init(.incorporated($0)) })
  }

  private func joining(_ period: AgreementLife.Period, _ course: DocumentCourse) -> BindingAnswer.Basis {
    let joined = period.joined
    let day = zone.date(of: joined.occasion.happenedAt)
    if let base = course.base {
      return .init(.joined(joined.value, on: day, to: versions[base].label), of: versions[base].label)
    }
    guard let first = versions.first else { return .init(.joined(joined.value, on: day, to: nil)) }
    return .init(.joinedBeforeRecord(joined.value, on: day, to: first.label), of: first.label)
  }

  private func ending(_ period: AgreementLife.Period, hasEnded: Bool) -> [BindingAnswer.Basis] {
    guard let ending = period.ending else { return [] }
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
  let today: CalendarDate
  let assumed: CalendarDate?

  private var setting: VersionSetting { entry.course.setting }
  private var version: PostedVersion { setting.version }

  func basis() -> [Basis] {
    var steps: [Basis.Step] = [.posted(on: setting.start.day, zone: setting.zone.identifier)]
    steps += entry.course.standing.failures.map { .failed($0) }
    if let adaptation = version.adaptation { steps.append(.adaptation(adaptation)) }
    let order = entry.course.lanes.indices.sorted {
      (entry.course.lanes[$1].changeClass, $0) < (entry.course.lanes[$0].changeClass, $1)
    }
    for lane in order { steps += explain(lane) }
    steps += holds() + consents() + withdrawal() + optOuts() + acceptance()
    return steps.map { Basis($0, of: version.label) }
  }

  private func subject(_ change: PostedChange) -> Basis.Subject { .init(label: change.label, kind: change.kind) }

  private func subject(of step: Int) -> Basis.Subject {
    let change = entry.ranges.indices.first { entry.steps(of: $0).contains(step) } ?? 0
    return .init(label: entry.labels(of: step).first ?? .none, kind: version.changes[change].kind)
  }

  // MARK: Class, notice and clock

  private func explain(_ index: Int) -> [Basis.Step] {
    let lane = entry.course.lanes[index]
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
          on: setting.start.day))
      return steps + held(lane)
    }
    let counting = Basis.Counting(days: days, dayCount: setting.profile.dayCount)
    steps.append(.clock(setting.profile.clock, reason, lane.given))
    switch lane.unheld {
    case .never: steps.append(.neverNotified(subjects, lane.changeClass))
    case .awaitingNotice(let earliest):
      if let assumed {
        let given = max(assumed, setting.start.day)
        steps.append(
          .assumed(subjects, lane.changeClass, counting, given: given, to: setting.profile.date(days, after: given)))
      } else {
        steps.append(.waiting(subjects, lane.changeClass, counting, today: today, earliest: earliest))
      }
    case .on(let start):
      let from = lane.given?.on ?? setting.start.day
      steps.append(
        .period(subjects, lane.changeClass, counting, from: from, to: setting.profile.date(days, after: from)))
      switch reason {
      case .allFailed(let recorded), .noAddress(let recorded?):
        steps.append(.neverBackwards(recordedOn: recorded, to: start.day))
      case .noAddress(nil), .first, .forAll, .earliest, .latest, .nothingGiven, .cannotBeGiven: break
      }
    }
    return steps + held(lane)
  }

  /// What held the changes of a class beyond their own period.
  private func held(_ lane: ChangeCourse) -> [Basis.Step] {
    guard lane.unheld.isBefore(lane.onset) || lane.unheld.start == nil else { return [] }
    var steps: [Basis.Step] = []
    if let notBefore = lane.notBefore, lane.unheld.isBefore(.on(notBefore)) {
      steps.append(.correctedLate(on: notBefore.day))
    }
    if let announced = lane.announced, lane.unheld.isBefore(.on(announced)), announced != lane.notBefore {
      steps.append(.announced(announced.day, insteadOf: lane.unheld.start?.day))
    }
    return steps
  }

  // MARK: Other changes

  private func holds() -> [Basis.Step] {
    var steps: [Basis.Step] = []
    for index in entry.steps.indices {
      let step = entry.steps[index]
      let own = entry.ranges.indices.filter { entry.steps(of: $0).contains(index) }
        .map { entry.course.lane(of: $0).onset }.reduce(Onset.on(setting.start)) { $0.later(of: $1) }
      guard let place = standing(before: step) else { continue }
      let before = course.step(at: place)
      let earlier = versions[place.version].label
      if before.withdrawnAt != nil, step.withdrawnAt == before.withdrawnAt {
        steps.append(.fallsWith(subject(of: index), version: earlier))
      } else if own.isBefore(before.onset) {
        steps.append(.follows(subject(of: index), version: earlier, until: before.onset.start?.day))
      }
    }
    for change in version.changes.indices {
      let kind = version.changes[change].kind
      let parts = entry.steps(of: change).map { entry.steps[$0].onset }
      guard kind == .split || kind == .merged, let last = parts.first else { continue }
      let own = entry.course.lane(of: change).onset
      if own.isBefore(last) { steps.append(.together(subject(version.changes[change]), until: last.start?.day)) }
    }
    if setting.profile.granularity == .version, let last = entry.steps.first?.onset {
      steps.append(.whole(until: last.start?.day))
    }
    for event in version.events {
      guard case .postponed(let until, let reason) = event.value else { continue }
      steps.append(.postponed(until: until, on: setting.zone.date(of: event.occasion.happenedAt), reason: reason))
    }
    return steps
  }

  /// The step that a step is written on, those left out that were taken back before its version was posted.
  private func standing(before step: ClauseStep) -> ClauseStep.Place? {
    var place = step.predecessor
    while let earlier = place {
      let before = course.step(at: earlier)
      guard let withdrawn = before.withdrawnAt, withdrawn <= version.posting.happenedAt else { return earlier }
      place = before.predecessor
    }
    return nil
  }

  private func withdrawal() -> [Basis.Step] {
    guard let event = version.withdrawal, case .withdrawn(let reason) = event.value,
      event.occasion.happenedAt <= reading.instant
    else { return [] }
    let gone = entry.steps.indices.filter { entry.steps[$0].withdrawnAt != nil }.map { subject(of: $0) }
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
      let start = Onset.Start(day: day, moment: consent.moment)
      if entry.steps.contains(where: { $0.onset == .on(start) }) { return .consented(consent.act, on: day) }
      guard entry.steps.contains(where: { Onset.on(start).isBefore($0.onset) }) else { return nil }
      if case .connector = consent.kind, let limit = setting.profile.connectorWaivesUpTo,
        entry.course.lanes.contains(where: { ($0.days ?? 0) > limit })
      {
        return .consentTooShort(consent.act, on: day, limit: limit)
      }
      return setting.profile.acceptanceNeedsNotice ? .consentTooEarly(consent.act, on: day) : nil
    }
  }

  private func optOuts() -> [Basis.Step] {
    course.optOuts.filter { $0.version == index && $0.stretch.from <= reading.instant }.map { choice in
      let day = setting.zone.date(of: choice.stretch.from)
      let flaws = course.flaws(of: choice)
      if flaws.contains(where: { $0 == nil }) {
        let until = choice.stretch.until.flatMap { $0 <= reading.instant ? setting.zone.date(of: $0) : nil }
        return .optedOut(choice.selector, on: day, until: until)
      }
      return .optOutFlawed(choice.selector, on: day, flaws.compactMap { $0 }.first ?? .nothingToKeep)
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
    let starts = entry.steps.filter { $0.state(at: reading).isInForce }.compactMap(\.onset.start).uniqued()
      .filter { start in start.moment.map { !consented.contains($0) } ?? true }
      .sorted { $0.isBefore($1) }
    for start in starts {
      let connectors = life.connectors(of: period, at: start.moment ?? setting.zone.firstMoment(of: start.day))
      steps.append(connectors.isEmpty ? .nothingKept(on: start.day) : .kept(connectors, on: start.day))
    }
    return steps
  }
}
