import Foundation
import Hummingbird
import HummingbirdTesting
import OwnThreads
import Testing

@testable import TermsWeb

/// Clients that are slow, huge or hostile, over real connections: each is answered or cut off in bounded time, and the others
/// are served meanwhile.
@Suite(.serialized) struct SlowClientTests {
  /// A connection on which a test says what it likes, byte by byte.
  private struct Line: ~Copyable {
    private let socket: Int32

    init(to port: Int) throws {
      socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_port = UInt16(port).bigEndian
      address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
      let connected = withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
        }
      }
      guard connected else { throw CocoaError(.fileNoSuchFile) }
      var wait = timeval(tv_sec: 60, tv_usec: 0)
      setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { close(socket) }

    /// - Returns: `false` once the other side has closed.
    @discardableResult
    func say(_ text: String) -> Bool { say(Array(text.utf8)) }

    @discardableResult
    func say(_ bytes: [UInt8]) -> Bool {
      var rest = bytes[...]
      while !rest.isEmpty {
        let count = rest.withUnsafeBytes { send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        guard count > 0 else { return false }
        rest = rest.dropFirst(count)
      }
      return true
    }

    /// What comes until the other side closes, or the end of an answer's head and as much of its body as came along.
    func hear(untilClosed: Bool = false) -> String {
      var (text, chunk) = ("", [UInt8](repeating: 0, count: 65_536))
      while true {
        let count = recv(socket, &chunk, chunk.count, 0)
        guard count > 0 else { return text }
        text += String(decoding: chunk[..<count], as: UTF8.self)
        if !untilClosed, text.contains("\r\n\r\n") { return text }
      }
    }
  }

  /// Serves while `body` runs on a thread of its own.
  private func serving(_ body: @escaping @Sendable (Int) throws -> Void) async throws {
    let harbor = try await WebHarbor()
    let (ports, found) = AsyncStream<Int>.makeStream()
    let application = harbor.service.application { found.yield($0) }
    let serving = Task(executorPreference: OwnThreads.executor) { try await application.run() }
    defer { serving.cancel() }
    for await port in ports {
      try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread { continuation.resume(with: Result { try body(port) }) }
      }
      break
    }
  }

  private static let health = "GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n"

  private static func isWell(_ port: Int) throws -> Bool {
    let line = try Line(to: port)
    line.say(health)
    return line.hear().hasPrefix("HTTP/1.1 200")
  }

  @Test(.timeLimit(.minutes(10)))
  func `who sends a head byte by byte, a body too slowly or nothing at all is cut off, and the others are served`()
    async throws
  {
    try await serving { port in
      let head = try Line(to: port)
      let body = try Line(to: port)
      let silent = try Line(to: port)
      let kept = try Line(to: port)
      body.say(
        "POST /sign-in HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-www-form-urlencoded\r\n"
          + "content-length: 100000\r\n\r\n")
      kept.say(Self.health)
      #expect(kept.hear().contains("ok"))
      var isOpen = true
      // Longer than anything may last.
      for second in 0..<(WebContext.bodySeconds * 2) where isOpen {
        head.say(second == 0 ? "GET / HTTP/1.1\r\nx: " : "a")
        isOpen = body.say("x")
        #expect(try Self.isWell(port))
        Thread.sleep(forTimeInterval: 1)
      }
      let answer = body.hear(untilClosed: true)
      #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 408"), "\(answer)")
      #expect(!isOpen || answer.hasPrefix("HTTP/1.1 408"), "a body may take \(WebContext.bodySeconds) s")
      #expect(head.hear(untilClosed: true).isEmpty)
      #expect(silent.hear(untilClosed: true).isEmpty)
      #expect(kept.hear(untilClosed: true).isEmpty, "a connection that is kept open is closed as well")
      #expect(try Self.isWell(port))
    }
  }

  @Test(
    .timeLimit(.minutes(10)),
    arguments: [
      (
        "POST /v1/developers HTTP/1.1\r\nhost: x\r\ncontent-length: 99999999999\r\n\r\n", ["401", "413"],
        "a body that is announced too large"
      ),
      (
        "GET /\(String(repeating: "a", count: 200_000)) HTTP/1.1\r\nhost: x\r\n\r\n", ["", "400", "414", "431"],
        "an endless path"
      ),
      (
        "GET / HTTP/1.1\r\nhost: x\r\nx: \(String(repeating: "a", count: 200_000))\r\n\r\n", ["", "400", "431"],
        "an endless field"
      ),
      (
        "GET / HTTP/1.1\r\nhost: x\r\n\((0..<5000).map { "x\($0): y\r\n" }.joined())\r\n", ["", "400", "431"],
        "fields without an end"
      ),
      ("GET /../../etc/passwd HTTP/1.1\r\nhost: x\r\n\r\n", ["400", "404"], "a path upwards"),
      ("GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nhost: x\r\n\r\n", ["400", "404"], "the same, encoded"),
      ("GET //etc/passwd HTTP/1.1\r\nhost: x\r\n\r\n", ["400", "404"], "two slashes"),
      ("GET /connector-terms%00.html HTTP/1.1\r\nhost: x\r\n\r\n", ["400", "404"], "a zero byte"),
      ("GET /connector-terms/versions/%ff%fe HTTP/1.1\r\nhost: x\r\n\r\n", ["400", "404"], "no UTF-8"),
      ("GET /%C0%AE%C0%AE/ HTTP/1.1\r\nhost: x\r\n\r\n", ["400", "404"], "overlong UTF-8"),
      ("GET /connector-terms\\..\\.. HTTP/1.1\r\nhost: x\r\n\r\n", ["400", "404"], "backslashes"),
      ("GET http://elsewhere.example/ HTTP/1.1\r\nhost: x\r\n\r\n", ["200", "400", "404"], "another's address"),
      ("GET / HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\ncontent-length: 5\r\n\r\n", ["", "400"], "two lengths"),
      (
        "POST /sign-in HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\ncontent-length: 5\r\n\r\n0\r\n\r\n",
        ["", "400", "415"], "a length and chunks"
      ),
      ("SMTP? no\r\n\r\n", ["", "400"], "no HTTP at all"),
    ])
  func `what is huge or crooked is answered or cut off, and nothing is broken`(
    _ request: String, _ allowed: [String], _ because: String
  ) async throws {
    try await serving { port in
      let line = try Line(to: port)
      line.say(request)
      let answer = line.hear()
      let status = answer.hasPrefix("HTTP/1.1 ") ? String(answer.dropFirst(9).prefix(3)) : ""
      #expect(allowed.contains(status), "\(because): \(answer.prefix(300))")
      #expect(!answer.contains("root:"), "\(because)")
      #expect(try Self.isWell(port), "\(because)")
    }
  }

  @Test(.timeLimit(.minutes(10)))
  func `a body larger than allowed is refused while it comes`() async throws {
    try await serving { port in
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
      #expect(try Self.isWell(port))
    }
  }
}
