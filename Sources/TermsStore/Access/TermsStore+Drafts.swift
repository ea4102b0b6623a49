internal import GRDB
package import TermsModel
package import TermsOperations
internal import Transparency

extension TermsStore: DraftRecord {
  package func addDraft(of document: DocumentSlug, text: String, by actor: String, at moment: Instant) async throws
    -> Int64
  {
    try await write { db in
      try db.run(
        """
        INSERT INTO drafts (document_id, text, decisions, changed_at, changed_by)
        SELECT id, ?2, '[]', ?3, ?4 FROM documents WHERE slug = ?1
        """, [document.rawValue, text, moment.milliseconds, actor])
      return db.lastInsertedRowID
    }
  }

  package func draft(_ number: Int64) async throws -> DeskDraft? {
    try await read { db in try db.row("\(Self.select) WHERE number = ?", [number]).map(Self.draft) }
  }

  package func drafts(of document: DocumentSlug?) async throws -> [DeskDraft] {
    try await read { db in
      try db.rows(
        "\(Self.select) WHERE version_id IS NULL AND (?1 IS NULL OR slug = ?1) ORDER BY changed_at DESC, number DESC",
        [document?.rawValue]
      ).map(Self.draft)
    }
  }

  package func keep(_ draft: DeskDraft, by actor: String, at moment: Instant) async throws -> Bool {
    let decisions = try CanonicalJSON(encoding: draft.decisions.overrides.map(StoredDecision.init)).text()
    return try await write { db in
      // Each saving has a moment of its own, so that the moment tells which of them somebody has before them.
      try db.run(
        """
        UPDATE drafts SET text = ?2, decisions = ?3, reason = ?4, summary = ?5, changed_at = max(?6, changed_at + 1),
          changed_by = ?7, approved_by = NULL
        WHERE number = ?1 AND version_id IS NULL AND changed_at = ?8
        """,
        [
          draft.number, draft.text, decisions, draft.decisions.reason, draft.summary, moment.milliseconds, actor,
          draft.changedAt.milliseconds,
        ])
      return db.changesCount > 0
    }
  }

  package func approve(_ number: Int64, by actor: String) async throws {
    try await write { db in
      try db.run("UPDATE drafts SET approved_by = ? WHERE number = ? AND version_id IS NULL", [actor, number])
    }
  }

  package func close(_ number: Int64, as version: VersionLabel) async throws {
    try await write { db in
      try db.run(
        """
        UPDATE drafts SET version_id = (
          SELECT id FROM versions WHERE document_id = drafts.document_id AND label = ?2)
        WHERE number = ?1
        """, [number, version.rawValue])
    }
  }

  private static let select = """
    SELECT drafts.*, slug, versions.label AS version FROM drafts JOIN documents ON documents.id = drafts.document_id
    LEFT JOIN versions ON versions.id = drafts.version_id
    """

  /// A decision as the table holds it.
  private struct StoredDecision: Codable {
    let clause: String
    let changeClass: ChangeClass
    let basis: String?

    init(_ override: Decisions.Override) {
      clause = override.clause
      changeClass = override.changeClass
      basis = override.legalBasis
    }

    enum CodingKeys: String, CodingKey {
      case clause
      case changeClass = "class"
      case basis
    }
  }

  private static func draft(_ row: Row) throws -> DeskDraft {
    let decisions = try row.decoded("decisions", as: [StoredDecision].self).map {
      Decisions.Override(clause: $0.clause, changeClass: $0.changeClass, legalBasis: $0.basis)
    }
    return DeskDraft(
      number: row["number"], document: try row.identifier("slug"), text: row["text"],
      decisions: Decisions(overrides: decisions, reason: row["reason"]), summary: row["summary"],
      changedAt: row.instant("changed_at"), changedBy: row["changed_by"], approvedBy: row["approved_by"],
      version: try (row["version"] as String?).map { _ in try row.identifier("version") })
  }
}
