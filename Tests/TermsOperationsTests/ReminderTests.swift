import TermsModel
import TermsOperations
import TermsParsing
import TermsStore
import Testing

/// Reminders before a date, where the document asks for them.
@Suite struct ReminderTests {
  /// Two developers under terms that ask for a reminder 7 days and 1 day before a date; a material change was posted on
  /// 10 January 2026.
  private func harbor(reminders: [Int]? = [7, 1]) async throws -> Harbor {
    let harbor = try Harbor()
    try await harbor.registry.addDocument(
      Document(
        slug: Harbor.slug, title: "Terms",
        settings: DocumentSettings(profile: ShippedProfiles.standard, reminders: reminders)))
    try await harbor.publish(first, at: "2025-06-04T12:00:00Z")
    _ = try await harbor.developer("dev-1", email: "dev1@example.com")
    _ = try await harbor.developer("dev-2", email: "dev2@example.com")
    try await harbor.publish(first.replacing("30 days", with: "10 days"), at: "2026-01-10T12:00:00Z")
    return harbor
  }

  private func tell(_ harbor: Harbor, _ developer: String, on moment: String) async throws {
    harbor.set(moment)
    try await harbor.registry.recordNotice(
      OutsideNotice(
        developer: try #require(DeveloperID(rawValue: developer)), document: Harbor.slug, version: nil,
        channel: .email, sentAt: nil, receivedAt: Instant(moment), failedAt: nil, reason: nil))
  }

  private func plan(_ harbor: Harbor, on moment: String, isTrial: Bool = false) async throws -> [String] {
    harbor.set(moment)
    var told: [String] = []
    let count = try await harbor.registry.planReminders(
      isTrial: isTrial, tell: { told.append("\($0.developer) of \($0.reminder.remindsOf)") })
    #expect(count == told.count)
    return told
  }

  @Test func `whoever was told is reminded once for each day that the document names`() async throws {
    let harbor = try await harbor()
    try await tell(harbor, "dev-1", on: "2026-01-10T20:00:00Z")
    // Told on the 10th: bound from the 25th. Reminders on the 18th and on the 24th.
    #expect(try await plan(harbor, on: "2026-01-17T20:00:00Z") == [])
    #expect(try await plan(harbor, on: "2026-01-18T20:00:00Z", isTrial: true) == ["dev-1 of 2026-01-25"])
    #expect(try await plan(harbor, on: "2026-01-18T20:00:00Z") == ["dev-1 of 2026-01-25"])
    #expect(try await plan(harbor, on: "2026-01-18T21:00:00Z") == [], "once is enough")
    #expect(try await plan(harbor, on: "2026-01-20T20:00:00Z") == [])
    #expect(try await plan(harbor, on: "2026-01-24T20:00:00Z") == ["dev-1 of 2026-01-25"])
    #expect(try await plan(harbor, on: "2026-01-25T20:00:00Z") == [], "the date has come")
    let notices = try await harbor.registry.record.notices(of: nil, version: nil, state: nil, limit: 10)
    let reminders = notices.filter { $0.remindsOf != nil }
    #expect(reminders.count == 2 && reminders.allSatisfy { !$0.givesNotice && !$0.isSuperseding })
  }

  @Test func `a day that was missed is made up for once, and a late notice needs no reminder at once`() async throws {
    let harbor = try await harbor()
    try await tell(harbor, "dev-1", on: "2026-01-10T20:00:00Z")
    try await tell(harbor, "dev-2", on: "2026-01-12T20:00:00Z")
    #expect(try await plan(harbor, on: "2026-01-22T20:00:00Z") == ["dev-1 of 2026-01-25", "dev-2 of 2026-01-27"])
    #expect(try await plan(harbor, on: "2026-01-23T20:00:00Z") == [])

    let short = try await self.harbor(reminders: [15])
    try await tell(short, "dev-1", on: "2026-01-10T20:00:00Z")
    #expect(try await plan(short, on: "2026-01-11T20:00:00Z") == [], "told on the very day of the reminder")
  }

  @Test func `nobody is reminded who was not told, accepted, or whose terms ask for none`() async throws {
    let harbor = try await harbor()
    #expect(try await plan(harbor, on: "2026-01-24T20:00:00Z") == [], "not told: the notice is still to come")
    let silent = try await self.harbor(reminders: nil)
    try await tell(silent, "dev-1", on: "2026-01-10T20:00:00Z")
    #expect(try await plan(silent, on: "2026-01-24T20:00:00Z") == [])
  }

  @Test func `a reminder that is sent starts no period and is no evidence of notice`() async throws {
    let harbor = try await harbor()
    try await tell(harbor, "dev-1", on: "2026-01-10T20:00:00Z")
    _ = try await plan(harbor, on: "2026-01-18T20:00:00Z")
    let record = harbor.registry.record
    let id = try #require(DeveloperID(rawValue: "dev-1"))
    let before = try await record.facts(of: id, document: Harbor.slug).notices
    let moment = try #require(Instant("2026-01-18T21:00:00Z"))
    let due = try await record.dueNotices(at: moment, limit: 10)
    let reminder = try #require(due.first { $0.remindsOf != nil })
    #expect(try await record.claim(reminder, at: moment))
    try await record.finish(
      reminder, outcome: .accepted(by: "mx"), messageSHA256: String(repeating: "ab", count: 32), by: "cron",
      at: moment)
    #expect(try await record.facts(of: id, document: Harbor.slug).notices == before)
    #expect(try (record as? TermsStore)?.verify() == [])
  }
}
