import Foundation
import HookReceiver
import Testing

/// Webhooks from end to end: what is posted is told, signed, again until it is taken, also by runs that are killed.
@Suite(.serialized) struct WebhookCommandTests {
  private static let secret = "whsec_" + Data(repeating: 7, count: 32).base64EncodedString()

  /// A record with two developers whose settings name one webhook.
  private func place(_ port: Int, events: String = "[\"*\"]") throws -> Workplace {
    let place = try Workplace()
    try place.write("secret", "# two are good at once\n\(Self.secret)\n\(Self.secret)\n")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o600], ofItemAtPath: place.folder.appending(path: "secret").path)
    try place.write(
      "tenor.json",
      #"{"webhooks": {"ops": {"url": "http://127.0.0.1:\#(port)/hook", "secretFile": "secret", "events": \#(events)}}}"#
    )
    try place.done("init")
    try place.done("documents", "add", "connector-terms", "--title", "Connector terms")
    try place.write("v1.md", terms())
    try place.done("publish", "connector-terms", "v1.md", "--posted-at", "2025-06-04T09:00:00-07:00", "--yes")
    for id in ["dev-1", "dev-2"] {
      try place.done("developers", "add", id, "--email", "\(id)@example.com", "--region", "US")
      try place.done("connectors", "add", id, "weather", "--document", "connector-terms")
    }
    return place
  }

  private static func types(_ receiver: HookReceiver) -> [String] {
    receiver.received.compactMap { received in
      ((try? JSONSerialization.jsonObject(with: Data(received.body.utf8))) as? [String: Any])?["type"] as? String
    }
  }

  @Test func `cron tells what was posted and what became of the notices`() async throws {
    let receiver = try await HookReceiver()
    defer { receiver.stop() }
    let place = try place(receiver.port)
    defer { place.remove() }
    try place.write("v2.md", terms(days: 10))
    try place.done("publish", "connector-terms", "v2.md", "--yes")
    #expect(try place.done("notices", "send") == "notices: 2 sent\nwebhooks: 6 told\n")
    #expect(
      Self.types(receiver) == [
        "version.posted", "version.posted", "notice.queued", "notice.queued", "notice.accepted", "notice.accepted",
      ])
    let first = try #require(receiver.received.first)
    #expect(first.fields["webhook-signature"]?.split(separator: " ").count == 2)
    #expect(!receiver.received.contains { $0.body.contains("@") }, "nothing personal is told")
    #expect(Set(receiver.received.compactMap { $0.fields["webhook-id"] }).count == 6)
    #expect(try place.done("notices", "send") == "", "quiet where there is nothing to do")
    #expect(try place.done("verify").contains("sound"))
    #expect(try place.done("notices", "doctor").contains("webhook ops"))
    let standing = try #require(try place.tenor("webhooks", "list", "--json").json() as? [[String: Any]])
    #expect(standing.first?["state"] as? String == "active" && standing.first?["waiting"] as? Int == 0)
    #expect(try place.done("notices", "status").contains("http://127.0.0.1:\(receiver.port)/hook"))
  }

  @Test func `what fails waits, and is sent again; what is refused is for a person`() async throws {
    let receiver = try await HookReceiver { number in .status([500, 200, 422][min(number, 2)]) }
    defer { receiver.stop() }
    let place = try place(receiver.port, events: "[\"version.*\"]")
    defer { place.remove() }
    let failed = try place.tenor("notices", "send")
    #expect(failed.code == 0 && failed.output == "webhooks: 0 told, 1 to be told again\n", "\(failed.output)")
    #expect(failed.errors.contains("webhook 'ops': 127.0.0.1 answered 500"))
    #expect(try place.tenor("notices", "send").output == "", "it is left alone for a minute")
    #expect(try place.done("webhooks").contains("next try"))
    #expect(try place.done("webhooks", "resume", "ops").contains("1 messages wait"))
    #expect(try place.done("notices", "send") == "webhooks: 1 told\n")
    #expect(Set(receiver.received.compactMap { $0.fields["webhook-id"] }).count == 1)
    try place.write("v2.md", terms(days: 10))
    try place.done("publish", "connector-terms", "v2.md", "--yes")
    let refused = try place.tenor("notices", "send", "--json")
    #expect(refused.code == 3)
    let report = try #require(try refused.json() as? [String: Any])
    #expect((report["webhooks"] as? [String: Int])?["refused"] == 1)
    #expect(try place.tenor("notices", "doctor").output.contains("it refused 1 messages"))
    let unknown = try place.tenor("webhooks", "resume", "nobody")
    #expect(unknown.code == 2 && unknown.errors.contains("there is no webhook 'nobody'"))
  }

  @Test(.timeLimit(.minutes(30)))
  func `a run killed while a message is out leaves it unknown, and it comes once more under the same identifier`()
    async throws
  {
    let receiver = try await HookReceiver { number in number == 0 ? .silence : .status(200) }
    defer { receiver.stop() }
    let place = try place(receiver.port, events: "[\"version.posted\"]")
    defer { place.remove() }
    // On a thread of its own: by the time that a task which waits had its turn among all the tests, the run would be over.
    try await onItsOwnThread {
      let process = try place.start("notices", "send")
      while receiver.received.isEmpty { usleep(10_000) }
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
    }
    #expect(try place.done("notices", "send") == "webhooks: 1 told\n")
    #expect(receiver.received.count == 2)
    #expect(receiver.received[0].body == receiver.received[1].body)
    #expect(receiver.received[0].fields["webhook-id"] == receiver.received[1].fields["webhook-id"])
    let tries = try place.tool(
      "sqlite3", ["-readonly", "tenor.sqlite", "SELECT outcome FROM webhook_attempts ORDER BY number"])
    #expect(tries.output == "unknown\naccepted\n")
    #expect(try place.done("verify").contains("sound"))
  }

  @Test(arguments: [
    (#"{"ops": {"url": "http://hooks.example/", "secretFile": "secret"}}"#, "would be sent in clear"),
    (#"{"ops": "https://hooks.example/"}"#, "tenor.json, line 1: the webhook 'ops' needs settings of its own"),
  ])
  func `settings that cannot be meant are refused with what is wrong`(_ webhooks: String, _ words: String) throws {
    let place = try Workplace()
    defer { place.remove() }
    try place.write("tenor.json", "{\"webhooks\": \(webhooks)}")
    let run = try place.tenor("init")
    #expect(run.code == 1 && run.errors.contains(words), "\(run.errors)")
  }

  @Test func `webhooks are listed from the moment they are set`() throws {
    let place = try Workplace()
    defer { place.remove() }
    try place.done("init")
    #expect(try place.done("webhooks") == "no webhooks; name them under 'webhooks' in the settings file\n")
    try place.write(
      "tenor.json", #"{"webhooks": {"ops": {"url": "https://hooks.example/terms", "secretFile": "secret"}}}"#)
    let table = try place.done("webhooks")
    #expect(table.contains("ops") && table.contains("new") && table.contains("from the next command on that writes"))
    let listed = try #require(try place.tenor("webhooks", "list", "--json").json() as? [[String: Any]])
    #expect(listed.first?["state"] as? String == "new" && listed.first?["webhook"] as? String == "ops")
    try place.done("documents", "add", "connector-terms", "--title", "Connector terms")
    #expect(try place.done("webhooks").contains("active"))
  }

  @Test func `certificates that are not there are told, and nothing is sent`() async throws {
    let receiver = try await HookReceiver()
    defer { receiver.stop() }
    let place = try place(receiver.port)
    defer { place.remove() }
    for (contents, words) in [(nil, "there is none"), ("words", "it holds no certificate in PEM")] {
      try contents.map { try place.write("ca.pem", $0) }
      try place.write(
        "tenor.json",
        #"{"webhooks": {"ops": {"url": "http://127.0.0.1:\#(receiver.port)/hook", "secretFile": "secret", "caFile": "ca.pem"}}}"#
      )
      for command in ["send", "doctor"] {
        let run = try place.tenor("notices", command)
        let said = run.output + run.errors
        #expect(run.code != 0 && said.contains("'webhooks.ops.caFile'") && said.contains(words), "\(said)")
      }
    }
    #expect(receiver.received.isEmpty)
  }

  @Test func `without its secret a webhook is told nothing, and the doctor says so`() async throws {
    let receiver = try await HookReceiver()
    defer { receiver.stop() }
    let place = try place(receiver.port)
    defer { place.remove() }
    try place.write("secret", "whsec_short\n")
    let run = try place.tenor("notices", "send")
    #expect(run.code == 1 && run.errors.contains("'webhooks.ops.secretFile'"), "\(run.errors)")
    #expect(!run.errors.contains("whsec_short"), "no message shows a secret")
    #expect(try place.tenor("notices", "doctor").output.contains("BAD"))
    #expect(receiver.received.isEmpty)
    #expect(try place.done("webhooks").contains("1"), "what is to be told waits")
  }
}
