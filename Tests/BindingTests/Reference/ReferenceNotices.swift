import TermsModel

/// Rules 1 to 4 and 11, for one change of one version: from when on it binds by its class, its notice and its clock.
struct ReferenceNotices {
  struct Result {
    /// As far as the change goes alone.
    var start = PlainStart.never
    var notice: PlainNotice?
    var changeClass: ChangeClass
    /// The days of its period; `nil` where it takes effect on posting.
    var days: Int?
  }

  let model: ReferenceModel
  let version: PostedVersion
  let change: PostedChange
  /// From when on the record showed dates to this developer.
  let since: Instant

  private let profile: RuleProfile
  private let zone: CivilZone
  private let posted: Instant
  private let steps: [Fact<NoticeStep>]

  init(model: ReferenceModel, version: PostedVersion, change: PostedChange, since: Instant) {
    (self.model, self.version, self.change, self.since) = (model, version, change, since)
    profile = model.settings(of: version).profile
    zone = model.zone(of: version)
    posted = version.posting.happenedAt
    steps = model.facts.notices.filter { $0.value.version == version.label }
  }

  // MARK: The record as it grew

  func result() -> Result {
    var moments = [since]
    moments += steps.map(\.occasion.recordedAt)
    moments += model.facts.hasAddress.map(\.occasion.recordedAt)
    moments += version.events.map(\.occasion.recordedAt)

    var result = Result(changeClass: change.changeClass)
    var clerk = Clerk()
    var notBefore: Instant?
    var announced: Instant?
    var before: Instant?
    for moment in Set(moments).sorted() where moment >= since {
      let corrections = version.events.filter { event in
        guard case .reclassified(change.number, _, _, _) = event.value else { return false }
        return event.occasion.recordedAt <= moment && before.map { $0 < event.occasion.recordedAt } ?? true
      }
      if let last = corrections.last, case .reclassified(_, let changeClass, _, _) = last.value {
        // Towards less notice: never before it was recorded, and never before a date that stood.
        let old = read(result.changeClass, moment, clerk).start
        let new = read(changeClass, moment, clerk).start
        if new.isEarlier(than: old) {
          if case .at(let date) = old {
            announced = max(announced ?? date, date)
          } else {
            notBefore = last.occasion.recordedAt
          }
        }
        result.changeClass = changeClass
      }
      let reading = read(result.changeClass, moment, clerk)
      clerk = reading.clerk
      (result.notice, result.days) = (reading.notice, reading.days)
      result.start = held(reading.start, [posted, notBefore, announced])
      // Once announced, a date never moves earlier.
      if case .at(let date) = result.start { announced = date }
      before = moment
    }
    if let assumed = model.assumed, let days = result.days, case .waiting = result.start {
      let given = max(assumed, zone.date(of: posted))
      result.start = held(.at(zone.firstMoment(of: day(days, after: given))), [posted, notBefore, announced])
    }
    return result
  }

  private func held(_ start: PlainStart, _ moments: [Instant?]) -> PlainStart {
    var start = start
    for moment in moments.compactMap({ $0 }) {
      switch start {
      case .at(let date): start = .at(max(date, moment))
      case .waiting(let earliest): start = .waiting(earliest: max(earliest, zone.date(of: moment)))
      case .never: break
      }
    }
    return start
  }

  private func day(_ days: Int, after first: CalendarDate) -> CalendarDate {
    CivilZone.day(days, after: first, profile.dayCount)
  }

  // MARK: Rules 2 and 3

  /// What is remembered from one moment of the record to the next: that the posting serves because every notice failed, and
  /// whether its period ran out before another notice came, so that nothing is taken back any more.
  struct Clerk {
    /// The day on which the last failure was recorded.
    var failedOn: CalendarDate?
    /// The date on which the posting's period ran out.
    var ranOut: CalendarDate?
  }

  private func read(_ changeClass: ChangeClass, _ moment: Instant, _ clerk: Clerk) -> (
    start: PlainStart, notice: PlainNotice?, days: Int?, clerk: Clerk
  ) {
    guard case .afterNotice(let usual) = profile.timing(of: changeClass, kind: change.kind) else {
      return (.at(posted), nil, nil, clerk)
    }
    let days = max(usual, version.adaptation?.days ?? 0)
    var clerk = clerk
    let postedOn = zone.date(of: posted)
    let posting = PlainNotice(channel: .posting, on: postedOn, evidence: .posted, witness: "the posting")
    func begin(_ notice: PlainNotice, _ notBefore: CalendarDate? = nil) -> PlainStart {
      .at(zone.firstMoment(of: max(day(days, after: notice.on), notBefore ?? postedOn)))
    }
    func result(_ start: PlainStart, _ notice: PlainNotice?) -> (PlainStart, PlainNotice?, Int?, Clerk) {
      (start, notice, days, clerk)
    }

    let told = given(at: moment, demanding: profile.evidence[changeClass] ?? .accepted)
    if profile.postingIsNotice {
      if profile.clock == .posting { return result(begin(posting), posting) }
      if profile.clock == .earliest {
        let first = ([posting] + told).min { $0.on < $1.on } ?? posting
        return result(begin(first), first)
      }
    }
    if let ranOut = clerk.ranOut { return result(begin(posting, ranOut), posting) }

    let notices = notices(at: moment)
    let hasAllFailed = !notices.isEmpty && notices.allSatisfy { failure($0) != nil }
    guard profile.postingIsNotice else {
      if let first = told.first { return result(begin(chosen(told, days) ?? first), chosen(told, days)) }
      let hasNone = notices.isEmpty && !addressServes(at: moment).isEmpty
      if hasAllFailed || hasNone { return result(.never, nil) }
      return result(.waiting(earliest: day(days, after: zone.date(of: model.at))), nil)
    }

    if hasAllFailed, clerk.failedOn == nil {
      clerk.failedOn = notices.compactMap { failure($0)?.occasion.recordedAt }.max().map { zone.date(of: $0) }
    }
    // The days before which the posting does not bind, for each reason for which it serves.
    let services: [CalendarDate?] = addressServes(at: moment) + (clerk.failedOn.map { [$0] } ?? [])
    let service = services.map { max(day(days, after: postedOn), $0 ?? postedOn) }.min()
    let live = notices.filter { failure($0) == nil }.flatMap { standing($0) }.map {
      zone.date(of: $0.occasion.happenedAt)
    }
    if let first = told.first {
      if let service, service <= first.on {
        clerk.ranOut = service
        return result(begin(posting, service), posting)
      }
      clerk.failedOn = nil
      let last = chosen(told, days) ?? first
      return result(begin(last), last)
    }
    if let failedOn = clerk.failedOn, !hasAllFailed, let again = live.min() {
      // Another try is under way.
      if max(day(days, after: postedOn), failedOn) <= again {
        clerk.ranOut = service
        return result(begin(posting, service), posting)
      }
      clerk.failedOn = nil
      guard let address = addressServes(at: moment).first else {
        return result(.waiting(earliest: day(days, after: zone.date(of: model.at))), nil)
      }
      return result(begin(posting, address), posting)
    }
    if let service { return result(begin(posting, service), posting) }
    return result(.waiting(earliest: day(days, after: zone.date(of: model.at))), nil)
  }

  /// Of the notices given, the one that the clock goes by.
  private func chosen(_ told: [PlainNotice], _ days: Int) -> PlainNotice? {
    guard profile.clock == .latest, var last = told.first else { return told.first }
    var all = told
    let postedOn = zone.date(of: posted)
    if profile.postingIsNotice, last.on < postedOn {
      all.append(PlainNotice(channel: .posting, on: postedOn, evidence: .posted, witness: "the posting"))
      all.sort { ($0.on, $1.evidence) < ($1.on, $0.evidence) }
    }
    for next in all.dropFirst() where next.on < day(days, after: last.on) { last = next }
    return last
  }

  /// Why the posting serves somebody without an address: at the posting, or since a loss was recorded. Empty for others.
  private func addressServes(at moment: Instant) -> [CalendarDate?] {
    let known = model.facts.hasAddress.filter { $0.occasion.recordedAt <= moment }.sorted {
      ($0.occasion.happenedAt, $0.occasion.sequence) < ($1.occasion.happenedAt, $1.occasion.sequence)
    }
    guard known.last(where: { $0.occasion.happenedAt <= posted })?.value == true else { return [nil] }
    let loss = known.first { $0.occasion.happenedAt > posted && !$0.value }
    return loss.map { [zone.date(of: $0.occasion.recordedAt)] } ?? []
  }

  // MARK: Rule 4

  /// The notices on record at a moment, each with its steps in the order in which they were recorded.
  private func notices(at moment: Instant) -> [[Fact<NoticeStep>]] {
    var all: [[Fact<NoticeStep>]] = []
    for step in steps where step.occasion.recordedAt <= moment {
      let place = all.firstIndex {
        $0[0].value.channel == step.value.channel && $0[0].value.message == step.value.message
      }
      if let place { all[place].append(step) } else { all.append([step]) }
    }
    return all
  }

  private func isFailure(_ step: Fact<NoticeStep>) -> Bool {
    if case .failed = step.value.event { true } else { false }
  }

  /// Whether a courier was sent with it: it is given on that date, and no failure changes that.
  private func isGivenBySending(_ notice: [Fact<NoticeStep>]) -> Bool {
    notice.contains { $0.value.channel == .courier && $0.value.event == .sent }
  }

  /// The failure that nothing followed: the report of it that was recorded first.
  private func failure(_ notice: [Fact<NoticeStep>]) -> Fact<NoticeStep>? {
    if isGivenBySending(notice) { return nil }
    let tries = notice.filter { !isFailure($0) }
    return notice.first { step in
      isFailure(step) && tries.allSatisfy { $0.occasion.happenedAt <= step.occasion.happenedAt }
    }
  }

  /// The steps that no failure withdrew.
  private func standing(_ notice: [Fact<NoticeStep>]) -> [Fact<NoticeStep>] {
    let failures = isGivenBySending(notice) ? [] : notice.filter(isFailure)
    return notice.filter { step in
      !isFailure(step) && failures.allSatisfy { $0.occasion.happenedAt < step.occasion.happenedAt }
    }
  }

  /// The notices that count as given, the first one first; of two on one day the better proved.
  private func given(at moment: Instant, demanding level: EvidenceLevel) -> [PlainNotice] {
    var all: [PlainNotice] = []
    for notice in notices(at: moment) where failure(notice) == nil {
      let steps = standing(notice)
      let sent = steps.filter { $0.value.event == .sent }
      func received(from low: EvidenceLevel) -> [Fact<NoticeStep>] {
        steps.filter { if case .received(let level, _) = $0.value.event { level >= low } else { false } }
      }
      let ways: [[Fact<NoticeStep>]] =
        switch notice[0].value.channel {
        case .courier: [sent, received(from: .posted)]
        case .email:
          [received(from: max(.delivered, level)), received(from: level), level <= .sent ? sent : []]
        case .posting: []
        }
      guard let way = ways.first(where: { !$0.isEmpty }) else { continue }
      // The first day; of several steps of that day the one recorded first.
      var first = way[0]
      for step in way where zone.date(of: step.occasion.happenedAt) < zone.date(of: first.occasion.happenedAt) {
        first = step
      }
      all.append(plain(first))
    }
    return all.enumerated().sorted { one, two in
      if one.element.on != two.element.on { return one.element.on < two.element.on }
      if one.element.evidence != two.element.evidence { return one.element.evidence > two.element.evidence }
      return one.offset < two.offset
    }.map(\.element)
  }

  private func plain(_ step: Fact<NoticeStep>) -> PlainNotice {
    let on = zone.date(of: step.occasion.happenedAt)
    switch step.value.event {
    case .received(let level, let witness):
      return PlainNotice(channel: step.value.channel, on: on, evidence: level, witness: witness)
    case .sent, .failed:
      return PlainNotice(
        channel: step.value.channel, on: on, evidence: .sent,
        witness: step.value.channel == .courier ? "the courier" : "the sender")
    }
  }

  /// The notice shown where no period runs: the first one to this developer, else the posting.
  func noticeWithoutPeriod() -> PlainNotice? {
    if let first = given(at: model.known, demanding: .accepted).first { return first }
    guard profile.postingIsNotice else { return nil }
    return PlainNotice(channel: .posting, on: zone.date(of: posted), evidence: .posted, witness: "the posting")
  }
}
