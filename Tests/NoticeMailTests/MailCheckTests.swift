import Foundation
import Loopback
import TermsModel
import TermsOperations
import Testing

@testable import NoticeMail

@Suite struct MailCheckTests {
  private func transport(_ server: ScriptedServer, _ reports: SMTPSettings.DeliveryReports = .wire) throws
    -> SMTPTransport
  {
    try SMTPTransportTests.transport(port: server.port, deliveryReports: reports)
  }

  @Test func `a server is looked at without a word of any message, and can be sent to afterwards`() async throws {
    let server = try ScriptedServer()
    defer { server.stop() }
    let transport = try transport(server)
    let message = try SMTPTransportTests.message()
    // On the transport's own thread: waiting for one that other tests block, the connection might grow too old.
    await withTaskExecutorPreference(transport.thread) {
      let checks = await transport.checks()
      #expect(
        checks == [
          MailCheck("connection", .good, "127.0.0.1:\(server.port) answers in clear"),
          MailCheck("delivery reports", .good, "offered, and asked for with each message"),
        ])
      #expect(server.commands == ["EHLO terms.example", "NOOP"])
      #expect((await transport.send(message)).kind == "accepted")
      #expect((await transport.checks()).allSatisfy { $0.outcome == .good })
    }
    #expect(server.connections == 1 && server.messages.count == 1)
  }

  @Test func `a server without delivery reports is bad where we ask for them, and doubtful where nobody does`()
    async throws
  {
    let server = try ScriptedServer(.init(extensions: ["SIZE 1000"]))
    defer { server.stop() }
    let asking = await (try transport(server)).checks()
    #expect(asking.map(\.outcome) == [.bad] && asking[0].says.contains("offers no delivery reports"))
    let off = await (try transport(server, .off)).checks()
    #expect(
      off.last
        == MailCheck(
          "delivery reports", .doubtful, "not asked for and not offered, so that only the handing over will be known"))
    #expect((await (try transport(server, .server)).checks()).allSatisfy { $0.outcome == .good })
  }

  @Test func `nobody listening is bad, with the place`() async throws {
    let nobody = try Loopback.reserved()
    let port = nobody.port
    let checks = await (try SMTPTransportTests.transport(port: port)).checks()
    withExtendedLifetime(nobody) {}
    #expect(checks.map(\.outcome) == [.bad] && checks[0].says.hasPrefix("127.0.0.1:\(port), at connecting: "))
    #expect(
      checks[0].says.hasSuffix(
        "; see whether the server runs and lets this machine in, and look at mail.smtp.host, mail.smtp.port and "
          + "mail.smtp.tls"), "\(checks[0].says)")
  }

  @Test(.enabled(if: TLSServer.isPresent)) func `the password is tried, and TLS before it`() async throws {
    let certificates = try Certificates()
    defer { certificates.remove() }
    let server = try TLSServer(certificates.right)
    defer { server.stop() }
    func checks(_ password: String) async throws -> [MailCheck] {
      let settings = try SMTPSettings(
        host: "localhost", port: server.port, greeting: "terms.example", certificates: certificates.authority,
        credentials: .init(user: "tenor", password: password), connectTimeout: 120, replyTimeout: 120)
      return await SMTPTransport(settings: settings).checks()
    }
    // The server knows no NOOP, as some do not: that it answered is enough.
    #expect(
      try await checks("correct horse").first?.says
        == "localhost:\(server.port) answers over TLS, its name proved, logged in")
    let wrong = try await checks("wrong horse")
    #expect(wrong.map(\.outcome) == [.bad] && wrong[0].says.contains("does not accept the user and password"))
  }

  @Test func `a folder and a program are looked at`() async throws {
    let folder = try Tools.folder("check")
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect((await FolderTransport(folder: folder.path() + "/new").checks()).map(\.outcome) == [.good])
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path() + "/new").isEmpty, "and nothing is left there")
    #expect((await FolderTransport(folder: "/dev/null/x").checks()).map(\.outcome) == [.bad])
    #expect((await SendmailTransport(program: "/bin/sh").checks()).map(\.outcome) == [.good])
    #expect(
      (await SendmailTransport(program: "/bin/sh", deliveryReports: false).checks()).map(\.outcome) == [
        .good, .doubtful,
      ])
    #expect((await SendmailTransport(program: "/nonexistent").checks()).map(\.outcome) == [.bad])
  }

  @Test(
    arguments: [
      ("notices@terms.invalid", nil, [MailCheck.Outcome.bad, .doubtful], "nothing is set"),
      ("notices@terms.example", "bounces.terms.example", [.good, .good], "a domain below"),
      ("notices@terms.example", "terms.example", [.good, .good], "the same domain"),
      ("notices@terms.example", "other.example", [.good, .doubtful], "a domain apart"),
      ("notices@terms.example", "evilterms.example", [.good, .doubtful], "a domain that only ends alike"),
    ] as [(String, String?, [MailCheck.Outcome], String)])
  func `settings are looked at`(from: String, reports: String?, outcomes: [MailCheck.Outcome], because: String) throws {
    let settings = MailSettings(
      from: try EmailAddress(checking: from), fromName: "Harbor",
      returnAddress: try reports.map { try ReturnAddress(domain: $0, key: Array(repeating: 1, count: 32)) })
    #expect(settings.checks.map(\.outcome) == outcomes, "\(because)")
  }
}
