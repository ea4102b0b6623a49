import TermsModel

// The words in which the reference model speaks. They are its own, so that it shares nothing with what it is compared with.

/// From when on something binds.
enum PlainStart: Hashable {
  case at(Instant)
  /// The notice is still to be given; given on the day in question, it would bring the date.
  case waiting(earliest: CalendarDate)
  /// No notice was given, and none can be.
  case never

  func isEarlier(than other: PlainStart) -> Bool {
    switch (self, other) {
    case (.at(let one), .at(let two)): one < two
    case (.at, .waiting), (.at, .never), (.waiting, .never): true
    case (.waiting, .at), (.waiting, .waiting), (.never, _): false
    }
  }

  func hasCome(by moment: Instant) -> Bool {
    if case .at(let start) = self { start <= moment } else { false }
  }
}

/// A notice that counts as given.
struct PlainNotice: Hashable {
  let channel: NoticeChannel
  let on: CalendarDate
  let evidence: EvidenceLevel
  let witness: String
}

/// Where a change stands.
enum PlainState: Hashable, CustomStringConvertible {
  case withdrawn, optedOut
  case inForce(CalendarDate), pending(CalendarDate), waiting(CalendarDate)
  case notBound

  private var weight: Int {
    switch self {
    case .withdrawn: 0
    case .optedOut: 1
    case .inForce: 2
    case .pending: 3
    case .waiting: 4
    case .notBound: 5
    }
  }

  var day: CalendarDate? {
    switch self {
    case .inForce(let day), .pending(let day), .waiting(let day): day
    case .withdrawn, .optedOut, .notBound: nil
    }
  }

  var isInForce: Bool {
    if case .inForce = self { true } else { false }
  }

  /// Several clauses taken together: the one that is furthest from binding decides.
  static func together(_ states: [PlainState]) -> PlainState {
    guard let worst = states.max(by: { $0.weight < $1.weight }) else { return .withdrawn }
    let last = states.compactMap(\.day).max()
    switch (worst, last) {
    case (.inForce, let day?): return .inForce(day)
    case (.pending, let day?): return .pending(day)
    case (.waiting, let day?): return .waiting(day)
    default: return worst
    }
  }

  var description: String {
    switch self {
    case .withdrawn: "withdrawn"
    case .optedOut: "opted-out"
    case .inForce(let day): "in-force \(day)"
    case .pending(let day): "pending \(day)"
    case .waiting(let day): "awaiting-notice \(day)"
    case .notBound: "not-bound"
    }
  }
}

/// An answer, reduced to what it says.
struct PlainAnswer: Hashable {
  struct Version: Hashable {
    let label: VersionLabel
    let postedOn: CalendarDate
    let inForce: String
    let notice: PlainNotice?
    /// By change: its class and where it stands.
    let changes: [String]
  }

  var bound = false
  var version: VersionLabel?
  var entity: String?
  var surviving: [String]?
  var versions: [Version] = []
  var incorporated: [String] = []
}

/// The words of a clause that bind.
struct PlainWords: Hashable {
  let source: String
  let version: VersionLabel
  let changeClass: ChangeClass?
  let since: CalendarDate
}

extension CivilZone {
  /// The day after another, by leafing through the calendar.
  private static func next(_ day: CalendarDate) -> CalendarDate {
    CalendarDate(year: day.year, month: day.month, day: day.day + 1)
      ?? CalendarDate(year: day.year, month: day.month + 1, day: 1)
      ?? CalendarDate(year: day.year + 1, month: 1, day: 1) ?? day
  }

  /// The day on which a period ends: the first day is left out and so many are counted, or so many lie between.
  static func day(_ days: Int, after first: CalendarDate, _ count: RuleProfile.DayCount = .civil) -> CalendarDate {
    var day = first
    for _ in 0..<days { day = next(day) }
    return count == .fullDays ? next(day) : day
  }
}
