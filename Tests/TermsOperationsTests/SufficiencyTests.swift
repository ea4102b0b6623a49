import Binding
import TermsModel
import TermsOperations
import TermsParsing
import Testing

/// Who will not be bound on the announced date, and why.
@Suite struct SufficiencyTests {
  private func outside(
    _ developer: DeveloperID, sent: String? = nil, received: String? = nil, failed: String? = nil
  ) -> OutsideNotice {
    OutsideNotice(
      developer: developer, document: Harbor.slug, version: nil, channel: .email, sentAt: sent.flatMap(Instant.init),
      receivedAt: received.flatMap(Instant.init), failedAt: failed.flatMap(Instant.init),
      reason: failed == nil ? nil : "550 no such user")
  }

  @Test func `everybody who misses the announced date is counted once, by the cause`() async throws {
    let harbor = try Harbor()
    try await harbor.addDocument()
    try await harbor.publish(first, at: "2025-06-04T12:00:00Z")
    var developers: [DeveloperID] = []
    for number in 1...5 {
      developers.append(try await harbor.developer("dev-\(number)", email: "dev\(number)@example.com"))
    }
    _ = try await harbor.developer("dev-6")
    try await harbor.publish(first.replacing("30 days", with: "10 days"), at: "2026-01-10T12:00:00Z")
    harbor.set("2026-01-20T12:00:00Z")
    for notice in [
      outside(developers[1], received: "2026-01-12T12:00:00Z"), outside(developers[2], sent: "2026-01-12T12:00:00Z"),
      outside(developers[3], received: "2026-01-12T12:00:00Z"),
      outside(developers[4], received: "2026-01-10T12:00:00Z"),
    ] { try await harbor.registry.recordNotice(notice) }
    // Heard of after the later date had been announced to them.
    harbor.set("2026-01-20T13:00:00Z")
    try await harbor.registry.recordNotice(outside(developers[3], failed: "2026-01-13T12:00:00Z"))
    let report = try await harbor.registry.sufficiency(of: Harbor.slug, version: nil, limit: 0, withPeriod: false)
    #expect(report.announced?.description == "2026-01-25")
    #expect(report.developers == 6)
    #expect(report.misses == [.notSent: 1, .late: 1, .unknown: 1, .failed: 1])
    #expect(report.missing == 2, "of them two still await a notice")
  }

  @Test func `who was not bound as known then is listed in the same order, whatever comes later`() async throws {
    let harbor = try Harbor()
    try await harbor.addDocument()
    try await harbor.publish(first, at: "2025-06-04T12:00:00Z")
    var developers: [DeveloperID] = []
    for number in [3, 1, 2] {
      developers.append(try await harbor.developer("dev-\(number)", email: "dev\(number)@example.com"))
    }
    try await harbor.publish(first.replacing("30 days", with: "10 days"), at: "2026-01-10T12:00:00Z")
    harbor.set("2026-01-20T12:00:00Z")
    let known = try #require(Instant("2026-01-20T12:00:00Z"))
    func listed() async throws -> [DeveloperID] {
      try await harbor.registry.sufficiency(
        of: Harbor.slug, version: nil, knownAt: known, limit: 2, withPeriod: true
      ).listed.map(\.developer)
    }
    let before = try await listed()
    #expect(before == Array(developers.prefix(2)))
    harbor.set("2026-01-21T12:00:00Z")
    _ = try await harbor.registry.eraseDeveloper(developers[0], reason: "asked for it")
    #expect(try await listed() == before, "who has no address any more stands where they stood")
  }

  @Test func `where posting is no notice, who has no address is a cause of its own`() async throws {
    let harbor = try Harbor()
    try await harbor.registry.addDocument(
      Document(
        slug: Harbor.slug, title: "Terms",
        settings: DocumentSettings(profile: try #require(ShippedProfiles.profile(named: "eu-p2b-3")))))
    try await harbor.publish(first, at: "2025-06-04T12:00:00Z")
    _ = try await harbor.developer("dev-1")
    _ = try await harbor.developer("dev-2", email: "dev2@example.com")
    try await harbor.publish(first.replacing("30 days", with: "10 days"), at: "2026-01-10T12:00:00Z")
    harbor.set("2026-01-20T12:00:00Z")
    let report = try await harbor.registry.sufficiency(of: Harbor.slug, version: nil, limit: 0, withPeriod: false)
    #expect(report.misses == (report.announced == nil ? [:] : [.noAddress: 1, .notSent: 1]))
    #expect(report.announced != nil)
  }
}
