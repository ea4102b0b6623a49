internal import TermsModel

/// When a version's changes of one class take effect for one developer by class, notice and clock alone, followed through
/// what became known: what else holds them back or brings them forward comes after (section 3.1, rules 2, 3, 4 and 11).
struct ChangeCourse {
  /// Where a change's onset stands after the last step, and how it came there.
  private(set) var onset: Onset
  private(set) var changeClass: ChangeClass
  /// The notice that started the period, where one did.
  private(set) var given: NoticeStanding.Given?
  /// Why that notice, or none, counts; `nil` where the change takes effect on posting.
  private(set) var reason: NoticeClock.Reason?
  /// The days of the period; `nil` where the change takes effect on posting.
  private(set) var days: Int?
  /// The onset before it was held: by a date announced earlier, or by the recording of a correction.
  private(set) var unheld: Onset
  /// The latest date that the record ever gave for it.
  private(set) var announced: Onset.Start?
  /// The corrections of its class, in the order in which they were recorded.
  private(set) var corrections: [Correction] = []

  struct Correction {
    let number: Int
    let to: ChangeClass
    let legalBasis: String?
    let reason: String
    let recordedAt: Instant
  }

  private let kind: ChangeKind
  private let version: VersionSetting
  private var clocks: [EvidenceLevel: NoticeClock] = [:]
  /// The moment before which a class corrected towards less notice does not bind.
  private(set) var notBefore: Onset.Start?

  init(_ changeClass: ChangeClass, kind: ChangeKind, in version: VersionSetting) {
    self.changeClass = changeClass
    self.kind = kind
    self.version = version
    onset = .never
    unheld = .never
  }

  /// What holds the change back beyond its own period.
  var holds: [Onset.Start] {
    if notBefore == nil, announced == nil { return [] }
    return [notBefore, announced].compactMap { $0 }
  }

  /// Takes a step: what is known now, with the corrections that became known since the last step.
  mutating func advance(
    _ standing: NoticeStanding, address: NoticeClock.Address, corrections new: [Correction], today: CalendarDate
  ) {
    let stood = changeClass
    for correction in new {
      changeClass = correction.to
      corrections.append(correction)
    }
    if changeClass != stood {
      // What the class before would have come to by now: a correction towards less notice never binds backwards.
      let before = reading(of: stood, standing, address, today).onset
      let after = reading(of: changeClass, standing, address, today).onset
      if after.isBefore(before), let recorded = new.last?.recordedAt {
        if let start = before.start {
          announced = announced?.later(of: start) ?? start
        } else {
          notBefore = Onset.Start(day: version.zone.date(of: recorded), moment: recorded)
        }
      }
    }
    let reading = reading(of: changeClass, standing, address, today)
    (given, reason, days) = (reading.given, reading.reason, version.days(of: changeClass, kind: kind))
    unheld = reading.onset.later(of: .on(version.start))
    onset = unheld
    for hold in holds { onset = onset.later(of: .on(hold)) }
    if let start = onset.start { announced = start }
  }

  private mutating func reading(
    of changeClass: ChangeClass, _ standing: NoticeStanding, _ address: NoticeClock.Address, _ today: CalendarDate
  ) -> (onset: Onset, given: NoticeStanding.Given?, reason: NoticeClock.Reason?) {
    guard let days = version.days(of: changeClass, kind: kind) else { return (.on(version.start), nil, nil) }
    let demanded = version.profile.demandedEvidence(for: changeClass)
    var clock =
      clocks[demanded] ?? NoticeClock(profile: version.profile, postedOn: version.start.day, demanded: demanded)
    let reading = clock.reading(standing, address: address, days: days, today: today)
    clocks[demanded] = clock
    return (reading.onset, reading.given, reading.reason)
  }
}

/// The rules that a version's changes go by: those in force when it was posted.
struct VersionSetting {
  let version: PostedVersion
  let profile: RuleProfile
  let zone: CivilZone
  /// The moment of posting and its date in the document's zone.
  let start: Onset.Start

  init(_ version: PostedVersion, of document: Document, zone: CivilZone) {
    self.version = version
    profile = version.settings?.profile ?? document.settings.profile
    self.zone = version.settings?.zone ?? zone
    start = Onset.Start(day: self.zone.date(of: version.posting.happenedAt), moment: version.posting.happenedAt)
  }

  /// The days of notice for such a change; `nil` where it takes effect on posting.
  func days(of changeClass: ChangeClass, kind: ChangeKind) -> Int? {
    switch profile.timing(of: changeClass, kind: kind) {
    case .onPosting: nil
    case .afterNotice(let days): max(days, version.adaptation?.days ?? 0)
    }
  }
}
