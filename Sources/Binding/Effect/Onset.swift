package import TermsModel

/// When a change takes effect for one developer, as far as the record says.
package enum Onset: Hashable, Sendable {
  case on(Start)
  /// The notice that starts the period is still to be given; the date is the one it would take if the notice were given
  /// on the day in question.
  case awaitingNotice(earliestOn: CalendarDate)
  /// No notice was given, and none that still could be would be one (Regulation (EU) 2019/1150, article 3(3)).
  case never

  /// From when on something is in force.
  package struct Start: Hashable, Sendable {
    package let day: CalendarDate
    /// The moment of that day; `nil` for its first one.
    package let moment: Instant?

    package init(day: CalendarDate, moment: Instant? = nil) {
      self.day = day
      self.moment = moment
    }

    func isBefore(_ other: Start) -> Bool {
      guard day == other.day else { return day < other.day }
      switch (moment, other.moment) {
      case (nil, nil): return false
      case (nil, _): return true
      case (_, nil): return false
      case (let one?, let other?): return one < other
      }
    }

    func later(of other: Start) -> Start { isBefore(other) ? other : self }
  }

  package var start: Start? {
    if case .on(let start) = self { start } else { nil }
  }

  /// The later of two: waiting for a notice outlasts any date, and never outlasts both.
  func later(of other: Onset) -> Onset {
    switch (self, other) {
    case (.never, _), (_, .never): .never
    case (.on(let one), .on(let other)): .on(one.later(of: other))
    case (.awaitingNotice(let one), .awaitingNotice(let other)): .awaitingNotice(earliestOn: max(one, other))
    case (.awaitingNotice(let day), .on(let start)), (.on(let start), .awaitingNotice(let day)):
      .awaitingNotice(earliestOn: max(day, start.day))
    }
  }

  func isBefore(_ other: Onset) -> Bool {
    switch (self, other) {
    case (.on(let one), .on(let other)): one.isBefore(other)
    case (.on, _): true
    case (.awaitingNotice, .never): true
    case (.awaitingNotice, _), (.never, _): false
    }
  }
}

/// The moment that a question is about, with the date that calendars in the document's zone show.
struct Moment {
  let instant: Instant
  let day: CalendarDate
  let zone: CivilZone

  init(_ instant: Instant, in zone: CivilZone) {
    self.instant = instant
    self.zone = zone
    day = zone.date(of: instant)
  }

  func hasCome(_ start: Onset.Start) -> Bool {
    if let moment = start.moment { return moment <= instant }
    if start.day <= day { return true }
    // Clocks that go back over midnight show the day before once more after the date has begun.
    return start.day == day.adding(days: 1) && zone.firstMoment(of: start.day) <= instant
  }
}
