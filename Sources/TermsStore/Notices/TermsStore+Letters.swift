internal import Foundation
internal import GRDB
package import TermsModel
package import TermsOperations
internal import Transparency

/// Letters byte for byte, as they went out.
extension TermsStore {
  package func claim(_ notice: OutboxNotice, sending letter: [UInt8], at moment: Instant) async throws -> Bool {
    let kept = KeptLetter(letter)
    return try await write { db in
      guard try Self.claim(notice.number, at: moment, in: db) else { return false }
      try Self.keep(kept, of: notice.number, in: db)
      return true
    }
  }

  package func keep(ahead letters: [UnsentLetter]) async throws {
    if letters.count >= Self.manyLetters { try await prepareForManyCommits() }
    let kept = letters.map { (notice: $0.notice, letter: KeptLetter($0.bytes, sha256: $0.sha256)) }
    try await write { db in
      for (notice, letter) in kept {
        // Of one that another run claimed meanwhile, the letter that is being sent stays the only one.
        let waits = try db.one(Bool.self, "SELECT state = 'queued' FROM outbox WHERE number = ?", [notice])
        guard waits == true else { continue }
        try db.run("DELETE \(Self.unsent) AND sha256 <> ?2", [notice, letter.hash])
        try Self.keep(letter, of: notice, in: db)
      }
    }
  }

  /// A page of them, after which more may come: then it pays to make the log of writes long at once.
  private static let manyLetters = 64

  package func forgetUnsentLetters() async throws {
    // Rows are appended: those that a run kept ahead, two pages at most, are the last ones.
    try await write { db in
      try db.run(
        """
        DELETE FROM letters WHERE rowid IN (SELECT rowid FROM letters ORDER BY rowid DESC LIMIT 256)
          AND NOT EXISTS (SELECT 1 FROM outbox WHERE number = letters.notice AND state = 'transmitting')
          AND NOT EXISTS (
            SELECT 1 FROM attempts
            WHERE attempts.notice = letters.notice AND coalesce(message_sha256, lower(hex(letters.sha256))) = lower(hex(letters.sha256)))
        """, [])
    }
  }

  package func rewrite(_ notice: OutboxNotice, sending letter: [UInt8]) async throws {
    let kept = KeptLetter(letter)
    try await write { db in
      try Self.dropUnsentLetters(of: notice.number, in: db)
      try Self.keep(kept, of: notice.number, in: db)
    }
  }

  /// A letter as it is kept: packed where that makes it smaller.
  struct KeptLetter {
    let hash: Data
    let isPacked: Bool
    let bytes: Data

    init(_ letter: [UInt8]) {
      self.init(letter, sha256: SHA256Hex.digest(of: letter))
    }

    init(_ letter: [UInt8], sha256: String) {
      let packed = Deflate.packed(letter)
      hash = StatementArguments.hash(sha256)
      isPacked = packed != nil
      bytes = Data(packed ?? letter)
    }
  }

  static func keep(_ letter: KeptLetter, of notice: Int64, in db: Database) throws {
    try db.run(
      """
      INSERT INTO letters (notice, sha256, developer_id, packed, bytes)
      SELECT ?, ?, developer_id, ?, ? FROM outbox WHERE number = ?1
      ON CONFLICT DO NOTHING
      """, [notice, letter.hash, letter.isPacked ? 1 : 0, letter.bytes])
  }

  package func letters(of notice: Int64) async throws -> [String: [UInt8]] {
    try await read { db in
      let rows = try db.rows("SELECT sha256, packed, bytes FROM letters WHERE notice = ?", [notice])
      return try Dictionary(
        uniqueKeysWithValues: rows.map { row in (SHA256Hex.text(of: row["sha256"] as Data), try Self.letter(row)) })
    }
  }

  /// The bytes of a row with `packed` and `bytes`.
  static func letter(_ row: Row) throws -> [UInt8] {
    let bytes = Array(row["bytes"] as Data)
    guard row["packed"] as Bool else { return bytes }
    guard let letter = Deflate.unpacked(bytes) else { throw row.malformed("bytes", "a letter that cannot be unpacked") }
    return letter
  }

  /// Marks a notice as in transmission; says whether it was there to be claimed.
  static func claim(_ notice: Int64, at moment: Instant, in db: Database) throws -> Bool {
    try db.run(
      """
      UPDATE outbox SET state = 'transmitting', claimed_at = ?1, due_at = NULL
      WHERE number = ?2 AND state = 'queued' AND due_at <= ?1
      """, [moment.milliseconds, notice])
    return db.changesCount == 1
  }

  /// Whether the letter of that hash is kept with the record.
  static func keepsLetter(_ sha256: String, of notice: Int64, in db: Database) throws -> Bool {
    try db.one(
      Bool.self, "SELECT EXISTS (SELECT 1 FROM letters WHERE notice = ? AND sha256 = ?)",
      [notice, StatementArguments.hash(sha256)]) ?? false
  }

  /// Letters of which no try is on record; where there was a try of which nobody knows the letter, it may be one of them.
  private static let unsent = """
    FROM letters WHERE notice = ?1 AND NOT EXISTS (
      SELECT 1 FROM attempts
      WHERE attempts.notice = letters.notice AND coalesce(message_sha256, lower(hex(letters.sha256))) = lower(hex(letters.sha256)))
    """

  /// The hash of the letter that a dead run was sending; `nil` where it kept none, or where it was one sent before.
  static func interruptedLetter(of notice: Int64, in db: Database) throws -> String? {
    try db.one(String.self, "SELECT lower(hex(sha256)) \(unsent)", [notice])
  }

  /// Forgets a letter of which nothing was sent.
  static func dropUnsentLetters(of notice: Int64, in db: Database) throws {
    try db.run("DELETE \(unsent)", [notice])
  }
}
