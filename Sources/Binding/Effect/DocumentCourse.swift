internal import TermsModel

/// When every change since the version agreed to takes effect for one developer, clause by clause (section 3.1).
///
/// Holds for all moments at once: the states at a moment are read off it.
struct DocumentCourse {
  /// One version, and where its steps stand.
  struct Entry {
    let course: VersionCourse
    /// Its place among the entries.
    let index: Int
    /// Its clauses' steps, as indices of ``DocumentCourse/steps``.
    let steps: Range<Int>
    /// The place of its first change among those of all versions.
    let firstChange: Int
    /// The onsets of its lanes, with the notice assumed where it is asked what would be if it were given.
    let onsets: [Onset]

    var setting: VersionSetting { course.setting }
    var version: PostedVersion { course.setting.version }
    var lanes: [ChangeCourse] { course.lanes }
    func lane(of change: Int) -> ChangeCourse { course.lane(of: change) }
  }

  /// The versions known, in the order of posting.
  let versions: [PostedVersion]
  /// The index of the version whose text was agreed to on joining, word for word; what stands of the versions posted on it
  /// by then binds along. `nil` where none was on record as posted then.
  let base: Int?
  /// The index of the version agreed to: where none was on record on joining, the first one posted after; `nil` where there
  /// is none.
  let agreed: Int?
  /// The versions after it, in the order of posting.
  private(set) var entries: [Entry] = []
  /// The steps of all of them, one version after the other.
  var steps: [ClauseStep] = []
  /// The steps of the notices of these versions.
  private(set) var notices = NoticeFile([], of: [])
  let consents: [Consent]
  let optOuts: [OptOut]
  private let first: Int
  /// The consent by which the developer agreed anew; `nil` where joining is what binds them.
  let anew: Consent?
  /// The moment of joining, or of agreeing anew to the text that stood (``agreementAnew()``).
  let joined: Instant
  /// Whether some version's days are counted in another zone than the document's are now.
  private let hasForeignZones: Bool
  private let assumed: CalendarDate?
  /// The first moment at which the agreement no longer binds; `nil` while nothing ends it.
  private let end: Instant?
  /// The first day that does not begin before it, in the document's zone; past all days where nothing ends it.
  private let firstDayAfter: Int
  /// The steps of all changes, one change after the other.
  private(set) var touched: [Int] = []
  /// For each change of all versions, where its steps begin in ``touched``.
  private var changeStarts: [Int] = []
  /// The stretches for which steps were opted out of; the first entry is for those that never were.
  var stretches: [[OptOut.Stretch]] = [[]]
  /// The latest step of each clause.
  private var latest = ClauseTable()
  /// The number in the log of the act with which each step fell out of the text that stands, for those that did; empty where
  /// no version was withdrawn.
  var falls: [Int64?] = []
  /// Whether some version was withdrawn.
  let hasWithdrawals: Bool
  /// The same for the clauses of the text agreed to, and for changes in it that name no clause.
  let agreedFalls: FallenClauses

  /// - Parameters:
  ///   - versions: those known, in the order of posting, with what is known of them.
  ///   - facts: what is known of the developer.
  ///   - acts: those of the stretch of being bound.
  ///   - anew: the consent by which the developer agreed anew, where one did.
  ///   - now: the moment at which a notice would be given that is still to be given.
  ///   - assumed: the date on which every such notice is assumed to be given.
  init(
    _ document: Document, zone: CivilZone, versions: [PostedVersion], facts: DeveloperFacts, acts: [Fact<AgreementAct>],
    period: AgreementLife.Period, anew: Consent? = nil, now: Moment, assumed: CalendarDate?
  ) {
    let joined = anew?.moment ?? period.joined.occasion.happenedAt
    self.joined = joined
    self.anew = anew
    self.versions = versions
    end = period.ending?.at
    firstDayAfter = end.map { Self.firstDay(after: $0, in: zone) } ?? .max
    hasWithdrawals = versions.contains { $0.isWithdrawn }
    base = versions.base(joiningAt: joined)
    // Whoever joined before the first version on record is bound by that one once it is posted.
    agreed = base ?? versions.firstIndex { joined < $0.posting.happenedAt }
    first = agreed.map { $0 + 1 } ?? versions.count
    agreedFalls =
      if hasWithdrawals, let agreed {
        FallenClauses(of: agreed, in: versions, granularity: document.settings.profile.granularity)
      } else { FallenClauses() }
    consents = acts.isEmpty ? [] : Consent.all(in: acts, to: versions, after: first - 1)
    optOuts = acts.isEmpty ? [] : OptOut.all(in: acts, from: versions)
    self.assumed = assumed
    guard first < versions.count else {
      hasForeignZones = false
      return
    }
    entries.reserveCapacity(versions.count - first)
    steps.reserveCapacity((versions.count - first) * 16)
    touched.reserveCapacity((versions.count - first) * 16)
    let settings = versions[first...].map { VersionSetting($0, of: document, zone: zone) }
    hasForeignZones = settings.contains { $0.isForeign }
    notices = NoticeFile(facts.notices, of: settings)
    for (index, setting) in settings.enumerated() {
      let since = max(setting.version.posting.recordedAt, period.joined.occasion.recordedAt)
      follow(
        VersionCourse(
          setting, at: index, notices: notices, addresses: facts.hasAddress, since: since,
          today: setting.moment(now).dayNumber))
    }
    changeStarts.append(touched.count)
  }

  /// The entry of the version at an index of the document's versions.
  func entry(of version: Int) -> Entry? { version >= first ? entries[version - first] : nil }

  /// The version that a step belongs to, as an index of the document's versions.
  func version(of step: Int) -> Int { first + steps[step].version }

  /// The steps of one of a version's changes, each once.
  func steps(of change: Int, in entry: Entry) -> ArraySlice<Int> { touched[places(of: change, in: entry)] }

  /// Where the steps of one of a version's changes stand in ``touched``.
  func places(of change: Int, in entry: Entry) -> Range<Int> {
    let place = entry.firstChange + change
    return changeStarts[place]..<(place + 1 < changeStarts.count ? changeStarts[place + 1] : touched.count)
  }

  /// Whether the changes of a lane decide when a step takes effect.
  ///
  /// Where several changes of a version touch a clause, the one that takes effect last decides when the clause moves on,
  /// and the others come along with it there: a term renamed throughout reaches a clause that is also changed otherwise
  /// together with that other change. A change that decides nowhere goes by all its clauses.
  func decides(_ lane: Int, _ step: Int, in entry: Entry) -> Bool { !entry.onsets[lane].isBefore(steps[step].own) }

  func stretches(of step: ClauseStep) -> [OptOut.Stretch] { stretches[step.optOuts] }

  /// Where a step stands. What would take effect once the agreement has ended never does.
  func state(of step: ClauseStep, at moment: Moment) -> StepState {
    let state = stateIfItWentOn(of: step, at: moment)
    return end != nil && isAfterTheEnd(state, of: step) ? .notBound : state
  }

  /// The date that a step has and never reaches, as the agreement ends by then; `nil` where that is not so.
  func dateAfterTheEnd(of step: ClauseStep, at moment: Moment) -> CalendarDate? {
    let state = stateIfItWentOn(of: step, at: moment)
    return end != nil && isAfterTheEnd(state, of: step) ? state.state.day : nil
  }

  private func isAfterTheEnd(_ state: StepState, of step: ClauseStep) -> Bool {
    guard state.kind == .pending || state.kind == .awaitingNotice, let end, let day = state.state.day else {
      return false
    }
    let zone = hasForeignZones ? entries[step.version].setting.zone : nil
    return day.dayNumber >= (zone.map { Self.firstDay(after: end, in: $0) } ?? firstDayAfter)
  }

  /// The first day whose first moment does not come before `end`.
  private static func firstDay(after end: Instant, in zone: CivilZone) -> Int {
    zone.dayNumber(of: Instant(milliseconds: end.milliseconds - 1)) + 1
  }

  /// Where a step would stand if nothing ended the agreement.
  func stateIfItWentOn(of step: ClauseStep, at moment: Moment) -> StepState {
    if !hasForeignZones, step.optOuts == 0 { return step.state(at: moment) }
    let moment = hasForeignZones ? entries[step.version].setting.moment(moment) : moment
    return step.optOuts == 0 ? step.state(at: moment) : step.state(at: moment, optedOut: stretches[step.optOuts])
  }

  /// The index of an entry's version among the document's versions.
  func index(of entry: Entry) -> Int { first + entry.index }

  // MARK: - One version

  private mutating func follow(_ course: VersionCourse) {
    let (start, firstChange) = (steps.count, changeStarts.count)
    let onsets = course.lanes.indices.map { assume(course.lanes[$0], course) }
    enterSteps(course, onsets, from: start)
    let entry = Entry(
      course: course, index: entries.count, steps: start..<steps.count, firstChange: firstChange, onsets: onsets)
    entries.append(entry)
    waitForPredecessors(entry)
    moveTogether(entry)
    if isAgreedToOnJoining(entry) { beginOnJoining(entry) } else { postponeAndHasten(entry) }
    withdraw(entry)
    if hasWithdrawals { settleFalls(entry) }
    optOut(entry)
  }

  /// Whether a version was posted by the time of joining, so that what stands of it was agreed to then.
  func isAgreedToOnJoining(_ entry: Entry) -> Bool { entry.version.posting.happenedAt <= joined }

  /// The onset of a change's own, with the notice assumed where it is asked what would be if it were given.
  private func assume(_ lane: ChangeCourse, _ course: VersionCourse) -> Onset {
    guard let assumed, lane.onset.kind == .awaitingNotice,
      let terms = course.setting.terms(of: lane.changeClass, kind: lane.kind)
    else { return lane.onset }
    return lane.held(.on(dayNumber: terms.date(after: max(assumed.dayNumber, course.setting.posted.dayNumber))))
  }

  /// Every clause that a change touches, at the latest onset of the changes that touch it.
  private mutating func enterSteps(_ course: VersionCourse, _ onsets: [Onset], from start: Int) {
    let changes = course.setting.version.changes
    for change in changes.indices {
      let onset = onsets[course.laneOfChange[change]]
      changeStarts.append(touched.count)
      let begin = touched.count
      for index in changes[change].before.indices {
        touch(changes[change].before[index], onset, versionFrom: start, changeFrom: begin)
      }
      for index in changes[change].after.indices {
        touch(changes[change].after[index], onset, versionFrom: start, changeFrom: begin)
      }
      if touched.count == begin {
        touched.append(steps.count)
        steps.append(ClauseStep(nil, onset, of: entries.count))
      }
    }
  }

  private mutating func touch(_ clause: LineageID, _ onset: Onset, versionFrom start: Int, changeFrom begin: Int) {
    let before = latest[clause]
    if let before, before >= start {
      steps[before].own = steps[before].own.later(of: onset)
      steps[before].onset = steps[before].own
      var place = begin
      while place < touched.count, touched[place] != before { place += 1 }
      if place == touched.count { touched.append(before) }
      return
    }
    latest[clause] = steps.count
    touched.append(steps.count)
    steps.append(ClauseStep(clause, onset, of: entries.count, on: before))
  }

  /// Rule 9: a clause never runs ahead of itself.
  ///
  /// A change that is written on one that was taken back falls with it: its words stand on words that never came into
  /// force, and nobody was told what they change against those that are.
  private mutating func waitForPredecessors(_ entry: Entry) {
    for step in entry.steps {
      guard let place = predecessor(of: step, in: entry) else { continue }
      steps[step].onset = steps[step].onset.later(of: onset(of: place, for: entry))
      if let withdrawn = steps[place].withdrawnAt { steps[step].withdrawnAt = withdrawn }
    }
  }

  /// From when on an earlier version's step is in force, by the calendar of a later version.
  private func onset(of earlier: Int, for entry: Entry) -> Onset {
    let onset = steps[earlier].onset
    guard hasForeignZones, onset.kind == .on else { return onset }
    let zone = entries[steps[earlier].version].setting.zone
    return zone == entry.setting.zone
      ? onset : .on(onset.moment ?? zone.firstMoment(of: onset.day), in: entry.setting.zone)
  }

  /// The step that a step is written on.
  ///
  /// What was on record as taken back when another version was posted is not what that one was compared with.
  func predecessor(of step: Int, in entry: Entry) -> Int? {
    var place = steps[step].predecessor
    while let earlier = place, hasFallen(earlier, before: entry) { place = steps[earlier].predecessor }
    return place
  }

  private mutating func moveTogether(_ entry: Entry) {
    for members in groups(of: entry) { join(members) }
  }

  private mutating func join(_ members: ArraySlice<Int>) {
    guard let one = members.first, members.count > 1 else { return }
    var onset = steps[one].onset
    var withdrawn = steps[one].withdrawnAt
    for step in members.dropFirst() {
      onset = onset.later(of: steps[step].onset)
      withdrawn = [withdrawn, steps[step].withdrawnAt].compactMap { $0 }.min()
    }
    for step in members {
      steps[step].onset = onset
      steps[step].withdrawnAt = withdrawn
    }
  }

  /// A postponement holds what is not in force by then; consent brings what is pending into force at once.
  private mutating func postponeAndHasten(_ entry: Entry) {
    let setting = entry.setting
    let postponements = setting.version.postponements
    if postponements.isEmpty, consents.isEmpty { return }
    let limited = setting.profile.limitsConsent
    for step in entry.steps {
      let consent = consents.first { hastens($0, step, of: entry, limited: limited) }
      let agreed = consent.map { Onset.on($0.moment, in: setting.zone) }
      for (until, happened) in postponements {
        let at = Moment(happened, in: setting.zone)
        if at.hasCome(steps[step].onset) || agreed.map(at.hasCome) == true { continue }
        steps[step].onset = steps[step].onset.later(of: .on(until))
      }
      if let agreed, agreed.isBefore(steps[step].onset) { steps[step].onset = agreed }
    }
    if limited, !consents.isEmpty {
      // Consent that reached some steps only lets no clause run ahead of itself either.
      waitForPredecessors(entry)
      moveTogether(entry)
    }
  }

  /// Whether a consent can bring a step into force.
  private func hastens(_ consent: Consent, _ step: Int, of entry: Entry, limited: Bool) -> Bool {
    let index = index(of: entry)
    guard consent.version >= index, entry.version.stands(at: consent.moment),
      steps[step].withdrawnAt.map({ consent.moment < $0 }) != false
    else { return false }
    guard limited else { return true }
    let profile = entry.setting.profile
    let day = entry.setting.zone.dayNumber(of: consent.moment)
    return changes(touching: step, in: entry).allSatisfy { change in
      let lane = entry.lane(of: change)
      guard let days = lane.days else { return true }
      if case .connector = consent.kind, let limit = profile.connectorWaivesUpTo, days > limit { return false }
      return !profile.acceptanceNeedsNotice || lane.given.map { $0.dayNumber <= day } == true
    }
  }

  /// Rule 5: who joins is bound from then on by all that stands of a version, whatever of it is pending for others.
  private mutating func beginOnJoining(_ entry: Entry) {
    for step in entry.steps { steps[step].onset = .on(joined, in: entry.setting.zone) }
  }

  // MARK: - Changes and clauses

  /// The steps that move as one: those of clauses that split or merged, and where the profile says so those of the whole
  /// version (rule 10). As often as it takes for what holds of one member to reach all, taken in turn.
  func groups(of entry: Entry) -> [ArraySlice<Int>] {
    entry.setting.profile.granularity == .version ? [ArraySlice(entry.steps)] : structuralGroups(of: entry)
  }

  /// The same for a single clause's choices, which are no matter of the whole version's.
  func structuralGroups(of entry: Entry) -> [ArraySlice<Int>] {
    entry.version.structuralRounds.map { steps(of: $0, in: entry) }
  }

  /// The changes of a version that touch the clause of a step.
  func changes(touching step: Int, in entry: Entry) -> [Int] {
    entry.version.changes.indices.filter { steps(of: $0, in: entry).contains(step) }
  }

  /// The labels under which a version's changes name the clause of a step.
  func labels(of step: Int, in entry: Entry) -> [ClauseLabel] {
    changes(touching: step, in: entry).map { change in
      let change = entry.version.changes[change]
      return steps[step].clause.map { change.label(of: $0) } ?? change.label
    }
  }
}

extension PostedVersion {
  /// The dates to which the version was put off, in the order in which that happened.
  fileprivate var postponements: [(until: CalendarDate, happenedAt: Instant)] {
    guard !events.isEmpty else { return [] }
    return events.compactMap { event in
      if case .postponed(let until, _) = event.value { (until, event.occasion.happenedAt) } else { nil }
    }.sorted { $0.happenedAt < $1.happenedAt }
  }

  /// The changes that move several clauses as one, all of them once for each: a clause may be part of two, and after so many
  /// rounds what holds of one clause has reached all that move with it.
  var structuralRounds: [Int] {
    let structural = changes.indices.filter { changes[$0].kind == .split || changes[$0].kind == .merged }
    return structural.flatMap { _ in structural }
  }
}

extension RuleProfile {
  /// Whether consent may leave some changes of a version as they are.
  var limitsConsent: Bool { acceptanceNeedsNotice || connectorWaivesUpTo != nil }
}
