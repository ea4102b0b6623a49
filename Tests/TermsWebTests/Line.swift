import Foundation
import Hummingbird
import Loopback
import Testing

@testable import TermsWeb

/// A connection on which a test says what it likes, byte by byte, from a thread of its own.
final class Line {
  private let connection: Loopback
  private var socket: Int32 { connection.handle }

  /// - Parameter window: how many bytes the system takes in before anybody reads them; as it likes where `nil`.
  init(to port: Int, window: Int32? = nil) throws {
    connection = try Loopback.connected(to: port, window: window)
    // Whoever waits longer than this waits for nothing: a test fails, and does not hang.
    var wait = timeval(tv_sec: 60, tv_usec: 0)
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
    setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
  }

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
    var text = ""
    while let bytes = bytes(atMost: 65_536) {
      text += String(decoding: bytes, as: UTF8.self)
      if !untilClosed, text.contains("\r\n\r\n") { break }
    }
    return text
  }

  /// One answer, to the end of its body; `nil` where the line ends before, or nothing comes for a minute.
  func answer() -> String? {
    var text = ""
    while let bytes = bytes(atMost: 65_536) {
      text += String(decoding: bytes, as: UTF8.self)
      guard let head = text.firstRange(of: "\r\n\r\n")?.upperBound else { continue }
      let fields = text[..<head].lowercased()
      let length = fields.firstRange(of: "content-length: ").map { fields[$0.upperBound...].prefix(while: \.isNumber) }
      if text[head...].utf8.count >= length.flatMap({ Int($0) }) ?? 0 { return text }
    }
    return nil
  }

  /// - Returns: `nil` at the end of the line.
  func bytes(atMost most: Int) -> ArraySlice<UInt8>? {
    var chunk = [UInt8](repeating: 0, count: most)
    let count = recv(socket, &chunk, most, 0)
    return count > 0 ? chunk[..<count] : nil
  }

  /// Waits until the other side cuts the line, though nothing of what it says is read.
  /// - Returns: `false` where it does not within two minutes.
  func isCut() -> Bool {
    var asked = pollfd(fd: socket, events: 0, revents: 0)
    return poll(&asked, 1, 120_000) == 1 && asked.revents & Int16(POLLHUP | POLLERR) != 0
  }
}

extension Line {
  static let health = "GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n"

  /// Whether somebody else is served; who was too slow for a service of little patience asks again.
  static func isWell(_ port: Int) throws -> Bool {
    for _ in 0..<10 {
      let line = try Line(to: port)
      line.say(health)
      let answer = line.hear()
      if answer.hasPrefix("HTTP/1.1 200") { return true }
      guard answer.isEmpty || answer.hasPrefix("HTTP/1.1 408") else { return false }
    }
    return false
  }
}

/// Serves while `body` runs on a thread of its own, so that it may wait without holding up who serves.
func serving(
  _ application: (_ onRunning: @escaping @Sendable (Int) -> Void) -> some ApplicationProtocol,
  _ body: @escaping @Sendable (_ port: Int) throws -> Void
) async throws {
  let (ports, found) = AsyncStream<Int>.makeStream()
  let application = application { found.yield($0) }
  let serving = Task { try await application.run() }
  defer { serving.cancel() }
  for await port in ports {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread { continuation.resume(with: Result { try body(port) }) }
    }
    break
  }
}
