import Foundation
import GRDB
import Schema
import TermsModel
import TermsOperations
import Testing
import Transparency

@testable import TermsStore

/// The schema is the last guard: each of its triggers and CHECKs is provoked once, and says what it stands for.
///
/// The suite reads the rules out of the schema itself, so a new rule without a case here fails it.
@Suite struct SchemaRulesTests {
  /// Everything that can be said of a record, and a posting as the last act, so that rows may still be added to it.
  private static func record() async throws -> TermsStore {
    let store = try TermsStore.inMemory()
    try store.subscribe([
      WebhookSubscription(name: "ops", url: "https://hooks.example/", events: Set(WebhookEvent.allCases))
    ])
    try await Sample.store(store, developers: [1, 2], without: [2])
    let told = try #require(try await store.nextWebhookMessage(finishing: nil, at: Sample.start))
    _ = try await store.nextWebhookMessage(
      finishing: FinishedWebhookMessage(told, WebhookReply(.accepted, status: 200, says: "yes"), at: Sample.start),
      at: Sample.start)
    _ = try await store.record(
      [
        Sample.act(.versionPosted(Sample.posting("2025-12-18", basedOn: "2025-12-17", words: "You may go."))),
        Sample.act(
          .changeReclassified(
            Sample.slug, Sample.label("2025-12-18"), change: 2, to: .material, legalBasis: nil, reason: "it matters")),
        Sample.act(.classesApproved(Sample.approval("2025-12-19", basedOn: "2025-12-18"))),
        Sample.act(.developerErased(Sample.developer(2))),
      ], by: "maria", at: Sample.start)
    let notice = try #require(try await store.dueNotices(at: Sample.start, limit: 1).first)
    #expect(try await store.claim(notice, sending: Sample.letter, at: Sample.start))
    try await store.finish(
      notice, outcome: .accepted(by: "mx.example"), messageSHA256: Sample.letterHash, by: "cron", at: Sample.start)
    let keeper = Sample.keeper(of: store)
    try await keeper.adopt(Sample.key(1).verifyingKey)
    try await keeper.rotate(from: Sample.key(1), to: Sample.key(2))
    let checkpoint = try await keeper.checkpoint(by: Sample.key(2)).checkpoint
    try await keeper.recordTimestamp(Sample.timestamp(of: checkpoint.note), of: checkpoint, from: "tsa.example")
    try await keeper.drop(witnessOf: Int64(store.logSize()), reason: "nobody's")
    let verdict = ReportVerdict(
      action: .delivered, finding: .received(.delivered), at: Sample.start, isOurs: false, witness: "mx.example",
      reason: "delivered")
    _ = try await store.receive(
      [0], sha256: SHA256Hex.digest(of: [0]), content: .reports([verdict]), for: notice.number, by: "cron",
      at: Sample.start)
    _ = try await store.record(
      [Sample.act(.versionPosted(Sample.posting("2025-12-19", basedOn: "2025-12-18", words: "You may stay.")))],
      by: "maria", at: Sample.start)
    try await access(to: store)
    return store
  }

  /// What the web service keeps for itself: a token, a key, an answer, a draft.
  private static func access(to store: TermsStore) async throws {
    let token = AccessToken(
      id: "0123456789ab", role: .operator, note: nil, createdAt: Sample.start, createdBy: "maria",
      expiresAt: Sample.moment(1))
    try await store.add(token, secretSHA256: String(repeating: "0", count: 64))
    _ = try await store.serviceKey(for: "links", orKeep: Array(repeating: 0, count: 32), at: Sample.start)
    _ = try await store.addDraft(of: Sample.slug, text: "# Terms", by: "maria", at: Sample.start)
    _ = try await store.begin(
      "key", of: "maria", requestSHA256: String(repeating: "0", count: 64), at: Sample.start)
  }

  /// What the record says to `sql`, which must fail; nothing of it stays.
  private static func refusal(of sql: String, in store: TermsStore) async throws -> String {
    do {
      try await store.write { db in try db.execute(sql: sql) }
    } catch let error as StoreError {
      return "\(error)"
    }
    Issue.record("the record took it: \(sql)")
    return ""
  }

  // MARK: Triggers

  private static let changes: [(sql: String, words: String)] = [
    (
      "INSERT INTO acts SELECT sequence + 2, recorded_at, happened_at, actor, act, subject, json, leaf_hash FROM acts "
        + "ORDER BY sequence DESC LIMIT 1",
      "the log has no gaps and no second entry of one number: append after the last one"
    ),
    (
      "INSERT INTO acts SELECT sequence, recorded_at, happened_at, actor, act, subject, json, leaf_hash FROM acts",
      "the log has no gaps and no second entry of one number: append after the last one"
    ),
    (
      "INSERT OR REPLACE INTO acts SELECT * FROM acts WHERE sequence = 1",
      "the log has no gaps and no second entry of one number: append after the last one"
    ),
    (
      "INSERT INTO acts SELECT sequence + 1, recorded_at - 1, happened_at - 1, actor, act, subject, json, leaf_hash "
        + "FROM acts ORDER BY sequence DESC LIMIT 1",
      "an act is never recorded before the one that stands before it in the log"
    ),
    ("UPDATE acts SET actor = actor", "an act on record is never altered: record a new act instead"),
    ("DELETE FROM acts", "an act on record is never deleted: record a new act instead"),
    ("INSERT INTO subtrees SELECT max(number) + 2, hash FROM subtrees", "hashes of the log are appended in order"),
    ("UPDATE subtrees SET hash = zeroblob(32)", "a hash of the log is never altered"),
    ("DELETE FROM subtrees", "a hash of the log is never deleted"),
    (
      "INSERT INTO documents (slug, added) VALUES ('late', 1)",
      "a document is recorded together with the act of adding it"
    ),
    ("UPDATE documents SET slug = 'new'", "a document keeps its slug; its title and settings change by a new act"),
    ("DELETE FROM documents", "a document on record is never deleted"),
    (
      "INSERT INTO document_settings SELECT document_id, 2, title, settings FROM document_settings",
      "settings are recorded together with the act that sets them"
    ),
    (
      "UPDATE document_settings SET title = 'new'",
      "settings on record are never altered: record new ones instead"
    ),
    ("DELETE FROM document_settings", "settings on record are never deleted: record new ones instead"),
    (
      "INSERT INTO versions (document_id, ordinal, label, based_on, sequence, posted_at, text_sha256) "
        + "SELECT document_id, 4, 'late', id, 1, posted_at, text_sha256 FROM versions WHERE ordinal = 3",
      "a version is recorded together with the act of posting it"
    ),
    (
      "INSERT INTO versions (document_id, ordinal, label, based_on, sequence, posted_at, text_sha256) "
        + "SELECT document_id, 4, 'fork', based_on, (SELECT max(sequence) FROM acts), posted_at, text_sha256 "
        + "FROM versions WHERE ordinal = 3",
      "a version follows the latest one of its document: compare it with that one and post again"
    ),
    (
      "INSERT INTO versions (document_id, ordinal, label, based_on, sequence, posted_at, text_sha256) "
        + "SELECT document_id, 4, 'back', id, (SELECT max(sequence) FROM acts), posted_at - 1, text_sha256 "
        + "FROM versions WHERE ordinal = 3",
      "a version is never posted before the one that it follows"
    ),
    ("UPDATE versions SET summary = NULL", "a posted version is never altered: post a new version instead"),
    ("DELETE FROM versions", "a posted version is never deleted: withdraw it instead"),
    (
      "INSERT INTO clauses SELECT version_id, 9, 9, label, paragraph, heading, text, source, parent, role "
        + "FROM clauses WHERE version_id = 1 AND position = 0",
      "clauses are recorded together with the act of posting their version"
    ),
    (
      "UPDATE clauses SET text = 'You may not.'",
      "the words of a posted version are never altered: post a new version instead"
    ),
    ("DELETE FROM clauses", "the words of a posted version are never deleted"),
    (
      "INSERT INTO changes (version_id, number, kind, label, lineages_before, lineages_after, edits, proposed, grounds, "
        + "decided) VALUES (2, 9, 'moved', '[]', '[]', '[]', '[]', 'other', '[]', 'other')",
      "changes are recorded together with the act of posting their version"
    ),
    ("UPDATE changes SET decided = 'other'", "a decided change is never altered: reclassify it by a new act"),
    ("DELETE FROM changes", "a decided change is never deleted"),
    (
      "INSERT INTO approvals SELECT 1, document_id, based_on, text_sha256, changes, reason FROM approvals",
      "an agreement to classes is recorded together with its act"
    ),
    ("UPDATE approvals SET reason = 'new'", "an agreement to classes is never altered: agree anew instead"),
    ("DELETE FROM approvals", "an agreement to classes is never deleted: it covers one text only"),
    (
      "INSERT INTO version_events (version_id, sequence, event, reason) VALUES (1, 1, 'withdrawn', 'late')",
      "what happens to a version is recorded together with its act"
    ),
    (
      "UPDATE version_events SET reason = 'none'",
      "what happened to a version is never altered: record a new act instead"
    ),
    ("DELETE FROM version_events", "what happened to a version is never deleted: record a new act instead"),
    (
      "INSERT INTO developers (developer, added, region, has_address) VALUES ('late', 1, 'US', 0)",
      "a developer is recorded together with the act of registering them"
    ),
    (
      "UPDATE developers SET developer = 'other' WHERE id = 1",
      "a developer keeps the identifier under which they were registered"
    ),
    ("UPDATE developers SET region = 'CH' WHERE id = 2", "nothing of an erased developer changes any more"),
    (
      "DELETE FROM developers",
      "a developer is never deleted: what is personal can be erased, what happened stays"
    ),
    (
      "INSERT INTO developer_facts (developer_id, sequence, fact, region) VALUES (1, 1, 'moved', 'CH')",
      "a fact about a developer is recorded together with its act"
    ),
    (
      "UPDATE developer_facts SET region = 'CH'",
      "a fact about a developer is never altered: record a new act instead"
    ),
    ("DELETE FROM developer_facts", "a fact about a developer is never deleted: record a new act instead"),
    (
      "INSERT INTO agreement_acts (developer_id, document_id, sequence, act) VALUES (1, 1, 1, 'agreed')",
      "an act of an agreement is recorded together with its entry in the log"
    ),
    (
      "UPDATE agreement_acts SET act = 'agreed'",
      "an act of an agreement is never altered: record a new act instead"
    ),
    ("DELETE FROM agreement_acts", "an act of an agreement is never deleted: record a new act instead"),
    (
      "INSERT INTO notice_steps (developer_id, document_id, sequence, version_id, channel, event) "
        + "VALUES (1, 1, 1, 1, 'courier', 'sent')",
      "a fact about a notice is recorded together with its act"
    ),
    (
      "UPDATE notice_steps SET evidence = 5",
      "a fact about a notice is never altered: record a new fact instead"
    ),
    ("DELETE FROM notice_steps", "a fact about a notice is never deleted: record a new fact instead"),
    (
      "INSERT INTO outbox (version_id, developer_id, planned, superseding, state, due_at) VALUES (1, 1, 1, 0, 'queued', 0)",
      "a notice is planned together with the act that it tells of"
    ),
    ("UPDATE outbox SET developer_id = 2", "a planned notice keeps its version, its developer and what it tells of"),
    ("UPDATE outbox SET superseding = 1", "a planned notice keeps its version, its developer and what it tells of"),
    (
      "UPDATE outbox SET state = 'refused' WHERE state = 'accepted'",
      "a notice that was accepted, refused or cancelled stays so, and none is sent without a claim"
    ),
    (
      "UPDATE outbox SET state = 'accepted', due_at = NULL WHERE state = 'queued'",
      "a notice that was accepted, refused or cancelled stays so, and none is sent without a claim"
    ),
    ("DELETE FROM outbox", "a planned notice is never deleted: it is sent or cancelled"),
    (
      "INSERT INTO attempts (notice, number, sequence, started_at, finished_at, outcome, reply) "
        + "VALUES (1, 2, 1, 0, 0, 'accepted', '')",
      "an attempt is recorded together with its act"
    ),
    ("UPDATE outbox SET reminds_of = '2026-01-01'", "a reminder keeps the date that it reminds of"),
    ("UPDATE attempts SET reply = '550'", "an attempt is never altered: record a new one instead"),
    ("DELETE FROM attempts", "an attempt is never deleted"),
    (
      "INSERT INTO returned_mail (sequence, notice, kind, mail_sha256) VALUES (1, 1, 'reply', zeroblob(32))",
      "what came back is recorded together with its act"
    ),
    ("UPDATE returned_mail SET kind = 'reply'", "what came back is never altered"),
    (
      "DELETE FROM returned_mail",
      "what came back is never deleted: its bytes can be erased, what it said stays"
    ),
    (
      "INSERT INTO notice_reports (sequence, number, action, finding, reported_at, ours, witness, reason) "
        + "VALUES (1, 2, 'relayed', 'handed-on', 0, 0, '', '')", "a report is recorded together with its act"
    ),
    ("UPDATE notice_reports SET ours = 1", "a report is never altered"),
    ("DELETE FROM notice_reports", "a report is never deleted"),
    (
      "UPDATE tokens SET expires_at = expires_at + 1, revoked_at = created_at",
      "a token can be revoked, once, and nothing else: create a new one"
    ),
    ("DELETE FROM tokens", "a token is never deleted: revoke it, so that who acted with it can still be told"),
    ("INSERT INTO log_keys (sequence, key) VALUES (1, 'x')", "a key of the log is recorded together with its act"),
    ("UPDATE log_keys SET key = 'x'", "a key of the log is never altered: rotate to a new one"),
    ("DELETE FROM log_keys", "a key of the log is never deleted: what it signed must be checked with it"),
    (
      "INSERT INTO checkpoints (sequence, size, root, note) VALUES (1, 0, zeroblob(32), 'x')",
      "a checkpoint is recorded together with its act"
    ),
    ("UPDATE checkpoints SET note = 'x'", "a checkpoint is never altered: somebody may hold it"),
    ("DELETE FROM checkpoints", "a checkpoint is never deleted: somebody may hold it"),
    (
      "INSERT INTO witnesses SELECT 1, size, kind, witness, bytes FROM witnesses",
      "what a witness said is recorded together with its act"
    ),
    ("UPDATE witnesses SET witness = 'x'", "what a witness said is never altered"),
    ("DELETE FROM witnesses", "what a witness said is never deleted"),
    (
      "INSERT INTO witness_drops SELECT 1, witness, reason FROM witness_drops",
      "that a witness is dropped is recorded together with its act"
    ),
    ("UPDATE witness_drops SET reason = 'x'", "that a witness was dropped is never altered"),
    (
      "DELETE FROM witness_drops",
      "that a witness was dropped is never taken back: take in what it said anew"
    ),
    ("UPDATE webhook_messages SET event = 'x'", "a message to a webhook keeps what it tells, and whom"),
    (
      "UPDATE webhook_messages SET state = 'queued', due_at = 0 WHERE state = 'accepted'",
      "a message to a webhook that was accepted or cancelled stays so, and none is sent without a claim"
    ),
    ("DELETE FROM webhook_messages", "a message to a webhook is never deleted: it is sent or cancelled"),
    ("UPDATE webhook_attempts SET says = 'x'", "a try at telling a webhook is never altered"),
    ("DELETE FROM webhook_attempts", "a try at telling a webhook is never deleted"),
  ]

  @Test func `what must never happen to evidence is refused in its own words`() async throws {
    let store = try await Self.record()
    for change in Self.changes {
      #expect(try await Self.refusal(of: change.sql, in: store) == "the record refused it: \(change.words)")
    }
    #expect(try store.verify() == [], "what was refused left nothing behind")
  }

  /// REPLACE deletes what is in its way, and by default SQLite asks no trigger about that.
  @Test(arguments: [
    (
      "REPLACE INTO clauses SELECT version_id, position, lineage, label, paragraph, heading, 'You may not.', source, parent, "
        + "role FROM clauses WHERE version_id = 3", "the words of a posted version are never deleted"
    ),
    (
      "INSERT OR REPLACE INTO changes SELECT * FROM changes WHERE version_id = 3 AND number = 1",
      "a decided change is never deleted"
    ),
    (
      "REPLACE INTO outbox (number, version_id, developer_id, planned, superseding, state, due_at) "
        + "SELECT number, version_id, developer_id, (SELECT max(sequence) FROM acts), 0, 'queued', 0 FROM outbox "
        + "WHERE state = 'accepted'", "a planned notice is never deleted: it is sent or cancelled"
    ),
  ])
  func `replacing is deleting`(_ sql: String, _ words: String) async throws {
    let store = try await Self.record()
    #expect(try await Self.refusal(of: sql, in: store) == "the record refused it: \(words)")
    #expect(try store.verify() == [])
  }

  @Test func `every trigger that refuses something has been provoked`() async throws {
    let said = Set(Self.changes.map(\.words))
    let triggers = try await Self.record().read { db in
      try String.fetchAll(db, sql: "SELECT sql FROM sqlite_schema WHERE type = 'trigger'")
    }
    let refusals = triggers.flatMap { Self.quoted(after: "RAISE(ABORT, ", in: $0) }
    #expect(refusals.count > 40)
    for words in refusals { #expect(said.contains(words), "no case provokes: \(words)") }
  }

  /// The evidence: whatever is written there stays. What follows from it, as of now, may change.
  @Test func `every table of evidence refuses to alter and to delete`() async throws {
    let evidence = [
      "acts", "subtrees", "documents", "document_settings", "versions", "clauses", "changes", "version_events",
      "developer_facts", "agreement_acts", "notice_steps", "attempts", "returned_mail", "notice_reports", "approvals",
      "log_keys", "checkpoints", "witnesses", "witness_drops",
    ]
    let store = try await Self.record()
    for table in evidence {
      let column = try await store.read { db in try #require(db.columns(in: table).first).name }
      for sql in ["UPDATE \(table) SET \(column) = \(column)", "DELETE FROM \(table)"] {
        let words = try await Self.refusal(of: sql, in: store)
        #expect(words.contains("never") || words.contains("keeps"), "\(sql): \(words)")
      }
    }
  }

  // MARK: Checks

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
    let store = try await Self.record()
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
        try await Self.refusal(of: sql, in: store) == "the record refused it: CHECK constraint failed: \(row.check)",
        "\(row.table): \(row.columns)")
    }
    #expect(try store.verify() == [], "what was refused left nothing behind")
  }

  @Test func `every CHECK has been provoked, in each table that has it`() async throws {
    let store = try await Self.record()
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

  // MARK: Types and references

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
    #expect(try await Self.refusal(of: sql, in: try await Self.record()) == words)
  }

  @Test func `every table is strict`() async throws {
    let store = try await Self.record()
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

  // MARK: Reading the schema

  /// The SQL strings that follow `marker`.
  private static func quoted(after marker: String, in sql: String) -> [String] {
    sql.components(separatedBy: marker).dropFirst().compactMap { rest in
      rest.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false).dropFirst().first.map(String.init)
    }
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
