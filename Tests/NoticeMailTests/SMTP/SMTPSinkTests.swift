import TermsOperations
import Testing

@testable import NoticeMail

/// The same faults as in ``SMTPTransportTests``, from a server that is not ours.
@Suite(.enabled(if: SMTPSink.isPresent)) struct SMTPSinkTests {
  struct Fault: CustomTestStringConvertible {
    let arguments: [String]
    let becomes: String
    let stage: Transmission.Stage
    let scope: Transmission.Scope
    var testDescription: String { arguments.joined(separator: " ") }
  }

  @Test(arguments: [
    Fault(arguments: ["-r", "MAIL"], becomes: "unavailable", stage: .sender, scope: .route),
    Fault(arguments: ["-f", "MAIL"], becomes: "unavailable", stage: .sender, scope: .route),
    Fault(arguments: ["-q", "MAIL"], becomes: "unavailable", stage: .sender, scope: .route),
    Fault(
      arguments: ["-r", "RCPT", "-b", "450 4.2.0 greylisted"], becomes: "unavailable", stage: .recipient,
      scope: .message),
    Fault(
      arguments: ["-f", "RCPT", "-B", "550 5.1.1 no such user"], becomes: "rejected", stage: .recipient,
      scope: .message
    ),
    Fault(arguments: ["-q", "RCPT"], becomes: "unavailable", stage: .recipient, scope: .route),
    Fault(arguments: ["-Q", "RCPT"], becomes: "unavailable", stage: .recipient, scope: .route),
    Fault(arguments: ["-r", "DATA"], becomes: "unavailable", stage: .content, scope: .message),
    Fault(arguments: ["-f", "DATA"], becomes: "unavailable", stage: .content, scope: .route),
    Fault(arguments: ["-q", "DATA"], becomes: "unavailable", stage: .content, scope: .route),
    Fault(arguments: ["-r", "."], becomes: "unavailable", stage: .completion, scope: .message),
    Fault(
      arguments: ["-f", ".", "-B", "552 5.2.2 mailbox full"], becomes: "rejected", stage: .completion, scope: .message
    ),
    Fault(arguments: ["-q", "."], becomes: "unknown", stage: .completion, scope: .message),
    Fault(arguments: ["-q", "CONNECT"], becomes: "unavailable", stage: .connection, scope: .route),
    Fault(arguments: ["-f", "EHLO,HELO"], becomes: "unavailable", stage: .connection, scope: .route),
    Fault(arguments: ["-f", "EHLO"], becomes: "unavailable", stage: .connection, scope: .route),
    Fault(arguments: ["-N"], becomes: "unavailable", stage: .connection, scope: .route),
    Fault(arguments: ["-W", "RCPT:600"], becomes: "unavailable", stage: .recipient, scope: .route),
    Fault(arguments: ["-w", "600"], becomes: "unavailable", stage: .content, scope: .route),
  ])
  func `what smtp-sink does wrong is read as ours is`(_ c: Fault) async throws {
    let sink = try SMTPSink(c.arguments)
    defer { sink.stop() }
    let transport = try SMTPTransportTests.transport(
      port: sink.port, hangs: c.arguments.contains { $0 == "-w" || $0 == "-W" })
    let transmission = await transport.transmit(try SMTPTransportTests.message())
    #expect(transmission.outcome.kind == c.becomes, "\(transmission)")
    #expect(transmission.stage == c.stage && transmission.scope == c.scope, "\(transmission)")
  }

  @Test func `a thousand messages take one connection`() async throws {
    let sink = try SMTPSink()
    defer { sink.stop() }
    let transport = try SMTPTransportTests.transport(port: sink.port)
    let message = try SMTPTransportTests.message()
    // On the transport's own thread, as a run sends. Where each message had to wait for a thread that other tests block, the
    // server would close what is idle for 100 seconds, as it should.
    let refusals = await withTaskExecutorPreference(transport.thread) {
      var refusals: [TransportOutcome] = []
      for _ in 1...1000 {
        let outcome = await transport.send(message)
        if outcome.kind != "accepted" { refusals.append(outcome) }
      }
      return refusals
    }
    #expect(refusals == [])
    #expect(await transport.connections == 1)
  }

  @Test func `a connection that the server closed meanwhile is made anew, and nothing is lost`() async throws {
    let server = try ScriptedServer(ScriptedServer.Script(behaviours: [.end: .dropAfter("250 2.0.0 Ok")]))
    defer { server.stop() }
    let transport = try SMTPTransportTests.transport(port: server.port)
    for _ in 1...3 { #expect(await transport.send(try SMTPTransportTests.message()).kind == "accepted") }
    #expect(await transport.connections == 3 && server.messages.count == 3)
  }
}
