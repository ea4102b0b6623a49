internal import Foundation
internal import GRDB
package import TermsModel
package import TermsOperations
internal import Transparency

extension TermsStore: AccessRecord {
  package func add(_ token: AccessToken, secretSHA256: String) async throws {
    try await write { db in
      try db.run(
        """
        INSERT INTO tokens (token, secret_sha256, role, note, created_at, created_by, expires_at)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
        [
          token.id, Data(SHA256Hex.bytes(of: secretSHA256) ?? []), token.role.description, token.note,
          token.createdAt.milliseconds, token.createdBy, token.expiresAt.milliseconds,
        ])
    }
  }

  package func token(_ id: String) async throws -> (token: AccessToken, secretSHA256: String)? {
    try await readQuickly(isOneStatement: true) { db in
      try db.placed(HotQuery.token, .text(id)) { row in (try Self.token(row), SHA256Hex.text(of: row.bytes(7))) }
    }
  }

  package func tokens() async throws -> [AccessToken] {
    try await read { db in
      var tokens: [AccessToken] = []
      try db.forEachPlaced("\(HotQuery.tokens) ORDER BY created_at, token") { tokens.append(try Self.token($0)) }
      return tokens
    }
  }

  package func revoke(_ id: String, at moment: Instant) async throws -> Bool {
    try await write { db in
      try db.run(
        "UPDATE tokens SET revoked_at = max(?, created_at) WHERE token = ? AND revoked_at IS NULL",
        [moment.milliseconds, id])
      return db.changesCount == 1
    }
  }

  package func hasTokens() async throws -> Bool {
    try await read { db in try db.row("SELECT 1 FROM tokens LIMIT 1") != nil }
  }

  package func endSession(_ cookieSHA256: String, until expiry: Instant, at moment: Instant) async throws {
    try await write { db in
      try db.run("DELETE FROM ended_sessions WHERE expires_at <= ?", [moment.milliseconds])
      try db.run(
        "INSERT OR IGNORE INTO ended_sessions (cookie_sha256, expires_at) VALUES (?, ?)",
        [Data(SHA256Hex.bytes(of: cookieSHA256) ?? []), expiry.milliseconds])
    }
  }

  package func isSessionEnded(_ cookieSHA256: String) async throws -> Bool {
    try await readQuickly(isOneStatement: true) { db in
      try db.row(HotQuery.endedSession, [Data(SHA256Hex.bytes(of: cookieSHA256) ?? [])]) != nil
    }
  }

  package func serviceKey(for purpose: String, orKeep fresh: [UInt8], at moment: Instant) async throws -> [UInt8] {
    let find = "SELECT secret FROM service_keys WHERE purpose = ?"
    if let known = try await read({ db in try db.one(Data.self, find, [purpose]) }) { return Array(known) }
    return try await write { db in
      try db.run(
        "INSERT OR IGNORE INTO service_keys (purpose, secret, created_at) VALUES (?, ?, ?)",
        [purpose, Data(fresh), moment.milliseconds])
      return Array(try db.one(Data.self, find, [purpose]) ?? Data())
    }
  }

  private static func token(_ row: PlacedRow) throws -> AccessToken {
    let text = row.text(1)
    guard let role = Role(text) else { throw row.malformed(1, text) }
    return AccessToken(
      id: row.text(0), role: role, note: row.optionalText(2), createdAt: row.instant(3), createdBy: row.text(4),
      expiresAt: row.instant(5), revokedAt: row.optionalInteger(6).map(Instant.init(milliseconds:)))
  }
}
