internal import Foundation
internal import GRDB
internal import Redlining
package import TermsModel
package import TermsOperations
internal import Transparency

extension TermsStore {
  package func documents() async throws -> [Document] {
    try await read { db in
      try db.rows(
        """
        SELECT slug, title, settings FROM documents JOIN document_settings ON document_id = id
        WHERE sequence = (SELECT max(sequence) FROM document_settings WHERE document_id = id)
        ORDER BY slug
        """
      ).map(Self.document)
    }
  }

  package func document(_ slug: DocumentSlug) async throws -> Document? {
    try await read { db in
      try db.row(
        """
        SELECT slug, title, settings FROM documents JOIN document_settings ON document_id = id
        WHERE slug = ? ORDER BY sequence DESC LIMIT 1
        """, [slug.rawValue]
      ).map(Self.document)
    }
  }

  package func versions(of document: DocumentSlug) async throws -> [PostedVersion] {
    try await read { db in
      let changes = try Dictionary(
        grouping: db.rows(
          """
          SELECT version_id, number, kind, decided, lineages_before, lineages_after, changes.label, legal_basis
          FROM changes JOIN versions ON versions.id = version_id JOIN documents ON documents.id = document_id
          WHERE slug = ? ORDER BY version_id, number
          """, [document.rawValue]), by: { $0["version_id"] as Int64 })
      let events = try Dictionary(
        grouping: db.rows(
          """
          SELECT version_events.*, happened_at, recorded_at
          FROM version_events JOIN acts USING (sequence) JOIN versions ON versions.id = version_id
          JOIN documents ON documents.id = document_id
          WHERE slug = ? ORDER BY version_events.sequence
          """, [document.rawValue]), by: { $0["version_id"] as Int64 })
      return try db.rows(
        """
        SELECT versions.id, label, sequence, happened_at, recorded_at
        FROM versions JOIN acts USING (sequence) JOIN documents ON documents.id = document_id
        WHERE slug = ? ORDER BY ordinal
        """, [document.rawValue]
      ).map { row in
        let id: Int64 = row["id"]
        return PostedVersion(
          label: try row.identifier("label"), posting: row.occasion(),
          changes: try changes[id, default: []].map(Self.change),
          events: try events[id, default: []].map { Fact(try Self.event($0), $0.occasion()) })
      }
    }
  }

  package func text(of document: DocumentSlug, version: VersionLabel) async throws -> PostedText? {
    try await read { db in
      guard let row = try Self.versionRow(db, document, version) else { return nil }
      return PostedText(version: version, title: row["title"], clauses: try Self.clauses(db, of: row["id"]))
    }
  }

  package func posting(of document: DocumentSlug, version: VersionLabel) async throws -> VersionPosting? {
    try await read { db in
      guard let row = try Self.versionRow(db, document, version) else { return nil }
      let changes = try db.rows("SELECT * FROM changes WHERE version_id = ? ORDER BY number", [row["id"] as Int64])
      return VersionPosting(
        document: document, label: version,
        basedOn: try (row["based_on_label"] as String?).map { _ in
          try row.identifier("based_on_label")
        },
        sha256: SHA256Hex.text(of: row["text_sha256"] as Data), summary: row["summary"], title: row["title"],
        clauses: try Self.clauses(db, of: row["id"]), changes: try changes.map(Self.decidedChange))
    }
  }

  package func lastLineage(of document: DocumentSlug) async throws -> Int {
    try await read { db in
      try db.one(
        Int.self,
        """
        SELECT max((SELECT max(lineage) FROM clauses WHERE version_id = versions.id))
        FROM versions JOIN documents ON documents.id = document_id WHERE slug = ?
        """, [document.rawValue]) ?? 0
    }
  }
}

// MARK: - Rows

extension TermsStore {
  private static func document(_ row: Row) throws -> Document {
    Document(
      slug: try row.identifier("slug"), title: row["title"],
      settings: try row.decoded("settings", as: DocumentSettings.self))
  }

  private static func versionRow(_ db: Database, _ document: DocumentSlug, _ version: VersionLabel) throws -> Row? {
    try db.row(
      """
      SELECT versions.*, earlier.label AS based_on_label
      FROM versions JOIN documents ON documents.id = versions.document_id
      LEFT JOIN versions AS earlier ON earlier.id = versions.based_on
      WHERE slug = ? AND versions.label = ?
      """, [document.rawValue, version.rawValue])
  }

  private static func clauses(_ db: Database, of version: Int64) throws -> [PostedText.Clause] {
    try db.rows("SELECT * FROM clauses WHERE version_id = ? ORDER BY position", [version]).map { row in
      PostedText.Clause(
        lineage: LineageID(rawValue: row["lineage"]), label: try row.label("label"), paragraph: row["paragraph"],
        heading: row["heading"], text: row["text"], source: row["source"], parent: row["parent"],
        role: try row.choice("role"))
    }
  }

  private static func change(_ row: Row) throws -> PostedChange {
    PostedChange(
      number: row["number"], kind: try row.choice("kind"), changeClass: try row.choice("decided"),
      before: try row.decoded("lineages_before", as: [LineageID].self),
      after: try row.decoded("lineages_after", as: [LineageID].self), label: try row.label("label"),
      legalBasis: row["legal_basis"])
  }

  private static func decidedChange(_ row: Row) throws -> VersionPosting.DecidedChange {
    VersionPosting.DecidedChange(
      number: row["number"], kind: try row.choice("kind"), label: try row.label("label"), heading: row["heading"],
      before: try row.decoded("lineages_before", as: [LineageID].self),
      after: try row.decoded("lineages_after", as: [LineageID].self), edits: try row.decoded("edits", as: [Edit].self),
      proposed: Classification(
        changeClass: try row.choice("proposed"), grounds: try row.decoded("grounds", as: [Ground].self)),
      decided: try row.choice("decided"), legalBasis: row["legal_basis"], reason: row["reason"])
  }

  private static func event(_ row: Row) throws -> VersionEvent {
    switch row["event"] as String {
    case "withdrawn": return .withdrawn(reason: row["reason"])
    case "postponed":
      let text: String = row["postponed_until"]
      guard let date = CalendarDate(text) else { throw row.malformed("postponed_until", text) }
      return .postponed(until: date, reason: row["reason"])
    case "reclassified":
      return .reclassified(
        change: row["change"], to: try row.choice("class"), legalBasis: row["legal_basis"], reason: row["reason"])
    case let other: throw row.malformed("event", other)
    }
  }
}
