import Foundation
import Loopback
import Synchronization

/// A mail server on loopback that does what a test asks of it, and remembers every byte that came in.
final class ScriptedServer: Sendable {
  /// A step of the conversation at which it can be told to misbehave.
  enum Step: String, CaseIterable, Sendable {
    case greeting, ehlo, mail, recipient, data, end
  }

  enum Behaviour: Sendable, Hashable {
    /// Answers so instead of well.
    case reply(String)
    /// Closes the connection instead of answering.
    case drop
    /// Never answers.
    case hang
    /// Closes the connection after the answer.
    case dropAfter(String)
  }

  struct Script: Sendable {
    var extensions = ["PIPELINING", "SIZE 10240000", "ENHANCEDSTATUSCODES", "8BITMIME", "DSN"]
    var behaviours: [Step: Behaviour] = [:]
    var acceptance = "250 2.0.0 Ok: queued as 4F2A"
  }

  private struct Seen {
    var connections = 0
    var commands: [String] = []
    var messages: [[UInt8]] = []
    var isOver = false
    var sockets: [Int32] = []
  }

  var port: Int { listener.port }
  private let listener: Loopback
  private let script: Script
  private let seen = Mutex(Seen())

  /// What came in so far.
  var connections: Int { seen.withLock { $0.connections } }
  var commands: [String] { seen.withLock { $0.commands } }
  /// The content of the messages, dots unstuffed, without the line of the final dot.
  var messages: [[UInt8]] { seen.withLock { $0.messages } }

  init(_ script: Script = Script()) throws {
    self.script = script
    listener = try Loopback.listening()
    Thread.detachNewThread { [self] in accept() }
  }

  /// Ends all connections and the threads that serve them.
  func stop() {
    let sockets = seen.withLock { seen in
      seen.isOver = true
      return seen.sockets
    }
    shutdown(listener.handle, Int32(SHUT_RDWR))
    for socket in sockets { shutdown(socket, Int32(SHUT_RDWR)) }
  }

  private func accept() {
    while true {
      let socket = Glibc.accept(listener.handle, nil, nil)
      guard socket >= 0 else { break }
      let isOver = seen.withLock { seen in
        seen.connections += 1
        seen.sockets.append(socket)
        return seen.isOver
      }
      guard !isOver else { break }
      Thread.detachNewThread { [self] in
        var conversation = Conversation(socket: socket, server: self)
        conversation.run()
        shutdown(socket, Int32(SHUT_RDWR))
      }
    }
  }

  private struct Conversation {
    let socket: Int32
    let server: ScriptedServer
    var buffer: [UInt8] = []

    init(socket: Int32, server: ScriptedServer) {
      self.socket = socket
      self.server = server
    }

    /// Answers a step; `false` where the conversation is over.
    private func answer(_ step: Step, _ usual: String) -> Bool {
      switch server.script.behaviours[step] {
      case nil: return say(usual)
      case .reply(let text): return say(text)
      case .dropAfter(let text):
        // The end comes along with the answer: whoever has read the one and goes on has the other, too.
        _ = say(text, Int32(MSG_MORE))
        shutdown(socket, Int32(SHUT_WR))
        return false
      case .drop: return false
      case .hang:
        while !server.seen.withLock({ $0.isOver }) { usleep(10_000) }
        return false
      }
    }

    private func say(_ text: String, _ flags: Int32 = 0) -> Bool {
      let bytes = Array((text.replacing("\n", with: "\r\n") + "\r\n").utf8)
      return send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL) | flags) == bytes.count
    }

    private mutating func line() -> [UInt8]? {
      while true {
        if let end = buffer.firstIndex(of: UInt8(ascii: "\n")) {
          defer { buffer.removeSubrange(...end) }
          return Array(buffer[..<end])
        }
        var chunk = [UInt8](repeating: 0, count: 65_536)
        let count = recv(socket, &chunk, chunk.count, 0)
        guard count > 0 else { return nil }
        buffer += chunk[..<count]
      }
    }

    mutating func run() {
      guard answer(.greeting, "220 scripted.test ESMTP") else { return }
      while let bytes = line() {
        let command = String(decoding: bytes, as: UTF8.self).replacing("\r", with: "")
        server.seen.withLock { $0.commands.append(command) }
        let goesOn: Bool
        switch command.prefix(4).uppercased() {
        case "EHLO":
          let lines = ["scripted.test"] + server.script.extensions
          let reply = lines.enumerated().map {
            $0.offset == lines.count - 1 ? "250 \($0.element)" : "250-\($0.element)"
          }
          goesOn = answer(.ehlo, reply.joined(separator: "\n"))
        case "HELO": goesOn = say("250 scripted.test")
        case "MAIL": goesOn = answer(.mail, "250 2.1.0 Ok")
        case "RCPT": goesOn = answer(.recipient, "250 2.1.5 Ok")
        case "DATA": goesOn = answer(.data, "354 End data with <CR><LF>.<CR><LF>") && readMessage()
        case "NOOP": goesOn = say("250 2.0.0 Ok")
        case "QUIT":
          _ = say("221 2.0.0 Bye")
          goesOn = false
        default: goesOn = say("502 5.5.2 Error: command not recognized")
        }
        guard goesOn else { return }
      }
    }

    private mutating func readMessage() -> Bool {
      if let refusal = server.script.behaviours[.data], case .reply(let text) = refusal, !text.hasPrefix("354") {
        return true
      }
      var message: [UInt8] = []
      while let bytes = line() {
        if bytes == Array(".\r".utf8) {
          server.seen.withLock { $0.messages.append(message) }
          return answer(.end, server.script.acceptance)
        }
        message += bytes.first == UInt8(ascii: ".") ? bytes.dropFirst() : bytes[...]
        message.append(UInt8(ascii: "\n"))
      }
      return false
    }
  }
}
