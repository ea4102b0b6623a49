import Foundation
import HTTPTypes
import TermsModel
import TermsOperations
import TermsStore
import Testing

@testable import TermsWeb

/// Names that an address cannot hold are refused where they are made; those of an older record are still reached.
@Suite struct NamesInAddressesTests {
  private static let says = "since an address with it would lead elsewhere"

  @Test(arguments: [".", "..", "a.md", "2026.MD", ".a", "a.", "1...2", "a..b"])
  func `a version is not called what no address can hold`(_ name: String) async throws {
    let harbor = try await WebHarbor()
    harbor.clock.advance(days: 1)
    let label = try #require(VersionLabel(rawValue: name))
    let text = Array(WebHarbor.text.replacing("15 days", with: "9 days").utf8)
    await #expect(throws: TermsRefusal.unaddressableVersion(label)) {
      _ = try await harbor.registry.publish(WebHarbor.slug, text: text, label: label)
    }
    var headers = try await harbor.bearer(.operator)
    headers[.contentType] = "application/json"
    let body = try JSONEncoder().encode(["text": String(decoding: text, as: UTF8.self), "version": name])
    let reply = try await harbor.ask(
      .post, "/v1/documents/connector-terms/versions", headers: headers, body: String(decoding: body, as: UTF8.self))
    #expect(reply.status == 422)
    let detail = try reply.json()["detail"] as? String
    #expect(
      detail
        == "no version can be called '\(name)', \(Self.says); give it a name of letters, digits, hyphens, underscores and single dots between them, at most 64, that does not end in .md, such as 2025-12-17.2"
    )
    #expect(try await harbor.store.versions(of: WebHarbor.slug).count == 2)
  }

  @Test(arguments: ["2025-12-17.2", "v1.0", "1_2-3.4", "md", "amd", "a.md.b"])
  func `other names are taken as they were`(_ name: String) async throws {
    let harbor = try await WebHarbor()
    let text = Array(WebHarbor.text.replacing("15 days", with: "9 days").utf8)
    _ = try await harbor.registry.publish(WebHarbor.slug, text: text, label: VersionLabel(rawValue: name))
    for path in ["versions/\(name)", "versions/\(name).md", "compare/2025-12-17...\(name)"] {
      let reply = try await harbor.ask(.get, "/connector-terms/\(path)")
      #expect(
        reply.status == 200 && reply.body.contains(path.hasPrefix("compare") ? "<ins>9</ins>" : "9 days"), "\(path)")
    }
  }

  @Test(arguments: [".", ".."])
  func `neither a developer nor a connector is called a step in a path`(_ name: String) async throws {
    let harbor = try await WebHarbor()
    let (id, connector) = (try #require(DeveloperID(rawValue: name)), try #require(ConnectorID(rawValue: name)))
    let developer = NewDeveloper(
      id: id, email: nil, name: nil, region: try #require(Region(rawValue: "US")), at: nil)
    await #expect(throws: TermsRefusal.unaddressableDeveloper(id)) { try await harbor.registry.addDeveloper(developer) }
    await #expect(throws: TermsRefusal.unaddressableDeveloper(id)) {
      try await harbor.registry.importDevelopers([.init(developer: developer, connector: nil)])
    }
    await #expect(throws: TermsRefusal.unaddressableConnector(connector)) {
      try await harbor.registry.addConnector(connector, of: WebHarbor.developer, under: WebHarbor.slug)
    }
    var headers = try await harbor.bearer(.operator)
    headers[.contentType] = "application/json"
    let reply = try await harbor.ask(
      .post, "/v1/developers", headers: headers, body: "{\"id\": \"\(name)\", \"region\": \"US\"}")
    #expect(reply.status == 422)
    #expect(
      (try reply.json()["detail"] as? String)
        == "no developer can be called '\(name)', \(Self.says); give another id: letters, digits, dots, hyphens, underscores and colons, at most 128, such as dev-42"
    )
    #expect(
      TermsRefusal.unaddressableConnector(connector).description
        == "no connector can be called '\(name)', \(Self.says); give another id: letters, digits, dots, hyphens, underscores and colons, at most 128, such as weather"
    )
    #expect(try #require(DeveloperID(rawValue: "...")).isDotSegment == false, "three dots are a name")
  }

  /// Puts a version of that name on record as a service did before it refused such names.
  private func post(_ name: String, days: Int, in harbor: WebHarbor) async throws {
    let text = Array(WebHarbor.text.replacing("15 days", with: "\(days) days").utf8)
    let draft = try await harbor.registry.draft(WebHarbor.slug, text: text)
    let posting = try await harbor.registry.posting(
      of: draft, at: harbor.clock.now, label: nil, decisions: Decisions(), summary: nil)
    let named = VersionPosting(
      document: posting.document, label: try #require(VersionLabel(rawValue: name)), basedOn: posting.basedOn,
      sha256: posting.sha256, summary: nil, title: posting.title, clauses: posting.clauses, changes: posting.changes)
    _ = try await harbor.store.record(
      [RecordedAct(.versionPosted(named), happenedAt: harbor.clock.now)], by: "tester", at: harbor.clock.now)
  }

  @Test func `names that are on record already are still reached`() async throws {
    let harbor = try await WebHarbor()
    for (name, days) in [("a", 9), ("a.md", 8), ("1...2", 7), ("..", 6), ("b.", 5)] {
      try await post(name, days: days, in: harbor)
    }
    for (path, words) in [
      ("versions/a", "9 days"), ("versions/a.md", "8 days"), ("versions/a.md.md", "take effect 8 days"),
      ("versions/1...2", "7 days"), ("versions?version=..", "6 days"), ("versions/b.", "5 days"),
      ("compare/a.md...1...2", "<ins>7</ins>"), ("compare/1...2.....", "<ins>6</ins>"),
      ("compare/.....b.", "<ins>5</ins>"),
      ("compare/b....2025-12-17", "<ins>10</ins>"),
    ] {
      let reply = try await harbor.ask(.get, "/connector-terms/\(path)")
      #expect(reply.status == 200 && reply.body.contains(words), "\(path): \(reply.status) \(reply.body)")
    }
    #expect(try await harbor.ask(.get, "/v1/documents/connector-terms/compare/a.md...1...2").status == 200)
    let list = try await harbor.ask(.get, "/connector-terms/versions").body
    #expect(list.contains("href=\"/connector-terms/versions?version=..\""), "\(list)")
  }
}
