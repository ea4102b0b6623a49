package import TermsModel

/// Says which words of `document` bind a developer at a moment, from what was on record at another.
///
/// A pure function of recorded facts (section 3.1). The facts come in the order in which they were recorded, and so does
/// what happened to a version; facts recorded after the moment of knowledge are left out here. The document's settings
/// are those in force at the moment of knowledge.
///
/// What the parties do works from the moment at which it happened: before it, the answer is what it would be if nothing
/// else happened. What shows the giving of a notice, and the correction of a class, works back: once it is known that a
/// message never arrived, it never did.
///
/// - Parameters:
///   - versions: those of the document, in the order of posting.
///   - facts: all that is on record of the developer and the document.
///   - incorporated: what is on record of the documents that this one names, for as many as shall be answered.
package func bindingAnswer(
  document: Document, versions: [PostedVersion], facts: DeveloperFacts, incorporated: [BindingRecord] = [],
  question: BindingQuestion
) -> BindingAnswer {
  let source = BindingAnswer.Source(
    document: document, versions: versions, facts: facts, incorporated: incorporated)
  return BindingComputation(source, question).answer()
}

/// All that holds of one developer and one document, as known at a moment, ready to be read at another.
struct BindingComputation: Sendable {
  let source: BindingAnswer.Source
  let question: BindingQuestion
  let profile: RuleProfile
  let zone: CivilZone
  /// The versions known, with what is known of them and had happened by the moment in question, posted by then or later.
  let versions: [PostedVersion]
  /// The facts known.
  let facts: DeveloperFacts
  /// The document that names this one, where the developer is bound by their agreement over that.
  let along: BoundAlong?
  /// The agreement, as it stood at the moment in question.
  let life: AgreementLife
  let moment: Moment

  init(_ source: BindingAnswer.Source, _ question: BindingQuestion) {
    self.source = source
    self.question = question
    profile = source.document.settings.profile
    zone = source.document.settings.zone
    let standing = source.facts.standing(at: question.at, known: question.knownAt, profile: profile, zone: zone)
    along = standing.along
    let known = source.versions.known(at: question.knownAt, asOf: question.at)
    versions = standing.along?.versions(of: known) ?? known
    facts = standing.facts.known(at: question.knownAt)
    let isDone = facts.acts.allSatisfy { $0.occasion.happenedAt <= question.at }
    let acts = isDone ? facts.acts : facts.acts.filter { $0.occasion.happenedAt <= question.at }
    life = AgreementLife(acts: acts, profile: profile, zone: zone)
    moment = Moment(question.at, in: zone)
  }

  /// The stretch of being bound in question: the one that covers the moment, or the last one that had ended by then.
  var period: (period: AgreementLife.Period, hasEnded: Bool)? {
    if let period = life.period(at: question.at) { return (period, false) }
    return life.endedPeriod(before: question.at).map { ($0, true) }
  }

  /// The moment at which the states are read: after the end of the agreement, its last one.
  func reading(of period: AgreementLife.Period) -> Moment {
    guard let end = period.ending?.at, end <= question.at else { return moment }
    return Moment(Instant(milliseconds: end.milliseconds - 1), in: zone)
  }

  func course(of period: AgreementLife.Period) -> DocumentCourse {
    let acts = life.acts(in: period)
    func course(anew: Consent?) -> DocumentCourse {
      DocumentCourse(
        source.document, zone: zone, versions: versions, facts: facts, acts: acts, period: period, anew: anew,
        now: moment, assumed: question.assumeGiven)
    }
    let joined = course(anew: nil)
    return joined.agreementAnew(acts, in: source.document).map { course(anew: $0) } ?? joined
  }

  func answer() -> BindingAnswer {
    guard let (period, hasEnded) = period else {
      return BindingAnswer(
        developer: facts.developer, document: source.document.slug, question: question, bound: false, version: nil,
        entity: nil, versions: [], incorporated: [], precedence: source.document.settings.precedence, surviving: nil,
        nextChange: nextAct, computation: self)
    }
    let course = course(of: period)
    let reading = reading(of: period)
    let standings = standings(course, period, reading, hasEnded: hasEnded)
    let along = hasEnded ? [] : incorporatedAnswers()
    return BindingAnswer(
      developer: facts.developer, document: source.document.slug, question: question, bound: !hasEnded,
      version: hasEnded ? nil : latestWhole(standings, course, reading), entity: entity(at: reading)?.name,
      versions: standings, incorporated: hasEnded ? [] : incorporations(along),
      precedence: source.document.settings.precedence, surviving: hasEnded ? profile.survival : nil,
      nextChange: hasEnded ? nextAct : nextChange(course, period, along), computation: self)
  }

  // MARK: Versions

  private func standings(
    _ course: DocumentCourse, _ period: AgreementLife.Period, _ reading: Moment, hasEnded: Bool
  ) -> [BindingAnswer.VersionStanding] {
    var standings: [BindingAnswer.VersionStanding] = []
    standings.reserveCapacity(course.entries.count + 1)
    if let agreed = agreed(course), agreed.version.posting.happenedAt <= reading.instant {
      standings.append(self.agreed(agreed.version, since: agreed.since))
    }
    for entry in course.entries where entry.version.posting.happenedAt <= reading.instant {
      standings.append(standing(of: entry, in: course, at: reading, hasEnded: hasEnded))
    }
    return standings
  }

  /// The version that the developer agreed to on joining, and the day from which on it binds.
  ///
  /// A record that begins later than an agreement has no version that was posted then: its first one is taken for the text
  /// agreed to, from its posting on.
  func agreed(_ course: DocumentCourse) -> (
    version: PostedVersion, since: CalendarDate
  )? {
    guard let version = course.agreed.map({ versions[$0] }) else { return nil }
    return (version, zone.date(of: max(course.joined, version.posting.happenedAt)))
  }

  /// Rule 5: bound by the whole version, whatever of it is pending for others.
  private func agreed(_ version: PostedVersion, since: CalendarDate) -> BindingAnswer.VersionStanding {
    let setting = VersionSetting(version, of: source.document, zone: zone)
    return BindingAnswer.VersionStanding(
      version: version.label, postedOn: setting.postedOn, inForce: .wholly, notice: nil, posted: version.changes,
      states: version.changes.map {
        .init(changeClass: version.currentClass(of: $0), state: StepState(.inForce, since.dayNumber))
      })
  }

  private func standing(
    of entry: DocumentCourse.Entry, in course: DocumentCourse, at reading: Moment, hasEnded: Bool
  ) -> BindingAnswer.VersionStanding {
    let first = entry.steps.lowerBound
    var states: [StepState] = []
    states.reserveCapacity(entry.steps.count)
    var inForce = 0
    for step in entry.steps {
      let state = course.state(of: course.steps[step], at: reading)
      states.append(hasEnded ? state.afterTheEnd : state)
      if state.kind == .inForce { inForce += 1 }
    }
    var changes: [BindingAnswer.VersionStanding.ChangeState] = []
    let (laneOfChange, classes) = (entry.course.laneOfChange, entry.lanes.map(\.changeClass))
    changes.reserveCapacity(laneOfChange.count)
    for change in laneOfChange.indices {
      let lane = laneOfChange[change]
      var (decided, all): (StepState?, StepState?)
      for place in course.places(of: change, in: entry) {
        let step = course.touched[place]
        let state = states[step - first]
        all = all?.joined(with: state) ?? state
        if course.decides(lane, step, in: entry) { decided = decided?.joined(with: state) ?? state }
      }
      changes.append(
        .init(changeClass: classes[lane], state: decided ?? all ?? .withdrawn))
    }
    return BindingAnswer.VersionStanding(
      version: entry.setting.label, postedOn: entry.setting.postedOn,
      inForce: whole(inForce, of: states.count, entry, reading),
      notice: entry.course.notice.map(course.notices.notice), posted: entry.setting.version.changes, states: changes)
  }

  private func whole(_ inForce: Int, of steps: Int, _ entry: DocumentCourse.Entry, _ reading: Moment)
    -> BindingAnswer.InForce
  {
    if steps == 0 { return entry.version.stands(at: reading.instant) ? .wholly : .not }
    return inForce == steps ? .wholly : inForce == 0 ? .not : .partly
  }

  private func latestWhole(
    _ standings: [BindingAnswer.VersionStanding], _ course: DocumentCourse, _ reading: Moment
  ) -> VersionLabel? {
    guard let agreed = standings.first else { return nil }
    var label = agreed.version
    // Where nothing was ever taken back, a version was compared with all that stand before it.
    var hasAllBefore = !course.hasWithdrawals
    for (entry, standing) in zip(course.entries, standings.dropFirst()) {
      if standing.inForce == .wholly, hasAllBefore || course.isWordForWord(entry, at: reading) {
        label = standing.version
        hasAllBefore = !course.hasWithdrawals
      } else {
        hasAllBefore = false
      }
    }
    return label
  }

  // MARK: Who, and what else

  /// The company on the other side at a moment, and the region that decides it (rule 12).
  func entity(at moment: Moment) -> (name: String, region: Fact<Region>)? {
    var latest: Fact<Region>?
    for fact in facts.regions where fact.occasion.happenedAt <= moment.instant {
      if latest.map({ $0.precedes(fact) }) != false { latest = fact }
    }
    guard let latest, let name = source.document.settings.entity(for: latest.value) else { return nil }
    return (name, latest)
  }

  // MARK: What comes next

  /// The next act of the developer or about the agreement that is on record already.
  private var nextAct: Instant? {
    var next: Instant?
    func look(at acts: [Fact<AgreementAct>]) {
      for act in acts where act.occasion.happenedAt > question.at && act.occasion.recordedAt <= question.knownAt {
        next = next.map { min($0, act.occasion.happenedAt) } ?? act.occasion.happenedAt
      }
    }
    look(at: facts.acts)
    if !source.facts.naming.isEmpty {
      look(at: source.facts.acts)
      for agreement in source.facts.naming { look(at: agreement.acts) }
    }
    return next
  }

  private func nextChange(
    _ course: DocumentCourse, _ period: AgreementLife.Period, _ along: [BindingAnswer]
  ) -> Instant? {
    var next = nextAct
    func consider(_ instant: Instant?) {
      guard let instant, instant > question.at, next.map({ instant < $0 }) != false else { return }
      next = instant
    }
    consider(period.ending?.at)
    for fact in facts.regions { consider(fact.occasion.happenedAt) }
    // By index: a version is not to be passed around for two of its moments.
    for index in source.versions.indices where source.versions[index].posting.recordedAt <= question.knownAt {
      consider(source.versions[index].posting.happenedAt)
      if source.versions[index].events.isEmpty { continue }
      for event in source.versions[index].events where event.occasion.recordedAt <= question.knownAt {
        consider(event.occasion.happenedAt)
      }
    }
    var day = Int.max
    for entry in course.entries where entry.version.posting.happenedAt <= question.at {
      let moment = entry.setting.moment(moment)
      for place in entry.steps {
        let step = course.steps[place]
        // What was taken back stays so, whatever date it had.
        if let withdrawn = step.withdrawnAt, withdrawn <= question.at { continue }
        switch step.onset.kind {
        case .never: break
        // The date that it would take moves on with the day.
        case .awaitingNotice where entry.setting.isForeign:
          consider(moment.zone.firstMoment(of: CalendarDate(dayNumber: moment.dayNumber + 1)))
        case .awaitingNotice: day = min(day, moment.dayNumber + 1)
        case .on where entry.setting.isForeign:
          consider(step.onset.moment ?? moment.zone.firstMoment(of: step.onset.day))
        case .on:
          if let from = step.onset.moment {
            consider(from)
          } else if step.onset.dayNumber < day, step.onset.dayNumber >= moment.dayNumber, !moment.hasCome(step.onset) {
            day = step.onset.dayNumber
          }
        }
      }
    }
    if day < .max { consider(zone.firstMoment(of: CalendarDate(dayNumber: day))) }
    for answer in along { consider(answer.nextChange) }
    return next
  }
}

extension [PostedVersion] {
  /// The versions on record at a moment, with what was on record of them that bears on another.
  ///
  /// A correction works back. A withdrawal that was still to come counts from its own moment on, and says with what later
  /// versions were compared.
  func known(at moment: Instant, asOf happened: Instant) -> [PostedVersion] {
    let isRelevant = { (event: Fact<VersionEvent>) in
      guard event.occasion.recordedAt <= moment else { return false }
      guard case .postponed = event.value else { return true }
      return event.occasion.happenedAt <= happened
    }
    if allSatisfy({ $0.posting.recordedAt <= moment && $0.events.allSatisfy(isRelevant) }) { return self }
    return filter { $0.posting.recordedAt <= moment }.map { version in
      var version = version
      version.events = version.events.filter(isRelevant)
      return version
    }
  }
}

extension DeveloperFacts {
  /// What was on record at `moment`.
  func known(at moment: Instant) -> DeveloperFacts {
    var facts = self
    if !facts.regions.isKnown(at: moment) { facts.regions = regions.known(at: moment) }
    if !facts.hasAddress.isKnown(at: moment) { facts.hasAddress = hasAddress.known(at: moment) }
    if !facts.acts.isKnown(at: moment) { facts.acts = acts.known(at: moment) }
    if !facts.notices.isKnown(at: moment) { facts.notices = notices.known(at: moment) }
    return facts
  }
}

extension Array {
  fileprivate func isKnown<Value>(at moment: Instant) -> Bool where Element == Fact<Value> {
    allSatisfy { $0.occasion.recordedAt <= moment }
  }
}
