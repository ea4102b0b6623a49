internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import OwnThreads
internal import Synchronization

/// Somebody on loopback who is told by HTTP, remembers what came, and answers as a test asks.
package final class HookReceiver: Sendable {
  package struct Received: Hashable, Sendable {
    package let fields: [String: String]
    package let body: String
  }

  package enum Answer: Sendable {
    case status(Int, fields: [String: String] = [:])
    /// None, for a minute.
    case silence
  }

  private let seen: Seen
  private let task: Task<Void, any Error>
  package let port: Int

  private final class Seen: Sendable {
    let received = Mutex<[Received]>([])
  }

  /// - Parameter answer: to the request of that number, from 0.
  package init(answer: @escaping @Sendable (Int) -> Answer = { _ in .status(204) }) async throws {
    let seen = Seen()
    self.seen = seen
    let router = Router()
    let receive: @Sendable (Request, BasicRequestContext) async throws -> Response = { request, _ in
      let body = try await request.body.collect(upTo: 1_000_000)
      let fields = Dictionary(
        request.headers.map { ($0.name.canonicalName, $0.value) }, uniquingKeysWith: { $0 + ", " + $1 })
      let number = seen.received.withLock { received in
        received.append(Received(fields: fields, body: String(buffer: body)))
        return received.count - 1
      }
      switch answer(number) {
      case .status(let code, let fields):
        var headers = HTTPFields()
        for (name, value) in fields { if let name = HTTPField.Name(name) { headers[name] = value } }
        return Response(status: .init(code: code), headers: headers)
      case .silence:
        try await Task.sleep(for: .seconds(60))
        return Response(status: .ok)
      }
    }
    router.post("/", use: receive)
    router.post("/hook", use: receive)
    let (ports, continuation) = AsyncStream<Int>.makeStream()
    let application = Application(
      router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
      onServerRunning: { channel in continuation.yield(channel.localAddress?.port ?? 0) },
      logger: Logger(label: "receiver") { _ in SwiftLogNoOpLogHandler() })
    task = Task(executorPreference: OwnThreads.executor) { try await application.run() }
    var port = 0
    for await known in ports {
      port = known
      break
    }
    self.port = port
  }

  package var received: [Received] { seen.received.withLock { $0 } }

  package func stop() { task.cancel() }
}
