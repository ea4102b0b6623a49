import Foundation
import HTTPTypes
import Hummingbird
import Synchronization
import TermsModel
import TermsOperations
import Testing

@testable import TermsWeb

/// Many who ask at once: the gateway of a platform asks for every deploy, and all deploys come on a Monday morning.
@Suite struct ManyAtOnceTests {
  /// In a process of its own: a service that stops for good stops every thread that a test, or its limit of time, could go
  /// on with.
  @Test(.timeLimit(.minutes(30)), arguments: [16, 64])
  func `who asks what binds over many connections at once is answered on each`(_ connections: Int) async {
    await #expect(processExitsWith: .success) { [connections = connections as Int] in
      let folder = FileManager.default.temporaryDirectory.appending(path: "many-\(UInt64.random(in: 0 ... .max))")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      // In a file, where several read at once, and not in memory, where all take turns.
      let harbor = try await WebHarbor(file: folder.appending(path: "record.sqlite").path)
      let token = try await harbor.bearer(.operator)[.authorization] ?? ""
      let ask =
        "GET /v1/developers/dev-42/binding HTTP/1.1\r\nhost: x\r\nauthorization: \(token)\r\n"
      try await serving({ harbor.service.application(onRunning: $0) }) { port in
        let answered = Atomic(0)
        let ended = DispatchGroup()
        for number in 0..<connections {
          ended.enter()
          Thread.detachNewThread {
            defer { ended.leave() }
            guard let line = try? Line(to: port) else { return }
            var tag = ""
            for round in 0..<20 {
              line.say(ask + (round % 2 == 1 ? "if-none-match: \(tag)\r\n" : "") + "\r\n")
              guard let answer = line.answer(), answer.hasPrefix(round % 2 == 1 ? "HTTP/1.1 304" : "HTTP/1.1 200"),
                let found = answer.firstMatch(of: /(?i)etag: (\S+)/)
              else {
                print("connection \(number) was not answered in round \(round)")
                return
              }
              tag = String(found.output.1)
              answered.add(1, ordering: .relaxed)
            }
          }
        }
        ended.wait()
        #expect(answered.load(ordering: .relaxed) == connections * 20)
        guard answered.load(ordering: .relaxed) == connections * 20 else { exit(EXIT_FAILURE) }
      }
    }
  }
}
