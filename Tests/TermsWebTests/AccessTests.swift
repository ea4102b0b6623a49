import HTTPTypes
import TermsModel
import TermsOperations
import TermsStore
import Testing

@testable import TermsWeb

/// Who may ask what.
@Suite struct AccessTests {
  private static let path = "/v1/developers/dev-42/binding"

  @Test func `until the first token is created, a loopback address answers, and no other does`() async throws {
    let harbor = try await WebHarbor()
    #expect(try await harbor.ask(.get, Self.path).status == 200)
    #expect(
      try await harbor.ask(.get, Self.path, headers: [.init("X-Forwarded-For").unsafelyUnwrapped: "192.0.2.7"]).status
        == 401, "what a proxy passed on is from outside")
    #expect(
      try await harbor.ask(.get, Self.path, headers: [.origin: "http://evil.example"]).status == 401,
      "a page of another site has a browser ask")
    #expect(try await WebHarbor(host: "0.0.0.0").ask(.get, Self.path).status == 401)
    _ = try await harbor.access.createToken(role: .auditor)
    let reply = try await harbor.ask(.get, Self.path)
    #expect(reply.status == 401)
    #expect(reply.headers[.wwwAuthenticate] == "Bearer realm=\"tenor\"")
    #expect(reply.body.contains("'tenor tokens create' makes one"), "\(reply.body)")
    #expect(try await harbor.ask(.get, "/connector-terms").status == 200, "the archive is public")
  }

  @Test(
    arguments: [
      ("localhost", true), ("LOCALHOST:8080", true), ("127.0.0.1:8080", true), ("[::1]:8080", true), ("[::1]", true),
      ("evil.example", false), ("evil.example:8080", false), ("localhost.evil.example", false),
      ("127.0.0.1.evil", false),
      ("[::2]:8080", false), ("", false), (nil, true),
    ] as [(String?, Bool)])
  func `a name that somebody gave out for this address opens nothing`(_ authority: String?, _ isOwn: Bool) {
    #expect(Access.isOfThisMachine(authority: authority) == isOwn)
  }

  @Test(arguments: [
    (Role.operator, 200, 200, "an operator may do everything"),
    (.auditor, 200, 200, "an auditor reads everything"),
    (.developer(WebHarbor.developer), 200, 403, "a developer reads about themselves"),
    (.developer(DeveloperID(rawValue: "dev-43").unsafelyUnwrapped), 403, 403, "and about nobody else"),
    (.sender, 403, 403, "a sender reads nothing"),
  ])
  func `each role sees what it may`(_ role: Role, _ binding: Int, _ metrics: Int, _ because: String) async throws {
    let harbor = try await WebHarbor()
    let headers = try await harbor.bearer(role)
    #expect(try await harbor.ask(.get, Self.path, headers: headers).status == binding, "\(because)")
    #expect(try await harbor.ask(.get, "/metrics", headers: headers).status == metrics, "\(because)")
  }

  @Test func `a token is good until it expires or is revoked`() async throws {
    let harbor = try await WebHarbor()
    let (token, text) = try await harbor.access.createToken(role: .operator, days: 2)
    let headers: HTTPFields = [.authorization: "bearer \(text.revealed)"]
    #expect(try await harbor.ask(.get, Self.path, headers: headers).status == 200)
    harbor.clock.advance(days: 2)
    let late = try await harbor.ask(.get, Self.path, headers: headers)
    #expect(late.status == 401)
    #expect(late.headers[.wwwAuthenticate] == "Bearer realm=\"tenor\", error=\"invalid_token\"")
    let other = try await harbor.access.createToken(role: .operator)
    try await harbor.access.revokeToken(other.token.id)
    #expect(
      try await harbor.ask(.get, Self.path, headers: [.authorization: "Bearer \(other.text.revealed)"]).status == 401)
    await #expect(throws: AccessRefusal.revokedBefore(other.token.id)) {
      try await harbor.access.revokeToken(other.token.id)
    }
    await #expect(throws: AccessRefusal.unknownToken("nothing")) { try await harbor.access.revokeToken("nothing") }
    await #expect(throws: AccessRefusal.badLifetime(days: 0)) {
      try await harbor.access.createToken(role: .operator, days: 0)
    }
    #expect(!token.isGood(at: harbor.clock.now))
  }

  @Test func `a wrong secret, a wrong form and a wrong scheme are no token`() async throws {
    let harbor = try await WebHarbor()
    let text = try await harbor.access.createToken(role: .operator).text.revealed
    for header in [
      "Bearer \(text.dropLast())x", "Bearer \(text)0", "Bearer tenor_000000000000_\(text.suffix(64))", "Bearer ",
      "Basic \(text)", text,
    ] {
      #expect(try await harbor.ask(.get, Self.path, headers: [.authorization: header]).status == 401, "\(header)")
    }
  }

  @Test(arguments: [
    ("", ""), (" ", ""), ("a", "a"), (" \t a b \t", "a b"), ("é ", "é"), (" \u{2003}x", "\u{2003}x"),
  ])
  func `blanks around a field's value are no part of it`(_ text: String, _ value: String) {
    #expect(text[...].trimmingSpaces() == value)
  }

  @Test func `what is stored of a token does not let anybody in`() async throws {
    let harbor = try await WebHarbor()
    let (token, text) = try await harbor.access.createToken(role: .operator)
    let stored = try #require(try await harbor.store.token(token.id))
    #expect(stored.secretSHA256 == text.secretSHA256)
    #expect(!text.revealed.contains(stored.secretSHA256))
    let asSecret = "tenor_\(token.id)_\(stored.secretSHA256)"
    #expect(try await harbor.ask(.get, Self.path, headers: [.authorization: "Bearer \(asSecret)"]).status == 401)
  }

  @Test(arguments: [
    (AccessRefusal.unknownToken("0a"), "there is no token '0a'; see 'tenor tokens list'"),
    (.revokedBefore("0a"), "token '0a' was revoked before; nothing was changed"),
    (.badLifetime(days: 0), "a token cannot be good for 0 days; choose 1 to 3650"),
  ])
  func `refusals say what to do`(_ refusal: AccessRefusal, _ words: String) {
    #expect(refusal.description == words)
  }

  @Test func `more requests than are taken from one address are told when to come again`() async throws {
    let harbor = try await WebHarbor(requestsPerSecond: 2, isBehindProxy: true)
    let forwarded = HTTPField.Name("X-Forwarded-For").unsafelyUnwrapped
    let limit = RateLimit(perSecond: 2, isBehindProxy: true)
    let start = ContinuousClock.now
    for _ in 0..<8 { #expect(limit.wait(of: "a", at: start) == nil, "a burst of four seconds' worth") }
    #expect(limit.wait(of: "a", at: start) == 1)
    #expect(limit.wait(of: "b", at: start) == nil, "each address by itself")
    #expect(limit.wait(of: "a", at: start + .seconds(1)) == nil, "and again after a while")
    _ = try await harbor.ask(.get, "/healthz", headers: [forwarded: "192.0.2.7"])
  }
}
