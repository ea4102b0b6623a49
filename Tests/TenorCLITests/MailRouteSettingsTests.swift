import Foundation
import NoticeMail
import TemporaryFolder
import TermsModel
import TermsOperations
import Testing

@testable import TenorCLI

@Suite struct MailRouteSettingsTests {
  private let temporary: TemporaryFolder

  init() throws { temporary = try TemporaryFolder() }

  private func file(_ text: String, mode: Int = 0o600) throws -> String {
    let path = temporary.path("\(UInt64.random(in: 0 ... .max))")
    try Data(text.utf8).write(to: URL(filePath: path))
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    return path
  }

  private func settings(_ environment: [String: String]) async throws -> MailRouteSettings {
    try await Settings.load(environment: environment).mail
  }

  @Test func `nothing set is a folder, and asks for no server`() async throws {
    let settings = try await settings([:])
    #expect(settings.transport == .folder)
    #expect(try settings.returnAddress() == nil)
    #expect(settings.reportRules.receipt == [.delivered, .relayed, .expanded])
    #expect(try await Settings.load(environment: [:]).graceMinutes == 30)
  }

  @Test func `a server with all its settings, from the environment`() async throws {
    let (password, key) = (try file("correct horse\n"), try file(String(repeating: "ab", count: 32) + "\n"))
    let settings = try await settings([
      "TENOR_MAIL_TRANSPORT": "smtp", "TENOR_MAIL_SMTP_HOST": "mail.example", "TENOR_MAIL_SMTP_PORT": "2525",
      "TENOR_MAIL_SMTP_TLS": "tls", "TENOR_MAIL_SMTP_CA_FILE": password, "TENOR_MAIL_SMTP_USER": "tenor",
      "TENOR_MAIL_SMTP_PASSWORD_FILE": password, "TENOR_MAIL_SMTP_GREETING": "terms.example",
      "TENOR_MAIL_SMTP_REPLY_TIMEOUT": "60", "TENOR_MAIL_REPORTS": "mta",
      "TENOR_MAIL_RETURN_DOMAIN": "bounces.terms.example", "TENOR_MAIL_RETURN_KEY_FILE": key,
      "TENOR_MAIL_OWN_HOSTS": "mta.example, mx.example", "TENOR_MAIL_RECEIPT": "delivered",
    ])
    let smtp = try settings.smtp()
    #expect(smtp.host == "mail.example" && smtp.port == 2525 && smtp.security == .implicitTLS)
    #expect(smtp.credentials == .init(user: "tenor", password: "correct horse"))
    #expect(smtp.greeting == "terms.example" && smtp.replyTimeout == 60 && smtp.deliveryReports == .server)
    #expect(smtp.certificates == password)
    #expect(try settings.returnAddress() != nil)
    #expect(settings.reportRules.ownHosts == ["mta.example", "mx.example"])
    #expect(settings.reportRules.receipt == [.delivered])
    #expect(settings.exposedSecrets.isEmpty)
  }

  @Test func `the same from a file, with numbers and lists as JSON has them`() async throws {
    let json = try file(
      #"{"mail": {"transport": "smtp", "smtp": {"host": "mail.example", "port": 26, "tls": "none"}, "relays": ["a", "b"]}}"#
    )
    let settings = try await settings(["TENOR_CONFIG": json])
    #expect(try settings.smtp().port == 26)
    #expect(settings.reportRules.relays == ["a", "b"])
  }

  @Test func `a secret that others can read is named`() async throws {
    let key = try file(String(repeating: "ab", count: 32), mode: 0o644)
    let settings = try await settings([
      "TENOR_MAIL_RETURN_DOMAIN": "b.example", "TENOR_MAIL_RETURN_KEY_FILE": key,
    ])
    #expect(settings.exposedSecrets.map(\.key) == ["mail.return.keyFile"])
  }

  private func words(_ environment: [String: String]) async -> String {
    do {
      let settings = try await settings(environment)
      _ = try settings.returnAddress()
      if settings.transport == .smtp { _ = try settings.smtp() }
      return "nothing"
    } catch {
      return "\(error)"
    }
  }

  @Test(arguments: [
    (
      ["TENOR_MAIL_TRANSPORT": "pigeon"],
      "the setting 'mail.transport' is 'pigeon'; choose one of 'folder', 'smtp', 'sendmail'"
    ),
    (
      ["TENOR_MAIL_TRANSPORT": "smtp"],
      "the setting 'mail.smtp.host' is missing, but mail.transport is 'smtp'; put {\"mail\": {\"smtp\": {\"host\": \"mail.terms.example\"}}} into tenor.json, or set TENOR_MAIL_SMTP_HOST=mail.terms.example in the environment"
    ),
    (
      ["TENOR_MAIL_SMTP_PORT": "many"],
      "the setting 'mail.smtp.port' is 'many'; give a whole number from 1 to 65535"
    ),
    (
      ["TENOR_MAIL_TRANSPORT": "smtp", "TENOR_MAIL_SMTP_HOST": "a", "TENOR_MAIL_SMTP_USER": "me"],
      "the setting 'mail.smtp.passwordFile' is missing, but mail.smtp.user is set; put {\"mail\": {\"smtp\": {\"passwordFile\": \"/etc/tenor/smtp-password\"}}} into tenor.json, or set TENOR_MAIL_SMTP_PASSWORD_FILE=/etc/tenor/smtp-password in the environment"
    ),
    (
      [
        "TENOR_MAIL_TRANSPORT": "smtp", "TENOR_MAIL_SMTP_HOST": "a", "TENOR_MAIL_SMTP_USER": "me",
        "TENOR_MAIL_SMTP_PASSWORD_FILE": "/nowhere/x",
      ],
      "the file '/nowhere/x' of the setting 'mail.smtp.passwordFile' cannot be read: there is none; check the path and its permissions"
    ),
    (
      ["TENOR_MAIL_TRANSPORT": "smtp", "TENOR_MAIL_SMTP_HOST": "-a-"],
      "the settings 'mail.smtp' cannot be used: '-a-' is no mail server's name or address; write it alone, as in mail.example.com"
    ),
    (
      ["TENOR_MAIL_RETURN_DOMAIN": "b.example"],
      "the setting 'mail.return.keyFile' is missing, but mail.return.domain is set; put {\"mail\": {\"return\": {\"keyFile\": \"/etc/tenor/return-key\"}}} into tenor.json, or set TENOR_MAIL_RETURN_KEY_FILE=/etc/tenor/return-key in the environment"
    ),
    (
      ["TENOR_MAIL_RECEIPT": "delivered,guessed"],
      "the setting 'mail.receipt' is 'guessed'; choose one of 'failed', 'delayed', 'delivered', 'relayed', 'expanded'"
    ),
  ])
  func `what is wrong is told with its key and what to do`(_ environment: [String: String], _ expected: String) async {
    #expect(await words(environment) == expected)
  }

  @Test func `an empty or a short key is no key`() async throws {
    let environment = ["TENOR_MAIL_RETURN_DOMAIN": "b.example"]
    for (text, part) in [("\n", "it is empty"), ("abc", "has 3 bytes; make one of 32 or more")] {
      let key = try file(text)
      let said = await words(environment.merging(["TENOR_MAIL_RETURN_KEY_FILE": key]) { $1 })
      #expect(said.contains(part), "\(said)")
    }
  }
}
