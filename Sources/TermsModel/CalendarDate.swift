/// A civil date of the Gregorian calendar, without a time and without a zone.
///
/// Terms name days, not moments: "15 days after notice" is arithmetic on civil dates, so nothing that clocks do
/// (time zones, daylight saving) can move a result once the first date is known.
package struct CalendarDate: Hashable, Comparable, Sendable {
  package let year: Int
  /// 1 to 12.
  package let month: Int
  /// 1 to 31, and a day that the month has.
  package let day: Int

  /// The date, or `nil` where the calendar has no such day (2027-02-29) or the year is outside 1 to 9999.
  package init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month),
      (1...Self.daysInMonth(month, year: year)).contains(day)
    else { return nil }
    self.year = year
    self.month = month
    self.day = day
  }

  /// Days since 1970-01-01, which is day 0; earlier dates are negative.
  package var dayNumber: Int {
    // Counts whole 400-year cycles of 146,097 days, in years that begin in March so that a leap day comes last.
    let shifted = month > 2 ? year : year - 1
    let cycle = shifted.flooredQuotient(400)
    let yearOfCycle = shifted - cycle * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return cycle * 146_097 + yearOfCycle * 365 + yearOfCycle / 4 - yearOfCycle / 100 + dayOfYear - 719_468
  }

  /// The first and the last date of the calendar as numbers: 0001-01-01 and 9999-12-31.
  private static let dayNumbers = -719_162...2_932_896

  /// The date with this number of days since 1970-01-01.
  ///
  /// The calendar ends with the years that have four digits: its last date stands for every later one, its first for
  /// every earlier one. So arithmetic at its ends gives an answer, and none that is asked for in earnest.
  package init(dayNumber: Int) {
    let dayNumber = min(max(dayNumber, Self.dayNumbers.lowerBound), Self.dayNumbers.upperBound)
    let shifted = dayNumber + 719_468
    let cycle = shifted.flooredQuotient(146_097)
    let dayOfCycle = shifted - cycle * 146_097
    let yearOfCycle = (dayOfCycle - dayOfCycle / 1_460 + dayOfCycle / 36_524 - dayOfCycle / 146_096) / 365
    let dayOfYear = dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = cycle * 400 + yearOfCycle + (month <= 2 ? 1 : 0)
    self.year = year
    self.month = month
    self.day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
  }

  /// The date `days` later by the calendar: the first day is left out and the last one counted (Cal. Civ. Code § 10).
  package func adding(days: Int) -> CalendarDate {
    CalendarDate(dayNumber: dayNumber + days)
  }

  /// How many days lie from this date to `other`; negative where `other` is earlier.
  package func days(until other: CalendarDate) -> Int {
    other.dayNumber - dayNumber
  }

  package static func < (left: CalendarDate, right: CalendarDate) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }

  private static func daysInMonth(_ month: Int, year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

extension CalendarDate: LosslessStringConvertible {
  /// Reads `YYYY-MM-DD`, digits only, and nothing else.
  package init?(_ description: String) {
    let bytes = Array(description.utf8)
    guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
      let year = Self.number(bytes[0..<4]), let month = Self.number(bytes[5..<7]),
      let day = Self.number(bytes[8..<10])
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  /// `YYYY-MM-DD` (RFC 3339, full-date).
  package var description: String {
    String(unsafeUninitializedCapacity: 10) { bytes in
      write(to: bytes, at: 0)
      return 10
    }
  }

  /// Writes `YYYY-MM-DD` from a place on: each act on record says three moments, so that this is felt.
  func write(to bytes: UnsafeMutableBufferPointer<UInt8>, at place: Int) {
    Self.write(year, digits: 4, to: bytes, at: place)
    bytes[place + 4] = UInt8(ascii: "-")
    Self.write(month, digits: 2, to: bytes, at: place + 5)
    bytes[place + 7] = UInt8(ascii: "-")
    Self.write(day, digits: 2, to: bytes, at: place + 8)
  }

  /// Writes a number with so many digits, with zeros before it.
  static func write(_ number: Int, digits: Int, to bytes: UnsafeMutableBufferPointer<UInt8>, at place: Int) {
    var rest = number
    for index in (place..<place + digits).reversed() {
      bytes[index] = UInt8(ascii: "0") + UInt8(rest % 10)
      rest /= 10
    }
  }

  static func number(_ bytes: ArraySlice<UInt8>) -> Int? {
    var value = 0
    for byte in bytes {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    return value
  }

}

extension CalendarDate: Codable {
  package init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let date = CalendarDate(text) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "'\(text)' is no date; write it as 2026-01-31"))
    }
    self = date
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

extension Int {
  /// The quotient rounded towards minus infinity.
  func flooredQuotient(_ divisor: Int) -> Int {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }
}
