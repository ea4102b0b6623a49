import Foundation
import GRDB
import TemporaryFolder
import TermsModel
import TermsOperations
import Testing

@testable import TermsStore

/// Section 3.1, rule 11: a superseding notice goes to exactly those who had the first.
@Suite struct SupersedingTests {
  private let temporary: TemporaryFolder
  private var path: String { temporary.path("record.sqlite") }
  private let second = Sample.posting("2026-01-02", basedOn: "2025-12-17", words: "You may go.")

  init() throws { temporary = try TemporaryFolder() }

  /// A version told in every way: 1 accepted, 2 accepted and bounced, 3 refused, 4 in doubt, 5 being sent, 6 accepted and
  /// erased since, 7 by courier and without an address, 8 still waiting.
  private func told() async throws -> TermsStore {
    let store = try TermsStore(path: path, mode: .create)
    try await Sample.store(store, developers: [1, 2, 3, 4, 5, 6, 7, 8], without: [7])
    try await record(store, .versionPosted(second), at: 1)
    let outcomes: [Int: TransportOutcome] = [
      1: .accepted(by: "mx"), 2: .accepted(by: "mx"), 3: .rejected(reason: "550"), 4: .unknown(reason: "cut"),
      6: .accepted(by: "mx"),
    ]
    for notice in try await store.dueNotices(at: Sample.moment(1), limit: 10) {
      guard let number = Int(notice.developer.rawValue.dropFirst(4)), number != 8 else { continue }
      #expect(try await store.claim(notice, at: Sample.moment(1)))
      guard let outcome = outcomes[number] else { continue }
      try await store.finish(notice, outcome: outcome, messageSHA256: "ab", by: "cron", at: Sample.moment(1))
    }
    try await record(store, step(2, .email, .failed(reason: "no such mailbox")), at: 2)
    try await record(store, step(7, .courier, .sent), at: 2)
    try await record(store, .developerErased(Sample.developer(6)), at: 2)
    return store
  }

  private func record(_ store: TermsStore, _ act: Act, at hours: Int) async throws {
    var acts = [Sample.act(act, at: hours)]
    if let (document, version) = act.supersededVersion {
      acts.append(Sample.act(.noticesSuperseded(document, version), at: hours))
    }
    _ = try await store.record(acts, by: "maria", at: Sample.moment(hours))
  }

  private func step(_ number: Int, _ channel: NoticeChannel, _ event: NoticeStep.Event) -> Act {
    .notice(
      Sample.developer(number), Sample.slug,
      NoticeRecord(step: NoticeStep(version: second.label, channel: channel, event: event)))
  }

  private var acts: [(Act, String)] {
    [
      (.versionWithdrawn(Sample.slug, second.label, reason: "a mistake"), "withdrawn"),
      (.versionPostponed(Sample.slug, second.label, until: CalendarDate("2026-03-01")!, reason: "time"), "postponed"),
      (
        .changeReclassified(Sample.slug, second.label, change: 2, to: .material, legalBasis: nil, reason: "grave"),
        "reclassified"
      ),
    ]
  }

  @Test(arguments: 0..<3)
  func `those who had the notice get another one, and nobody else`(_ index: Int) async throws {
    let store = try await told()
    let holders = try await store.noticeHolders(of: Sample.slug, version: second.label)
    #expect(holders == NoticeHolders(withAddress: 3, withoutAddress: 2, waiting: 1))
    try await record(store, acts[index].0, at: 3)
    let due = try await store.dueNotices(at: Sample.moment(3), limit: 20).filter(\.isSuperseding)
    #expect(due.map(\.developer.rawValue) == ["dev-1", "dev-4", "dev-5"], "\(acts[index].1)")
    let waiting = try await store.notices(of: nil, version: nil, state: .queued, limit: 20).filter { !$0.isSuperseding }
    #expect(waiting.count == (index == 0 ? 0 : 1), "one that waits is cancelled with the version, and else tells all")
    #expect(try store.verify() == [])
  }

  @Test func `who has a superseding notice waiting gets no second one, and a withdrawal takes its place`() async throws
  {
    let store = try await told()
    for (hour, act) in [acts[1].0, acts[2].0].enumerated() { try await record(store, act, at: 3 + hour) }
    #expect(try await store.dueNotices(at: Sample.moment(9), limit: 20).count { $0.isSuperseding } == 3)
    try await record(store, acts[0].0, at: 6)
    let counts = try await store.noticeCounts(of: Sample.slug, version: second.label).filter(\.isSuperseding)
    #expect(counts.map { "\($0.state.rawValue) \($0.count)" } == ["cancelled 3", "queued 3"])
    #expect(try store.verify() == [])
  }

  @Test func `a superseding notice is an attempt on record and no notice of the version`() async throws {
    let store = try await told()
    try await record(store, acts[0].0, at: 3)
    let before = try await store.facts(of: Sample.developer(1), document: Sample.slug).notices
    let due = try #require(
      try await store.dueNotices(at: Sample.moment(3), limit: 20).first { $0.developer == Sample.developer(1) })
    #expect(try await store.claim(due, at: Sample.moment(4)))
    try await store.finish(
      due, outcome: .unavailable(reason: "421"), messageSHA256: "ab", by: "cron", at: Sample.moment(4))
    let again = try #require(
      try await store.dueNotices(at: Sample.moment(9), limit: 20).first { $0.number == due.number },
      "a withdrawn version is no reason to keep its withdrawal back")
    #expect(try await store.claim(again, at: Sample.moment(9)))
    try await store.finish(
      again, outcome: .rejected(reason: "550"), messageSHA256: "ab", by: "cron", at: Sample.moment(9))
    #expect(try await store.facts(of: Sample.developer(1), document: Sample.slug).notices == before)
    #expect(try store.verify() == [])
  }

  @Test func `what was being sent when its version was withdrawn is told by evidence afterwards`() async throws {
    let store = try await told()
    let sending = try #require(try await store.notices(of: nil, version: nil, state: .transmitting, limit: 9).first)
    try await record(store, acts[0].0, at: 3)
    try await store.finish(sending, outcome: .accepted(by: "mx"), messageSHA256: "ab", by: "cron", at: Sample.moment(3))
    let steps = try await store.facts(of: sending.developer, document: Sample.slug).notices
    #expect(steps.map(\.value.event) == [.received(.accepted, by: "mx")])
    #expect(
      try await store.notices(of: nil, version: nil, state: .unknown, limit: 9).map(\.developer.rawValue) == ["dev-4"])
    #expect(try store.verify() == [])
  }

  @Test func `a version is withdrawn once`() async throws {
    let store = try await told()
    try await record(store, acts[0].0, at: 3)
    await #expect(throws: RecordConflict.versionWithdrawn(Sample.slug, second.label)) {
      try await record(store, acts[0].0, at: 4)
    }
  }

  @Test func `whom a question concerns comes page by page`() async throws {
    let store = try await told()
    let bound = ConcernedDevelopers.bound(Sample.slug, hasAddress: true)
    let first = try await store.developers(bound, after: nil, limit: 4)
    let rest = try await store.developers(bound, after: first.end, limit: 4)
    #expect((first.developers + rest.developers).map(\.rawValue) == [1, 2, 3, 4, 5, 8].map { "dev-\($0)" })
    #expect(rest.end == nil)
    let noticed = try await store.developers(.noticed(Sample.slug, second.label), after: nil, limit: 10)
    #expect(noticed.developers.map(\.rawValue) == [1, 2, 3, 6, 7].map { "dev-\($0)" })
    try await record(store, .agreement(Sample.developer(2), Sample.slug, .accepted(second.label)), at: 5)
    let since = try await store.developers(.consenting(Sample.slug, since: Sample.moment(1)), after: nil, limit: 10)
    #expect(since.developers.map(\.rawValue) == ["dev-2"])
    let all = try await store.developers(.consenting(Sample.slug, since: Sample.moment(0)), after: nil, limit: 20)
    #expect(all.developers.count == 9)
  }
}
