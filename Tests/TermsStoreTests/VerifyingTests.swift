import Foundation
import GRDB
import TemporaryFolder
import TermsModel
import TermsOperations
import Testing

@testable import TermsStore

/// A record that somebody edited behind its triggers is noticed; one that only lived is sound.
@Suite struct VerifyingTests {
  private let temporary: TemporaryFolder
  private var path: String { temporary.path("record.sqlite") }

  init() throws { temporary = try TemporaryFolder() }

  /// Two versions, two developers with connectors, a notice planned, claimed and sent, another one claimed and left.
  private func record() async throws -> TermsStore {
    let store = try TermsStore(path: path, mode: .create)
    _ = try await store.record(
      [
        Sample.act(.documentAdded(Sample.document())), Sample.act(.versionPosted(Sample.posting("2025-12-17"))),
        Sample.registration(1), Sample.registration(2), Sample.registration(3, email: false),
        Sample.agreement(1, .connectorAdded(Sample.connector("a"))),
        Sample.agreement(2, .connectorAdded(Sample.connector("b"))),
        Sample.act(.versionPosted(Sample.posting("2025-12-18", basedOn: "2025-12-17", words: "You may go."))),
      ], by: "tester", at: Sample.moment(1))
    for (place, notice) in try await store.dueNotices(at: Sample.moment(2), limit: 10).enumerated() {
      #expect(try await store.claim(notice, at: Sample.moment(2)))
      if place == 0 {
        try await store.finish(
          notice, outcome: .accepted(by: "folder"), messageSHA256: String(repeating: "0", count: 64), by: "tester",
          at: Sample.moment(2))
      }
    }
    return store
  }

  @Test func `a record that was only used is sound, with a notice in transmission, too`() async throws {
    #expect(try await record().verify() == [])
  }

  @Test(arguments: [
    (
      "changes", "decided = 'other', legal_basis = NULL WHERE number = 1",
      "table changes: row 1: decided, legal_basis is not what the log says"
    ),
    ("developers", "region = 'CH' WHERE id = 1", "table developers: row 1: region is not what the log says"),
    ("acts", "actor = 'somebody else' WHERE sequence = 1", "table acts: row 1: actor is not what the log says"),
    (
      "acts", "json = replace(json, 'Connector terms', 'Other terms') WHERE sequence = 1",
      "table acts: row 1: leaf_hash is not what the log says"
    ),
    ("subtrees", "hash = zeroblob(32) WHERE number = 1", "table subtrees: row 1: hash is not what the log says"),
    ("notice_steps", "evidence = 5 WHERE evidence = 2", "table notice_steps"),
    (
      "people", "email = 'thief@example.com' WHERE developer_id = 1",
      "developer 'dev-1': name and address are not those that the log is bound to"
    ),
    ("outbox", "state = 'refused', claimed_at = NULL WHERE state = 'transmitting'", "table outbox"),
  ])
  func `an edit behind the triggers is noticed`(_ table: String, _ edit: String, _ words: String) async throws {
    _ = try await record()
    let queue = try DatabaseQueue(path: path)
    try await queue.write { db in
      let triggers = try Row.fetchAll(
        db, sql: "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?", arguments: [table])
      for trigger in triggers { try db.execute(sql: "DROP TRIGGER \(trigger["name"] as String)") }
      try db.execute(sql: "UPDATE \(table) SET \(edit)")
      for trigger in triggers { try db.execute(sql: trigger["sql"]) }
    }
    try queue.close()
    let findings = try TermsStore(path: path, mode: .readOnly).verify()
    #expect(findings.contains { $0.hasPrefix(words) }, "\(findings)")
  }

  @Test func `a missing trigger and a foreign table are noticed`() async throws {
    _ = try await record()
    let queue = try DatabaseQueue(path: path)
    try await queue.write { db in
      try db.execute(sql: "DROP TRIGGER acts_kept; CREATE TABLE notes (text)")
    }
    try queue.close()
    let findings = try TermsStore(path: path, mode: .readOnly).verify()
    #expect(findings == ["the schema: trigger acts_kept is missing", "the schema: table notes does not belong to it"])
  }

  @Test func `a row that is gone is named`() async throws {
    _ = try await record()
    let queue = try DatabaseQueue(path: path)
    try await queue.writeWithoutTransaction { db in
      let trigger = try Row.fetchOne(
        db,
        sql:
          "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'agreement_acts' AND sql LIKE '%BEFORE DELETE%'"
      )
      let (name, sql) = (try #require(trigger)["name"] as String, try #require(trigger)["sql"] as String)
      try db.execute(
        sql:
          "PRAGMA foreign_keys = OFF; DROP TRIGGER \(name); DELETE FROM agreement_acts WHERE developer_id = 2; \(sql)")
    }
    try queue.close()
    let findings = try TermsStore(path: path, mode: .readOnly).verify()
    #expect(
      findings.contains { $0.hasPrefix("table agreement_acts: row") && $0.hasSuffix("of the log is missing") },
      "\(findings)")
  }

  @Test func `a backup is whole while the record is open, and never overwrites`() async throws {
    let store = try await record()
    let copy = path + ".backup"
    try store.backup(to: copy)
    #expect(try TermsStore(path: copy, mode: .readOnly).verify() == [])
    #expect(throws: StoreError.alreadyExists(path: copy)) { try store.backup(to: copy) }
  }

  @Test func `what a killed backup left is removed by the next, and what another one is writing is not`() async throws {
    let store = try await record()
    let backups = try TemporaryFolder()
    let folder = backups.url.path
    for name in ["monday.tenor-part", "monday.tenor-part-journal", "busy.tenor-part", "mine.part"] {
      try Data("x".utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
    }
    let busy = open("\(folder)/busy.tenor-part", O_RDWR | O_CLOEXEC)
    try #require(flock(busy, LOCK_EX) == 0)
    #expect(try store.backup(to: "\(folder)/tuesday") == ["\(folder)/monday.tenor-part"])
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == [
        "busy.tenor-part", "mine.part", "tuesday",
      ])
    #expect(
      throws: StoreError.cannotOpen(path: "\(folder)/busy", reason: "another backup to that name is being made")
    ) { try store.backup(to: "\(folder)/busy") }
    // Not by closing alone: programs that other tests start meanwhile have the file open, too.
    flock(busy, LOCK_UN)
    close(busy)
    #expect(try store.backup(to: "\(folder)/busy") == ["\(folder)/busy.tenor-part"])
    #expect(try TermsStore(path: "\(folder)/busy", mode: .readOnly).verify() == [])
  }

  @Test(arguments: [
    ("UPDATE search_content SET c1 = 'You may stay.' WHERE id = 1", "is not what the log says"),
    ("DELETE FROM search_content WHERE id = 1", "is not what the log says"),
    ("DELETE FROM search_data WHERE id > 10", "its index does not fit its words"),
    ("UPDATE search_data SET block = zeroblob(8) WHERE id > 10", "its index does not fit its words"),
    ("DELETE FROM search_docsize WHERE id = 1", "its index does not fit its words"),
    ("INSERT INTO search (heading, text, version_id, position) VALUES ('x', 'y', 1, 99)", "is not what the log says"),
  ])
  func `full text that does not follow from the log is noticed`(_ edit: String, _ words: String) async throws {
    _ = try await record()
    let queue = try DatabaseQueue(path: path)
    try await queue.write { db in try db.execute(sql: edit) }
    try queue.close()
    let findings = try TermsStore(path: path, mode: .readOnly).verify()
    #expect(findings.count == 1)
    #expect(findings.first?.hasPrefix("the search: ") == true && findings.first?.contains(words) == true, "\(findings)")
  }

  @Test(arguments: [
    (
      StoreError.pendingChanges(path: "p"),
      "the last changes of the database at 'p' stand in 'p-wal', which can be read only where this user may write beside them; "
        + "copy both files to a folder of your own, or make a copy with 'tenor backup' where the database is in use"
    ),
    (
      .changedMeanwhile(path: "p"),
      "the database at 'p' was written to while it was read; try again, or give this user the right to write in its folder"
    ),
  ])
  func `what stands in the way of reading a file as it stands is told`(_ error: StoreError, _ words: String) {
    #expect(error.description == words)
  }

  @Test func `a file that is written to while it is read as it stands is not taken for one state`() async throws {
    _ = try await record()
    let before = try #require(StillFile(path))
    #expect(StillFile(path) == before)
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try file.seekToEnd()
    try file.write(contentsOf: Data([0]))
    try file.close()
    #expect(StillFile(path) != before)
    #expect(StillFile(path + ".nowhere") == nil)
  }

  @Test func `a token that no program made is noticed`() async throws {
    let store = try await record()
    let access = AccessRegistry(
      record: store, now: { Sample.moment(3) }, makeSecret: { String(repeating: "ab", count: 32) }, actor: "tester")
    _ = try await access.createToken(role: .developer(Sample.developer(1)))
    #expect(try store.verify() == [])
    try await store.database.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA ignore_check_constraints = ON; DROP TRIGGER tokens_keep_their_rights")
    }
    for (edit, words) in [
      ("role = 'developer:nobody'", "it is of the developer 'nobody', who is not on record"),
      ("role = 'developer:dev-1', expires_at = 0", "its hash or its times are none that the program writes"),
    ] {
      try await store.database.writeWithoutTransaction { db in try db.execute(sql: "UPDATE tokens SET \(edit)") }
      let findings = try store.verify()
      #expect(findings.contains { $0.hasPrefix("token '") && $0.hasSuffix(words) }, "\(findings)")
    }
  }
}
