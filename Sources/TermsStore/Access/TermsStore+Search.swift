internal import GRDB
package import TermsModel
package import TermsOperations

extension TermsStore: SearchRecord {
  package func search(_ terms: [String], in document: DocumentSlug?, limit: Int) async throws -> [SearchHit] {
    // Each term between quotation marks: a word or phrase to FTS5, whatever characters it holds.
    let query = terms.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: " ")
    return try await read { db in
      let rows = try db.rows(
        """
        SELECT slug, versions.label AS version, ordinal, clauses.lineage, clauses.label, clauses.paragraph,
          clauses.heading, snippet(search, -1, char(57344), char(57345), '…', 24) AS excerpt
        FROM search JOIN versions ON versions.id = search.version_id
        JOIN documents ON documents.id = versions.document_id
        JOIN clauses ON clauses.version_id = search.version_id AND clauses.position = search.position
        WHERE search MATCH ?1 AND (?2 IS NULL OR slug = ?2)
        ORDER BY bm25(search, 4.0, 1.0), versions.posted_at DESC LIMIT 2000
        """, [query, document?.rawValue])
      return try Self.grouped(rows).prefix(limit).map(Self.hit)
    }
  }

  /// The rows of one clause together, its latest version first, clauses in the order of their best match.
  private static func grouped(_ rows: [Row]) -> [[Row]] {
    var order: [String] = []
    var groups: [String: [Row]] = [:]
    for row in rows {
      let key = "\(row["slug"] as String) \(row["lineage"] as Int)"
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(row)
    }
    return order.compactMap { groups[$0]?.sorted { $0["ordinal"] as Int > $1["ordinal"] as Int } }
  }

  private static func hit(_ rows: [Row]) throws -> SearchHit {
    let row = rows[0]
    return SearchHit(
      document: try row.identifier("slug"), version: try row.identifier("version"),
      alsoIn: try rows.dropFirst().map { try $0.identifier("version") },
      clause: LineageID(rawValue: row["lineage"]), label: try row.label("label"), paragraph: row["paragraph"],
      heading: row["heading"], excerpt: row["excerpt"])
  }
}
