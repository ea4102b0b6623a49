internal import Foundation
internal import GRDB
internal import Transparency

extension Verification {
  /// The letters against the hashes in the log; they may be gone only with the developer's other data.
  static func letterFindings(_ db: Database) throws -> [String] {
    var findings: [String] = []
    let kept = try Row.fetchCursor(
      db,
      sql: """
        SELECT letters.*, letters.developer_id IS outbox.developer_id AS is_theirs, state, erased,
          EXISTS (
            SELECT 1 FROM attempts WHERE attempts.notice = letters.notice
              AND coalesce(message_sha256, lower(hex(sha256))) = lower(hex(sha256))
          ) AS is_bound
        FROM letters JOIN outbox ON outbox.number = letters.notice JOIN developers ON developers.id = outbox.developer_id
        ORDER BY letters.notice, sha256
        """)
    while let row = try kept.next() {
      let name = "notice \(row["notice"] as Int64)"
      let hash = (try? TermsStore.letter(row)).map { SHA256Hex.digest(of: $0) }
      if hash != SHA256Hex.text(of: row["sha256"] as Data) {
        findings.append("\(name): the letter that is kept is not the one that the log is bound to")
      }
      if row["packed"] as Int > 1 { findings.append("\(name): whether the letter is packed is neither yes nor no") }
      if !(row["is_theirs"] as Bool) { findings.append("\(name): the letter is kept as another developer's") }
      if row["erased"] as Int64? != nil { findings.append("\(name): the letter is here, though the log erased it") }
      // Of a letter in transmission, or written ahead of it, the log does not know yet.
      if !(row["is_bound"] as Bool), ["accepted", "refused", "unknown"].contains(row["state"] as String) {
        findings.append("\(name): a letter is kept of which the log knows nothing")
      }
    }
    let missing = try Row.fetchCursor(
      db,
      sql: """
        SELECT attempts.sequence FROM attempts JOIN outbox ON outbox.number = attempts.notice
        JOIN developers ON developers.id = outbox.developer_id
        WHERE letter_kept AND erased IS NULL AND NOT EXISTS (
          SELECT 1 FROM letters
          WHERE letters.notice = attempts.notice AND lower(hex(letters.sha256)) = attempts.message_sha256)
        ORDER BY attempts.sequence
        """)
    while let row = try missing.next() {
      findings.append("act \(row["sequence"] as Int64): the letter that was sent is missing, though nothing was erased")
    }
    return findings
  }
}
