import GRDB
import TermsModel
import TermsOperations
import Testing

@testable import TermsStore

/// Sessions that were signed out: known to whoever looks at the record, until they would have run out.
@Suite struct EndedSessionTests {
  private static let (one, other) = (String(repeating: "a1", count: 32), String(repeating: "b2", count: 32))

  @Test func `an ended session is forgotten once it would have run out, and not before`() async throws {
    let store = try TermsStore.inMemory()
    #expect(try await !store.isSessionEnded(Self.one))
    try await store.endSession(Self.one, until: Sample.moment(2), at: Sample.moment(1))
    try await store.endSession(Self.one, until: Sample.moment(2), at: Sample.moment(1))
    #expect(try await store.isSessionEnded(Self.one))
    #expect(try await !store.isSessionEnded(Self.other))
    func rows() async throws -> Int? {
      try await store.read { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM ended_sessions") }
    }
    #expect(try await rows() == 1, "twice is once")
    try await store.endSession(Self.other, until: Sample.moment(4), at: Sample.moment(3))
    #expect(try await rows() == 1)
    #expect(try await store.isSessionEnded(Self.other))
  }
}
