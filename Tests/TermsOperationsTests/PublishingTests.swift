import Binding
import Redlining
import TermsModel
import TermsOperations
import Testing

@Suite struct PublishingTests {
  @Test func `a clause keeps its lineage through a changed number, a new neighbour and a change of words`() async throws
  {
    let harbor = try Harbor()
    try await harbor.addDocument()
    let one = try await harbor.publish(first, at: "2025-06-04T12:00:00Z").posting
    let two = try await harbor.publish(
      first
        .replacing(
          "(c) **Feedback.**", with: "(c) **Names.** You may not use our name without our consent.\n\n(d) **Feedback.**"
        )
        .replacing("30 days", with: "10 days"),
      at: "2025-12-17T12:00:00Z"
    ).posting

    func lineage(_ label: String, in posting: VersionPosting) -> LineageID? {
      posting.clauses.first { "\($0.label)" == label }?.lineage
    }
    #expect(lineage("1(b)", in: one) == lineage("1(b)", in: two), "its words changed")
    #expect(lineage("1(c)", in: one) == lineage("1(d)", in: two), "it was renumbered")
    #expect(one.clauses.allSatisfy { $0.lineage != lineage("1(c)", in: two) }, "it is new")
    #expect(Set(two.clauses.map(\.lineage)).count == two.clauses.count, "no lineage stands twice in one version")
    #expect(two.basedOn == one.label)
    #expect(
      two.clauses.map(\.source).joined() == (try await harbor.registry.text(of: Harbor.slug, version: nil).source))
  }

  @Test func `versions of one date are numbered, in the date of the document's zone`() async throws {
    let harbor = try Harbor()
    try await harbor.addDocument()
    let labels = [
      try await harbor.publish(first, at: "2025-12-18T05:00:00Z").posting.label,
      try await harbor.publish(first.replacing("30", with: "20"), at: "2025-12-18T06:00:00Z").posting.label,
      try await harbor.publish(first.replacing("30", with: "10"), at: "2025-12-18T09:00:00Z").posting.label,
    ]
    #expect(labels.map(\.rawValue) == ["2025-12-17", "2025-12-17.2", "2025-12-18"])
  }

  @Test(
    arguments: [
      (["1(b)=other"], [.other, .other], "a name means all that bear it"),
      (["1(b)#2=other"], [.material, .other], "one of several"),
      (
        ["1(b)#2=material", "1(b)=other"], [.other, .material], "what is said of one counts before what is said of all"
      ),
      (["1(b)=other", "1(b) #2=material"], [.other, .material], "in whichever order"),
      (["#1=other"], [.other, .material], "by its number in the version"),
    ] as [([String], [ChangeClass], String)])
  func `several changes of one name are decided together or one by one`(
    _ said: [String], _ decided: [ChangeClass], _ because: String
  ) async throws {
    let harbor = try Harbor()
    try await harbor.addDocument()
    try await harbor.publish(first, at: "2025-06-04T12:00:00Z")
    let text = first.replacing(
      "30 days.", with: "3 days.\n\n    You pay 900 dollars for each day that it takes longer.")
    let decisions = Decisions(
      overrides: said.map { text in
        let sides = text.split(separator: "=")
        return .init(
          clause: String(sides[0]), changeClass: ChangeClass(rawValue: String(sides[1])) ?? .material, legalBasis: nil)
      }, reason: "as agreed")
    let posting = try await harbor.publish(text, at: "2025-12-17T12:00:00Z", decisions: decisions).posting
    #expect(posting.changes.map(\.decided) == decided, "\(because)")
    let plan = try await harbor.registry.reclassification(
      of: Harbor.slug, version: posting.label,
      overrides: [
        .init(
          clause: "1(b)#2", changeClass: decided[1] == .other ? .material : .other, legalBasis: nil)
      ], reason: "a slip")
    #expect(plan.changes.map(\.number) == [2])
  }

  @Test(arguments: ["1(b)#3", "#7", "1(b)#0", "1(z)#1", "#"])
  func `a number that no change has is told`(_ name: String) async throws {
    let harbor = try Harbor()
    try await harbor.addDocument()
    try await harbor.publish(first, at: "2025-06-04T12:00:00Z")
    await #expect(throws: TermsRefusal.noSuchChange(name, changed: ["1(b)"])) {
      try await harbor.publish(
        first.replacing("30 days", with: "3 days"), at: "2025-12-17T12:00:00Z",
        decisions: Decisions(
          overrides: [.init(clause: name, changeClass: .material, legalBasis: nil)], reason: "as agreed"))
    }
  }

  @Test func `a class below the evidence needs a reason, which goes on record with the proposal`() async throws {
    let harbor = try Harbor()
    try await harbor.addDocument()
    try await harbor.publish(first, at: "2025-06-04T12:00:00Z")
    let text = first.replacing("30 days", with: "31 days")
    let override = Decisions.Override(clause: "1(b)", changeClass: .other, legalBasis: nil)
    await #expect(throws: TermsRefusal.self) {
      try await harbor.publish(text, at: "2025-12-17T12:00:00Z", decisions: Decisions(overrides: [override]))
    }
    let posting = try await harbor.publish(
      text, at: "2025-12-17T12:00:00Z", decisions: Decisions(overrides: [override], reason: "a slip of the pen")
    ).posting
    #expect(posting.changes.map(\.decided) == [.other])
    #expect(posting.changes.map(\.proposed.changeClass) == [.material])
    #expect(posting.changes.map(\.reason) == ["a slip of the pen"])
  }

  @Test func `a clause is named by the label it has now, before the label it had`() async throws {
    let harbor = try Harbor()
    try await harbor.addDocument()
    try await harbor.publish(first, at: "2025-06-04T12:00:00Z")
    let text = first.replacing(
      "(c) **Feedback.**", with: "(c) **Limits.** You will keep to our limits.\n\n(d) **Feedback.**")
    let override = Decisions.Override(clause: "1(c)", changeClass: .legalRequired, legalBasis: "Article 1")
    let posting = try await harbor.publish(
      text, at: "2025-12-17T12:00:00Z", decisions: Decisions(overrides: [override], reason: "by law")
    ).posting
    #expect(posting.changes.filter { $0.decided == .legalRequired }.map(\.label.description) == ["1(c)"])
  }

  @Test func `where the rules name the grounds for taking effect at once, a legal basis says which one it is`()
    async throws
  {
    let harbor = try Harbor()
    try await harbor.addDocument(.euP2B3)
    try await harbor.publish(first, at: "2025-06-04T12:00:00Z")
    let text = first.replacing("within 30 days", with: "within 30 days, as Regulation (EU) 2022/2065 demands")
    func decisions(_ basis: String) -> Decisions {
      Decisions(
        overrides: [.init(clause: "1(b)", changeClass: .legalRequired, legalBasis: basis)], reason: "demanded by law")
    }
    let grounds = RuleProfile.euP2B3.immediateGrounds
    await #expect(throws: TermsRefusal.basisWithoutGround(clause: "1(b)", basis: "article 17", grounds: grounds)) {
      try await harbor.publish(text, at: "2025-12-17T12:00:00Z", decisions: decisions("article 17"))
    }
    let posting = try await harbor.publish(
      text, at: "2025-12-17T12:00:00Z", decisions: decisions("law: article 17")
    ).posting
    #expect(posting.changes.map(\.legalBasis) == ["law: article 17"])
  }

  @Test func `a version is compared with what stands, also where another was posted on one withdrawn since`()
    async throws
  {
    let harbor = try Harbor()
    try await harbor.addDocument()
    try await harbor.publish(first, at: "2025-06-04T12:00:00Z")
    let second = first.replacing("within 30 days", with: "within 10 days")
    try await harbor.publish(second, at: "2025-12-17T12:00:00Z")
    let third = second.replacing("You may call the service.", with: "You may call the service, once a second.")
    try await harbor.publish(third, at: "2025-12-18T12:00:00Z")
    let early = try await harbor.registry.draft(Harbor.slug, text: Array(third.replacing("once", with: "twice").utf8))
    let plan = try await harbor.registry.withdrawal(
      of: Harbor.slug, version: VersionLabel(rawValue: "2025-12-17"), reason: "the wrong file")
    try await harbor.registry.perform(plan)
    let moment = try #require(Instant("2026-01-02T12:00:00Z"))
    await #expect(throws: TermsRefusal.standsOtherwise(Harbor.slug)) {
      try await harbor.registry.posting(of: early, at: moment, label: nil, decisions: Decisions(), summary: nil)
    }

    let again = try await harbor.registry.draft(Harbor.slug, text: Array(third.utf8))
    #expect(again.standing?.removed.map(\.rawValue) == ["2025-12-17"] && again.standing?.remains == [])
    #expect(again.redline?.changes.count == 1, "the ten days were taken back: that they come again is a change")
    let mended = third.replacing("within 10 days", with: "within 30 days")
    let draft = try await harbor.registry.draft(Harbor.slug, text: Array(mended.utf8))
    #expect(draft.redline?.changes.isEmpty == true, "it is the text that stands")
    #expect(draft.latestText?.source == mended)
    let posting = try await harbor.publish(mended, at: "2026-01-05T12:00:00Z").posting
    #expect(posting.changes.isEmpty, "worth posting, for no posted text says what stands")
  }

  @Test
  func `an import changes settings only where every wording has its place, and knows what is on record by its day`()
    async throws
  {
    let harbor = try Harbor()
    func terms(_ zone: String, _ versions: [(String, String)]) throws -> ImportedTerms {
      var settings = DocumentSettings(profile: .connectors7a)
      settings.timeZone = zone
      return ImportedTerms(
        document: Document(slug: Harbor.slug, title: "Terms", settings: settings),
        statesSettings: true,
        versions: try versions.map { day, text in
          ImportedTerms.Version(
            origin: "\(day).md", postedAt: settings.zone.firstMoment(of: try #require(CalendarDate(day))),
            text: Array(text.utf8))
        })
    }
    let second = first.replacing("within 30 days", with: "within 10 days")
    let posted = [("2025-06-04", first), ("2025-12-17", second)]
    try await harbor.registry.importTerms(try terms("America/Los_Angeles", posted)) { _ in }

    var results: [Bool] = []
    try await harbor.registry.importTerms(try terms("Europe/Berlin", posted)) { outcome in
      if case .present = outcome.result { results.append(true) } else { results.append(false) }
    }
    #expect(results == [true, true], "on record already, whatever zone the days are counted in now")
    #expect(try await harbor.registry.requireDocument(Harbor.slug).settings.timeZone == "Europe/Berlin")

    let stray = [("2025-09-01", first.replacing("within 30 days", with: "within 20 days"))] + posted
    await #expect(throws: ImportRefusal.self) {
      try await harbor.registry.importTerms(try terms("Asia/Tokyo", stray)) { _ in }
    }
    #expect(
      try await harbor.registry.requireDocument(Harbor.slug).settings.timeZone == "Europe/Berlin",
      "refused, and nothing is half done")
  }

  @Test func `the report counts what was decided otherwise than proposed, by rule`() async throws {
    let harbor = try Harbor()
    try await harbor.addDocument()
    try await harbor.publish(first, at: "2025-06-04T12:00:00Z")
    let override = Decisions.Override(clause: "1(b)", changeClass: .other, legalBasis: nil)
    try await harbor.publish(
      first.replacing("30 days", with: "31 days"), at: "2025-12-17T12:00:00Z",
      decisions: Decisions(overrides: [override], reason: "a slip of the pen"))
    let report = try await harbor.registry.classesReport(of: Harbor.slug)
    #expect(report.changes == 1)
    #expect(report.cells == [ClassesReport.Cell(proposed: .material, decided: .other): 1])
    #expect(report.rules.map(\.rule) == ["number-changed"])
    #expect(report.rules.map(\.lowered) == [1] && report.rules.map(\.raised) == [0])
    #expect(try await harbor.registry.classesReport(of: nil) == report)
  }

  @Test func `a graver class than proposed needs no reason`() async throws {
    let harbor = try Harbor()
    try await harbor.addDocument()
    try await harbor.publish(first, at: "2025-06-04T12:00:00Z")
    let posting = try await harbor.publish(
      first.replacing("service.", with: "servise."), at: "2025-12-17T12:00:00Z",
      decisions: Decisions(overrides: [.init(clause: "1 (A)", changeClass: .material, legalBasis: nil)])
    ).posting
    #expect(posting.changes.map(\.decided) == [.material])
  }

  @Test func `publishing tells those who are bound then, and not those who left or came later`() async throws {
    let harbor = try Harbor()
    try await harbor.addDocument()
    try await harbor.publish(first, at: "2025-06-04T12:00:00Z")
    _ = try await harbor.developer("bound", email: "bound@example.com")
    let left = try await harbor.developer("left", email: "left@example.com")
    _ = try await harbor.developer("silent")
    try await harbor.registry.terminate(
      left, under: Harbor.slug, by: .platform, immediate: true, reason: "breach", at: Instant("2025-09-01T12:00:00Z"))
    let publication = try await harbor.publish(first.replacing("30 days", with: "10 days"), at: "2025-12-17T12:00:00Z")
    #expect(publication.audience == Audience(byEmail: 1, byPosting: 1))
    _ = try await harbor.developer("late", email: "late@example.com", at: "2026-01-02T12:00:00Z")
    let due = try await harbor.registry.record.dueNotices(at: harbor.registry.now(), limit: 10)
    #expect(due.map(\.developer.rawValue) == ["bound"])
  }

  @Test func `an overtaken draft is refused and stores nothing`() async throws {
    let harbor = try Harbor()
    try await harbor.addDocument()
    try await harbor.publish(first, at: "2025-06-04T12:00:00Z")
    let registry = harbor.registry
    let draft = try await registry.draft(Harbor.slug, text: Array(first.replacing("30", with: "20").utf8))
    let posting = try await registry.posting(
      of: draft, at: try #require(Instant("2025-12-18T12:00:00Z")), label: nil, decisions: Decisions(), summary: nil)
    try await harbor.publish(first.replacing("30", with: "10"), at: "2025-12-17T12:00:00Z")
    let conflict = await #expect(throws: RecordConflict.self) {
      try await registry.record.record(
        [RecordedAct(.versionPosted(posting), happenedAt: registry.now())], by: "other", at: registry.now())
    }
    #expect(
      conflict == .notBasedOnLatest(Harbor.slug, basedOn: posting.basedOn, latest: VersionLabel(rawValue: "2025-12-17"))
    )
    // Whoever thought about a draft while somebody else published is told as well, though the record would take it.
    await #expect(throws: TermsRefusal.overtaken(Harbor.slug, latest: VersionLabel(rawValue: "2025-12-17"))) {
      try await registry.publish(draft, postedAt: nil, label: nil, decisions: Decisions(), summary: nil)
    }
    #expect(try await registry.record.versions(of: Harbor.slug).count == 2)
  }

  @Test func `who began before somebody else's version went on record is told, and who reviewed it may publish`()
    async throws
  {
    let harbor = try Harbor()
    try await harbor.addDocument()
    let registry = harbor.registry
    try await harbor.publish(first, at: "2025-06-04T12:00:00Z")
    let (begun, label) = (registry.now(), VersionLabel(rawValue: "2025-06-04"))
    let draft = try await registry.draft(Harbor.slug, text: Array(first.replacing("30", with: "20").utf8))
    // The clock stands still in these tests: recorded at the moment of beginning is recorded since.
    #expect(throws: TermsRefusal.overtaken(Harbor.slug, latest: label)) {
      try registry.requireUnovertaken(draft, since: begun)
    }
    try registry.requireUnovertaken(draft, since: begun, reviewed: label)
    harbor.set("2026-01-10T12:00:01Z")
    try registry.requireUnovertaken(draft, since: registry.now())
    #expect(throws: TermsRefusal.overtaken(Harbor.slug, latest: label)) {
      try registry.requireUnovertaken(draft, since: registry.now(), reviewed: VersionLabel(rawValue: "2025-01-01"))
    }
  }

  @Test func `who joined, as was recorded later, before a version was posted was not told of it`() async throws {
    let harbor = try Harbor()
    try await harbor.addDocument()
    try await harbor.publish(first, at: "2025-06-04T12:00:00Z")
    let early = try await harbor.developer("early", email: "early@example.com", at: "2025-06-10T12:00:00Z")
    harbor.set("2026-01-11T12:00:00Z")
    try await harbor.publish(first.replacing("30 days", with: "10 days"), at: "2025-12-17T12:00:00Z")
    harbor.set("2026-01-12T12:00:00Z")
    let late = try await harbor.developer("late", email: "late@example.com", at: "2025-06-10T12:00:00Z")
    let joined = try #require(Instant("2025-06-10T12:00:00Z"))
    let second = try #require(VersionLabel(rawValue: "2025-12-17"))
    let retrospect = try await harbor.registry.joiningInRetrospect(of: late, under: Harbor.slug, at: joined)
    #expect(retrospect.planned == [second] && retrospect.untold.isEmpty && !retrospect.joinedBeforeFirstVersion)
    let unreachable = try await harbor.developer("unreachable", at: "2025-06-10T12:00:00Z")
    let served = try await harbor.registry.joiningInRetrospect(of: unreachable, under: Harbor.slug, at: joined)
    #expect(served.planned.isEmpty && served.untold.isEmpty, "the posting serves who has no address")
    #expect(
      try await harbor.registry.joiningInRetrospect(of: early, under: Harbor.slug, at: joined).planned == [second],
      "its notice was planned with the posting")
    _ = try await harbor.registry.recordNotice(
      OutsideNotice(
        developer: late, document: Harbor.slug, version: second, channel: .email, sentAt: nil,
        receivedAt: Instant("2025-12-19T12:00:00Z"), failedAt: nil, reason: nil))
    let told = try await harbor.registry.joiningInRetrospect(of: late, under: Harbor.slug, at: joined)
    #expect(told.planned.isEmpty && told.untold.isEmpty)
  }
}
