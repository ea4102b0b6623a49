import Foundation
import HTTPTypes
import TermsModel
import TermsOperations
import TermsParsing
import TermsStore
import Testing

@testable import TermsWeb

/// What the archive says of versions that were put off or taken back after they were posted (section 3.1, rule 11).
@Suite struct CorrectedVersionTests {
  static let pair = "2025-12-17...2026-02-01"

  /// A version is posted on 2026-02-01: 7(a) changes materially, in force from 2026-02-16, and 1 otherwise, at once.
  private func harbor() async throws -> WebHarbor {
    let harbor = try await WebHarbor()
    let text = WebHarbor.text.replacing("15 days", with: "20 days").replacing("govern", with: "always govern")
    _ = try await harbor.registry.publish(
      WebHarbor.slug, text: Array(text.utf8),
      decisions: Decisions(
        overrides: [.init(clause: "1", changeClass: .other, legalBasis: nil)], reason: "no other sense"))
    return harbor
  }

  private func postpone(_ harbor: WebHarbor) async throws {
    try await harbor.registry.perform(
      try await harbor.registry.postponement(
        of: WebHarbor.slug, version: nil, until: try #require(CalendarDate("2026-03-20")), reason: "more time"))
  }

  private func withdraw(_ harbor: WebHarbor) async throws {
    try await harbor.registry.perform(
      try await harbor.registry.withdrawal(of: WebHarbor.slug, version: nil, reason: "the wrong file"))
  }

  private func unfolded(_ path: String, _ harbor: WebHarbor) async throws -> String {
    try await harbor.ask(.get, path).body.replacing("\r\n ", with: "")
  }

  @Test(arguments: [
    ("/connector-terms/versions", "from 2026-02-16", "from 2026-03-20"),
    (
      "/connector-terms/compare/\(pair)", "in force from 2026-02-16, if told on 2026-02-01",
      "in force from 2026-03-20, if told on 2026-02-01"
    ),
    (
      "/feeds/connector-terms.atom", "in force from 2026-02-16, if told on 2026-02-01",
      "in force from 2026-03-20, if told on 2026-02-01"
    ),
    ("/feeds/all.atom", "2026-02-16", "put off until 2026-03-20"),
    ("/feeds/connector-terms.ics", "DTSTART;VALUE=DATE:20260216", "DTSTART;VALUE=DATE:20260320"),
    ("/v1/documents/connector-terms/versions", "\"effectiveOn\":\"2026-02-16\"", "\"effectiveOn\":\"2026-03-20\""),
    (
      "/v1/documents/connector-terms/versions/2026-02-01", "\"effectiveOn\":\"2026-02-16\"",
      "\"effectiveOn\":\"2026-03-20\""
    ),
    (
      "/v1/documents/connector-terms/compare/\(pair)", "\"effectiveOn\": \"2026-02-16\"",
      "\"effectiveOn\": \"2026-03-20\""
    ),
  ])
  func `a version that was put off is told with its new date, under a new tag`(
    _ path: String, _ old: String, _ new: String
  ) async throws {
    let harbor = try await harbor()
    let before = try await harbor.ask(.get, path)
    #expect(before.body.contains(old), "\(before.body)")
    #expect(!before.body.contains(new))
    let tag = try #require(before.headers[.eTag])
    #expect(try await harbor.ask(.get, path, headers: [.ifNoneMatch: tag]).status == 304)
    try await postpone(harbor)
    let after = try await harbor.ask(.get, path, headers: [.ifNoneMatch: tag])
    #expect(after.status == 200)
    #expect(after.body.contains(new), "\(after.body)")
    #expect(!after.body.contains(old), "\(after.body)")
  }

  @Test(arguments: [
    "/connector-terms/versions", "/connector-terms/versions/2026-02-01", "/connector-terms/compare/\(pair)",
    "/feeds/connector-terms.atom",
  ])
  func `what became of a version is told with the reason that was given`(_ path: String) async throws {
    let harbor = try await harbor()
    try await postpone(harbor)
    try await harbor.registry.perform(
      try await harbor.registry.reclassification(
        of: WebHarbor.slug, version: nil,
        overrides: [.init(clause: "1", changeClass: .material, legalBasis: nil)], reason: "it adds a <duty>"))
    let page = try await harbor.ask(.get, path).body
    #expect(
      page.contains(
        "On 2026-02-01 what was pending of 2026-02-01 was put off until 2026-03-20. The reason given: “more time”."),
      "\(page)")
    #expect(
      page.contains(
        "Since 2026-02-01 the change to clause 1 in 2026-02-01 has the class “material”. The reason given: “it adds a &lt;duty&gt;”."
      ), "\(page)")
  }

  @Test func `a day that was put off stays the same entry of a calendar, and moves`() async throws {
    let harbor = try await harbor()
    func entry(_ day: String) async throws -> (name: String, revision: String) {
      let lines = try await unfolded("/feeds/connector-terms.ics", harbor).components(separatedBy: "\r\n")
      let place = try #require(lines.firstIndex(of: "DTSTART;VALUE=DATE:\(day)"))
      return (
        try #require(lines[..<place].last { $0.hasPrefix("UID:") }),
        try #require(lines[place...].first { $0.hasPrefix("SEQUENCE:") })
      )
    }
    let before = try await entry("20260216")
    try await postpone(harbor)
    let after = try await entry("20260320")
    #expect(before.name == after.name)
    #expect((before.revision, after.revision) == ("SEQUENCE:0", "SEQUENCE:1"))
  }

  @Test(arguments: [
    (
      "/connector-terms/versions",
      ["withdrawn in part", "withdrawn on 2026-02-01", "at once", "The reason given: “the wrong file”."], ["2026-02-16"]
    ),
    (
      "/connector-terms/compare/\(pair)",
      [
        "What was pending of 2026-02-01 was withdrawn on 2026-02-01", "in force on posting, 2026-02-01",
        "withdrawn on 2026-02-01 before it bound anybody", "The reason given: “the wrong file”.",
      ], ["2026-02-16"]
    ),
    (
      "/connector-terms/compare/2025-06-04...2026-02-01", ["What was pending of 2026-02-01 was withdrawn"],
      ["2026-02-16"]
    ),
    (
      "/feeds/connector-terms.atom",
      [
        "1 change (material): withdrawn on 2026-02-01 before it bound anybody.",
        "1 change (other): in force on posting.",
      ], ["2026-02-16"]
    ),
    (
      "/v1/documents/connector-terms/versions/2026-02-01",
      ["\"withdrawn\":true", "\"withdrawnChanges\":[{", "\"effectiveOn\":\"2026-02-01\""], ["2026-02-16"]
    ),
    (
      "/v1/documents/connector-terms/compare/\(pair)",
      ["\"withdrawn\": true", "\"effectiveOn\": \"2026-02-01\""], ["2026-02-16"]
    ),
    (
      "/v1/documents/connector-terms", ["\"latest\":\"2025-12-17\"", "\"latestWithdrawn\":\"2026-02-01\""],
      ["\"latest\":\"2026-02-01\""]
    ),
    ("/", ["Latest version <a href=\"/connector-terms/versions/2025-12-17\">", "posted last, was withdrawn"], []),
  ])
  func `what was taken back is never told as coming, and what stays is told as standing`(
    _ path: String, _ says: [String], _ unsaid: [String]
  ) async throws {
    let harbor = try await harbor()
    try await withdraw(harbor)
    let reply = try await harbor.ask(.get, path)
    #expect(reply.status == 200)
    for words in says { #expect(reply.body.contains(words), "\(words) in \(reply.body)") }
    for words in unsaid { #expect(!reply.body.contains(words), "\(words) in \(reply.body)") }
  }

  @Test func `a calendar cancels the day that was taken back, and no other`() async throws {
    let harbor = try await harbor()
    try await withdraw(harbor)
    let events = try await unfolded("/feeds/connector-terms.ics", harbor).components(separatedBy: "BEGIN:VEVENT")
    func event(_ day: String) throws -> String {
      try #require(events.first { $0.contains("DTSTART;VALUE=DATE:\(day)") }, "\(events)")
    }
    #expect(try event("20260216").contains("STATUS:CANCELLED"))
    #expect(try event("20260216").contains("changes (material): withdrawn"))
    #expect(try event("20260201").contains("STATUS:CONFIRMED"))
    #expect(try event("20260201").contains("changes (other) in force"))
    #expect(try event("20260101").contains("STATUS:CONFIRMED"))
  }

  @Test(arguments: [
    (RuleProfile.Clock.individual, "in force from 2026-01-01, if told on 2025-12-17.", "the notice to each counts"),
    (.latest, "in force from 2026-01-01, if told on 2025-12-17.", "whichever came last counts"),
    (.posting, "in force from 2026-01-01.", "the posting counts for all"),
    (.earliest, "in force from 2026-01-01.", "a notice that is late moves nothing"),
  ])
  func `a date is told with its condition where there is one`(
    _ clock: RuleProfile.Clock, _ words: String, _ because: String
  ) async throws {
    let harbor = try await WebHarbor(isEmpty: true)
    var profile = ShippedProfiles.standard
    profile.clock = clock
    try await harbor.registry.addDocument(
      Document(slug: WebHarbor.slug, title: "Connector terms", settings: DocumentSettings(profile: profile)))
    for (text, at) in [
      (WebHarbor.text, "2025-06-04T17:00:00Z"),
      (WebHarbor.text.replacing("15 days", with: "10 days"), "2025-12-17T17:00:00Z"),
    ] {
      _ = try await harbor.registry.publish(WebHarbor.slug, text: Array(text.utf8), postedAt: Instant(at))
    }
    let feed = try await harbor.ask(.get, "/feeds/connector-terms.atom").body
    #expect(feed.contains("1 change (material): \(words)"), "\(because): \(feed)")
    let calendar = try await unfolded("/feeds/connector-terms.ics", harbor)
    #expect(
      calendar.contains("changes (material) in force\\, if told on 2025-12-17") == words.contains("if told"),
      "\(because): \(calendar)")
  }

  @Test func `a change that waits for an earlier one to its clause is told with the day of that one`() async throws {
    let harbor = try await harbor()
    let text = WebHarbor.text.replacing("15 days", with: "20 days").replacing("govern", with: "always govern")
      .replacing("after notice", with: "after a notice")
    _ = try await harbor.registry.publish(
      WebHarbor.slug, text: Array(text.utf8),
      decisions: Decisions(
        overrides: [.init(clause: "7(a)", changeClass: .other, legalBasis: nil)], reason: "no other sense"))
    let feed = try await harbor.ask(.get, "/feeds/connector-terms.atom").body
    #expect(feed.contains("1 change (other): in force from 2026-02-16, if told on 2026-02-01."), "\(feed)")
    try await harbor.registry.perform(
      try await harbor.registry.withdrawal(
        of: WebHarbor.slug, version: VersionLabel(rawValue: "2026-02-01"), reason: "the wrong file"))
    let after = try await harbor.ask(.get, "/feeds/connector-terms.atom").body
    #expect(!after.contains("2026-02-16"), "\(after)")
  }

  @Test func `a dated address says which version was posted that day, and what became of it`() async throws {
    let harbor = try await harbor()
    func on(_ day: String) async throws -> WebHarbor.Reply { try await harbor.ask(.get, "/connector-terms/on/\(day)") }
    let today = try await on("2026-02-01")
    #expect(today.status == 200)
    #expect(today.body.contains("That day is not over: this can still change"), "\(today.body)")
    for day in ["2026-02-02", "2027-01-01"] {
      let ahead = try await on(day)
      #expect(ahead.status == 404)
      #expect(ahead.body.contains("\(day) is not over yet in America/Los_Angeles"), "\(ahead.body)")
    }
    harbor.clock.advance(days: 2)
    try await withdraw(harbor)
    harbor.clock.advance(days: 1)
    let then = try await on("2026-02-01").body
    #expect(then.contains("20 days after notice"), "\(then)")
    #expect(then.contains("The one that was posted by the end of 2026-02-01."))
    #expect(then.contains("What was pending of 2026-02-01 was withdrawn on 2026-02-03"), "\(then)")
    #expect(!then.contains("still change"))
    let after = try await on("2026-02-03").body
    #expect(after.contains("10 days after notice"), "\(after)")
    #expect(after.contains("What was pending of 2026-02-01 was withdrawn on 2026-02-03"), "\(after)")
  }
}
