import Foundation
import TermsModel
import TermsOperations
import Testing

@testable import NoticeMail

@Suite struct SendmailTransportTests {
  private func message() throws -> NoticeMessage {
    NoticeMessage(
      messageID: "<notice.1@terms.example>", sender: try EmailAddress(checking: "bounce+a-b@bounces.example"),
      recipient: try EmailAddress(checking: "-x@example.com"), envelopeID: "aaaaaaaaaaaac",
      bytes: Array("Subject: a\r\n\r\n.\r\nFrom here\r\n".utf8))
  }

  /// Runs a shell script in sendmail's place.
  private func transmission(_ script: String, deliveryReports: Bool = true) async throws -> (Transmission, String) {
    let folder = try Tools.folder("sendmail")
    defer { try? FileManager.default.removeItem(at: folder) }
    let program = folder.path() + "/sendmail"
    let text = "#!/bin/sh\ncd \(folder.path())\nprintf '%s|' \"$@\" > args; cat > input\n\(script)\n"
    // Written by another process: a program that is open for writing, in a child of another test too, cannot be started.
    try Tools.run("sh", ["-c", "cat > \(program); chmod 755 \(program)"], input: text)
    let transmission = await SendmailTransport(program: program, deliveryReports: deliveryReports).transmit(
      try message())
    let read = { (name: String) in (try? String(contentsOfFile: folder.path() + "/" + name, encoding: .utf8)) ?? "" }
    return (transmission, read("args") + "\n" + read("input"))
  }

  @Test func `the program gets the envelope as arguments and the message with plain line ends`() async throws {
    let (transmission, seen) = try await transmission("exit 0")
    #expect(transmission.outcome.kind == "accepted")
    #expect(
      seen
        == "-i|-f|bounce+a-b@bounces.example|-N|success,delay,failure|-R|hdrs|-V|aaaaaaaaaaaac|--|-x@example.com|\n"
        + "Subject: a\n\n.\nFrom here\n")
  }

  @Test func `another system's program gets no options that it does not know`() async throws {
    let (_, seen) = try await transmission("exit 0", deliveryReports: false)
    #expect(seen.hasPrefix("-i|-f|bounce+a-b@bounces.example|--|-x@example.com|\n"))
  }

  @Test(arguments: [
    ("exit 75", "unavailable", Transmission.Scope.route, "EX_TEMPFAIL: try later"),
    ("exit 67", "rejected", .message, "EX_NOUSER"), ("exit 68", "rejected", .message, "EX_NOHOST"),
    ("exit 65", "rejected", .message, "EX_DATAERR"), ("exit 78", "unavailable", .route, "EX_CONFIG: ours to mend"),
    ("exit 1", "unavailable", .route, "anything else"),
    ("kill -TERM $$", "unknown", .message, "it may have been queued"),
  ])
  func `the exit code decides`(script: String, becomes: String, scope: Transmission.Scope, because: String) async throws
  {
    let (transmission, _) = try await transmission(script)
    #expect(transmission.outcome.kind == becomes && transmission.scope == scope, "\(because): \(transmission)")
  }

  @Test func `what it prints is in the reason`() async throws {
    let (transmission, _) = try await transmission("echo 'sendmail: fatal: no queue' >&2; exit 75")
    #expect("\(transmission.outcome)".contains("exit code 75: sendmail: fatal: no queue"))
  }

  @Test(.timeLimit(.minutes(30)))
  func `a program that does not end is ended, and nobody knows what became of the message`() async throws {
    let folder = try Tools.folder("sendmail")
    defer { try? FileManager.default.removeItem(at: folder) }
    let program = folder.path() + "/sendmail"
    try Tools.run("sh", ["-c", "cat > \(program); chmod 755 \(program)"], input: "#!/bin/sh\nsleep 600\n")
    #expect(
      await SendmailTransport(program: program, seconds: 1).send(try message())
        == .unknown(
          reason: "\(program) did not end within 1 s and was ended; the message may have been queued"))
  }

  @Test func `a program that is not there is unavailable`() async throws {
    let outcome = await SendmailTransport(program: "/nonexistent/sendmail").send(try message())
    #expect(
      outcome
        == .unavailable(
          reason: "/nonexistent/sendmail did not run (starting /nonexistent/sendmail: No such file or directory); "
            + "check the path and its permissions"))
  }
}
