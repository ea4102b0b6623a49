import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import TemporaryFolder
import TermsModel
import TermsOperations
import TermsParsing
import TermsStore
import Testing
import Transparency

@testable import TermsWeb

/// Every POST of the interface for programs is done once for a key, however often it comes, to whichever process.
@Suite struct RepeatedRequestTests {
  private struct Asked {
    /// As the description names it.
    let operation: String
    let path: String
    let body: String
    var status = 201
  }

  private static let draft = WebHarbor.text.replacing("15 days", with: "9 days").replacing("\n", with: "\\n")

  /// One of each, in an order in which each can be done.
  private static let all: [Asked] = [
    Asked(operation: "/v1/developers", path: "/v1/developers", body: #"{"id": "ada", "region": "US"}"#),
    Asked(
      operation: "/v1/documents/{slug}/reviews", path: "/v1/documents/connector-terms/reviews",
      body: #"{"text": "\#(draft)"}"#, status: 200),
    Asked(
      operation: "/v1/documents/{slug}/drafts", path: "/v1/documents/connector-terms/drafts",
      body: #"{"text": "\#(draft)"}"#),
    Asked(
      operation: "/v1/documents/{slug}/approvals", path: "/v1/documents/connector-terms/approvals",
      body: #"{"text": "\#(draft)", "decisions": [{"clause": "7(a)", "class": "other"}], "reason": "it suits them"}"#),
    Asked(
      operation: "/v1/documents/{slug}/versions", path: "/v1/documents/connector-terms/versions",
      body: #"{"text": "\#(draft)", "after": "2025-12-17"}"#),
    Asked(
      operation: "/v1/notices/receipts", path: "/v1/notices/receipts",
      body:
        #"{"developer": "dev-42", "document": "connector-terms", "channel": "courier", "sentAt": "2026-02-01T08:00:00Z", "version": "2025-12-17"}"#
    ),
    Asked(
      operation: "/v1/developers/{id}/declines", path: "/v1/developers/dev-42/declines",
      body: #"{"document": "connector-terms"}"#),
    Asked(
      operation: "/v1/documents/{slug}/versions/{version}/withdrawal",
      path: "/v1/documents/connector-terms/versions/2026-02-01/withdrawal", body: #"{"reason": "a mistake"}"#),
    Asked(
      operation: "/v1/developers/{id}/connectors", path: "/v1/developers/dev-42/connectors",
      body: #"{"connector": "trains", "document": "connector-terms"}"#),
    Asked(
      operation: "/v1/developers/{id}/opt-outs", path: "/v1/developers/dev-42/opt-outs",
      body: #"{"document": "connector-terms", "version": "2025-12-17", "clauses": ["7(a)"]}"#),
    Asked(
      operation: "/v1/developers/{id}/acceptances", path: "/v1/developers/dev-42/acceptances",
      body: #"{"document": "connector-terms", "version": "2025-12-17"}"#),
    Asked(
      operation: "/v1/developers/{id}/terminations", path: "/v1/developers/dev-42/terminations",
      body: #"{"document": "connector-terms"}"#),
  ]

  private static func harbor(file: String? = nil) async throws -> WebHarbor {
    let harbor = try await WebHarbor(isEmpty: true, file: file)
    var profile = ShippedProfiles.standard
    profile.optOut = [.init(clauses: [ClauseSelector("7")], days: 60)]
    try await harbor.registry.addDocument(
      Document(
        slug: WebHarbor.slug, title: "Terms",
        settings: DocumentSettings(profile: profile, requireApproval: ["lower-class"])))
    _ = try await harbor.registry.publish(
      WebHarbor.slug, text: Array(WebHarbor.text.utf8), postedAt: Instant("2025-06-04T17:00:00Z"))
    try await harbor.registry.addDeveloper(
      NewDeveloper(
        id: WebHarbor.developer, email: nil, name: nil, region: try #require(Region(rawValue: "US")),
        at: Instant("2025-07-01T17:00:00Z")))
    try await harbor.registry.addConnector(
      try #require(ConnectorID(rawValue: "weather")), of: WebHarbor.developer, under: WebHarbor.slug,
      at: Instant("2025-07-01T17:00:00Z"))
    _ = try await harbor.registry.publish(
      WebHarbor.slug, text: Array(WebHarbor.text.replacing("15 days", with: "10 days").utf8),
      postedAt: Instant("2025-12-17T17:00:00Z"))
    return harbor
  }

  private static func post(
    _ harbor: WebHarbor, _ client: some TestClientProtocol, _ path: String, _ body: String, _ headers: HTTPFields,
    key: String
  ) async throws -> WebHarbor.Reply {
    var headers = headers
    headers[.contentType] = "application/json"
    headers[.idempotencyKey] = key
    return try await harbor.ask(client, .post, path, headers: headers, body: body)
  }

  @Test func `every POST is done once for a key, also by a service begun anew`() async throws {
    #expect(
      Set(Self.all.map(\.operation)) == Set(OpenAPI.operations.filter { $0.method == "post" }.map(\.path)),
      "each operation has a case")
    let folder = try TemporaryFolder()
    let path = folder.url.appending(path: "record.sqlite").path
    let harbor = try await Self.harbor(file: path)
    let headers = try await harbor.bearer(.operator)
    var first: [String: String] = [:]
    for asked in Self.all {
      let (done, again, other) = try await Application(router: harbor.service.makeRouter()).test(.router) { client in
        (
          try await Self.post(harbor, client, asked.path, asked.body, headers, key: "key of \(asked.operation)".key),
          try await Self.post(harbor, client, asked.path, asked.body, headers, key: "key of \(asked.operation)".key),
          try await Self.post(
            harbor, client, asked.path, asked.body + " ", headers, key: "key of \(asked.operation)".key)
        )
      }
      #expect(done.status == asked.status, "\(asked.operation): \(done.body)")
      #expect(done.headers[.idempotencyReplayed] == nil)
      #expect(again.status == done.status && again.body == done.body, "\(asked.operation): \(again.body)")
      #expect(again.headers[.location] == done.headers[.location])
      #expect(again.headers[.idempotencyReplayed] == "true", "\(asked.operation)")
      #expect(other.status == 422 && other.body.contains("was used for another request"), "\(asked.operation)")
      first[asked.operation] = done.body
    }
    let size = try await harbor.store.logSize()

    let begunAnew = try TermsStore(path: path, mode: .openExisting)
    let clock = harbor.clock
    let service = WebService(
      record: begunAnew, now: { clock.now }, makeSecret: { "" }, settings: harbor.service.settings,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    for asked in Self.all {
      let again = try await Application(router: service.makeRouter()).test(.router) { client in
        try await Self.post(harbor, client, asked.path, asked.body, headers, key: "key of \(asked.operation)".key)
      }
      #expect(again.status == asked.status && again.body == first[asked.operation], "\(asked.operation): \(again.body)")
    }
    #expect(try await begunAnew.logSize() == size, "nothing was done twice")
    #expect(try begunAnew.verify() == [])
  }

  @Test func `what was refused can be sent again with its key, and a key is its holder's own`() async throws {
    let harbor = try await Self.harbor()
    let (one, other) = (try await harbor.bearer(.operator), try await harbor.bearer(.operator))
    try await harbor.service.makeRouter().serving { client in
      let path = "/v1/developers/ada/connectors"
      let body = #"{"connector": "w", "document": "connector-terms"}"#
      let early = try await Self.post(harbor, client, path, body, one, key: "k")
      #expect(early.status == 404, "nobody of that name yet: \(early.body)")
      let made = try await Self.post(
        harbor, client, "/v1/developers", #"{"id": "ada", "region": "US"}"#, other, key: "k")
      #expect(made.status == 201, "the same key of somebody else is another: \(made.body)")
      let done = try await Self.post(harbor, client, path, body, one, key: "k")
      #expect(done.status == 201 && done.headers[.idempotencyReplayed] == nil, "\(done.body)")
    }
  }

  @Test func `a request whose first one is still being answered is told when to come again`() async throws {
    let harbor = try await Self.harbor()
    let (token, text) = try await harbor.access.createToken(role: .operator)
    let body = #"{"id": "ada", "region": "US"}"#
    let digest = SHA256Hex.digest(of: "POST /v1/developers\n" + body)
    #expect(try await harbor.store.begin("k", of: token.actor, requestSHA256: digest, at: harbor.clock.now) == .first)
    try await harbor.service.makeRouter().serving { client in
      let headers: HTTPFields = [.authorization: "Bearer \(text.revealed)"]
      let reply = try await Self.post(harbor, client, "/v1/developers", body, headers, key: "k")
      #expect(reply.status == 409 && reply.headers[.retryAfter] == "1", "\(reply.body)")
      #expect(reply.headers[.contentType] == "application/problem+json")
    }
  }

  @Test(arguments: ["", " ", "two words", String(repeating: "k", count: 256), "kéy"])
  func `what is no key is told, and nothing is done`(_ key: String) async throws {
    let harbor = try await Self.harbor()
    let headers = try await harbor.bearer(.operator)
    try await harbor.service.makeRouter().serving { client in
      let reply = try await Self.post(
        harbor, client, "/v1/developers", #"{"id": "ada", "region": "US"}"#, headers, key: key)
      #expect(reply.status == 400 && reply.body.contains("'Idempotency-Key' takes"), "\(reply.body)")
      let asked = try await harbor.ask(client, .get, "/v1/developers/ada", headers: headers)
      #expect(asked.status == 404)
    }
  }

  @Test func `too many requests are told when to come again, as a program reads it`() async throws {
    let harbor = try await WebHarbor(requestsPerSecond: 1, isBehindProxy: true)
    let forwarded: HTTPFields = [try #require(HTTPField.Name("X-Forwarded-For")): "192.0.2.7"]
    try await harbor.service.makeRouter().serving { client in
      var refused: WebHarbor.Reply?
      for _ in 0..<1000 where refused == nil {
        let reply = try await harbor.ask(client, .get, "/v1/documents", headers: forwarded)
        if reply.status == 429 { refused = reply } else { #expect(reply.status == 200) }
      }
      let reply = try #require(refused)
      #expect(Int(reply.headers[.retryAfter] ?? "") ?? 0 >= 1, "\(reply.headers)")
      #expect(reply.headers[.contentType] == "application/problem+json", "\(reply.body)")
      let another = try await harbor.ask(
        client, .get, "/v1/documents", headers: [forwarded[0].name: "192.0.2.8"])
      #expect(another.status == 200, "somebody else is not made to wait")
    }
  }
}

extension String {
  /// A key: visible ASCII.
  fileprivate var key: String { replacing(" ", with: "-") }
}
