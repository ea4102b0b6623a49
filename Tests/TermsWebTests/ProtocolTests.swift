import HTTPTypes
import TermsModel
import Testing

@testable import TermsWeb

/// What HTTP itself asks of every answer.
@Suite struct ProtocolTests {
  @Test(arguments: [
    "/", "/connector-terms", "/style.css", "/healthz", "/v1/developers/dev-42/binding?at=2025-12-31", "/nowhere",
    "/v1/nowhere",
  ])
  func `HEAD answers like GET, without the body`(_ path: String) async throws {
    let harbor = try await WebHarbor()
    let (get, head) = (try await harbor.ask(.get, path), try await harbor.ask(.head, path))
    #expect(head.status == get.status)
    #expect(head.body.isEmpty)
    for name in [HTTPField.Name.contentType, .eTag, .cacheControl, .link, .contentSecurityPolicy] {
      #expect(head.headers[name] == get.headers[name], "\(name)")
    }
    #expect(head.headers[.contentLength] == "\(get.body.utf8.count)")
  }

  @Test(arguments: [
    (HTTPRequest.Method.post, "/connector-terms", "GET, HEAD"), (.delete, "/", "GET, HEAD"),
    (.put, "/v1/developers/dev-42/binding", "GET, HEAD"), (.trace, "/healthz", "GET, HEAD"),
  ])
  func `another method is told which ones there are`(
    _ method: HTTPRequest.Method, _ path: String, _ allowed: String
  ) async throws {
    let reply = try await WebHarbor().ask(method, path)
    #expect(reply.status == 405)
    #expect(reply.headers[.allow] == allowed)
    #expect(reply.body.contains("\(method.rawValue) is not among them"), "\(reply.body)")
  }

  @Test(arguments: [
    (
      "/v1/developers/dev-42/binding?documnet=connector-terms",
      "no parameter 'documnet' here; known: document, at, knownAt"
    ),
    ("/v1/developers/dev-42/binding?at=2026-01-01&at=2026-01-02", "'at' was given twice"),
    ("/v1/developers/dev-42/binding?at=%C3%28", "percent-encoded UTF-8"),
    ("/v1/developers/dev-42/binding?document=Connector%20Terms", "'document' takes lower-case letters"),
  ])
  func `a query that is not meant is a problem that names the parameter`(_ path: String, _ words: String) async throws {
    let reply = try await WebHarbor().ask(.get, path)
    #expect(reply.status == 400)
    #expect((try reply.json()["detail"] as? String)?.contains(words) == true, "\(reply.body)")
  }

  @Test func `who has the answer already is not sent it again`() async throws {
    let harbor = try await WebHarbor()
    for path in ["/", "/connector-terms", "/style.css", "/v1/developers/dev-42/binding"] {
      let first = try await harbor.ask(.get, path)
      let tag = try #require(first.headers[.eTag])
      let again = try await harbor.ask(.get, path, headers: [.ifNoneMatch: "\"other\", \(tag)"])
      #expect(again.status == 304, "\(path)")
      #expect(again.body.isEmpty)
      #expect(again.headers[.eTag] == tag)
      #expect(again.headers[.cacheControl] == first.headers[.cacheControl])
      #expect(try await harbor.ask(.get, path, headers: [.ifNoneMatch: "\"other\""]).status == 200)
    }
  }

  @Test func `a binding answer is good until the day on which it changes, and an hour at most`() async throws {
    let harbor = try await WebHarbor()
    let path = "/v1/developers/dev-42/binding"
    let first = try await harbor.ask(.get, path)
    #expect(first.headers[.cacheControl] == "private, max-age=3600, must-revalidate")
    harbor.clock.advance(days: 1)
    let later = try await harbor.ask(.get, path)
    #expect(later.headers[.eTag] == first.headers[.eTag], "the moment of asking alone makes no other answer")
    #expect(
      Freshness.header(until: harbor.clock.now.adding(seconds: 90), at: harbor.clock.now)
        == "private, max-age=90, must-revalidate")
  }

  @Test(arguments: [
    (ListeningFault.addressInUse(host: "127.0.0.1", port: 8080), "port 8080 on 127.0.0.1 is taken by another program"),
    (.notPermitted(host: "127.0.0.1", port: 80), "may not listen on port 80 of 127.0.0.1; choose one from 1024 up"),
    (.noSuchAddress(host: "192.0.2.1"), "'192.0.2.1' is no address of this machine"),
  ])
  func `where it cannot listen, it says what to do`(_ fault: ListeningFault, _ words: String) {
    #expect(fault.description.contains(words))
  }

  @Test func `the metrics name routes and nobody`() async throws {
    let harbor = try await WebHarbor()
    try await harbor.service.makeRouter().serving { client in
      _ = try await harbor.ask(client, .get, "/v1/developers/dev-42/binding")
      _ = try await harbor.ask(client, .get, "/connector-terms")
      let text = try await harbor.ask(client, .get, "/metrics").body
      #expect(
        text.contains(
          "tenor_http_request_seconds_count{method=\"GET\",route=\"/v1/developers/{id}/binding\",status=\"200\"} 1"),
        "\(text)")
      #expect(!text.contains("dev-42") && !text.contains("connector-terms"))
    }
  }
}
