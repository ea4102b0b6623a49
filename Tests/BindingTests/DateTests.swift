import TermsModel
import Testing

@testable import Binding

/// Section 3.1, rules 1 and 2, with the dates of 3.3.
@Suite struct DateTests {
  struct Row {
    let notice: CalendarDate
    let fifteen: CalendarDate
    let fifteenFull: CalendarDate
    let thirty: CalendarDate
  }

  static let rows = [
    Row(notice: "2025-12-17", fifteen: "2026-01-01", fifteenFull: "2026-01-02", thirty: "2026-01-16"),
    Row(notice: "2026-07-09", fifteen: "2026-07-24", fifteenFull: "2026-07-25", thirty: "2026-08-08"),
    Row(notice: "2027-02-14", fifteen: "2027-03-01", fifteenFull: "2027-03-02", thirty: "2027-03-16"),
    Row(notice: "2028-02-14", fifteen: "2028-02-29", fifteenFull: "2028-03-01", thirty: "2028-03-15"),
  ]

  @Test(arguments: rows)
  func `days after a day, the first left out and the last counted`(_ row: Row) {
    var profile = RuleProfile.connectors7a
    #expect(profile.date(15, after: row.notice) == row.fifteen)
    #expect(profile.date(30, after: row.notice) == row.thirty)
    profile.dayCount = .fullDays
    #expect(profile.date(15, after: row.notice) == row.fifteenFull)
  }

  @Test(
    arguments: rows, ["America/Los_Angeles", "Europe/Dublin", "Asia/Tokyo", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
  func `a material change binds on the day, not the day before, and still the day after`(_ row: Row, zone name: String)
    throws
  {
    let zone = try #require(CivilZone(name))
    var record = Record.bound(zone: name)
    let noon = zone.firstMoment(of: row.notice).adding(seconds: 43_200)
    record.post("v2", at: noon, [.material()])
    record.mail(of: "v2", at: noon.adding(seconds: 60))
    for (day, version) in [
      (row.fifteen.adding(days: -1), "2025-06-04"), (row.fifteen, "v2"), (row.fifteen.adding(days: 1), "v2"),
    ] as [(CalendarDate, VersionLabel)] {
      #expect(record.answer(.date(day)).version == version, "\(day) in \(name)")
    }
    let lastMoment = Instant(milliseconds: zone.firstMoment(of: row.fifteen).milliseconds - 1)
    #expect(record.answer(.moment(lastMoment)).version == "2025-06-04", "the last moment of the day before")
  }

  @Test(
    arguments: [
      (
        "2025-12-19T23:50:00-08:00", "2025-12-19", "2026-01-03",
        "late in the evening in Los Angeles, the 20th in Dublin"
      ),
      ("2025-12-20T00:00:00-08:00", "2025-12-20", "2026-01-04", "the first moment of the next day"),
      ("2025-12-19T00:00:00-08:00", "2025-12-19", "2026-01-03", "the first moment of the day"),
      ("2025-12-20T07:59:59.999Z", "2025-12-19", "2026-01-03", "the last millisecond of the day"),
    ] as [(Instant, CalendarDate, CalendarDate, String)])
  func `a notice is of the day that calendars show in the document's zone`(
    received: Instant, day: CalendarDate, effective: CalendarDate, because: String
  ) {
    var record = Record.bound()
    record.post("v2", at: "2025-12-17T17:00:00Z", [.material()])
    record.mail(of: "v2", at: received)
    let answer = record.answer("2025-12-24")
    #expect(answer.versions.last?.notice?.on == day, "\(because)")
    #expect(answer.state(.material, of: "v2") == "pending \(effective)", "\(because)")
  }

  @Test(
    arguments: [
      ("2026-03-07T23:30:00-08:00", "2026-03-22", "2026-03-22T07:00:00Z", "the clocks go forward on the 8th"),
      ("2026-03-08T01:59:59-08:00", "2026-03-23", "2026-03-23T07:00:00Z", "in the last second before they do"),
      ("2026-03-08T03:00:00-07:00", "2026-03-23", "2026-03-23T07:00:00Z", "in the first second after"),
      ("2026-10-31T23:30:00-07:00", "2026-11-15", "2026-11-15T08:00:00Z", "the clocks go back on the 1st"),
      ("2026-11-01T01:30:00-07:00", "2026-11-16", "2026-11-16T08:00:00Z", "the first 01:30 of that day"),
      ("2026-11-01T01:30:00-08:00", "2026-11-16", "2026-11-16T08:00:00Z", "the second 01:30 of that day"),
      ("2026-02-21T12:00:00-08:00", "2026-03-08", "2026-03-08T08:00:00Z", "in force on the day the clocks go forward"),
      ("2026-10-17T12:00:00-07:00", "2026-11-01", "2026-11-01T07:00:00Z", "in force on the day the clocks go back"),
    ] as [(Instant, CalendarDate, Instant, String)])
  func `no clock change moves a date`(received: Instant, effective: CalendarDate, from: Instant, because: String) {
    var record = Record.bound()
    record.post("v2", at: "2026-02-01T17:00:00Z", [.material()])
    record.mail(of: "v2", at: received)
    #expect(record.answer(.moment(received)).state(.material, of: "v2") == "pending \(effective)", "\(because)")
    #expect(record.answer(.moment(received)).nextChange == from, "\(because)")
    #expect(record.answer(.moment(from)).version == "v2", "\(because)")
    let before = Instant(milliseconds: from.milliseconds - 1)
    #expect(record.answer(.moment(before)).version == "2025-06-04", "\(because)")
  }

  @Test func `a day that begins late begins with its first moment`() throws {
    // The clocks of Beirut go forward at midnight: 2025-03-30 begins at 01:00.
    let zone = try #require(CivilZone("Asia/Beirut"))
    var record = Record.bound(zone: "Asia/Beirut")
    record.post("v2", at: "2025-07-20T10:00:00Z", [.material()])
    var early = Record(zone: "Asia/Beirut")
    early.post("v1", at: "2024-06-04T10:00:00Z")
    early.register(hasAddress: true, region: "LB", at: "2024-06-04T11:00:00Z")
    early.act(.agreed, at: "2024-06-04T11:00:00Z")
    early.post("v2", at: "2025-03-15T10:00:00Z", [.material()])
    early.mail(of: "v2", at: "2025-03-15T10:01:00Z")
    #expect(zone.firstMoment(of: "2025-03-30") == "2025-03-29T22:00:00Z")
    #expect(early.answer("2025-03-30").version == "v2")
    #expect(early.answer("2025-03-29T21:59:59.999Z").version == "v1")
  }

  @Test(
    arguments: [
      (ChangeClass.material, "2026-01-01", "15 days after the notice"),
      (.legalRequired, "2025-12-17", "at once on posting"),
      (.other, "2025-12-17", "on posting"),
    ] as [(ChangeClass, CalendarDate, String)])
  func `each class has its time`(changeClass: ChangeClass, effective: CalendarDate, because: String) {
    var record = Record.bound()
    record.post("v2", at: "2025-12-17T17:00:00Z", [.material(), .other(), .legal()])
    record.mail(of: "v2", at: "2025-12-17T17:01:00Z")
    let answer = record.answer("2026-01-02")
    #expect(answer.state(changeClass, of: "v2") == "in-force \(effective)", "\(because)")
    #expect(answer.inForce("v2") == .wholly)
    #expect(record.answer("2025-12-18").inForce("v2") == .partly)
    #expect(record.answer("2025-12-17T16:59:59Z").inForce("v2") == nil, "not posted yet")
    #expect(
      record.answer("2025-12-17T17:00:00Z").state(.other, of: "v2") == "in-force 2025-12-17", "from the posting on")
  }
}
