import Foundation
import GRDB
import TermsModel
import TermsOperations
import Testing

@testable import TermsStore

/// Each CHECK of the schema is provoked once, and so are its types and references.
///
/// The suite reads the rules out of the schema itself, so a new CHECK without a case here fails it.
@Suite struct SchemaCheckTests {
  /// A row like one on record, with some columns set otherwise: the table, the columns, and the CHECK that says no.
  private static let rows: [(table: String, columns: [String: String], check: String)] = [
    ("acts", ["actor": "''"], "actor <> ''"),
    ("acts", ["act": "''"], "act <> ''"),
    ("acts", ["subject": "''"], "subject <> ''"),
    ("acts", ["json": "'[]'"], "substr(json, 1, 1) = '{'"),
    ("acts", ["leaf_hash": "zeroblob(31)"], "length(leaf_hash) = 32"),
    ("acts", ["happened_at": "recorded_at + 1"], "happened_at <= recorded_at"),
    ("subtrees", ["hash": "zeroblob(33)"], "length(hash) = 32"),
    ("documents", ["slug": "''"], "slug <> ''"),
    ("document_settings", ["settings": "'{'"], "json_valid(settings)"),
    ("versions", ["label": "''"], "label <> ''"),
    ("versions", ["text_sha256": "x''"], "length(text_sha256) = 32"),
    ("versions", ["ordinal": "0"], "ordinal >= 1"),
    ("versions", ["ordinal": "1"], "(ordinal = 1) = (based_on IS NULL)"),
    ("clauses", ["position": "-1"], "position >= 0"),
    ("clauses", ["lineage": "0"], "lineage >= 1"),
    ("clauses", ["label": "'{}'"], "json_type(label) = 'array'"),
    ("clauses", ["paragraph": "0"], "paragraph >= 1"),
    ("clauses", ["parent": "99"], "parent >= 0 AND parent < position"),
    ("clauses", ["role": "'footer'"], "role IN ('provision', 'preamble', 'furniture')"),
    ("changes", ["number": "0"], "number >= 1"),
    (
      "changes", ["kind": "'rewritten'"],
      """
      kind IN (
          'inserted', 'deleted', 'modified', 'moved', 'renumbered', 'split', 'merged', 'renamed-term', 'formatting')
      """
    ),
    ("changes", ["label": "'\"1\"'"], "json_type(label) = 'array'"),
    ("changes", ["lineages_before": "'2'"], "json_type(lineages_before) = 'array'"),
    ("changes", ["lineages_after": "'2'"], "json_type(lineages_after) = 'array'"),
    ("changes", ["edits": "'{}'"], "json_type(edits) = 'array'"),
    ("changes", ["proposed": "'big'"], "proposed IN ('other', 'legal-required', 'material')"),
    ("changes", ["grounds": "'{}'"], "json_type(grounds) = 'array'"),
    ("changes", ["decided": "'big'"], "decided IN ('other', 'legal-required', 'material')"),
    (
      "changes", ["decided": "'legal-required'", "legal_basis": "NULL"],
      "(decided = 'legal-required') = (legal_basis IS NOT NULL)"
    ),
    ("version_events", ["event": "'forgotten'"], "event IN ('withdrawn', 'postponed', 'reclassified')"),
    (
      "version_events", ["event": "'postponed'", "postponed_until": "'next week'"],
      "postponed_until GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'"
    ),
    ("version_events", ["class": "'big'"], "class IN ('other', 'legal-required', 'material')"),
    ("version_events", ["event": "'postponed'"], "(event = 'postponed') = (postponed_until IS NOT NULL)"),
    ("version_events", ["change": "NULL"], "(event = 'reclassified') = (change IS NOT NULL)"),
    ("version_events", ["class": "NULL"], "(event = 'reclassified') = (class IS NOT NULL)"),
    ("version_events", ["class": "'legal-required'"], "(class IS 'legal-required') = (legal_basis IS NOT NULL)"),
    ("developers", ["developer": "''"], "developer <> ''"),
    ("developers", ["region": "''"], "region <> ''"),
    ("developers", ["has_address": "2"], "has_address IN (0, 1)"),
    ("developers", ["erased": "1", "has_address": "1"], "erased IS NULL OR has_address = 0"),
    ("developer_facts", ["fact": "'born'"], "fact IN ('added', 'moved', 'address', 'erased')"),
    ("developer_facts", ["has_address": "2"], "has_address IN (0, 1)"),
    ("developer_facts", ["commitment": "zeroblob(20)"], "length(commitment) = 32"),
    (
      "developer_facts", ["fact": "'added'", "region": "NULL", "commitment": "zeroblob(32)"],
      "(fact IN ('added', 'moved')) = (region IS NOT NULL)"
    ),
    (
      "developer_facts", ["has_address": "NULL"],
      "(fact IN ('added', 'address', 'erased')) = (has_address IS NOT NULL)"
    ),
    (
      "developer_facts", ["fact": "'added'", "region": "'US'", "commitment": "NULL"],
      "(fact IN ('added', 'address')) = (commitment IS NOT NULL)"
    ),
    ("people", ["salt": "'short'"], "length(salt) = 64"),
    (
      "agreement_acts", ["act": "'signed'"],
      """
      act IN (
          'connector-added', 'connector-removed', 'agreed', 'version-accepted', 'version-declined', 'opted-out', 'terminated')
      """
    ),
    ("agreement_acts", ["party": "'nobody'"], "party IN ('developer', 'platform')"),
    ("agreement_acts", ["immediate": "2"], "immediate IN (0, 1)"),
    (
      "agreement_acts", ["connector": "NULL"],
      "(act IN ('connector-added', 'connector-removed')) = (connector IS NOT NULL)"
    ),
    (
      "agreement_acts", ["version_id": "1"],
      "(act IN ('version-accepted', 'version-declined', 'opted-out')) = (version_id IS NOT NULL)"
    ),
    ("agreement_acts", ["clauses": "'9'"], "(act = 'opted-out') = (clauses IS NOT NULL)"),
    ("agreement_acts", ["party": "'platform'"], "(act = 'terminated') = (party IS NOT NULL)"),
    ("agreement_acts", ["immediate": "1"], "(act = 'terminated') = (immediate IS NOT NULL)"),
    ("agreement_acts", ["reason": "'none'"], "act = 'terminated' OR reason IS NULL"),
    ("connectors", ["connector": "''"], "connector <> ''"),
    ("bound", ["has_address": "2"], "has_address IN (0, 1)"),
    ("bound", ["agreed": "2"], "agreed IN (0, 1)"),
    ("audiences", ["has_address": "2"], "has_address IN (0, 1)"),
    ("audiences", ["developers": "-1"], "developers >= 0"),
    ("notice_steps", ["channel": "'pigeon'"], "channel IN ('email', 'courier', 'posting')"),
    ("notice_steps", ["event": "'lost'"], "event IN ('sent', 'received', 'failed')"),
    ("notice_steps", ["evidence": "6"], "evidence BETWEEN 0 AND 5"),
    ("notice_steps", ["evidence": "NULL"], "(event = 'received') = (evidence IS NOT NULL)"),
    ("notice_steps", ["detail": "NULL"], "(event = 'sent') = (detail IS NULL)"),
    (
      "outbox", ["state": "'lost'"],
      "state IN ('queued', 'transmitting', 'accepted', 'refused', 'unknown', 'cancelled')"
    ),
    ("outbox", ["attempts": "-1"], "attempts >= 0"),
    ("outbox", ["state": "'queued'", "due_at": "NULL"], "(state = 'queued') = (due_at IS NOT NULL)"),
    (
      "outbox", ["state": "'transmitting'", "due_at": "NULL", "claimed_at": "NULL"],
      "(state = 'transmitting') = (claimed_at IS NOT NULL)"
    ),
    ("outbox", ["superseding": "2"], "superseding IN (0, 1)"),
    ("outbox_counts", ["superseding": "2"], "superseding IN (0, 1)"),
    ("outbox_counts", ["notices": "-1"], "notices >= 0"),
    ("versions", ["adaptation_days": "0", "adaptation_reason": "'more'"], "adaptation_days >= 1"),
    (
      "versions", ["adaptation_days": "30", "adaptation_reason": "NULL"],
      "(adaptation_days IS NULL) = (adaptation_reason IS NULL)"
    ),
    ("approvals", ["text_sha256": "zeroblob(31)"], "length(text_sha256) = 32"),
    ("approvals", ["changes": "'{}'"], "json_type(changes) = 'array'"),
    ("approvals", ["reason": "' '"], "trim(reason) <> ''"),
    ("outbox", ["reminds_of": "'2026-01-01'"], "reminds_of IS NULL OR superseding = 1"),
    ("attempts", ["number": "0"], "number >= 1"),
    ("attempts", ["outcome": "'fine'"], "outcome IN ('accepted', 'rejected', 'unavailable', 'unknown')"),
    (
      "attempts", ["stage": "'lunch'"],
      "stage IN ('connection', 'sender', 'recipient', 'content', 'completion')"
    ),
    ("returned_mail", ["kind": "'spam'"], "kind IN ('reports', 'reply', 'unrecognised')"),
    ("returned_mail", ["detail": "'why'"], "(kind = 'unrecognised') = (detail IS NOT NULL)"),
    ("returned_mail", ["mail_sha256": "zeroblob(31)"], "length(mail_sha256) = 32"),
    ("notice_reports", ["number": "0"], "number >= 1"),
    ("notice_reports", ["action": "'lost'"], "action IN ('failed', 'delayed', 'delivered', 'relayed', 'expanded')"),
    (
      "notice_reports", ["finding": "'good'"],
      "finding IN ('received', 'handed-on', 'delayed', 'failed', 'unreliable')"
    ),
    ("notice_reports", ["evidence": "6"], "evidence BETWEEN 0 AND 5"),
    (
      "notice_reports", ["failure_class": "'bad'"],
      "failure_class IN ('address-dead', 'message-only', 'ours', 'temporary', 'unknown')"
    ),
    (
      "notice_reports", ["doubt": "'some'"],
      "doubt IN ('other-envelope', 'nameless-success', 'pretends-to-be-ours', 'contradicts-itself')"
    ),
    ("notice_reports", ["ours": "2"], "ours IN (0, 1)"),
    ("notice_reports", ["evidence": "NULL"], "(finding = 'received') = (evidence IS NOT NULL)"),
    ("notice_reports", ["failure_class": "'ours'"], "(finding = 'failed') = (failure_class IS NOT NULL)"),
    ("notice_reports", ["doubt": "'other-envelope'"], "(finding = 'unreliable') = (doubt IS NOT NULL)"),
    ("notice_reports", ["retry_until": "1"], "finding = 'delayed' OR retry_until IS NULL"),
    ("notice_standings", ["standing": "'good'"], "standing IN ('open', 'received', 'failed', 'disputed')"),
    ("notice_standings", ["evidence": "6"], "evidence BETWEEN 0 AND 5"),
    ("notice_standings", ["dispute": "'some'"], "dispute IN ('contradiction', 'unreliable')"),
    ("notice_standings", ["evidence": "NULL"], "(standing = 'received') = (evidence IS NOT NULL)"),
    ("notice_standings", ["failure_class": "'ours'"], "(standing = 'failed') = (failure_class IS NOT NULL)"),
    ("notice_standings", ["dispute": "'unreliable'"], "(standing = 'disputed') = (dispute IS NOT NULL)"),
    ("returned_bytes", ["mail_sha256": "zeroblob(31)"], "length(mail_sha256) = 32"),
    ("tokens", ["token": "'short'"], "length(token) = 12"),
    ("tokens", ["secret_sha256": "zeroblob(31)"], "length(secret_sha256) = 32"),
    (
      "tokens", ["role": "'developer:'"],
      "role IN ('operator', 'sender', 'auditor') OR role GLOB 'developer:?*'"
    ),
    ("tokens", ["created_by": "''"], "created_by <> ''"),
    ("tokens", ["expires_at": "created_at"], "expires_at > created_at"),
    ("tokens", ["revoked_at": "created_at - 1"], "revoked_at IS NULL OR revoked_at >= created_at"),
    ("ended_sessions", ["cookie_sha256": "zeroblob(31)"], "length(cookie_sha256) = 32"),
    ("service_keys", ["purpose": "''"], "purpose <> ''"),
    ("service_keys", ["secret": "zeroblob(16)"], "length(secret) = 32"),
    ("repeatable_answers", ["asker": "''"], "asker <> ''"),
    ("repeatable_answers", ["key": "''"], "length(key) BETWEEN 1 AND 255"),
    ("repeatable_answers", ["request_sha256": "x''"], "length(request_sha256) = 32"),
    ("repeatable_answers", ["status": "100"], "status BETWEEN 200 AND 599"),
    ("drafts", ["decisions": "'{}'"], "json_type(decisions) = 'array'"),
    ("drafts", ["changed_by": "''"], "changed_by <> ''"),
    ("drafts", ["approved_by": "changed_by"], "approved_by <> changed_by"),
    ("log_keys", ["key": "''"], "key <> ''"), ("log_keys", ["handover": "''"], "handover IS NULL OR handover <> ''"),
    ("checkpoints", ["root": "zeroblob(31)"], "length(root) = 32"), ("checkpoints", ["note": "''"], "note <> ''"),
    ("checkpoints", ["size": "0"], "size = sequence - 1"),
    ("witnesses", ["kind": "'rumour'"], "kind IN ('cosignature', 'timestamp')"),
    ("witness_drops", ["reason": "''"], "reason <> ''"),
    ("witnesses", ["witness": "''"], "witness <> ''"), ("witnesses", ["bytes": "x''"], "length(bytes) > 0"),
    ("letters", ["sha256": "zeroblob(31)"], "length(sha256) = 32"), ("letters", ["packed": "2"], "packed IN (0, 1)"),
    ("attempts", ["reply_commitment": "zeroblob(31)"], "length(reply_commitment) = 32"),
    ("attempt_replies", ["words": "''"], "words <> ''"),
    ("attempt_replies", ["salt": "'short'"], "length(salt) = 64"),
    ("letters", ["bytes": "x''"], "length(bytes) > 0"), ("attempts", ["letter_kept": "2"], "letter_kept IN (0, 1)"),
    (
      "developer_facts", ["fact": "'moved'", "region": "'US'", "has_address": "NULL", "reason": "'x'"],
      "reason IS NULL OR fact = 'erased'"
    ),
    ("webhooks", ["name": "''"], "name <> ''"), ("webhooks", ["url": "''"], "url <> ''"),
    ("webhooks", ["state": "'asleep'"], "state IN ('active', 'gone', 'removed')"),
    ("webhooks", ["failures": "-1"], "failures >= 0"), ("webhook_events", ["event": "''"], "event <> ''"),
    ("webhook_messages", ["event": "''"], "event <> ''"),
    (
      "webhook_messages", ["state": "'lost'"],
      "state IN ('queued', 'transmitting', 'accepted', 'refused', 'cancelled')"
    ),
    ("webhook_messages", ["attempts": "-1"], "attempts >= 0"),
    ("webhook_messages", ["state": "'queued'", "due_at": "NULL"], "(state = 'queued') = (due_at IS NOT NULL)"),
    (
      "webhook_messages", ["state": "'transmitting'", "due_at": "NULL", "claimed_at": "NULL"],
      "(state = 'transmitting') = (claimed_at IS NOT NULL)"
    ),
    ("webhook_messages", ["notice": "1", "developer_id": "NULL"], "notice IS NULL OR developer_id IS NOT NULL"),
    ("webhook_attempts", ["number": "0"], "number >= 1"),
    (
      "webhook_attempts", ["outcome": "'fine'"],
      "outcome IN ('accepted', 'refused', 'gone', 'unavailable', 'unknown')"
    ),
    ("webhook_attempts", ["status": "99"], "status BETWEEN 100 AND 999"),
    ("webhook_attempts", ["finished_at": "started_at - 1"], "finished_at >= started_at"),
  ]

  /// What each table's triggers want of a new row before its CHECKs are looked at: that it goes with the last act.
  private static let acceptable: [String: [String: String]] = [
    "acts": ["sequence": "(SELECT max(sequence) + 1 FROM acts)"],
    "subtrees": ["number": "(SELECT max(number) + 1 FROM subtrees)"],
    "documents": ["added": "(SELECT max(sequence) FROM acts)", "id": "99"],
    "versions": [
      "id": "99", "sequence": "(SELECT max(sequence) FROM acts)", "ordinal": "99", "label": "'v99'",
      "based_on": "(SELECT max(id) FROM versions)",
    ],
    "clauses": ["version_id": "(SELECT max(id) FROM versions)", "position": "99"],
    "changes": ["version_id": "(SELECT max(id) FROM versions)"],
    "developers": ["id": "99", "added": "(SELECT max(sequence) FROM acts)"],
    "people": ["developer_id": "99"],
    "outbox": ["number": "99", "planned": "(SELECT max(sequence) FROM acts)"],
    "checkpoints": [
      "sequence": "(SELECT max(sequence) FROM acts)", "size": "(SELECT max(sequence) - 1 FROM acts)",
    ],
  ]

  @Test func `each CHECK refuses the row that contradicts it`() async throws {
    let store = try await RuledRecord.record()
    for row in Self.rows {
      let columns = try await store.read { db in try db.columns(in: row.table).map(\.name) }
      var values = Self.acceptable[row.table, default: [:]]
      if values.isEmpty, columns.contains("sequence") { values["sequence"] = "(SELECT max(sequence) FROM acts)" }
      values.merge(row.columns) { $1 }
      for name in row.columns.keys { #expect(columns.contains(name), "\(row.table) has no column \(name)") }
      // The last row, whose neighbours in time are those of the last act.
      let sql = """
        INSERT INTO \(row.table) (\(columns.joined(separator: ", ")))
        SELECT \(columns.map { values[$0] ?? $0 }.joined(separator: ", "))
        FROM (SELECT * FROM \(row.table) ORDER BY 1 DESC LIMIT 1)
        """
      #expect(
        try await RuledRecord.refusal(of: sql, in: store)
          == "the record refused it: CHECK constraint failed: \(row.check)",
        "\(row.table): \(row.columns)")
    }
    #expect(try store.verify() == [], "what was refused left nothing behind")
  }

  @Test func `every CHECK has been provoked, in each table that has it`() async throws {
    let store = try await RuledRecord.record()
    let tables = try await store.read { db in
      try Row.fetchAll(
        db, sql: "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('grdb_migrations')"
      ).map { ($0["name"] as String, $0["sql"] as String) }
    }
    var count = 0
    for (table, sql) in tables {
      for check in Self.checks(in: sql) {
        count += 1
        // A row number is never below 1 unless the trigger that hands out the numbers is gone.
        if (table, check) == ("subtrees", "number > 0") { continue }
        #expect(Self.rows.contains { $0.table == table && $0.check == check }, "no case for \(table): \(check)")
      }
    }
    #expect(count > 70)
  }

  @Test(arguments: [
    (
      "INSERT INTO people (developer_id, salt) VALUES ('one', '\(String(repeating: "0", count: 64))')",
      "the record refused it: datatype mismatch"
    ),
    (
      "UPDATE developers SET has_address = 'yes' WHERE id = 1",
      "the record refused it: cannot store TEXT value in INTEGER column developers.has_address"
    ),
    (
      "UPDATE developers SET region = NULL WHERE id = 1",
      "the record refused it: NOT NULL constraint failed: developers.region"
    ),
    (
      "INSERT INTO connectors (developer_id, connector, document_id, added) VALUES (99, 'x', 1, 1)",
      "the record refused it: FOREIGN KEY constraint failed"
    ),
  ])
  func `types and references hold`(_ sql: String, _ words: String) async throws {
    #expect(try await RuledRecord.refusal(of: sql, in: try await RuledRecord.record()) == words)
  }

  @Test func `every table is strict`() async throws {
    let store = try await RuledRecord.record()
    let lax = try await store.read { db in
      try String.fetchAll(
        db,
        sql: """
          SELECT name FROM pragma_table_list
          WHERE schema = 'main' AND NOT strict AND name NOT LIKE 'sqlite_%' AND name <> 'grdb_migrations'
            AND name NOT LIKE 'search%'
          """)
    }
    #expect(lax == [])
  }

  /// What stands in the parentheses of each CHECK.
  private static func checks(in sql: String) -> [String] {
    sql.components(separatedBy: "CHECK (").dropFirst().map { rest in
      var depth = 1
      let end = rest.firstIndex { character in
        depth += character == "(" ? 1 : character == ")" ? -1 : 0
        return depth == 0
      }
      return String(rest[..<(end ?? rest.endIndex)])
    }
  }
}
