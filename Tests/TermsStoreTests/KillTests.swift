import Foundation
import GRDB
import TemporaryFolder
import TermsModel
import TermsOperations
import Testing

@testable import TermsStore

/// `kill -9` at any moment: every act is on record whole or not at all, and nothing is lost that was acknowledged.
@Suite struct KillTests {
  private let temporary: TemporaryFolder
  private var folder: URL { temporary.url }
  private var path: String { temporary.path("record.sqlite") }

  init() throws { temporary = try TemporaryFolder() }

  private static let publishing = Sample.act(
    .versionPosted(Sample.posting("2026-01-01", basedOn: "2025-12-17", words: "You may go.")))

  @Test func `a kill before any statement of a publish leaves the version whole or absent`() async throws {
    let original = folder.appending(path: "original.sqlite").path
    do {
      let store = try TermsStore(path: original, mode: .create)
      try await Sample.store(store)
      try store.backup(to: path)
    }
    let statements = try await Self.publish(at: path, dyingBefore: nil)
    #expect(statements > 20)

    var whole = 0
    for statement in 1...statements {
      let copy = folder.appending(path: "killed-\(statement).sqlite").path
      try FileManager.default.copyItem(atPath: original, toPath: copy)
      await #expect(processExitsWith: .signal(SIGKILL)) {
        [copy = copy as String, statement = statement as Int] in
        _ = try await Self.publish(at: copy, dyingBefore: statement)
      }
      let store = try TermsStore(path: copy, mode: .openExisting)
      #expect(try store.verify() == [], "killed before statement \(statement)")
      let versions = try await store.versions(of: Sample.slug).count
      let notices = try await store.dueNotices(at: Sample.moment(1), limit: 10).count
      #expect(
        [versions, notices] == [1, 0] || [versions, notices] == [2, 3], "killed before statement \(statement)")
      whole += versions - 1
      // Whoever publishes again is not hindered by what died.
      if versions == 1 { _ = try await store.record([Self.publishing], by: "maria", at: Sample.start) }
      #expect(try await store.versions(of: Sample.slug).count == 2)
    }
    #expect(whole < statements, "the act is not on record before its commit")
  }

  /// Publishes, and counts the statements that it takes; kills this process before the one with that number.
  private static func publish(at path: String, dyingBefore limit: Int?) async throws -> Int {
    let store = try TermsStore(path: path, mode: .openExisting)
    let counter = Counter()
    try await store.database.writeWithoutTransaction { db in
      db.trace(options: .statement) { _ in
        counter.count += 1
        if counter.count == limit { kill(getpid(), SIGKILL) }
      }
    }
    _ = try await store.record([publishing], by: "maria", at: Sample.start)
    return counter.count
  }

  /// Counts on the one thread of a connection.
  private final class Counter: @unchecked Sendable {
    var count = 0
  }

  // MARK: At any moment

  private static let rounds =
    ProcessInfo.processInfo.environment["TENOR_SOAK"] == nil ? 8 : 200

  @Test func `kills at random moments of registering, publishing and sending lose nothing acknowledged`() async throws {
    try await Sample.store(TermsStore(path: path, mode: .create))
    var random = SplitMix(seed: 0x9)
    for round in 0..<Self.rounds {
      let delay = Int.random(in: 2_000...60_000, using: &random)
      await #expect(processExitsWith: .signal(SIGKILL)) {
        [path = path as String, delay = delay as Int, round = round as Int] in
        try await Self.work(at: path, round: round, killedAfter: delay)
      }
      let acknowledged =
        (try? String(contentsOfFile: path + ".acknowledged", encoding: .utf8)).flatMap { Int64($0) } ?? 0
      let store = try TermsStore(path: path, mode: .openExisting)
      let last = try await store.read { db in try Int64.fetchOne(db, sql: "SELECT max(sequence) FROM acts") ?? 0 }
      #expect(last >= acknowledged, "round \(round): killed after \(delay) µs")
      #expect(try store.verify() == [], "round \(round): killed after \(delay) µs")
      let dead = try await store.notices(of: nil, version: nil, state: .transmitting, limit: 10)
      #expect(dead.count <= 1, "one run had claimed one notice at most")
      #expect(try await store.reconcileInterrupted(by: "cron", at: Sample.moment(1000)) == dead.count)
    }
  }

  /// Registers, publishes and sends without end; after each act it writes down how far the record got.
  private static func work(at path: String, round: Int, killedAfter microseconds: Int) async throws {
    let store = try TermsStore(path: path, mode: .openExisting)
    let acknowledged = open(path + ".acknowledged", O_CREAT | O_WRONLY, 0o600)
    func acknowledge(_ sequence: Int64?) {
      guard let sequence else { return }
      let text = Array("\(sequence)".utf8)
      pwrite(acknowledged, text, text.count, 0)
    }
    let now = Sample.moment(1000)
    var latest = try await store.versions(of: Sample.slug).last?.label.rawValue
    Thread.detachNewThread {
      usleep(UInt32(microseconds))
      kill(getpid(), SIGKILL)
    }
    for number in 1... {
      let id = 1000 * (round + 1) + number
      acknowledge(
        try await store.record(
          [Sample.registration(id), Sample.agreement(id, .connectorAdded(Sample.connector("weather")))],
          by: "maria", at: now
        ).last?.sequence)
      let label = "round-\(round)-\(number)"
      acknowledge(
        try await store.record(
          [Sample.act(.versionPosted(Sample.posting(label, basedOn: latest, words: "Version \(label).")), at: 1000)],
          by: "maria", at: now
        ).last?.sequence)
      latest = label
      for notice in try await store.dueNotices(at: now, limit: 2) {
        _ = try await store.claim(notice, at: now)
        try await store.finish(
          notice, outcome: .accepted(by: "mx.example"), messageSHA256: String(repeating: "0", count: 64), by: "cron",
          at: now)
      }
    }
  }
}
