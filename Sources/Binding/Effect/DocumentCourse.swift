internal import TermsModel

/// When every change since the version agreed to takes effect for one developer, clause by clause (section 3.1).
///
/// Holds for all moments at once: the states at a moment are read off it.
struct DocumentCourse {
  /// One version with its clauses' steps.
  struct Entry {
    let course: VersionCourse
    fileprivate(set) var steps: [ClauseStep] = []
    /// For each change, where its steps begin and end in ``carried``.
    fileprivate(set) var ranges: [Range<Int>] = []
    /// The steps of the changes, one change after the other, as indices of ``steps``.
    fileprivate(set) var carried: [Int] = []

    var version: PostedVersion { course.setting.version }

    /// The steps of a change, each once.
    func steps(of change: Int) -> ArraySlice<Int> { carried[ranges[change]] }

    /// The steps that a change decides.
    ///
    /// Where several changes of a version touch a clause, the one that takes effect last decides when the clause moves on,
    /// and the others come along with it there: a term renamed throughout reaches a clause that is also changed otherwise
    /// together with that other change. A change that decides nowhere goes by all its clauses.
    func decided(by change: Int) -> [Int] {
      let own = course.lane(of: change).onset
      let deciding = steps(of: change).filter { step in
        !ranges.indices.contains { other in
          other != change && self.steps(of: other).contains(step) && own.isBefore(course.lane(of: other).onset)
        }
      }
      return deciding.isEmpty ? Array(steps(of: change)) : deciding
    }
  }

  /// The index of the version agreed to on joining; `nil` where none was on record as posted then.
  let base: Int?
  /// The versions after it, in the order of posting.
  private(set) var entries: [Entry] = []
  let consents: [Consent]
  let optOuts: [OptOut]
  private let first: Int
  private var last = ClauseTable<ClauseStep.Place>()

  /// - Parameters:
  ///   - versions: those known, in the order of posting, with what is known of them.
  ///   - facts: what is known of the developer.
  ///   - assumed: the date on which every notice still to be given is assumed to be given.
  init(
    _ document: Document, zone: CivilZone, versions: [PostedVersion], facts: DeveloperFacts, acts: [Fact<AgreementAct>],
    period: AgreementLife.Period, today: CalendarDate, assumed: CalendarDate?
  ) {
    base = versions.lastIndex { $0.stands(at: period.joined.occasion.happenedAt) }
    // Whoever joined before the first version on record is bound by that one once it is posted.
    first = (base ?? 0) + 1
    consents = Consent.all(in: acts, to: versions, after: first - 1)
    optOuts = OptOut.all(in: acts, from: versions)
    guard first < versions.count else { return }
    entries.reserveCapacity(versions.count - first)
    for index in first..<versions.count {
      let version = versions[index]
      let setting = VersionSetting(version, of: document, zone: zone)
      let notices = facts.notices.filter { $0.value.version == version.label }
      let course = VersionCourse(
        setting, notices: notices, addresses: facts.hasAddress,
        since: max(version.posting.recordedAt, period.joined.occasion.recordedAt), today: today)
      entries.append(Entry(course: course))
      follow(index, assumed: assumed)
    }
  }

  /// The entry of the version at an index of the document's versions.
  func entry(of version: Int) -> Entry? { version >= first ? entries[version - first] : nil }

  func step(at place: ClauseStep.Place) -> ClauseStep { entries[place.version - first].steps[place.step] }

  // MARK: - One version

  private mutating func follow(_ version: Int, assumed: CalendarDate?) {
    let index = version - first
    enterSteps(index, version, assumed)
    waitForPredecessors(index)
    moveTogether(index)
    postponeAndHasten(index, version)
    if entries[index].course.setting.profile.limitsConsent, !consents.isEmpty {
      // Consent that reached some steps only lets no clause run ahead of itself either.
      waitForPredecessors(index)
      moveTogether(index)
    }
    withdraw(index)
    optOut(index, version)
  }

  /// Every clause that a change touches, at the latest onset of the changes that touch it.
  private mutating func enterSteps(_ index: Int, _ version: Int, _ assumed: CalendarDate?) {
    let course = entries[index].course
    let onsets = course.lanes.map { lane in
      guard let assumed, let days = lane.days, case .awaitingNotice = lane.onset else { return lane.onset }
      let given = Onset.on(.init(day: course.setting.profile.date(days, after: max(assumed, course.setting.start.day))))
      return lane.holds.reduce(given) { $0.later(of: .on($1)) }
    }
    for change in course.setting.version.changes.indices {
      let posted = course.setting.version.changes[change]
      let onset = onsets[course.laneOfChange[change]]
      let start = entries[index].carried.count
      if posted.before.isEmpty, posted.after.isEmpty {
        entries[index].carried.append(entries[index].steps.count)
        entries[index].steps.append(ClauseStep(clause: nil, onset: onset))
      }
      for clause in posted.before { touch(clause, index, version, onset, from: start) }
      for clause in posted.after { touch(clause, index, version, onset, from: start) }
      entries[index].ranges.append(start..<entries[index].carried.count)
    }
  }

  private mutating func touch(_ clause: LineageID, _ index: Int, _ version: Int, _ onset: Onset, from start: Int) {
    let before = last[clause]
    if let before, before.version == version {
      entries[index].steps[before.step].onset = entries[index].steps[before.step].onset.later(of: onset)
      if !entries[index].carried[start...].contains(before.step) { entries[index].carried.append(before.step) }
      return
    }
    let place = ClauseStep.Place(version: version, step: entries[index].steps.count)
    entries[index].carried.append(place.step)
    entries[index].steps.append(ClauseStep(clause: clause, onset: onset, predecessor: before))
    last[clause] = place
  }

  /// Rule 9: a clause never runs ahead of itself.
  ///
  /// A change that is written on one that was taken back falls with it: its words stand on words that never came into
  /// force. A version posted after the withdrawal was compared with the text that stands, and is not affected.
  private mutating func waitForPredecessors(_ index: Int) {
    let posted = entries[index].version.posting.happenedAt
    for step in entries[index].steps.indices {
      var place = entries[index].steps[step].predecessor
      while let earlier = place {
        let before = self.step(at: earlier)
        guard let withdrawn = before.withdrawnAt else {
          entries[index].steps[step].onset = entries[index].steps[step].onset.later(of: before.onset)
          break
        }
        if posted < withdrawn {
          entries[index].steps[step].onset = entries[index].steps[step].onset.later(of: before.onset)
          entries[index].steps[step].withdrawnAt = withdrawn
          break
        }
        place = before.predecessor
      }
    }
  }

  /// Clauses that split or merged move together, and where the profile says so the whole version does (rule 10).
  private mutating func moveTogether(_ index: Int) {
    let course = entries[index].course
    if course.setting.profile.granularity == .version { return join(index, Array(entries[index].steps.indices)) }
    let changes = course.setting.version.changes
    let structural = changes.indices.filter { changes[$0].kind == .split || changes[$0].kind == .merged }
    // A clause may be part of two such changes: once more for each, and nothing moves any further.
    for _ in structural { for change in structural { join(index, Array(entries[index].steps(of: change))) } }
  }

  private mutating func join(_ index: Int, _ steps: [Int]) {
    guard let one = steps.first, steps.count > 1 else { return }
    var onset = entries[index].steps[one].onset
    var withdrawn = entries[index].steps[one].withdrawnAt
    for step in steps.dropFirst() {
      onset = onset.later(of: entries[index].steps[step].onset)
      withdrawn = [withdrawn, entries[index].steps[step].withdrawnAt].compactMap { $0 }.min()
    }
    for step in steps {
      entries[index].steps[step].onset = onset
      entries[index].steps[step].withdrawnAt = withdrawn
    }
  }

  /// A postponement holds what is not in force by then; consent brings what is pending into force at once.
  private mutating func postponeAndHasten(_ index: Int, _ version: Int) {
    let course = entries[index].course
    let events = course.setting.version.events
    if events.isEmpty, consents.isEmpty { return }
    let zone = course.setting.zone
    for step in entries[index].steps.indices {
      let consent = consents.first { hastens($0, version, course, step: step, of: entries[index]) }
      let agreed = consent.map { Onset.Start(day: zone.date(of: $0.moment), moment: $0.moment) }
      for event in events {
        guard case .postponed(let until, _) = event.value else { continue }
        let at = Moment(event.occasion.happenedAt, in: zone)
        let starts = [entries[index].steps[step].onset.start, agreed].compactMap { $0 }
        if starts.contains(where: { at.hasCome($0) }) { continue }
        entries[index].steps[step].onset = entries[index].steps[step].onset.later(of: .on(.init(day: until)))
      }
      if let agreed, Onset.on(agreed).isBefore(entries[index].steps[step].onset) {
        entries[index].steps[step].onset = .on(agreed)
      }
    }
  }

  /// Whether a consent can bring a step of a version into force.
  private func hastens(
    _ consent: Consent, _ version: Int, _ course: VersionCourse, step: Int, of entry: Entry
  ) -> Bool {
    guard consent.version >= version, course.setting.version.stands(at: consent.moment),
      entry.steps[step].withdrawnAt.map({ consent.moment < $0 }) != false
    else { return false }
    let profile = course.setting.profile
    guard profile.limitsConsent else { return true }
    let lanes = course.lanesTouching(step, in: entry)
    if case .connector = consent.kind, let limit = profile.connectorWaivesUpTo {
      guard lanes.allSatisfy({ ($0.days ?? 0) <= limit }) else { return false }
    }
    guard profile.acceptanceNeedsNotice else { return true }
    let day = course.setting.zone.date(of: consent.moment)
    return lanes.allSatisfy { lane in lane.days == nil || lane.given.map { $0.on <= day } == true }
  }

  /// Rule 11: what is pending can be taken back; what binds cannot.
  private mutating func withdraw(_ index: Int) {
    guard let withdrawal = entries[index].version.withdrawal else { return }
    let at = Moment(withdrawal.occasion.happenedAt, in: entries[index].course.setting.zone)
    for step in entries[index].steps.indices {
      if let start = entries[index].steps[step].onset.start, at.hasCome(start) { continue }
      let earlier = entries[index].steps[step].withdrawnAt
      entries[index].steps[step].withdrawnAt = earlier.map { min($0, at.instant) } ?? at.instant
    }
  }

  // MARK: - Opting out

  /// Rule 8: the developer keeps the wording last agreed, through all later versions.
  private mutating func optOut(_ index: Int, _ version: Int) {
    guard !optOuts.isEmpty else { return }
    for step in entries[index].steps.indices {
      let inherited = entries[index].steps[step].predecessor.map { self.step(at: $0).optOuts } ?? []
      let chosen = optOuts.filter { reaches($0, version, step: step, of: entries[index]) }.map(\.stretch)
      entries[index].steps[step].optOuts = (inherited + chosen).uniqued()
    }
    let changes = entries[index].version.changes
    for change in changes.indices where changes[change].kind == .split || changes[change].kind == .merged {
      let steps = entries[index].steps(of: change)
      let all = steps.flatMap { entries[index].steps[$0].optOuts }.uniqued()
      for step in steps { entries[index].steps[step].optOuts = all }
    }
  }

  /// Whether a choice covers a step: an update that it names, made in time, or a clause that a later version adds under it.
  private func reaches(_ choice: OptOut, _ version: Int, step: Int, of entry: Entry) -> Bool {
    let profile = entry.course.setting.profile
    guard let label = entry.labels(of: step).first(where: { choice.selects($0, by: profile) }) else { return false }
    if choice.version == version { return flaw(of: choice, label, entry.steps[step], entry) == nil }
    guard choice.version < version, entry.steps[step].predecessor == nil else { return false }
    return flaws(of: choice).contains { $0 == nil }
  }

  /// What stands against a choice, for each clause of its version that it names; empty where it names none.
  func flaws(of choice: OptOut) -> [OptOut.Flaw?] {
    guard let entry = entry(of: choice.version) else { return [.nothingToKeep] }
    let profile = entry.course.setting.profile
    return entry.steps.indices.compactMap { step in
      let labels = entry.labels(of: step).filter { choice.selector.selects($0) }
      guard let label = labels.first(where: { choice.selects($0, by: profile) }) else {
        return labels.isEmpty ? nil : .some(.notOffered)
      }
      return .some(flaw(of: choice, label, entry.steps[step], entry))
    }
  }

  private func flaw(of choice: OptOut, _ label: ClauseLabel, _ step: ClauseStep, _ entry: Entry) -> OptOut.Flaw? {
    guard let days = OptOut.days(for: label, by: entry.course.setting.profile) else { return .notOffered }
    guard let start = step.onset.start else { return nil }
    let lastDay = start.day.adding(days: days)
    return entry.course.setting.zone.date(of: choice.stretch.from) <= lastDay ? nil : .tooLate(lastDay: lastDay)
  }
}

extension DocumentCourse.Entry {
  /// The labels under which the version's changes name the clause of a step.
  func labels(of step: Int) -> [ClauseLabel] {
    guard let clause = steps[step].clause else {
      return ranges.indices.filter { steps(of: $0).contains(step) }.map { version.changes[$0].label }
    }
    return ranges.indices.filter { steps(of: $0).contains(step) }.map { version.changes[$0].label(of: clause) }
  }
}

extension RuleProfile {
  /// Whether consent may leave some changes of a version as they are.
  fileprivate var limitsConsent: Bool { acceptanceNeedsNotice || connectorWaivesUpTo != nil }
}

extension VersionCourse {
  fileprivate func lanesTouching(_ step: Int, in entry: DocumentCourse.Entry) -> [ChangeCourse] {
    entry.ranges.indices.filter { entry.steps(of: $0).contains(step) }.map { lane(of: $0) }
  }
}

extension Array where Element: Hashable {
  /// The elements, each once, in the order of their first appearance.
  func uniqued() -> [Element] {
    guard count > 1 else { return self }
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
