import Foundation
import HTTPTypes
import HummingbirdTesting
import TermsModel
import TermsOperations
import TermsStore
import Testing

@testable import TermsWeb

/// A developer's own pages: the way in, what they show, what can be done there.
@Suite struct DeveloperPageTests {
  private static let me = "/me/connector-terms"

  /// The cookie of a session begun by the link of a notice.
  private func enter(_ harbor: WebHarbor, as id: DeveloperID = WebHarbor.developer) async throws -> HTTPFields {
    let links = DeveloperLinks(base: "", key: try await harbor.access.linkKey())
    let reply = try await harbor.ask(.get, links.page(of: id, about: WebHarbor.slug, issuedAt: harbor.clock.now))
    #expect(reply.status == 303)
    #expect(reply.headers[.location] == Self.me)
    let cookie = try #require(reply.headers[.setCookie])
    for attribute in ["__Host-tenor=", "HttpOnly", "Secure", "SameSite=Lax", "Path=/"] {
      #expect(cookie.contains(attribute), "\(cookie)")
    }
    return [.cookie: String(cookie.prefix { $0 != ";" })]
  }

  private func formToken(_ page: WebHarbor.Reply) throws -> String {
    let rest = try #require(page.body.components(separatedBy: "name=\"form\" value=\"").dropFirst().first)
    return String(rest.prefix { $0 != "\"" })
  }

  private func send(_ harbor: WebHarbor, _ path: String, _ form: String, _ headers: HTTPFields) async throws
    -> WebHarbor.Reply
  {
    var headers = headers
    headers[.contentType] = "application/x-www-form-urlencoded"
    return try await harbor.ask(.post, path, headers: headers, body: form)
  }

  @Test func `the link in a notice leads to the page, until it is too old`() async throws {
    let harbor = try await WebHarbor()
    let cookie = try await enter(harbor)
    let page = try await harbor.ask(.get, Self.me, headers: cookie)
    #expect(page.status == 200)
    #expect(page.body.contains("version 2025-12-17"), "\(page.body)")
    #expect(page.headers[.cacheControl] == "private, no-store")
    harbor.clock.advance(days: 1)
    #expect(try await harbor.ask(.get, Self.me, headers: cookie).status == 303, "a session lasts twelve hours")
    let links = DeveloperLinks(base: "", key: try await harbor.access.linkKey())
    let old = links.page(of: WebHarbor.developer, about: WebHarbor.slug, issuedAt: harbor.clock.now)
    harbor.clock.advance(days: Int(DeveloperLinks.days))
    let reply = try await harbor.ask(.get, old)
    #expect(reply.status == 403)
    #expect(reply.body.contains("This link is no good"))
  }

  @Test func `a link or a session that was tampered with opens nothing`() async throws {
    let harbor = try await WebHarbor()
    let links = DeveloperLinks(base: "", key: try await harbor.access.linkKey())
    let link = links.page(of: WebHarbor.developer, about: WebHarbor.slug, issuedAt: harbor.clock.now)
    #expect(try await harbor.ask(.get, link.replacing("dev-42", with: "dev-43")).status == 403)
    #expect(try await harbor.ask(.get, link.replacing("~", with: "-")).status == 403)
    let cookie = try #require(try await enter(harbor)[.cookie])
    for bad in [
      cookie.replacing("dev-42", with: "dev-43"), cookie.replacing("=d~", with: "=t~"), cookie + "0", "__Host-tenor=x",
    ] {
      let reply = try await harbor.ask(.get, Self.me, headers: [.cookie: bad])
      #expect(reply.status == 303, "\(bad)")
      #expect(reply.headers[.location] == "/sign-in?next=/me/connector-terms")
    }
    // A calendar's key opens the calendar and nothing else.
    let key = try await harbor.access.linkKey()
    let calendar = SignedTicket(
      purpose: .calendar, subject: "dev-42", expiresAt: harbor.clock.now.adding(seconds: 60)
    ).signed(with: key)
    #expect(try await harbor.ask(.get, "/me/in/\(calendar)").status == 403)
    let days = try await harbor.ask(.get, "/feeds/developers/\(calendar).ics")
    #expect(days.status == 200)
    #expect(days.body.contains("DTSTART;VALUE=DATE:20260101"), "\(days.body)")
  }

  @Test(arguments: [
    ("accept", "version=2025-12-17", "You accepted version 2025-12-17"),
    ("decline", "version=2025-12-17", "You declined version 2025-12-17"),
    ("end", "", "You gave notice"), ("end", "immediate=yes&reason=harm", "ended at once"),
  ])
  func `an act is confirmed, recorded under the developer's name and receipted`(
    _ act: String, _ fields: String, _ words: String
  ) async throws {
    let harbor = try await WebHarbor()
    let cookie = try await enter(harbor)
    let asked = try await harbor.ask(.get, "\(Self.me)/\(act)", headers: cookie)
    #expect(asked.body.contains("What follows"))
    let before = try await harbor.store.logSize()
    let done = try await send(harbor, "\(Self.me)/\(act)", "form=\(try formToken(asked))&\(fields)", cookie)
    #expect(done.status == 303, "\(done.body)")
    #expect(try await harbor.store.logSize() == before + 1)
    let receipt = try await harbor.ask(.get, try #require(done.headers[.location]), headers: cookie)
    #expect(receipt.body.contains(words), "\(receipt.body)")
    #expect(receipt.body.contains("developer:dev-42 by link"))
    #expect(try harbor.store.verify() == [])
  }

  @Test func `nothing is done by a form that is not of this session`() async throws {
    let harbor = try await WebHarbor()
    let cookie = try await enter(harbor)
    let before = try await harbor.store.logSize()
    let token = try formToken(try await harbor.ask(.get, "\(Self.me)/accept", headers: cookie))
    #expect(try await send(harbor, "\(Self.me)/accept", "", cookie).status == 403)
    #expect(
      try await send(harbor, "\(Self.me)/accept", "form=\(token.reversed().map(String.init).joined())", cookie).status
        == 403)
    var foreign = cookie
    foreign[.secFetchSite] = "cross-site"
    #expect(try await send(harbor, "\(Self.me)/accept", "form=\(token)", foreign).status == 403)
    #expect(try await harbor.ask(.post, "\(Self.me)/accept", headers: cookie, body: "form=\(token)").status == 415)
    #expect(try await harbor.store.logSize() == before)
  }

  @Test func `what the rules do not offer is refused in their words`() async throws {
    let harbor = try await WebHarbor()
    let cookie = try await enter(harbor)
    let token = try formToken(try await harbor.ask(.get, "\(Self.me)/opt-out", headers: cookie))
    let reply = try await send(harbor, "\(Self.me)/opt-out", "form=\(token)&clause=7(a)", cookie)
    #expect(reply.status == 422)
    #expect(reply.body.contains("role=\"alert\""), "\(reply.body)")
    #expect(try await send(harbor, "\(Self.me)/end", "form=\(token)&immediate=yes", cookie).status == 400)
  }

  @Test func `a developer sees their own facts alone`() async throws {
    let harbor = try await WebHarbor()
    try await harbor.registry.addDeveloper(
      NewDeveloper(
        id: try #require(DeveloperID(rawValue: "eve")), email: nil, name: nil,
        region: try #require(Region(rawValue: "US")),
        at: nil))
    let eve = try await enter(harbor, as: try #require(DeveloperID(rawValue: "eve")))
    #expect(try await harbor.ask(.get, Self.me, headers: eve).status == 422, "eve has no agreement")
    #expect(try await harbor.ask(.get, "\(Self.me)/receipts/4", headers: eve).status == 404, "an act of another's")
    #expect(try await harbor.ask(.get, "/desk", headers: eve).status == 403)
    for page in ["text", "timeline.svg"] {
      let reply = try await harbor.ask(.get, "\(Self.me)/\(page)", headers: eve)
      #expect(!reply.body.contains("dev-42"))
    }
    let own = try await harbor.ask(.get, "\(Self.me)/timeline.svg", headers: try await enter(harbor))
    #expect(own.headers[.contentType] == "image/svg+xml")
    #expect(
      try await harbor.ask(.get, "\(Self.me)/text", headers: try await enter(harbor)).body.contains(
        "10 days after notice"))
  }
}
