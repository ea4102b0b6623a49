import CCurlShim
import Loopback
import TermsModel
import TermsOperations
import Testing

@testable import NoticeMail

@Suite struct SMTPTransportTests {
  static func message(
    to recipient: String = "ada+terms@example.com", envelopeID: String? = "aaaaaaaaaaqse", bytes: [UInt8]? = nil
  ) throws -> NoticeMessage {
    NoticeMessage(
      messageID: "<notice.1@terms.example>", sender: try EmailAddress(checking: "bounce+abc=d@bounces.example"),
      recipient: try EmailAddress(checking: recipient), envelopeID: envelopeID,
      bytes: bytes ?? Array("Subject: Hello\r\n\r\nWords.\r\n".utf8))
  }

  static func transport(
    port: Int, deliveryReports: SMTPSettings.DeliveryReports = .wire,
    security: SMTPSettings.Security = .none, hangs: Bool = false
  ) throws -> SMTPTransport {
    // A server in this process may be kept waiting by the other tests: only where one is to hang is it waited for briefly,
    // and for as long as no other answer takes.
    let seconds = hangs ? 8 : 120
    return SMTPTransport(
      settings: try SMTPSettings(
        host: "127.0.0.1", port: port, greeting: "terms.example", security: security,
        deliveryReports: deliveryReports, connectTimeout: seconds, replyTimeout: seconds))
  }

  @Test func `a message crosses the wire with its request for reports, and its reply comes back`() async throws {
    let server = try ScriptedServer()
    defer { server.stop() }
    let body = "Subject: x\r\n\r\n.\r\n..two\r\n" + String(repeating: ".", count: 998) + "\r\nlast\r\n"
    let transport = try Self.transport(port: server.port)
    let transmission = await transport.transmit(try Self.message(bytes: Array(body.utf8)))
    #expect(
      transmission
        == Transmission(
          outcome: .accepted(by: "127.0.0.1: 250 2.0.0 Ok: queued as 4F2A"), stage: .completion, scope: .message,
          code: 250, status: "2.0.0", reply: "250 2.0.0 Ok: queued as 4F2A", peer: "127.0.0.1"))
    // libcurl 7.88 needs the last value to hold the bracket that it adds; see SMTPEnvelope.
    let isOld = tenor_smtp_takes_brackets() == 0
    #expect(
      server.commands == [
        "EHLO terms.example",
        "MAIL FROM:<bounce+abc=d@bounces.example> RET=HDRS ENVID=\(isOld ? "<aaaaaaaaaaqse>" : "aaaaaaaaaaqse") SIZE=\(body.utf8.count)",
        "RCPT TO:<ada+terms@example.com> NOTIFY=SUCCESS,FAILURE,DELAY "
          + "ORCPT=rfc822;\(isOld ? "<ada+2Bterms@example.com>" : "ada+2Bterms@example.com")",
        "DATA",
      ])
    #expect(server.messages == [Array(body.utf8)])
  }

  @Test(arguments: [SMTPSettings.DeliveryReports.server, .off])
  func `where others ask for reports, or nobody, the wire holds plain addresses`(
    mode: SMTPSettings.DeliveryReports
  ) async throws {
    let server = try ScriptedServer(.init(extensions: ["SMTPUTF8"]))
    defer { server.stop() }
    let transport = try Self.transport(port: server.port, deliveryReports: mode)
    guard case .accepted = await transport.send(try Self.message()) else {
      Issue.record("not accepted")
      return
    }
    #expect(
      server.commands[1...2] == ["MAIL FROM:<bounce+abc=d@bounces.example>", "RCPT TO:<ada+terms@example.com>"])
  }

  @Test func `a server without delivery reports is told nothing, and the run ends`() async throws {
    let server = try ScriptedServer(.init(extensions: ["SIZE 1000", "DSNX", "X-DSN"]))
    defer { server.stop() }
    let transmission = await (try Self.transport(port: server.port)).transmit(try Self.message())
    #expect(
      transmission.outcome
        == .unavailable(
          reason: "127.0.0.1 offers no delivery reports (DSN, RFC 3461); have its administrator allow them to this "
            + "machine, or set delivery reports to 'mta' or 'off'"))
    #expect(transmission.scope == .route && transmission.stage == .connection)
    #expect(!server.commands.contains { $0.hasPrefix("MAIL") })
  }

  @Test func `one connection serves all messages, each with its own reply`() async throws {
    let server = try ScriptedServer()
    defer { server.stop() }
    let transport = try Self.transport(port: server.port)
    let message = try Self.message()
    // On the transport's own thread: waiting for one that other tests block, the connection might grow too old.
    let outcomes = await withTaskExecutorPreference(transport.thread) {
      var outcomes: [TransportOutcome] = []
      for _ in 1...50 { outcomes.append(await transport.send(message)) }
      return outcomes
    }
    #expect(outcomes.allSatisfy { $0.kind == "accepted" })
    #expect(await transport.connections == 1)
    #expect(server.connections == 1 && server.messages.count == 50)
    await transport.close()
    #expect(server.commands.last == "QUIT")
  }

  @Test(arguments: [
    "a@x>\r\nRCPT TO:<evil@x", "a@x\nDATA", "a@x\u{0}", "a@x\u{7F}", "ä@x", "",
  ])
  func `the shim itself refuses what could break out of a command`(address: String) throws {
    let server = try ScriptedServer()
    defer { server.stop() }
    let opened = "smtp://127.0.0.1:\(server.port)/x".withCString { url -> OpaquePointer? in
      var options = tenor_smtp_options(
        url: url, user: nil, password: nil, ca_file: nil, starttls: 0, needs_dsn: 0, connect_timeout: 1,
        response_timeout: 1)
      return tenor_smtp_open(&options)
    }
    defer { tenor_smtp_close(opened) }
    for (mail, recipient) in [(address, "<b@x.example>"), ("<b@x.example>", address)] {
      var result = tenor_smtp_result()
      // A NUL ends a C string: what is left of it is harmless, so that it is let through cut short or refused as empty.
      guard !address.contains("\u{0}") else { continue }
      tenor_smtp_send(opened, mail, recipient, [46], 1, &result)
      #expect(result.rc == -1)
    }
    #expect(server.commands.isEmpty)
  }

  struct Fault: CustomTestStringConvertible {
    let step: ScriptedServer.Step
    let behaviour: ScriptedServer.Behaviour
    let becomes: String
    let stage: Transmission.Stage
    let scope: Transmission.Scope
    var testDescription: String { "\(step) \(behaviour)" }
  }

  static let faults: [Fault] = [
    .init(
      step: .greeting, behaviour: .reply("554 no service"), becomes: "unavailable", stage: .connection, scope: .route),
    .init(step: .greeting, behaviour: .drop, becomes: "unavailable", stage: .connection, scope: .route),
    .init(step: .greeting, behaviour: .hang, becomes: "unavailable", stage: .connection, scope: .route),
    .init(
      step: .ehlo, behaviour: .reply("421 4.3.2 closing"), becomes: "unavailable", stage: .connection, scope: .route),
    .init(step: .ehlo, behaviour: .drop, becomes: "unavailable", stage: .connection, scope: .route),
    .init(step: .ehlo, behaviour: .hang, becomes: "unavailable", stage: .connection, scope: .route),
    .init(step: .mail, behaviour: .reply("451 4.3.0 later"), becomes: "unavailable", stage: .sender, scope: .route),
    .init(step: .mail, behaviour: .reply("550 5.7.1 not you"), becomes: "unavailable", stage: .sender, scope: .route),
    .init(step: .mail, behaviour: .drop, becomes: "unavailable", stage: .sender, scope: .route),
    .init(step: .mail, behaviour: .hang, becomes: "unavailable", stage: .sender, scope: .route),
    .init(
      step: .recipient, behaviour: .reply("450 4.7.1 greylisted"), becomes: "unavailable", stage: .recipient,
      scope: .message),
    .init(
      step: .recipient, behaviour: .reply("421 4.7.0 too many"), becomes: "unavailable", stage: .recipient,
      scope: .route),
    .init(
      step: .recipient, behaviour: .reply("550 5.1.1 no such user"), becomes: "rejected", stage: .recipient,
      scope: .message),
    .init(
      step: .recipient, behaviour: .reply("550-5.1.1 no such\n550 5.1.1 user"), becomes: "rejected",
      stage: .recipient,
      scope: .message),
    .init(
      step: .recipient, behaviour: .reply("554 5.7.1 relay access denied"), becomes: "unavailable", stage: .recipient,
      scope: .route),
    .init(step: .recipient, behaviour: .reply("550 no"), becomes: "rejected", stage: .recipient, scope: .message),
    .init(step: .recipient, behaviour: .drop, becomes: "unavailable", stage: .recipient, scope: .route),
    .init(step: .recipient, behaviour: .hang, becomes: "unavailable", stage: .recipient, scope: .route),
    .init(
      step: .data, behaviour: .reply("451 4.3.0 later"), becomes: "unavailable", stage: .content, scope: .message),
    .init(
      step: .data, behaviour: .reply("554 5.5.1 no valid recipients"), becomes: "unavailable", stage: .content,
      scope: .route),
    .init(step: .data, behaviour: .drop, becomes: "unavailable", stage: .content, scope: .route),
    .init(step: .data, behaviour: .hang, becomes: "unavailable", stage: .content, scope: .route),
    .init(
      step: .end, behaviour: .reply("452 4.3.1 disk full"), becomes: "unavailable", stage: .completion,
      scope: .message),
    .init(
      step: .end, behaviour: .reply("554 5.7.1 looks like spam"), becomes: "unavailable", stage: .completion,
      scope: .route),
    .init(
      step: .end, behaviour: .reply("552 5.3.4 too big"), becomes: "rejected", stage: .completion, scope: .message),
    .init(step: .end, behaviour: .drop, becomes: "unknown", stage: .completion, scope: .message),
    .init(step: .end, behaviour: .hang, becomes: "unknown", stage: .completion, scope: .message),
    .init(
      step: .end, behaviour: .dropAfter("250 2.0.0 Ok"), becomes: "accepted", stage: .completion, scope: .message),
  ]

  @Test(arguments: faults)
  func `what went wrong, and where, decides what becomes of the notice`(_ c: Fault) async throws {
    let server = try ScriptedServer(.init(behaviours: [c.step: c.behaviour]))
    defer { server.stop() }
    let transport = try Self.transport(port: server.port, hangs: c.behaviour == .hang)
    let transmission = await transport.transmit(try Self.message())
    #expect(transmission.outcome.kind == c.becomes, "\(transmission)")
    #expect(transmission.stage == c.stage && transmission.scope == c.scope, "\(transmission)")
    if case .reply(let text) = c.behaviour {
      #expect(transmission.reply == text, "the refusal is kept, and not the goodbye after it")
      #expect(transmission.code == Int(text.prefix(3)))
    }
    if [.drop, .hang].contains(c.behaviour) {
      #expect(transmission.reply == nil && transmission.code == nil, "no earlier step's reply stands for this one's")
    }
    if c.becomes == "unavailable" || c.becomes == "rejected" {
      #expect(server.messages.isEmpty || c.step == .end)
    }
  }

  @Test func `after a refusal the next message is sent all the same`() async throws {
    let server = try ScriptedServer(.init(behaviours: [.recipient: .reply("550 5.1.1 no such user")]))
    defer { server.stop() }
    let transport = try Self.transport(port: server.port)
    for _ in 1...3 { #expect((await transport.transmit(try Self.message())).stage == .recipient) }
    #expect(server.commands.count { $0.hasPrefix("RCPT") } == 3)
  }

  @Test func `a connection that the server closed in between is made anew`() async throws {
    let server = try ScriptedServer(.init(behaviours: [.end: .dropAfter("250 2.0.0 Ok: queued")]))
    defer { server.stop() }
    let transport = try Self.transport(port: server.port)
    for _ in 1...5 {
      guard case .accepted = await transport.send(try Self.message()) else {
        Issue.record("not accepted")
        return
      }
    }
    #expect(server.messages.count == 5, "each once")
  }

  @Test func `nobody listening is unavailable`() async throws {
    let nobody = try Loopback.reserved()
    let transmission = await (try Self.transport(port: nobody.port)).transmit(try Self.message())
    withExtendedLifetime(nobody) {}
    #expect(
      transmission.outcome.kind == "unavailable" && transmission.scope == .route && transmission.stage == .connection)
  }

  @Test func `where TLS is demanded and not offered, nothing of ours is said in clear`() async throws {
    let server = try ScriptedServer()
    defer { server.stop() }
    let transmission = await (try Self.transport(port: server.port, security: .startTLS)).transmit(try Self.message())
    #expect(
      transmission.outcome.kind == "unavailable" && transmission.scope == .route && transmission.stage == .connection)
    #expect(server.commands.allSatisfy { $0.hasPrefix("EHLO") || $0 == "QUIT" })
  }
}

extension TransportOutcome {
  var kind: String {
    switch self {
    case .accepted: "accepted"
    case .rejected: "rejected"
    case .unavailable: "unavailable"
    case .unknown: "unknown"
    }
  }
}
