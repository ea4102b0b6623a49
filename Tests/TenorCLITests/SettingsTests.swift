import Foundation
import TermsModel
import Testing

@testable import TenorCLI

@Suite struct SettingsTests {
  private func folder(_ json: String) throws -> String {
    let file = FileManager.default.temporaryDirectory.appending(path: "tenor-\(UInt64.random(in: 0 ... .max)).json")
    try Data(json.utf8).write(to: file)
    return file.path
  }

  @Test func `nothing set gives the embedded defaults`() async throws {
    let settings = try await Settings.load(environment: [:])
    #expect(settings.database == "tenor.sqlite")
    #expect(settings.mailFolder == "outbox")
    #expect(settings.mailFrom.rawValue == "notices@terms.invalid")
    #expect(settings.actor == "operator")
  }

  @Test func `the environment wins over the file`() async throws {
    let file = try folder(#"{"database": "from-file.sqlite", "mail": {"from": "file@example.com", "folder": "mails"}}"#)
    let settings = try await Settings.load(environment: [
      "TENOR_CONFIG": file, "TENOR_DATABASE": "from-environment.sqlite",
    ])
    #expect(settings.database == "from-environment.sqlite")
    #expect(settings.mailFrom.rawValue == "file@example.com")
    #expect(settings.mailFolder == "mails")
  }

  @Test func `a slash at the end of the base address is dropped`() async throws {
    let settings = try await Settings.load(environment: ["TENOR_BASE_URL": "https://terms.example/"])
    #expect(settings.baseURL == "https://terms.example")
  }

  @Test func `a sender that is no address is told with its key`() async throws {
    let fault = await #expect(throws: SettingsFault.self) {
      try await Settings.load(environment: ["TENOR_MAIL_FROM": "nobody"])
    }
    #expect(
      fault.map { "\($0)" }
        == "the setting 'mail.from' is 'nobody', but the address has no @; write it as name@example.com")
  }

  @Test func `a settings file that was named must be there and be JSON`() async throws {
    for (file, part) in [("/nowhere/tenor.json", "/nowhere/tenor.json"), (try folder("{"), "cannot be read")] {
      let fault = await #expect(throws: SettingsFault.self) {
        try await Settings.load(environment: ["TENOR_CONFIG": file])
      }
      #expect(fault.map { "\($0)" }?.contains(part) == true)
    }
  }
}
