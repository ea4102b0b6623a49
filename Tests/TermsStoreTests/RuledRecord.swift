import GRDB
import TermsModel
import TermsOperations
import Testing
import Transparency

@testable import TermsStore

/// A record to try the rules of the schema on.
enum RuledRecord {
  /// Everything that can be said of a record, and a posting as the last act, so that rows may still be added to it.
  static func record() async throws -> TermsStore {
    let store = try TermsStore.inMemory()
    try store.subscribe([
      WebhookSubscription(name: "ops", url: "https://hooks.example/", events: Set(WebhookEvent.allCases))
    ])
    try await Sample.store(store, developers: [1, 2], without: [2])
    let told = try #require(try await store.nextWebhookMessage(finishing: nil, at: Sample.start))
    _ = try await store.nextWebhookMessage(
      finishing: FinishedWebhookMessage(told, WebhookReply(.accepted, status: 200, says: "yes"), at: Sample.start),
      at: Sample.start)
    _ = try await store.record(
      [
        Sample.act(.versionPosted(Sample.posting("2025-12-18", basedOn: "2025-12-17", words: "You may go."))),
        Sample.act(
          .changeReclassified(
            Sample.slug, Sample.label("2025-12-18"), change: 2, to: .material, legalBasis: nil, reason: "it matters")),
        Sample.act(.classesApproved(Sample.approval("2025-12-19", basedOn: "2025-12-18"))),
        Sample.act(.developerErased(Sample.developer(2))),
      ], by: "maria", at: Sample.start)
    let notice = try #require(try await store.dueNotices(at: Sample.start, limit: 1).first)
    #expect(try await store.claim(notice, sending: Sample.letter, at: Sample.start))
    let finished = FinishedNotice(
      notice: notice, transmission: Transmission(outcome: .accepted(by: "mx.example"), scope: .message),
      messageSHA256: Sample.letterHash, reply: Sample.reply, at: Sample.start)
    _ = try await store.handOver(finished: finished, claiming: nil, by: "cron", at: Sample.start)
    let keeper = Sample.keeper(of: store)
    try await keeper.adopt(Sample.key(1).verifyingKey)
    try await keeper.rotate(from: Sample.key(1), to: Sample.key(2))
    let checkpoint = try await keeper.checkpoint(by: Sample.key(2)).checkpoint
    try await keeper.recordTimestamp(Sample.timestamp(of: checkpoint.note), of: checkpoint, from: "tsa.example")
    try await keeper.drop(witnessOf: Int64(store.logSize()), reason: "nobody's")
    let verdict = ReportVerdict(
      action: .delivered, finding: .received(.delivered), at: Sample.start, isOurs: false, witness: "mx.example",
      reason: "delivered")
    _ = try await store.receive(
      [0], sha256: SHA256Hex.digest(of: [0]), content: .reports([verdict]), for: notice.number, by: "cron",
      at: Sample.start)
    _ = try await store.record(
      [Sample.act(.versionPosted(Sample.posting("2025-12-19", basedOn: "2025-12-18", words: "You may stay.")))],
      by: "maria", at: Sample.start)
    try await access(to: store)
    return store
  }

  /// What the web service keeps for itself: a token, a key, an answer, a draft, a session that was signed out.
  private static func access(to store: TermsStore) async throws {
    let token = AccessToken(
      id: "0123456789ab", role: .operator, note: nil, createdAt: Sample.start, createdBy: "maria",
      expiresAt: Sample.moment(1))
    try await store.add(token, secretSHA256: String(repeating: "0", count: 64))
    _ = try await store.serviceKey(for: "links", orKeep: Array(repeating: 0, count: 32), at: Sample.start)
    _ = try await store.addDraft(of: Sample.slug, text: "# Terms", by: "maria", at: Sample.start)
    _ = try await store.begin(
      "key", of: "maria", requestSHA256: String(repeating: "0", count: 64), at: Sample.start)
    try await store.endSession(String(repeating: "0", count: 64), until: Sample.moment(1), at: Sample.start)
  }

  /// What the record says to `sql`, which must fail; nothing of it stays.
  static func refusal(of sql: String, in store: TermsStore) async throws -> String {
    do {
      try await store.write { db in try db.execute(sql: sql) }
    } catch let error as StoreError {
      return "\(error)"
    }
    Issue.record("the record took it: \(sql)")
    return ""
  }
}
