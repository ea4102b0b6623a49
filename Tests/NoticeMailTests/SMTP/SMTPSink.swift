import Foundation
import Loopback
import Testing

/// Postfix's own test server, on loopback.
final class SMTPSink {
  static let isPresent = Tools.arePresent(["smtp-sink"], for: "sending to smtp-sink", package: "postfix")

  var port: Int { place.port }
  private let place: Loopback
  private let process: pid_t

  init(_ arguments: [String] = []) throws {
    place = try Loopback.reserved()
    process = try Tools.start(
      "smtp-sink", (geteuid() == 0 ? ["-u", "postfix"] : []) + arguments + ["127.0.0.1:\(place.port)", "100"])
    try Loopback.waitForListener(on: port)
  }

  func stop() { Tools.end(process) }
}
