import Foundation
import HTTPTypes
import Hummingbird
import Synchronization
import TermsModel
import TermsOperations
import Testing

@testable import TermsWeb

/// Clients that are slow, huge or hostile, over real connections: each is answered or cut off in bounded time, and the others
/// are served meanwhile.
///
/// Each in a process of its own: in that of all tests, a service waits for its turn behind all of them.
@Suite(.serialized) struct SlowClientTests {
  /// - Parameter patience: short where a test waits for its end, and longer than any test where nothing is to end.
  private static func serving(
    patience: Int = 600, _ body: @escaping @Sendable (Int) throws -> Void
  ) async throws {
    let harbor = try await WebHarbor(patience: patience)
    try await TermsWebTests.serving({ harbor.service.application(onRunning: $0) }, body)
  }

  /// Does `body` with a service of little patience, and with one of more where the machine itself was too slow for that: a test
  /// of what is done in time must not fail where this thread got no turn for a second.
  /// - Parameter body: whether all came in time.
  private static func withMorePatience(_ body: (_ patience: Int) async throws -> Bool) async throws {
    for patience in [1, 5] { if try await body(patience) { return } }
    #expect(try await body(20))
  }

  @Test(.timeLimit(.minutes(30)))
  func `who sends a head or a body byte by byte is told so, who is silent is cut off, and the others are served`()
    async
  {
    await #expect(processExitsWith: .success) {
      try await Self.serving(patience: 3) { port in
        let kept = try Line(to: port)
        kept.say(Line.health)
        #expect(kept.hear().contains("ok"))
        let head = try Line(to: port)
        let body = try Line(to: port)
        let silent = try Line(to: port)
        head.say("GET / HTTP/1.1\r\nx: ")
        body.say(
          "POST /sign-in HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-www-form-urlencoded\r\n"
            + "content-length: 100000\r\n\r\n")
        var (isHeadOpen, isBodyOpen, rounds) = (true, true, 0)
        while isHeadOpen || isBodyOpen, rounds < 300 {
          isHeadOpen = isHeadOpen && head.say("a")
          isBodyOpen = isBodyOpen && body.say("x")
          rounds += 1
          if rounds % 5 == 0 { #expect(try Line.isWell(port)) }
          Thread.sleep(forTimeInterval: 0.2)
        }
        #expect(!isHeadOpen && !isBodyOpen, "neither may last")
        let (late, slow) = (head.hear(untilClosed: true), body.hear(untilClosed: true))
        #expect(late.hasPrefix("HTTP/1.1 408") && late.contains("connection: close"), "\(late)")
        #expect(late.hasSuffix("send it again, as a whole\n"), "\(late)")
        #expect(slow.hasPrefix("HTTP/1.1 408") && slow.contains("did not arrive within 3 s"), "\(slow)")
        #expect(silent.hear(untilClosed: true).isEmpty)
        #expect(kept.hear(untilClosed: true).isEmpty, "a connection that is kept open is closed as well")
        #expect(try Line.isWell(port))
      }
    }
  }

  @Test(.timeLimit(.minutes(30)))
  func `a body that nobody reads is not taken in for ever`() async {
    await #expect(processExitsWith: .success) {
      try await Self.serving(patience: 3) { port in
        let line = try Line(to: port)
        line.say("GET /healthz HTTP/1.1\r\nhost: x\r\ncontent-length: 1000000000\r\n\r\n")
        #expect(line.hear().contains("ok"))
        let piece = [UInt8](repeating: UInt8(ascii: "x"), count: 10_000)
        var rounds = 0
        while rounds < 600, line.say(piece) {
          rounds += 1
          Thread.sleep(forTimeInterval: 0.1)
        }
        #expect(rounds < 600)
        #expect(try Line.isWell(port))
      }
    }
  }

  // MARK: Answers that are not taken

  /// A service with one long answer.
  private static func servingLong(patience: Int, _ body: @escaping @Sendable (Int) throws -> Void) async throws {
    let router = Router(context: WebContext.self)
    let long = ByteBuffer(repeating: UInt8(ascii: "x"), count: 24_000_000)
    router.get("/long") { _, _ in Response(status: .ok, body: ResponseBody(byteBuffer: long)) }
    router.get("/healthz") { _, _ in "ok" }
    try await TermsWebTests.serving(
      { onRunning in
        Application(
          router: router, server: .watched(patience: patience),
          configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
          onServerRunning: { onRunning($0.localAddress?.port ?? 0) })
      }, body)
  }

  @Test(
    .timeLimit(.minutes(30)),
    arguments: [("one long answer", 1, ""), ("many", 100, ""), ("the last one", 1, "connection: close\r\n")])
  func `who asks and never reads the answer is cut off`(_ name: String, _ count: Int, _ field: String) async {
    await #expect(processExitsWith: .success) { [count = count as Int, field = field as String] in
      try await Self.servingLong(patience: 2) { port in
        let line = try Line(to: port, window: 2048)
        line.say(String(repeating: "GET /long HTTP/1.1\r\nhost: x\r\n\(field)\r\n", count: count))
        #expect(line.isCut())
        #expect(try Line.isWell(port))
      }
    }
  }

  @Test(.timeLimit(.minutes(30)))
  func `who reads slowly is given the time`() async {
    await #expect(processExitsWith: .success) {
      try await Self.withMorePatience { patience in
        let read = Atomic(0)
        try await Self.servingLong(patience: patience) { port in
          let line = try Line(to: port, window: 65_536)
          line.say("GET /long HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
          while let bytes = line.bytes(atMost: 65_536) {
            read.add(bytes.count, ordering: .relaxed)
            // In all several times as long as nothing may happen.
            Thread.sleep(forTimeInterval: 0.02 * Double(patience))
          }
        }
        return read.load(ordering: .relaxed) > 24_000_000
      }
    }
  }

  // MARK: Crooked requests

  /// What a client sends, made where it is needed: a test's arguments stand in every report.
  enum Crooked: String, CaseIterable, Codable, CustomTestStringConvertible {
    case endlessPath, endlessField, fieldsWithoutEnd, upwards, upwardsEncoded, twoSlashes, zeroByte, noUTF8
    case overlongUTF8, backslashes, elsewhere, twoLengths, lengthAndChunks, noHTTP
    case noHost, noHostInTheSecond, twoHosts, hostThatIsNone, noHostInHTTP10, addressForHost

    var testDescription: String { rawValue }

    var request: String {
      switch self {
      case .endlessPath: Self.get("/\(String(repeating: "a", count: 200_000))")
      case .endlessField: Self.get("/", "x: \(String(repeating: "a", count: 200_000))\r\n")
      case .fieldsWithoutEnd: Self.get("/", (0..<5000).map { "x\($0): y\r\n" }.joined())
      case .upwards: Self.get("/../../etc/passwd")
      case .upwardsEncoded: Self.get("/%2e%2e/%2e%2e/etc/passwd")
      case .twoSlashes: Self.get("//etc/passwd")
      case .zeroByte: Self.get("/connector-terms%00.html")
      case .noUTF8: Self.get("/connector-terms/versions/%ff%fe")
      case .overlongUTF8: Self.get("/%C0%AE%C0%AE/")
      case .backslashes: Self.get("/connector-terms\\..\\..")
      case .elsewhere: Self.get("http://elsewhere.example/")
      case .twoLengths: Self.get("/", "content-length: 3\r\ncontent-length: 5\r\n")
      case .lengthAndChunks:
        "POST /sign-in HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\ncontent-length: 5\r\n\r\n0\r\n\r\n"
      case .noHTTP: "SMTP? no\r\n\r\n"
      case .noHost: "GET /healthz HTTP/1.1\r\n\r\n"
      case .noHostInTheSecond: Line.health + "GET /healthz HTTP/1.1\r\n\r\n"
      case .twoHosts: Self.get("/healthz", "host: y\r\n")
      case .hostThatIsNone: "GET /healthz HTTP/1.1\r\nhost: x/y z\r\n\r\n"
      case .noHostInHTTP10: "GET /healthz HTTP/1.0\r\n\r\n"
      case .addressForHost: "GET /healthz HTTP/1.1\r\nhost: [::1]:8080\r\n\r\n"
      }
    }

    /// The statuses of the answers that may come, one after the other; an empty one where the line may be cut instead.
    var allowed: [[String]] {
      switch self {
      case .endlessPath: [["", "400", "414", "431"]]
      case .endlessField, .fieldsWithoutEnd: [["", "400", "431"]]
      case .upwards, .upwardsEncoded, .twoSlashes, .zeroByte, .noUTF8, .overlongUTF8, .backslashes: [["400", "404"]]
      case .elsewhere: [["200", "400", "404"]]
      case .twoLengths, .noHTTP: [["", "400"]]
      case .lengthAndChunks: [["", "400", "415"]]
      case .noHost, .twoHosts, .hostThatIsNone: [["400"]]
      case .noHostInTheSecond: [["200"], ["400"]]
      case .noHostInHTTP10, .addressForHost: [["200"]]
      }
    }

    private static func get(_ path: String, _ fields: String = "") -> String {
      "GET \(path) HTTP/1.1\r\nhost: x\r\n\(fields)\r\n"
    }
  }

  @Test(.timeLimit(.minutes(30)), arguments: Crooked.allCases)
  func `what is huge or crooked is answered or cut off, and nothing is broken`(_ crooked: Crooked) async {
    await #expect(processExitsWith: .success) { [crooked = crooked as Crooked] in
      try await Self.withMorePatience { patience in
        let isInTime = Atomic(true)
        try await Self.serving(patience: patience) { port in
          let line = try Line(to: port)
          line.say(crooked.request)
          let heard = line.hear(untilClosed: true)
          let statuses = heard.matches(of: #/HTTP/1\.1 (\d{3}) /#).map { String($0.output.1) }
          // It came too slowly, which no request here is to be told.
          if statuses.first == "408" { return isInTime.store(false, ordering: .relaxed) }
          for (number, allowed) in crooked.allowed.enumerated() {
            #expect(allowed.contains(number < statuses.count ? statuses[number] : ""), "\(heard.prefix(300))")
          }
          #expect(statuses.count <= crooked.allowed.count || statuses.last == "408", "\(heard.prefix(300))")
          #expect(!heard.contains("root:"))
          #expect(try Line.isWell(port))
        }
        return isInTime.load(ordering: .relaxed)
      }
    }
  }

  // MARK: Large bodies

  @Test(.timeLimit(.minutes(30)))
  func `a body larger than allowed is refused while it comes`() async {
    await #expect(processExitsWith: .success) {
      try await Self.serving { port in
        let line = try Line(to: port)
        line.say(
          "POST /sign-in HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-www-form-urlencoded\r\n"
            + "transfer-encoding: chunked\r\n\r\n")
        let chunk = Array("10000\r\n".utf8) + [UInt8](repeating: UInt8(ascii: "x"), count: 65_536) + Array("\r\n".utf8)
        var sent = 0
        while sent < 64, line.say(chunk) { sent += 1 }
        // 4 MB and one chunk are enough; nobody reads the other sixty.
        line.say(chunk + chunk)
        #expect(line.hear().hasPrefix("HTTP/1.1 413"))
        #expect(try Line.isWell(port))
      }
    }
  }

  @Test(.timeLimit(.minutes(30)))
  func `a body that is announced too large is refused at once, and only to who may send one`() async {
    await #expect(processExitsWith: .success) {
      let harbor = try await WebHarbor(patience: 600)
      let token = try await harbor.bearer(.operator)[.authorization] ?? ""
      try await TermsWebTests.serving({ harbor.service.application(onRunning: $0) }) { port in
        let head =
          "POST /v1/developers HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
          + "content-length: 99999999999\r\n"
        let stranger = try Line(to: port)
        stranger.say(head + "\r\n")
        #expect(stranger.hear().hasPrefix("HTTP/1.1 401"))
        let known = try Line(to: port)
        known.say(head + "authorization: \(token)\r\nexpect: 100-continue\r\n\r\n")
        let answer = known.hear(untilClosed: true)
        #expect(answer.hasPrefix("HTTP/1.1 413"), "and is not asked for: \(answer)")
        #expect(answer.contains("A body has at most 4 MB."), "\(answer)")
      }
    }
  }

  @Test(.timeLimit(.minutes(30)))
  func `who waits with the body is asked for it`() async {
    await #expect(processExitsWith: .success) {
      try await Self.serving { port in
        let line = try Line(to: port)
        line.say(
          "POST /sign-in HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-www-form-urlencoded\r\n"
            + "content-length: 7\r\nExpect: 100-Continue\r\n\r\n")
        #expect(line.hear() == "HTTP/1.1 100 Continue\r\n\r\n")
        line.say("token=x")
        let answer = line.hear()
        #expect(answer.hasPrefix("HTTP/1.1 4") && answer.contains("text/html"), "\(answer)")
      }
    }
  }
}
