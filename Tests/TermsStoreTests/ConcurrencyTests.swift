import Foundation
import GRDB
import TemporaryFolder
import TermsModel
import TermsOperations
import Testing

@testable import TermsStore

/// Several at once: writers take turns, readers never wait, and who comes too late is told.
@Suite struct ConcurrencyTests {
  private let temporary: TemporaryFolder
  private var folder: URL { temporary.url }
  private var path: String { temporary.path("record.sqlite") }

  init() throws { temporary = try TemporaryFolder() }

  private func record() async throws -> TermsStore {
    let store = try TermsStore(path: path, mode: .create)
    try await Sample.store(store)
    return store
  }

  private static func successor(_ number: Int) -> RecordedAct {
    Sample.act(
      .versionPosted(Sample.posting("2026-01-0\(number)", basedOn: "2025-12-17", words: "You may go \(number) times.")))
  }

  @Test func `of two publishes from two processes one wins and the other is told`() async throws {
    let store = try await record()
    async let first: Void = Self.publishInAnotherProcess(1, at: folder.path)
    async let second: Void = Self.publishInAnotherProcess(2, at: folder.path)
    _ = await (first, second)

    let outcomes = try (1...2).map { number in
      try String(contentsOf: folder.appending(path: "outcome-\(number)"), encoding: .utf8)
    }
    let winner = try #require(outcomes.firstIndex(of: "posted")) + 1
    #expect(outcomes[2 - winner] == "overtaken by 2026-01-0\(winner)")
    let versions = try await store.versions(of: Sample.slug).map(\.label.rawValue)
    #expect(versions == ["2025-12-17", "2026-01-0\(winner)"])
    #expect(try await store.dueNotices(at: Sample.moment(1), limit: 10).count == 3, "one notice each, not two")
    #expect(try store.verify() == [])
  }

  private static func publishInAnotherProcess(_ number: Int, at folder: String) async {
    await #expect(processExitsWith: .success) { [number = number as Int, folder = folder as String] in
      let store = try TermsStore(path: folder + "/record.sqlite", mode: .openExisting)
      let files = FileManager.default
      _ = files.createFile(atPath: folder + "/ready-\(number)", contents: nil)
      while !files.fileExists(atPath: folder + "/ready-\(3 - number)") { usleep(100) }
      var outcome = "posted"
      do {
        _ = try await store.record([Self.successor(number)], by: "publisher \(number)", at: Sample.start)
      } catch RecordConflict.notBasedOnLatest(_, _, let latest?) {
        outcome = "overtaken by \(latest.rawValue)"
      }
      try Data(outcome.utf8).write(to: URL(fileURLWithPath: folder + "/outcome-\(number)"))
    }
  }

  @Test func `of eight publishes through as many connections one wins and seven are told`() async throws {
    let store = try await record()
    let path = path
    let outcomes = try await withThrowingTaskGroup(of: VersionLabel?.self) { group in
      for number in 1...8 {
        let connection = try TermsStore(path: path, mode: .openExisting)
        group.addTask {
          do {
            _ = try await connection.record([Self.successor(number)], by: "publisher \(number)", at: Sample.start)
            return nil
          } catch RecordConflict.notBasedOnLatest(_, _, let latest) {
            return latest
          }
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    let winner = try #require(try await store.versions(of: Sample.slug).last?.label)
    #expect(outcomes.filter { $0 == nil }.count == 1)
    #expect(outcomes.filter { $0 == winner }.count == 7)
    #expect(try store.verify() == [])
  }

  // MARK: A held lock

  /// A connection that holds the right to write, as another process in the middle of an act would.
  private func holder() throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    try queue.inDatabase { db in try db.execute(sql: "BEGIN IMMEDIATE") }
    return queue
  }

  @Test func `a writer waits for another to finish, and then writes`() async throws {
    let store = try await record()
    let holder = try holder()
    // On a thread of its own: where all others are busy, who holds the lock lets go in time all the same.
    Thread.detachNewThread {
      Thread.sleep(forTimeInterval: 0.3)
      try? holder.inDatabase { db in try db.execute(sql: "COMMIT") }
    }
    #expect(try await store.versions(of: Sample.slug).count == 1, "nothing is stored before its turn")
    #expect(try await store.record([Self.successor(1)], by: "maria", at: Sample.start).count == 1)
    #expect(try await store.versions(of: Sample.slug).count == 2)
  }

  @Test func `a writer that waited too long says so, and stores nothing`() async throws {
    let store = try await record()
    try await store.database.writeWithoutTransaction { db in
      #expect(try Int.fetchOne(db, sql: "PRAGMA busy_timeout") == StoreError.busySeconds * 1000)
      try db.execute(sql: "PRAGMA busy_timeout = 100")
    }
    let holder = try holder()
    let error = await #expect(throws: StoreError.self) {
      try await store.record([Self.successor(1)], by: "maria", at: Sample.start)
    }
    #expect(
      error?.description
        == "the database at '\(path)' was held by another process for 10 seconds; try again, or see which process has it open"
    )
    try holder.inDatabase { db in try db.execute(sql: "ROLLBACK") }
    #expect(try await store.versions(of: Sample.slug).count == 1)
    #expect(try await store.record([Self.successor(1)], by: "maria", at: Sample.start).count == 1, "the next try works")
    #expect(try store.verify() == [])
  }

  @Test func `readers do not wait for a writer, nor does who opens the record`() async throws {
    let store = try await record()
    let holder = try holder()
    for mode in [TermsStore.Mode.openExisting, .readOnly] {
      let reader = try TermsStore(path: path, mode: mode)
      #expect(try await reader.facts(of: Sample.developer(1), document: Sample.slug).acts.count == 1)
    }
    #expect(try store.verify() == [])
    try holder.inDatabase { db in try db.execute(sql: "ROLLBACK") }
  }

  @Test func `one run at a time has the right to send`() async throws {
    _ = try await record()
    var first = try SenderLock(ofDatabaseAt: path)
    #expect(first != nil)
    #expect(try SenderLock(ofDatabaseAt: path) == nil)
    first = nil
    #expect(try SenderLock(ofDatabaseAt: path) != nil, "the right ends with who had it")
  }

  @Test func `the right to send ends with a process that is killed`() async throws {
    _ = try await record()
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      let lock = try SenderLock(ofDatabaseAt: path)
      try #require(lock != nil)
      kill(getpid(), SIGKILL)
      withExtendedLifetime(lock) {}
    }
    #expect(try SenderLock(ofDatabaseAt: path) != nil)
  }
}
