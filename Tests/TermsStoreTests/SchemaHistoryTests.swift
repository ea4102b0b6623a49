import Foundation
import GRDB
import Schema
import TemporaryFolder
import TermsModel
import TermsOperations
import Testing

@testable import TermsStore

/// A record that any earlier program left is migrated up, and is then as sound and as complete as one written today.
///
/// `Tests/Fixtures/Schema` holds one such record for each schema that was ever released, as SQL, so that it can be read
/// and compared. A new one is written by `TENOR_RECORD_SCHEMA=1 swift test --filter SchemaHistoryTests`.
@Suite struct SchemaHistoryTests {
  private static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Fixtures/Schema")

  private static let migrationsFolder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Migrations")

  private static func sqlFiles(in folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".sql") }
      .map { String($0.dropLast(4)) }.sorted()
  }

  private let temporary: TemporaryFolder
  private var folder: URL { temporary.url }

  init() throws { temporary = try TemporaryFolder() }

  @Test func `every SQL file in Migrations is registered, in order, and has a record of its schema`() throws {
    let files = try Self.sqlFiles(in: Self.migrationsFolder)
    #expect(Schema.migrations.map(\.identifier) == files)
    #expect(
      try Self.sqlFiles(in: Self.fixtures) == files,
      "write the record of the new schema with TENOR_RECORD_SCHEMA=1, read it, and commit it")
  }

  @Test(arguments: Schema.migrations.map(\.identifier))
  func `a record of each schema is migrated up, and is sound and complete`(_ schema: String) async throws {
    let file = Self.fixtures.appending(path: "\(schema).sql")
    if ProcessInfo.processInfo.environment["TENOR_RECORD_SCHEMA"] != nil, schema == Schema.migrations.last?.identifier {
      try await Self.write(to: file)
      Issue.record("wrote \(file.path): read it, then run again without TENOR_RECORD_SCHEMA")
      return
    }
    let path = folder.appending(path: "record.sqlite").path
    let loading = try DatabaseQueue(path: path, configuration: Self.loading)
    let sql = try String(contentsOf: file, encoding: .utf8)
    try await loading.writeWithoutTransaction { db in try db.execute(sql: sql) }
    try loading.close()

    let later = Schema.migrations.map(\.identifier).filter { $0 > schema }
    if !later.isEmpty {
      #expect(throws: StoreError.olderSchema(path: path, missing: later)) {
        try TermsStore(path: path, mode: .openExisting)
      }
    }
    #expect(try TermsStore(path: path, mode: .migrating).migrate() == later)

    let store = try TermsStore(path: path, mode: .openExisting)
    #expect(try store.verify() == [])
    // Every act and every answer is there, as it was written.
    let written = try TermsStore.inMemory()
    try await Self.live(in: written)
    #expect(try await store.log(after: 0, limit: 1000) == written.log(after: 0, limit: 1000))
    for number in 1...4 {
      let id = Sample.developer(number)
      #expect(try await store.developer(id) == written.developer(id))
      #expect(
        try await store.facts(of: id, document: Sample.slug) == written.facts(of: id, document: Sample.slug))
    }
    #expect(try await store.versions(of: Sample.slug) == written.versions(of: Sample.slug))
    #expect(try await store.audience(of: Sample.slug) == written.audience(of: Sample.slug))
    #expect(
      try await store.notices(of: nil, version: nil, state: nil, limit: 100)
        == written.notices(of: nil, version: nil, state: nil, limit: 100))
    // And it goes on.
    _ = try await store.record([Sample.registration(9)], by: "maria", at: Sample.moment(99))
    #expect(try store.verify() == [])
  }

  /// The life of the record that is kept: every kind of act that the first schema knew. It never changes, so that the
  /// records of all schemas can be compared with it; what a later schema adds is another life, lived after this one.
  private static func live(in store: TermsStore) async throws {
    let (slug, label) = (Sample.slug, Sample.label("2025-12-18"))
    try await Sample.store(store, developers: [1, 2, 3], without: [3])
    let moved = Sample.person(11)
    _ = try await store.record(
      [
        Sample.act(.documentAdded(Sample.document(Sample.other))),
        Sample.act(.documentChanged(Sample.document(endingNoticeDays: 20))),
        Sample.registration(4),
        Sample.agreement(4, .agreed), Sample.agreement(1, .accepted(Sample.label("2025-12-17"))),
        Sample.agreement(1, .optedOut(Sample.label("2025-12-17"), ClauseSelector("1"))),
        Sample.act(.versionPosted(Sample.posting("2025-12-18", basedOn: "2025-12-17", words: "You may go."))),
        Sample.act(.changeReclassified(slug, label, change: 2, to: .material, legalBasis: nil, reason: "it matters")),
        Sample.act(.versionPostponed(slug, label, until: CalendarDate("2026-03-01")!, reason: "more time")),
        Sample.act(.developerMoved(Sample.developer(2), to: Region(rawValue: "CH")!)),
        RecordedAct(
          .addressChanged(Sample.developer(1), hasAddress: true, commitment: moved.commitment),
          happenedAt: Sample.start, person: moved),
        Sample.agreement(3, .connectorRemoved(Sample.connector("weather"))),
      ], by: "maria", at: Sample.moment(1))
    let outcomes: [TransportOutcome] = [
      .accepted(by: "mx.example"), .unavailable(reason: "421 later"), .rejected(reason: "550 no"),
    ]
    for (notice, outcome) in zip(try await store.dueNotices(at: Sample.moment(2), limit: 10), outcomes) {
      _ = try await store.claim(notice, at: Sample.moment(2))
      try await store.finish(
        notice, outcome: outcome, messageSHA256: String(repeating: "ab", count: 32), by: "cron", at: Sample.moment(2))
    }
    _ = try await store.record(
      [
        Sample.act(
          .notice(
            Sample.developer(1), slug,
            NoticeRecord(
              step: NoticeStep(version: label, channel: .courier, event: .received(.delivered, by: "courier")))),
          at: 3),
        Sample.agreement(2, .terminated(by: .developer, immediate: false, reason: "moved on"), at: 3),
        Sample.act(.developerErased(Sample.developer(4)), at: 3),
        Sample.act(.versionWithdrawn(slug, label, reason: "a mistake"), at: 3),
      ], by: "maria", at: Sample.moment(4))
  }

  // MARK: A database as SQL

  /// For loading a dump: its rows come before what they refer to.
  private static var loading: Configuration {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    return configuration
  }

  private static func write(to file: URL) async throws {
    let store = try TermsStore.inMemory()
    try await live(in: store)
    let lines = try await store.read { db in try dump(db) }
    try FileManager.default.createDirectory(at: fixtures, withIntermediateDirectories: true)
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: file)
  }

  /// The index of full text keeps tables of its own, which its rows bring along.
  ///
  /// Tables with their rows, then indexes and triggers: loading asks no trigger and writes down what was there.
  private static func dump(_ db: Database) throws -> [String] {
    var lines = ["application_id", "user_version"].map { name in
      let value = (try? Int.fetchOne(db, sql: "PRAGMA \(name)")) ?? nil
      return "PRAGMA \(name) = \(value ?? 0);"
    }
    let objects = try Row.fetchAll(
      db,
      sql: """
        SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search^_%' ESCAPE '^'
        ORDER BY type <> 'table', rowid
        """)
    for object in objects {
      lines.append("\(object["sql"] as String);")
      guard object["type"] == "table" else { continue }
      let name: String = object["name"]
      let values = try db.columns(in: name).map { "quote(\"\($0.name)\")" }.joined(separator: " || ',' || ")
      for row in try String.fetchAll(db, sql: "SELECT \(values) FROM \"\(name)\"") {
        lines.append("INSERT INTO \"\(name)\" VALUES (\(row));")
      }
    }
    return lines
  }
}
