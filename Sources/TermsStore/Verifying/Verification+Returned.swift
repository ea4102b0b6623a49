internal import Foundation
internal import GRDB
internal import Transparency

extension Verification {
  /// The bytes of what came back against the hashes in the log; they may be gone only with the developer's other data.
  static func returnedMailFindings(_ db: Database) throws -> [String] {
    var findings: [String] = []
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT returned_mail.sequence, returned_mail.mail_sha256, bytes, developers.erased,
          returned_bytes.developer_id IS outbox.developer_id AS is_theirs
        FROM returned_mail JOIN outbox ON outbox.number = notice JOIN developers ON developers.id = outbox.developer_id
        LEFT JOIN returned_bytes USING (mail_sha256)
        """)
    while let row = try rows.next() {
      let sequence = row["sequence"] as Int64
      guard let bytes = row["bytes"] as Data? else {
        if row["erased"] as Int64? == nil {
          findings.append("act \(sequence): the message that came back is missing, though nothing was erased")
        }
        continue
      }
      if SHA256Hex.digest(of: Array(bytes)) != SHA256Hex.text(of: row["mail_sha256"] as Data) {
        findings.append("act \(sequence): the message that came back is not the one that the log is bound to")
      }
      if !(row["is_theirs"] as Bool) {
        findings.append("act \(sequence): the message that came back is kept as another developer's")
      }
    }
    let strays = try Int.fetchOne(
      db,
      sql: "SELECT count(*) FROM returned_bytes WHERE mail_sha256 NOT IN (SELECT mail_sha256 FROM returned_mail)")
    if let strays, strays > 0 { findings.append("table returned_bytes: \(strays) messages are not in the log") }
    return findings
  }
}
