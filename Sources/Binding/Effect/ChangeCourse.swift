internal import TermsModel

/// When a version's changes of one class take effect for one developer by class, notice and clock alone, followed through
/// what became known: what else holds them back or brings them forward comes after (section 3.1, rules 2, 3, 4 and 11).
struct ChangeCourse {
  /// Where a change's onset stands after the last step, and how it came there.
  private(set) var onset = Onset.never
  private(set) var changeClass: ChangeClass
  /// The notice that started the period, where one did.
  private(set) var given: NoticeStanding.Given?
  /// Why that notice, or none, counts; `nil` where the change takes effect on posting.
  private(set) var reason: NoticeClock.Reason?
  /// What its clock goes by; `nil` where the change takes effect on posting.
  private(set) var terms: NoticeClock.Terms?
  /// The onset before it was held: by a date announced earlier, or by the recording of a correction.
  private(set) var unheld = Onset.never
  /// The latest date that the record ever gave for it.
  private(set) var announced: Onset?
  /// The moment before which a class corrected towards less notice does not bind.
  private(set) var notBefore: Onset?
  /// The corrections of its class, in the order in which they were recorded.
  private(set) var corrections: [Correction] = []

  struct Correction {
    let number: Int
    let to: ChangeClass
    let legalBasis: String?
    let reason: String
    let recordedAt: Instant
  }

  /// The kind of the first of the changes: whether they are editorial.
  let kind: ChangeKind
  private var clock = NoticeClock()

  /// The class as posted, and what else sets the changes apart.
  private let posted: ChangeClass
  private let isEditorial: Bool
  private let corrected: Int?

  /// - Parameters:
  ///   - kind: the kind of the first of the changes.
  ///   - corrected: the number of the change whose class was corrected, which is followed alone.
  init(_ changeClass: ChangeClass, kind: ChangeKind, isEditorial: Bool, corrected: Int?, in setting: VersionSetting) {
    self.changeClass = changeClass
    self.kind = kind
    posted = changeClass
    self.isEditorial = isEditorial
    self.corrected = corrected
    terms = setting.terms(of: changeClass, kind: kind)
  }

  /// The days of the period; `nil` where the change takes effect on posting.
  var days: Int? { terms?.days }

  /// Whether a change goes the same way as these.
  func takes(_ changeClass: ChangeClass, isEditorial: Bool, corrected: Int?) -> Bool {
    posted == changeClass && self.isEditorial == isEditorial && self.corrected == corrected
  }

  /// Holds an onset back as far as the change is held back beyond its own period.
  func held(_ onset: Onset) -> Onset {
    var onset = onset
    if let notBefore { onset = onset.later(of: notBefore) }
    if let announced { onset = onset.later(of: announced) }
    return onset
  }

  /// Takes a step: what is known now, with the corrections that became known since the last step.
  ///
  /// - The record of a date announces it: whatever becomes known later, the date never moves earlier (rule 11).
  /// - A correction towards less notice never binds backwards. One that comes while a date stands leaves the date.
  mutating func advance(
    _ standing: NoticeStanding, address: NoticeClock.Address, corrections new: [Correction], in setting: VersionSetting,
    today: Int
  ) {
    if !new.isEmpty { correct(new, standing, address, setting, today) }
    let reading = Self.reading(by: terms, &clock, standing, address, setting, today)
    (given, reason) = (reading.given, reading.reason)
    unheld = reading.onset.later(of: setting.posted)
    onset = held(unheld)
    if onset.kind == .on { announced = onset }
  }

  private mutating func correct(
    _ new: [Correction], _ standing: NoticeStanding, _ address: NoticeClock.Address, _ setting: VersionSetting,
    _ today: Int
  ) {
    let stood = terms
    for correction in new {
      changeClass = correction.to
      corrections.append(correction)
    }
    terms = setting.terms(of: changeClass, kind: kind)
    // What is only weighed leaves no trace on the clock.
    var (one, other) = (clock, clock)
    let before = Self.reading(by: stood, &one, standing, address, setting, today).onset
    let after = Self.reading(by: terms, &other, standing, address, setting, today).onset
    guard after.isBefore(before), let recorded = new.last?.recordedAt else { return }
    if let date = before.date {
      announced = announced?.later(of: date) ?? date
    } else {
      notBefore = .on(recorded, in: setting.zone)
    }
  }

  private static func reading(
    by terms: NoticeClock.Terms?, _ clock: inout NoticeClock, _ standing: NoticeStanding,
    _ address: NoticeClock.Address, _ setting: VersionSetting, _ today: Int
  ) -> (onset: Onset, given: NoticeStanding.Given?, reason: NoticeClock.Reason?) {
    guard let terms else { return (setting.posted, nil, nil) }
    let reading = clock.reading(standing, address: address, by: terms, today: today)
    return (reading.onset, reading.given, reading.reason)
  }
}

/// The rules that a version's changes go by: those in force when it was posted.
///
/// A class, though it never changes: one answer passes it around often, and it holds much.
final class VersionSetting {
  let version: PostedVersion
  let label: VersionLabel
  let profile: RuleProfile
  let zone: CivilZone
  /// Whether its days are counted in another zone than the document's are now.
  let isForeign: Bool
  /// The moment of posting.
  let posted: Onset

  init(_ version: PostedVersion, of document: Document, zone: CivilZone) {
    self.version = version
    profile = version.settings?.profile ?? document.settings.profile
    label = version.label
    let own = version.settings.flatMap { $0.timeZone == document.settings.timeZone ? nil : $0.zone }
    isForeign = own != nil
    self.zone = own ?? zone
    posted = .on(version.posting.happenedAt, in: self.zone)
  }

  var postedOn: CalendarDate { posted.day }

  /// The same moment with the date that calendars show where the version's days are counted.
  func moment(_ moment: Moment) -> Moment { isForeign ? Moment(moment.instant, in: zone) : moment }

  /// The days of notice for such a change; `nil` where it takes effect on posting.
  func days(of changeClass: ChangeClass, kind: ChangeKind) -> Int? {
    switch profile.timing(of: changeClass, kind: kind) {
    case .onPosting: nil
    case .afterNotice(let days): max(days, version.adaptation?.days ?? 0)
    }
  }

  /// What the clock goes by for such a change; `nil` where it takes effect on posting.
  func terms(of changeClass: ChangeClass, kind: ChangeKind) -> NoticeClock.Terms? {
    days(of: changeClass, kind: kind).map {
      NoticeClock.Terms(
        clock: profile.clock, dayCount: profile.dayCount, postingIsNotice: profile.postingIsNotice, days: $0,
        demanded: profile.demandedEvidence(for: changeClass), postedOn: posted.dayNumber, zone: zone)
    }
  }
}
