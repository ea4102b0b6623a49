import TermsModel
import Testing

@testable import Binding

/// Section 3.1, rule 12: the contracting entity, incorporated documents, precedence.
@Suite struct PartiesTests {
  static let record: Record = {
    var record = Record.bound()
    record.document.settings.entities = [
      .init(name: "Example Ireland Ltd.", regions: ["EEA"]), .init(name: "Example GmbH", regions: ["CH"]),
      .init(name: "Example, Inc.", regions: []),
    ]
    return record
  }()

  @Test(
    arguments: [
      ("2025-12-09", "Example, Inc.", "as registered"),
      ("2025-12-10T17:00:00Z", "Example Ireland Ltd.", "from the moment of the move"),
      ("2026-01-04", "Example Ireland Ltd.", "until the next one"),
      ("2026-01-06", "Example GmbH", "moved on"),
    ] as [(Asked, String, String)])
  func `the contracting entity follows dated moves`(at: Asked, entity: String, because: String) {
    var record = Self.record
    record.move(to: "CH", at: "2026-01-05T17:00:00Z")
    record.move(to: "EEA", at: "2025-12-10T17:00:00Z", recorded: "2026-01-06T17:00:00Z")
    #expect(record.answer(at).entity == entity, "\(because)")
  }

  @Test func `who the other side was on the last day is who it is for what survives`() {
    var record = Self.record
    record.act(.terminated(by: .developer, immediate: true, reason: nil), at: "2025-12-01T17:00:00Z")
    record.move(to: "CH", at: "2025-12-10T17:00:00Z")
    #expect(record.answer("2026-01-01").entity == "Example, Inc.")
  }

  @Test func `no company is named where the settings name none`() {
    #expect(Record.bound().answer("2026-01-01").entity == nil)
  }

  static func service(_ profile: RuleProfile = .connectors7a) -> BindingRecord {
    var service = Record(profile)
    service.document = Document(slug: "service-terms", title: "Service terms", settings: service.document.settings)
    service.register(hasAddress: true, region: "US", at: "2025-07-01T16:00:00Z")
    service.post("s1", at: "2025-06-04T16:00:00Z")
    service.post("s2", at: "2026-03-01T17:00:00Z", [.material("8.2", clause: 82)])
    service.mail(of: "s2", at: "2026-03-01T17:00:00Z")
    return BindingRecord(document: service.document, versions: service.versions, facts: service.facts)
  }

  @Test(
    arguments: [
      ("2026-03-15", "s1", "the change to the other document is pending"),
      ("2026-03-16", "s2", "15 days after its own notice"),
    ] as [(Asked, VersionLabel, String)])
  func `a floating document binds in the version that binds this developer`(
    at: Asked, version: VersionLabel, because: String
  ) {
    var record = Self.record
    record.document.settings.incorporated = [.init(document: "service-terms", pinned: nil)]
    let answer = record.answer(at, incorporated: [Self.service()])
    #expect(answer.incorporated == [.init(document: "service-terms", isPinned: false, version: version)], "\(because)")
  }

  @Test func `a floating document's change is a change of the answer`() {
    var record = Self.record
    record.document.settings.incorporated = [.init(document: "service-terms", pinned: nil)]
    #expect(record.answer("2026-03-10", incorporated: [Self.service()]).nextChange == "2026-03-16T07:00:00Z")
  }

  @Test func `a pinned document binds in its version for good`() {
    var record = Self.record
    record.document.settings.incorporated = [.init(document: "service-terms", pinned: "s1")]
    let answer = record.answer("2026-06-01", incorporated: [Self.service()])
    #expect(answer.incorporated == [.init(document: "service-terms", isPinned: true, version: "s1")])
    #expect(answer.says("incorporated documents") == ["service-terms binds along, pinned to version s1"])
  }

  @Test func `an agreement of their own over the other document goes first`() {
    var record = Self.record
    record.document.settings.incorporated = [.init(document: "service-terms", pinned: nil)]
    let service = Self.service()
    var facts = service.facts
    facts.acts = [
      Fact(.agreed, Occasion(happenedAt: "2026-03-02T16:00:00Z", recordedAt: "2026-03-02T16:00:00Z", sequence: 90))
    ]
    let own = BindingRecord(document: service.document, versions: service.versions, facts: facts)
    #expect(record.answer("2026-03-10", incorporated: [own]).incorporated.first?.version == "s2", "joined under s2")
  }

  // MARK: Asked about the document that is named

  /// The other document's record of a developer who agreed only to the one that names it.
  static func named(
    _ facts: Record, byKnown known: Instant = "2025-06-01T16:00:00Z",
    as reference: NamingAgreement.Reference = .floating
  ) -> Record {
    var record = Record()
    record.document = Document(slug: "service-terms", title: "Service terms", settings: record.document.settings)
    record.register(hasAddress: true, region: "US", at: "2025-07-01T16:00:00Z")
    record.post("s1", at: "2025-06-04T16:00:00Z")
    record.post("s2", at: "2026-03-01T17:00:00Z", [.material("8.2", clause: 82)])
    record.mail(of: "s2", at: "2026-03-01T17:00:00Z")
    record.bind(
      along: NamingAgreement(
        document: "connector-terms",
        names: [Fact(reference, Occasion(happenedAt: known, recordedAt: known, sequence: 1))],
        acts: facts.facts.acts))
    return record
  }

  @Test(
    arguments: [
      ("2025-06-30", nil, "before the agreement over the document that names it"),
      ("2026-03-15", "s1", "bound along since, and the change is pending"),
      ("2026-03-16", "s2", "15 days after its own notice"),
    ] as [(Asked, VersionLabel?, String)])
  func `a document binds along with the one that names it, by its own versions and notices`(
    at: Asked, version: VersionLabel?, because: String
  ) {
    let answer = Self.named(.bound()).answer(at)
    #expect(answer.version == version && answer.bound == (version != nil), "\(because)")
    guard version != nil else { return }
    #expect(
      answer.says("incorporated documents") == [
        "connector-terms, which the developer agreed to, names this document: it binds along"
      ])
  }

  @Test(
    arguments: [
      ("s1", "2026-06-01", "2025-07-01", "the one posted when they joined"),
      ("s2", "2026-06-01", "2026-03-01", "one posted later binds from its posting on"),
    ] as [(VersionLabel, Asked, CalendarDate, String)])
  func `a document that is named in one version binds in that one for good`(
    _ pinned: VersionLabel, _ at: Asked, since: CalendarDate, because: String
  ) throws {
    var record = Self.named(.bound(), as: .pinned(pinned))
    record.happen(.withdrawn(reason: "oops"), to: "s2", at: "2026-03-02T17:00:00Z")
    let answer = record.answer(at)
    #expect(answer.bound && answer.version == pinned, "\(because)")
    #expect(answer.versions.map(\.version) == [pinned] && answer.pending.isEmpty)
    #expect(
      answer.says("incorporated documents") == [
        "connector-terms, which the developer agreed to, names this document: it binds along, in version \(pinned) for good"
      ])
    let text = try consolidatedText(
      document: record.document, versions: record.versions, facts: record.facts,
      texts: record.versions.map { PostedText(version: $0.label, clauses: []) }, question: answer.question)
    #expect(text?.posted == pinned)
    let drawn = Binding.timeline(
      document: record.document, versions: record.versions, facts: record.facts, now: "2026-06-01T00:00:00Z",
      knownAt: .endOfTime)
    #expect(drawn?.bars.map(\.version) == [pinned])
    #expect(drawn?.bars.first?.stretches.first?.from == since)
  }

  @Test func `what a developer says of a version of the named document counts there`() {
    var record = Self.named(.bound())
    record.act(.accepted("s2"), at: "2026-03-02T17:00:00Z")
    #expect(record.answer("2026-03-03").version == "s2")
    #expect(record.answer("2026-03-02").version == "s1")
  }

  @Test func `it ends with the agreement over the document that names it`() {
    var naming = Record.bound()
    naming.act(.terminated(by: .developer, immediate: true, reason: nil), at: "2026-01-05T17:00:00Z")
    let record = Self.named(naming)
    #expect(record.answer("2026-01-05").bound && !record.answer("2026-01-06").bound)
    #expect(record.answer("2026-01-06").surviving == [], "bound once, so the clauses that survive are asked for")
  }

  @Test func `it is not known to be named before that was on record`() {
    let record = Self.named(.bound(), byKnown: "2025-09-01T16:00:00Z")
    #expect(!record.answer("2026-01-01", known: "2025-08-31T00:00:00Z").bound)
    #expect(record.answer("2026-01-01", known: "2025-09-02T00:00:00Z").bound)
  }

  @Test func `an agreement of their own over the named document goes before the other one`() {
    var record = Self.named(.bound())
    record.act(.agreed, at: "2026-03-02T16:00:00Z")
    #expect(record.answer("2026-03-03").version == "s2", "joined under s2")
    #expect(record.answer("2026-03-02").version == "s1", "bound along until then")
    #expect(record.answer("2026-03-03").says("incorporated documents") == [])
  }

  @Test func `the stated precedence decides conflicts`() {
    var record = Self.record
    record.document.settings.precedence = ["order-form", "service-terms"]
    let answer = record.answer("2026-01-01")
    #expect(answer.precedence == ["order-form", "service-terms"])
    #expect(answer.says("precedence") == ["in a conflict order-form before service-terms before connector-terms"])
  }
}
