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

  package func document(_ slug: DocumentSlug, knownAt moment: Instant) async throws -> Document? {
    try await read { db in
      try db.row(
        """
        SELECT slug, title, settings
        FROM documents JOIN document_settings ON document_id = id JOIN acts USING (sequence)
        WHERE slug = ? AND recorded_at <= ? ORDER BY sequence DESC LIMIT 1
        """, [slug.rawValue, moment.milliseconds]
      ).map(Self.document)
    }
  }

  package func settings(of document: DocumentSlug) async throws -> [Fact<Document>] {
    try await read { db in
      try db.rows(
        """
        SELECT slug, title, settings, sequence, happened_at, recorded_at
        FROM documents JOIN document_settings ON document_id = id JOIN acts USING (sequence)
        WHERE slug = ? ORDER BY sequence
        """, [document.rawValue]
      ).map { Fact(try Self.document($0), $0.occasion()) }
    }
  }

  package func versions(of document: DocumentSlug) async throws -> [PostedVersion] {
    try await read { db in try Self.versions(of: document, in: db) }
  }

  static func versions(of document: DocumentSlug, in db: Database) throws -> [PostedVersion] {
    let changes = try Dictionary(
      grouping: db.rows(
        """
        SELECT version_id, number, kind, decided, lineages_before, lineages_after, changes.label, legal_basis
        FROM changes JOIN versions ON versions.id = version_id JOIN documents ON documents.id = document_id
        WHERE slug = ? ORDER BY version_id, number
        """, [document.rawValue]), by: { $0["version_id"] as Int64 })
    let labels = try Self.labels(db, of: document)
    let settings = try Self.settingsAtPosting(db, of: document)
    let events = try Dictionary(
      grouping: db.rows(
        """
        SELECT version_events.*, happened_at, recorded_at, json_extract(acts.json, '$.keeping') AS kept
        FROM version_events JOIN acts USING (sequence) JOIN versions ON versions.id = version_id
        JOIN documents ON documents.id = document_id
        WHERE slug = ? ORDER BY version_events.sequence
        """, [document.rawValue]), by: { $0["version_id"] as Int64 })
    return try db.rows(
      """
      SELECT versions.id, label, sequence, happened_at, recorded_at, adaptation_days, adaptation_reason
      FROM versions JOIN acts USING (sequence) JOIN documents ON documents.id = document_id
      WHERE slug = ? ORDER BY ordinal
      """, [document.rawValue]
    ).map { row in
      let id: Int64 = row["id"]
      return PostedVersion(
        label: try row.identifier("label"), posting: row.occasion(),
        changes: try changes[id, default: []].map { try Self.change($0, labels) },
        events: try events[id, default: []].map { Fact(try Self.event($0), $0.occasion()) },
        settings: settings[id], adaptation: Self.adaptation(row))
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
        clauses: try Self.clauses(db, of: row["id"]), changes: try changes.map(Self.decidedChange),
        adaptation: Self.adaptation(row))
    }
  }

  package func approvals(of document: DocumentSlug, sha256: String) async throws -> [RecordedApproval] {
    try await read { db in
      try db.rows(
        """
        SELECT approvals.*, versions.label AS based_on_label, actor, happened_at, recorded_at
        FROM approvals JOIN documents ON documents.id = approvals.document_id JOIN acts USING (sequence)
        LEFT JOIN versions ON versions.id = approvals.based_on
        WHERE slug = ? AND approvals.text_sha256 = ? ORDER BY sequence
        """, [document.rawValue, StatementArguments.hash(sha256)]
      ).map { row in
        RecordedApproval(
          approval: ClassApproval(
            document: document,
            basedOn: try (row["based_on_label"] as String?).map { _ in try row.identifier("based_on_label") },
            sha256: sha256, changes: try row.decoded("changes", as: [ClassApproval.Agreed].self), reason: row["reason"]),
          actor: row["actor"], occasion: row.occasion())
      }
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
  static func document(_ row: Row) throws -> Document {
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

  private static func change(_ row: Row, _ labels: [Int64: [LineageID: ClauseLabel]]) throws -> PostedChange {
    let before = try row.decoded("lineages_before", as: [LineageID].self)
    let after = try row.decoded("lineages_after", as: [LineageID].self)
    let touched = Set(before + after)
    // A change to one clause says by itself what it is called.
    let names = touched.count > 1 ? labels[row["version_id"]]?.filter { touched.contains($0.key) } : nil
    return PostedChange(
      number: row["number"], kind: try row.choice("kind"), changeClass: try row.choice("decided"), before: before,
      after: after, label: try row.label("label"), legalBasis: row["legal_basis"], labels: names ?? [:])
  }

  /// What the clauses that changes touch several of are called, by version: as the version has it, or the one before it.
  private static func labels(_ db: Database, of document: DocumentSlug) throws -> [Int64: [LineageID: ClauseLabel]] {
    var labels: [Int64: [LineageID: ClauseLabel]] = [:]
    let rows = try db.rows(
      """
      SELECT DISTINCT versions.id AS version_id, clauses.lineage, clauses.label
      FROM documents JOIN versions ON versions.document_id = documents.id
      JOIN changes ON changes.version_id = versions.id,
        json_each(json_array(json(lineages_before), json(lineages_after))) AS side, json_each(side.value) AS touched
      JOIN clauses ON clauses.lineage = touched.value
        AND clauses.version_id = CASE side.key WHEN 0 THEN versions.based_on ELSE versions.id END
      WHERE slug = ? AND json_array_length(lineages_before) + json_array_length(lineages_after) > 2
      ORDER BY side.key
      """, [document.rawValue])
    for row in rows {
      labels[row["version_id"], default: [:]][LineageID(rawValue: row["lineage"])] = try row.label("label")
    }
    return labels
  }

  /// The settings in force when each version was posted, by which its changes are dated for good.
  private static func settingsAtPosting(_ db: Database, of document: DocumentSlug) throws -> [Int64: DocumentSettings] {
    let rows = try db.rows(
      """
      SELECT versions.id AS version_id, document_settings.sequence, settings
      FROM documents JOIN versions ON versions.document_id = documents.id
      JOIN document_settings ON document_settings.document_id = documents.id
        AND document_settings.sequence = (
          SELECT max(sequence) FROM document_settings AS earlier
          WHERE earlier.document_id = documents.id AND earlier.sequence < versions.sequence)
      WHERE slug = ?
      """, [document.rawValue])
    var read: [Int64: DocumentSettings] = [:]
    var settings: [Int64: DocumentSettings] = [:]
    for row in rows {
      let known = try read[row["sequence"]] ?? row.decoded("settings", as: DocumentSettings.self)
      read[row["sequence"]] = known
      settings[row["version_id"]] = known
    }
    return settings
  }

  private static func adaptation(_ row: Row) -> AdaptationPeriod? {
    guard let days = row["adaptation_days"] as Int?, let reason = row["adaptation_reason"] as String? else {
      return nil
    }
    return AdaptationPeriod(days: days, reason: reason)
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
    case "withdrawn":
      let hasKept = (row["kept"] as String?) != nil
      return .withdrawn(reason: row["reason"], keeping: hasKept ? Set(try row.decoded("kept", as: [Int].self)) : [])
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
