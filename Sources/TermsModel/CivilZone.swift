internal import Foundation

/// The time zone in which a document counts its days.
///
/// This is the one place where a moment becomes a civil date and a civil date the moment at which it begins.
package struct CivilZone: Hashable, Sendable {
  /// The zone's name in the IANA database, such as `America/Los_Angeles`.
  package let identifier: String
  private let zone: TimeZone

  /// The zone, or `nil` where the machine's zone database has none of that name.
  package init?(_ identifier: String) {
    guard let zone = TimeZone(identifier: identifier) else { return nil }
    self.identifier = identifier
    self.zone = zone
  }

  /// The civil date that calendars in this zone show at `instant`.
  package func date(of instant: Instant) -> CalendarDate { CalendarDate(dayNumber: dayNumber(of: instant)) }

  /// The ``CalendarDate/dayNumber`` of that date, without the calendar.
  package func dayNumber(of instant: Instant) -> Int {
    (Int(instant.milliseconds) + offset(at: instant)).flooredQuotient(86_400_000)
  }

  /// The first moment of `date` in this zone.
  ///
  /// Where the clocks go forward at midnight, the day begins at the first moment that exists; where they go back over
  /// it, at the earlier of the two.
  package func firstMoment(of date: CalendarDate) -> Instant {
    let midnight = Int64(date.dayNumber) * 86_400_000
    // The offset a day before and a day after midnight brackets every clock change; of the candidates that fall on
    // the date itself the earliest is its beginning.
    let offsets = [-86_400_000, 86_400_000].map { offset(at: Instant(milliseconds: midnight + Int64($0))) }
    let candidates = Set(offsets).map { Instant(milliseconds: midnight - Int64($0)) }.sorted()
    let number = date.dayNumber
    guard var start = candidates.first(where: { dayNumber(of: $0) == number }) else {
      // Midnight itself does not exist: the change is the beginning of the day, between the two candidates.
      return firstMoment(of: number, between: candidates[0], and: candidates[candidates.count - 1])
    }
    // A clock that goes forward at midnight makes the later candidate valid though the day began before it.
    while dayNumber(of: Instant(milliseconds: start.milliseconds - 1)) == number {
      start = firstMoment(of: number, between: Instant(milliseconds: start.milliseconds - 7_200_000), and: start)
    }
    return start
  }

  private func firstMoment(of number: Int, between low: Instant, and high: Instant) -> Instant {
    var (low, high) = (low.milliseconds - 1, high.milliseconds)
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if dayNumber(of: Instant(milliseconds: middle)) < number { low = middle } else { high = middle }
    }
    return Instant(milliseconds: high)
  }

  /// Milliseconds that this zone's clocks are ahead of UTC at `instant`.
  private func offset(at instant: Instant) -> Int {
    zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant.milliseconds) / 1000)) * 1000
  }
}

extension CivilZone {
  /// The zone of that name in the IANA database, as an operator may give it; `nil` for an abbreviation such as `PST`, which
  /// says an offset and not when clocks change, and which several zones share.
  package init?(named name: String) {
    let isOfDatabase = name == "UTC" || (name.contains("/") && !name.hasPrefix("posix/") && !name.hasPrefix("right/"))
    guard isOfDatabase else { return nil }
    self.init(name)
  }

  /// The names of the zones that this machine knows.
  package static var knownIdentifiers: [String] { TimeZone.knownTimeZoneIdentifiers }

  /// `America/Los_Angeles`, the zone of a document that names none.
  package static let losAngeles = CivilZone("America/Los_Angeles").unsafelyKnown
}

extension Optional {
  /// The value of an optional that the zone database of every supported system holds.
  fileprivate var unsafelyKnown: Wrapped {
    guard let value = self else { preconditionFailure("the time zone database is missing; install tzdata") }
    return value
  }
}
