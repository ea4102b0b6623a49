import Foundation
import Testing

/// What is wrong is said with its place and remedy, ends with the right code, and leaves nothing half done.
@Suite struct BadInputTests {
  struct Case: CustomTestStringConvertible {
    let name: String
    let arguments: [String]
    let code: Int32
    /// What the message must say: where, what, what to do.
    let says: [String]

    var testDescription: String { name }
  }

  private func place() throws -> Workplace {
    let place = try Workplace()
    try place.done("init")
    try place.done("documents", "add", "connector-terms", "--title", "Connector terms")
    try place.write("v1.md", terms())
    try place.write("v2.md", terms(days: 10))
    try place.write(
      "law.md",
      terms(
        extra:
          "\n(b) **Complaints.** Under Article 20 of Regulation (EU) 2022/2065 you may complain to us free of charge.\n"
      ))
    try place.write("duplicate.md", terms(extra: "\n## 2. Use again\n\nSecond.\n"))
    try place.write("dangling.md", terms(extra: "\nSee Section 9(c).\n"))
    try place.write("empty.md", "")
    try place.write("ferry-terms-2999-01-01.md", terms())
    try Data([0x23, 0x20, 0x41, 0x0A, 0x0A, 0xFF, 0xFE]).write(to: place.folder.appending(path: "latin.md"))
    try place.write("not-a-database.sqlite", "This is no database, but a text of some length that says so.")
    try place.done("publish", "connector-terms", "v1.md", "--posted-at", "2025-06-04T09:00:00-07:00", "--yes")
    try place.done(
      "developers", "add", "dev-1", "--email", "a@example.com", "--region", "US", "--at", "2025-07-01T09:00:00-07:00")
    return place
  }

  @Test(arguments: [
    Case(
      name: "identical to the last version",
      arguments: ["publish", "connector-terms", "v1.md", "--yes"], code: 2,
      says: ["identical to version '2025-06-04'"]),
    Case(
      name: "posted before the last version",
      arguments: ["publish", "connector-terms", "v2.md", "--posted-at", "2025-06-03T09:00:00-07:00", "--yes"], code: 2,
      says: ["before version '2025-06-04'", "--posted-at"]),
    Case(
      name: "posted in the future",
      arguments: ["publish", "connector-terms", "v2.md", "--posted-at", "2999-01-01T09:00:00-07:00", "--yes"], code: 2,
      says: ["in the future"]),
    Case(
      name: "unknown document",
      arguments: ["publish", "conector-terms", "v2.md", "--yes"], code: 2,
      says: ["no document 'conector-terms'", "'connector-terms'"]),
    Case(
      name: "unknown developer", arguments: ["binding", "dev-9", "--document", "connector-terms"], code: 2,
      says: ["no developer 'dev-9'", "tenor developers add"]),
    Case(
      name: "unknown clause label",
      arguments: ["publish", "connector-terms", "v2.md", "--class", "9(z)=material", "--yes"], code: 2,
      says: ["clause '9(z)' is not changed", "'2(b)'"]),
    Case(
      name: "duplicate label in the text",
      arguments: ["publish", "connector-terms", "duplicate.md", "--yes"], code: 2, says: ["line", "2"]),
    Case(
      name: "dangling cross-reference",
      arguments: ["publish", "connector-terms", "dangling.md", "--yes"], code: 2, says: ["9(c)", "line"]),
    Case(
      name: "a class that the evidence contradicts",
      arguments: ["publish", "connector-terms", "v2.md", "--class", "2(b)=other", "--yes"], code: 2,
      says: ["clause 2(b) is material by the evidence", "--reason"]),
    Case(
      name: "legal-required without a basis",
      arguments: ["publish", "connector-terms", "v2.md", "--class", "2(b)=legal-required", "--reason", "x", "--yes"],
      code: 2, says: ["clause 2(b) is legal-required", "--basis"]),
    Case(
      name: "a blank basis",
      arguments: [
        "publish", "connector-terms", "v2.md", "--class", "2(b)=legal-required", "--basis", " ", "--reason", "x",
        "--yes",
      ], code: 2, says: ["clause 2(b) is legal-required", "--basis"]),
    Case(
      name: "a blank reason",
      arguments: ["publish", "connector-terms", "v2.md", "--class", "2(b)=other", "--reason", " ", "--yes"], code: 2,
      says: ["clause 2(b) is material by the evidence", "--reason"]),
    Case(
      name: "a backup onto a file that is there", arguments: ["backup", "v1.md"], code: 2,
      says: ["'v1.md'", "nothing was changed"]),
    Case(
      name: "notices of a document that is not there", arguments: ["notices", "show", "dev-1", "--document", "terms"],
      code: 2, says: ["no document 'terms'"]),
    Case(
      name: "an import whose first version is still to come", arguments: ["import", "ferry-terms-2999-01-01.md"],
      code: 2,
      says: ["ferry-terms-2999-01-01.md", "in the future"]),
    Case(
      name: "a folder in place of a file of developers", arguments: ["developers", "import", "."], code: 2,
      says: ["'.' is a folder"]),
    Case(
      name: "a basis without legal-required",
      arguments: ["publish", "connector-terms", "v2.md", "--basis", "Regulation (EU) 2022/2065", "--yes"], code: 2,
      says: ["--basis was given"]),
    Case(
      name: "an address with a line break",
      arguments: ["developers", "add", "dev-2", "--email", "a@example.com\nRCPT TO:<b@example.com>", "--region", "US"],
      code: 2, says: ["line feed", "position 14"]),
    Case(
      name: "an address without an @",
      arguments: ["developers", "add", "dev-2", "--email", "example.com", "--region", "US"], code: 2,
      says: ["has no @", "name@example.com"]),
    Case(
      name: "a developer who exists",
      arguments: ["developers", "add", "dev-1", "--email", "b@example.com", "--region", "US"], code: 2,
      says: ["'dev-1' exists already"]),
    Case(
      name: "an empty file", arguments: ["publish", "connector-terms", "empty.md", "--yes"], code: 2, says: ["empty"]),
    Case(
      name: "not UTF-8", arguments: ["publish", "connector-terms", "latin.md", "--yes"], code: 2,
      says: ["line 3", "UTF-8"]),
    Case(
      name: "no such file", arguments: ["publish", "connector-terms", "nowhere.md", "--yes"], code: 2,
      says: ["no file 'nowhere.md'"]),
    Case(
      name: "publishing unasked", arguments: ["publish", "connector-terms", "v2.md"], code: 64, says: ["--yes"]),
    Case(
      name: "a moment without an offset",
      arguments: ["binding", "dev-1", "--document", "connector-terms", "--at", "2026-01-01T00:00:00"], code: 64,
      says: ["with an offset"]),
    Case(
      name: "an option given twice",
      arguments: [
        "developers", "add", "dev-2", "--email", "a@example.com", "--email", "b@example.com", "--region", "US",
      ],
      code: 64, says: ["--email was given twice"]),
    Case(
      name: "a document named like an address of the service",
      arguments: ["documents", "add", "v1", "--title", "Version one"], code: 2, says: ["'v1'", "address", "another"]),
    Case(
      name: "an empty title", arguments: ["documents", "add", "terms", "--title", " "], code: 64,
      says: ["title is empty", "tenor documents add"]),
    Case(
      name: "an unknown profile",
      arguments: ["documents", "add", "terms", "--title", "Terms", "--profile", "connectors"], code: 64,
      says: ["no profile 'connectors'", "connectors-7a", "tenor documents add"]),
    Case(name: "a port out of range", arguments: ["serve", "--port", "99999"], code: 64, says: ["no port 99999"]),
    Case(
      name: "known in the future",
      arguments: ["binding", "dev-1", "--document", "connector-terms", "--known-at", "2999-01-01T00:00:00Z"], code: 2,
      says: ["2999-01-01T00:00:00Z", "--at"]),
    Case(
      name: "reviewed against another version",
      arguments: ["publish", "connector-terms", "v2.md", "--after", "2025-01-01", "--yes"], code: 2,
      says: ["somebody else published version '2025-06-04'"]),
    Case(
      name: "a list of none", arguments: ["developers", "list", "--limit", "0"], code: 64,
      says: ["--limit", "a number of 1 or more"]),
    Case(
      name: "an abbreviated time zone",
      arguments: ["documents", "add", "terms", "--title", "Terms", "--time-zone", "PST"], code: 64,
      says: ["no time zone 'PST' in the IANA database", "Europe/Dublin"]),
    Case(
      name: "a time zone with a letter amiss",
      arguments: ["documents", "add", "terms", "--title", "Terms", "--time-zone", "Europe/Dublyn"], code: 64,
      says: ["did you mean 'Europe/Dublin'?"]),
    Case(
      name: "a picture and JSON at once",
      arguments: ["timeline", "dev-1", "--svg", "picture.svg", "--json"], code: 64, says: ["--svg", "--json", "one"]),
    Case(
      name: "a folder in place of a record", arguments: ["init", "--database", "."], code: 2,
      says: ["'.' is a folder", "--database ./tenor.sqlite"]),
    Case(
      name: "a question to a folder", arguments: ["documents", "list", "--database", "."], code: 2,
      says: ["'.' is a folder"]),
    Case(name: "an unknown command", arguments: ["publsh"], code: 64, says: ["publsh"]),
    Case(
      name: "no record", arguments: ["history", "connector-terms", "--database", "nowhere.sqlite"], code: 1,
      says: ["nowhere.sqlite", "tenor init"]),
    Case(
      name: "no database", arguments: ["history", "connector-terms", "--database", "not-a-database.sqlite"], code: 4,
      says: ["not-a-database.sqlite"]),
    Case(
      name: "a notice without a moment",
      arguments: ["notices", "record", "dev-1", "--document", "connector-terms", "--channel", "email"], code: 2,
      says: ["--sent-at, --received-at or --failed-at"]),
    Case(
      name: "accepting without an agreement",
      arguments: ["accept", "dev-1", "--document", "connector-terms"], code: 2, says: ["not bound"]),
  ])
  func `bad input is refused with its reason, and nothing is stored`(_ item: Case) throws {
    let place = try place()
    defer { place.remove() }
    let before = try place.done("history", "connector-terms", "--json") + place.done("developers", "list", "--json")
    let run = try place.run(item.arguments)
    #expect(run.code == item.code, "\(run.errors)")
    for words in item.says { #expect(run.errors.contains(words), "\(run.errors)") }
    let after = try place.done("history", "connector-terms", "--json") + place.done("developers", "list", "--json")
    #expect(before == after)
    #expect(try place.done("verify").contains("sound"))
  }

  @Test func `a record of a newer program is left alone, and the remedy named`() throws {
    let place = try place()
    defer { place.remove() }
    try place.sqlite("INSERT INTO grdb_migrations VALUES ('m9999_what_is_to_come')")
    for command in [["history", "connector-terms"], ["publish", "connector-terms", "v2.md", "--yes"], ["migrate"]] {
      let run = try place.run(command)
      #expect(run.code == 1, "\(command): \(run.errors)")
      #expect(run.errors.contains("newer") && run.errors.contains("m9999_what_is_to_come"), "\(run.errors)")
    }
  }

  @Test func `of two publishes at once one wins and the other is told`() throws {
    let place = try place()
    defer { place.remove() }
    try place.write("v3.md", terms(days: 5))
    let runs = ["v2.md", "v3.md"].map { file in
      (file, try? place.start("publish", "connector-terms", file, "--yes"))
    }
    let codes = runs.map { _, process in
      process?.waitUntilExit()
      return process?.terminationStatus ?? -1
    }
    // Either one is told that the other came first, or they ran one after the other and both stand in order.
    let versions = try #require(try place.run(["history", "connector-terms", "--json"]).json() as? [Any])
    #expect(versions.count == 1 + codes.count { $0 == 0 })
    #expect(codes.contains(0))
    #expect(codes.allSatisfy { $0 == 0 || $0 == 2 }, "\(codes)")
    #expect(try place.done("verify").contains("sound"))
  }

  @Test(arguments: 0..<12)
  func `a kill in the middle of publish leaves the version whole or absent`(_ round: Int) throws {
    let place = try place()
    defer { place.remove() }
    let process = try place.start("publish", "connector-terms", "v2.md", "--yes")
    Thread.sleep(forTimeInterval: Double(round) * 0.006)
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    let versions = try #require(try place.run(["history", "connector-terms", "--json"]).json() as? [Any])
    #expect([1, 2].contains(versions.count))
    #expect(try place.done("verify").contains("sound"))
  }

  @Test func `a record that may not be written is a fault with a remedy, and can still be asked`() throws {
    let place = try place()
    defer { place.remove() }
    let manager = FileManager.default
    try manager.setAttributes(
      [.posixPermissions: 0o444], ofItemAtPath: place.folder.appending(path: "tenor.sqlite").path)
    try manager.setAttributes([.posixPermissions: 0o555], ofItemAtPath: place.folder.path)
    defer { try? manager.setAttributes([.posixPermissions: 0o755], ofItemAtPath: place.folder.path) }
    let publish = try place.tenorWithoutPrivilege("publish", "connector-terms", "v2.md", "--yes")
    #expect(publish.code == 1, "\(publish.errors)")
    #expect(publish.errors.contains("cannot be written") && publish.errors.contains("read-only"), "\(publish.errors)")
    let versions = try #require(
      try place.run(["history", "connector-terms", "--json"]).json() as? [Any])
    #expect(versions.count == 1)
  }

  @Test func `taking back asks, and where nobody can answer it needs --yes`() throws {
    let place = try place()
    defer { place.remove() }
    try place.done("publish", "connector-terms", "v2.md", "--version", "v2", "--yes")
    let taking = [
      ["withdraw", "connector-terms", "--reason", "x"],
      ["postpone", "connector-terms", "--until", "2999-01-01", "--reason", "x"],
      ["reclassify", "connector-terms", "--class", "2(b)=legal-required", "--basis", "Article 1", "--reason", "x"],
    ]
    for words in taking {
      let run = try place.run(words)
      #expect(run.code == 64 && run.errors.contains("--yes"), "\(words): \(run.errors)")
    }
    let history = try place.done("history", "connector-terms", "--json")
    #expect(!history.contains("\"withdrawn\" : true") && !history.contains("\"withdrawn\":true"))
    for words in taking.reversed() { #expect(try place.run(words + ["--yes"]).code == 0, "\(words)") }
  }

  @Test func `names and reasons cannot drive a terminal`() throws {
    let place = try place()
    defer { place.remove() }
    let words = "\u{1B}[2J\u{1B}]0;mine\u{07}Eve\u{202E}"
    let names = [
      ["developers", "add", "dev-9", "--region", "US", "--name", words],
      ["documents", "add", "terms", "--title", words],
    ]
    for name in names {
      let refused = try place.run(name)
      #expect(refused.code == 2 && refused.errors.contains("the character at position 1 (U+001B)"), "\(refused.errors)")
    }
    try place.done("connectors", "add", "dev-1", "weather", "--document", "connector-terms")
    try place.done(
      "terminate", "dev-1", "--document", "connector-terms", "--by", "developer", "--reason", words)
    for question in [["binding", "dev-1", "--explain"], ["timeline", "dev-1", "--document", "connector-terms"]] {
      let output = try place.run(question).output
      #expect(output.contains("\\u{1b}[2J") && output.contains("Eve\\u{202e}"), "\(output)")
      #expect(!output.unicodeScalars.contains { $0.value < 32 && $0 != "\n" || $0.value == 0x202E }, "\(question)")
    }
  }

  @Test func `an import that was cut short goes on when it is given again`() throws {
    let place = try place()
    defer { place.remove() }
    let header = "id,email,name,region,at,connector,document\n"
    let rows = (1...4).map {
      "new-\($0),new\($0)@example.com,\"N, \($0)\",US,2025-07-0\($0)T09:00:00-07:00,c,connector-terms\n"
    }
    try place.write("half.csv", header + rows[0..<2].joined())
    try place.write("whole.csv", header + rows.joined())
    #expect(try place.done("developers", "import", "half.csv") == "registered 2 developers\n")
    #expect(
      try place.done("developers", "import", "whole.csv")
        == "registered 2 developers; 2 were on record already\n")
    #expect(
      try place.done("developers", "import", "whole.csv")
        == "registered 0 developers; 4 were on record already\n")
    // Who stands otherwise on record is told, as before.
    try place.write("other.csv", header + rows.joined().replacingOccurrences(of: "new3@", with: "else@"))
    let run = try place.tenor("developers", "import", "other.csv")
    #expect(
      run.code == 2 && run.errors.contains("line 4") && run.errors.contains("'new-3' exists already"), "\(run.errors)")
    #expect(try place.done("verify").contains("sound"))
  }

  @Test func `an agreement from before the registration is recorded, and noted`() throws {
    let place = try place()
    defer { place.remove() }
    let early = try place.done(
      "connectors", "add", "dev-1", "c", "--document", "connector-terms", "--at", "2025-06-20T09:00:00-07:00")
    #expect(early.contains("note: 'dev-1' was registered only at 2025-07-01T16:00:00Z, after that; check the date"))
    let agreed = try place.done(
      "agree", "dev-1", "--document", "connector-terms", "--at", "2025-06-21T09:00:00-07:00")
    #expect(agreed.contains("was registered only at"))
    let later = try place.done(
      "agree", "dev-1", "--document", "connector-terms", "--at", "2025-07-21T09:00:00-07:00")
    #expect(!later.contains("registered"), "\(later)")
  }
}
