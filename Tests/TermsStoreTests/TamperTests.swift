import Foundation
import GRDB
import TermsModel
import TermsOperations
import Testing

@testable import TermsStore

/// Whoever has the file can switch the triggers off and edit what they like: whatever they edit, `verify` notices.
@Suite struct TamperTests {
  /// GRDB's list of migrations is looked at when the record is opened; everything else is the record,
  /// but for what the web service keeps for itself, of which nothing is evidence.
  private static let tables = """
    SELECT name FROM sqlite_schema
    WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'grdb_migrations'
      AND name NOT IN ('tokens', 'service_keys', 'repeatable_answers', 'drafts', 'ended_sessions') AND name NOT LIKE 'search%'
      AND name NOT LIKE 'webhook%' ORDER BY name
    """

  private static func record() async throws -> TermsStore {
    let store = try TermsStore.inMemory()
    try await Life.acts(in: store)
    // One row is left in each table that holds what is so now.
    _ = try await store.record(
      [
        Sample.act(.versionPosted(Sample.posting("2025-12-19", basedOn: "2025-12-18", words: "You may stay."))),
        Sample.registration(5), Sample.agreement(5, .connectorAdded(Sample.connector("weather"))),
        Sample.agreement(5, .connectorRemoved(Sample.connector("weather"))),
      ], by: "maria", at: Sample.start)
    #expect(try store.verify() == [])
    return store
  }

  /// What `verify` says after `edit`, which is taken back afterwards.
  private static func findings(after edit: String, in db: Database) throws -> [String] {
    var findings: [String] = []
    try db.inTransaction(.immediate) {
      let triggers = try Row.fetchAll(db, sql: "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
      for trigger in triggers { try db.execute(sql: "DROP TRIGGER \(trigger["name"] as String)") }
      try db.execute(sql: edit)
      #expect(db.changesCount == 1, "\(edit)")
      for trigger in triggers { try db.execute(sql: trigger["sql"]) }
      var verification = Verification(db)
      findings = try verification.run()
      return .rollback
    }
    return findings
  }

  private static func withoutRules<Value: Sendable>(
    _ store: TermsStore, _ body: @Sendable (Database) throws -> Value
  ) async throws -> Value {
    try await store.database.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON")
      return try body(db)
    }
  }

  /// A value of the column's type that is not the one that stands there.
  private static func other(than value: DatabaseValue, type: String) -> String {
    switch value.storage {
    case .null: type == "INTEGER" ? "7" : type == "BLOB" ? "zeroblob(32)" : "'x'"
    case .int64(let number): "\(number + 1)"
    case .string(let text):
      "\(text.replacing(text.prefix(1), with: text.first == "x" ? "y" : "x", maxReplacements: 1).sqlQuoted)"
    case .blob, .double: "zeroblob(31)"
    }
  }

  @Test func `each value of each row is vouched for`() async throws {
    let store = try await Self.record()
    let isThorough = ProcessInfo.processInfo.environment["TENOR_SOAK"] != nil
    let unnoticed = try await Self.withoutRules(store) { db in
      var unnoticed: [String] = []
      for table in try String.fetchAll(db, sql: Self.tables) {
        let columns = try db.columns(in: table)
        let keys = try db.primaryKey(table).columns
        let rows = try Row.fetchAll(db, sql: "SELECT \(keys.contains("rowid") ? "rowid, *" : "*") FROM \(table)")
        #expect(!rows.isEmpty, "nothing to edit in \(table)")
        for (place, row) in rows.enumerated() where isThorough || place == 0 || place == rows.count - 1 {
          let condition = keys.map { "\($0) IS \((row[$0] as DatabaseValue).sqlLiteral)" }.joined(separator: " AND ")
          for column in columns {
            let value = Self.other(than: row[column.name], type: column.type)
            let edit = "UPDATE OR REPLACE \(table) SET \(column.name) = \(value) WHERE \(condition)"
            if try Self.isQuiet(edit, in: db) { unnoticed.append(edit) }
          }
          let deletion = "DELETE FROM \(table) WHERE \(condition)"
          if try Self.isQuiet(deletion, in: db) { unnoticed.append(deletion) }
        }
      }
      return unnoticed
    }
    #expect(unnoticed == [])
  }

  private static func isQuiet(_ edit: String, in db: Database) throws -> Bool {
    do {
      return try findings(after: edit, in: db).isEmpty
    } catch {
      // A record that cannot even be read has been noticed.
      return false
    }
  }

  @Test(arguments: [
    (
      "DELETE FROM people WHERE developer_id = 1",
      "developer 'dev-1': name and address are gone, and nothing in the log erased them"
    ),
    (
      "INSERT INTO people SELECT 2, name, email, salt FROM people WHERE developer_id = 1",
      "developer 'dev-2': name and address are here, though the log erased them"
    ),
    (
      "UPDATE people SET email = 'x' WHERE developer_id = 4",
      "developer 'dev-4': name and address are not those that the log is bound to"
    ),
    (
      "UPDATE outbox_counts SET notices = notices + 1 WHERE version_id = 1 AND superseding = 0 AND state = 'queued'",
      "table outbox_counts: version 1: the number of 'queued' notices is not that of the outbox"
    ),
    (
      "DELETE FROM outbox_counts WHERE version_id = 2 AND superseding = 0 AND state = 'accepted'",
      "table outbox_counts: version 2: the number of 'accepted' notices is not that of the outbox"
    ),
  ])
  func `what the log does not hold is checked against what it does hold`(_ edit: String, _ words: String) async throws {
    let store = try await Self.record()
    let findings = try await Self.withoutRules(store) { db in try Self.findings(after: edit, in: db) }
    #expect(findings == [words])
  }
}

extension DatabaseValue {
  fileprivate var sqlLiteral: String {
    switch storage {
    case .null: "NULL"
    case .int64(let number): "\(number)"
    case .double(let number): "\(number)"
    case .string(let text): text.sqlQuoted
    case .blob(let data): "x'" + data.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() + "'"
    }
  }
}

extension String {
  fileprivate var sqlQuoted: String { "'\(replacing("'", with: "''"))'" }
}
