import Foundation
import Hummingbird
import HummingbirdTesting
import Logging
import TermsModel
import TermsOperations
import TermsParsing
import TermsStore
import Testing

@testable import TermsWeb

/// The archive and the binding answer, routed as the server routes them.
@Suite struct WebTests {
  private func get(
    _ path: String, of harbor: WebHarbor, headers: HTTPFields = [:]
  ) async throws -> WebHarbor.Reply {
    try await harbor.ask(.get, path, headers: headers)
  }

  @Test func `it says that it is well`() async throws {
    let answer = try await get("/healthz", of: try await WebHarbor())
    #expect(answer.status == 200)
    #expect(answer.body == "ok\n")
  }

  @Test func `the archive lists documents, with their titles escaped`() async throws {
    let answer = try await get("/", of: try await WebHarbor())
    #expect(answer.body.contains("<a href=\"/connector-terms\">Connector &lt;terms&gt;</a>"))
    #expect(answer.headers[.contentSecurityPolicy]?.hasPrefix("default-src 'none'") == true)
  }

  @Test func `a version has an anchor for each clause and its history, and nothing in it is alive`() async throws {
    let answer = try await get("/connector-terms", of: try await WebHarbor())
    #expect(answer.status == 200)
    #expect(answer.body.contains("id=\"7-a\""))
    #expect(answer.body.contains("10 days after notice"))
    #expect(answer.body.contains("/connector-terms/compare/2025-06-04...2025-12-17"))
    #expect(!answer.body.contains("<script"))
    #expect(!answer.body.contains("javascript:"))
  }

  @Test(arguments: [
    ("/connector-terms/versions/2025-06-04", 200, "15 days after notice", "a version by its label"),
    ("/connector-terms/on/2025-12-16", 200, "15 days after notice", "the day before the second posting"),
    ("/connector-terms/on/2025-12-17", 200, "10 days after notice", "the day of it"),
    ("/connector-terms/on/2025-06-03", 404, "Nothing was posted", "before the first posting"),
    ("/connector-terms/on/yesterday", 400, "is no date", "no date"),
    ("/connector-terms/compare/2025-06-04...2025-12-17", 200, "<del>15</del><ins>10</ins>", "a comparison"),
    ("/connector-terms/compare/2025-06-04", 400, "2025-06-04...2025-12-17", "half a comparison"),
    ("/connector-terms/versions/2024-01-01", 404, "has no version", "an unknown version"),
    ("/no-such-terms", 404, "there is no document", "an unknown document"),
    ("/connector-terms/versions/..%2F..%2Fetc%2Fpasswd", 404, "no version of that name", "a path trick"),
    ("/%C3%28", 404, "no document of that name", "bytes that are no UTF-8"),
    ("/connector-terms/versions", 200, "<span class=\"badge material\">material</span> from 2026-01-01", "the history"),
    ("/connector-terms/versions/2025-06-04.md", 200, "# Connector terms", "a text as it was posted"),
    (
      "/connector-terms/compare/2025-06-04...2025-12-17?view=columns&show=whole", 200,
      "These terms govern", "side by side, the whole text"
    ),
    (
      "/connector-terms/compare/2025-06-04...2025-12-17", 200, "in force from 2026-01-01, if told on 2025-12-17",
      "each change with its date"
    ),
    ("/connector-terms/clauses/7(a)", 200, "<del>15</del><ins>10</ins>", "a clause through its versions"),
    ("/connector-terms/clauses/9(z)", 404, "9(z)", "a clause that no version has"),
    ("/search?q=modifications", 200, "<mark>Modifications</mark>", "words in every version"),
    ("/search?q=%3Cscript%3E&x=1", 200, "&lt;script&gt;", "words that are markup"),
    ("/search?q=..", 200, "no word to look for", "nothing to look for"),
    ("/nowhere/at/all", 404, "nothing at this address", "no route"),
  ])
  func `pages answer with what is asked for, or say what is wrong`(
    _ path: String, _ status: Int, _ words: String, _ because: String
  ) async throws {
    let answer = try await get(path, of: try await WebHarbor())
    #expect(answer.status == status, "\(because): \(answer.body)")
    #expect(answer.body.contains(words), "\(because): \(answer.body)")
  }

  @Test func `a document's page shows what stands, also where no version was posted with just its words`() async throws
  {
    let harbor = try await WebHarbor()
    let text = WebHarbor.text.replacing("15 days", with: "9 days").replacing("govern", with: "always govern")
    _ = try await harbor.registry.publish(
      WebHarbor.slug, text: Array(WebHarbor.text.replacing("15 days", with: "9 days").utf8))
    _ = try await harbor.registry.publish(WebHarbor.slug, text: Array(text.utf8))
    let plan = try await harbor.registry.withdrawal(
      of: WebHarbor.slug, version: VersionLabel(rawValue: "2026-02-01"), reason: "the wrong file")
    try await harbor.registry.perform(plan)
    let page = try await get("/connector-terms", of: harbor).body
    #expect(page.contains("10 days after notice") && page.contains("always govern"), "\(page)")
    #expect(page.contains("without the words of 2026-02-01, withdrawn after it was posted"), "\(page)")
    #expect(!page.contains("SHA-256"), "no posted text has just these words")
    let posted = try await get("/connector-terms/versions/2026-02-01.2", of: harbor).body
    #expect(posted.contains("9 days after notice") && posted.contains("SHA-256"), "\(posted)")
  }

  @Test func `a program asks which version binds, on any day`() async throws {
    let harbor = try await WebHarbor()
    for (day, version) in [("2025-12-31", "2025-06-04"), ("2026-01-01", "2025-12-17")] {
      let answer = try await get("/v1/developers/dev-42/binding?document=connector-terms&at=\(day)", of: harbor)
      #expect(answer.status == 200)
      let json = try #require(try JSONSerialization.jsonObject(with: Data(answer.body.utf8)) as? [String: Any])
      #expect(json["version"] as? String == version)
      #expect(json["at"] as? String == day)
      #expect(
        answer.headers[.init("Link").unsafelyUnwrapped]
          == "<https://terms.example/connector-terms/versions/\(version)>; rel=\"terms-of-service\"")
    }
    let pending = try await get("/v1/developers/dev-42/binding?at=2025-12-31", of: harbor)
    #expect(pending.headers[.init("Tenor-Pending-Version").unsafelyUnwrapped] == "2025-12-17; date=2026-01-01")
  }

  @Test func `what comes first is told in the head, and not what has no day yet`() async throws {
    let harbor = try await WebHarbor()
    let developer = try #require(DeveloperID(rawValue: "dev-8"))
    let joined = Instant("2025-07-01T17:00:00Z")
    try await harbor.registry.addDeveloper(
      NewDeveloper(
        id: developer, email: EmailAddress(rawValue: "dev8@example.com"), name: nil,
        region: try #require(Region(rawValue: "US")), at: joined))
    try await harbor.registry.addConnector(
      try #require(ConnectorID(rawValue: "trains")), of: developer, under: WebHarbor.slug, at: joined)
    func head() async throws -> String? {
      try await get("/v1/developers/dev-8/binding?document=connector-terms", of: harbor).headers[.pendingVersion]
    }
    #expect(try await head() == "2025-12-17", "nobody was told yet")
    let text = WebHarbor.text.replacing("15 days", with: "10 days").replacing("govern", with: "always govern")
    _ = try await harbor.registry.publish(WebHarbor.slug, text: Array(text.utf8))
    #expect(try await head() == "2025-12-17")
    try await harbor.registry.recordNotice(
      OutsideNotice(
        developer: developer, document: WebHarbor.slug, version: VersionLabel(rawValue: "2026-02-01"),
        channel: .courier,
        sentAt: nil, receivedAt: harbor.clock.now, failedAt: nil, reason: nil))
    #expect(try await head() == "2026-02-01; date=2026-02-16")
  }

  @Test(arguments: [
    ("/v1/developers/dev-9/binding?document=connector-terms", 404, "no developer 'dev-9'"),
    ("/v1/developers/dev-42/binding?document=no-such-terms", 404, "no document 'no-such-terms'"),
    ("/v1/developers/dev-42/binding?at=tomorrow", 400, "a date such as 2026-01-31"),
    ("/v1/developers/dev-42/binding?knownAt=2026-01-31", 400, "moment with an offset"),
    ("/v1/developers/dev%2042/binding", 404, "letters, digits"),
    ("/v1/nothing", 404, "nothing at this address"),
  ])
  func `problems are JSON for programs`(_ path: String, _ status: Int, _ words: String) async throws {
    let answer = try await get(path, of: try await WebHarbor())
    #expect(answer.status == status)
    #expect(answer.headers[.contentType] == "application/problem+json")
    let json = try #require(try JSONSerialization.jsonObject(with: Data(answer.body.utf8)) as? [String: Any])
    #expect(json["status"] as? Int == status)
    #expect((json["detail"] as? String)?.contains(words) == true, "\(answer.body)")
  }

  @Test func `the form that chooses two versions leads to their comparison`() async throws {
    let reply = try await WebHarbor().ask(.get, "/connector-terms/compare?before=2025-06-04&after=2025-12-17")
    #expect(reply.status == 303)
    #expect(reply.headers[.location] == "/connector-terms/compare/2025-06-04...2025-12-17")
  }

  @Test func `no line of a clause's history ends in the middle`() async throws {
    let page = try await get("/connector-terms/clauses/7(a)", of: try await WebHarbor()).body
    #expect(page.contains("posted on 2025-12-17, as 7(a)</span>"), "\(page)")
  }

  @Test func `anchors are short and readable`() {
    #expect(ClauseAnchor.of(ClauseLabel(path: ["7", "(a)", "(ii)"]), paragraph: 1) == "7-a-ii")
    #expect(ClauseAnchor.of(ClauseLabel(path: ["1", ".2"]), paragraph: 2) == "1.2-p2")
    #expect(ClauseAnchor.of(ClauseLabel(path: ["Article 4"]), paragraph: 1) == "article-4")
  }
}
