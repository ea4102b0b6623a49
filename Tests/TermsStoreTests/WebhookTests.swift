import GRDB
import TermsModel
import TermsOperations
import Testing
import Transparency

@testable import TermsStore

/// What webhooks are told is written down with the act itself, kept until it is taken, and never lost in silence.
@Suite struct WebhookTests {
  private static let url = "https://hooks.example/terms"

  private static func subscription(_ name: String = "ops", url: String = url, events: String = "*")
    -> WebhookSubscription
  {
    WebhookSubscription(name: name, url: url, events: Set(WebhookEvent.named(events)))
  }

  private static func record(_ subscriptions: [WebhookSubscription]) async throws -> TermsStore {
    let store = try TermsStore.inMemory()
    try store.subscribe(subscriptions)
    try await Sample.store(store, developers: [1, 2, 3], without: [3])
    return store
  }

  /// What waits or went out, in the order of its planning.
  private static func told(_ store: TermsStore, of webhook: String = "ops") async throws -> [String] {
    try await store.read { db in
      try String.fetchAll(
        db,
        sql: """
          SELECT event || coalesce(' ' || developer, '') FROM webhook_messages JOIN webhooks USING (webhook)
          LEFT JOIN developers ON developers.id = developer_id WHERE name = ? ORDER BY number
          """, arguments: [webhook])
    }
  }

  private static func states(_ store: TermsStore) async throws -> [String] {
    try await store.read { db in
      try String.fetchAll(db, sql: "SELECT state FROM webhook_messages ORDER BY number")
    }
  }

  @Test func `each posting and each state of a notice is told, in the order in which it came about`() async throws {
    let store = try await Self.record([Self.subscription(), Self.subscription("quiet", events: "version.withdrawn")])
    let (slug, label) = (Sample.slug, Sample.label("2025-12-18"))
    #expect(try await Self.told(store) == ["version.posted"])
    _ = try await store.record(
      [Sample.act(.versionPosted(Sample.posting("2025-12-18", basedOn: "2025-12-17", words: "You may go.")))],
      by: "maria", at: Sample.start)
    #expect(
      try await Self.told(store).dropFirst() == ["version.posted", "notice.queued dev-1", "notice.queued dev-2"])
    // A claim is told to nobody, nor that it was given back.
    var due = try await store.dueNotices(at: Sample.start, limit: 10)
    #expect(try await store.claim(due[0], at: Sample.start))
    try await store.release(due[0])
    #expect(try await Self.told(store).count == 4)
    let outcomes: [TransportOutcome] = [.unavailable(reason: "421 later"), .rejected(reason: "550 no")]
    for (notice, outcome) in zip(due, outcomes) {
      #expect(try await store.claim(notice, at: Sample.start))
      try await store.finish(notice, outcome: outcome, messageSHA256: Sample.letterHash, by: "cron", at: Sample.start)
    }
    #expect(Array(try await Self.told(store).dropFirst(4)) == ["notice.queued dev-1", "notice.refused dev-2"])
    due = try await store.dueNotices(at: Sample.moment(1), limit: 1)
    #expect(try await store.claim(due[0], at: Sample.moment(1)))
    try await store.finish(
      due[0], outcome: .accepted(by: "mx.example"), messageSHA256: Sample.letterHash, by: "cron", at: Sample.moment(1))
    let verdict = ReportVerdict(
      action: .delivered, finding: .received(.delivered), at: Sample.moment(1), isOurs: false, witness: "mx.example",
      reason: "delivered")
    _ = try await store.receive(
      [0], sha256: SHA256Hex.digest(of: [0]), content: .reports([verdict]), for: due[0].number, by: "cron",
      at: Sample.moment(1))
    var told = try await Self.told(store)
    #expect(told.dropFirst(6) == ["notice.accepted dev-1", "notice.received dev-1"])
    _ = try await store.record(
      [
        Sample.act(
          .notice(
            Sample.developer(3), slug,
            NoticeRecord(step: NoticeStep(version: label, channel: .courier, event: .sent))), at: 2),
        Sample.act(.versionPostponed(slug, label, until: CalendarDate("2026-03-01")!, reason: "more time"), at: 2),
        Sample.act(.versionWithdrawn(slug, label, reason: "a mistake"), at: 2),
      ], by: "maria", at: Sample.moment(2))
    told = try await Self.told(store)
    #expect(told.dropFirst(8) == ["notice.sent dev-3", "version.postponed", "version.withdrawn"])
    #expect(try await Self.told(store, of: "quiet") == ["version.withdrawn"])
    #expect(try store.verify() == [], "messages are no part of the record")
  }

  @Test func `an act that is refused tells nobody`() async throws {
    let store = try await Self.record([Self.subscription()])
    await #expect(throws: RecordConflict.self) {
      _ = try await store.record(
        [Sample.act(.versionPosted(Sample.posting("2025-12-18", basedOn: "2025-12-17"))), Sample.registration(1)],
        by: "maria", at: Sample.start)
    }
    #expect(try await Self.told(store) == ["version.posted"])
  }

  @Test func `a message says which version, and whose notice, and nothing personal`() async throws {
    let store = try await Self.record([Self.subscription()])
    _ = try await store.record(
      [Sample.act(.versionPosted(Sample.posting("2025-12-18", basedOn: "2025-12-17", words: "You may go.")))],
      by: "maria", at: Sample.start)
    var bodies: [String] = []
    var last: FinishedWebhookMessage?
    while let message = try await store.nextWebhookMessage(finishing: last, at: Sample.start) {
      bodies.append(String(decoding: message.body, as: UTF8.self))
      last = FinishedWebhookMessage(message, WebhookReply(.accepted, status: 200, says: "yes"), at: Sample.start)
    }
    let posting = Sample.posting("2025-12-18", basedOn: "2025-12-17", words: "You may go.")
    #expect(
      bodies.dropFirst().prefix(2) == [
        """
        {"data":{"changes":{"legal-required":1,"other":1},"document":"connector-terms","sequence":9,\
        "sha256":"\(posting.sha256)","version":"2025-12-18"},"timestamp":"2025-12-17T18:00:00Z","type":"version.posted"}
        """,
        """
        {"data":{"channel":"email","developer":"dev-1","document":"connector-terms","notice":1,"sequence":9,\
        "version":"2025-12-18"},"timestamp":"2025-12-17T18:00:00Z","type":"notice.queued"}
        """,
      ])
    #expect(!bodies.joined().contains("@") && !bodies.joined().contains("Développeuse"))
    #expect(try await Self.states(store).allSatisfy { $0 == "accepted" })
  }

  @Test func `what is not taken waits ever longer, at most an hour, and the others are told meanwhile`() async throws {
    let store = try await Self.record([Self.subscription(), Self.subscription("second", events: "version.*")])
    var moment = Sample.start
    var waits: [Int64] = []
    for _ in 0..<8 {
      let message = try #require(try await store.nextWebhookMessage(finishing: nil, at: moment))
      #expect(message.webhook == "ops")
      let next = try await store.nextWebhookMessage(
        finishing: FinishedWebhookMessage(
          message, WebhookReply(.unavailable, status: 503, says: "busy"), at: moment), at: moment)
      if let next {
        #expect(next.webhook == "second")
        try await store.finishWebhookMessage(
          FinishedWebhookMessage(next, WebhookReply(.accepted, status: 200, says: "yes"), at: moment))
      }
      let paused = try #require(try await store.webhooks().first?.pausedUntil)
      waits.append((paused.milliseconds - moment.milliseconds) / 60_000)
      #expect(try await store.nextWebhookMessage(finishing: nil, at: paused.adding(seconds: -1)) == nil)
      moment = paused
    }
    for (wait, expected) in zip(waits, [1, 2, 5, 15, 30, 60, 60, 60]) {
      #expect(abs(Double(wait) - Double(expected)) <= Double(expected) / 10 + 1, "\(waits)")
    }
    let standing = try #require(try await store.webhooks().first)
    #expect(standing.waiting == 1 && standing.lastFailure == "busy" && standing.waitsSince == Sample.start)
    // It counts from anew once something was taken.
    let message = try #require(try await store.nextWebhookMessage(finishing: nil, at: moment))
    #expect(message.attempts == 8)
    _ = try await store.nextWebhookMessage(
      finishing: FinishedWebhookMessage(message, WebhookReply(.accepted, status: 200, says: "yes"), at: moment),
      at: moment)
    let after = try #require(try await store.webhooks().first)
    #expect(after.waiting == 0 && after.lastFailure == nil && after.pausedUntil == nil)
  }

  @Test func `it is left alone for as long as it asks, and no longer than a day`() async throws {
    let store = try await Self.record([Self.subscription()])
    var moment = Sample.start
    for (asked, seconds) in [(Int64(7200), Int64(7200)), (400_000, 86_400)] {
      let message = try #require(try await store.nextWebhookMessage(finishing: nil, at: moment))
      try await store.finishWebhookMessage(
        FinishedWebhookMessage(
          message, WebhookReply(.unavailable, status: 429, says: "slowly", retryAfter: asked), at: moment))
      let paused = try #require(try await store.webhooks().first?.pausedUntil)
      #expect(paused == moment.adding(seconds: seconds))
      moment = paused
    }
  }

  @Test func `a try whose run died is unknown, and is made again at once under the same identifier`() async throws {
    let store = try await Self.record([Self.subscription()])
    let first = try #require(try await store.nextWebhookMessage(finishing: nil, at: Sample.start))
    #expect(try await store.nextWebhookMessage(finishing: nil, at: Sample.start) == nil, "claimed once")
    #expect(try await store.reconcileWebhooks(at: Sample.moment(1)) == 1)
    let second = try #require(try await store.nextWebhookMessage(finishing: nil, at: Sample.moment(1)))
    #expect(second.id == first.id && second.body == first.body && second.attempts == 1)
    let attempts = try await store.read { db in
      try String.fetchAll(db, sql: "SELECT outcome || ': ' || says FROM webhook_attempts")
    }
    #expect(attempts == ["unknown: the run that sent it ended before it could say how"])
    await #expect(throws: StoreError.self) {
      try await store.finishWebhookMessage(
        FinishedWebhookMessage(first, WebhookReply(.accepted, says: "late"), at: Sample.moment(1)))
    }
  }

  @Test func `who is gone is told no more, until the address changes or somebody resumes it`() async throws {
    let store = try await Self.record([Self.subscription()])
    let message = try #require(try await store.nextWebhookMessage(finishing: nil, at: Sample.start))
    _ = try await store.record(
      [Sample.act(.versionPosted(Sample.posting("2025-12-18", basedOn: "2025-12-17", words: "You may go.")))],
      by: "maria", at: Sample.start)
    try await store.finishWebhookMessage(
      FinishedWebhookMessage(message, WebhookReply(.gone, status: 410, says: "gone"), at: Sample.start))
    #expect(try await Self.states(store) == ["refused", "cancelled", "cancelled", "cancelled"])
    try store.subscribe([Self.subscription()])
    #expect(try await store.webhooks().first?.state == .gone, "the settings as they were change nothing")
    _ = try await store.record(
      [Sample.act(.versionPosted(Sample.posting("2025-12-19", basedOn: "2025-12-18", words: "You may stay.")))],
      by: "maria", at: Sample.start)
    #expect(try await Self.told(store).count == 4)
    #expect(try await store.resumeWebhook("ops", at: Sample.start) == 1)
    try store.subscribe([Self.subscription()])
    #expect(try await store.resumeWebhook("nobody", at: Sample.start) == nil)
    _ = try await store.record(
      [Sample.act(.versionWithdrawn(Sample.slug, Sample.label("2025-12-19"), reason: "a mistake"))],
      by: "maria", at: Sample.start)
    #expect(try await Self.told(store).dropFirst(4).contains("version.withdrawn"))
  }

  @Test func `who is taken out of the settings is told no more, and what waits is cancelled`() async throws {
    let store = try await Self.record([Self.subscription(), Self.subscription("second")])
    try store.subscribe([Self.subscription("second", url: "https://other.example/")])
    #expect(try await Self.states(store) == ["cancelled", "queued"])
    let standings = try await store.webhooks()
    #expect(standings.map(\.state) == [.removed, .active])
    #expect(standings[1].url == "https://other.example/")
    try store.subscribe([])
    #expect(try await Self.states(store) == ["cancelled", "cancelled"])
  }

  @Test func `erasing a developer cancels their notices, which is told, and what was told held nothing of them`()
    async throws
  {
    let store = try await Self.record([Self.subscription(events: "notice.*")])
    _ = try await store.record(
      [
        Sample.act(.versionPosted(Sample.posting("2025-12-18", basedOn: "2025-12-17", words: "You may go."))),
        Sample.act(.developerErased(Sample.developer(1))),
      ], by: "maria", at: Sample.start)
    #expect(try await Self.told(store) == ["notice.queued dev-1", "notice.queued dev-2", "notice.cancelled dev-1"])
  }

  @Test(arguments: [
    ("*", 13), ("version.*", 4), ("notice.*", 9), ("notice.refused", 1), ("notice", 0), ("not*", 0), ("", 0),
  ])
  func `the events that a word names`(_ word: String, _ count: Int) {
    #expect(WebhookEvent.named(word).count == count)
  }
}
