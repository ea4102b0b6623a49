import Foundation
import Testing

/// The whole way through the program: from an empty folder to the binding answer.
@Suite struct PublishToBindingTests {
  /// A record with a document posted on 2025-06-04 and one developer bound since July.
  private func place() throws -> Workplace {
    let place = try Workplace()
    try place.done("init")
    try place.done("documents", "add", "connector-terms", "--title", "Connector terms")
    try place.write("v1.md", terms())
    try place.done(
      "publish", "connector-terms", "v1.md", "--posted-at", "2025-06-04T09:00:00-07:00", "--yes")
    try place.done(
      "developers", "add", "dev-42", "--email", "dev42@example.com", "--region", "US", "--at",
      "2025-07-01T09:00:00-07:00")
    try place.done(
      "connectors", "add", "dev-42", "weather", "--document", "connector-terms", "--at", "2025-07-01T09:05:00-07:00")
    return place
  }

  private func publishSecond(in place: Workplace) throws {
    try place.write("v2.md", terms(days: 10))
    try place.done(
      "publish", "connector-terms", "v2.md", "--posted-at", "2025-12-17T09:00:00-08:00", "--yes")
  }

  private func answer(_ place: Workplace, at: String, known: String? = nil) throws -> [String: Any] {
    let run = try place.run(
      ["binding", "dev-42", "--document", "connector-terms", "--at", at, "--json"]
        + (known.map { ["--known-at", $0] } ?? []))
    return try #require(try run.json() as? [String: Any])
  }

  @Test func `a material change binds fifteen days after the e-mail was received, not a day earlier`() throws {
    let place = try place()
    defer { place.remove() }
    try publishSecond(in: place)
    try place.done(
      "notices", "record", "dev-42", "--document", "connector-terms", "--channel", "email", "--received-at",
      "2025-12-17T10:00:00-08:00")
    for (day, version, because) in [
      ("2025-12-31", "2025-06-04", "the day before"),
      ("2026-01-01", "2025-12-17", "the day itself: 15 days, the first one left out"),
      ("2026-01-02", "2025-12-17", "the day after"),
    ] {
      #expect(try answer(place, at: day)["version"] as? String == version, "\(day): \(because)")
    }
  }

  @Test
  func `while the notice is still to be given the change is not in force, and the answer shows the earliest date`()
    throws
  {
    let place = try place()
    defer { place.remove() }
    try publishSecond(in: place)
    let answer = try answer(place, at: "2026-02-01")
    #expect(answer["version"] as? String == "2025-06-04")
    let versions = try #require(answer["versions"] as? [[String: Any]])
    let classes = try #require(versions.last?["classes"] as? [[String: Any]])
    #expect(classes.first?["class"] as? String == "material")
    #expect(classes.first?["state"] as? String == "awaiting-notice")
    #expect(classes.first?["earliestOn"] != nil)
  }

  @Test func `notices go out once, and a second run has nothing to do`() throws {
    let place = try place()
    defer { place.remove() }
    try publishSecond(in: place)
    #expect(try place.done("notices", "send") == "notices: 1 sent\n")
    #expect(try place.done("notices", "send") == "")
    let mails = try FileManager.default.contentsOfDirectory(atPath: place.folder.appending(path: "outbox").path)
    #expect(mails.count == 1)
    let mail = try String(contentsOf: place.folder.appending(path: "outbox/\(mails[0])"), encoding: .utf8)
    #expect(mail.contains("To: dev42@example.com"))
    #expect(mail.contains("From: Terms notices <notices@terms.example>"))
    let status = try place.tenor("notices", "status", "connector-terms", "--json")
    let counts = try #require((try status.json() as? [String: Any])?["counts"] as? [[String: Any]])
    #expect(counts.map { $0["state"] as? String } == ["accepted"])
  }

  @Test func `the same question gets the same answer later, as it was known then`() throws {
    let place = try place()
    defer { place.remove() }
    try publishSecond(in: place)
    let before = ISO8601DateFormatter().string(from: .now)
    Thread.sleep(forTimeInterval: 1.1)
    let then = try place.tenor(
      "binding", "dev-42", "--document", "connector-terms", "--at", "2026-02-01", "--known-at", before, "--json")
    try place.done(
      "notices", "record", "dev-42", "--document", "connector-terms", "--channel", "email", "--received-at",
      "2025-12-19T23:50:00-08:00")
    let again = try place.tenor(
      "binding", "dev-42", "--document", "connector-terms", "--at", "2026-02-01", "--known-at", before, "--json")
    #expect(then.output == again.output)
    #expect(try answer(place, at: "2026-01-02")["version"] as? String == "2025-06-04")
    #expect(
      try answer(place, at: "2026-01-03")["version"] as? String == "2025-12-17", "received on the 19th in Los Angeles")
  }

  @Test func `express acceptance brings a version into force at once`() throws {
    let place = try place()
    defer { place.remove() }
    try publishSecond(in: place)
    try place.done("accept", "dev-42", "--document", "connector-terms", "--at", "2025-12-18T12:00:00-08:00")
    #expect(try answer(place, at: "2025-12-18T11:59:00-08:00")["version"] as? String == "2025-06-04")
    #expect(try answer(place, at: "2025-12-18T12:00:00-08:00")["version"] as? String == "2025-12-17")
  }

  @Test func `who joins after the posting is bound by the whole version at once`() throws {
    let place = try place()
    defer { place.remove() }
    try publishSecond(in: place)
    try place.done("developers", "add", "late", "--region", "EEA", "--at", "2025-12-20T09:00:00+01:00")
    try place.done(
      "connectors", "add", "late", "trains", "--document", "connector-terms", "--at", "2025-12-20T09:00:00+01:00")
    let run = try place.tenor("binding", "late", "--document", "connector-terms", "--at", "2025-12-21", "--json")
    #expect((try run.json() as? [String: Any])?["version"] as? String == "2025-12-17")
  }

  @Test func `review writes nothing`() throws {
    let place = try place()
    defer { place.remove() }
    try place.write("v2.md", terms(days: 10))
    let before = try place.done("history", "connector-terms", "--json")
    let review = try place.done("review", "connector-terms", "v2.md")
    #expect(review.contains("30 days → 10 days") || review.contains("30"))
    #expect(try place.done("history", "connector-terms", "--json") == before)
    #expect(try place.done("notices", "pending") == "nothing is pending\n")
  }

  @Test func `show prints a posted version byte for byte`() throws {
    let place = try place()
    defer { place.remove() }
    let text = try String(contentsOf: place.folder.appending(path: "v1.md"), encoding: .utf8)
    #expect(try place.done("show", "connector-terms@2025-06-04") == text + (text.hasSuffix("\n") ? "" : "\n"))
  }

  @Test func `the sample terms import and verify clean`() throws {
    let place = try Workplace()
    defer { place.remove() }
    try place.done("init")
    try place.done("import", checkout.appending(path: "Terms").path)
    #expect(try place.done("verify").contains("sound"))
    #expect(try place.done("import", checkout.appending(path: "Terms").path).contains("on record already"))
  }
}

extension PublishToBindingTests {
  @Test func `who is entered late, as having joined before the posting, gets the notice of it`() throws {
    let place = try place()
    defer { place.remove() }
    try publishSecond(in: place)
    try place.done(
      "developers", "add", "late", "--email", "late@example.com", "--region", "US", "--at", "2025-07-02T09:00:00-07:00")
    let added = try place.done(
      "connectors", "add", "late", "trains", "--document", "connector-terms", "--at", "2025-07-02T09:05:00-07:00")
    #expect(added.contains("note: posted since then, and its notice to 'late' is planned: 2025-12-17"))
    #expect(try place.done("notices", "pending").contains("late"))
    #expect(
      try place.done("notices", "plan", "--document", "connector-terms")
        == "no notice is missing: each that the rules require is planned or on record\n")

    try place.write(
      "devs.csv",
      "id,email,region,at,connector,document\nmany,many@example.com,US,2025-07-03T09:00:00-07:00,c,connector-terms\n")
    try place.done("developers", "import", "devs.csv")
    #expect(
      try place.run(["notices", "status", "connector-terms"]).output.contains(
        "no notice is planned for 1 of them, though their address is on record: "
          + "tenor notices plan --document connector-terms"))
    #expect(try place.done("notices", "plan", "--document", "connector-terms", "--dry-run").contains("many"))
    #expect(
      try place.done("notices", "plan", "many", "--document", "connector-terms")
        == "notices: 1 planned; 'tenor notices send' sends it\n")
    try place.done("verify")
  }
}
