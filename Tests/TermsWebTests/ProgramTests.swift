import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import TermsModel
import TermsOperations
import TermsParsing
import TermsStore
import Testing

@testable import TermsWeb

/// The interface for programs.
@Suite struct ProgramTests {
  private static let json = HTTPField.Name.contentType

  private func post(
    _ harbor: WebHarbor, _ path: String, _ body: String, as headers: HTTPFields, key: String? = nil
  ) async throws -> WebHarbor.Reply {
    var headers = headers
    headers[.contentType] = "application/json"
    if let key { headers[.idempotencyKey] = key }
    return try await harbor.ask(.post, path, headers: headers, body: body)
  }

  @Test func `the description names every operation, and no other`() async throws {
    let routes = try await WebHarbor().service.makeRoutes()
    let others = ["/healthz", "/metrics", "/openapi.json"]
    let served = routes.methods.filter { $0.key.hasPrefix("/v1/") || others.contains($0.key) }.flatMap {
      path, methods in
      methods.filter { $0 != .head }.map { method in
        let path = path.split(separator: "/").map { part in
          part == ":pair" ? "{a}...{b}" : part.hasPrefix(":") ? "{\(part.dropFirst())}" : String(part)
        }
        return "\(method.rawValue.lowercased()) /\(path.joined(separator: "/"))"
      }
    }
    #expect(Set(served) == Set(OpenAPI.operations.map { "\($0.method) \($0.path)" }))
    let text = try OpenAPI(baseURL: "https://terms.example").text
    let described = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(described["openapi"] as? String == "3.1.0")
    // Every schema that is referred to is there.
    let schemas = try #require((described["components"] as? [String: Any])?["schemas"] as? [String: Any])
    for reference in text.components(separatedBy: "#/components/schemas/").dropFirst() {
      let name = String(reference.prefix { $0 != "\"" })
      #expect(schemas[name] != nil, "\(name)")
    }
  }

  @Test(arguments: [
    ("/v1/documents", "\"slug\":\"connector-terms\""), ("/v1/documents/connector-terms", "\"latest\":\"2025-12-17\""),
    ("/v1/documents/connector-terms/versions", "\"follows\":\"2025-06-04\""),
    ("/v1/documents/connector-terms/versions/2025-06-04", "Material changes take effect 15 days after notice."),
    ("/v1/documents/connector-terms/compare/2025-06-04...2025-12-17", "{\"op\": \"insert\", \"text\": \"10\"}"),
    ("/v1/search?q=notice", "\"alsoIn\":[\"2025-06-04\"]"), ("/openapi.json", "\"openapi\":\"3.1.0\""),
  ])
  func `documents are public`(_ path: String, _ words: String) async throws {
    let reply = try await WebHarbor(host: "0.0.0.0").ask(.get, path)
    #expect(reply.status == 200)
    #expect(reply.headers[.contentType] == "application/json")
    #expect(reply.body.contains(words), "\(reply.body)")
  }

  @Test func `the way to the operator's folder is told to nobody, though earlier programs put it on record`()
    async throws
  {
    let harbor = try await WebHarbor()
    let step = NoticeStep(
      version: try #require(VersionLabel(rawValue: "2025-12-17")), channel: .email,
      event: .received(.accepted, by: "folder /srv/tenor/outbox"))
    let act = RecordedAct(
      .notice(WebHarbor.developer, WebHarbor.slug, NoticeRecord(step: step)),
      happenedAt: try #require(Instant("2025-12-18T17:00:00Z")))
    _ = try await harbor.store.record([act], by: "tester", at: harbor.clock.now)
    let headers = try await harbor.bearer(.developer(WebHarbor.developer))
    for path in ["binding", "timeline", "notices"] {
      let reply = try await harbor.ask(.get, "/v1/developers/dev-42/\(path)?document=connector-terms", headers: headers)
      #expect(reply.status == 200 && reply.body.contains("folder outbox"), "\(reply.body)")
      #expect(!reply.body.contains("/srv"), "\(path): \(reply.body)")
    }
    let binding = try await harbor.ask(.get, "/v1/developers/dev-42/binding", headers: headers)
    #expect(
      binding.body.contains("e-mail accepted by folder outbox 2025-12-18, receipt assumed (level 2)"), "\(binding.body)"
    )
  }

  @Test(arguments: ["/metrics", "/healthz", "/openapi.json"])
  func `what only programs ask for answers in their form, errors as well`(_ path: String) async throws {
    let harbor = try await WebHarbor(host: "0.0.0.0")
    let reply = try await harbor.ask(path == "/metrics" ? .get : .post, path)
    #expect(reply.status == (path == "/metrics" ? 401 : 405))
    #expect(reply.headers[.contentType] == "application/problem+json", "\(reply.body)")
    #expect(try reply.json()["status"] as? Int == reply.status)
  }

  @Test func `lists come in pages`() async throws {
    let harbor = try await WebHarbor()
    let headers = try await harbor.bearer(.operator)
    for path in ["/v1/documents/connector-terms/versions", "/v1/developers"] {
      if path == "/v1/developers" {
        _ = try await post(harbor, path, #"{"id": "dev-43", "region": "CH"}"#, as: headers)
      }
      let first = try await harbor.ask(.get, "\(path)?limit=1", headers: headers).json()
      let next = try #require(first["next"] as? String)
      let second = try await harbor.ask(.get, "\(path)?limit=1&cursor=\(next)", headers: headers).json()
      #expect((first["items"] as? [Any])?.count == 1)
      #expect((second["items"] as? [Any])?.count == 1)
      #expect(second["next"] == nil)
      #expect(try await harbor.ask(.get, "\(path)?limit=0", headers: headers).status == 400)
    }
  }

  @Test func `a cursor that no page of the list gave is told, and answers no page`() async throws {
    let harbor = try await WebHarbor()
    let headers = try await harbor.bearer(.operator)
    _ = try await post(harbor, "/v1/developers", #"{"id": "dev-43", "region": "CH"}"#, as: headers)
    let lists = ["/v1/documents/connector-terms/versions", "/v1/developers"]
    var nexts: [String] = []
    for path in lists {
      nexts.append(
        try #require(try await harbor.ask(.get, "\(path)?limit=1", headers: headers).json()["next"] as? String))
    }
    for (path, own) in zip(lists, nexts) {
      let foreign = nexts.filter { $0 != own } + [PageCursor(list: "developers").text(after: Self.stranger)]
      for cursor in ["", "x", "dev-42", "2025-12-17", String(own.dropLast()), String(own.dropFirst()), "~"] + foreign {
        let reply = try await harbor.ask(.get, "\(path)?limit=1&cursor=\(cursor)", headers: headers)
        #expect(reply.status == 400, "\(path) \(cursor): \(reply.body)")
        #expect(reply.headers[.contentType] == "application/problem+json")
        #expect(reply.body.contains("'cursor'") && reply.body.contains("leave it out"), "\(reply.body)")
      }
    }
  }

  /// Somebody of another record.
  private static let stranger = DeveloperID(rawValue: "dev-1").unsafelyUnwrapped

  @Test(arguments: [
    #"Ada\r\nBcc: eve@example.com"#, #"Ada\u0007"#, #"Ada\u0085"#, #"Ada \u202egnp.exe"#, #"\u2066Ada"#,
    #"Ada\u2028Eve"#,
  ])
  func `a name that would break or turn a line is refused with the words of the command line`(_ name: String)
    async throws
  {
    let harbor = try await WebHarbor()
    let headers = try await harbor.bearer(.operator)
    let reply = try await post(
      harbor, "/v1/developers", #"{"id": "ada", "region": "US", "name": "\#(name)"}"#, as: headers)
    #expect(reply.status == 422, "\(reply.body)")
    #expect(
      reply.body.contains("the name of developer 'ada': the character at position ")
        && reply.body.contains("leave it out"),
      "\(reply.body)")
    for member in ["id", "region"] {
      let body = #"{"id": "ada", "region": "US", "\#(member)": "\#(name)"}"#
        .replacing(member == "id" ? #""id": "ada", "# : #""region": "US", "#, with: "")
      let plain = try await post(harbor, "/v1/developers", body, as: headers)
      #expect(plain.status == 400 && plain.body.contains("'\(member)' takes"), "\(plain.body)")
    }
    #expect(try await harbor.ask(.get, "/v1/developers/ada", headers: headers).status == 404, "nothing was recorded")
  }

  @Test func `names of all scripts are names`() async throws {
    let harbor = try await WebHarbor()
    let headers = try await harbor.bearer(.operator)
    for (index, name) in ["Zoë", "محمد", "דנה\u{200F}", "நிலா", "👩‍💻 Ada", "O'Neill, Inc."].enumerated() {
      let body = #"{"id": "dev-\#(100 + index)", "region": "US", "name": "\#(name)"}"#
      #expect(try await post(harbor, "/v1/developers", body, as: headers).status == 201, "\(name)")
    }
  }

  @Test func `a developer's life, by programs`() async throws {
    let harbor = try await WebHarbor()
    let headers = try await harbor.bearer(.operator)
    let made = try await post(
      harbor, "/v1/developers", #"{"id": "ada", "email": "ada@example.com", "name": "Ada", "region": "US"}"#,
      as: headers)
    #expect(made.status == 201)
    #expect(made.headers[.location] == "/v1/developers/ada")
    let own = try await harbor.bearer(.developer(DeveloperID(rawValue: "ada").unsafelyUnwrapped))
    let at = "/v1/developers/ada"
    #expect(
      try await post(harbor, "\(at)/connectors", #"{"connector": "w", "document": "connector-terms"}"#, as: own).status
        == 201)
    #expect(try await harbor.ask(.get, at, headers: own).body.contains("ada@example.com"))
    let accepted = try await post(harbor, "\(at)/acceptances", #"{"document": "connector-terms"}"#, as: own)
    #expect(accepted.status == 201)
    #expect(try accepted.json()["version"] as? String == "2025-12-17")
    let again = try await post(harbor, "\(at)/acceptances", #"{"document": "connector-terms"}"#, as: own)
    #expect(again.status == 422, "accepted already: \(again.body)")
    let behind = try await post(
      harbor, "\(at)/acceptances", #"{"document": "connector-terms", "version": "2025-06-04"}"#, as: own)
    #expect(behind.status == 422, "\(behind.body)")
    #expect(behind.body.contains("would change nothing"), "\(behind.body)")
    let late = try await post(harbor, "\(at)/declines", #"{"document": "connector-terms"}"#, as: own)
    #expect(late.status == 422, "it binds already: \(late.body)")
    let optOut = try await post(
      harbor, "\(at)/opt-outs", #"{"document": "connector-terms", "clauses": ["7(a)"]}"#, as: own)
    #expect(optOut.status == 422, "the rules offer no opting out: \(optOut.body)")
    #expect(try await harbor.ask(.get, "\(at)/timeline?document=connector-terms", headers: own).status == 200)
    #expect(try await harbor.ask(.get, "\(at)/notices?document=connector-terms", headers: own).status == 200)
    let receipt = try await post(
      harbor, "/v1/notices/receipts",
      #"{"developer": "ada", "document": "connector-terms", "channel": "courier", "sentAt": "2026-01-05T09:00:00-08:00"}"#,
      as: try await harbor.bearer(.sender))
    #expect(receipt.status == 201, "\(receipt.body)")
    #expect(try await harbor.ask(.get, "\(at)/notices?document=connector-terms", headers: own).body.contains("courier"))
    let ended = try await post(harbor, "\(at)/terminations", #"{"document": "connector-terms"}"#, as: own)
    #expect(ended.status == 201)
    #expect(
      try ended.json()["receipt"] as? String
        == "You gave notice. The agreement binds you until the end of 2026-03-02, and ends on 2026-03-03.")
    #expect(try ended.json()["endsOn"] as? String == "2026-03-03")
    #expect(try ended.json()["lastDay"] as? String == "2026-03-02")
    #expect(try await post(harbor, "\(at)/terminations", #"{"document": "connector-terms"}"#, as: own).status == 422)
    #expect(try await harbor.ask(.delete, "\(at)/connectors/w", headers: own).status == 200)
    #expect(try await harbor.ask(.delete, "\(at)/connectors/w", headers: own).status == 404)
    #expect(try harbor.store.verify() == [])
  }

  @Test func `each act is answered with what follows from it, and from when`() async throws {
    let harbor = try await WebHarbor()
    let headers = try await harbor.bearer(.operator)
    let at = "2026-01-31T12:00:00Z"
    _ = try await post(
      harbor, "/v1/developers", #"{"id": "ada", "region": "US", "at": "\#(at)"}"#, as: headers)
    let body = #"{"document": "connector-terms"}"#
    let joined = try await post(
      harbor, "/v1/developers/ada/connectors",
      #"{"connector": "w", "document": "connector-terms", "at": "\#(at)"}"#, as: headers)
    let joining = try joined.json()
    #expect(
      joining["receipt"] as? String
        == "You created the connector “w”, which is agreement: version 2025-12-17 binds you from now on.")
    #expect(joining["effectiveOn"] as? String == "2026-01-31" && joining["version"] as? String == "2025-12-17")
    _ = try await harbor.registry.publish(
      WebHarbor.slug, text: Array(WebHarbor.text.replacing("15 days", with: "9 days").utf8))
    let declined = try await post(harbor, "/v1/developers/ada/declines", body, as: headers).json()
    #expect(declined["effectiveOn"] as? String == "2026-02-16", "it binds all the same: \(declined)")
    let accepted = try await post(harbor, "/v1/developers/ada/acceptances", body, as: headers).json()
    #expect(accepted["effectiveOn"] as? String == "2026-02-01" && accepted["endsOn"] == nil, "\(accepted)")
    #expect(accepted["receipt"] as? String == "You accepted version 2026-02-01: it binds you from now on.")
    let removed = try await harbor.ask(.delete, "/v1/developers/ada/connectors/w", headers: headers).json()
    #expect(removed["endsOn"] as? String == "2026-03-03", "the last connector: \(removed)")
    let later = try await post(
      harbor, "/v1/developers/ada/acceptances",
      #"{"document": "connector-terms", "version": "2026-02-01", "at": "2026-06-01T00:00:00Z"}"#, as: headers)
    #expect(
      later.status == 422 && later.body.contains("lies in the future"), "nothing of an end to come: \(later.body)")
    let atOnce = try await post(
      harbor, "/v1/developers/ada/terminations",
      #"{"document": "connector-terms", "immediate": true, "reason": "harm", "by": "platform"}"#, as: headers
    ).json()
    #expect(atOnce["endsOn"] as? String == "2026-02-01" && atOnce["lastDay"] == nil, "\(atOnce)")
    #expect((atOnce["receipt"] as? String)?.hasPrefix("The agreement ended at once, on 2026-02-01.") == true)
  }

  @Test(arguments: [
    ("/v1/developers/dev-42/acceptances", #"{"document": "connector-terms", "at": "2025-12-20T00:00:00Z"}"#, "'at'"),
    ("/v1/developers/dev-42/terminations", #"{"document": "connector-terms", "by": "platform"}"#, "'by'"),
    ("/v1/developers/dev-43/acceptances", #"{"document": "connector-terms"}"#, "may not accept for 'dev-43'"),
    ("/v1/developers", #"{"id": "x", "region": "US"}"#, "may not register developers"),
    ("/v1/documents/connector-terms/versions", #"{"text": "x"}"#, "may not publish"),
  ])
  func `a developer acts for themselves, and now`(_ path: String, _ body: String, _ words: String) async throws {
    let harbor = try await WebHarbor()
    let reply = try await post(harbor, path, body, as: try await harbor.bearer(.developer(WebHarbor.developer)))
    #expect(reply.status == 403)
    #expect(reply.body.contains(words), "\(reply.body)")
  }

  @Test func `review, publish, withdraw`() async throws {
    let harbor = try await WebHarbor()
    let headers = try await harbor.bearer(.operator)
    let text = WebHarbor.text.replacing("15 days", with: "5 days").replacing("\n", with: "\\n").replacing(
      "\"", with: "\\\"")
    let at = "/v1/documents/connector-terms"
    let review = try await post(harbor, "\(at)/reviews", "{\"text\": \"\(text)\"}", as: headers)
    #expect(review.status == 200)
    #expect(review.body.contains("\"proposed\":\"material\""), "\(review.body)")
    #expect(
      try await harbor.ask(.get, "\(at)/versions").body.components(separatedBy: "\"postedOn\"").count == 3,
      "nothing was posted")
    let published = try await post(
      harbor, "\(at)/versions", "{\"text\": \"\(text)\", \"after\": \"2025-12-17\"}", as: headers)
    #expect(published.status == 201, "\(published.body)")
    #expect(published.headers[.location] == "/v1/documents/connector-terms/versions/2026-02-01")
    let late = try await post(harbor, "\(at)/versions", "{\"text\": \"x\", \"after\": \"2025-12-17\"}", as: headers)
    #expect(late.status == 422, "somebody else published in between: \(late.body)")
    let withdrawn = try await post(
      harbor, "\(at)/versions/2026-02-01/withdrawal", #"{"reason": "a mistake"}"#, as: headers)
    #expect(withdrawn.status == 201, "\(withdrawn.body)")
    #expect(try await harbor.ask(.get, "\(at)/versions/2026-02-01").body.contains("\"event\":\"withdrawn\""))
    #expect(try await harbor.ask(.get, "/connector-terms").body.contains("10 days after notice"))
  }

  @Test func `the dates of a review are those that are told once it is posted, by all that is pending before it`()
    async throws
  {
    let harbor = try await WebHarbor()
    let headers = try await harbor.bearer(.operator)
    _ = try await harbor.registry.publish(
      WebHarbor.slug, text: Array(WebHarbor.text.replacing("15 days", with: "9 days").utf8),
      postedAt: Instant("2026-01-31T17:00:00Z"))
    // A change to the clause whose change is pending until 2026-02-15, and one to another clause.
    let text = WebHarbor.text.replacing("15 days after notice", with: "9 days after the notice")
      .replacing("govern", with: "apply to").replacing("\n", with: "\\n")
    let decisions = #"[{"clause": "7(a)", "class": "other"}, {"clause": "1", "class": "other"}]"#
    let body = #"{"text": "\#(text)", "decisions": \#(decisions), "reason": "no other sense"}"#
    let at = "/v1/documents/connector-terms"
    func dates(_ json: [String: Any]) throws -> [String] {
      try #require(json["dates"] as? [[String: Any]]).map {
        "\($0["class"] ?? "") \($0["changes"] ?? "") \($0["effectiveOn"] ?? "")"
      }
    }
    let reviewed = try dates(try await post(harbor, "\(at)/reviews", body, as: headers).json())
    #expect(reviewed == ["other 1 2026-02-01", "other 1 2026-02-15"], "a clause never runs ahead of itself")
    let refused = try await post(
      harbor, "\(at)/reviews", #"{"text": "\#(text)", "decisions": \#(decisions)}"#, as: headers
    )
    .json()
    let proposed = try dates(refused)
    #expect(
      (refused["refusal"] as? String)?.contains("say why with 'reason'") == true, "in the words of this interface")
    #expect(refused["refusal"] != nil && proposed.contains { $0.hasSuffix("2026-02-15") }, "\(refused)")
    let posted = try await post(
      harbor, "\(at)/versions", body.replacing("{\"text\"", with: "{\"after\": \"2026-01-31\", \"text\""), as: headers)
    #expect(posted.status == 201, "\(posted.body)")
    #expect(try dates(try posted.json()) == reviewed)
    #expect(try dates(try await harbor.ask(.get, "\(at)/versions/2026-02-01").json()) == reviewed)
  }

  @Test func `a program publishes a lower class only after a second person agreed`() async throws {
    let harbor = try await WebHarbor()
    try await harbor.registry.changeDocument(
      Document(
        slug: WebHarbor.slug, title: "Connector terms",
        settings: DocumentSettings(profile: ShippedProfiles.standard, requireApproval: ["lower-class"])))
    let (maria, jon) = (try await harbor.bearer(.operator), try await harbor.bearer(.operator))
    let text = WebHarbor.text.replacing("15 days", with: "5 days").replacing("\n", with: "\\n")
    let at = "/v1/documents/connector-terms"
    let body = #"{"text": "\#(text)", "decisions": [{"clause": "7(a)", "class": "other"}], "reason": "it suits them"}"#
    let after = body.replacing("{\"text\"", with: "{\"after\": \"2025-12-17\", \"text\"")
    let alone = try await post(harbor, "\(at)/versions", after, as: maria)
    #expect(alone.status == 422)
    #expect(alone.body.contains("asks for a second person's agreement to 7(a) as other"), "\(alone.body)")
    #expect(alone.body.contains("POST /v1/documents/connector-terms/approvals"), "\(alone.body)")
    #expect(try await post(harbor, "\(at)/reviews", body, as: maria).body.contains("second person's agreement"))
    let agreed = try await post(harbor, "\(at)/approvals", body, as: jon)
    #expect(agreed.status == 201, "\(agreed.body)")
    let own = try await post(harbor, "\(at)/versions", after, as: jon)
    #expect(own.status == 422)
    #expect(own.body.contains("nobody is their own second person"), "\(own.body)")
    #expect(try await post(harbor, "\(at)/versions", after, as: maria).status == 201)
    let needless = try await post(
      harbor, "\(at)/approvals", #"{"text": "\#(text.replacing("5 days", with: "6 days"))", "reason": "why not"}"#,
      as: jon)
    #expect(needless.status == 422)
    #expect(needless.body.contains("nothing in this needs a second person's agreement"), "\(needless.body)")
    let auditor = try await harbor.bearer(.auditor)
    #expect(try await post(harbor, "\(at)/approvals", body, as: auditor).status == 403)
    #expect(try harbor.store.verify() == [])
  }

  @Test func `a request that comes again with its key is answered again, and not done again`() async throws {
    let harbor = try await WebHarbor()
    let headers = try await harbor.bearer(.operator)
    let body = #"{"id": "ada", "region": "US"}"#
    let first = try await post(harbor, "/v1/developers", body, as: headers, key: "k1")
    let again = try await post(harbor, "/v1/developers", body, as: headers, key: "k1")
    #expect(first.status == 201)
    #expect(again.status == 201)
    #expect(again.body == first.body)
    #expect(again.headers[.location] == first.headers[.location])
    #expect(again.headers[.idempotencyReplayed] == "true")
    #expect(try await post(harbor, "/v1/developers", body, as: headers).status == 422, "without a key it is done anew")
    let other = try await post(harbor, "/v1/developers", #"{"id": "eve", "region": "US"}"#, as: headers, key: "k1")
    #expect(other.status == 422)
    #expect(other.body.contains("used for another request"))
    // What was refused can be mended and sent with the same key.
    #expect(try await post(harbor, "/v1/developers", body, as: headers, key: "k2").status == 422)
    #expect(
      try await post(harbor, "/v1/developers", #"{"id": "eve", "region": "US"}"#, as: headers, key: "k2").status == 201)
    #expect(try await post(harbor, "/v1/developers", body, as: headers, key: "k 3").status == 400)
  }

  @Test(arguments: [
    ("{", 400, "not JSON"), ("[]", 400, "no object"), (#"{"id": "ada"}"#, 400, "needs 'region'"),
    (#"{"id": "ada", "region": "US", "mail": "x"}"#, 400, "no member 'mail'"),
    (#"{"id": "a b", "region": "US"}"#, 400, "'id' takes letters"), (#"{"id": 1, "region": "US"}"#, 400, "a string"),
    (#"{"id": "ada", "region": "US", "email": "x"}"#, 400, "has no @"),
    (#"{"id": "ada", "region": "US", "at": "2026-01-01"}"#, 400, "with an offset"),
    (#"{"id": "ada", "region": "US", "at": "2099-01-01T00:00:00Z"}"#, 422, "in the future"),
    (#"{"id": "dev-42", "region": "US"}"#, 422, "exists already"),
  ])
  func `a body that is not meant is a problem that says where`(_ body: String, _ status: Int, _ words: String)
    async throws
  {
    let harbor = try await WebHarbor()
    let reply = try await post(harbor, "/v1/developers", body, as: try await harbor.bearer(.operator))
    #expect(reply.status == status, "\(reply.body)")
    #expect(reply.headers[.contentType] == "application/problem+json")
    #expect(reply.body.contains(words), "\(reply.body)")
    var headers = try await harbor.bearer(.operator)
    headers[.contentType] = "text/plain"
    #expect(try await harbor.ask(.post, "/v1/developers", headers: headers, body: "{}").status == 415)
  }
  @Test func `a body that is too large is told how large one may be`() async throws {
    let harbor = try await WebHarbor()
    let reply = try await post(
      harbor, "/v1/developers", String(repeating: "x", count: WebContext.mostBodyBytes + 1),
      as: try await harbor.bearer(.operator))
    #expect(reply.status == 413 && reply.body.contains("at most 4 MB"), "\(reply.body.prefix(300))")
    #expect(reply.headers[.connection] == "close", "the rest of it is not waited for")
  }
}
