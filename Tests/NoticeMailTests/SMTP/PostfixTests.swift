import Foundation
import Loopback
import TermsModel
import TermsOperations
import Testing

@testable import NoticeMail

/// Two real mail systems: ours, which takes notices over, and the one behind the developers' addresses.
@Suite(.enabled(if: Postfix.isPresent), .serialized) struct PostfixTests {
  private static let returnAddress = try? ReturnAddress(
    domain: "bounces.example", key: Array(repeating: 9, count: 32))

  private func message(_ notice: Int64, to recipient: String, bytes: [UInt8]? = nil) throws -> NoticeMessage {
    let returnAddress = try #require(Self.returnAddress)
    let composed = try MailComposer(
      settings: MailSettings(
        from: EmailAddress(checking: "notices@terms.example"), fromName: "Harbor Assistants",
        returnAddress: returnAddress)
    ).compose(Contents(number: notice, name: "Zoë", recipient: recipient).build())
    return NoticeMessage(
      messageID: composed.messageID, sender: composed.sender, recipient: composed.recipient,
      envelopeID: composed.envelopeID, bytes: bytes ?? composed.bytes)
  }

  /// What becomes of a notice to some address.
  struct Fate {
    let recipient: String
    /// Action, status and reporting host of each report, in order.
    let reports: [String]
    let because: String
  }

  static let fates = [
    Fate(
      recipient: "alice@dsn.test", reports: ["delivered 2.0.0 mx.dsn.test"], because: "a mailbox that makes reports"),
    Fate(recipient: "alice+terms@dsn.test", reports: ["delivered 2.0.0 mx.dsn.test"], because: "a + in the address"),
    Fate(
      recipient: "alice@forced.test", reports: ["relayed 2.0.0 mta.sender.test"],
      because: "our own system asked to report"),
    Fate(recipient: "role@dsn.test", reports: ["expanded 2.0.0 mx.dsn.test"], because: "an alias for two"),
    Fate(
      recipient: "dev@nodsn.test", reports: ["relayed 2.0.0 mta.sender.test"],
      because: "a system that makes no reports"),
    Fate(recipient: "nobody@dsn.test", reports: ["failed 5.1.1 mta.sender.test"], because: "no such mailbox"),
    Fate(recipient: "dev@full.test", reports: ["failed 5.2.2 mta.sender.test"], because: "a full mailbox"),
    Fate(recipient: "dev@blocked.test", reports: ["failed 5.7.1 mta.sender.test"], because: "blocked by policy"),
    Fate(recipient: "dev@no-such-host.invalid", reports: ["failed 5.4.4 mta.sender.test"], because: "no such host"),
    Fate(
      recipient: "dev@grey.test", reports: ["delayed 4.7.1 mta.sender.test", "failed 4.7.1 mta.sender.test"],
      because: "greylisted until it expired"),
  ]

  @Test func `each fate of a notice comes back as its report, tied to it, and messages arrive byte for byte`()
    async throws
  {
    let place = try Loopback.reserved()
    let remote = try Postfix(
      name: "mx.dsn.test",
      mailboxes: ["alice@dsn.test": "alice/", "bob@dsn.test": "bob/", "alice@forced.test": "forced/"],
      aliases: ["role@dsn.test": "alice@dsn.test,bob@dsn.test"],
      transports: ["bounces.example": "smtp:[127.0.0.1]:\(place.port)"])
    defer { remote.stop() }
    let sinks = [
      "nodsn.test": try SMTPSink(["-N"]), "full.test": try SMTPSink(["-f", "RCPT", "-B", "552 5.2.2 Mailbox full"]),
      "blocked.test": try SMTPSink(["-f", "RCPT", "-B", "550 5.7.1 Blocked"]),
      "grey.test": try SMTPSink(["-r", "RCPT", "-b", "451 4.7.1 Greylisted"]),
    ]
    defer { for sink in sinks.values { sink.stop() } }
    var transports = sinks.mapValues { "smtp:[127.0.0.1]:\($0.port)" }
    transports["dsn.test"] = "smtp:[127.0.0.1]:\(remote.port)"
    transports["forced.test"] = "forced:[127.0.0.1]:\(remote.port)"
    transports["no-such-host.invalid"] = "smtp:no-such-host.invalid"
    let ours = try Postfix(
      name: "mta.sender.test", place: place, mailboxes: ["bounce@bounces.example": "bounce/"], transports: transports,
      services: [
        .init(name: "forced", type: "unix", command: "smtp", options: ["smtp_discard_ehlo_keywords=dsn"])
      ])
    defer { ours.stop() }

    let transport = try SMTPTransportTests.transport(port: ours.port)
    // On the transport's own thread: waiting for one that other tests block, the connection might grow too old.
    try await withTaskExecutorPreference(transport.thread) {
      for (index, fate) in Self.fates.enumerated() {
        let transmission = await transport.transmit(try message(Int64(index + 1), to: fate.recipient))
        #expect(
          transmission.outcome.kind == "accepted" && transmission.reply?.contains("queued as") == true,
          "\(transmission)")
      }
    }
    #expect(await transport.connections == 1)

    // Lines that mail systems touch where they can: dots, the longest that is allowed, letters beyond ASCII.
    let longest = String(repeating: "x", count: 998)
    let awkward = Array(
      ("Date: Wed, 17 Dec 2025 18:30:00 +0000\r\nFrom: notices@terms.example\r\nTo: bob@dsn.test\r\n"
        + "Message-ID: <1@terms.example>\r\nSubject: =?utf-8?q?Z=C3=BCrich?=\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
        + "Content-Transfer-Encoding: 8bit\r\n\r\n.\r\n..\r\n.x\r\n\(longest)\r\n\(String(repeating: ".", count: 998))\r\n"
        + "Zürich 東京\r\n\r\n.\r\n").utf8)
    #expect(
      (await transport.transmit(try message(100, to: "bob@dsn.test", bytes: awkward))).outcome.kind == "accepted")
    let sendmail = SendmailTransport(program: try ours.sendmail())
    let sent = await sendmail.transmit(try message(101, to: "bob@dsn.test", bytes: awkward))
    #expect(sent.outcome.kind == "accepted", "\(sent)")

    let wanted = Dictionary(
      uniqueKeysWithValues: Self.fates.enumerated().map { (Int64($0.offset + 1), $0.element.reports) }
        + [(100, ["delivered 2.0.0 mx.dsn.test"]), (101, ["delivered 2.0.0 mx.dsn.test"])])
    let found = try await reports(at: ours, until: { $0 == wanted })
    for (notice, reports) in wanted {
      let because = notice <= Self.fates.count ? Self.fates[Int(notice) - 1].because : "bytes"
      #expect(found[notice] == reports, "\(because)")
    }
    if found != wanted { print(ours.log, remote.log) }

    let composed = try message(1, to: "alice@dsn.test").bytes
    #expect(remote.messages(in: "alice").contains { Self.isStored(composed, as: $0) })
    #expect(remote.messages(in: "bob").count { Self.isStored(awkward, as: $0) } == 2, "by SMTP and by sendmail")
  }

  /// What reports say of each notice, in the order of their making, once `isEnough` or five minutes have passed.
  private func reports(
    at postfix: Postfix, until isEnough: ([Int64: [String]]) -> Bool
  ) async throws -> [Int64: [String]] {
    let end = Date().addingTimeInterval(300)
    while true {
      var found: [Int64: [(Instant, String)]] = [:]
      for bytes in postfix.messages(in: "bounce") {
        let mail = ReturnedMail.read(bytes)
        guard case .notice(let notice) = Self.returnAddress?.token(in: mail.addressedTo) else {
          Issue.record("no notice's address among \(mail.addressedTo)")
          continue
        }
        for report in mail.reports {
          #expect(report.envelopeID == ReturnAddress.envelopeID(for: notice), "token and envelope agree")
          let verdict = ReportVerdict(
            report, in: mail, for: notice, rules: ReportRules(ownHosts: ["mta.sender.test"]),
            ingestedAt: Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)))
          #expect(verdict.isOurs == (report.reportingMTA == "mta.sender.test"), "who made it is seen")
          if case .unreliable = verdict.finding { Issue.record("a real report is doubted: \(verdict)") }
          let words = "\(report.action.rawValue) \(report.status ?? "–") \(report.reportingMTA ?? "–")"
          found[notice, default: []].append((mail.datedAt ?? Instant(milliseconds: 0), words))
        }
      }
      let sorted = found.mapValues { $0.sorted { $0.0 == $1.0 ? $0.1 < $1.1 : $0.0 < $1.0 }.map(\.1) }
      if isEnough(sorted) || Date() > end { return sorted }
      try await Task.sleep(for: .milliseconds(200))
    }
  }

  /// Whether a file of a Maildir is the message, below the fields that mail systems put on top, with plain line ends.
  private static func isStored(_ message: [UInt8], as file: [UInt8]) -> Bool {
    let plain = message.filter { $0 != UInt8(ascii: "\r") }
    return file.count > plain.count && Array(file.suffix(plain.count)) == plain
  }

  @Test(.enabled(if: Certificates.isPresent)) func `thirty TLS sessions with Postfix, none hangs`() async throws {
    let certificates = try Certificates()
    defer { certificates.remove() }
    let place = try Loopback.reserved()
    defer { withExtendedLifetime(place) {} }
    let postfix = try Postfix(
      name: "localhost", mailboxes: ["alice@dsn.test": "alice/", "bounce@bounces.example": "bounce/"],
      transports: [:],
      services: [
        .init(
          name: "127.0.0.1:\(place.port)", type: "inet", command: "smtpd",
          options: [
            "smtpd_tls_security_level=encrypt", "smtpd_tls_cert_file=\(certificates.right.certificate)",
            "smtpd_tls_key_file=\(certificates.right.key)", "smtpd_tls_mandatory_protocols=>=TLSv1.3",
          ])
      ])
    defer { postfix.stop() }
    let settings = try SMTPSettings(
      host: "localhost", port: place.port, greeting: "terms.example", certificates: certificates.authority,
      connectTimeout: 120,
      replyTimeout: 120)
    for number in 1...30 {
      let transport = SMTPTransport(settings: settings)
      let outcome = await transport.send(try message(Int64(number), to: "alice@dsn.test"))
      #expect(outcome.kind == "accepted", "\(outcome)")
      await transport.close()
    }
  }
}
