import Foundation
import GRDB
import GRDBSQLite
import Testing

@testable import TermsStore

/// The work of each statement, counted in steps of SQLite's machine, triggers and foreign keys included: it does not grow
/// with the number of developers.
@Suite struct GrowthTests {
  /// The statements that do grow, and why they may.
  private static let growing = [
    "'queued', ?3 FROM bound": "plans one notice for each developer who is bound",
    "SET state = 'cancelled', due_at = NULL WHERE version_id = ? AND state = 'queued'": "takes each of them back",
  ]

  @Test func `an act and a question cost the same among 10 developers and among 500`() async throws {
    let (few, many) = (try await Self.work(among: 10), try await Self.work(among: 500))
    #expect(few.count > 50 && Set(few.keys) == Set(many.keys))
    for (sql, steps) in few.sorted(by: { $0.key < $1.key }) {
      let more = try #require(many[sql])
      if Self.growing.keys.contains(where: sql.contains) {
        #expect(more > steps, "does it not grow any more? \(sql)")
        // About as many steps for each as one row with its triggers needs.
        #expect(more < steps + 490 * 300, "\(steps) steps became \(more): \(sql)")
      } else {
        #expect(more <= steps + 20, "\(steps) steps became \(more): \(sql)")
      }
    }
  }

  /// The most steps that each statement took in a record's life.
  private static func work(among developers: Int) async throws -> [String: Int] {
    let store = try TermsStore.inMemory()
    let steps = Steps()
    try await store.database.writeWithoutTransaction { db in
      let connection = db.sqliteConnection
      db.trace(options: .profile) { event in
        guard case .profile(let statement, _) = event else { return }
        let sql = statement.sql
        var handle = sqlite3_next_stmt(connection, nil)
        while let prepared = handle {
          handle = sqlite3_next_stmt(connection, prepared)
          guard sqlite3_sql(prepared).map(String.init(cString:)) == sql else { continue }
          let count = Int(sqlite3_stmt_status(prepared, SQLITE_STMTSTATUS_VM_STEP, 1))
          steps.most[sql] = max(steps.most[sql, default: 0], count)
        }
      }
    }
    try await Life.acts(in: store, developers: developers)
    try await Life.questions(to: store)
    return steps.most
  }

  /// Collected on the one thread of a connection.
  private final class Steps: @unchecked Sendable {
    var most: [String: Int] = [:]
  }
}
