internal import Foundation
internal import GRDB
internal import TermsModel
internal import TermsOperations
internal import Transparency

extension Projection {
  mutating func post(_ posting: VersionPosting, on occasion: Occasion) throws {
    let document = try documentID(posting.document)
    let latest = try Row.fetchOne(
      db.cachedStatement(
        sql: "SELECT id, ordinal, label FROM versions WHERE document_id = ? ORDER BY ordinal DESC LIMIT 1"),
      arguments: [document])
    let latestLabel = try latest.map { row in try row.identifier("label", VersionLabel.self) }
    guard latestLabel == posting.basedOn else {
      throw RecordConflict.notBasedOnLatest(posting.document, basedOn: posting.basedOn, latest: latestLabel)
    }
    let taken = try db.one(
      Bool.self, "SELECT EXISTS (SELECT 1 FROM versions WHERE document_id = ? AND label = ?)",
      [document, posting.label.rawValue])
    guard taken == false else { throw RecordConflict.versionExists(posting.document, posting.label) }

    try db.run(
      """
      INSERT INTO versions (
        document_id, ordinal, label, based_on, sequence, posted_at, text_sha256, summary, title, adaptation_days,
        adaptation_reason)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        document, (latest?["ordinal"] ?? 0) + 1, posting.label.rawValue, latest?["id"] as Int64?, occasion.sequence,
        occasion.happenedAt.milliseconds, StatementArguments.hash(posting.sha256), posting.summary, posting.title,
        posting.adaptation?.days, posting.adaptation?.reason,
      ])
    let version = db.lastInsertedRowID
    for (position, clause) in posting.clauses.enumerated() { try insert(clause, at: position, of: version) }
    for change in posting.changes { try insert(change, of: version) }
    try planNotices(of: version, document: document, posting.document, on: occasion)
  }

  private func insert(_ clause: PostedText.Clause, at position: Int, of version: Int64) throws {
    try db.run(
      """
      INSERT INTO clauses (version_id, position, lineage, label, paragraph, heading, text, source, parent, role)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        version, position, clause.lineage.rawValue, try clause.label.json(), clause.paragraph, clause.heading,
        clause.text, clause.source, clause.parent, clause.role.rawValue,
      ])
  }

  private func insert(_ change: VersionPosting.DecidedChange, of version: Int64) throws {
    try db.run(
      """
      INSERT INTO changes (
        version_id, number, kind, label, heading, lineages_before, lineages_after, edits, proposed, grounds, decided,
        legal_basis, reason)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        version, change.number, change.kind.rawValue, try change.label.json(), change.heading,
        try CanonicalJSON(encoding: change.before).text(), try CanonicalJSON(encoding: change.after).text(),
        try CanonicalJSON(encoding: change.edits).text(), change.proposed.changeClass.rawValue,
        try CanonicalJSON(encoding: change.proposed.grounds).text(), change.decided.rawValue, change.legalBasis,
        change.reason,
      ])
  }

  /// One notice for each developer who is bound at this moment and has an address, in one statement.
  private func planNotices(
    of version: Int64, document: Int64, _ slug: DocumentSlug, on occasion: Occasion
  ) throws {
    let moment = occasion.recordedAt.milliseconds
    // Agreements that have ended by now are done with; from here on they cost nothing any more.
    try db.run("DELETE FROM bound WHERE document_id = ? AND ends_at <= ?", [document, moment])
    if let along = try db.documents(bindingTo: slug) {
      return try db.run(HotQuery.planNoticesAlong, [version, occasion.sequence, moment, along])
    }
    try db.run(HotQuery.planNotices, [version, occasion.sequence, moment, document])
  }

  mutating func withdraw(_ slug: DocumentSlug, _ label: VersionLabel, reason: String, on occasion: Occasion) throws {
    let version = try versionID(slug, label)
    let isWithdrawn = try db.one(
      Bool.self, "SELECT EXISTS (SELECT 1 FROM version_events WHERE version_id = ? AND event = 'withdrawn')", [version])
    guard isWithdrawn == false else { throw RecordConflict.versionWithdrawn(slug, label) }
    try db.run(
      "INSERT INTO version_events (version_id, sequence, event, reason) VALUES (?, ?, 'withdrawn', ?)",
      [version, occasion.sequence, reason])
    // Those in doubt stay so: whoever may have had the first notice is to have the one that supersedes it.
    try db.run(
      "UPDATE outbox SET state = 'cancelled', due_at = NULL WHERE version_id = ? AND state = 'queued'", [version])
  }

  mutating func postpone(
    _ slug: DocumentSlug, _ label: VersionLabel, until date: CalendarDate, reason: String, on occasion: Occasion
  ) throws {
    let version = try versionID(slug, label)
    try db.run(
      """
      INSERT INTO version_events (version_id, sequence, event, postponed_until, reason)
      VALUES (?, ?, 'postponed', ?, ?)
      """, [version, occasion.sequence, date.description, reason])
  }

  mutating func reclassify(
    _ slug: DocumentSlug, _ label: VersionLabel, change: Int, to changeClass: ChangeClass, legalBasis: String?,
    reason: String, on occasion: Occasion
  ) throws {
    let version = try versionID(slug, label)
    try db.run(
      """
      INSERT INTO version_events (version_id, sequence, event, change, class, legal_basis, reason)
      VALUES (?, ?, 'reclassified', ?, ?, ?, ?)
      """, [version, occasion.sequence, change, changeClass.rawValue, legalBasis, reason])
  }

  mutating func approve(_ approval: ClassApproval, on occasion: Occasion) throws {
    let base = try approval.basedOn.map { try versionID(approval.document, $0) }
    try db.run(
      """
      INSERT INTO approvals (sequence, document_id, based_on, text_sha256, changes, reason) VALUES (?, ?, ?, ?, ?, ?)
      """,
      [
        occasion.sequence, try documentID(approval.document), base, StatementArguments.hash(approval.sha256),
        try CanonicalJSON(encoding: approval.changes).text(), approval.reason,
      ])
  }

  /// One superseding notice for each developer who had a notice of the version, in one statement (section 3.1, rule 11).
  func planSupersedingNotices(of version: Int64, document: Int64, on occasion: Occasion) throws {
    try db.run(
      HotQuery.planSuperseding, [version, document, occasion.sequence, occasion.recordedAt.milliseconds])
  }
}

extension ClauseLabel {
  /// The label's path as a JSON array.
  func json() throws -> String {
    try CanonicalJSON.array(path.map { .string($0) }).text()
  }
}
