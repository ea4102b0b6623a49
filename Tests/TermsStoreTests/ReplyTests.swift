import GRDB
import TermsModel
import TermsOperations
import Testing
import Transparency

@testable import TermsStore

/// What mail systems say of tries stands apart from the log in full, bound by a salted hash, and goes with the developer's data.
@Suite struct ReplyTests {
  /// A record in which the one notice was refused, with a reply, and the act of the try.
  private static func refused() async throws -> (store: TermsStore, act: Int64) {
    let store = try TermsStore.inMemory()
    try await Sample.store(store, developers: [1, 2], without: [2])
    _ = try await store.record(
      [Sample.act(.versionPosted(Sample.posting("2025-12-18", basedOn: "2025-12-17", words: "You may go.")))],
      by: "maria", at: Sample.start)
    let notice = try #require(try await store.dueNotices(at: Sample.start, limit: 1).first)
    #expect(try await store.claim(notice, at: Sample.start))
    _ = try await store.handOver(finished: finished(notice), claiming: nil, by: "cron", at: Sample.start)
    return (store, Int64(try await store.logSize()))
  }

  private static func finished(_ notice: OutboxNotice) -> FinishedNotice {
    FinishedNotice(
      notice: notice,
      transmission: Transmission(
        outcome: .rejected(reason: "mx.example refused the recipient: 550 5.1.1 … has left"), stage: .recipient,
        scope: .message, code: 550, status: "5.1.1"),
      messageSHA256: Sample.letterHash, reply: Sample.reply, at: Sample.start)
  }

  private static func json(of act: Int64, in store: TermsStore) async throws -> String {
    try #require(try await store.line(act)).json.reduce(into: "") { $0.unicodeScalars.append(Unicode.Scalar($1)) }
  }

  @Test func `the words are kept, and the log has their salted hash alone`() async throws {
    let (store, act) = try await Self.refused()
    #expect(try await store.reply(toAttempt: act) == Sample.reply)
    let json = try await Self.json(of: act, in: store)
    #expect(json.contains("\"replyCommitment\":\"\(Sample.reply.commitment)\""))
    #expect(!json.contains("Eloper"))
    #expect(try await store.unsettledNotices(of: nil, version: nil, limit: 9).map(\.said) == [Sample.reply.words])
    #expect(try store.verify() == [])
  }

  @Test func `the hash is that of the salt and the words, as anybody can compute it`() {
    // printf '%s{"reply":"%s"}' "$(printf 'ab%.0s' {1..32})" 'no' | sha256sum
    let reply = AttemptReply(words: "no", salt: String(repeating: "ab", count: 32))
    #expect(reply.commitment == "c1cfa848b43869b9dd117009586056a1280f826a2314503c113799e6a4561eb1")
  }

  @Test func `they go with the developer's name and address, and every proof stays`() async throws {
    let (store, act) = try await Self.refused()
    let json = try await Self.json(of: act, in: store)
    _ = try await store.record(
      [Sample.act(.developerErased(Sample.developer(1), reason: "as asked"))], by: "maria", at: Sample.start)
    #expect(try await store.reply(toAttempt: act) == nil)
    #expect(try await Self.json(of: act, in: store) == json)
    #expect(try store.verify() == [])
  }

  @Test func `of a developer who is erased while a letter goes out nothing is kept`() async throws {
    let store = try TermsStore.inMemory()
    try await Sample.store(store, developers: [1, 2], without: [2])
    _ = try await store.record(
      [Sample.act(.versionPosted(Sample.posting("2025-12-18", basedOn: "2025-12-17", words: "You may go.")))],
      by: "maria", at: Sample.start)
    let notice = try #require(try await store.dueNotices(at: Sample.start, limit: 1).first)
    #expect(try await store.claim(notice, at: Sample.start))
    _ = try await store.record([Sample.act(.developerErased(Sample.developer(1)))], by: "maria", at: Sample.start)
    _ = try await store.handOver(finished: Self.finished(notice), claiming: nil, by: "cron", at: Sample.start)
    for act in 1...Int64(try await store.logSize()) {
      #expect(try await store.reply(toAttempt: act) == nil)
      #expect(try await !Self.json(of: act, in: store).contains("Eloper"))
    }
    #expect(try store.verify() == [])
  }

  @Test(arguments: [true, false])
  func `a letter that goes out while its developer loses the address leaves the record sound`(
    _ isErased: Bool
  ) async throws {
    let store = try TermsStore.inMemory()
    try await Sample.store(store, developers: [1, 2], without: [2])
    _ = try await store.record(
      [Sample.act(.versionPosted(Sample.posting("2025-12-18", basedOn: "2025-12-17", words: "You may go.")))],
      by: "maria", at: Sample.start)
    let notice = try #require(try await store.dueNotices(at: Sample.start, limit: 1).first)
    #expect(try await store.claim(notice, sending: Sample.letter, at: Sample.start))
    let person = Sample.person(1, email: false)
    let act =
      isErased
      ? Sample.act(.developerErased(Sample.developer(1)))
      : RecordedAct(
        .addressChanged(Sample.developer(1), hasAddress: false, commitment: person.commitment),
        happenedAt: Sample.start, person: person)
    _ = try await store.record([act], by: "maria", at: Sample.start)
    #expect(try store.verify() == [])
    // The run that sent it died, or says how it ended.
    #expect(try await store.reconcileInterrupted(by: "cron", at: Sample.start) == 0)
    try await store.finish(
      notice, outcome: .accepted(by: "mx.example"), messageSHA256: Sample.letterHash, by: "cron", at: Sample.start)
    #expect(try store.verify() == [])
  }

  @Test(arguments: [
    (
      "UPDATE attempt_replies SET words = 'yes'",
      "act ACT: what was said of the try in full is not what the log is bound to"
    ),
    (
      "UPDATE attempt_replies SET salt = '\(String(repeating: "0", count: 64))'",
      "act ACT: what was said of the try in full is not what the log is bound to"
    ),
    (
      "UPDATE attempt_replies SET developer_id = 2",
      "act ACT: what was said of the try in full is kept as another developer's"
    ),
    (
      "DELETE FROM attempt_replies",
      "act ACT: what was said of the try in full is missing, though nothing was erased"
    ),
    (
      "INSERT INTO attempt_replies SELECT 1, developer_id, words, salt FROM attempt_replies",
      "table attempt_replies: 1 are of no try in the log"
    ),
  ])
  func `verify notices what is done to them`(_ edit: String, _ words: String) async throws {
    let (store, act) = try await Self.refused()
    try await store.database.write { db in
      for trigger in try String.fetchAll(
        db, sql: "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'attempt_replies'")
      {
        try db.execute(sql: "DROP TRIGGER \(trigger)")
      }
      try db.execute(sql: edit)
    }
    let findings = try store.verify().filter { !$0.hasPrefix("the schema:") }
    #expect(findings == [words.replacing("ACT", with: "\(act)")])
  }

  @Test func `verify notices words that the log erased`() async throws {
    let (store, act) = try await Self.refused()
    _ = try await store.record([Sample.act(.developerErased(Sample.developer(1)))], by: "maria", at: Sample.start)
    try await store.database.write { db in
      try db.execute(sql: "DROP TRIGGER attempt_replies_with_act")
      try db.execute(
        sql: "INSERT INTO attempt_replies VALUES (?, 1, ?, ?)", arguments: [act, Sample.reply.words, Sample.reply.salt])
    }
    #expect(
      try store.verify().contains("act \(act): what was said of the try in full is here, though the log erased it"))
  }
}
