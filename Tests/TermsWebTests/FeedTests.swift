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
    let page = path.contains("all") ? "/" : "/connector-terms/versions"
    #expect(reply.body.contains("rel=\"alternate\" type=\"text/html\" href=\"https://terms.example\(page)\"/>"))
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
    // The last day before it binds those who were told on the day of posting.
    #expect(lines.contains("DTSTART;VALUE=DATE:20251231"))
    #expect(
      reply.body.replacing("\r\n ", with: "").contains(
        "SUMMARY:Connector <terms> 2025-12-17: last day to accept early or decline\\, if told on 2025-12-17"))
  }

  @Test(arguments: ["/feeds/all.atom", "/feeds/connector-terms.ics"])
  func `links made of the address that was asked for are kept for nobody else`(_ path: String) async throws {
    let named = try await WebHarbor().ask(.get, path)
    #expect(named.headers[.cacheControl] == "public, no-cache")
    let unnamed = try await WebHarbor(baseURL: nil).ask(.get, path)
    #expect(!unnamed.body.contains("terms.example"))
    #expect(unnamed.headers[.cacheControl] == "private, no-cache")
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
      return DeveloperCalendar.optOutDays(answer, document, versions).map { "\($0.version) \($0.day)" }
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

  /// The events of a developer's calendar, each by its title without the document's.
  private func events(_ harbor: WebHarbor) async throws -> [String: [String: String]] {
    let ticket = SignedTicket(
      purpose: .calendar, subject: WebHarbor.developer.rawValue, expiresAt: harbor.clock.now.adding(seconds: 60))
    let key = try await harbor.access.linkKey()
    let feed = try await harbor.ask(.get, "/feeds/developers/\(ticket.signed(with: key)).ics")
    #expect(feed.status == 200)
    var events: [String: [String: String]] = [:]
    for part in feed.body.replacing("\r\n ", with: "").components(separatedBy: "BEGIN:VEVENT\r\n").dropFirst() {
      var fields: [String: String] = [:]
      for line in part.components(separatedBy: "\r\n") {
        let sides = line.split(separator: ":", maxSplits: 1).map(String.init)
        if sides.count == 2 { fields[sides[0]] = sides[1] }
      }
      let title = (fields["SUMMARY"] ?? "").replacing("Connector <terms>", with: "").replacing(#/^:? /#, with: "")
      #expect(events[title] == nil, "\(title) twice")
      events[title] = fields
    }
    #expect(Set(events.values.compactMap { $0["UID"] }).count == events.count, "each has a name of its own")
    return events
  }

  private static let date = "DTSTART;VALUE=DATE"

  @Test func `the end of the agreement is a day, and is cancelled where it is taken back`() async throws {
    let harbor = try await WebHarbor()
    #expect(try await events(harbor).keys.allSatisfy { !$0.contains("agreement") })
    try await harbor.registry.terminate(
      WebHarbor.developer, under: WebHarbor.slug, by: .developer, immediate: false, reason: nil)
    let ends = try #require(try await events(harbor)["the agreement ends"])
    #expect(ends[Self.date] == "20260303" && ends["STATUS"] == "CONFIRMED")
    #expect(ends["DESCRIPTION"]?.hasPrefix("It binds you until the end of 2026-03-02.") == true, "\(ends)")
    // The platform's, too, where it comes first; it is the same day told anew.
    try await harbor.registry.terminate(
      WebHarbor.developer, under: WebHarbor.slug, by: .platform, immediate: false, reason: "law",
      at: Instant("2026-01-20T12:00:00Z"))
    let sooner = try #require(try await events(harbor)["the agreement ends"])
    #expect(sooner[Self.date] == "20260219" && sooner["UID"] == ends["UID"])
    #expect(Int(sooner["SEQUENCE"] ?? "") ?? 0 > Int(ends["SEQUENCE"] ?? "") ?? 0)

    let other = try await WebHarbor()
    try await other.registry.terminate(
      WebHarbor.developer, under: WebHarbor.slug, by: .developer, immediate: false, reason: nil)
    let given = try #require(try await events(other)["the agreement ends"])
    try await other.registry.addConnector(
      try #require(ConnectorID(rawValue: "trains")), of: WebHarbor.developer, under: WebHarbor.slug)
    let back = try #require(try await events(other)["the agreement goes on: its ending was taken back"])
    #expect(back["UID"] == given["UID"] && back["STATUS"] == "CANCELLED" && back[Self.date] == "20260303")
    #expect(back["DESCRIPTION"] == "Nothing ends it: the ending on 2026-03-03 was taken back.", "\(back)")
    #expect(Int(back["SEQUENCE"] ?? "") ?? 0 > Int(given["SEQUENCE"] ?? "") ?? 0)
  }

  @Test func `the last days to decide are there, move with what moves them, and are cancelled with a withdrawal`()
    async throws
  {
    let harbor = try await WebHarbor()
    // Served by the posting of today, in force on 2026-02-16.
    _ = try await harbor.registry.publish(
      WebHarbor.slug, text: Array(WebHarbor.text.replacing("15 days", with: "9 days").utf8))
    let first = try await events(harbor)
    let binds = try #require(first["2026-02-01: changes (material) bind you"])
    let decide = try #require(first["2026-02-01: last day to accept early or decline"])
    #expect(binds[Self.date] == "20260216" && decide[Self.date] == "20260215", "\(first)")
    #expect(first.keys.allSatisfy { !$0.contains("notice of ending") }, "30 days' notice given by then come too late")
    let label = try #require(VersionLabel(rawValue: "2026-02-01"))
    let postponement = try await harbor.registry.postponement(
      of: WebHarbor.slug, version: label, until: try #require(CalendarDate("2026-03-20")), reason: "more time")
    _ = try await harbor.registry.perform(postponement)
    let second = try await events(harbor)
    let later = try #require(second["2026-02-01: last day to accept early or decline"])
    #expect(later[Self.date] == "20260319" && later["UID"] == decide["UID"])
    #expect(Int(later["SEQUENCE"] ?? "") ?? 0 > Int(decide["SEQUENCE"] ?? "") ?? 0)
    let leave = try #require(second["2026-02-01: last day for a notice of ending that keeps it away"])
    #expect(leave[Self.date] == "20260218", "30 days before it binds")
    _ = try await harbor.registry.decline(WebHarbor.developer, of: WebHarbor.slug, version: nil)
    let declined = try await events(harbor)
    #expect(declined["2026-02-01: last day to accept early"]?["UID"] == decide["UID"], "it was declined already")
    let withdrawal = try await harbor.registry.withdrawal(
      of: WebHarbor.slug, version: label, reason: "a mistake", at: nil)
    _ = try await harbor.registry.perform(withdrawal)
    let gone = try await events(harbor)
    let cancelled = try #require(gone["2026-02-01: changes (material): withdrawn"])
    #expect(cancelled["UID"] == binds["UID"] && cancelled["STATUS"] == "CANCELLED", "\(gone)")
    let closed = try #require(gone["2026-02-01: last day to accept early or decline: withdrawn"])
    #expect(closed["UID"] == decide["UID"] && closed["STATUS"] == "CANCELLED")
    #expect(gone.values.allSatisfy { $0["STATUS"] == "CANCELLED" || !($0["SUMMARY"] ?? "").contains("2026-02-01") })
  }
}
