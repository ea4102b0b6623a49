import Foundation
import Testing

/// The mail's part of the program: looking before sending, sending, and reading what comes back.
@Suite struct NoticeMailTests {
  private static let mail = [
    "TENOR_MAIL_RETURN_DOMAIN": "bounces.terms.example", "TENOR_MAIL_RETURN_KEY_FILE": "key",
    "TENOR_MAIL_OWN_HOSTS": "mta.terms.example", "TENOR_BASE_URL": "https://terms.example",
  ]

  /// A record with a notice due to one developer.
  private func place() throws -> Workplace {
    let place = try Workplace()
    try place.write("key", String(repeating: "0123456789abcdef", count: 4) + "\n")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o600], ofItemAtPath: place.folder.appending(path: "key").path)
    try place.done("init")
    try place.done("documents", "add", "connector-terms", "--title", "Connector terms")
    try place.write("v1.md", terms())
    try place.done("publish", "connector-terms", "v1.md", "--posted-at", "2025-06-04T09:00:00-07:00", "--yes")
    try place.done("developers", "add", "dev-42", "--email", "dev42@example.com", "--region", "US")
    try place.done("connectors", "add", "dev-42", "weather", "--document", "connector-terms")
    try place.write("v2.md", terms(days: 10))
    try place.done("publish", "connector-terms", "v2.md", "--yes")
    return place
  }

  private func returnPath(_ place: Workplace) throws -> String {
    let preview = try place.tenor(
      "notices", "preview", "dev-42", "--document", "connector-terms", "--json", environment: Self.mail)
    return try #require((try preview.json() as? [String: Any])?["returnPath"] as? String)
  }

  private func report(to address: String, action: String, status: String, envelope: String? = nil) -> String {
    let name = address.split(separator: "+")[1].split(separator: "-")[0]
    return [
      "Return-Path: <>", "X-Original-To: \(address)",
      "Received: from mx.example (mx.example [192.0.2.7]) by mta.terms.example; \(Self.now)",
      "From: Mail System <mailer-daemon@mx.example>", "To: \(address)", "Date: \(Self.now)",
      "Subject: Report", "MIME-Version: 1.0",
      "Content-Type: multipart/report; report-type=delivery-status; boundary=b1", "", "--b1",
      "Content-Type: text/plain", "", "See below.", "", "--b1", "Content-Type: message/delivery-status", "",
      "Reporting-MTA: dns; mx.example", "Original-Envelope-Id: \(envelope ?? String(name))", "",
      "Final-Recipient: rfc822; dev42@example.com", "Action: \(action)", "Status: \(status)",
      "Diagnostic-Code: smtp; \(status) for <dev42@example.com>", "", "--b1--", "",
    ].joined(separator: "\r\n")
  }

  private static let now: String = {
    let format = DateFormatter()
    format.locale = Locale(identifier: "en_US_POSIX")
    format.timeZone = TimeZone(identifier: "UTC")
    format.dateFormat = "EEE, d MMM yyyy HH:mm:ss Z"
    return format.string(from: .now)
  }()

  private func evidence(_ place: Workplace) throws -> Int? {
    let run = try place.tenor("binding", "dev-42", "--document", "connector-terms", "--json")
    let versions = (try run.json() as? [String: Any])?["versions"] as? [[String: Any]]
    return (versions?.last?["notice"] as? [String: Any])?["evidence"] as? Int
  }

  @Test func `the doctor looks at everything and sends nothing`() throws {
    let place = try place()
    defer { place.remove() }
    let good = try place.tenor("notices", "doctor", "--json", environment: Self.mail)
    let checks = try #require(try good.json() as? [[String: Any]])
    #expect(good.code == 0, "\(good.output)")
    #expect(checks.allSatisfy { $0["outcome"] as? String == "good" }, "\(good.output)")
    #expect(checks.map { $0["check"] as? String } == ["sender", "reports", "wording", "link", "folder", "record"])
    #expect(try place.done("notices", "pending").contains("queued"))

    let bad = try place.tenor("notices", "doctor", environment: ["TENOR_MAIL_FROM": "notices@terms.invalid"])
    #expect(bad.code == 2 && bad.output.contains("BAD") && bad.output.contains("set mail.from"))
    let closed = try place.tenor(
      "notices", "doctor",
      environment: ["TENOR_MAIL_TRANSPORT": "smtp", "TENOR_MAIL_SMTP_HOST": "127.0.0.1", "TENOR_MAIL_SMTP_PORT": "1"])
    #expect(closed.code == 75, "\(closed.output)")
  }

  @Test func `a preview is the letter, a trial is no notice`() throws {
    let place = try place()
    defer { place.remove() }
    let text = try place.done("notices", "preview", "dev-42", "--document", "connector-terms")
    #expect(text.hasPrefix("Subject: ") && text.contains("2(b)"))
    let eml = try place.done("notices", "preview", "dev-42", "--document", "connector-terms", "--format", "eml")
    #expect(eml.contains("To: dev42@example.com\r\n"))
    #expect(try place.tenor("notices", "preview", "nobody", "--document", "connector-terms").code == 2)

    let trial = try place.tenor("notices", "test", "me@terms.example", environment: Self.mail)
    #expect(trial.code == 0 && trial.output.contains("was taken over by folder outbox"), "\(trial.errors)")
    #expect(try place.tenor("notices", "test", "me").code == 64)
    #expect(try place.done("notices", "pending").contains("queued"))
    #expect(try place.done("verify").contains("sound"))
  }

  @Test func `a delivery report raises the evidence, once`() throws {
    let place = try place()
    defer { place.remove() }
    #expect(try place.tenor("notices", "send", environment: Self.mail).output == "notices: 1 sent\n")
    #expect(try evidence(place) == 2)
    let mail = report(to: try returnPath(place), action: "delivered", status: "2.0.0")
    let first = try place.tenor("notices", "receive", input: mail, environment: Self.mail)
    #expect(first.code == 0 && first.output == "received: 1 received\n", "\(first.output)\(first.errors)")
    #expect(try evidence(place) == 3)
    try place.write("again.eml", mail)
    let again = try place.tenor("notices", "receive", "again.eml", environment: Self.mail)
    #expect(again.code == 0 && again.output == "received: 1 known\n")
    #expect(try place.done("verify").contains("sound"))
  }

  @Test func `a failure withdraws the acceptance; addresses stay out of the log`() throws {
    let place = try place()
    defer { place.remove() }
    _ = try place.tenor("notices", "send", environment: Self.mail)
    let mail = report(to: try returnPath(place), action: "failed", status: "5.1.1")
    let run = try place.tenor("notices", "receive", "--json", input: mail, environment: Self.mail)
    let message = try #require((try run.json() as? [[String: Any]])?.first)
    #expect(message["outcome"] as? String == "failed" && message["developer"] as? String == "dev-42")
    #expect(message["says"] as? String != nil && !run.output.contains("dev42@example.com"), "\(run.output)")
    let shown = try place.done("notices", "show", "dev-42", "--document", "connector-terms")
    #expect(shown.contains("failed: smtp; 5.1.1 for <(address)>"), "\(shown)")
    let returned = try place.done("notices", "returned", "1")
    #expect(returned.contains("failed → failed"))
    let sha256 = try #require(message["sha256"] as? String)
    #expect(try place.done("notices", "returned", "1", "--raw", sha256) == mail)
    #expect(try place.done("notices", "returned", "1", "--raw", String(sha256.prefix(8)).uppercased()) == mail)
    // The message has random words in it: only digits that are surely not its own name no message.
    let other = sha256.map { $0 == "0" ? "1" : "0" }.joined()
    let none = try place.tenor("notices", "returned", "1", "--raw", other)
    #expect(none.code == 2 && none.errors.contains("no message '\(other)' came back for notice 1"), "\(none.errors)")
    for digits in [String(sha256.prefix(7)), sha256 + "0", "zzzzzzzz"] {
      let refused = try place.tenor("notices", "returned", "1", "--raw", digits)
      #expect(
        refused.code == 64 && refused.errors.contains("--raw takes 8 to 64 hexadecimal digits"), "\(refused.errors)")
    }
    let nothing = try place.tenor("notices", "returned", "99")
    #expect(
      nothing.code == 2
        && nothing.errors.contains(
          "there is no notice 99; 'tenor notices status' and 'tenor notices pending' show their numbers"),
      "\(nothing.errors)")
  }

  @Test func `who was not told is listed with why and what it costs, until they were told otherwise`() throws {
    let place = try place()
    defer { place.remove() }
    _ = try place.tenor("notices", "send", environment: Self.mail)
    #expect(try place.tenor("notices", "status").code == 0)
    #expect(try place.done("notices", "courier") == "nobody needs a letter\n")
    let mail = report(to: try returnPath(place), action: "failed", status: "5.1.1")
    _ = try place.tenor("notices", "receive", input: mail, environment: Self.mail)

    let status = try place.tenor("notices", "status", "--json")
    #expect(status.code == 3)
    let untold = try #require((try status.json() as? [String: Any])?["untold"] as? [[String: Any]])
    #expect(untold.count == 1 && untold[0]["reason"] as? String == "failed")
    #expect(untold[0]["failureClass"] as? String == "address-dead" && untold[0]["needsOtherChannel"] as? Bool == true)
    #expect(untold[0]["bindsFrom"] != nil && untold[0]["couldBindFrom"] != nil)
    #expect(try place.tenor("notices", "status").output.contains("another channel: notices courier"))
    let letters = try place.done("notices", "courier", "connector-terms", "--csv").split(separator: "\r\n")
    #expect(letters.count == 2 && letters[0].hasPrefix("developer,name,region,document,version,"))
    #expect(letters[1].hasPrefix("dev-42,,US,connector-terms,"))

    try place.done(
      "notices", "record", "dev-42", "--document", "connector-terms", "--channel", "courier", "--sent-at",
      Date.now.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
    #expect(try place.tenor("notices", "status").code == 0)
    #expect(try place.done("notices", "courier") == "nobody needs a letter\n")
  }

  @Test func `who was bound, and by what was known, can be asked of any moment`() throws {
    let place = try place()
    defer { place.remove() }
    func sufficiency(_ words: String...) throws -> [String: Any] {
      let run = try place.run(["notices", "status", "connector-terms", "--json"] + words)
      #expect(run.code == 0, "\(run.errors)")
      return try #require((try run.json() as? [String: Any])?["sufficiency"] as? [String: Any])
    }
    let later = try sufficiency("--at", "2099-01-01")
    #expect(later["developers"] as? Int == 1 && later["noticesMissing"] as? Int == 1)
    #expect(later["missAnnouncedDate"] as? [String: Int] == ["not-sent": 1])
    let before = try sufficiency("--at", "2025-06-05", "2025-06-04")
    #expect(before["developers"] as? Int == 0 && before["version"] as? String == "2025-06-04")
    #expect(try place.tenor("notices", "status", "--at", "2099-01-01").code == 64)
    let future = try place.tenor("notices", "status", "connector-terms", "--known-at", "2099-01-01T00:00:00Z")
    #expect(future.code == 2, "\(future.errors)")
    let unknown = try place.tenor("notices", "status", "connector-terms", "--known-at", "2020-01-01T00:00:00Z")
    #expect(unknown.code == 2, "nothing was known: \(unknown.output)\(unknown.errors)")
  }

  @Test func `mail that still waits is not sent once its failure is on record, and a courier is asked for`() throws {
    let place = try place()
    defer { place.remove() }
    let moment = Date.now.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    let words = [
      "notices", "record", "dev-42", "--document", "connector-terms", "--failed-at", moment, "--reason", "gone",
    ]
    let early = try place.run(words + ["--channel", "email"])
    #expect(early.code == 0 && early.errors.contains("notice 1 to them is not sent any more"), "\(early.errors)")
    let sending = try place.tenor("notices", "send", environment: Self.mail)
    #expect(sending.code == 0 && sending.output == "", "\(sending.output)")
    #expect(try place.done("notices", "courier").contains("dev-42"))
    let status = try place.tenor("notices", "status", "connector-terms", "--json")
    let report = (try status.json() as? [String: Any])?["sufficiency"] as? [String: Any]
    #expect(report?["noticesMissing"] as? Int == 0, "the posting serves in its place")
    #expect(try place.done("verify").contains("sound"))
  }

  @Test func `mail that still waits for somebody who has the notice already is told apart`() throws {
    let place = try place()
    defer { place.remove() }
    func queued() throws -> [String: Any]? {
      let status = try place.tenor("notices", "status", "connector-terms", "--json")
      let counts = (try status.json() as? [String: Any])?["counts"] as? [[String: Any]]
      return counts?.first { $0["state"] as? String == "queued" }
    }
    #expect(try queued()?["notices"] as? Int == 1)
    #expect(try queued()?["receivedAlready"] == nil)
    try place.done(
      "notices", "record", "dev-42", "--document", "connector-terms", "--channel", "courier", "--received-at",
      Date.now.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
    #expect(try queued()?["receivedAlready"] as? Int == 1)
    #expect(try place.tenor("notices", "status").output.contains("queued (1 received already)"))
    #expect(
      try place.tenor("notices", "send", environment: Self.mail).output == "notices: 1 sent\n", "it goes out as well")
    #expect(try queued() == nil)
  }

  @Test func `forgeries and strangers are refused, and nothing of them is kept`() throws {
    let place = try place()
    defer { place.remove() }
    _ = try place.tenor("notices", "send", environment: Self.mail)
    let address = try returnPath(place)
    let forged = address.replacing("-", with: "-a")
    for (to, word) in [(forged, "forged"), ("bounce+x@else.example", "stranger")] {
      let run = try place.tenor(
        "notices", "receive", input: report(to: to, action: "delivered", status: "2.0.0"), environment: Self.mail)
      #expect(run.code == 2 && run.output.contains(word), "\(run.output)")
    }
    let other = report(to: address, action: "delivered", status: "2.0.0", envelope: "aaaaaaaaaaaaa")
    let disputed = try place.tenor("notices", "receive", input: other, environment: Self.mail)
    #expect(disputed.code == 0 && disputed.output.contains("disputed"), "\(disputed.output)")
    #expect(try evidence(place) == 2)
  }

  @Test func `a message that cannot be read keeps none of its group from going on record`() throws {
    let place = try place()
    defer { place.remove() }
    _ = try place.tenor("notices", "send", environment: Self.mail)
    for part in ["box/new/2", "box/cur", "box/tmp"] {
      try FileManager.default.createDirectory(
        at: place.folder.appending(path: part), withIntermediateDirectories: true)
    }
    for (name, action, status) in [("1", "delayed", "4.4.1"), ("3", "delivered", "2.0.0")] {
      try place.write("box/new/\(name)", report(to: try returnPath(place), action: action, status: status))
    }
    let run = try place.tenor("notices", "receive", "box", environment: Self.mail)
    #expect(run.code == 2 && run.errors.contains("box/new/2") && run.errors.contains("cannot be read"), "\(run.errors)")
    #expect(run.output == "received: 1 delayed, 1 received\n")
    #expect(try evidence(place) == 3)
    #expect(try FileManager.default.contentsOfDirectory(atPath: place.folder.appending(path: "box/new").path) == ["2"])
  }

  @Test func `a Maildir is emptied, message by message, and what is not ours is flagged`() throws {
    let place = try place()
    defer { place.remove() }
    _ = try place.tenor("notices", "send", environment: Self.mail)
    for part in ["box/new", "box/cur", "box/tmp"] {
      try FileManager.default.createDirectory(
        at: place.folder.appending(path: part), withIntermediateDirectories: true)
    }
    try place.write("box/new/1", report(to: try returnPath(place), action: "delivered", status: "2.0.0"))
    try place.write("box/new/2", report(to: "bounce+x@else.example", action: "failed", status: "5.1.1"))
    let run = try place.tenor("notices", "receive", "box", environment: Self.mail)
    #expect(run.code == 0 && run.output.contains("received: 1 received, 1 stranger"), "\(run.output)\(run.errors)")
    let left = try FileManager.default.contentsOfDirectory(atPath: place.folder.appending(path: "box/cur").path)
      .sorted()
    #expect(left == ["1:2,S", "2:2,F"])
    #expect(try place.tenor("notices", "receive", "box", environment: Self.mail).output == "")
  }

  @Test func `a wrong setting is named with the place where it stands`() throws {
    let place = try place()
    defer { place.remove() }
    try place.write("tenor.json", "{\n  \"mail\": {\n    \"transport\": \"smpt\"\n  }\n}\n")
    let file = try place.tenor("notices", "send")
    #expect(file.code == 1 && file.errors.contains("'smpt'; choose one of"), "\(file.errors)")
    #expect(file.errors.contains("(set in tenor.json, line 3)"), "\(file.errors)")
    let environment = try place.tenor(
      "notices", "send",
      environment: ["TENOR_MAIL_TRANSPORT": "smtp", "TENOR_MAIL_SMTP_PORT": "0", "TENOR_MAIL_SMTP_HOST": "localhost"])
    #expect(environment.errors.contains("(set in TENOR_MAIL_SMTP_PORT in the environment)"), "\(environment.errors)")
  }

  @Test func `notices that come from nobody are not sent to anybody`() throws {
    let place = try place()
    defer { place.remove() }
    let run = try place.tenor(
      "notices", "send",
      environment: [
        "TENOR_MAIL_FROM": "notices@terms.invalid", "TENOR_MAIL_TRANSPORT": "smtp",
        "TENOR_MAIL_SMTP_HOST": "localhost",
      ])
    #expect(run.code == 1 && run.errors.contains("the setting 'mail.from' is missing"), "\(run.errors)")
    let folder = try place.tenor("notices", "send", environment: ["TENOR_MAIL_FROM": "notices@terms.invalid"])
    #expect(folder.code == 0 && folder.errors.contains("set mail.from"), "\(folder.errors)")
    let shown = try place.done("notices", "show", "dev-42", "--document", "connector-terms", "--json")
    #expect(shown.contains("\"event\"") && shown.contains("\"received\""), "\(shown)")
  }

  @Test func `a reminder is planned once, and sent as one`() throws {
    let place = try Workplace()
    defer { place.remove() }
    func ago(_ days: Double) -> String {
      ISO8601DateFormatter().string(from: Date(timeIntervalSinceNow: -86_400 * days))
    }
    let folderOfTerms = place.folder.appending(path: "Terms/connector-terms")
    try FileManager.default.createDirectory(at: folderOfTerms, withIntermediateDirectories: true)
    try place.write(
      "Terms/connector-terms/document.yaml", "slug: connector-terms\ntitle: Connector terms\nreminders: [7]\n")
    try place.write("Terms/connector-terms/2025-06-04.md", terms())
    try place.done("init")
    try place.done("import", "Terms")
    try place.done("developers", "add", "dev-42", "--email", "dev42@example.com", "--region", "US", "--at", ago(20))
    try place.done("connectors", "add", "dev-42", "weather", "--document", "connector-terms", "--at", ago(20))
    try place.write("v2.md", terms(days: 10))
    try place.done("publish", "connector-terms", "v2.md", "--posted-at", ago(12), "--yes")
    #expect(try place.done("notices", "remind") == "", "nobody was told yet")
    try place.done(
      "notices", "record", "dev-42", "--document", "connector-terms", "--channel", "email", "--received-at", ago(10))
    #expect(try place.done("notices", "remind", "--dry-run").contains("dev-42"))
    #expect(try place.done("notices", "remind") == "reminders: 1 planned\n")
    #expect(try place.done("notices", "remind") == "", "once is enough")
    #expect(try place.done("notices", "send", "--dry-run").contains("queued (reminder of "))
    #expect(try place.done("notices", "send") == "notices: 2 sent\n")
    let folder = place.folder.appending(path: "outbox")
    let mails = try FileManager.default.contentsOfDirectory(atPath: folder.path).map {
      try String(contentsOf: folder.appending(path: $0), encoding: .utf8)
    }
    #expect(mails.count { $0.contains("This is a reminder.") } == 1)
    #expect(try place.done("verify").contains("sound"))
  }

  @Test func `without an address for reports none can be received, and the message says what to set`() throws {
    let place = try place()
    defer { place.remove() }
    let run = try place.tenor("notices", "receive", input: "x")
    #expect(run.code == 1 && run.errors.contains("TENOR_MAIL_RETURN_DOMAIN"), "\(run.errors)")
  }
}
