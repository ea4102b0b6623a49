import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Synchronization
import TermsModel
import TermsOperations
import TermsParsing
import TermsStore
import Testing

@testable import TermsWeb

/// A service over a record in memory, or in a file where a test asks for one, for the tests: two versions of one document, and one developer without an address.
struct WebHarbor {
  static let slug = DocumentSlug(rawValue: "connector-terms").unsafelyUnwrapped
  static let developer = DeveloperID(rawValue: "dev-42").unsafelyUnwrapped

  static let text = """
    # Connector terms

    ## 1. Introduction

    These terms govern <script>alert(1)</script> your connector. [Go](javascript:alert(1)).

    ## 7. General

    (a) **Modifications.** Material changes take effect 15 days after notice.

    """

  struct Reply {
    let status: Int
    let headers: HTTPFields
    let body: String

    func json() throws -> [String: Any] {
      try #require(try JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any], "\(body)")
    }
  }

  let store: TermsStore
  let registry: TermsRegistry
  let access: AccessRegistry
  let service: WebService
  /// The clock of all of them.
  let clock: TestClock

  init(
    host: String = "127.0.0.1", baseURL: String? = "https://terms.example", requestsPerSecond: Int? = nil,
    isBehindProxy: Bool = false, isEmpty: Bool = false,
    outside: OutsideWorld = OutsideWorld(), patience: Int = WebSettings.usualPatience, file: String? = nil
  ) async throws {
    let clock = TestClock(try #require(Instant("2026-02-01T12:00:00Z")))
    let secrets = TestSecrets()
    let makeSecret: @Sendable () -> String = { secrets.next() }
    self.clock = clock
    store = try file.map { try TermsStore(path: $0, mode: .create) } ?? TermsStore.inMemory()
    registry = TermsRegistry(record: store, now: { clock.now }, makeSalt: makeSecret, actor: "tester")
    access = AccessRegistry(record: store, now: { clock.now }, makeSecret: makeSecret, actor: "tester")
    service = WebService(
      record: store, now: { clock.now }, makeSecret: makeSecret,
      settings: WebSettings(
        host: host, port: 0, baseURL: baseURL, requestsPerSecond: requestsPerSecond,
        isBehindProxy: isBehindProxy, patience: patience),
      outside: outside, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    if !isEmpty { try await fill() }
  }

  private func fill() async throws {
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
  }

  func ask(
    _ method: HTTPRequest.Method, _ path: String, headers: HTTPFields = [:], body: String? = nil
  ) async throws -> Reply {
    try await Application(router: service.makeRouter()).test(.router) { client in
      try await ask(client, method, path, headers: headers, body: body)
    }
  }

  func ask(
    _ client: some TestClientProtocol, _ method: HTTPRequest.Method, _ path: String, headers: HTTPFields = [:],
    body: String? = nil
  ) async throws -> Reply {
    try await client.execute(
      uri: path, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) }
    ) { response in
      Reply(status: response.status.code, headers: response.headers, body: String(buffer: response.body))
    }
  }

  /// The header of a new token of a role.
  func bearer(_ role: Role, days: Int = 90) async throws -> HTTPFields {
    [.authorization: "Bearer \(try await access.createToken(role: role, days: days).text.revealed)"]
  }
}

/// A clock that stands until it is set.
final class TestClock: Sendable {
  private let moment: Mutex<Instant>

  init(_ moment: Instant) { self.moment = Mutex(moment) }

  var now: Instant { moment.withLock { $0 } }

  func advance(days: Int) { moment.withLock { $0 = $0.adding(seconds: Int64(days) * 86_400) } }
}

/// Secrets that are all different and the same in every run.
final class TestSecrets: Sendable {
  private let count = Mutex(0)

  func next() -> String {
    let number = count.withLock { count in
      count += 1
      return count
    }
    let digits = String(number, radix: 16)
    return digits + String(repeating: "0", count: 64 - digits.count)
  }
}

extension Router<WebContext> {
  /// Several requests to one and the same router.
  func serving(_ body: @escaping @Sendable (any TestClientProtocol) async throws -> Void) async throws {
    try await Application(router: self).test(.router) { client in try await body(client) }
  }
}
