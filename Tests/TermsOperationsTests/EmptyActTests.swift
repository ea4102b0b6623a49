import TermsModel
import TermsOperations
import TermsParsing
import Testing

/// Acts that would change nothing are refused: a receipt for one would be false (section 3.1, rules 5 to 8).
@Suite struct EmptyActTests {
  static let labels = ["2025-06-04", "2025-12-17", "2026-01-20"].map { VersionLabel(rawValue: $0).unsafelyUnwrapped }

  /// One developer without an address, bound by the second version; the third is pending. It is 2026-01-21, and the rules
  /// offer opting out of clause 2.
  private func harbor() async throws -> (Harbor, DeveloperID) {
    let harbor = try Harbor()
    var profile = ShippedProfiles.standard
    profile.optOut = [.init(clauses: [ClauseSelector("2")], days: 30)]
    harbor.set("2025-06-01T12:00:00Z")
    try await harbor.addDocument(profile)
    harbor.set("2026-01-21T18:00:00Z")
    try await harbor.publish(first, at: "2025-06-04T18:00:00Z")
    let developer = try await harbor.developer("dev")
    let second = first.replacing("30 days", with: "10 days").replacing("100 dollars", with: "50 dollars")
    try await harbor.publish(second, at: "2025-12-17T18:00:00Z")
    try await harbor.publish(second.replacing("10 days", with: "5 days"), at: "2026-01-20T18:00:00Z")
    return (harbor, developer)
  }

  private func refusal(_ body: () async throws -> some Sendable) async -> TermsRefusal? {
    do {
      _ = try await body()
      return nil
    } catch {
      return error as? TermsRefusal
    }
  }

  @Test func `what a later version took the place of is not accepted, and what was accepted is not accepted twice`()
    async throws
  {
    let (harbor, developer) = try await harbor()
    let registry = harbor.registry
    func accept(_ version: VersionLabel, at: Instant? = nil) async -> TermsRefusal? {
      await refusal { try await registry.accept(developer, of: Harbor.slug, version: version, at: at) }
    }
    let today = try #require(CalendarDate("2026-01-21"))
    #expect(await accept(Self.labels[0]) == .boundByLater(Self.labels[0], later: Self.labels[1], developer))
    #expect(await accept(Self.labels[1]) == nil, "what binds by a notice is worth an express word")
    #expect(await accept(Self.labels[1]) == .acceptedAlready(Self.labels[1], developer, on: today))
    let earlier = try #require(Instant("2025-12-20T18:00:00Z"))
    #expect(await accept(Self.labels[1], at: earlier) == nil, "it was pending then, and came into force that day")
    #expect(await accept(Self.labels[2]) == nil)
    #expect(await accept(Self.labels[2]) == .acceptedAlready(Self.labels[2], developer, on: today))
    #expect(await accept(Self.labels[1]) == .boundByLater(Self.labels[1], later: Self.labels[2], developer))
  }

  @Test func `what binds is not declined, and what was declined is not declined twice`() async throws {
    let (harbor, developer) = try await harbor()
    let registry = harbor.registry
    func decline(_ version: VersionLabel) async -> TermsRefusal? {
      await refusal { try await registry.decline(developer, of: Harbor.slug, version: version) }
    }
    for label in Self.labels.dropLast() { #expect(await decline(label) == .nothingToDecline(label, developer)) }
    #expect(await decline(Self.labels[2]) == nil)
    let today = try #require(CalendarDate("2026-01-21"))
    #expect(await decline(Self.labels[2]) == .declinedAlready(Self.labels[2], developer, on: today))
    #expect(await refusal { try await registry.accept(developer, of: Harbor.slug, version: Self.labels[2]) } == nil)
    #expect(await decline(Self.labels[2]) == .nothingToDecline(Self.labels[2], developer))
  }

  @Test func `a second notice of ending is refused, one that ends it earlier or comes from the other side is not`()
    async throws
  {
    let (harbor, developer) = try await harbor()
    let registry = harbor.registry
    func end(_ party: Party, immediate: Bool = false) async -> TermsRefusal? {
      await refusal {
        try await registry.terminate(
          developer, under: Harbor.slug, by: party, immediate: immediate, reason: immediate ? "harm" : nil)
      }
    }
    #expect(await end(.developer) == nil)
    let day = try #require(CalendarDate("2026-02-20"))
    harbor.set("2026-01-25T18:00:00Z")
    #expect(await end(.developer) == .endsAlready(developer, Harbor.slug, by: .developer, on: day))
    #expect(await end(.platform) == nil)
    #expect(await end(.developer, immediate: true) == nil)
  }

  @Test func `opting out is offered where it counts, once`() async throws {
    let (harbor, developer) = try await harbor()
    let registry = harbor.registry
    func offers(_ id: DeveloperID) async throws -> [String] {
      try await registry.optOutOffers(for: id, under: Harbor.slug).map {
        "\($0.version) \($0.clause) \($0.lastDay.map { "\($0)" } ?? "")"
      }
    }
    // In force on 1 January, and 30 days from there.
    #expect(try await offers(developer) == ["2025-12-17 2 2026-01-31"])
    let late = try await harbor.developer("late", at: "2026-01-02T12:00:00Z")
    #expect(try await offers(late) == [], "they agreed to the words on joining")
    let today = try await harbor.developer("today", at: "2026-01-21T12:00:00Z")
    #expect(try await offers(today) == [])
    func optOut() async -> TermsRefusal? {
      await refusal {
        try await registry.optOut(
          developer, of: Harbor.slug, version: Self.labels[1], clauses: [ClauseSelector("2")])
      }
    }
    #expect(await optOut() == nil)
    #expect(await optOut() == .optedOutAlready(ClauseSelector("2"), Self.labels[1], developer))
    #expect(try await offers(developer) == [])
    harbor.set("2026-02-01T18:00:00Z")
    let slow = try await harbor.developer("slow")
    #expect(try await offers(slow) == [], "the last day has passed")
  }
}
