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
  private static let slug = DocumentSlug(rawValue: "connector-terms").unsafelyUnwrapped
  private static let developer = DeveloperID(rawValue: "dev-42").unsafelyUnwrapped

  private static let text = """
    # Connector terms

    ## 1. Introduction

    These terms govern <script>alert(1)</script> your connector. [Go](javascript:alert(1)).

    ## 7. General

    (a) **Modifications.** Material changes take effect 15 days after notice.

    """

  /// A service over a record in memory: two versions, one developer without an address.
  private func service(host: String = "127.0.0.1", token: String? = nil) async throws -> WebService {
    let now = try #require(Instant("2026-02-01T12:00:00Z"))
    let registry = TermsRegistry(
      record: try TermsStore.inMemory(), now: { now }, makeSalt: { String(repeating: "ab", count: 32) }, actor: "tester"
    )
    try await registry.addDocument(
      Document(
        slug: Self.slug, title: "Connector <terms>", settings: DocumentSettings(profile: ShippedProfiles.standard)))
    _ = try await registry.publish(Self.slug, text: Array(Self.text.utf8), postedAt: Instant("2025-06-04T17:00:00Z"))
    try await registry.addDeveloper(
      NewDeveloper(
        id: Self.developer, email: nil, name: nil, region: try #require(Region(rawValue: "US")),
        at: Instant("2025-07-01T17:00:00Z")))
    try await registry.addConnector(
      try #require(ConnectorID(rawValue: "weather")), of: Self.developer, under: Self.slug,
      at: Instant("2025-07-01T17:00:00Z"))
    _ = try await registry.publish(
      Self.slug, text: Array(Self.text.replacing("15 days", with: "10 days").utf8),
      postedAt: Instant("2025-12-17T17:00:00Z"))
    return WebService(
      registry: registry,
      settings: WebSettings(host: host, port: 0, baseURL: "https://terms.example", token: token),
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
  }

  private func get(
    _ path: String, of service: WebService, headers: HTTPFields = [:]
  ) async throws -> (status: Int, headers: HTTPFields, body: String) {
    try await Application(router: service.makeRouter()).test(.router) { client in
      try await client.execute(uri: path, method: .get, headers: headers) { response in
        (response.status.code, response.headers, String(buffer: response.body))
      }
    }
  }

  @Test func `it says that it is well`() async throws {
    let answer = try await get("/healthz", of: try await service())
    #expect(answer.status == 200)
    #expect(answer.body == "ok\n")
  }

  @Test func `the archive lists documents, with their titles escaped`() async throws {
    let answer = try await get("/", of: try await service())
    #expect(answer.body.contains("<a href=\"/connector-terms\">Connector &lt;terms&gt;</a>"))
    #expect(answer.headers[.contentSecurityPolicy]?.hasPrefix("default-src 'none'") == true)
  }

  @Test func `a version has an anchor for each clause and its history, and nothing in it is alive`() async throws {
    let answer = try await get("/connector-terms", of: try await service())
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
    ("/%C3%28", 404, "nothing at this address", "bytes that are no UTF-8"),
    ("/nowhere/at/all", 404, "nothing at this address", "no route"),
  ])
  func `pages answer with what is asked for, or say what is wrong`(
    _ path: String, _ status: Int, _ words: String, _ because: String
  ) async throws {
    let answer = try await get(path, of: try await service())
    #expect(answer.status == status, "\(because): \(answer.body)")
    #expect(answer.body.contains(words), "\(because): \(answer.body)")
  }

  @Test func `a program asks which version binds, on any day`() async throws {
    let service = try await service()
    for (day, version) in [("2025-12-31", "2025-06-04"), ("2026-01-01", "2025-12-17")] {
      let answer = try await get("/v1/developers/dev-42/binding?document=connector-terms&at=\(day)", of: service)
      #expect(answer.status == 200)
      let json = try #require(try JSONSerialization.jsonObject(with: Data(answer.body.utf8)) as? [String: Any])
      #expect(json["version"] as? String == version)
      #expect(json["at"] as? String == day)
      #expect(
        answer.headers[.init("Link").unsafelyUnwrapped]
          == "<https://terms.example/connector-terms/versions/\(version)>; rel=\"terms-of-service\"")
    }
    let pending = try await get("/v1/developers/dev-42/binding?at=2025-12-31", of: service)
    #expect(pending.headers[.init("Tenor-Pending-Version").unsafelyUnwrapped] == "2025-12-17; date=2026-01-01")
  }

  @Test(arguments: [
    ("/v1/developers/dev-9/binding?document=connector-terms", 404, "no developer 'dev-9'"),
    ("/v1/developers/dev-42/binding?document=no-such-terms", 404, "no document 'no-such-terms'"),
    ("/v1/developers/dev-42/binding?at=tomorrow", 400, "moment with an offset"),
    ("/v1/developers/dev%2042/binding", 404, "letters, digits"),
    ("/v1/nothing", 404, "nothing at this address"),
  ])
  func `problems are JSON for programs`(_ path: String, _ status: Int, _ words: String) async throws {
    let answer = try await get(path, of: try await service())
    #expect(answer.status == status)
    #expect(answer.headers[.contentType] == "application/problem+json")
    let json = try #require(try JSONSerialization.jsonObject(with: Data(answer.body.utf8)) as? [String: Any])
    #expect(json["status"] as? Int == status)
    #expect((json["detail"] as? String)?.contains(words) == true, "\(answer.body)")
  }

  @Test func `facts about a developer need the token, or an address that nobody outside reaches`() async throws {
    let path = "/v1/developers/dev-42/binding"
    #expect(try await get(path, of: try await service(host: "0.0.0.0")).status == 401)
    let guarded = try await service(host: "0.0.0.0", token: "secret")
    #expect(try await get(path, of: guarded).status == 401)
    #expect(try await get(path, of: guarded, headers: [.authorization: "Bearer wrong"]).status == 401)
    #expect(try await get(path, of: guarded, headers: [.authorization: "Bearer secret"]).status == 200)
    #expect(try await get("/connector-terms", of: guarded).status == 200, "the archive is public")
  }

  @Test func `anchors are short and readable`() {
    #expect(VersionPage.anchor(ClauseLabel(path: ["7", "(a)", "(ii)"]), paragraph: 1) == "7-a-ii")
    #expect(VersionPage.anchor(ClauseLabel(path: ["1", ".2"]), paragraph: 2) == "1.2-p2")
    #expect(VersionPage.anchor(ClauseLabel(path: ["Article 4"]), paragraph: 1) == "article-4")
  }
}
