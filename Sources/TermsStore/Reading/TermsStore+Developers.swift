internal import GRDB
package import TermsModel
package import TermsOperations

extension TermsStore {
  package func developer(_ id: DeveloperID) async throws -> DeveloperEntry? {
    try await read { db in
      try Self.entries(db, "WHERE developer = ?", [id.rawValue]).first
    }
  }

  package func developers(after cursor: DeveloperID?, limit: Int) async throws -> [DeveloperEntry] {
    try await read { db in
      try Self.entries(db, "WHERE developer > ? ORDER BY developer LIMIT ?", [cursor?.rawValue ?? "", limit])
    }
  }

  package func documents(of developer: DeveloperID) async throws -> [DocumentSlug] {
    try await read { db in
      try db.rows(
        """
        SELECT slug FROM documents, (SELECT id FROM developers WHERE developer = ?) AS one
        WHERE EXISTS (SELECT 1 FROM agreement_acts WHERE developer_id = one.id AND document_id = documents.id)
          OR EXISTS (SELECT 1 FROM notice_steps WHERE developer_id = one.id AND document_id = documents.id)
        ORDER BY slug
        """, [developer.rawValue]
      ).map { try $0.identifier("slug") }
    }
  }

  package func facts(of developer: DeveloperID, document: DocumentSlug) async throws -> DeveloperFacts {
    try await read { db in
      var documents = NamedDocuments(db)
      return try Self.facts(of: developer, document: document, among: &documents, in: db)
    }
  }

  static func facts(
    of developer: DeveloperID, document: DocumentSlug, among documents: inout NamedDocuments, in db: Database
  ) throws -> DeveloperFacts {
    try facts(of: developer, document: document, try documents[document], in: db)
  }

  /// - Parameter named: what is on record of the document; `nil` where there is none.
  static func facts(
    of developer: DeveloperID, document: DocumentSlug, _ named: NamedDocuments.Named?, in db: Database
  ) throws -> DeveloperFacts {
    try DeveloperReading(developer, in: db)?.facts(under: document, named)
      ?? DeveloperFacts(developer: developer, document: document)
  }

  package func audience(of document: DocumentSlug) async throws -> Audience {
    try await read { db in
      if let along = try db.documents(bindingTo: document) {
        let rows = try db.rows(HotQuery.audienceAlong, [along])
        let counts = Dictionary(uniqueKeysWithValues: rows.map { ($0["has_address"] as Bool, $0["developers"] as Int) })
        return Audience(byEmail: counts[true] ?? 0, byPosting: counts[false] ?? 0)
      }
      // Counted as they come and go; agreements that ended since the last posting are taken off here.
      let rows = try db.rows(
        """
        SELECT has_address, developers - (
          SELECT count(*) FROM bound
          WHERE bound.document_id = audiences.document_id AND bound.has_address = audiences.has_address
            AND ends_at <= (SELECT recorded_at FROM acts ORDER BY sequence DESC LIMIT 1)) AS developers
        FROM audiences JOIN documents ON documents.id = audiences.document_id WHERE slug = ?
        """, [document.rawValue])
      let counts = Dictionary(uniqueKeysWithValues: rows.map { ($0["has_address"] as Bool, $0["developers"] as Int) })
      return Audience(byEmail: counts[true] ?? 0, byPosting: counts[false] ?? 0)
    }
  }
}

// MARK: - Rows

extension TermsStore {
  private static func entries(_ db: Database, _ condition: String, _ arguments: StatementArguments) throws
    -> [DeveloperEntry]
  {
    let rows = try db.rows(
      """
      SELECT developers.id, developer, region, erased, name, email, sequence, happened_at, recorded_at
      FROM developers JOIN acts ON sequence = added LEFT JOIN people ON people.developer_id = developers.id
      \(condition)
      """, arguments)
    return try rows.map { row in
      let connectors = try db.rows(
        "SELECT connector, slug FROM connectors JOIN documents ON documents.id = document_id WHERE developer_id = ?",
        [row["id"] as Int64])
      return DeveloperEntry(
        id: try row.identifier("developer"), region: try row.identifier("region"), name: row["name"],
        email: try email(row), added: row.occasion(), erased: (row["erased"] as Int64?) != nil,
        connectors: Dictionary(
          uniqueKeysWithValues: try connectors.map { (try $0.identifier("connector"), try $0.identifier("slug")) }))
    }
  }

  static func email(_ row: Row) throws -> EmailAddress? {
    guard let text = row["email"] as String? else { return nil }
    guard let email = EmailAddress(rawValue: text) else { throw row.malformed("email", "an address that is none") }
    return email
  }
}
