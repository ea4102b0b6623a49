import Foundation
import HTTPTypes
import Hummingbird
import Logging
import Synchronization
import Testing

@testable import TermsWeb

/// A service that is told to stop while somebody is being served.
///
/// Each in a process of its own, which is told by the signal that a person or a supervisor sends.
@Suite(.serialized) struct StoppingTests {
  private static let length = 24_000_000

  /// Serves until the signal comes, while `client` runs on a thread of its own; ends once both have ended.
  /// - Parameter client: gets the port, and what tells it that its request has come in.
  private static func serving(
    _ client: @escaping @Sendable (_ port: Int, _ isUnderWay: @escaping () -> Bool) throws -> Void
  )
    async throws
  {
    let isUnderWay = Underway()
    let router = Router(context: WebContext.self)
    let long = ByteBuffer(repeating: UInt8(ascii: "x"), count: length)
    router.get("/long") { _, _ in Response(status: .ok, body: ResponseBody(byteBuffer: long)) }
    router.post("/count") { request, _ in
      var count = 0
      for try await part in request.body {
        count += part.readableBytes
        isUnderWay.flag.store(true, ordering: .relaxed)
      }
      return "\(count) came"
    }
    let (ports, found) = AsyncStream<Int>.makeStream()
    let application = Application(
      router: router, server: .watched(patience: 600),
      configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
      onServerRunning: { found.yield($0.localAddress?.port ?? 0) },
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    async let served: Void = application.runService()
    for await port in ports {
      try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread {
          continuation.resume(with: Result { try client(port) { isUnderWay.flag.load(ordering: .relaxed) } })
        }
      }
      break
    }
    try await served
  }

  private final class Underway: Sendable { let flag = Atomic(false) }

  /// Sends the signal, and waits until nobody else is let in.
  private static func stop(_ port: Int) {
    kill(getpid(), SIGTERM)
    while (try? Line(to: port)) != nil { usleep(1000) }
  }

  @Test(.timeLimit(.minutes(30)))
  func `an answer that is under way is delivered whole, and then the service ends`() async {
    await #expect(processExitsWith: .success) {
      try await Self.serving { port, _ in
        // The system takes in so little that most of the answer is still with the service when the signal comes.
        let line = try Line(to: port, window: 65_536)
        line.say("GET /long HTTP/1.1\r\nhost: x\r\n\r\n")
        var heard = try #require(line.bytes(atMost: 1000)).count
        let head = heard
        Self.stop(port)
        while let bytes = line.bytes(atMost: 65_536) { heard += bytes.count }
        #expect(heard > Self.length && heard <= Self.length + head, "\(heard) bytes came")
      }
    }
  }

  @Test(.timeLimit(.minutes(30)))
  func `a request whose body is still coming is taken in whole and answered, and then the service ends`() async {
    await #expect(processExitsWith: .success) {
      try await Self.serving { port, isUnderWay in
        let line = try Line(to: port)
        let half = [UInt8](repeating: UInt8(ascii: "x"), count: 50_000)
        line.say("POST /count HTTP/1.1\r\nhost: x\r\ncontent-length: 100000\r\n\r\n")
        line.say(half)
        while !isUnderWay() { usleep(1000) }
        Self.stop(port)
        #expect(line.say(half))
        let answer = line.hear(untilClosed: true)
        #expect(answer.hasPrefix("HTTP/1.1 200") && answer.hasSuffix("100000 came"), "\(answer)")
      }
    }
  }
}
