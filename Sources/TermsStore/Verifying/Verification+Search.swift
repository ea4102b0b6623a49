internal import Foundation
internal import GRDB
internal import TermsModel
internal import TermsOperations

/// What stands beside the log: the full text, which follows from the clauses, and who may use the web service.
extension Verification {
  /// The full text against the one that the log makes anew, and its index against its words.
  static func searchFindings(_ found: Database, against rebuilt: Database) throws -> [String] {
    let words = "SELECT version_id, position, heading, text FROM search ORDER BY version_id, position, rowid"
    let (left, right) = (try Row.fetchCursor(found, sql: words), try Row.fetchCursor(rebuilt, sql: words))
    while true {
      let (a, b) = (try left.next(), try right.next())
      if a == nil, b == nil { break }
      guard a == b else {
        let row = b ?? a
        let name = "version \(row?["version_id"] as Int64? ?? 0), clause \(row?["position"] as Int64? ?? 0)"
        return ["the search: \(name) is not what the log says; 'tenor search' cannot be relied on"]
      }
    }
    return try indexAgrees(found, in: rebuilt)
      ? [] : ["the search: its index does not fit its words; 'tenor search' cannot be relied on"]
  }

  /// Whether the index of the full text is that of its words. SQLite checks it only where it may write: so the index is
  /// copied into the database that was made anew.
  private static func indexAgrees(_ found: Database, in rebuilt: Database) throws -> Bool {
    do {
      try rebuilt.execute(sql: "SAVEPOINT search_copy")
      defer { try? rebuilt.execute(sql: "ROLLBACK TO search_copy; RELEASE search_copy") }
      for table in ["search_data", "search_idx", "search_docsize", "search_content"] {
        try rebuilt.execute(sql: "DELETE FROM \(table)")
        let rows = try Row.fetchCursor(found, sql: "SELECT * FROM \(table)")
        while let row = try rows.next() {
          let marks = Array(repeating: "?", count: row.count).joined(separator: ", ")
          try rebuilt.cachedStatement(sql: "INSERT INTO \(table) VALUES (\(marks))")
            .execute(arguments: StatementArguments(row.databaseValues))
        }
      }
      try rebuilt.execute(sql: "INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")
      return true
    } catch let error as DatabaseError
      where [.SQLITE_CORRUPT, .SQLITE_ERROR, .SQLITE_CONSTRAINT, .SQLITE_MISMATCH].contains(error.resultCode)
    {
      return false
    }
  }

  /// Tokens are no acts, so the log cannot vouch for them: only what they say is looked at. Who made them and when is to be
  /// read with `tenor tokens list`.
  static func accessFindings(_ db: Database) throws -> [String] {
    var findings: [String] = []
    let rows = try Row.fetchCursor(db, sql: "SELECT * FROM tokens ORDER BY token")
    while let row = try rows.next() {
      let name = "token '\(row["token"] as String)'"
      guard let role = Role(row["role"]) else {
        findings.append("\(name): its role is none")
        continue
      }
      if (row["secret_sha256"] as Data).count != 32 || (row["expires_at"] as Int64) <= (row["created_at"] as Int64)
        || (row["revoked_at"] as Int64?).map({ $0 < row["created_at"] as Int64 }) == true
      {
        findings.append("\(name): its hash or its times are none that the program writes")
      }
      guard case .developer(let id) = role else { continue }
      let isKnown = try db.one(Bool.self, "SELECT EXISTS (SELECT 1 FROM developers WHERE developer = ?)", [id.rawValue])
      if isKnown != true { findings.append("\(name): it is of the developer '\(id)', who is not on record") }
    }
    return findings
  }
}
