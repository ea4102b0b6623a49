import Foundation
import HTTPTypes
import HummingbirdTesting
import TermsModel
import TermsOperations
import TermsParsing
import TermsStore
import Testing

@testable import TermsWeb

/// The operator's desk: signing in, drafts, deciding, publishing.
@Suite struct DeskTests {
  private func signIn(_ harbor: WebHarbor, _ role: Role = .operator) async throws -> HTTPFields {
    let text = try await harbor.access.createToken(role: role).text.revealed
    let reply = try await harbor.ask(
      .post, "/sign-in", headers: [.contentType: "application/x-www-form-urlencoded"], body: "token=\(text)&next=/desk")
    #expect(reply.status == 303, "\(reply.body)")
    #expect(reply.headers[.location] == "/desk")
    return [.cookie: String(try #require(reply.headers[.setCookie]).prefix { $0 != ";" })]
  }

  private func fields(_ harbor: WebHarbor, _ path: String, _ cookie: HTTPFields) async throws -> [String: String] {
    let page = try await harbor.ask(.get, path, headers: cookie)
    var fields: [String: String] = [:]
    for name in ["form", "changed-at"] {
      if let rest = page.body.components(separatedBy: "name=\"\(name)\" value=\"").dropFirst().first {
        fields[name] = String(rest.prefix { $0 != "\"" })
      }
    }
    return fields
  }

  private func send(
    _ harbor: WebHarbor, _ path: String, _ fields: [String: String], _ cookie: HTTPFields
  ) async throws -> WebHarbor.Reply {
    var headers = cookie
    headers[.contentType] = "application/x-www-form-urlencoded"
    let body = fields.map { "\($0.key)=\($0.value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")" }
    return try await harbor.ask(.post, path, headers: headers, body: body.joined(separator: "&"))
  }

  private func draft(_ harbor: WebHarbor, _ cookie: HTTPFields, days: Int = 5) async throws -> String {
    var fields = try await fields(harbor, "/desk/connector-terms/new", cookie)
    fields["text"] = WebHarbor.text.replacing("15 days", with: "\(days) days")
    let reply = try await send(harbor, "/desk/connector-terms/new", fields, cookie)
    #expect(reply.status == 303, "\(reply.body)")
    return try #require(reply.headers[.location])
  }

  @Test func `the desk counts a notice that failed after it was accepted as failed`() async throws {
    let harbor = try await WebHarbor()
    let cookie = try await signIn(harbor)
    let developer = try #require(DeveloperID(rawValue: "ada"))
    try await harbor.registry.addDeveloper(
      NewDeveloper(
        id: developer, email: try EmailAddress(checking: "ada@example.com"), name: nil,
        region: try #require(Region(rawValue: "US")), at: Instant("2026-01-01T17:00:00Z")))
    try await harbor.registry.addConnector(
      try #require(ConnectorID(rawValue: "c")), of: developer, under: WebHarbor.slug,
      at: Instant("2026-01-01T17:00:00Z"))
    let address = try await draft(harbor, cookie)
    var publish = try await fields(harbor, address, cookie)
    publish["confirmation"] = "connector-terms"
    let version = try #require(try await send(harbor, "\(address)/publish", publish, cookie).headers[.location])
    let notice = try #require(try await harbor.store.dueNotices(at: harbor.clock.now, limit: 1).first)
    #expect(try await harbor.store.claim(notice, at: harbor.clock.now))
    try await harbor.store.finish(
      notice, outcome: .accepted(by: "mx"), messageSHA256: "ab", by: "cron", at: harbor.clock.now)
    #expect(try await harbor.ask(.get, version, headers: cookie).body.contains("<dt>accepted</dt><dd>1</dd>"))
    try await harbor.registry.recordNotice(
      OutsideNotice(
        developer: developer, document: WebHarbor.slug, version: nil, channel: .email, sentAt: nil, receivedAt: nil,
        failedAt: harbor.clock.now, reason: "550 5.1.1"))
    let page = try await harbor.ask(.get, version, headers: cookie).body
    #expect(page.contains("<dt>failed after being accepted</dt><dd>1</dd>") && !page.contains("<dt>accepted</dt>"))
    #expect(page.contains("<td data-label=\"Why\">550 5.1.1</td>"), "\(page)")
    // Taken back, the version is marked on the desk, and those before it can be reached.
    var withdraw = try await fields(harbor, version, cookie)
    withdraw.merge(["reason": "a mistake", "confirmation": "2026"]) { $1 }
    let refused = try await send(harbor, "\(version)/withdraw", withdraw, cookie).body
    #expect(refused.contains("to withdraw, type") && refused.contains("nothing was withdrawn"), "\(refused)")
    withdraw["confirmation"] = "2026-02-01"
    #expect(try await send(harbor, "\(version)/withdraw", withdraw, cookie).status == 303)
    let desk = try await harbor.ask(.get, "/desk", headers: cookie).body
    #expect(desk.contains(">2026-02-01</a> (withdrawn)"), "\(desk)")
    for earlier in ["2025-06-04", "2025-12-17"] {
      #expect(desk.contains("<a href=\"/desk/connector-terms/versions/\(earlier)\">\(earlier)</a>"))
    }
  }

  @Test func `from the draft to the posted version`() async throws {
    let harbor = try await WebHarbor()
    let cookie = try await signIn(harbor)
    let address = try await draft(harbor, cookie)
    let desk = try await harbor.ask(.get, "/desk", headers: cookie).body
    #expect(desk.contains("Draft 1") && !desk.contains("notices: <"), "\(desk)")
    let page = try await harbor.ask(.get, address, headers: cookie).body
    #expect(page.contains("<del>10</del><ins>5</ins>"), "\(page)")
    #expect(page.contains("Class of 7(a)"))
    // A class below the evidence needs a reason.
    var choice = try await fields(harbor, address, cookie)
    choice.merge(["clause-0": "7(a)", "class-0": "other"]) { $1 }
    #expect(try await send(harbor, address, choice, cookie).status == 303)
    #expect(
      try await harbor.ask(.get, address, headers: cookie).body.contains(
        "give the reason under “Why a class is lower than proposed”"))
    choice.merge(try await fields(harbor, address, cookie)) { $1 }
    choice["reason"] = "the shorter period favours developers"
    choice["summary"] = "Five days."
    #expect(try await send(harbor, address, choice, cookie).status == 303)
    var publish = try await fields(harbor, address, cookie)
    publish["confirmation"] = "connector"
    let refused = try await send(harbor, "\(address)/publish", publish, cookie)
    #expect(refused.status == 422)
    #expect(
      refused.body.contains("type &#39;connector-terms&#39; exactly")
        || refused.body.contains("type 'connector-terms' exactly"))
    publish["confirmation"] = "connector-terms"
    let done = try await send(harbor, "\(address)/publish", publish, cookie)
    #expect(done.headers[.location] == "/desk/connector-terms/versions/2026-02-01", "\(done.body)")
    let label = try #require(VersionLabel(rawValue: "2026-02-01"))
    let posting = try #require(try await harbor.store.posting(of: WebHarbor.slug, version: label))
    #expect(posting.changes[0].decided == .other)
    #expect(posting.changes[0].reason == "the shorter period favours developers")
    #expect(posting.summary == "Five days.")
    #expect(try await harbor.ask(.get, "/desk/connector-terms/versions/2026-02-01", headers: cookie).status == 200)
    let again = try await send(harbor, "\(address)/publish", publish, cookie)
    #expect(again.status == 422, "a draft is posted once")
    let log = try await harbor.ask(.get, "/desk/log", headers: cookie).body
    #expect(log.contains("operator by token"), "\(log)")
    #expect(try harbor.store.verify() == [])
  }

  @Test func `what is posted is what was on the page`() async throws {
    let harbor = try await WebHarbor()
    let cookie = try await signIn(harbor)
    let address = try await draft(harbor, cookie)
    var publish = try await fields(harbor, address, cookie)
    publish["confirmation"] = "connector-terms"
    publish["changed-at"] = "2020-01-01T00:00:00Z"
    let old = try await send(harbor, "\(address)/publish", publish, cookie)
    #expect(old.status == 422 && old.body.contains("was saved again since this page was shown"), "\(old.body)")
    #expect(try await harbor.store.versions(of: WebHarbor.slug).count == 2)
  }

  @Test func `each of several changes to one clause is decided by itself`() async throws {
    let harbor = try await WebHarbor()
    let cookie = try await signIn(harbor)
    var form = try await fields(harbor, "/desk/connector-terms/new", cookie)
    form["text"] = WebHarbor.text
      .replacing("These terms govern", with: "All of these rules govern")
      .replacing("15 days after notice.", with: "5 days after notice.\n\n    You pay 900 dollars a day.")
    let address = try #require(
      try await send(harbor, "/desk/connector-terms/new", form, cookie).headers[.location])
    let page = try await harbor.ask(.get, address, headers: cookie).body
    let keys = page.components(separatedBy: "name=\"clause-").dropFirst().map {
      String($0.components(separatedBy: "value=\"")[1].prefix { $0 != "\"" })
    }
    #expect(keys == ["1", "7(a)#1", "7(a)#2"], "\(page)")
    var choice = try await fields(harbor, address, cookie)
    for (index, key) in keys.enumerated() {
      choice["clause-\(index)"] = key
      choice["class-\(index)"] = index == 2 ? "other" : "material"
    }
    choice["reason"] = "nobody pays it yet"
    #expect(try await send(harbor, address, choice, cookie).status == 303)
    let decided = try await harbor.ask(.get, address, headers: cookie).body
    let changes = decided.components(separatedBy: "<section class=\"change\"").dropFirst()
    #expect(
      changes.map { $0.contains("badge other") } == [false, false, true], "the badge says what was decided: \(decided)")
    #expect(try await harbor.store.draft(1)?.decisions.overrides.map(\.clause).contains("7(a)#2") == true)
    var publish = try await fields(harbor, address, cookie)
    publish["confirmation"] = "connector-terms"
    let done = try await send(harbor, "\(address)/publish", publish, cookie)
    #expect(done.status == 303, "\(done.body)")
    let label = try #require(VersionLabel(rawValue: "2026-02-01"))
    let posting = try #require(try await harbor.store.posting(of: WebHarbor.slug, version: label))
    #expect(posting.changes.map(\.decided) == [.material, .material, .other])
  }

  @Test func `what a colleague kept meanwhile is not overwritten`() async throws {
    let harbor = try await WebHarbor()
    let (maria, jon) = (try await signIn(harbor), try await signIn(harbor))
    let address = try await draft(harbor, maria)
    var hers = try await fields(harbor, address, maria)
    var his = try await fields(harbor, address, jon)
    // The clock stands: two savings within one moment are told apart all the same.
    hers["text"] = WebHarbor.text.replacing("15 days", with: "4 days")
    #expect(try await send(harbor, address, hers, maria).status == 303)
    his.merge([
      "text": WebHarbor.text.replacing("15 days", with: "3 <days>"), "summary": "Three.", "reason": "his reason",
      "clause-0": "7(a)", "class-0": "other",
    ]) { $1 }
    let refused = try await send(harbor, address, his, jon)
    #expect(refused.status == 422)
    #expect(refused.body.contains("since this page was shown; nothing of yours was kept"), "\(refused.body)")
    #expect(refused.body.contains("effect 3 &lt;days&gt; after") && refused.body.contains("effect 4 days after"))
    for words in ["Three.", "his reason", "<div>7(a): other</div>"] { #expect(refused.body.contains(words)) }
    #expect(try await harbor.store.draft(1)?.text == hers["text"])
    hers["changed-at"] = nil
    #expect(try await send(harbor, address, hers, maria).status == 422, "a form that does not say what it began from")
    // Nor do two requests at once, of which both read the draft before either writes.
    let held = try #require(try await harbor.store.draft(1))
    #expect(try await harbor.store.keep(held, by: "maria", at: harbor.clock.now))
    #expect(try await !harbor.store.keep(held, by: "jon", at: harbor.clock.now))
    his.merge(try await fields(harbor, address, jon)) { $1 }
    #expect(try await send(harbor, address, his, jon).status == 303)
    #expect(try await harbor.store.draft(1)?.text == his["text"])
  }

  @Test func `a second person agrees where the settings ask for it`() async throws {
    let harbor = try await WebHarbor()
    try await harbor.registry.changeDocument(
      Document(
        slug: WebHarbor.slug, title: "Connector terms",
        settings: DocumentSettings(profile: ShippedProfiles.standard, requireApproval: ["lower-class"])))
    let (maria, jon) = (try await signIn(harbor), try await signIn(harbor))
    let address = try await draft(harbor, maria)
    var choice = try await fields(harbor, address, maria)
    choice.merge(["clause-0": "7(a)", "class-0": "other", "reason": "it favours developers"]) { $1 }
    #expect(try await send(harbor, address, choice, maria).status == 303)
    var publish = try await fields(harbor, address, maria)
    publish["confirmation"] = "connector-terms"
    let alone = try await send(harbor, "\(address)/publish", publish, maria)
    #expect(alone.status == 422)
    #expect(alone.body.contains("second person"), "\(alone.body)")
    #expect(try await send(harbor, "\(address)/approve", publish, maria).status == 422, "not one's own")
    let other = try await fields(harbor, address, jon)
    let silent = try await send(harbor, "\(address)/approve", other, jon)
    #expect(silent.status == 422)
    #expect(silent.body.contains("say why you agree"), "\(silent.body)")
    var agreement = other
    agreement["reason"] = "five days suit them"
    agreement["changed-at"] = "2020-01-01T00:00:00Z"
    #expect(try await send(harbor, "\(address)/approve", agreement, jon).status == 422, "what was on the page")
    agreement["changed-at"] = other["changed-at"]
    #expect(try await send(harbor, "\(address)/approve", agreement, jon).status == 303)
    let jons = try await harbor.ask(.get, address, headers: jon).body
    #expect(jons.contains("nobody is their own second person") && !jons.contains("/publish"), "\(jons)")
    publish["form"] = other["form"]
    #expect(try await send(harbor, "\(address)/publish", publish, jon).status == 422, "nor may who agreed publish")
    publish = try await fields(harbor, address, maria)
    publish["confirmation"] = "connector-terms"
    #expect(try await harbor.ask(.get, address, headers: maria).body.contains("agreed to it: five days suit them"))
    #expect(try await send(harbor, "\(address)/publish", publish, maria).status == 303)
    let acts = try await harbor.store.log(after: 0, limit: 100)
    let (agreed, posted) = (try #require(acts.dropLast().last), try #require(acts.last))
    guard case .classesApproved(let approval) = agreed.act, case .versionPosted(let posting) = posted.act else {
      Issue.record("the log ends with \(agreed.act.name), \(posted.act.name)")
      return
    }
    #expect(agreed.actor != posted.actor)
    #expect(approval.sha256 == posting.sha256)
    #expect(approval.reason == "five days suit them")
    #expect(posting.changes.map(\.reason) == ["it favours developers"])
  }

  @Test func `a version is withdrawn with a reason and a typed confirmation`() async throws {
    let harbor = try await WebHarbor()
    let cookie = try await signIn(harbor)
    let address = try await draft(harbor, cookie)
    var publish = try await fields(harbor, address, cookie)
    publish["confirmation"] = "connector-terms"
    let version = try #require(try await send(harbor, "\(address)/publish", publish, cookie).headers[.location])
    var withdraw = try await fields(harbor, version, cookie)
    withdraw["reason"] = "a mistake"
    #expect(try await send(harbor, "\(version)/withdraw", withdraw, cookie).status == 422)
    withdraw["confirmation"] = "2026-02-01"
    #expect(try await send(harbor, "\(version)/withdraw", withdraw, cookie).status == 303)
    #expect(try await harbor.ask(.get, version, headers: cookie).body.contains("was withdrawn"))
  }

  @Test func `everybody who is not bound yet is named on some page, and the log begins with its newest entry`()
    async throws
  {
    let harbor = try await WebHarbor()
    let cookie = try await signIn(harbor, .auditor)
    let names = (100..<220).map { "many-\($0)" }
    for name in names {
      let developer = try #require(DeveloperID(rawValue: name))
      try await harbor.registry.addDeveloper(
        NewDeveloper(
          id: developer, email: nil, name: nil, region: try #require(Region(rawValue: "US")),
          at: Instant("2025-08-01T17:00:00Z")))
      try await harbor.registry.addConnector(
        try #require(ConnectorID(rawValue: "c")), of: developer, under: WebHarbor.slug,
        at: Instant("2025-08-01T17:00:00Z"))
    }
    let v3 = try await harbor.registry.publish(
      WebHarbor.slug, text: Array(WebHarbor.text.replacing("15 days", with: "7 days").utf8),
      postedAt: harbor.clock.now
    ).posting.label
    var (address, seen, pages): (String?, Set<String>, Int) = ("/desk/connector-terms/versions/\(v3)", [], 0)
    while let here = address, pages < 9 {
      pages += 1
      let page = try await harbor.ask(.get, here, headers: cookie).body
      #expect(page.contains("<a href=\"/desk/connector-terms/versions/\(v3)?passing="), "\(page)")
      seen.formUnion(names.filter { page.contains(">\($0)<") })
      address =
        page.components(separatedBy: "\">Those after</a>").dropLast().last?
        .components(separatedBy: "href=\"").last
    }
    #expect(pages == 3)
    #expect(seen == Set(names))

    let size = try await harbor.store.logSize()
    func sequences(_ page: String) -> [Int] {
      page.components(separatedBy: "<th scope=\"row\">").dropFirst().compactMap { Int($0.prefix { $0 != "<" }) }
    }
    let newest = try await harbor.ask(.get, "/desk/log", headers: cookie).body
    #expect(sequences(newest) == Array((size - 99)...size).reversed())
    #expect(newest.contains("/desk/log?before=\(size - 99)") && !newest.contains("Later entries"))
    let next = try await harbor.ask(.get, "/desk/log?before=\(size - 99)", headers: cookie).body
    #expect(sequences(next).first == size - 100)
    #expect(next.contains("/desk/log?before=\(size + 1)\">Later entries"))
    let last = try await harbor.ask(.get, "/desk/log?before=2", headers: cookie).body
    #expect(sequences(last) == [1] && !last.contains("Earlier entries"))
    #expect(sequences(try await harbor.ask(.get, "/desk/log?before=1", headers: cookie).body) == [])
  }

  @Test func `an auditor looks and changes nothing, a sender sees nothing`() async throws {
    let harbor = try await WebHarbor()
    let auditor = try await signIn(harbor, .auditor)
    #expect(try await harbor.ask(.get, "/desk", headers: auditor).status == 200)
    #expect(try await harbor.ask(.get, "/desk/connector-terms/new", headers: auditor).status == 403)
    let sender = try await signIn(harbor, .sender)
    #expect(try await harbor.ask(.get, "/desk", headers: sender).status == 403)
  }

  @Test func `a session ends with its token, and by signing out`() async throws {
    let harbor = try await WebHarbor()
    let (token, text) = try await harbor.access.createToken(role: .operator)
    let begun = try await harbor.ask(
      .post, "/sign-in", headers: [.contentType: "application/x-www-form-urlencoded"],
      body: "token=\(text.revealed)&next=//evil.example")
    #expect(begun.headers[.location] == "/desk", "to no other site")
    let cookie: HTTPFields = [.cookie: String(try #require(begun.headers[.setCookie]).prefix { $0 != ";" })]
    #expect(try await harbor.ask(.get, "/desk", headers: cookie).status == 200)
    let out = try await send(harbor, "/sign-out", try await fields(harbor, "/desk", cookie), cookie)
    #expect(out.headers[.setCookie]?.contains("Max-Age=0") == true)
    try await harbor.access.revokeToken(token.id)
    #expect(try await harbor.ask(.get, "/desk", headers: cookie).status == 303)
    let wrong = try await harbor.ask(
      .post, "/sign-in", headers: [.contentType: "application/x-www-form-urlencoded"], body: "token=tenor_x")
    #expect(wrong.status == 403)
  }

  @Test(arguments: [
    (DeskRefusal.unknownDraft(7), "there is no draft 7"),
    (.postedAlready(7, VersionLabel(rawValue: "v2").unsafelyUnwrapped), "draft 7 became version 'v2' already"),
    (.confirmationDiffers(expected: "x"), "type 'x' exactly"), (.approvalWithoutReason, "say why you agree"),
    (.withdrawalUnconfirmed(expected: "x"), "to withdraw, type 'x' exactly; nothing was withdrawn"),
    (.approvedByAuthor("maria"), "'maria' made this draft"),
    (.savedMeanwhile(7, by: "maria"), "draft 7 was saved by 'maria' since"),
  ])
  func `refusals say what to do`(_ refusal: DeskRefusal, _ words: String) {
    #expect(refusal.description.contains(words))
  }
}
