internal import Foundation
internal import GRDB
internal import TermsOperations
internal import Transparency

extension Verification {
  /// What mail systems said of tries in full, against the salted hashes in the log; it may be gone only with the developer's other
  /// data.
  static func replyFindings(_ db: Database) throws -> [String] {
    var findings: [String] = []
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT attempts.sequence, reply_commitment, words, salt, developers.erased,
          attempt_replies.developer_id IS outbox.developer_id AS is_theirs
        FROM attempts JOIN outbox ON outbox.number = attempts.notice JOIN developers ON developers.id = outbox.developer_id
        LEFT JOIN attempt_replies USING (sequence)
        WHERE reply_commitment IS NOT NULL ORDER BY attempts.sequence
        """)
    while let row = try rows.next() {
      let name = "act \(row["sequence"] as Int64): what was said of the try in full"
      guard let words = row["words"] as String?, let salt = row["salt"] as String? else {
        if row["erased"] as Int64? == nil { findings.append("\(name) is missing, though nothing was erased") }
        continue
      }
      let commitment = AttemptReply(words: words, salt: salt).commitment
      if commitment != SHA256Hex.text(of: row["reply_commitment"] as Data) {
        findings.append("\(name) is not what the log is bound to")
      }
      if !(row["is_theirs"] as Bool) { findings.append("\(name) is kept as another developer's") }
      if row["erased"] as Int64? != nil { findings.append("\(name) is here, though the log erased it") }
    }
    let strays = try Int.fetchOne(
      db,
      sql: """
        SELECT count(*) FROM attempt_replies
        WHERE sequence NOT IN (SELECT sequence FROM attempts WHERE reply_commitment IS NOT NULL)
        """)
    if let strays, strays > 0 { findings.append("table attempt_replies: \(strays) are of no try in the log") }
    return findings
  }
}
