import TermsModel
import TermsOperations
import Testing
import Transparency

@testable import TermsStore

/// Letters are kept byte for byte as they went out, and bound by the log.
@Suite struct LetterTests {
  private static func notice(in store: TermsStore) async throws -> OutboxNotice {
    try await Sample.store(store, developers: [1])
    _ = try await store.record(
      [Sample.act(.versionPosted(Sample.posting("2025-12-18", basedOn: "2025-12-17", words: "You may go.")))],
      by: "maria", at: Sample.moment(1))
    return try #require(try await store.dueNotices(at: Sample.moment(2), limit: 1).first)
  }

  private static func finish(_ notice: OutboxNotice, in store: TermsStore, as outcome: TransportOutcome) async throws {
    try await store.finish(
      notice, outcome: outcome, messageSHA256: Sample.letterHash, by: "cron", at: Sample.moment(2))
  }

  private static func attempt(in store: TermsStore) async throws -> NoticeAttempt? {
    try await store.log(after: 0, limit: 100).compactMap { entry in
      if case .noticeAttempted(_, _, let attempt) = entry.act { attempt } else { nil }
    }.last
  }

  @Test func `a letter that was handed over is kept as it was`() async throws {
    let store = try TermsStore.inMemory()
    let notice = try await Self.notice(in: store)
    #expect(try await store.claim(notice, sending: Sample.letter, at: Sample.moment(2)))
    #expect(try await store.claim(notice, sending: Sample.letter, at: Sample.moment(2)) == false)
    #expect(try store.verify() == [], "a letter in transmission is no stranger")
    try await Self.finish(notice, in: store, as: .accepted(by: "mx.example"))
    #expect(try await store.letters(of: notice.number) == [Sample.letterHash: Sample.letter])
    #expect(try await Self.attempt(in: store)?.letterKept == true)
    #expect(try store.verify() == [])
  }

  @Test func `where nothing was sent, no letter stays`() async throws {
    let store = try TermsStore.inMemory()
    let notice = try await Self.notice(in: store)
    _ = try await store.claim(notice, sending: Sample.letter, at: Sample.moment(2))
    try await store.release(notice)
    #expect(try await store.letters(of: notice.number) == [:])
    #expect(try store.verify() == [])
  }

  @Test func `the letter of a run that died is bound by the act that settles it`() async throws {
    let store = try TermsStore.inMemory()
    let notice = try await Self.notice(in: store)
    _ = try await store.claim(notice, sending: Sample.letter, at: Sample.moment(2))
    #expect(try await store.reconcileInterrupted(by: "cron", at: Sample.moment(3)) == 1)
    #expect(try await Self.attempt(in: store)?.messageSHA256 == Sample.letterHash)
    #expect(try await store.letters(of: notice.number).keys.sorted() == [Sample.letterHash])
    #expect(try store.verify() == [])
  }

  @Test func `a letter that is superseded while it goes out stays, and the record sound`() async throws {
    let store = try TermsStore.inMemory()
    let notice = try await Self.notice(in: store)
    _ = try await store.claim(notice, sending: Sample.letter, at: Sample.moment(2))
    _ = try await store.record(
      [
        Sample.act(.versionWithdrawn(Sample.slug, Sample.label("2025-12-18"), reason: "a mistake"), at: 2),
        Sample.act(.noticesSuperseded(Sample.slug, Sample.label("2025-12-18")), at: 2),
      ], by: "maria", at: Sample.moment(2))
    #expect(try store.verify() == [])
    try await Self.finish(notice, in: store, as: .accepted(by: "mx.example"))
    #expect(try await store.letters(of: notice.number).keys.sorted() == [Sample.letterHash])
    #expect(try store.verify() == [])
  }

  @Test func `letters kept ahead are one a notice, and those that were not sent are forgotten`() async throws {
    let store = try TermsStore.inMemory()
    let notice = try await Self.notice(in: store)
    let other = Array("another letter".utf8)
    func letter(_ bytes: [UInt8]) -> UnsentLetter {
      UnsentLetter(notice: notice.number, bytes: bytes, sha256: SHA256Hex.digest(of: bytes))
    }
    try await store.keep(ahead: [letter(other)])
    #expect(try store.verify() == [], "a letter that waits is no stranger")
    try await store.keep(ahead: [letter(Sample.letter)])
    #expect(try await store.letters(of: notice.number) == [Sample.letterHash: Sample.letter], "written anew")
    try await store.forgetUnsentLetters()
    #expect(try await store.letters(of: notice.number) == [:])

    try await store.keep(ahead: [letter(Sample.letter)])
    let step = try await store.handOver(finished: nil, claiming: notice, by: "cron", at: Sample.moment(2))
    #expect(step.isClaimed)
    try await store.keep(ahead: [letter(other)])
    try await store.forgetUnsentLetters()
    #expect(
      try await store.letters(of: notice.number).keys.sorted() == [Sample.letterHash],
      "of a claimed notice the letter stays, and no other is kept")
    let finished = FinishedNotice(
      notice: notice, transmission: Transmission(outcome: .accepted(by: "mx.example"), scope: .message),
      messageSHA256: Sample.letterHash, at: Sample.moment(2))
    _ = try await store.handOver(finished: finished, claiming: nil, by: "cron", at: Sample.moment(2))
    #expect(try await Self.attempt(in: store)?.letterKept == true)
    try await store.forgetUnsentLetters()
    #expect(try await store.letters(of: notice.number) == [Sample.letterHash: Sample.letter])
    #expect(try store.verify() == [])
  }

  @Test func `a letter kept ahead of a run that died is bound by the act that settles it`() async throws {
    let store = try TermsStore.inMemory()
    let notice = try await Self.notice(in: store)
    try await store.keep(ahead: [UnsentLetter(notice: notice.number, bytes: Sample.letter, sha256: Sample.letterHash)])
    _ = try await store.handOver(finished: nil, claiming: notice, by: "cron", at: Sample.moment(2))
    #expect(try await store.reconcileInterrupted(by: "cron", at: Sample.moment(3)) == 1)
    try await store.forgetUnsentLetters()
    #expect(try await Self.attempt(in: store)?.messageSHA256 == Sample.letterHash)
    #expect(try await store.letters(of: notice.number).keys.sorted() == [Sample.letterHash])
    #expect(try store.verify() == [])
  }

  @Test func `letters go with the developer's other data`() async throws {
    let store = try TermsStore.inMemory()
    let notice = try await Self.notice(in: store)
    _ = try await store.claim(notice, sending: Sample.letter, at: Sample.moment(2))
    try await Self.finish(notice, in: store, as: .accepted(by: "mx.example"))
    _ = try await store.record(
      [Sample.act(.developerErased(Sample.developer(1), reason: "as asked"), at: 3)], by: "maria", at: Sample.moment(3))
    #expect(try await store.letters(of: notice.number) == [:])
    #expect(try store.verify() == [])
  }

  @Test func `bytes are packed where that saves any, and come back as they were`() throws {
    for count in [0, 1, 7, 100, 65_535, 65_536, 1_000_000] {
      let plain = (0..<count).map { UInt8(truncatingIfNeeded: $0 / 7) }
      let packed = Deflate.packed(plain)
      #expect((packed == nil) == (count < 7))
      if let packed {
        #expect(packed.count < plain.count)
        #expect(Deflate.unpacked(packed) == plain)
        #expect(Deflate.unpacked(packed + [0]) == nil, "what follows is no part of it")
        #expect(Deflate.unpacked(Array(packed.dropLast())) == nil)
      }
    }
    #expect(Deflate.unpacked([]) == nil)
    #expect(Deflate.unpacked([0xFF, 0xFF]) == nil)
  }
}
