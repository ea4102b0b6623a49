import Foundation
import TermsOperations
import Testing

@testable import NoticeMail

/// TLS and AUTH: nothing is said to a server that is not who it should be, and no password in clear.
@Suite(.enabled(if: TLSServer.isPresent)) struct SMTPSecurityTests {
  private func transport(
    _ server: TLSServer, _ certificates: Certificates, host: String = "localhost", isImplicit: Bool = false,
    trusts: Bool = true, password: String? = nil
  ) throws -> SMTPTransport {
    SMTPTransport(
      settings: try SMTPSettings(
        host: host, port: server.port, greeting: "terms.example", security: isImplicit ? .implicitTLS : .startTLS,
        certificates: trusts ? certificates.authority : nil,
        credentials: password.map { .init(user: "tenor", password: $0) }, connectTimeout: 120, replyTimeout: 120))
  }

  struct Case: CustomTestStringConvertible {
    var identity: @Sendable (Certificates) -> Certificates.Identity = { $0.right }
    var version = "TLSv1_3"
    var host = "localhost"
    var isImplicit = false
    var trusts = true
    var password: String?
    let isAccepted: Bool
    let because: String
    var testDescription: String { because }
  }

  @Test(arguments: [
    Case(isAccepted: true, because: "TLS 1.3 by STARTTLS"),
    Case(version: "TLSv1_2", isAccepted: true, because: "TLS 1.2 by STARTTLS"),
    Case(isImplicit: true, isAccepted: true, because: "TLS from the first byte"),
    Case(password: "correct horse", isAccepted: true, because: "with the right password"),
    Case(password: "wrong horse", isAccepted: false, because: "with a wrong password"),
    Case(identity: { $0.selfSigned }, isAccepted: false, because: "a certificate that nobody signed"),
    Case(identity: { $0.wrongName }, isAccepted: false, because: "a certificate for another name"),
    Case(host: "127.0.0.1", isAccepted: false, because: "a host that the certificate does not name"),
    Case(trusts: false, isAccepted: false, because: "an authority that is not trusted"),
    Case(
      identity: { $0.selfSigned }, isImplicit: true, isAccepted: false, because: "TLS from the first byte, unsigned"),
  ])
  func `only a server that proves its name is spoken to`(_ c: Case) async throws {
    let certificates = try Certificates()
    defer { certificates.remove() }
    let server = try TLSServer(c.identity(certificates), version: c.version, isImplicit: c.isImplicit)
    defer { server.stop() }
    let transport = try transport(
      server, certificates, host: c.host, isImplicit: c.isImplicit, trusts: c.trusts, password: c.password)
    let transmission = await transport.transmit(try SMTPTransportTests.message())
    if c.isAccepted {
      #expect(transmission.outcome == .accepted(by: "\(c.host): 250 2.0.0 Ok: queued as TLS"))
    } else {
      #expect(transmission.outcome.kind == "unavailable", "the notice stays due, and the run ends")
      #expect(transmission.scope == .route && transmission.stage == .connection, "\(transmission)")
      #expect(!server.heard.contains { $0.contains("MAIL") })
    }
    let clear = server.heard.filter { $0.hasPrefix("clear") }
    #expect(
      clear.allSatisfy { ["clear EHLO terms.example", "clear STARTTLS", "clear QUIT"].contains($0) }, "\(clear)")
    if c.password == "wrong horse" {
      #expect(transmission.code == 535 && "\(transmission.outcome)".contains("does not accept the user and password"))
      #expect(!"\(transmission)".contains("horse"), "no message shows a password")
    }
  }

  @Test(.timeLimit(.minutes(30)))
  func `thirty sessions of TLS 1.3 one after the other, none hangs`() async throws {
    let certificates = try Certificates()
    defer { certificates.remove() }
    let server = try TLSServer(certificates.right)
    defer { server.stop() }
    for _ in 1...30 {
      let transport = try transport(server, certificates)
      #expect((await transport.send(try SMTPTransportTests.message())).kind == "accepted")
      await transport.close()
    }
    #expect(server.heard.count { $0.contains("DATA") } == 30)
  }
}
