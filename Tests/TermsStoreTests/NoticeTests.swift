import TermsModel
import TermsOperations
import Testing

@testable import TermsStore

@Suite struct `The outbox` {
  let store: TermsStore
  let second = Sample.posting("2026-01-02", basedOn: "2025-12-17")

  init() throws { store = try TermsStore.inMemory() }

  private func post(at hours: Int = 1) async throws {
    _ = try await store.record([Sample.act(.versionPosted(second), at: hours)], by: "maria", at: Sample.moment(hours))
  }

  @Test func `posting plans one notice for each developer who is bound and has an address`() async throws {
    try await Sample.store(store, developers: [1, 2, 3, 4], without: [3])
    _ = try await store.record(
      [
        Sample.registration(5),  // registered, bound to nothing
        Sample.agreement(4, .terminated(by: .developer, immediate: true, reason: nil)),
      ], by: "maria", at: Sample.start)
    #expect(try await store.audience(of: Sample.slug) == Audience(byEmail: 2, byPosting: 1))
    try await post()
    let due = try await store.dueNotices(at: Sample.moment(1), limit: 10)
    #expect(due.map(\.developer.rawValue) == ["dev-1", "dev-2"])
    #expect(due.map(\.number) == [1, 2])
    #expect(due[0].recipient?.rawValue == "dev1@example.com")
    #expect(due[0].name == "Développeuse 1")
    #expect(due[0].version == second.label)
    #expect(due[0].plannedAt == Sample.moment(1))
    #expect(try await store.dueNotices(at: Sample.moment(0), limit: 10).isEmpty)
    #expect(try await store.dueNotices(at: Sample.moment(1), limit: 1).count == 1)
  }

  @Test(arguments: [
    (
      AgreementAct.connectorRemoved(Sample.connector("weather")), 29, true,
      "within the 30 days after the last connector went"
    ),
    (.connectorRemoved(Sample.connector("weather")), 31, false, "after the 30 days the agreement has ended"),
    (.terminated(by: .platform, immediate: false, reason: nil), 29, true, "within the 30 days of notice"),
    (.terminated(by: .platform, immediate: false, reason: nil), 31, false, "after the 30 days of notice"),
    (.terminated(by: .platform, immediate: true, reason: "harm"), 0, false, "ended at once"),
  ])
  func `an agreement that ended gets no further notice`(act: AgreementAct, days: Int, isTold: Bool, because: String)
    async throws
  {
    try await Sample.store(store, developers: [1, 2])
    _ = try await store.record([Sample.agreement(1, act)], by: "maria", at: Sample.start)
    try await post(at: days * 24)
    let told = try await store.dueNotices(at: Sample.moment(days * 24), limit: 10).map(\.developer.rawValue)
    #expect(told == (isTold ? ["dev-1", "dev-2"] : ["dev-2"]), "\(because)")
    #expect(try await store.audience(of: Sample.slug).byEmail == (isTold ? 2 : 1))
  }

  @Test func `a new connector or an express agreement keeps an ending agreement alive`() async throws {
    try await Sample.store(store, developers: [1, 2])
    _ = try await store.record(
      [
        Sample.agreement(1, .connectorRemoved(Sample.connector("weather"))),
        Sample.agreement(1, .connectorAdded(Sample.connector("maps"))),
        Sample.agreement(2, .agreed), Sample.agreement(2, .connectorRemoved(Sample.connector("weather"))),
      ], by: "maria", at: Sample.start)
    try await post(at: 60 * 24)
    #expect(try await store.dueNotices(at: Sample.moment(60 * 24), limit: 10).count == 2)
  }

  @Test func `a claim is taken once`() async throws {
    try await Sample.store(store, developers: [1])
    try await post()
    let notice = try #require(try await store.dueNotices(at: Sample.moment(1), limit: 1).first)
    #expect(try await store.claim(notice, at: Sample.moment(0)) == false, "it is not due yet")
    #expect(try await store.claim(notice, at: Sample.moment(1)))
    #expect(try await store.claim(notice, at: Sample.moment(1)) == false)
    #expect(try await store.dueNotices(at: Sample.moment(9), limit: 1).isEmpty)
  }

  @Test(arguments: [
    (
      TransportOutcome.accepted(by: "mx.example"), NoticeState.accepted,
      NoticeStep.Event?.some(.received(.accepted, by: "mx.example"))
    ),
    (.rejected(reason: "550 5.1.1 no such user"), .refused, .failed(reason: "550 5.1.1 no such user")),
    (.unavailable(reason: "421 busy"), .queued, nil),
    (.unknown(reason: "cut off"), .unknown, nil),
  ])
  func `the outcome of a transmission is an attempt, a state and, where it settles something, a fact`(
    outcome: TransportOutcome, state: NoticeState, event: NoticeStep.Event?
  ) async throws {
    try await Sample.store(store, developers: [1])
    try await post()
    let notice = try #require(try await store.dueNotices(at: Sample.moment(1), limit: 1).first)
    _ = try await store.claim(notice, at: Sample.moment(2))
    try await store.finish(notice, outcome: outcome, messageSHA256: "ab", by: "cron", at: Sample.moment(3))
    let after = try #require(
      try await store.notices(of: Sample.slug, version: second.label, state: nil, limit: 9).first)
    #expect(after.state == state)
    #expect(after.attempts == 1)
    #expect(after.lastReply == outcome.reply)
    let facts = try await store.facts(of: Sample.developer(1), document: Sample.slug)
    #expect(facts.notices.map(\.value.event) == (event.map { [$0] } ?? []))
    let last = try #require(try await store.log(after: 0, limit: 100).last)
    #expect(
      last.act
        == .noticeAttempted(
          Sample.developer(1), Sample.slug,
          NoticeAttempt(
            version: second.label, notice: 1, number: 1, startedAt: Sample.moment(2), outcome: outcome,
            messageSHA256: "ab")))
    await #expect(throws: StoreError.notClaimed(notice: 1)) {
      try await store.finish(notice, outcome: outcome, messageSHA256: "ab", by: "cron", at: Sample.moment(3))
    }
  }

  @Test func `what could not be handed over waits a little longer each time`() async throws {
    try await Sample.store(store, developers: [1])
    try await post()
    var now = Sample.moment(1)
    var waits: [Int64] = []
    for _ in 0..<8 {
      let notice = try #require(try await store.dueNotices(at: now, limit: 1).first)
      #expect(try await store.claim(notice, at: now))
      try await store.finish(notice, outcome: .unavailable(reason: "421"), messageSHA256: "ab", by: "cron", at: now)
      let due = try #require(try await store.notices(of: nil, version: nil, state: .queued, limit: 1).first?.dueAt)
      waits.append((due.milliseconds - now.milliseconds) / 1000)
      #expect(try await store.dueNotices(at: due.adding(seconds: -1), limit: 1).isEmpty)
      now = due
    }
    for (wait, minutes) in zip(waits, [1, 2, 5, 15, 30, 60, 60, 60] as [Int64]) {
      #expect((minutes * 54...minutes * 66).contains(wait), "\(wait) s is not \(minutes) min give or take a tenth")
    }
  }

  @Test func `what a dead run left in transmission becomes unknown, on record`() async throws {
    try await Sample.store(store, developers: [1, 2])
    try await post()
    let notice = try #require(try await store.dueNotices(at: Sample.moment(1), limit: 1).first)
    #expect(try await store.claim(notice, at: Sample.moment(1)))
    #expect(try await store.reconcileInterrupted(by: "cron", at: Sample.moment(2)) == 1)
    #expect(try await store.reconcileInterrupted(by: "cron", at: Sample.moment(2)) == 0)
    let unknown = try await store.notices(of: nil, version: nil, state: .unknown, limit: 9)
    #expect(unknown.map(\.number) == [notice.number])
    #expect(unknown[0].lastReply == "the run that sent it ended before it could say how")

    // A delivery report settles it.
    let step = NoticeStep(version: second.label, channel: .email, event: .received(.delivered, by: "mx.example"))
    _ = try await store.record(
      [Sample.act(.notice(Sample.developer(1), Sample.slug, NoticeRecord(step: step)), at: 3)], by: "cron",
      at: Sample.moment(3))
    #expect(try await store.notices(of: nil, version: nil, state: .accepted, limit: 9).map(\.number) == [notice.number])
  }

  @Test func `a notice that was accepted and failed since is counted and listed as that, until it is received`()
    async throws
  {
    try await Sample.store(store, developers: [1, 2, 3])
    try await post()
    for notice in try await store.dueNotices(at: Sample.moment(1), limit: 3) {
      #expect(try await store.claim(notice, at: Sample.moment(1)))
      try await store.finish(
        notice, outcome: .accepted(by: "mx"), messageSHA256: "ab", by: "cron", at: Sample.moment(1))
    }
    #expect(try await store.failedSince(of: nil, version: nil, limit: 9).counts == [])
    func record(_ developer: Int, _ event: NoticeStep.Event, at hour: Int) async throws {
      let step = NoticeStep(version: second.label, channel: .email, event: event)
      _ = try await store.record(
        [Sample.act(.notice(Sample.developer(developer), Sample.slug, NoticeRecord(step: step)), at: hour)], by: "cron",
        at: Sample.moment(hour))
    }
    try await record(1, .failed(reason: "550 5.1.1"), at: 2)
    try await record(2, .failed(reason: "552 5.2.2"), at: 2)
    let two = try await store.failedSince(of: Sample.slug, version: second.label, limit: 1)
    #expect(
      two.counts == [NoticeCount(document: Sample.slug, version: second.label, state: .accepted, count: 2)])
    #expect(two.listed.map(\.developer) == [Sample.developer(1)])
    #expect(two.listed.map(\.reason) == ["550 5.1.1"])
    try await record(1, .received(.delivered, by: "stated"), at: 3)
    #expect(
      try await store.failedSince(of: nil, version: nil, limit: 9).listed.map(\.developer) == [Sample.developer(2)])
  }

  @Test func `withdrawing a version cancels its notices that are still waiting`() async throws {
    try await Sample.store(store, developers: [1, 2, 3, 4])
    try await post()
    for notice in try await store.dueNotices(at: Sample.moment(1), limit: 3) {
      #expect(try await store.claim(notice, at: Sample.moment(1)))
      if notice.number == 1 {
        try await store.finish(
          notice, outcome: .accepted(by: "mx"), messageSHA256: "ab", by: "cron", at: Sample.moment(1))
      } else if notice.number == 2 {
        try await store.finish(
          notice, outcome: .unknown(reason: "cut"), messageSHA256: "ab", by: "cron", at: Sample.moment(1))
      }
    }
    _ = try await store.record(
      [Sample.act(.versionWithdrawn(Sample.slug, second.label, reason: "a mistake"), at: 2)], by: "maria",
      at: Sample.moment(2))
    // The one in transmission is settled as unknown before the act; what comes back of it sends nothing again.
    let third = try #require(try await store.notices(of: nil, version: nil, state: .unknown, limit: 9).last)
    #expect(third.number == 3)
    try await store.finish(
      third, outcome: .unavailable(reason: "421"), messageSHA256: "ab", by: "cron", at: Sample.moment(3))
    #expect(
      try await store.noticeCounts(of: Sample.slug, version: second.label)
        .map { "\($0.state.rawValue) \($0.count)\($0.isSuperseding ? " superseding" : "")" }
        == ["accepted 1", "cancelled 1", "unknown 2"])
  }

  @Test func `an address that is gone cancels what was waiting for it, a new one serves the next notice`() async throws
  {
    try await Sample.store(store, developers: [1])
    try await post()
    let nobody = Sample.person(1, email: false)
    _ = try await store.record(
      [
        RecordedAct(
          .addressChanged(Sample.developer(1), hasAddress: false, commitment: nobody.commitment),
          happenedAt: Sample.moment(2),
          person: nobody)
      ], by: "maria", at: Sample.moment(2))
    #expect(try await store.noticeCounts(of: nil, version: nil).map(\.state) == [.cancelled])
    #expect(try await store.audience(of: Sample.slug) == Audience(byEmail: 0, byPosting: 1))
    let back = Sample.person(7)
    _ = try await store.record(
      [
        RecordedAct(
          .addressChanged(Sample.developer(1), hasAddress: true, commitment: back.commitment),
          happenedAt: Sample.moment(3),
          person: back),
        Sample.act(.versionPosted(Sample.posting("2026-01-03", basedOn: "2026-01-02")), at: 3),
      ], by: "maria", at: Sample.moment(3))
    #expect(
      try await store.dueNotices(at: Sample.moment(3), limit: 9).map(\.recipient?.rawValue) == ["dev7@example.com"])
  }
}
