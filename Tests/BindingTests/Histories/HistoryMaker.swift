import TermsModel

@testable import Binding

/// Makes histories by lot: versions, classes, notices, bounces, late facts, acceptances, declines, choices to opt out,
/// withdrawals, postponements, corrections, endings, moves. The same seed makes the same history.
struct HistoryMaker {
  private var lot: SeededGenerator
  private let seed: Int
  private var document: Document
  private var zone: CivilZone
  private var postings: [History.Posting] = []
  private var entries: [History.Recorded] = []
  private var texts: [VersionLabel: PostedText] = [:]
  /// The first day of the history.
  private let start: CalendarDate
  private static let length = 150

  /// Histories over both clock changes, over a leap day, and over the turn of a year.
  private static let starts: [CalendarDate] = ["2025-09-20", "2025-12-01", "2027-12-15", "2026-02-01"]
  private static let zones = [
    "America/Los_Angeles", "America/Los_Angeles", "Europe/Dublin", "Asia/Tokyo", "Asia/Beirut", "America/St_Johns",
    "Pacific/Kiritimati",
  ]

  private init(seed: Int) {
    lot = SeededGenerator(seed: seed)
    self.seed = seed
    start = lot.one(of: Self.starts)
    let profile = Self.profile(&lot)
    document = Document(
      slug: "connector-terms", title: "Connector terms",
      settings: DocumentSettings(profile: profile, timeZone: lot.one(of: Self.zones)))
    zone = document.settings.zone
    document.settings.entities = [
      .init(name: "Example Ireland Ltd.", regions: ["EEA"]), .init(name: "Example GmbH", regions: ["CH"]),
      .init(name: "Example, Inc.", regions: []),
    ]
    if lot.once(in: 3) { document.settings.entities.removeLast() }
  }

  static func history(_ seed: Int) -> History {
    var maker = HistoryMaker(seed: seed)
    maker.post()
    maker.live()
    maker.give()
    maker.mistake()
    var other:
      (
        document: Document, postings: [History.Posting], entries: [History.Recorded], texts: [VersionLabel: PostedText]
      )?
    if maker.lot.once(in: 8) { other = maker.other() }
    var history = History(
      seed: seed, document: maker.document, postings: maker.postings, entries: maker.entries, texts: maker.texts,
      other: other)
    history.questions = maker.questions(of: history)
    return history
  }

  // MARK: Settings

  private static func profile(_ lot: inout SeededGenerator) -> RuleProfile {
    var profile = lot.one(of: [
      RuleProfile.connectors7a, .connectors7a, .connectors7a, .euP2B3, .euP2B3, .notice30Days, .postingOnly,
    ])
    if lot.once(in: 3) { profile.clock = lot.one(of: RuleProfile.Clock.allCases) }
    if lot.once(in: 5) { profile.dayCount = lot.one(of: RuleProfile.DayCount.allCases) }
    if lot.once(in: 4) { profile.granularity = lot.one(of: RuleProfile.Granularity.allCases) }
    if lot.once(in: 5) { profile.material = .afterNotice(days: lot.one(of: [1, 7, 15, 30])) }
    if lot.once(in: 6) { profile.other = .afterNotice(days: lot.one(of: [3, 15])) }
    if lot.once(in: 5) { profile.evidence[.material] = lot.one(of: EvidenceLevel.allCases.filter { $0 >= .sent }) }
    if lot.once(in: 8) { profile.postingIsNotice = false }
    if lot.once(in: 8) { profile.acceptanceNeedsNotice = true }
    if lot.once(in: 8) { profile.endingNoticeDays = lot.one(of: [0, 7, 60]) }
    if lot.once(in: 2) {
      profile.optOut = [.init(clauses: ["9"], days: 30)]
      if lot.once(in: 2) { profile.optOut.append(.init(clauses: ["2", "9(b)"], days: lot.one(of: [0, 10, 45]))) }
    }
    profile.survival = ["2", "5-7"]
    return profile
  }

  // MARK: Moments

  private mutating func moment(from first: Int = 0, to last: Int = length) -> Instant {
    let day = start.adding(days: lot.number(first...max(first, last)))
    let midnight = zone.firstMoment(of: day)
    switch lot.number(0...5) {
    case 0: return midnight
    case 1: return Instant(milliseconds: midnight.milliseconds - 1)
    case 2: return midnight.adding(seconds: 43_200)
    default: return midnight.adding(seconds: Int64(lot.number(1...86_399)))
    }
  }

  /// A moment soon after another.
  private mutating func moment(after other: Instant, days: Int) -> Instant {
    let seconds = lot.once(in: 4) ? lot.number(1...7_200) : lot.number(1...max(1, days * 86_400))
    return other.adding(seconds: Int64(seconds))
  }

  /// Mostly recorded as it happened, at times later.
  private mutating func record(_ entry: History.Entry, _ happened: Instant, notBefore: Instant? = nil) {
    let late = lot.once(in: 5) ? moment(after: happened, days: 40) : happened
    let recorded = notBefore.map { max($0, late) } ?? late
    entries.append(.init(happenedAt: happened, recordedAt: recorded, entry: entry))
  }

  // MARK: Versions

  private mutating func post() {
    var moments: Set<Instant> = []
    for _ in 0...lot.number(1...5) { moments.insert(moment()) }
    if lot.once(in: 2) { moments.insert(zone.firstMoment(of: start.adding(days: -40))) }
    var next = 10
    for (index, happened) in moments.sorted().enumerated() {
      let label = VersionLabel(stringLiteral: "v\(index + 1)")
      // Versions are recorded in the order of posting, at times late.
      let late = lot.once(in: 12) ? moment(after: happened, days: 20) : happened
      let recorded = postings.last.map { max($0.recordedAt, late) } ?? late
      var posting = History.Posting(label: label, happenedAt: happened, recordedAt: recorded)
      if index > 0, lot.once(in: 10) { posting.settings = otherSettings() }
      if index > 0, lot.once(in: 8) { posting.adaptation = AdaptationPeriod(days: 30, reason: "a new protocol") }
      if let clauses = standing(at: recorded) {
        var draft = DraftMaker(clauses: clauses, label: label, next: next)
        for number in 0..<lot.number(0...4) { draft.change(number: number + 1, &lot) }
        (posting.changes, next) = (draft.changes, draft.next)
        texts[label] = PostedText(version: label, clauses: draft.clauses)
      } else {
        texts[label] = PostedText(version: label, clauses: DraftMaker.first(label, index))
      }
      postings.append(posting)
      if lot.once(in: index == 0 ? 30 : 6) {
        let moment = moment(after: happened, days: lot.once(in: 2) ? 30 : 80)
        let kept = Set(posting.changes.map(\.number).filter { _ in lot.once(in: 2) })
        record(.event(label, .withdrawn(reason: "wrong file", keeping: kept)), moment, notBefore: recorded)
      }
    }
  }

  /// The clauses of the text that a version is compared with which is recorded at a moment; `nil` where none stands then.
  private func standing(at recorded: Instant) -> [PostedText.Clause]? {
    let known = entries.filter { $0.recordedAt < recorded }
    let versions = History(seed: seed, document: document, postings: postings, entries: known).made.versions
    return try? standingText(
      document: document, versions: versions, texts: Array(texts.values), at: recorded)?.text.clauses
  }

  private mutating func otherSettings() -> DocumentSettings {
    var settings = document.settings
    if lot.once(in: 2) { settings.profile = Self.profile(&lot) }
    if lot.once(in: 2) { settings.timeZone = lot.one(of: Self.zones) }
    return settings
  }

  private mutating func mistake() {
    for posting in postings.dropFirst() {
      if lot.once(in: 5) {
        for _ in 0...lot.number(0...1) {
          let moment = moment(after: posting.happenedAt, days: 30)
          let until = zone.date(of: moment).adding(days: lot.number(-5...40))
          record(
            .event(posting.label, .postponed(until: until, reason: "more time")), moment, notBefore: posting.recordedAt)
        }
      }
      guard !posting.changes.isEmpty, lot.once(in: 4) else { continue }
      for _ in 0...lot.number(0...1) {
        let to = lot.one(of: ChangeClass.allCases)
        let event = VersionEvent.reclassified(
          change: lot.one(of: posting.changes).number, to: to,
          legalBasis: to == .legalRequired ? "a law" : nil, reason: "a slip")
        record(.event(posting.label, event), moment(after: posting.happenedAt, days: 30), notBefore: posting.recordedAt)
      }
    }
  }

  // MARK: The developer

  private mutating func live() {
    let registered = zone.firstMoment(of: start.adding(days: -30))
    if !lot.once(in: 10) { record(.region(lot.one(of: ["US", "EEA"])), registered) }
    if !lot.once(in: 6) { record(.address(true), registered) }
    while lot.once(in: 3) { record(.region(lot.one(of: ["US", "EEA", "CH"])), moment()) }
    while lot.once(in: 4) { record(.address(lot.once(in: 2)), moment()) }
    let joined = lot.once(in: 3) ? moment(to: 90) : moment(to: 10)
    record(.act(lot.once(in: 4) ? .agreed : .connectorAdded("weather")), joined)
    for _ in 0..<lot.number(0...4) { record(.act(act()), moment(after: joined, days: Self.length)) }
  }

  private mutating func act() -> AgreementAct {
    let version = lot.one(of: postings).label
    return switch lot.number(0...13) {
    case 0: .connectorAdded(lot.one(of: ["weather", "trains"]))
    case 1, 2: .connectorRemoved(lot.one(of: ["weather", "weather", "trains"]))
    case 3: .agreed
    case 4, 5, 6: .accepted(version)
    case 7: .declined(version)
    case 8, 9, 10, 11: .optedOut(version, lot.one(of: ["9", "9(a)", "2", "5", "9(b)"]))
    default:
      .terminated(by: lot.one(of: Party.allCases), immediate: lot.once(in: 3), reason: nil)
    }
  }

  /// The notices of every version: some with none, some with several.
  private mutating func give() {
    for posting in postings.dropFirst() where !lot.once(in: 5) {
      for number in 0...(lot.once(in: 3) ? lot.number(0...2) : 0) {
        let message: String? = lot.once(in: 4) ? nil : "m\(number)"
        let channel: NoticeChannel = lot.once(in: 5) ? .courier : .email
        var at = moment(after: posting.happenedAt, days: lot.once(in: 3) ? 40 : 3)
        if lot.once(in: 25) { at = posting.happenedAt.adding(seconds: Int64(-lot.number(1...20) * 86_400)) }
        func step(_ event: NoticeStep.Event) -> History.Entry {
          .notice(NoticeStep(version: posting.label, channel: channel, event: event, message: message))
        }
        if lot.once(in: 2) || channel == .courier { record(step(.sent), at) }
        let fate = lot.number(0...9)
        at = moment(after: at, days: 2)
        if fate < 7 { record(step(.received(.accepted, by: "mx.example")), at) }
        if fate < 2 { record(step(.received(.delivered, by: "a report")), moment(after: at, days: 2)) }
        if fate == 2 { record(step(.received(.displayed, by: "the console")), moment(after: at, days: 20)) }
        if fate == 3 { record(step(.received(.expresslyAccepted, by: "a person")), moment(after: at, days: 20)) }
        if fate >= 4, fate != 5 { record(step(.failed(reason: "550 no such user")), moment(after: at, days: 5)) }
        if fate == 9 { record(step(.received(.accepted, by: "mx2.example")), moment(after: at, days: 30)) }
      }
    }
  }

  // MARK: Another document

  private mutating func other() -> (
    document: Document, postings: [History.Posting], entries: [History.Recorded], texts: [VersionLabel: PostedText]
  ) {
    var maker = HistoryMaker(seed: seed &+ 1_000_000_007)
    maker.document = Document(slug: "service-terms", title: "Service terms", settings: maker.document.settings)
    maker.post()
    maker.give()
    if lot.once(in: 3) { maker.live() }
    let pinned: VersionLabel? = lot.once(in: 3) ? maker.postings[0].label : nil
    document.settings.incorporated = [.init(document: "service-terms", pinned: pinned)]
    if lot.once(in: 4) { document.settings.incorporated.append(.init(document: "privacy-terms", pinned: nil)) }
    return (maker.document, maker.postings, maker.entries, maker.texts)
  }

  // MARK: Questions

  /// Moments by lot, and the moments around those at which something happens.
  private mutating func questions(of history: History) -> [BindingQuestion] {
    let made = history.made
    let end = moment(from: Self.length + 40, to: Self.length + 80)
    var moments = entries.map(\.happenedAt) + postings.map(\.happenedAt)
    let last = history.answer(BindingQuestion(at: end, knownAt: end), made)
    for version in last.versions {
      moments += version.changes.compactMap { $0.state.day.map { zone.firstMoment(of: $0) } }
    }
    var questions = [BindingQuestion(at: end, knownAt: end)]
    for _ in 0..<5 {
      var at = lot.once(in: 3) ? moment(from: -5, to: Self.length + 20) : lot.one(of: moments)
      if lot.once(in: 3) { at = Instant(milliseconds: at.milliseconds + Int64(lot.number(-1...1))) }
      var known = end
      if lot.once(in: 3) { known = lot.once(in: 2) ? at : lot.one(of: entries).recordedAt }
      let assumed = lot.once(in: 6) ? start.adding(days: lot.number(0...Self.length)) : nil
      questions.append(BindingQuestion(at: at, knownAt: known, assumeGiven: assumed))
    }
    return questions
  }
}
