import Foundation
import HTTPTypes
import TermsModel
import TermsOperations
import Testing

@testable import TermsWeb

/// Comparisons across versions that lie between: each change has the date of the step that made it.
@Suite struct SkippedVersionTests {
  /// Four versions: 2025-12-17 changes the days of 7(a), 2026-01-31 those and section 1, and 2026-02-01 puts another clause
  /// before 7(a), which it changes once more.
  private func harbor() async throws -> WebHarbor {
    let harbor = try await WebHarbor()
    let third = WebHarbor.text.replacing("15 days", with: "9 days").replacing("govern", with: "apply to")
    _ = try await harbor.registry.publish(
      WebHarbor.slug, text: Array(third.utf8), postedAt: Instant("2026-01-31T17:00:00Z"),
      decisions: Decisions(
        overrides: [.init(clause: "1", changeClass: .other, legalBasis: nil)], reason: "no other sense"))
    let fourth = third.replacing("9 days", with: "8 days")
      .replacing("(a) **", with: "(a) **Fees.** Every connector pays 3 dollars a month.\n\n(b) **")
    _ = try await harbor.registry.publish(WebHarbor.slug, text: Array(fourth.utf8))
    return harbor
  }

  /// The cards of changes on a page: what stands in each head beside its title.
  private func cards(_ page: String) -> [String: String] {
    Dictionary(
      page.components(separatedBy: "<section class=\"change\"").dropFirst().compactMap { card in
        guard
          let title = card.components(separatedBy: "<header><h").dropFirst().first?.dropFirst(2).prefix(while: {
            $0 != "<"
          }),
          let when = card.components(separatedBy: "<span class=\"when\">").dropFirst().first?.prefix(while: {
            $0 != "<"
          })
        else { return nil }
        return (String(title), String(when))
      }, uniquingKeysWith: { first, _ in first })
  }

  @Test func `each change of a comparison has the date of the last version that changed the clause`() async throws {
    let page = try await harbor().ask(.get, "/connector-terms/compare/2025-06-04...2026-02-01").body
    let cards = cards(page)
    #expect(cards["1 Introduction"] == "in force on posting, 2026-01-31, by version 2026-01-31", "\(page)")
    #expect(
      cards["7(a) → 7(b) Modifications"]
        == "in force from 2026-02-16, if told on 2026-02-01, by version 2026-02-01; also changed by 2025-12-17, 2026-01-31",
      "\(cards)")
    #expect(cards["7(a) Fees"] == "in force from 2026-02-16, if told on 2026-02-01, by version 2026-02-01", "\(cards)")
    #expect(page.contains("Beside each change is the date of the last version that changed the clause"))
  }

  @Test func `what was taken back gives no date to a clause that an earlier version changed`() async throws {
    let harbor = try await harbor()
    try await harbor.registry.perform(
      try await harbor.registry.withdrawal(of: WebHarbor.slug, version: nil, reason: "the wrong file"))
    let cards = cards(try await harbor.ask(.get, "/connector-terms/compare/2025-06-04...2026-02-01").body)
    #expect(
      cards["7(a) → 7(b) Modifications"]?.hasPrefix(
        "in force from 2026-02-15, if told on 2026-01-31, by version 2026-01-31")
        == true, "\(cards)")
    #expect(cards["7(a) Fees"]?.hasPrefix("withdrawn on 2026-02-01 before it bound anybody") == true, "\(cards)")
  }

  @Test func `changes back have no dates, and the page says why`() async throws {
    let page = try await harbor().ask(.get, "/connector-terms/compare/2026-02-01...2025-06-04").body
    #expect(cards(page).isEmpty, "\(page)")
    #expect(
      page.contains(
        "2026-02-01 was posted after 2025-06-04: these are the changes back, which no posting made, so they have no dates."
      ))
    let neighbours = try await harbor().ask(.get, "/connector-terms/compare/2025-06-04...2025-12-17").body
    #expect(!neighbours.contains("Beside each change"), "the dates and classes are the version's own")
  }

  @Test func `a developer sees a date beside each change that is to come, whatever the clause was called between`()
    async throws
  {
    let harbor = try await harbor()
    let links = DeveloperLinks(base: "", key: try await harbor.access.linkKey())
    let entry = try await harbor.ask(
      .get, links.page(of: WebHarbor.developer, about: WebHarbor.slug, issuedAt: harbor.clock.now))
    let cookie = String(try #require(entry.headers[.setCookie]).prefix { $0 != ";" })
    let page = try await harbor.ask(.get, "/me/connector-terms", headers: [.cookie: cookie]).body
    #expect(
      cards(page) == [
        "7(a) Fees": "binds you from 2026-02-16", "7(a) → 7(b) Modifications": "binds you from 2026-02-16",
      ],
      "\(page)")
  }
}
