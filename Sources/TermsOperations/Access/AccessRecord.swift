package import TermsModel

/// Where tokens and the service's own keys are kept.
package protocol AccessRecord: Sendable {
  func add(_ token: AccessToken, secretSHA256: String) async throws
  /// The token with that identifier, and the hash of its secret in lower-case hexadecimal.
  func token(_ id: String) async throws -> (token: AccessToken, secretSHA256: String)?
  /// Every token, the oldest first.
  func tokens() async throws -> [AccessToken]
  /// - Returns: `false` where it was revoked before.
  func revoke(_ id: String, at moment: Instant) async throws -> Bool
  /// Whether any token was ever created.
  func hasTokens() async throws -> Bool
  /// Puts on record that a session was ended before it ran out, and forgets those that have run out by `moment`.
  /// - Parameters:
  ///   - cookieSHA256: the SHA-256 of its cookie, in lower-case hexadecimal.
  ///   - expiry: when it would have run out.
  func endSession(_ cookieSHA256: String, until expiry: Instant, at moment: Instant) async throws
  /// Whether a session was ended that has not run out by itself.
  func isSessionEnded(_ cookieSHA256: String) async throws -> Bool
  /// The key for a purpose, 32 bytes; the one given is kept where there was none.
  func serviceKey(for purpose: String, orKeep fresh: [UInt8], at moment: Instant) async throws -> [UInt8]
}
