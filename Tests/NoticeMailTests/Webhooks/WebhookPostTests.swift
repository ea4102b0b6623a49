import Foundation
import HookReceiver
import Loopback
import TermsModel
import TermsOperations
import Testing

@testable import NoticeMail

/// Messages to webhooks, posted to real servers that answer well, badly or not at all.
@Suite struct WebhookPostTests {
  private static func message(_ url: String) throws -> WebhookMessage {
    var contents = WebhookMessage.Contents(
      document: try #require(DocumentSlug(rawValue: "connector-terms")),
      version: try #require(VersionLabel(rawValue: "2025-12-17")), sequence: 7)
    contents.developer = DeveloperID(rawValue: "dev-42")
    contents.notice = 3
    contents.channel = .email
    return try WebhookMessage(
      number: 12, webhook: "ops", url: url, event: .noticeAccepted,
      happenedAt: try #require(Instant("2025-12-17T18:00:00Z")), contents: contents,
      leafHash: String(repeating: "ab", count: 32), attempts: 0)
  }

  private static func post(
    to url: String, allowsPrivate: Bool = false, certificates: String? = nil, seconds: Int = 60
  ) async throws -> WebhookReply {
    let address = try WebhookAddress(url)
    let post = WebhookPost(
      routes: ["ops": .init(address: address, allowsPrivate: allowsPrivate, certificates: certificates)],
      seconds: seconds)
    let message = try message(url)
    return await post.post(
      message.body,
      fields: message.fields(
        signedBy: [try WebhookSecret("whsec_" + Data(repeating: 7, count: 32).base64EncodedString())],
        at: try #require(Instant("2025-12-17T18:00:05Z"))), to: message)
  }

  @Test func `a message says what happened, and who made it`() async throws {
    let receiver = try await HookReceiver()
    defer { receiver.stop() }
    let reply = try await Self.post(to: "http://127.0.0.1:\(receiver.port)/hook?of=terms")
    #expect(reply == WebhookReply(.accepted, status: 204, says: "127.0.0.1 answered 204"))
    let received = try #require(receiver.received.first)
    #expect(
      received.body == """
        {"data":{"channel":"email","developer":"dev-42","document":"connector-terms","notice":3,"sequence":7,\
        "version":"2025-12-17"},"timestamp":"2025-12-17T18:00:00Z","type":"notice.accepted"}
        """)
    #expect(received.fields["webhook-id"] == "msg_12_abababababababab")
    #expect(received.fields["webhook-timestamp"] == "1765994405")
    #expect(received.fields["webhook-signature"]?.hasPrefix("v1,") == true)
    #expect(received.fields["content-type"] == "application/json")
    #expect(received.fields["user-agent"] == "tenor")
  }

  /// The example of the Standard Webhooks specification.
  @Test func `a signature is the one that the standard's own example has`() throws {
    let secret = try WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    #expect(
      secret.signature(
        id: "msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp: 1_614_265_330, body: Array(#"{"test": 2432232314}"#.utf8))
        == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
    let other = try WebhookSecret("whsec_" + Data(repeating: 1, count: 24).base64EncodedString())
    let fields = try Self.message("http://localhost/").fields(
      signedBy: [secret, other], at: Instant(milliseconds: 1000))
    #expect(fields.first { $0.name == "webhook-signature" }?.value.split(separator: " ").count == 2)
    #expect("\(secret)" == "whsec_…")
    var dumped = ""
    dump(secret, to: &dumped)
    #expect(!dumped.contains("49"), "no listing shows the key: \(dumped)")
  }

  @Test(arguments: [
    ("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", WebhookSecretError.noPrefix, "a secret begins with whsec_"),
    ("whsec_*", .notBase64, "is not base64"),
    ("whsec_AAAA", .length(3), "24 to 64 bytes, this one 3"),
  ])
  func `what is no secret is told why`(_ text: String, _ error: WebhookSecretError, _ words: String) {
    #expect(throws: error) { try WebhookSecret(text) }
    #expect(error.description.contains(words) && error.description.contains("openssl rand"))
  }

  @Test(arguments: [
    (200, WebhookReply.Outcome.accepted, "answered 200"),
    (202, .accepted, "answered 202"),
    (301, .refused, "a redirection, and none is followed"),
    (400, .refused, "answered 400; see why"),
    (401, .refused, "answered 401"),
    (408, .unavailable, "answered 408"),
    (410, .gone, "wants no more messages"),
    (429, .unavailable, "answered 429"),
    (500, .unavailable, "answered 500"),
    (503, .unavailable, "answered 503"),
  ])
  func `what an answer means`(_ status: Int, _ outcome: WebhookReply.Outcome, _ words: String) async throws {
    let elsewhere = try await HookReceiver()
    let receiver = try await HookReceiver { _ in
      .status(status, fields: ["location": "http://127.0.0.1:\(elsewhere.port)/", "retry-after": "90"])
    }
    defer {
      receiver.stop()
      elsewhere.stop()
    }
    let reply = try await Self.post(to: "http://localhost:\(receiver.port)/")
    #expect(reply.outcome == outcome && reply.status == status)
    #expect(reply.says.contains(words), "\(reply.says)")
    #expect(reply.retryAfter == 90)
    #expect(receiver.received.count == 1 && elsewhere.received.isEmpty, "no redirection is followed")
  }

  @Test(.timeLimit(.minutes(30)))
  func `whoever takes the message and says nothing may have it`() async throws {
    let receiver = try await HookReceiver { _ in .silence }
    defer { receiver.stop() }
    let reply = try await Self.post(to: "http://127.0.0.1:\(receiver.port)/", seconds: 4)
    #expect(reply.outcome == .unknown && reply.status == nil)
    #expect(reply.says == "127.0.0.1 took the message and did not answer within 4 s")
  }

  @Test(.timeLimit(.minutes(30)))
  func `what comes after the head of an answer is not waited for`() async throws {
    let server = try CuttingServer(answer: "HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\nx", staysFor: 1200)
    let reply = try await Self.post(to: "http://127.0.0.1:\(server.port)/", seconds: 1100)
    #expect(reply.outcome == .accepted && reply.status == 200)
  }

  @Test func `nobody there`() async throws {
    let nobody = try Loopback.reserved()
    let reply = try await Self.post(to: "http://127.0.0.1:\(nobody.port)/")
    withExtendedLifetime(nobody) {}
    #expect(reply.outcome == .unavailable)
    #expect(reply.says.hasPrefix("127.0.0.1 is not to be had"), "\(reply.says)")
  }

  @Test(
    .timeLimit(.minutes(30)),
    arguments: [
      ("", 0, WebhookReply.Outcome.unknown, "the line is cut when the message is out"),
      ("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf", 0, .accepted, "the status came, though not the body"),
      ("HTTP/1.1 503 Busy\r\nretry-after: 7\r\n\r\n", 0, .unavailable, "a status without a length"),
      ("SMTP? no\r\n\r\n", 0, .unknown, "no HTTP at all, after the message was out"),
      (
        "HTTP/1.1 200 OK\r\ncontent-length: 9999999\r\n\r\n", 200_000, .accepted,
        "an answer without an end is not read to its end"
      ),
    ])
  func `a line that is cut`(_ answer: String, _ more: Int, _ outcome: WebhookReply.Outcome, _ because: String)
    async throws
  {
    let server = try CuttingServer(answer: answer + String(repeating: "x", count: more))
    let reply = try await Self.post(to: "http://127.0.0.1:\(server.port)/", seconds: 50)
    #expect(reply.outcome == outcome, "\(because): \(reply)")
  }

  @Test(.enabled(if: TLSServer.isPresent))
  func `who cannot prove its name is sent nothing`() async throws {
    let certificates = try Certificates()
    defer { certificates.remove() }
    for (identity, trusted, isRight) in [
      (certificates.right, certificates.authority, true), (certificates.wrongName, certificates.authority, false),
      (certificates.selfSigned, certificates.authority, false),
    ] {
      let server = try TLSServer(identity, isImplicit: true)
      defer { server.stop() }
      let url = "https://localhost:\(server.port)/"
      let post = WebhookPost(
        routes: ["ops": .init(address: try WebhookAddress(url), certificates: trusted)], seconds: 60)
      let obstacle = await post.obstacle(to: "ops")
      #expect((obstacle == nil) == isRight, "\(obstacle ?? "")")
      guard !isRight else { continue }
      #expect(obstacle?.contains("localhost cannot prove its name") == true)
      let reply = try await Self.post(to: url, certificates: trusted, seconds: 60)
      #expect(reply.outcome == .unavailable)
      #expect(!server.heard.contains { $0.contains("POST") })
    }
  }

  // MARK: Addresses

  @Test(arguments: [
    ("1.1.1.1", WebhookAddress.Kind.public), ("127.0.0.1", .loopback), ("127.9.9.9", .loopback), ("::1", .loopback),
    ("10.1.2.3", .other), ("172.16.0.1", .other), ("172.31.255.255", .other), ("172.32.0.1", .public),
    ("192.168.0.1", .other), ("169.254.169.254", .other), ("100.64.0.1", .other), ("0.0.0.0", .other),
    ("224.0.0.1", .other), ("255.255.255.255", .other), ("198.18.0.1", .other), ("203.0.113.9", .other),
    ("::", .other), ("::ffff:127.0.0.1", .loopback), ("::ffff:10.0.0.1", .other), ("::ffff:8.8.8.8", .public),
    ("64:ff9b::a00:1", .other), ("64:ff9b::808:808", .public), ("2002:a00:1::", .other), ("fd00::1", .other),
    ("fe80::1", .other), ("ff02::1", .other), ("2001:db8::1", .other), ("2606:4700::1111", .public),
    ("localhost", .none), ("1.2.3", .none),
  ])
  func `what kind an address is of`(_ text: String, _ kind: WebhookAddress.Kind) {
    #expect(WebhookAddress.Kind(text) == kind)
  }

  @Test(arguments: [
    ("https://hooks.example/terms", nil), ("http://localhost:8080/", nil), ("http://[::1]:8080/", nil),
    ("http://127.0.0.1/", nil), ("http://hooks.example/", "would be sent in clear"), ("hooks.example", "is no address"),
    ("ftp://hooks.example/", "is no address"), ("https://user:word@hooks.example/", "holds a user or password"),
    ("https://hooks.example/#part", "is no address"), ("https:///terms", "is no address"),
    ("https://hooks.example:65536/", "names a port that there is not"), ("https://hooks.example:0/", "names a port"),
    ("https://hooks.example:65535/", nil),
    ("https://hooks.example/\r\nX: y", "is no address"), ("http://localhost.example/", "would be sent in clear"),
  ])
  func `which addresses a webhook may have`(_ url: String, _ words: String?) {
    do throws(WebhookAddressError) {
      _ = try WebhookAddress(url)
      #expect(words == nil)
    } catch {
      #expect(words.map(error.description.contains) == true, "\(url): \(error)")
      #expect(!error.description.contains("word@"))
    }
  }

  /// A name that stands for this machine or the one beside it leads nowhere, whoever chose what it stands for.
  @Test(arguments: ["https://10.255.255.1/", "https://[::ffff:169.254.169.254]/", "https://169.254.169.254/latest"])
  func `the private network is closed unless the settings open it`(_ url: String) async throws {
    let reply = try await Self.post(to: url)
    #expect(reply.outcome == .unavailable)
    #expect(reply.says.contains("not of the public network"), "\(reply.says)")
    #expect(try await !Self.post(to: url, allowsPrivate: true, seconds: 1).says.contains("not of the public network"))
  }
}

/// Reads one request, answers with these bytes, and cuts the line.
private final class CuttingServer: Sendable {
  let port: Int

  /// - Parameter staysFor: for how many seconds the line stays whole after the answer.
  init(answer: String, staysFor seconds: UInt32 = 0) throws {
    let listener = try Loopback.listening(backlog: 4)
    port = listener.port
    Thread.detachNewThread {
      let connection = accept(listener.handle, nil, nil)
      var (text, chunk) = ("", [UInt8](repeating: 0, count: 65_536))
      // The body is the only part with a closing brace.
      while !text.hasSuffix("}") {
        let count = recv(connection, &chunk, chunk.count, 0)
        guard count > 0 else { break }
        text += String(decoding: chunk[..<count], as: UTF8.self)
      }
      let bytes = Array(answer.utf8)
      _ = send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL))
      // Until the other side has gone, and no longer than that.
      if seconds > 0 {
        var wait = timeval(tv_sec: Int(seconds), tv_usec: 0)
        setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
        _ = recv(connection, &chunk, 1, 0)
      }
      shutdown(connection, Int32(SHUT_RDWR))
      close(connection)
    }
  }
}
