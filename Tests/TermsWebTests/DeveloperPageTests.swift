import Foundation
import HTTPTypes
import HummingbirdTesting
import Logging
import TermsModel
import TermsOperations
import TermsParsing
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

  /// A version of yesterday: a material change to 7(a), which is pending until 2026-02-15, and one to 1 that binds on posting.
  private func publishMore(_ harbor: WebHarbor, days: String = "9 days", at: String = "2026-01-31T17:00:00Z")
    async throws
  {
    let text = WebHarbor.text.replacing("15 days", with: days).replacing("govern", with: "apply to")
    let isFirst = days == "9 days"
    _ = try await harbor.registry.publish(
      WebHarbor.slug, text: Array(text.utf8), postedAt: Instant(at),
      decisions: isFirst
        ? Decisions(overrides: [.init(clause: "1", changeClass: .other, legalBasis: nil)], reason: "no other sense")
        : Decisions())
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
    ("accept", "version=2026-01-31", "You accepted version 2026-01-31: it binds you from now on."),
    ("accept", "version=2025-12-17", "You accepted version 2025-12-17. It bound you before"),
    ("decline", "version=2026-01-31", "You declined version 2026-01-31: that is on record"),
    ("decline", "version=2026-01-31", "what changes binds you from 2026-02-15 on"),
    ("end", "", "You gave notice. The agreement binds you until the end of 2026-03-02, and ends on 2026-03-03."),
    ("end", "immediate=yes&reason=harm", "ended at once"),
  ])
  func `an act is confirmed, recorded under the developer's name and receipted`(
    _ act: String, _ fields: String, _ words: String
  ) async throws {
    let harbor = try await WebHarbor()
    try await publishMore(harbor)
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
    #expect(reply.body.contains("The rules offer no opting out of clause 7(a)."), "\(reply.body)")
    let unsaid = try await send(harbor, "\(Self.me)/end", "form=\(token)&immediate=yes", cookie)
    #expect(unsaid.status == 422 && unsaid.body.contains("An ending at once needs its reason"), "\(unsaid.body)")
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

  @Test func `no receipt is given for what changes nothing`() async throws {
    let harbor = try await WebHarbor()
    let cookie = try await enter(harbor)
    let token = try formToken(try await harbor.ask(.get, "\(Self.me)/accept", headers: cookie))
    let before = try await harbor.store.logSize()
    let behind = try await send(harbor, "\(Self.me)/accept", "form=\(token)&version=2025-06-04", cookie)
    #expect(behind.status == 422)
    #expect(behind.body.contains("Version 2025-06-04 comes before version 2025-12-17"), "\(behind.body)")
    let late = try await send(harbor, "\(Self.me)/decline", "form=\(token)&version=2025-12-17", cookie)
    #expect(late.status == 422)
    #expect(late.body.contains("declining it would change nothing"), "\(late.body)")
    #expect(!late.body.contains("before that day"))
    #expect(try await harbor.store.logSize() == before)
    #expect(try await send(harbor, "\(Self.me)/accept", "form=\(token)&version=2025-12-17", cookie).status == 303)
    #expect(try await send(harbor, "\(Self.me)/accept", "form=\(token)&version=2025-12-17", cookie).status == 422)
    // Nor is it offered.
    let again = try await harbor.ask(.get, "\(Self.me)/accept", headers: cookie).body
    #expect(again.contains("You accepted version 2025-12-17 on 2026-02-01 already."), "\(again)")
    #expect(!again.contains("<button>Accept"), "\(again)")
  }

  @Test func `an agreement under notice says until when it binds, and is not ended by notice again`() async throws {
    let harbor = try await WebHarbor()
    let cookie = try await enter(harbor)
    let asked = try await harbor.ask(.get, "\(Self.me)/end", headers: cookie)
    #expect(try await harbor.ask(.get, Self.me, headers: cookie).body.contains(">End the agreement</a>"))
    let form = "form=\(try formToken(asked))"
    #expect(try await send(harbor, "\(Self.me)/end", form, cookie).status == 303)
    let page = try await harbor.ask(.get, Self.me, headers: cookie)
    #expect(
      page.body.contains("the end of 2026-03-02: by your notice the agreement ends on 2026-03-03"), "\(page.body)")
    #expect(!page.body.contains(">End the agreement</a>") && page.body.contains("End it at once"))
    let size = try await harbor.store.logSize()
    let again = try await send(harbor, "\(Self.me)/end", form, cookie)
    #expect(again.status == 422)
    #expect(again.body.contains("You ended the agreement already: it ends on 2026-03-03"), "\(again.body)")
    #expect(try await harbor.store.logSize() == size)
    #expect(try await send(harbor, "\(Self.me)/end", "\(form)&immediate=yes&reason=harm", cookie).status == 303)
    let ended = try await harbor.ask(.get, "\(Self.me)/end", headers: cookie)
    #expect(ended.body.contains("nothing to decide") && !ended.body.contains("What follows"), "\(ended.body)")
  }

  @Test func `what binds in part is said, and what is still to come is listed alone`() async throws {
    let harbor = try await WebHarbor()
    try await publishMore(harbor)
    let cookie = try await enter(harbor)
    func check(_ because: Comment) async throws {
      let page = try await harbor.ask(.get, Self.me, headers: cookie).body
      #expect(page.contains("version 2025-12-17</a>, wholly, and of version "), "\(page)")
      #expect(page.contains("what is in force of it: 1."), "\(page)")
      let rest = try #require(page.components(separatedBy: "What will change for you").dropFirst().first)
      let redline = try #require(rest.components(separatedBy: "<h2 id=\"why\">").first)
      #expect(redline.contains("7(a)") && redline.contains("binds you from 2026-02-1"), because)
      #expect(!redline.contains("apply to"), because)
    }
    try await check("the next version")
    try await publishMore(harbor, days: "8 days", at: "2026-02-01T10:00:00Z")
    try await check("across a version between")
    let accept = try await harbor.ask(.get, "\(Self.me)/accept", headers: cookie).body
    for words in [
      "of version 2026-01-31: material changes to 7(a), which would come on 2026-02-15.",
      "of version 2026-02-01: material changes to 7(a), which would come on 2026-02-16.",
    ] {
      #expect(accept.components(separatedBy: words).count == 2, "\(accept)")
    }
  }

  @Test func `opting out is offered where it counts, and once`() async throws {
    let harbor = try await WebHarbor(isEmpty: true)
    var profile = ShippedProfiles.standard
    profile.optOut = [.init(clauses: [ClauseSelector("7")], days: 30)]
    try await harbor.registry.addDocument(
      Document(slug: WebHarbor.slug, title: "Terms", settings: DocumentSettings(profile: profile)))
    let posted = ["2025-06-04T17:00:00Z", "2025-12-20T17:00:00Z"]
    for (text, at) in zip([WebHarbor.text, WebHarbor.text.replacing("15 days", with: "10 days")], posted) {
      _ = try await harbor.registry.publish(WebHarbor.slug, text: Array(text.utf8), postedAt: Instant(at))
    }
    let late = try #require(DeveloperID(rawValue: "late"))
    for (id, at) in [(WebHarbor.developer, "2025-07-01T17:00:00Z"), (late, "2026-01-31T17:00:00Z")] {
      try await harbor.registry.addDeveloper(
        NewDeveloper(
          id: id, email: nil, name: nil, region: try #require(Region(rawValue: "US")), at: Instant(at)))
      try await harbor.registry.agree(id, to: WebHarbor.slug, at: Instant(at))
    }
    let other = try await enter(harbor, as: late)
    #expect(try await !harbor.ask(.get, Self.me, headers: other).body.contains("Opt out of"), "they agreed on joining")
    let cookie = try await enter(harbor)
    #expect(try await harbor.ask(.get, Self.me, headers: cookie).body.contains("Opt out of 7<"))
    let asked = try await harbor.ask(.get, "\(Self.me)/opt-out", headers: cookie)
    #expect(asked.body.contains("7, as version 2025-12-20 changed it, until 2026-02-03"), "\(asked.body)")
    let form = "form=\(try formToken(asked))&choice=2025-12-20+7"
    let done = try await send(harbor, "\(Self.me)/opt-out", form, cookie)
    #expect(done.status == 303, "\(done.body)")
    let receipt = try await harbor.ask(.get, try #require(done.headers[.location]), headers: cookie)
    #expect(receipt.body.contains("the wording you last agreed to stays"), "\(receipt.body)")
    #expect(try await !harbor.ask(.get, Self.me, headers: cookie).body.contains("Opt out of"))
    let again = try await send(harbor, "\(Self.me)/opt-out", form, cookie)
    #expect(again.status == 422 && again.body.contains("You opted out of clause 7 already"), "\(again.body)")
  }

  @Test func `a session that was signed out opens nothing, and others of that moment go on`() async throws {
    let harbor = try await WebHarbor()
    let (cookie, other) = (try await enter(harbor), try await enter(harbor))
    let token = try formToken(try await harbor.ask(.get, Self.me, headers: cookie))
    #expect(try await send(harbor, "/sign-out", "form=\(token)", cookie).status == 303)
    #expect(try await harbor.ask(.get, Self.me, headers: cookie).status == 303, "a copy of the cookie is worth nothing")
    #expect(try await send(harbor, "\(Self.me)/end", "form=\(token)", cookie).status == 303)
    #expect(try await harbor.ask(.get, Self.me, headers: other).status == 200)
  }

  @Test func `a session that was signed out is so for every process of the service, until it would have run out`()
    async throws
  {
    let harbor = try await WebHarbor()
    let (cookie, other) = (try await enter(harbor), try await enter(harbor))
    let token = try formToken(try await harbor.ask(.get, Self.me, headers: cookie))
    #expect(try await send(harbor, "/sign-out", "form=\(token)", cookie).status == 303)
    let clock = harbor.clock
    let begunAnew = WebService(
      record: harbor.store, now: { clock.now }, makeSecret: { "" }, settings: harbor.service.settings,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    try await begunAnew.makeRouter().serving { client in
      let ended = try await harbor.ask(client, .get, Self.me, headers: cookie)
      #expect(ended.status == 303, "signed out elsewhere")
      let going = try await harbor.ask(client, .get, Self.me, headers: other)
      #expect(going.status == 200)
    }
    #expect(try harbor.store.verify() == [], "the log knows nothing of sessions")
  }
}
