package import TermsModel

/// When a change takes effect for one developer, as far as the record says.
///
/// Kept small, days as numbers: one answer weighs hundreds of them.
package struct Onset: Hashable, Sendable {
  package enum Kind: UInt8, Hashable, Sendable {
    /// On a date, from its first moment or from another one.
    case on
    /// The notice that starts the period is still to be given; the date is the one it would take if the notice were given
    /// on the day in question.
    case awaitingNotice
    /// No notice was given, and none that still could be would be one (Regulation (EU) 2019/1150, article 3(3)).
    case never
  }

  package let kind: Kind
  private let number: Int32
  /// Milliseconds since 1970; the least number for the first moment of the day.
  private let milliseconds: Int64

  private init(_ kind: Kind, _ number: Int32, _ milliseconds: Int64 = .min) {
    self.kind = kind
    self.number = number
    self.milliseconds = milliseconds
  }

  /// On a date, from its first moment.
  package static func on(_ day: CalendarDate) -> Onset { Onset(.on, Int32(day.dayNumber)) }
  /// From a moment on.
  static func on(_ moment: Instant, in zone: CivilZone) -> Onset {
    Onset(.on, Int32(zone.dayNumber(of: moment)), moment.milliseconds)
  }
  static func on(dayNumber: Int) -> Onset { Onset(.on, Int32(dayNumber)) }
  static func awaitingNotice(earliest dayNumber: Int) -> Onset { Onset(.awaitingNotice, Int32(dayNumber)) }
  static let never = Onset(.never, .max)

  /// The date, or the earliest one that it could be.
  ///
  /// - Precondition: not ``Kind/never``.
  package var day: CalendarDate { CalendarDate(dayNumber: Int(number)) }
  var dayNumber: Int { Int(number) }
  /// The moment from which on it is in force, where that is not the first one of the day.
  package var moment: Instant? { milliseconds == .min ? nil : Instant(milliseconds: milliseconds) }
  /// Itself where it is a date.
  var date: Onset? { kind == .on ? self : nil }

  /// The later of two: waiting for a notice outlasts any date, and never outlasts both.
  func later(of other: Onset) -> Onset {
    switch (kind, other.kind) {
    case (.never, _), (_, .never): .never
    case (.on, .on): isBefore(other) ? other : self
    case (.awaitingNotice, _), (_, .awaitingNotice): Onset(.awaitingNotice, max(number, other.number))
    }
  }

  /// Whether it comes first; of two that wait for a notice neither does.
  func isBefore(_ other: Onset) -> Bool {
    guard kind == .on, other.kind == .on else { return kind.rawValue < other.kind.rawValue }
    return number == other.number ? milliseconds < other.milliseconds : number < other.number
  }
}

/// The moment that a question is about, with the date that calendars in the document's zone show.
struct Moment {
  let instant: Instant
  let dayNumber: Int
  let zone: CivilZone

  init(_ instant: Instant, in zone: CivilZone) {
    self.instant = instant
    self.zone = zone
    dayNumber = zone.dayNumber(of: instant)
  }

  var day: CalendarDate { CalendarDate(dayNumber: dayNumber) }

  /// Whether something with this onset is in force.
  func hasCome(_ onset: Onset) -> Bool {
    guard onset.kind == .on else { return false }
    if let moment = onset.moment { return moment <= instant }
    if onset.dayNumber <= dayNumber { return true }
    // Clocks that go back over midnight show the day before once more after the date has begun.
    return onset.dayNumber == dayNumber + 1 && zone.firstMoment(of: onset.day) <= instant
  }
}
