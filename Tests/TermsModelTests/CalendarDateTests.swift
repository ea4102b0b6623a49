import TermsModel
import Testing

@Suite struct CalendarDateTests {
  @Test(arguments: [
    ("2025-12-17", 15, "2026-01-01", "over the new year"),
    ("2026-07-09", 15, "2026-07-24", "within a month"),
    ("2027-02-14", 15, "2027-03-01", "February of a common year"),
    ("2028-02-14", 15, "2028-02-29", "the leap day itself"),
    ("2028-02-14", 16, "2028-03-01", "the day after the leap day"),
    ("2026-03-08", 1, "2026-03-09", "a day on which clocks change counts as any other"),
    ("2026-01-01", -1, "2025-12-31", "backwards over the new year"),
    ("2100-02-28", 1, "2100-03-01", "a century that is no leap year"),
    ("2000-02-28", 1, "2000-02-29", "a fourth century that is one"),
  ])
  func `days are counted by the calendar`(_ c: (from: String, days: Int, expected: String, because: String)) throws {
    let date = try #require(CalendarDate(c.from))
    #expect(date.adding(days: c.days).description == c.expected, "\(c.because)")
    #expect(date.days(until: date.adding(days: c.days)) == c.days)
  }

  @Test(arguments: [
    "2027-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "26-01-01", "2026-1-01", "2026/01/01", "2026-01-01 ", "",
    "0000-01-01", "２０２６-01-01",
  ])
  func `what is no date is refused`(_ text: String) {
    #expect(CalendarDate(text) == nil)
  }

  @Test func `past the ends of the calendar its last and its first date stand`() throws {
    let (first, last) = (try #require(CalendarDate("0001-01-01")), try #require(CalendarDate("9999-12-31")))
    #expect(last.adding(days: 1) == last)
    #expect(first.adding(days: -15) == first)
    #expect(CalendarDate(dayNumber: .max / 2) == last)
    let zone = try #require(CivilZone("Pacific/Kiritimati"))
    #expect(zone.date(of: CivilZone.losAngeles.firstMoment(of: last)) == last)
    #expect(CivilZone.losAngeles.date(of: zone.firstMoment(of: first)) == first)
  }

  @Test func `day numbers and dates go round`() throws {
    let start = try #require(CalendarDate(year: 1, month: 1, day: 1))
    let end = try #require(CalendarDate(year: 9999, month: 12, day: 31))
    for number in stride(from: start.dayNumber, through: end.dayNumber, by: 97) {
      #expect(CalendarDate(dayNumber: number).dayNumber == number)
    }
  }
}
