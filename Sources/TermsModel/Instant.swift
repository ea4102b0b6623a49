/// A moment in time, to the millisecond, on no particular clock on the wall.
package struct Instant: Hashable, Comparable, Sendable {
  /// Milliseconds since 1970-01-01T00:00:00Z.
  package let milliseconds: Int64

  package init(milliseconds: Int64) {
    self.milliseconds = milliseconds
  }

  /// The moment `seconds` later.
  package func adding(seconds: Int64) -> Instant {
    Instant(milliseconds: milliseconds + seconds * 1000)
  }

  package static func < (left: Instant, right: Instant) -> Bool {
    left.milliseconds < right.milliseconds
  }
}

extension Instant: LosslessStringConvertible {
  /// Reads an RFC 3339 date-time: `2026-11-21T10:00:00Z`, `2025-12-19T23:50:00.5-08:00`.
  ///
  /// The offset is demanded: a time without one is no moment. Digits past the millisecond are cut off. A leap second
  /// (`:60`) is read as the second after it.
  package init?(_ description: String) {
    let bytes = Array(description.utf8)
    guard bytes.count >= 20, let date = CalendarDate(String(description.prefix(10))),
      bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: "t"),
      bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
      let hour = CalendarDate.number(bytes[11..<13]), hour < 24,
      let minute = CalendarDate.number(bytes[14..<16]), minute < 60,
      let second = CalendarDate.number(bytes[17..<19]), second <= 60
    else { return nil }
    var rest = bytes[19...]
    var fraction = 0
    if rest.first == UInt8(ascii: ".") {
      let digits = rest.dropFirst().prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      guard !digits.isEmpty else { return nil }
      let thousandths = Array((Array(digits) + Array("00".utf8)).prefix(3))
      fraction = CalendarDate.number(thousandths[...]) ?? 0
      rest = rest.dropFirst(1 + digits.count)
    }
    guard let offset = Self.offsetSeconds(rest) else { return nil }
    let seconds = date.dayNumber * 86_400 + hour * 3600 + minute * 60 + second - offset
    // An offset may carry the first and the last day out of the years that have dates.
    guard (-62_135_596_800..<253_402_300_800).contains(seconds) else { return nil }
    self.init(milliseconds: Int64(seconds) * 1000 + Int64(fraction))
  }

  /// RFC 3339 in UTC; milliseconds only where there are some.
  package var description: String {
    let days = Int(milliseconds).flooredQuotient(86_400_000)
    let ofDay = Int(milliseconds) - days * 86_400_000
    let (seconds, fraction) = (ofDay / 1000, ofDay % 1000)
    return String(unsafeUninitializedCapacity: 24) { bytes in
      CalendarDate(dayNumber: days).write(to: bytes, at: 0)
      bytes[10] = UInt8(ascii: "T")
      for (place, number) in [(11, seconds / 3600), (14, seconds / 60 % 60), (17, seconds % 60)] {
        CalendarDate.write(number, digits: 2, to: bytes, at: place)
        bytes[place + 2] = UInt8(ascii: ":")
      }
      if fraction > 0 {
        bytes[19] = UInt8(ascii: ".")
        CalendarDate.write(fraction, digits: 3, to: bytes, at: 20)
      }
      let end = fraction > 0 ? 23 : 19
      bytes[end] = UInt8(ascii: "Z")
      return end + 1
    }
  }

  private static func offsetSeconds(_ text: ArraySlice<UInt8>) -> Int? {
    let bytes = Array(text)
    if bytes == [UInt8(ascii: "Z")] || bytes == [UInt8(ascii: "z")] { return 0 }
    guard bytes.count == 6, bytes[0] == UInt8(ascii: "+") || bytes[0] == UInt8(ascii: "-"),
      bytes[3] == UInt8(ascii: ":"),
      let hours = CalendarDate.number(bytes[1..<3]), hours < 24,
      let minutes = CalendarDate.number(bytes[4..<6]), minutes < 60
    else { return nil }
    return (bytes[0] == UInt8(ascii: "-") ? -1 : 1) * (hours * 3600 + minutes * 60)
  }
}

extension Instant: Codable {
  package init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let instant = Instant(text) else {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath,
          debugDescription: "'\(text)' is no moment; write it with an offset, as 2026-01-31T09:00:00-08:00"))
    }
    self = instant
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
