import GRDB
import TermsModel
import TermsOperations
import Testing

@testable import TermsStore

/// From which state a notice may pass into which, by the schema alone.
@Suite struct OutboxStatesTests {
  private static let states: [NoticeState] = [.queued, .transmitting, .accepted, .refused, .unknown, .cancelled]

  /// What may follow each state; anything else is refused, whoever asks.
  private static let moves: [NoticeState: Set<NoticeState>] = [
    .queued: [.queued, .transmitting, .cancelled],
    .transmitting: Set(states),
    .unknown: [.queued, .accepted, .refused, .unknown, .cancelled],
    .accepted: [.accepted, .queued],
    .refused: [.refused, .queued],
    .cancelled: [.cancelled],
  ]

  private static func set(_ state: NoticeState, in db: Database) throws {
    try db.execute(
      sql: """
        UPDATE outbox SET state = ?1, due_at = iif(?1 = 'queued', 1, NULL), claimed_at = iif(?1 = 'transmitting', 1, NULL)
        WHERE number = 1
        """, arguments: [state.rawValue])
  }

  @Test(arguments: states) func `a notice moves forward only`(before: NoticeState) async throws {
    let store = try TermsStore.inMemory()
    try await Sample.store(store, developers: [1])
    _ = try await store.record(
      [Sample.act(.versionPosted(Sample.posting("2025-12-18", basedOn: "2025-12-17", words: "You may go.")))],
      by: "maria", at: Sample.start)
    for after in Self.states {
      let isRefused = try await store.database.writeWithoutTransaction { db in
        var isRefused = false
        try db.inTransaction {
          if before != .queued {
            try Self.set(.transmitting, in: db)
            if before != .transmitting { try Self.set(before, in: db) }
          }
          do {
            try Self.set(after, in: db)
          } catch {
            #expect("\(error)".contains("stays so, and none is sent without a claim"))
            isRefused = true
          }
          return .rollback
        }
        return isRefused
      }
      #expect(isRefused != (Self.moves[before]?.contains(after) == true), "\(before) to \(after)")
    }
  }
}
