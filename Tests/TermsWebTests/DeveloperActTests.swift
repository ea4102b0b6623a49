import HTTPTypes
import TermsModel
import TermsOperations
import TermsParsing
import TermsStore
import Testing

@testable import TermsWeb

/// What a developer's acts are about where they do not say it, what they are answered with, and what is refused.
@Suite struct DeveloperActTests {
  private static let at = "/v1/developers/dev-42"
  private static let body = #"{"document": "connector-terms"}"#

  private func post(_ harbor: WebHarbor, _ path: String, _ body: String) async throws -> WebHarbor.Reply {
    var headers = try await harbor.bearer(.developer(WebHarbor.developer))
    headers[.contentType] = "application/json"
    return try await harbor.ask(.post, "\(Self.at)/\(path)", headers: headers, body: body)
  }

  /// A material change of today, pending until 2026-02-16.
  private func publish(_ harbor: WebHarbor, _ words: String = "9 days") async throws {
    _ = try await harbor.registry.publish(
      WebHarbor.slug, text: Array(WebHarbor.text.replacing("15 days", with: words).utf8))
  }

  @Test func `a further connector is answered with what came into force by it, and with the ending it takes back`()
    async throws
  {
    let harbor = try await WebHarbor()
    func connect(_ name: String) async throws -> [String: Any] {
      try await post(harbor, "connectors", #"{"connector": "\#(name)", "document": "connector-terms"}"#).json()
    }
    let first = try await connect("second")
    #expect(
      first["receipt"] as? String
        == "You created the connector “second”, which is agreement. The terms bound you before, and go on binding you.")
    #expect(first["effectiveOn"] == nil)
    harbor.clock.advance(days: 1)
    try await publish(harbor)
    harbor.clock.advance(days: 1)
    #expect(try await post(harbor, "terminations", Self.body).status == 201)
    let next = try await connect("third")
    #expect(
      next["receipt"] as? String
        == "You created the connector “third”, which is agreement. The terms bound you before. With it, what had not bound you of them binds you from now on: of version 2026-02-02 7(a). Version 2026-02-02 now binds you wholly. The ending on 2026-03-05 is taken back by it: the agreement goes on."
    )
    #expect(next["effectiveOn"] as? String == "2026-02-03" && next["version"] as? String == "2026-02-02", "\(next)")
    #expect(next["endsOn"] == nil, "\(next)")
    #expect(try await post(harbor, "terminations", Self.body).status == 201)
    let back = try await connect("fourth")
    #expect(
      back["receipt"] as? String
        == "You created the connector “fourth”, which is agreement. The terms bound you before, and go on binding you. The ending on 2026-03-05 is taken back by it: the agreement goes on."
    )
    #expect(back["effectiveOn"] == nil)
  }

  @Test(arguments: [("acceptances", 201), ("declines", 201)])
  func `an act that names no version is about the last one that something is to come of`(_ act: String, _ status: Int)
    async throws
  {
    let harbor = try await WebHarbor()
    try await publish(harbor)
    harbor.clock.advance(days: 1)
    try await publish(harbor, "8 days")
    try await harbor.registry.perform(
      try await harbor.registry.withdrawal(of: WebHarbor.slug, version: nil, reason: "the wrong file"))
    let reply = try await post(harbor, act, Self.body)
    #expect(reply.status == status, "\(reply.body)")
    #expect(try reply.json()["version"] as? String == "2026-02-01")
    let optOut = try await post(harbor, "opt-outs", #"{"document": "connector-terms", "clauses": ["7(a)"]}"#)
    #expect(optOut.status == 422 && optOut.body.contains("offer no opting out"), "\(optOut.body)")
    let named = try await post(harbor, act, #"{"document": "connector-terms", "version": "2026-02-02"}"#)
    #expect(named.status == 422 && named.body.contains("/v1/documents/connector-terms/versions"), "\(named.body)")
  }

  @Test(arguments: ["", #", "reason": "  ""#])
  func `an ending at once needs its reason, whoever asks`(_ reason: String) async throws {
    let harbor = try await WebHarbor()
    let before = try await harbor.store.logSize()
    let reply = try await post(
      harbor, "terminations", #"{"document": "connector-terms", "immediate": true\#(reason)}"#)
    #expect([400, 422].contains(reply.status) && reply.body.contains("reason"), "\(reply.body)")
    #expect(try await harbor.store.logSize() == before)
    let done = try await post(
      harbor, "terminations", #"{"document": "connector-terms", "immediate": true, "reason": "harm"}"#)
    #expect(done.status == 201, "\(done.body)")
    let again = try await post(harbor, "terminations", Self.body)
    #expect(again.status == 422 && again.body.contains("POST /v1/developers/dev-42/connectors begins"), "\(again.body)")
    #expect(!again.body.contains("tenor agree") && !again.body.contains("'document'"), "\(again.body)")
  }

  @Test(arguments: [false, true])
  func `what binds along is listed, and ends with the agreement that brings it`(_ isPinned: Bool) async throws {
    let harbor = try await WebHarbor()
    let service = try #require(DocumentSlug(rawValue: "service-terms"))
    try await harbor.registry.addDocument(
      Document(
        slug: service, title: "Service terms", settings: DocumentSettings(profile: ShippedProfiles.standard)))
    _ = try await harbor.registry.publish(
      service, text: Array(WebHarbor.text.utf8), postedAt: Instant("2025-06-01T17:00:00Z"))
    let (main, first) = (try #require(DocumentSlug(rawValue: "main-terms")), VersionLabel(rawValue: "2025-06-01"))
    try await harbor.registry.addDocument(
      Document(
        slug: main, title: "Main terms",
        settings: DocumentSettings(
          profile: ShippedProfiles.standard, incorporated: [.init(document: service, pinned: isPinned ? first : nil)])))
    _ = try await harbor.registry.publish(
      main, text: Array(WebHarbor.text.utf8), postedAt: Instant("2025-06-01T17:00:00Z"))
    try await harbor.registry.agree(WebHarbor.developer, to: main)
    let links = DeveloperLinks(base: "", key: try await harbor.access.linkKey())
    let link = links.page(of: WebHarbor.developer, about: main, issuedAt: harbor.clock.now)
    let cookie = try #require(try await harbor.ask(.get, link).headers[.setCookie])
    let headers: HTTPFields = [.cookie: String(cookie.prefix { $0 != ";" })]
    func page(_ path: String) async throws -> String {
      try await harbor.ask(.get, "/me\(path)", headers: headers).body
    }
    #expect(try await page("").contains("href=\"/me/service-terms\""))
    #expect(try await page("/main-terms").contains("<a href=\"/me/service-terms\">Service terms</a>"))
    let along = try await page("/service-terms")
    #expect(along.contains("<dt>Binds you along with</dt><dd><a href=\"/me/main-terms\">Main terms</a>"), "\(along)")
    #expect(!along.contains("href=\"/me/service-terms/end\"") && along.contains("href=\"/me/main-terms/end\""))
    let end = try await page("/service-terms/end")
    #expect(end.contains("end with the agreement over that one") && end.contains("href=\"/me/main-terms/end\""))
    #expect(!end.contains("action=\"/me/service-terms/end\""), "\(end)")
    let refused = try await post(harbor, "terminations", #"{"document": "service-terms"}"#)
    #expect(refused.status == 422 && refused.body.contains("main-terms"), "\(refused.body)")
    for act in ["accept", "decline", "opt-out"] where isPinned {
      let asked = try await page("/service-terms/\(act)")
      #expect(asked.contains("in version 2025-06-01 for good") && !asked.contains("<button>"), "\(asked)")
    }
    let said = try await post(harbor, "acceptances", #"{"document": "service-terms"}"#)
    #expect(said.status == (isPinned ? 422 : 201), "one has a say in what floats: \(said.body)")
    #expect(try await post(harbor, "terminations", #"{"document": "main-terms"}"#).status == 201)
    let ending = try await page("/service-terms")
    #expect(ending.contains("the end of 2026-03-02"), "\(ending)")
    let key = try await harbor.access.linkKey()
    let calendar = SignedTicket(
      purpose: .calendar, subject: WebHarbor.developer.rawValue, expiresAt: harbor.clock.now.adding(seconds: 60)
    ).signed(with: key)
    let days = try await harbor.ask(.get, "/feeds/developers/\(calendar).ics").body
    #expect(days.contains("SUMMARY:Service terms: the agreement ends"), "\(days)")
    harbor.clock.advance(days: 60)
    let late = try await post(harbor, "acceptances", #"{"document": "service-terms"}"#)
    #expect(late.status == 422, "\(late.body)")
  }

  @Test func `an erased developer's sessions are over, and a dead link says why`() async throws {
    let harbor = try await WebHarbor()
    let links = DeveloperLinks(base: "", key: try await harbor.access.linkKey())
    let link = links.page(of: WebHarbor.developer, about: WebHarbor.slug, issuedAt: harbor.clock.now)
    let cookie = try #require(try await harbor.ask(.get, link).headers[.setCookie])
    let headers: HTTPFields = [.cookie: String(cookie.prefix { $0 != ";" })]
    #expect(try await harbor.ask(.get, "/me/connector-terms", headers: headers).status == 200)
    try await harbor.registry.eraseDeveloper(WebHarbor.developer, reason: "asked for it")
    let over = try await harbor.ask(.get, "/me/connector-terms", headers: headers)
    #expect(over.status == 303 && over.headers[.location] == "/sign-in?next=/me/connector-terms")
    let dead = try await harbor.ask(.get, link)
    #expect(dead.status == 403 && dead.body.contains("were erased"), "\(dead.body)")
    #expect(!dead.body.contains("older than") && !dead.body.contains("copied in part"))
    let token = try await harbor.access.createToken(role: .developer(WebHarbor.developer)).text.revealed
    let form: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]
    let refused = try await harbor.ask(.post, "/sign-in", headers: form, body: "token=\(token)")
    #expect(refused.status == 403 && refused.body.contains("were erased"), "\(refused.body)")
  }
}
