internal import GRDB
package import TermsModel
package import TermsOperations

extension TermsStore: EvidenceRecord {
  package func acts(about developer: DeveloperID, _ documents: [DocumentSlug], upTo size: Int) async throws -> [LogLine]
  {
    try await read { db in
      var sequences = Set(try db.rows("SELECT sequence FROM log_keys").map { $0["sequence"] as Int64 })
      let one = try db.one(Int64.self, "SELECT id FROM developers WHERE developer = ?", [developer.rawValue]) ?? 0
      for slug in documents {
        guard let document = try db.one(Int64.self, "SELECT id FROM documents WHERE slug = ?", [slug.rawValue]) else {
          continue
        }
        for row in try db.rows(HotQuery.evidenceActs, [one, document]) { sequences.insert(row["sequence"]) }
      }
      return try sequences.sorted().filter { $0 <= size }.map { sequence in
        let json = try db.one(String.self, "SELECT json FROM acts WHERE sequence = ?", [sequence]) ?? ""
        return LogLine(sequence: sequence, json: Array(json.utf8))
      }
    }
  }

  package func person(_ developer: DeveloperID) async throws -> Person? {
    try await read { db in
      try db.row(
        """
        SELECT name, email, salt FROM people WHERE developer_id = (SELECT id FROM developers WHERE developer = ?)
        """, [developer.rawValue]
      ).map { row in Person(name: row["name"], email: try Self.email(row), salt: row["salt"]) }
    }
  }

  package func reply(toAttempt act: Int64) async throws -> AttemptReply? {
    try await read { db in
      try db.row("SELECT words, salt FROM attempt_replies WHERE sequence = ?", [act]).map { row in
        AttemptReply(words: row["words"], salt: row["salt"])
      }
    }
  }

  package func quietNotices(to developer: DeveloperID, of document: DocumentSlug) async throws -> Set<Int64> {
    try await read { db in
      Set(
        try db.rows(
          """
          SELECT number FROM outbox
          WHERE version_id IN (
              SELECT versions.id FROM versions JOIN documents ON documents.id = document_id WHERE slug = ?)
            AND developer_id = (SELECT id FROM developers WHERE developer = ?) AND superseding = 1
          """, [document.rawValue, developer.rawValue]
        ).map { $0["number"] as Int64 })
    }
  }
}
