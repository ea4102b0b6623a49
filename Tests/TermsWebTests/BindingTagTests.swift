import HTTPTypes
import TermsModel
import TermsOperations
import Testing

@testable import TermsWeb

/// Whoever has the answer is told by its tag alone that it still holds, exactly as long as it does.
@Suite struct BindingTagTests {
  private static let path = "/v1/developers/dev-42/binding"

  private func ask(_ harbor: WebHarbor, _ tag: String?, path: String = path) async throws -> WebHarbor.Reply {
    try await harbor.ask(.get, path, headers: tag.map { [.ifNoneMatch: $0] } ?? [:])
  }

  @Test func `it holds until an act about the developer or a document goes on record`() async throws {
    let harbor = try await WebHarbor()
    let first = try await ask(harbor, nil)
    var tag = try #require(first.headers[.eTag])
    func expect(_ status: Int, _ because: String) async throws {
      let reply = try await ask(harbor, tag)
      #expect(reply.status == status, "\(because)")
      if reply.status == 304 {
        for name in [HTTPField.Name.link, .pendingVersion, .cacheControl, .eTag] {
          #expect(reply.headers[name] == first.headers[name], "\(name)")
        }
      }
      tag = reply.headers[.eTag] ?? ""
    }
    try await expect(304, "nothing happened")
    try await harbor.registry.addDeveloper(
      NewDeveloper(
        id: try #require(DeveloperID(rawValue: "dev-7")), email: nil, name: nil,
        region: try #require(Region(rawValue: "US")), at: nil))
    try await expect(304, "another developer was registered")
    _ = try await harbor.registry.accept(WebHarbor.developer, of: WebHarbor.slug, version: nil)
    try await expect(200, "the developer accepted")
    try await harbor.registry.moveDeveloper(
      WebHarbor.developer, to: try #require(Region(rawValue: "CH")), at: nil)
    try await expect(200, "the developer moved")
    _ = try await harbor.registry.publish(
      WebHarbor.slug, text: Array(WebHarbor.text.replacing("15 days", with: "9 days").utf8))
    let pending = try await ask(harbor, tag)
    #expect(pending.status == 200 && pending.headers[.pendingVersion] != nil)
    let again = try await ask(harbor, pending.headers[.eTag])
    #expect(again.status == 304 && again.headers[.pendingVersion] == pending.headers[.pendingVersion])
  }

  @Test func `it holds neither of another developer nor in a record that went on from a backup`() async throws {
    let (one, other) = (try await WebHarbor(), try await WebHarbor())
    let connectors = try ["alpha", "beta"].map { try #require(ConnectorID(rawValue: $0)) }
    for (harbor, connector) in zip([one, other], connectors) {
      try await harbor.registry.addConnector(connector, of: WebHarbor.developer, under: WebHarbor.slug)
    }
    let tag = try #require(try await ask(one, nil).headers[.eTag])
    #expect(try await ask(one, tag).status == 304)
    #expect(try await ask(other, tag).status == 200, "the same number, and another act")

    let twin = try #require(DeveloperID(rawValue: "dev-7"))
    for harbor in [one, other] {
      try await harbor.registry.addDeveloper(
        NewDeveloper(id: twin, email: nil, name: nil, region: try #require(Region(rawValue: "US")), at: nil))
      try await harbor.registry.agree(twin, to: WebHarbor.slug)
      _ = try await harbor.registry.publish(
        WebHarbor.slug, text: Array(WebHarbor.text.replacing("15 days", with: "9 days").utf8))
    }
    let newest = try #require(try await ask(one, nil).headers[.eTag])
    let path = "/v1/developers/dev-7/binding"
    #expect(try await ask(one, newest, path: path).status == 200, "the last act is about both, the answer is not")
  }

  @Test func `it holds until the day on which the answer changes by itself`() async throws {
    let harbor = try await WebHarbor()
    _ = try await harbor.registry.publish(
      WebHarbor.slug, text: Array(WebHarbor.text.replacing("15 days", with: "9 days").utf8))
    let tag = try #require(try await ask(harbor, nil).headers[.eTag])
    var last = 0
    for day in 0..<20 {
      let (known, fresh) = (try await ask(harbor, tag), try await ask(harbor, nil))
      #expect((known.status == 304) == (fresh.headers[.eTag] == tag), "day \(day)")
      if known.status == 304 { last = day }
      harbor.clock.advance(days: 1)
    }
    #expect((10..<19).contains(last), "15 days after the posting: \(last)")
  }

  @Test func `what an answer says of the terms is never what the asker claims to have been told`() async throws {
    let harbor = try await WebHarbor()
    _ = try await harbor.registry.publish(
      WebHarbor.slug, text: Array(WebHarbor.text.replacing("15 days", with: "9 days").utf8))
    let first = try await ask(harbor, nil)
    let tag = try #require(first.headers[.eTag])
    let pending = try #require(first.headers[.pendingVersion])
    #expect(try await ask(harbor, tag).status == 304)
    let parts = tag.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    #expect(parts.count == 10)
    for (index, forged) in [
      (4, "99999999999999"), (4, ""), (6, "2025-06-04"), (6, ""), (7, "2027-01-01"), (7, ""), (8, "2030-01-01"),
      (8, ""),
      (9, "\(String(repeating: "0", count: 32))\""), (9, "\""),
    ] where parts[index] != forged {
      var made = parts
      made[index] = forged
      let reply = try await ask(harbor, made.joined(separator: ":"))
      #expect(reply.status == 200, "part \(index): \(forged)")
      #expect(reply.headers[.eTag] == tag && reply.headers[.pendingVersion] == pending)
    }
    #expect(try await ask(try await WebHarbor(), tag).status == 200, "another record has another key")
  }

  @Test(arguments: [
    "\"x\"", "W/\"b:::\"", "W/\"b::1::connector-terms:::\"", "W/\"b::0::connector-terms:2025-12-17::\"",
    "W/\"b::99999999999999999999::connector-terms:::\"", "W/\"b::5:x:connector-terms:::\"",
    "W/\"b:other:5::connector-terms:::\"", "W/\"b::5::Connector Terms:::\"", "W/\"b::5::connector-terms:\r\n::\"",
  ])
  func `a tag that is not ours, or not of now, is no tag`(_ tag: String) async throws {
    let harbor = try await WebHarbor()
    #expect(try await ask(harbor, tag).status == 200)
  }

  @Test func `the tag of one document or another moment is not another's`() async throws {
    let harbor = try await WebHarbor()
    let tag = try #require(try await ask(harbor, nil).headers[.eTag])
    #expect(try await ask(harbor, tag, path: Self.path + "?document=connector-terms").status == 304)
    #expect(try await ask(harbor, tag, path: Self.path + "?document=other-terms").status == 404)
    #expect(try await ask(harbor, tag, path: Self.path + "?at=2026-01-02").status == 200)
    #expect(try await ask(harbor, tag, path: "/v1/developers/dev-9/binding").status == 404)
    _ = try await harbor.access.createToken(role: .operator)
    #expect(try await ask(harbor, tag).status == 401, "who may not ask is told nothing")
  }
}
