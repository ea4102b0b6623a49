import Foundation
import Testing

@testable import TenorCLI

/// What is wrong with a webhook's settings is told with the file, the line, the webhook, the field, and what to do.
@Suite struct WebhookSettingsTests {
  private static let rest = #""url": "https://hooks.example/terms", "secretFile": "s""#

  private func fault(_ json: String) async throws -> String {
    let file = FileManager.default.temporaryDirectory.appending(path: "hooks-\(UInt64.random(in: 0 ... .max)).json")
    try Data(json.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let fault = await #expect(throws: SettingsFault.self) {
      try await Settings.load(environment: ["TENOR_CONFIG": file.path])
    }
    return fault.map { "\($0)".replacing(file.path, with: "F") } ?? ""
  }

  @Test(arguments: [
    (
      "null",
      #"F, line 3: the webhook 'ops' needs settings of its own, in braces, as in {"ops": {"url": "https://hooks.example/terms", "secretFile": "/etc/tenor/webhook-secret"}}"#
    ),
    ("{}", "F, line 3: the webhook 'ops' has no 'url', which is where its messages go; add it"),
    (
      #"{"url": "https://hooks.example/"}"#,
      "F, line 3: the webhook 'ops' has no 'secretFile', which names the secret with which its messages are signed; add it"
    ),
    (
      "{\n\"url\": 5, \"secretFile\": \"s\"}",
      "F, line 4: 'url' of the webhook 'ops' needs a text in quotes: it is where its messages go"
    ),
    (
      #"{"url": "http://hooks.example/", "secretFile": "s"}"#,
      "F, line 3: 'url' of the webhook 'ops' cannot be used: 'http://hooks.example/' would be sent in clear over the network; only an address of this machine may begin with http://"
    ),
    (
      #"{"url": "https://hooks.example:99999/", "secretFile": "s"}"#,
      "F, line 3: 'url' of the webhook 'ops' cannot be used: 'https://hooks.example:99999/' names a port that there is not; give one from 1 to 65535, or none"
    ),
    (
      "{\(rest),\n\"events\": \"all\"}",
      #"F, line 4: 'events' of the webhook 'ops' needs a list of texts, such as ["version.*", "notice.refused"]"#
    ),
    (
      "{\(rest),\n\"events\": [1]}",
      #"F, line 4: 'events' of the webhook 'ops' needs a list of texts, such as ["version.*", "notice.refused"]"#
    ),
    (
      "{\(rest),\n\"events\": []}",
      #"F, line 4: 'events' of the webhook 'ops' is empty, so that it would be told of nothing; leave it out for all events, or give a list of texts, such as ["version.*", "notice.refused"]"#
    ),
    ("{\(rest), \"allowPrivate\": \"yes\"}", "'allowPrivate' of the webhook 'ops' needs true or false, without quotes"),
    ("{\(rest), \"caFile\": \"\"}", "'caFile' of the webhook 'ops' needs a text in quotes; leave it out where"),
    ("{\(rest), \"event\": []}", "F, line 3: 'event' of the webhook 'ops' is no setting; did you mean 'events'?"),
    ("{\(rest), \"events\": [\"x\"]}", "'events' of the webhook 'ops' has 'x'; choose from '*', 'version.*'"),
    ("{\(rest),\n}", "line 4, byte"),
  ])
  func `one webhook`(_ entry: String, _ words: String) async throws {
    let said = try await fault("{\n\"webhooks\": {\n\"ops\": \(entry)}}")
    #expect(said.contains(words), "\(said)")
    #expect(!said.contains("Swift.") && !said.contains("Cocoa") && !said.contains("NSDebug"), "\(said)")
  }

  @Test(arguments: [
    (#"{"webhooks": []}"#, "F, line 1: the setting 'webhooks' needs the webhooks by their names"),
    (#"{"webhooks": null}"#, "F, line 1: the setting 'webhooks' needs the webhooks by their names"),
    ("{\"webhooks\": {\"o s\": {\(rest)}}}", "the webhook 'o s' needs another name: letters, digits and hyphens"),
    ("{\"webhooks\": {\"ops\": {\(rest)}, \"ops\": {\(rest)}}}", "'ops' stands twice"),
    ("[]", "the settings file 'F' cannot be read (it holds JSON, but no settings in braces)"),
    ("{\n\"actor\": \"a\",\n}", "cannot be read (line 3, byte 16: found '}' where JSON has a member's name)"),
    ("", "cannot be read (line 1, byte 0: found the end where JSON has a value)"),
  ])
  func `all of them, and the file`(_ json: String, _ words: String) async throws {
    let said = try await fault(json)
    #expect(said.contains(words), "\(said)")
  }
}
