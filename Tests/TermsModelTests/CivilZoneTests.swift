import TermsModel
import Testing

@Suite struct CivilZoneTests {
  @Test(arguments: [
    ("America/Los_Angeles", "2025-12-19T23:50:00-08:00", "2025-12-19", "late in the evening there"),
    ("Europe/Dublin", "2025-12-19T23:50:00-08:00", "2025-12-20", "the same moment in Dublin"),
    ("America/Los_Angeles", "2026-03-08T10:30:00Z", "2026-03-08", "after the clocks went forward"),
    ("America/Los_Angeles", "2026-11-01T08:30:00Z", "2026-11-01", "in the hour that comes twice"),
    ("Pacific/Kiritimati", "2026-01-01T10:30:00Z", "2026-01-02", "fourteen hours ahead"),
    ("Asia/Kathmandu", "2026-01-01T18:15:00Z", "2026-01-02", "an offset of quarters"),
  ])
  func `a moment has its date by the calendar of the zone`(
    _ c: (zone: String, at: String, date: String, because: String)
  ) throws {
    let zone = try #require(CivilZone(c.zone))
    #expect(zone.date(of: try #require(Instant(c.at))).description == c.date, "\(c.because)")
  }

  @Test(arguments: [
    ("America/Los_Angeles", "2026-01-01", "2026-01-01T08:00:00Z", "winter"),
    ("America/Los_Angeles", "2026-07-24", "2026-07-24T07:00:00Z", "summer"),
    ("America/Los_Angeles", "2026-03-08", "2026-03-08T08:00:00Z", "the day on which clocks go forward"),
    ("America/Los_Angeles", "2026-03-09", "2026-03-09T07:00:00Z", "the day after"),
    ("America/Los_Angeles", "2026-11-01", "2026-11-01T07:00:00Z", "the day on which clocks go back"),
    ("America/Havana", "2026-03-08", "2026-03-08T05:00:00Z", "a day that begins at one o'clock"),
    ("America/Havana", "2026-11-01", "2026-11-01T04:00:00Z", "a day whose first hour comes twice"),
    ("Asia/Beirut", "2026-03-29", "2026-03-28T22:00:00Z", "clocks that go forward at midnight"),
    ("UTC", "2026-03-29", "2026-03-29T00:00:00Z", "no clock changes"),
  ])
  func `a date begins at its first moment in the zone`(_ c: (zone: String, date: String, at: String, because: String))
    throws
  {
    let zone = try #require(CivilZone(c.zone))
    #expect(zone.firstMoment(of: try #require(CalendarDate(c.date))).description == c.at, "\(c.because)")
  }

  @Test func `the first moment of a date is of that date, and the moment before it is not`() throws {
    for identifier in [
      "America/Los_Angeles", "America/Havana", "Asia/Beirut", "Europe/Dublin", "Pacific/Apia", "Asia/Tehran",
    ] {
      let zone = try #require(CivilZone(identifier))
      let start = try #require(CalendarDate("2026-01-01"))
      for day in 0..<365 {
        let date = start.adding(days: day)
        let first = zone.firstMoment(of: date)
        #expect(zone.date(of: first) == date, "\(identifier) \(date)")
        #expect(zone.date(of: Instant(milliseconds: first.milliseconds - 1)) < date, "\(identifier) \(date)")
      }
    }
  }

  @Test(arguments: ["Mars/Olympus", "", "America/Los_Angles"])
  func `a zone that nobody knows is none`(_ identifier: String) {
    #expect(CivilZone(identifier) == nil)
  }

  @Test(arguments: [
    ("America/Los_Angeles", true), ("UTC", true), ("Etc/GMT+5", true), ("PST", false), ("EST", false), ("GMT+5", false),
    ("Europe/Nowhere", false), ("", false), ("posix/Europe/Dublin", false),
  ])
  func `a zone is given by its name in the IANA database`(_ name: String, _ isOne: Bool) {
    #expect((CivilZone(named: name) != nil) == isOne)
  }
}
