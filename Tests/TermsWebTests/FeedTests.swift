import Foundation
import HTTPTypes
import TermsModel
import TermsOperations
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
    #expect(reply.body.contains("1 change (material): in force from 2026-01-01."))
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
