import Foundation
import TemporaryFolder
import TermsModel
import Testing

@testable import TenorCLI

@Suite struct SettingsTests {
  private let temporary: TemporaryFolder

  init() throws { temporary = try TemporaryFolder() }

  private func folder(_ json: String) throws -> String {
    let path = temporary.path("\(UInt64.random(in: 0 ... .max)).json")
    try Data(json.utf8).write(to: URL(filePath: path))
    return path
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

  @Test(arguments: [
    ("{\n  \"datbase\": \"x\"\n}", ", line 2: there is no setting 'datbase'; did you mean 'database'?"),
    (
      "{\"mail\": {\n\"form\": \"a@example.com\"}}",
      ", line 2: there is no setting 'mail.form'; did you mean 'mail.from'?"
    ),
    ("{\"mal\": {}}", ", line 1: there is no setting 'mal'; did you mean 'mail'?"),
    ("{\"colour\": 1}", ", line 1: there is no setting 'colour'; the README lists them all"),
    ("{\"mail\": {\"smtp\": {\"port\": true}}}", ", line 1: the setting 'mail.smtp.port' needs a number"),
    ("{\n\n\"actor\": 7}", ", line 3: the setting 'actor' needs a text in quotes"),
    ("{\"mail\": \"a@example.com\"}", ", line 1: the setting 'mail' needs settings of its own, in braces"),
    (
      "{\"mail\": {\"relays\": [1]}}",
      ", line 1: the setting 'mail.relays' needs a list of texts, or one text with commas"
    ),
  ])
  func `a key that is none, and a value of another kind, are told with their line`(
    _ json: String, _ words: String
  ) async throws {
    let file = try folder(json)
    let fault = await #expect(throws: SettingsFault.self) {
      try await Settings.load(environment: ["TENOR_CONFIG": file])
    }
    #expect(fault.map { "\($0)" } == file + words)
  }

  @Test func `a key that stands twice is told`() async throws {
    let file = try folder(#"{"actor": "a", "actor": "b"}"#)
    let fault = await #expect(throws: SettingsFault.self) {
      try await Settings.load(environment: ["TENOR_CONFIG": file])
    }
    #expect(fault.map { "\($0)".contains("'actor' stands twice") } == true)
  }

  @Test func `every setting that the README lists is known`() async throws {
    let file = try folder(
      #"{"mail": {"from": "a@example.com", "from.name": "Harbor", "smtp": {"port": 2525}, "relays": ["a", "b"]}}"#)
    let settings = try await Settings.load(environment: ["TENOR_CONFIG": file])
    #expect(settings.mailFromName == "Harbor" && settings.mail.port == 2525 && settings.mail.relays == ["a", "b"])
    let readme = try String(
      contentsOf: URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "README.md"), encoding: .utf8)
    var listed: Set<String> = []
    for row in readme.split(separator: "\n") where row.hasPrefix("| `TENOR_") {
      let cells = row.split(separator: "|")
      var group = ""
      for match in cells[1].matches(of: /`([A-Za-z.]+)`/) {
        let key = String(match.output.1)
        if key.contains(".") { group = key.split(separator: ".").dropLast().joined(separator: ".") + "." }
        listed.insert(key.contains(".") || group.isEmpty ? key : group + key)
      }
    }
    #expect(listed.count > 20 && listed.subtracting(SettingsFile.keys) == [])
  }
}
