import Foundation
import GRDB
import TermsModel
import TermsOperations
import Testing

@testable import TermsStore

/// The schema is the last guard: each of its triggers is provoked once, and says what it stands for.
///
/// The suite reads the rules out of the schema itself, so a new trigger without a case here fails it.
@Suite struct SchemaTriggerTests {
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
      "INSERT INTO attempt_replies SELECT 1, developer_id, words, salt FROM attempt_replies",
      "what was said of a try is kept together with its act"
    ),
    ("UPDATE attempt_replies SET words = 'x'", "what was said of a try is never altered"),
    (
      "DELETE FROM attempt_replies",
      "what was said of a try goes only with the name and address of the developer"
    ),
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
    let store = try await RuledRecord.record()
    for change in Self.changes {
      #expect(try await RuledRecord.refusal(of: change.sql, in: store) == "the record refused it: \(change.words)")
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
    let store = try await RuledRecord.record()
    #expect(try await RuledRecord.refusal(of: sql, in: store) == "the record refused it: \(words)")
    #expect(try store.verify() == [])
  }

  @Test func `every trigger that refuses something has been provoked`() async throws {
    let said = Set(Self.changes.map(\.words))
    let triggers = try await RuledRecord.record().read { db in
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
    let store = try await RuledRecord.record()
    for table in evidence {
      let column = try await store.read { db in try #require(db.columns(in: table).first).name }
      for sql in ["UPDATE \(table) SET \(column) = \(column)", "DELETE FROM \(table)"] {
        let words = try await RuledRecord.refusal(of: sql, in: store)
        #expect(words.contains("never") || words.contains("keeps"), "\(sql): \(words)")
      }
    }
  }

  /// The SQL strings that follow `marker`.
  private static func quoted(after marker: String, in sql: String) -> [String] {
    sql.components(separatedBy: marker).dropFirst().compactMap { rest in
      rest.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false).dropFirst().first.map(String.init)
    }
  }
}
