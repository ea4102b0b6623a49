package import TermsModel
internal import Transparency

/// A right to use the web service, as it is on record: without its secret.
package struct AccessToken: Hashable, Sendable {
  /// Twelve hexadecimal digits by which it is listed and revoked. No secret.
  package let id: String
  package let role: Role
  /// What it is for, in the words of whoever created it.
  package let note: String?
  package let createdAt: Instant
  package let createdBy: String
  /// The first moment at which it is good for nothing.
  package let expiresAt: Instant
  package let revokedAt: Instant?

  package init(
    id: String, role: Role, note: String?, createdAt: Instant, createdBy: String, expiresAt: Instant,
    revokedAt: Instant? = nil
  ) {
    self.id = id
    self.role = role
    self.note = note
    self.createdAt = createdAt
    self.createdBy = createdBy
    self.expiresAt = expiresAt
    self.revokedAt = revokedAt
  }

  package func isGood(at moment: Instant) -> Bool { revokedAt == nil && moment < expiresAt }

  /// How the log names whoever acts with it.
  package var actor: String { "\(role) by token \(id)" }
}

/// A token as its holder sends it: `tenor_ID_SECRET`.
package struct TokenText: Hashable, Sendable {
  package let id: String
  /// 64 hexadecimal digits: 256 random bits.
  let secret: String

  init(id: String, secret: String) {
    self.id = id
    self.secret = secret
  }

  package init?(_ text: String) {
    let parts = text.utf8.split(separator: UInt8(ascii: "_"), omittingEmptySubsequences: false).map(Substring.init)
    guard parts.count == 3, parts[0] == "tenor", parts[1].utf8.count == 12, parts[2].utf8.count == 64 else {
      return nil
    }
    self.init(id: String(parts[1]), secret: String(parts[2]))
  }

  /// What is stored of the secret: its SHA-256, in lower-case hexadecimal.
  package var secretSHA256: String { SHA256Hex.digest(of: secret) }
  /// The whole text. To be shown once, to whoever created it.
  package var revealed: String { "tenor_\(id)_\(secret)" }
}

/// Whether two texts are the same, in a time that does not depend on where they differ.
package func areEqualInConstantTime(_ left: String, _ right: String) -> Bool {
  let (left, right) = (Array(left.utf8), Array(right.utf8))
  guard left.count == right.count else { return false }
  return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
}
