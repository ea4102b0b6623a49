import Foundation
import GRDB
import TermsModel
import TermsOperations
import Testing

@testable import TermsStore

/// Ten million developers in one file: no question about one of them, and no act, may look through all of them.
@Suite struct QueryPlanTests {
  /// A record whose plans can be asked for. Without foreign keys, for these show up in plans as scans that are never run:
  /// SQLite looks for children of a new row only while a violation is pending. That they cost nothing is what
  /// ``GrowthTests`` shows.
  private static func planner() throws -> TermsStore {
    let store = try TermsStore.inMemory()
    try store.database.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA foreign_keys = OFF") }
    return store
  }

  /// How SQLite goes about a statement, a line a step, those of subqueries under the step that needs them.
  private static func plan(of sql: String, in db: Database) throws -> [String] {
    let statement = try db.makeStatement(sql: "EXPLAIN QUERY PLAN \(sql)")
    statement.setUncheckedArguments(StatementArguments())
    return try Row.fetchAll(statement).map { $0["detail"] as String }
  }

  private static let hotQueries: [(name: String, sql: String, plan: [String])] = [
    (
      "planning a version's notices reads its audience in the order in which it writes the outbox, without a sort",
      HotQuery.planNotices,
      ["SEARCH bound USING PRIMARY KEY (document_id=? AND has_address=?)"]
    ),
    (
      "what one developer did about all documents, in the order of the key, without a sort", HotQuery.agreementActs,
      [
        "SEARCH agreement_acts USING PRIMARY KEY (developer_id=?)",
        "SEARCH acts USING INTEGER PRIMARY KEY (rowid=?)",
        "SEARCH versions USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN",
      ]
    ),
    (
      "what is known of one developer's notices, in the order of the key", HotQuery.noticeSteps,
      [
        "SEARCH notice_steps USING PRIMARY KEY (developer_id=?)",
        "SEARCH acts USING INTEGER PRIMARY KEY (rowid=?)",
        "SEARCH versions USING INTEGER PRIMARY KEY (rowid=?)",
      ]
    ),
    (
      "whether an answer about a developer can have changed: the ends of indexes, and of the log",
      HotQuery.bindingStamp,
      [
        "SEARCH developers USING COVERING INDEX sqlite_autoindex_developers_1 (developer=?)",
        "SCALAR SUBQUERY 4",
        "SCAN CONSTANT ROW",
        "SCALAR SUBQUERY 1",
        "SEARCH document_settings USING COVERING INDEX sqlite_autoindex_document_settings_1",
        "SCALAR SUBQUERY 2",
        "SEARCH versions USING COVERING INDEX sqlite_autoindex_versions_2",
        "SCALAR SUBQUERY 3",
        "SEARCH version_events USING COVERING INDEX sqlite_autoindex_version_events_1",
        "CORRELATED SCALAR SUBQUERY 5",
        "SEARCH developer_facts USING PRIMARY KEY (developer_id=?)",
        "CORRELATED SCALAR SUBQUERY 6",
        "SEARCH agreement_acts USING PRIMARY KEY (developer_id=?)",
        "CORRELATED SCALAR SUBQUERY 7",
        "SEARCH notice_steps USING PRIMARY KEY (developer_id=?)",
        "SCALAR SUBQUERY 8",
        "SCAN acts",
      ]
    ),
    (
      "the facts about one developer", HotQuery.developerFacts,
      [
        "SEARCH developer_facts USING PRIMARY KEY (developer_id=?)",
        "SEARCH acts USING INTEGER PRIMARY KEY (rowid=?)",
      ]
    ),
    (
      "whether a session was signed out", HotQuery.endedSession,
      ["SEARCH ended_sessions USING PRIMARY KEY (cookie_sha256=?)"]
    ),
    (
      "notices that failed after they were accepted: by version, and not all that was ever recorded of notices",
      HotQuery.failedSince,
      [
        "SCAN versions USING INDEX sqlite_autoindex_versions_3",
        "SEARCH documents USING INTEGER PRIMARY KEY (rowid=?)",
        "SEARCH notice_steps USING INDEX notice_steps_by_version (version_id=?)",
        "CORRELATED SCALAR SUBQUERY 1",
        "SEARCH last USING COVERING INDEX notice_steps_by_version (version_id=? AND developer_id=? AND document_id=?)",
        "SEARCH outbox USING INDEX outbox_first (version_id=? AND developer_id=?)",
        "SEARCH developers USING INTEGER PRIMARY KEY (rowid=?)",
        "USE TEMP B-TREE FOR ORDER BY",
      ]
    ),
    (
      "the latest version", HotQuery.latestVersion,
      ["SEARCH versions USING INDEX sqlite_autoindex_versions_3 (document_id=?)"]
    ),
    (
      "the next notices to send, from the index of those that wait, without a sort", HotQuery.dueNotices,
      [
        "SEARCH outbox USING INDEX outbox_open (due_at<?)",
        "SEARCH versions USING INTEGER PRIMARY KEY (rowid=?)",
        "SEARCH documents USING INTEGER PRIMARY KEY (rowid=?)",
        "SEARCH developers USING INTEGER PRIMARY KEY (rowid=?)",
        "SEARCH planned USING INTEGER PRIMARY KEY (rowid=?)",
        "SEARCH people USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN",
        "CORRELATED SCALAR SUBQUERY 1",
        "SEARCH attempts USING PRIMARY KEY (notice=?)",
      ]
    ),
    (
      "the notices after a place, from the same index, without a sort", HotQuery.dueNoticesAfter,
      [
        "SEARCH outbox USING INDEX outbox_open (due_at>? AND due_at<?)",
        "SEARCH versions USING INTEGER PRIMARY KEY (rowid=?)",
        "SEARCH documents USING INTEGER PRIMARY KEY (rowid=?)",
        "SEARCH developers USING INTEGER PRIMARY KEY (rowid=?)",
        "SEARCH planned USING INTEGER PRIMARY KEY (rowid=?)",
        "SEARCH people USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN",
        "CORRELATED SCALAR SUBQUERY 1",
        "SEARCH attempts USING PRIMARY KEY (notice=?)",
      ]
    ),
  ]

  @Test func `the plans of the hot queries`() async throws {
    let store = try Self.planner()
    for query in Self.hotQueries {
      let plan = try await store.read { db in try Self.plan(of: query.sql, in: db) }
      #expect(plan == query.plan, "\(query.name)")
    }
  }

  /// Tables that grow with the number of developers, or of acts.
  private static let large = [
    "acts", "subtrees", "developers", "developer_facts", "people", "agreement_acts", "connectors", "bound",
    "notice_steps", "outbox", "attempts", "planned",
  ]

  /// The statements that may walk along a large table, and why.
  private static let walks = [
    "FROM acts ORDER BY sequence DESC LIMIT 1": "reads one row, the last",
    "ORDER BY sequence DESC LIMIT 1) = 'received'": "reads the index of the notices that wait, and no other",
    "ORDER BY outbox.number LIMIT ?4": "lists the outbox, and stops at the limit",
  ]

  @Test func `no act and no question looks through a table that grows with the developers`() async throws {
    let store = try TermsStore.inMemory()
    let seen = Seen()
    try await store.database.writeWithoutTransaction { db in
      db.trace(options: .statement) { event in
        guard case .statement(let statement) = event else { return }
        seen.statements.insert(statement.sql)
      }
    }
    try await Life.acts(in: store)
    try await Life.questions(to: store)
    let planner = try Self.planner()

    let statements = seen.statements.filter { sql in
      ["SELECT", "INSERT", "UPDATE", "DELETE"].contains { sql.hasPrefix($0) }
    }
    #expect(statements.count > 50)
    for sql in statements.sorted() where !Self.walks.keys.contains(where: sql.contains) {
      for step in try await planner.read({ db in try Self.plan(of: sql, in: db) }) {
        let walked = Self.large.first { step == "SCAN \($0)" || step.hasPrefix("SCAN \($0) ") }
        #expect(walked == nil, "\(step): \(sql)")
        #expect(!step.contains("AUTOMATIC"), "\(step): \(sql)")
      }
    }
    for walk in Self.walks.keys {
      #expect(statements.contains { $0.contains(walk) }, "no statement of this kind any more: \(walk)")
    }
  }

  /// Collected on the one thread of a connection.
  private final class Seen: @unchecked Sendable {
    var statements: Set<String> = []
  }
}
