import Foundation
import Testing

/// Postfix's own test server, on loopback.
final class SMTPSink {
  static let isPresent = Tools.arePresent(["smtp-sink"], for: "sending to smtp-sink", package: "postfix")

  let port: Int
  private let process: pid_t

  init(_ arguments: [String] = []) throws {
    port = try Tools.freePort()
    process = try Tools.start(
      "smtp-sink", (geteuid() == 0 ? ["-u", "postfix"] : []) + arguments + ["127.0.0.1:\(port)", "100"])
    try Tools.waitForListener(on: port)
  }

  func stop() { Tools.end(process) }
}
