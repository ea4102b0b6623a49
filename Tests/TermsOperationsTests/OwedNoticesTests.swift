import Binding
import TermsModel
import TermsOperations
import TermsParsing
import TermsStore
import Testing

/// Whoever joined before a version was posted, and went on record only after it, is told of it all the same.
@Suite struct OwedNoticesTests {
  private static let second = VersionLabel(rawValue: "2025-12-17").unsafelyUnwrapped

  /// Two versions, the second one with a material change, and nobody bound.
  private func harbor(_ profile: RuleProfile = ShippedProfiles.standard) async throws -> Harbor {
    let harbor = try Harbor()
    try await harbor.addDocument(profile)
    try await harbor.publish(first, at: "2025-06-04T12:00:00Z")
    try await harbor.publish(first.replacing("30 days", with: "10 days"), at: "2025-12-17T12:00:00Z")
    return harbor
  }

  private func planned(_ harbor: Harbor) async throws -> [String] {
    try await harbor.registry.record.notices(of: Harbor.slug, version: nil, state: nil, limit: 100).map {
      "\($0.developer) \($0.version) \($0.state)"
    }
  }

  struct Case: CustomTestStringConvertible {
    let joined: String
    var email: String? = "late@example.com"
    var profile = ShippedProfiles.standard
    let expected: [String]
    let because: String
    var testDescription: String { because }
  }

  @Test(arguments: [
    Case(
      joined: "2025-06-10T12:00:00Z", expected: ["late 2025-12-17 queued"], because: "the change waits for its notice"),
    Case(joined: "2025-12-18T12:00:00Z", expected: [], because: "who joined after the posting is bound by all of it"),
    Case(
      joined: "2025-06-10T12:00:00Z", email: nil, expected: [], because: "nobody can be written to without an address"),
    Case(
      joined: "2025-06-10T12:00:00Z",
      profile: ShippedProfiles.profile(named: "posting-only") ?? ShippedProfiles.standard,
      expected: [], because: "the rules require no notice but the posting"),
    Case(
      joined: "2025-06-01T12:00:00Z", expected: ["late 2025-12-17 queued"],
      because: "a first version changes nothing, so that nothing of it waits"),
  ])
  func `a joining of the past plans what the rules require, in its own act`(_ c: Case) async throws {
    let harbor = try await harbor(c.profile)
    _ = try await harbor.developer("late", email: c.email, at: c.joined)
    #expect(try await planned(harbor) == c.expected)
    #expect(try await harbor.registry.planOwedNotices(of: Harbor.slug, isTrial: false) == 0, "nothing is left to plan")
    #expect(try (harbor.registry.record as? TermsStore)?.verify() == [])
  }

  @Test func `a second joining plans nothing again, and one who was told is not told again`() async throws {
    let harbor = try await harbor()
    let late = try await harbor.developer("late", email: "late@example.com")
    try await harbor.registry.agree(late, to: Harbor.slug, at: Instant("2025-06-11T12:00:00Z"))
    #expect(try await planned(harbor) == ["late 2025-12-17 queued"])
  }

  @Test func `a withdrawn version is owed to nobody`() async throws {
    let harbor = try await harbor()
    try await harbor.registry.perform(
      harbor.registry.withdrawal(of: Harbor.slug, version: Self.second, reason: "a mistake"))
    _ = try await harbor.developer("late", email: "late@example.com")
    #expect(try await planned(harbor) == [])
  }

  @Test func `what is sent to who joined in retrospect is a notice like any other, and binds them in fifteen days`()
    async throws
  {
    let harbor = try await harbor()
    let late = try await harbor.developer("late", email: "late@example.com")
    let notice = try #require(
      try await harbor.registry.record.notice(of: Harbor.slug, version: Self.second, to: late))
    #expect(notice.givesNotice && notice.plannedAt == harbor.registry.now())
    _ = try await harbor.registry.record.claim(notice, at: harbor.registry.now())
    try await harbor.registry.record.finish(
      notice, outcome: .accepted(by: "mx.example"), messageSHA256: String(repeating: "ab", count: 32), by: "cron",
      at: harbor.registry.now())
    let answer = try await harbor.registry.answerBinding(of: late, under: Harbor.slug)
    #expect(answer.pending.map { $0.standing.state.day } == [CalendarDate("2026-01-25")])
  }

  @Test func `an import plans nothing, says so when asked, and all of it is planned on demand`() async throws {
    let harbor = try await harbor()
    let batch = try (1...3).map { number in
      ImportedDeveloper(
        developer: NewDeveloper(
          id: try #require(DeveloperID(rawValue: "dev-\(number)")),
          email: number == 3 ? nil : EmailAddress(rawValue: "dev\(number)@example.com"), name: nil,
          region: try #require(Region(rawValue: "US")), at: Instant("2025-06-10T12:00:00Z")),
        connector: .init(id: try #require(ConnectorID(rawValue: "c")), document: Harbor.slug))
    }
    try await harbor.registry.importDevelopers(batch)
    #expect(try await planned(harbor) == [])
    let report = try await harbor.registry.sufficiency(
      of: Harbor.slug, version: nil, limit: 10, withPeriod: false)
    #expect(report.unplanned == 2)
    var told: [String] = []
    #expect(
      try await harbor.registry.planOwedNotices(
        of: Harbor.slug, isTrial: true, tell: { told.append("\($0.developer) \($0.version)") }) == 2)
    #expect(told == ["dev-1 2025-12-17", "dev-2 2025-12-17"])
    #expect(try await planned(harbor) == [], "a trial writes nothing")
    let one = try #require(DeveloperID(rawValue: "dev-2"))
    #expect(try await harbor.registry.planOwedNotices(of: Harbor.slug, to: one, isTrial: false) == 1)
    #expect(try await planned(harbor) == ["dev-2 2025-12-17 queued"])
    #expect(try await harbor.registry.planOwedNotices(of: Harbor.slug, isTrial: false) == 1)
    #expect(
      try await harbor.registry.sufficiency(of: Harbor.slug, version: nil, limit: 10, withPeriod: false).unplanned == 0)
  }

  @Test func `who joins a document in the past is told of the versions that bind along with it`() async throws {
    let harbor = try await harbor()
    let main = try #require(DocumentSlug(rawValue: "main"))
    try await harbor.registry.addDocument(
      Document(
        slug: main, title: "Main",
        settings: DocumentSettings(
          profile: ShippedProfiles.standard, incorporated: [.init(document: Harbor.slug, pinned: nil)])))
    _ = try await harbor.registry.publish(
      main, text: Array(first.utf8), postedAt: Instant("2025-06-04T12:00:00Z"), decisions: Decisions())
    let id = try #require(DeveloperID(rawValue: "along"))
    try await harbor.registry.addDeveloper(
      NewDeveloper(
        id: id, email: EmailAddress(rawValue: "along@example.com"), name: nil,
        region: try #require(Region(rawValue: "US")), at: Instant("2025-06-10T12:00:00Z")))
    try await harbor.registry.agree(id, to: main, at: Instant("2025-06-10T12:00:00Z"))
    #expect(try await planned(harbor).contains("along 2025-12-17 queued"))
  }
}
