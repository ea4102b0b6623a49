import Foundation
import GRDB
import TemporaryFolder
import TermsModel
import TermsOperations
import Testing
import Transparency

@testable import TermsStore

/// What comes back for a notice goes on record once, and what follows from it does not hang on the order.
@Suite struct ReportTests {
  let store: TermsStore
  let second = Sample.posting("2026-01-02", basedOn: "2025-12-17")
  private let temporary: TemporaryFolder
  private var path: String { temporary.path("record.sqlite") }

  init() throws {
    temporary = try TemporaryFolder()
    store = try TermsStore(path: temporary.path("record.sqlite"), mode: .create)
  }

  /// A notice that a server took over an hour after it was planned.
  private func sent(outcome: TransportOutcome = .accepted(by: "mta.terms.example")) async throws -> OutboxNotice {
    try await Sample.store(store, developers: [1])
    _ = try await store.record([Sample.act(.versionPosted(second), at: 1)], by: "maria", at: Sample.moment(1))
    let notice = try #require(try await store.dueNotices(at: Sample.moment(2), limit: 1).first)
    #expect(try await store.claim(notice, at: Sample.moment(2)))
    try await store.finish(notice, outcome: outcome, messageSHA256: "ab", by: "cron", at: Sample.moment(2))
    return notice
  }

  private func receive(_ verdict: ReportVerdict, _ name: String, for notice: Int64 = 1, at hours: Int = 5) async throws
    -> MailReceipt
  {
    let bytes = Array("mail \(name)".utf8)
    return try await store.receive(
      bytes, sha256: SHA256Hex.digest(of: bytes), content: .reports([verdict]), for: notice, by: "cron",
      at: Sample.moment(hours))
  }

  private var events: [NoticeStep.Event] {
    get async throws {
      try await store.facts(of: Sample.developer(1), document: Sample.slug).notices.map(\.value.event)
    }
  }

  private func state() async throws -> NoticeState? {
    try await store.notice(of: Sample.slug, version: second.label, to: Sample.developer(1))?.state
  }

  private static func verdict(
    _ action: ReportedAction, _ finding: ReportVerdict.Finding, at hours: Int = 3, ours: Bool = true
  ) -> ReportVerdict {
    ReportVerdict(
      action: action, finding: finding, at: Sample.moment(hours), isOurs: ours,
      witness: ours ? "mta.terms.example" : "mx.dev.example", reason: "words")
  }

  private static let delivered = verdict(.delivered, .received(.delivered), ours: false)
  private static let relayed = verdict(.relayed, .received(.accepted))
  private static let dead = verdict(.failed, .failed(.addressDead))
  private static let foreignDead = verdict(.failed, .failed(.addressDead), at: 4, ours: false)
  private static let accepted = NoticeStep.Event.received(.accepted, by: "mta.terms.example")

  struct Case: CustomTestStringConvertible, Sendable {
    let verdicts: [ReportVerdict]
    let last: NoticeStep.Event
    let standing: String
    let because: String
    var testDescription: String { because }
  }

  @Test(arguments: [
    Case(
      verdicts: [verdict(.delayed, .delayed(until: nil))], last: accepted, standing: "open",
      because: "a delay settles nothing"),
    Case(
      verdicts: [delivered], last: .received(.delivered, by: "mx.dev.example"), standing: "received",
      because: "delivered: better evidence than the acceptance"),
    Case(verdicts: [relayed], last: accepted, standing: "received", because: "relayed"),
    Case(verdicts: [dead], last: .failed(reason: "words"), standing: "failed", because: "failed for good"),
    Case(
      verdicts: [delivered, dead], last: .failed(reason: "words"), standing: "failed",
      because: "our own system's failure outweighs a success that anybody may have forged"),
    Case(
      verdicts: [dead, delivered], last: .failed(reason: "words"), standing: "failed",
      because: "the same, in the other order"),
    Case(
      verdicts: [relayed, foreignDead], last: accepted, standing: "disputed",
      because: "a failure from outside takes no receipt away"),
    Case(
      verdicts: [foreignDead, relayed], last: .received(.accepted, by: "a report that another one contradicts"),
      standing: "disputed", because: "nor does it where it came first"),
    Case(
      verdicts: [verdict(.delivered, .unreliable(.namelessSuccess), ours: false)], last: accepted, standing: "disputed",
      because: "a success that may be anybody's is for a person"),
  ])
  func `what a report proves is a step of the notice`(_ c: Case) async throws {
    _ = try await sent()
    for (index, verdict) in c.verdicts.enumerated() {
      guard case .recorded = try await receive(verdict, "\(index)") else {
        Issue.record("message \(index) was not recorded")
        continue
      }
    }
    #expect(try await events.last == c.last, "\(c.because)")
    #expect(try await state() == .accepted)
    let unsettled = try await store.unsettledNotices(of: nil, version: nil, limit: 9)
    #expect(unsettled.count == (["failed", "disputed"].contains(c.standing) ? 1 : 0), "\(unsettled)")
    #expect(try store.verify() == [])
  }

  @Test func `the same message again changes nothing`() async throws {
    _ = try await sent()
    guard case .recorded(let notice, .open, .received) = try await receive(Self.delivered, "a") else {
      Issue.record("not recorded")
      return
    }
    #expect(notice.number == 1)
    let log = try await store.log(after: 0, limit: 100)
    #expect(try await receive(Self.delivered, "a") == .known)
    #expect(try await receive(Self.delivered, "a", at: 9) == .known)
    #expect(try await store.log(after: 0, limit: 100) == log)
    let mail = try await store.returnedMail(for: 1)
    #expect(mail.map(\.value.content) == [.reports([Self.delivered])])
    #expect(try await store.returnedBytes(sha256: mail[0].value.mailSHA256) == Array("mail a".utf8))
    #expect(try await receive(Self.delivered, "b", for: 77) == .noSuchNotice(77))
  }

  @Test func `a failure withdraws an acceptance of the same second`() async throws {
    _ = try await sent()
    // A mail system names its times to the second: by them the failure came before the acceptance.
    _ = try await receive(Self.verdict(.failed, .failed(.addressDead), at: 1), "a")
    let facts = try await store.facts(of: Sample.developer(1), document: Sample.slug).notices
    #expect(facts.map(\.value.event) == [Self.accepted, .failed(reason: "words")])
    #expect(facts[1].occasion.happenedAt == facts[0].occasion.happenedAt)
  }

  @Test func `evidence settles a notice of which nobody knew whether it went out`() async throws {
    _ = try await sent(outcome: .unknown(reason: "cut off"))
    #expect(try await store.requeueUnknown(startedBefore: Sample.moment(1), by: "cron", at: Sample.moment(3)) == 0)
    _ = try await receive(Self.delivered, "a")
    #expect(try await state() == .accepted)
    #expect(try await store.requeueUnknown(startedBefore: Sample.moment(9), by: "cron", at: Sample.moment(9)) == 0)
    #expect(try store.verify() == [])
  }

  @Test func `where nothing was heard for long, it goes out once more, and no more than that`() async throws {
    let notice = try await sent(outcome: .unknown(reason: "cut off"))
    #expect(try await store.requeueUnknown(startedBefore: Sample.moment(3), by: "cron", at: Sample.moment(3)) == 1)
    let again = try #require(try await store.dueNotices(at: Sample.moment(3), limit: 9).first)
    #expect(again.number == notice.number)
    #expect(try await store.claim(again, at: Sample.moment(3)))
    try await store.finish(
      again, outcome: .unknown(reason: "cut off"), messageSHA256: "ab", by: "cron", at: Sample.moment(4))
    #expect(try await store.requeueUnknown(startedBefore: Sample.moment(9), by: "cron", at: Sample.moment(9)) == 0)
    #expect(try await state() == .unknown)
    #expect(try store.verify() == [])
  }

  @Test func `a failure that was the message's has one more try a day later, which decides by itself`() async throws {
    _ = try await sent()
    _ = try await receive(Self.verdict(.failed, .failed(.messageOnly)), "a")
    #expect(try await state() == .queued)
    #expect(try await store.dueNotices(at: Sample.moment(28), limit: 9).isEmpty)
    let again = try #require(try await store.dueNotices(at: Sample.moment(29), limit: 9).first)
    #expect(try await store.claim(again, at: Sample.moment(29)))
    try await store.finish(
      again, outcome: .accepted(by: "mta.terms.example"), messageSHA256: "ab", by: "cron", at: Sample.moment(29))
    _ = try await receive(Self.verdict(.delivered, .received(.delivered), at: 30), "b", at: 30)
    #expect(try await store.unsettledNotices(of: nil, version: nil, limit: 9).isEmpty, "the second try decides")
    #expect(try await events.last == .received(.delivered, by: "mta.terms.example"))
    _ = try await receive(Self.verdict(.failed, .failed(.messageOnly), at: 31), "c", at: 31)
    #expect(try await state() == .accepted, "there is no third try")
    #expect(try store.verify() == [])
  }

  @Test func `a claim that came to nothing is given back, and counts as no try`() async throws {
    try await Sample.store(store, developers: [1])
    _ = try await store.record([Sample.act(.versionPosted(second), at: 1)], by: "maria", at: Sample.moment(1))
    let notice = try #require(try await store.dueNotices(at: Sample.moment(2), limit: 1).first)
    await #expect(throws: StoreError.notClaimed(notice: 1)) { try await store.release(notice) }
    #expect(try await store.claim(notice, at: Sample.moment(2)))
    try await store.release(notice)
    #expect(try await store.dueNotices(at: Sample.moment(2), limit: 9) == [notice])
    #expect(try await store.longestWaiting() == notice)
    #expect(try store.verify() == [])
  }

  @Test func `erasing a developer erases what came back, and every proof still holds`() async throws {
    _ = try await sent()
    _ = try await receive(Self.delivered, "a")
    let sha256 = try #require(try await store.returnedMail(for: 1).first).value.mailSHA256
    _ = try await store.record(
      [Sample.act(.developerErased(Sample.developer(1)), at: 6)], by: "maria", at: Sample.moment(6))
    #expect(try await store.returnedBytes(sha256: sha256) == nil)
    #expect(try await store.returnedMail(for: 1).count == 1)
    #expect(try store.verify() == [])
    guard case .recorded = try await receive(Self.relayed, "b", at: 7) else {
      Issue.record("what comes back for an erased developer is on record without its bytes")
      return
    }
    #expect(try store.verify() == [])
  }

  @Test func `bytes that were exchanged or lost are noticed`() async throws {
    _ = try await sent()
    _ = try await receive(Self.delivered, "a")
    try await store.database.write { db in try db.execute(sql: "UPDATE returned_bytes SET bytes = X'00'") }
    #expect(
      try store.verify().contains { $0.hasSuffix("the message that came back is not the one that the log is bound to") }
    )
    try await store.database.write { db in try db.execute(sql: "DELETE FROM returned_bytes") }
    #expect(
      try store.verify().contains { $0.hasSuffix("the message that came back is missing, though nothing was erased") })
  }

  @Test(arguments: [
    ("UPDATE returned_mail SET kind = 'reply'", "what came back is never altered"),
    (
      "DELETE FROM returned_mail",
      "what came back is never deleted: its bytes can be erased, what it said stays"
    ),
    ("UPDATE notice_reports SET ours = 1", "a report is never altered"),
    ("DELETE FROM notice_reports", "a report is never deleted"),
    (
      "INSERT INTO returned_mail VALUES (1, 1, 'reply', NULL, zeroblob(32))",
      "what came back is recorded together with its act"
    ),
  ])
  func `the schema keeps what came back`(sql: String, rule: String) async throws {
    _ = try await sent()
    _ = try await receive(Self.delivered, "a")
    let error = await #expect(throws: DatabaseError.self) {
      try await store.database.write { db in try db.execute(sql: sql) }
    }
    #expect(error?.message == rule)
  }

  @Test func `acts on what came back survive the way through the log's text`() throws {
    let verdicts = [
      Self.delivered, Self.relayed, Self.dead, Self.verdict(.delayed, .delayed(until: Sample.moment(9))),
      Self.verdict(.relayed, .handedOn), Self.verdict(.failed, .unreliable(.otherEnvelope)),
    ]
    let hash = String(repeating: "ab", count: 32)
    let acts: [Act] = [.reports(verdicts), .reply, .unrecognised("why")].map { content in
      .mailReturned(
        Sample.developer(1), Sample.slug,
        ReturnedNotice(version: second.label, notice: 7, mailSHA256: hash, content: content))
    }
    let requeue = Act.noticeRequeued(
      Sample.developer(1), Sample.slug,
      NoticeRequeue(version: second.label, notice: 7, dueAt: Sample.moment(4), reason: "nothing was heard"))
    let attempt = Act.noticeAttempted(
      Sample.developer(1), Sample.slug,
      NoticeAttempt(
        version: second.label, notice: 7, number: 2, startedAt: Sample.moment(1), outcome: .rejected(reason: "no"),
        messageSHA256: nil,
        trace: .init(stage: .recipient, code: 550, status: "5.1.1", peer: "192.0.2.7")))
    for act in acts + [requeue, attempt] {
      #expect(try Act(members: try act.members()) == act)
    }
  }

  @Test func `reports that come together are recorded as if they came one by one, and none where one cannot be`()
    async throws
  {
    let notice = try await sent()
    func mail(_ name: String, _ verdict: ReportVerdict, for number: Int64, sha256: String? = nil) -> ReceivedMail {
      let bytes = Array("mail \(name)".utf8)
      return ReceivedMail(
        bytes: bytes, sha256: sha256 ?? SHA256Hex.digest(of: bytes), content: .reports([verdict]), notice: number)
    }
    let receipts = try await store.receive(
      [
        mail("a", Self.relayed, for: notice.number), mail("a", Self.relayed, for: notice.number),
        mail("b", Self.delivered, for: 99), mail("c", Self.delivered, for: notice.number),
      ], by: "cron", at: Sample.moment(5))
    #expect(receipts.count == 4)
    #expect(receipts[1] == .known)
    #expect(receipts[2] == .noSuchNotice(99))
    guard case .recorded(_, let before, let now) = receipts[3] else {
      Issue.record("\(receipts[3])")
      return
    }
    #expect(before == .received(.accepted, at: Sample.moment(3), by: "mta.terms.example"))
    #expect(now == .received(.delivered, at: Sample.moment(3), by: "mx.dev.example"))

    let length = try await store.log(after: 0, limit: 1000).count
    await #expect(throws: StoreError.self) {
      try await store.receive(
        [mail("d", Self.relayed, for: notice.number), mail("e", Self.relayed, for: notice.number, sha256: "no hash")],
        by: "cron", at: Sample.moment(6))
    }
    #expect(try await store.log(after: 0, limit: 1000).count == length)
    #expect(try store.verify() == [])
  }

  @Test func `a notice that waits is not sent once its failure is on record, and is listed`() async throws {
    try await Sample.store(store, developers: [1, 2])
    _ = try await store.record([Sample.act(.versionPosted(second), at: 1)], by: "maria", at: Sample.moment(1))
    let failure = NoticeStep(version: second.label, channel: .email, event: .failed(reason: "the address is gone"))
    _ = try await store.record(
      [Sample.act(.notice(Sample.developer(1), Sample.slug, NoticeRecord(step: failure)), at: 2)], by: "maria",
      at: Sample.moment(2))
    #expect(try await store.dueNotices(at: Sample.moment(3), limit: 9).map(\.developer) == [Sample.developer(2)])
    let unsettled = try await store.unsettledNotices(of: nil, version: nil, limit: 9)
    #expect(unsettled.map(\.notice.state) == [.refused])
    #expect(unsettled.map(\.notice.lastReply) == ["not sent, as its failure is on record: the address is gone"])
    #expect(try store.verify() == [])
  }

  @Test func `a second try is not sent where a report says meanwhile that the first one failed`() async throws {
    let notice = try await sent(outcome: .unknown(reason: "cut off"))
    #expect(try await store.requeueUnknown(startedBefore: Sample.moment(3), by: "cron", at: Sample.moment(3)) == 1)
    _ = try await receive(Self.dead, "dead", for: notice.number)
    #expect(try await store.dueNotices(at: Sample.moment(9), limit: 9).isEmpty)
    #expect(try await state() == .refused)
    #expect(try store.verify() == [])
  }
}
