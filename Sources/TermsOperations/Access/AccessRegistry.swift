package import TermsModel
internal import Transparency

/// The acts on tokens: who may use the web service, as what, until when.
package struct AccessRegistry: Sendable {
  package let record: any AccessRecord
  package let now: @Sendable () -> Instant
  /// 32 random bytes in lower-case hexadecimal.
  package let makeSecret: @Sendable () -> String
  package let actor: String

  package init(
    record: any AccessRecord, now: @escaping @Sendable () -> Instant, makeSecret: @escaping @Sendable () -> String,
    actor: String
  ) {
    self.record = record
    self.now = now
    self.makeSecret = makeSecret
    self.actor = actor
  }

  /// Days for which a token is good where nothing else is said, and at most.
  package static let (usualDays, mostDays) = (90, 3650)

  /// Creates a token. Its text is in what this returns and nowhere else.
  /// - Throws: ``AccessRefusal/badLifetime(days:)``.
  package func createToken(role: Role, days: Int = Self.usualDays, note: String? = nil) async throws
    -> (token: AccessToken, text: TokenText)
  {
    guard (1...Self.mostDays).contains(days) else { throw AccessRefusal.badLifetime(days: days) }
    let moment = now()
    let text = TokenText(id: String(makeSecret().prefix(12)), secret: makeSecret())
    let token = AccessToken(
      id: text.id, role: role, note: note, createdAt: moment, createdBy: actor,
      expiresAt: moment.adding(seconds: Int64(days) * 86_400))
    try await record.add(token, secretSHA256: text.secretSHA256)
    return (token, text)
  }

  /// Takes a token's rights away, from now on.
  /// - Throws: ``AccessRefusal/unknownToken(_:)``, ``AccessRefusal/revokedBefore(_:)``.
  package func revokeToken(_ id: String) async throws {
    guard try await record.token(id) != nil else { throw AccessRefusal.unknownToken(id) }
    guard try await record.revoke(id, at: now()) else { throw AccessRefusal.revokedBefore(id) }
  }

  /// The token that a text is, if it is one and good now. Says nothing of why it is not.
  package func check(_ text: String) async throws -> AccessToken? {
    guard let given = TokenText(text) else { return nil }
    let found = try await record.token(given.id)
    // An unknown token costs the same work as a known one with another secret.
    let expected = found?.secretSHA256 ?? String(repeating: "0", count: 64)
    guard areEqualInConstantTime(given.secretSHA256, expected), let token = found?.token, token.isGood(at: now())
    else { return nil }
    return token
  }

  /// The key with which links for developers are signed, made at the first use.
  package func linkKey() async throws -> [UInt8] {
    try await record.serviceKey(
      for: "developer-links", orKeep: SHA256Hex.bytes(of: makeSecret()) ?? [], at: now())
  }
}

/// Why something about access was declined.
package enum AccessRefusal: Refusal, Hashable {
  case unknownToken(String)
  case revokedBefore(String)
  case badLifetime(days: Int)

  package var description: String {
    switch self {
    case .unknownToken(let id): "there is no token '\(id)'; see 'tenor tokens list'"
    case .revokedBefore(let id): "token '\(id)' was revoked before; nothing was changed"
    case .badLifetime(let days):
      "a token cannot be good for \(days) days; choose 1 to \(AccessRegistry.mostDays)"
    }
  }
}

extension TermsRegistry {
  /// The same acts over the same record, done by somebody else.
  package func acting(as actor: String) -> TermsRegistry {
    TermsRegistry(record: record, now: now, makeSalt: makeSalt, actor: actor)
  }
}
