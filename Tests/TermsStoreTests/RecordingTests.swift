import TermsModel
import TermsOperations
import Testing

@testable import TermsStore

@Suite struct `Recording acts` {
  let store: TermsStore

  init() throws { store = try TermsStore.inMemory() }

  @Test func `a document comes back as it was recorded, with the settings last given`() async throws {
    let document = Sample.document()
    _ = try await store.record([Sample.act(.documentAdded(document))], by: "maria", at: Sample.start)
    #expect(try await store.document(Sample.slug) == document)

    var changed = document
    changed.title = "Terms for connectors"
    changed.settings.profile.clock = .latest
    _ = try await store.record([Sample.act(.documentChanged(changed), at: 1)], by: "maria", at: Sample.moment(1))
    #expect(try await store.documents() == [changed])
    #expect(try await store.document(Sample.other) == nil)
  }

  @Test func `a version comes back with text, changes and proposals, word for word`() async throws {
    let (first, second) = (
      Sample.posting("2025-12-17"), Sample.posting("2026-01-02", basedOn: "2025-12-17", words: "You may “go” — now.")
    )
    let occasions = try await store.record(
      [
        Sample.act(.documentAdded(Sample.document())), Sample.act(.versionPosted(first)),
        Sample.act(.versionPosted(second), at: 2),
      ],
      by: "maria", at: Sample.moment(3))
    #expect(occasions.map(\.sequence) == [1, 2, 3])
    #expect(try await store.posting(of: Sample.slug, version: first.label) == first)
    #expect(try await store.posting(of: Sample.slug, version: second.label) == second)
    #expect(try await store.text(of: Sample.slug, version: second.label)?.clauses == second.clauses)
    #expect(try await store.text(of: Sample.slug, version: Sample.label("2024")) == nil)
    #expect(try await store.lastLineage(of: Sample.slug) == 2)
    #expect(try await store.lastLineage(of: Sample.other) == 0)

    let versions = try await store.versions(of: Sample.slug)
    #expect(versions.map(\.label) == [first.label, second.label])
    #expect(versions[1].posting == occasions[2])
    #expect(versions[1].changes.map(\.changeClass) == [.legalRequired, .other])
    #expect(versions[1].changes[0].legalBasis == "Regulation (EU) 2024/1, article 2")
  }

  @Test func `who agreed to classes is told with the text they agreed to, and with no other`() async throws {
    try await Sample.store(store)
    let (approval, first) = (Sample.approval("2026-01-02", basedOn: "2025-12-17"), Sample.posting("2025-12-17"))
    _ = try await store.record([Sample.act(.classesApproved(approval), at: 1)], by: "jon", at: Sample.moment(2))
    let recorded = try await store.approvals(of: Sample.slug, sha256: approval.sha256)
    #expect(recorded.map(\.approval) == [approval])
    #expect(recorded.map(\.actor) == ["jon"])
    #expect(recorded.map(\.occasion.recordedAt) == [Sample.moment(2)])
    #expect(recorded.map(\.occasion.happenedAt) == [Sample.moment(1)])
    #expect(try await store.approvals(of: Sample.other, sha256: approval.sha256) == [])
    #expect(try await store.approvals(of: Sample.slug, sha256: String(repeating: "0", count: 64)) == [])
    #expect(first.sha256 == approval.sha256, "the same words posted before are told apart by the version they follow")
    #expect(recorded.map(\.approval.basedOn) == [first.label])
    let entry = try #require(try await store.log(after: 0, limit: 100).last)
    #expect(entry.act == .classesApproved(approval))
    #expect(entry.act.subject == "connector-terms")
    #expect(try store.verify() == [])
  }

  @Test func `what happens to a version is told with its occasion, in order`() async throws {
    try await Sample.store(store)
    let (slug, label) = (Sample.slug, Sample.label("2026-01-02"))
    let acts: [Act] = [
      .versionPosted(Sample.posting("2026-01-02", basedOn: "2025-12-17")),
      .versionPostponed(slug, label, until: CalendarDate("2026-03-01")!, reason: "more time"),
      .changeReclassified(slug, label, change: 2, to: .material, legalBasis: nil, reason: "it is grave"),
      .versionWithdrawn(slug, label, reason: "a mistake"),
    ]
    for (index, act) in acts.enumerated() {
      _ = try await store.record([Sample.act(act, at: index)], by: "maria", at: Sample.moment(index))
    }
    let events = try await store.versions(of: slug)[1].events
    #expect(
      events.map(\.value) == [
        .postponed(until: CalendarDate("2026-03-01")!, reason: "more time"),
        .reclassified(change: 2, to: .material, legalBasis: nil, reason: "it is grave"),
        .withdrawn(reason: "a mistake"),
      ])
    #expect(events.map(\.occasion.recordedAt) == [1, 2, 3].map(Sample.moment))
  }

  @Test func `a developer's facts are those of one developer and one document`() async throws {
    try await Sample.store(store)
    let label = Sample.label("2025-12-17")
    let step = NoticeStep(version: label, channel: .courier, event: .received(.delivered, by: "stated by maria"))
    _ = try await store.record(
      [
        Sample.agreement(2, .agreed, at: 1), Sample.agreement(2, .accepted(label), at: 1),
        Sample.agreement(2, .declined(label), at: 1), Sample.agreement(2, .optedOut(label, ClauseSelector("9")), at: 1),
        Sample.agreement(2, .terminated(by: .platform, immediate: false, reason: "breach"), at: 1),
        Sample.act(.notice(Sample.developer(2), Sample.slug, NoticeRecord(step: step)), at: 1),
        Sample.act(.developerMoved(Sample.developer(2), to: Region(rawValue: "EEA")!), at: 1),
      ], by: "maria", at: Sample.moment(2))
    let facts = try await store.facts(of: Sample.developer(2), document: Sample.slug)
    #expect(
      facts.acts.map(\.value) == [
        .connectorAdded(Sample.connector("weather")), .agreed, .accepted(label), .declined(label),
        .optedOut(label, ClauseSelector("9")), .terminated(by: .platform, immediate: false, reason: "breach"),
      ])
    #expect(facts.acts[1].occasion.happenedAt == Sample.moment(1))
    #expect(facts.acts[1].occasion.recordedAt == Sample.moment(2))
    #expect(facts.notices.map(\.value) == [step])
    #expect(facts.regions.map(\.value.rawValue) == ["US", "EEA"])
    #expect(facts.hasAddress.map(\.value) == [true])
    #expect(try await store.documents(of: Sample.developer(2)) == [Sample.slug])
    #expect(try await store.facts(of: Sample.developer(2), document: Sample.other).acts.isEmpty)
    #expect(try await store.documents(of: Sample.developer(9)).isEmpty)
  }

  @Test func `developers are listed by identifier, a page at a time, with what is personal`() async throws {
    try await Sample.store(store, developers: [3, 1, 2], without: [2])
    let page = try await store.developers(after: nil, limit: 2)
    #expect(page.map(\.id.rawValue) == ["dev-1", "dev-2"])
    #expect(page.map(\.email?.rawValue) == ["dev1@example.com", nil])
    #expect(page[0].name == "Développeuse 1")
    #expect(page[0].connectors == [Sample.connector("weather"): Sample.slug])
    #expect(try await store.developers(after: page[1].id, limit: 2).map(\.id.rawValue) == ["dev-3"])
    #expect(try await store.developer(Sample.developer(9)) == nil)
  }

  @Test func `erasing takes name and address, and leaves what happened`() async throws {
    try await Sample.store(store)
    _ = try await store.record(
      [Sample.act(.versionPosted(Sample.posting("2026-01-02", basedOn: "2025-12-17")))], by: "maria",
      at: Sample.moment(1))
    _ = try await store.record(
      [Sample.act(.developerErased(Sample.developer(2)), at: 2)], by: "maria", at: Sample.moment(2))
    let entry = try #require(try await store.developer(Sample.developer(2)))
    #expect(entry.erased)
    #expect(entry.name == nil && entry.email == nil)
    let facts = try await store.facts(of: Sample.developer(2), document: Sample.slug)
    #expect(facts.acts.count == 1)
    #expect(facts.hasAddress.map(\.value) == [true, false])
    #expect(try await store.audience(of: Sample.slug) == Audience(byEmail: 2, byPosting: 1))
    let cancelled = try await store.notices(of: nil, version: nil, state: .cancelled, limit: 9)
    #expect(cancelled.map(\.developer) == [Sample.developer(2)])
  }

  @Test func `each contradiction is told by its name, and nothing is stored`() async throws {
    try await Sample.store(store)
    let (slug, label) = (Sample.slug, Sample.label("2025-12-17"))
    let (nobody, unknown) = (Sample.developer(9), Sample.label("2024-01-01"))
    let cases: [(RecordedAct, RecordConflict)] = [
      (Sample.act(.documentAdded(Sample.document())), .documentExists(slug)),
      (Sample.act(.documentChanged(Sample.document(Sample.other))), .unknownDocument(Sample.other)),
      (Sample.act(.versionPosted(Sample.posting("2026-01-02", of: Sample.other))), .unknownDocument(Sample.other)),
      (
        Sample.act(.versionPosted(Sample.posting("2026-01-02"))),
        .notBasedOnLatest(slug, basedOn: nil, latest: label)
      ),
      (
        Sample.act(.versionPosted(Sample.posting("2026-01-02", basedOn: "2024-01-01"))),
        .notBasedOnLatest(slug, basedOn: unknown, latest: label)
      ),
      (Sample.act(.versionPosted(Sample.posting("2025-12-17", basedOn: "2025-12-17"))), .versionExists(slug, label)),
      (Sample.act(.versionWithdrawn(slug, unknown, reason: "")), .unknownVersion(slug, unknown)),
      (Sample.registration(1), .developerExists(Sample.developer(1))),
      (Sample.act(.developerMoved(nobody, to: Region(rawValue: "US")!)), .unknownDeveloper(nobody)),
      (Sample.act(.developerErased(nobody)), .unknownDeveloper(nobody)),
      (Sample.agreement(9, .agreed), .unknownDeveloper(nobody)),
      (Sample.agreement(1, .agreed, of: Sample.other), .unknownDocument(Sample.other)),
      (Sample.agreement(1, .accepted(unknown)), .unknownVersion(slug, unknown)),
      (
        Sample.agreement(1, .connectorAdded(Sample.connector("weather"))),
        .connectorExists(Sample.developer(1), Sample.connector("weather"))
      ),
      (
        Sample.agreement(1, .connectorRemoved(Sample.connector("maps"))),
        .unknownConnector(Sample.developer(1), Sample.connector("maps"))
      ),
    ]
    let before = try await store.log(after: 0, limit: 100)
    for (act, conflict) in cases {
      await #expect(throws: conflict) {
        _ = try await store.record([Sample.registration(5), act], by: "maria", at: Sample.moment(1))
      }
    }
    #expect(try await store.log(after: 0, limit: 100) == before)
    #expect(try await store.developer(Sample.developer(5)) == nil)
  }
}
