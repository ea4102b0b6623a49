import Foundation
import HTTPTypes
import TermsModel
import TermsOperations
import TermsParsing
import TermsStore
import Testing

@testable import TermsWeb

/// Feeds of versions, and calendars of their dates.
@Suite struct FeedTests {
  @Test(arguments: ["/feeds/all.atom", "/feeds/connector-terms.atom"])
  func `a feed tells of versions with classes, dates and the way to the comparison`(_ path: String) async throws {
    let reply = try await WebHarbor().ask(.get, path)
    #expect(reply.status == 200)
    #expect(reply.headers[.contentType] == "application/atom+xml; charset=utf-8")
    #expect(reply.body.contains("<category term=\"material\"/>"), "\(reply.body)")
    #expect(reply.body.contains("1 change (material): in force from 2026-01-01, if told on 2025-12-17."))
    #expect(reply.body.contains("href=\"https://terms.example/connector-terms/compare/2025-06-04...2025-12-17\""))
    #expect(reply.body.contains("Connector &lt;terms&gt;, version 2025-12-17"))
  }

  @Test func `an entry keeps its name for good, and changes its date when something happens`() async throws {
    let harbor = try await WebHarbor()
    let before = try await harbor.ask(.get, "/feeds/all.atom").body
    #expect(before == (try await WebHarbor().ask(.get, "/feeds/all.atom").body), "the same record, the same feed")
    let ids = { (feed: String) in feed.components(separatedBy: "<id>").map { $0.prefix(45) } }
    _ = try await harbor.registry.publish(
      WebHarbor.slug, text: Array(WebHarbor.text.replacing("15 days", with: "5 days").utf8))
    let after = try await harbor.ask(.get, "/feeds/all.atom").body
    #expect(Set(ids(before)).isSubset(of: Set(ids(after))))
    #expect(ids(after).count == ids(before).count + 1)
  }

  @Test func `a calendar has the days, whole, in lines of 75 bytes`() async throws {
    let reply = try await WebHarbor().ask(.get, "/feeds/connector-terms.ics")
    #expect(reply.headers[.contentType] == "text/calendar; charset=utf-8")
    let lines = reply.body.components(separatedBy: "\r\n")
    #expect(lines.first == "BEGIN:VCALENDAR")
    #expect(lines.contains("DTSTART;VALUE=DATE:20260101"), "\(reply.body)")
    #expect(lines.contains("DTEND;VALUE=DATE:20260102"))
    #expect(lines.allSatisfy { $0.utf8.count <= 75 })
    #expect(
      reply.body.replacing("\r\n ", with: "").contains(
        "SUMMARY:Connector <terms> 2025-12-17: changes (material) in force"))
  }

  @Test(arguments: ["/feeds/nothing.atom", "/feeds/connector-terms.rss", "/feeds/all", "/feeds/Ü.atom"])
  func `what is not there is not found`(_ path: String) async throws {
    #expect(try await WebHarbor().ask(.get, path).status == 404)
  }

  @Test func `text is escaped as each form asks`() {
    #expect(AtomFeed.escaped("<a & \u{1}\"b\">") == "&lt;a &amp; \u{FFFD}&quot;b&quot;&gt;")
    let day = CalendarFeed.Day(
      name: "x", date: CalendarDate("2026-02-28").unsafelyUnwrapped, title: "a, b; c\\\nd",
      says: String(repeating: "é", count: 60),
      address: nil, recordedAt: Instant(milliseconds: 1))
    let text = CalendarFeed(title: "t", days: [day]).text
    #expect(text.contains("SUMMARY:a\\, b\\; c\\\\\\nd\r\n"))
    #expect(text.contains("DTEND;VALUE=DATE:20260301\r\n"))
    #expect(text.components(separatedBy: "\r\n").allSatisfy { $0.utf8.count <= 75 })
  }
}

/// The days of one developer, for their own calendar.
@Suite struct DeveloperCalendarTests {
  @Test func `the last day to opt out is so many days after the update binds the developer`() async throws {
    let harbor = try await WebHarbor(isEmpty: true)
    let slug = WebHarbor.slug
    var profile = ShippedProfiles.standard
    profile.optOut = [.init(clauses: [ClauseSelector("7")], days: 30)]
    let document = Document(slug: slug, title: "Connector terms", settings: DocumentSettings(profile: profile))
    try await harbor.registry.addDocument(document)
    _ = try await harbor.registry.publish(
      slug, text: Array(WebHarbor.text.utf8), postedAt: Instant("2025-06-04T17:00:00Z"))
    try await harbor.registry.addDeveloper(
      NewDeveloper(
        id: WebHarbor.developer, email: nil, name: nil, region: try #require(Region(rawValue: "US")),
        at: Instant("2025-07-01T17:00:00Z")))
    try await harbor.registry.addConnector(
      try #require(ConnectorID(rawValue: "weather")), of: WebHarbor.developer, under: slug,
      at: Instant("2025-07-01T17:00:00Z"))
    _ = try await harbor.registry.publish(
      slug, text: Array(WebHarbor.text.replacing("15 days", with: "10 days").utf8),
      postedAt: Instant("2025-12-17T17:00:00Z"))
    let versions = try await harbor.store.versions(of: slug)
    func days() async throws -> [String] {
      let answer = try await harbor.registry.answerBinding(of: WebHarbor.developer, under: slug)
      return DeveloperRoutes.optOutDays(answer, document, versions).map { "\($0.version) \($0.day)" }
    }
    // Posted on 17 December, in force 15 days later, and 30 days to think it over.
    #expect(try await days() == ["2025-12-17 2026-01-31"])
    let key = try await harbor.access.linkKey()
    let ticket = SignedTicket(
      purpose: .calendar, subject: WebHarbor.developer.rawValue, expiresAt: harbor.clock.now.adding(seconds: 60))
    let feed = try await harbor.ask(.get, "/feeds/developers/\(ticket.signed(with: key)).ics")
    #expect(feed.body.contains("DTSTART;VALUE=DATE:20260131"), "\(feed.body)")
    #expect(feed.body.contains("last day to opt out of 7"))
    // Whoever opted out has nothing left to decide; whoever joined with the version has nothing to keep.
    _ = try await harbor.registry.optOut(
      WebHarbor.developer, of: slug, version: nil, clauses: [ClauseSelector("7")],
      at: Instant("2026-01-20T12:00:00Z"))
    #expect(try await days() == [])
  }
}
