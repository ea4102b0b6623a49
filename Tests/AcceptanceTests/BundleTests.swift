import Foundation
import Testing

/// A bundle, from the record that it is made from to the machine on which it is checked.
@Suite struct BundleTests {
  private static let python = "/usr/bin/python3"

  /// A record with a developer who joined before two versions that were recorded with them, and before one posted since: each
  /// has its letter.
  private func place(sends: Bool = true) throws -> Workplace {
    let place = try Workplace()
    try place.done("init", "--log-name", "terms.example/log")
    try place.done("import", checkout.appending(path: "Terms").path)
    try place.done(
      "developers", "add", "ada", "--email", "ada@example.com", "--region", "EEA", "--name", "Ada Löwe", "--at",
      "2026-01-05T09:00:00Z")
    try place.done(
      "connectors", "add", "ada", "trains", "--document", "connector-terms", "--at", "2026-01-05T09:00:00Z")
    try place.done(
      "publish", "connector-terms", checkout.appending(path: "Terms/connector-terms/drafts/next.md").path, "--class",
      "4(f)=legal-required", "--basis", "Article 14 of Regulation (EU) 2024/2847", "--yes")
    if sends { try place.done("notices", "send") }
    return place
  }

  /// What the independent checker says of a file, and how it ends.
  private func python(_ place: Workplace, _ arguments: String...) throws -> Workplace.Run {
    try place.tool(
      "python3", [checkout.appending(path: "Docs/check_bundle.py").path] + arguments,
      environment: ["PYTHONIOENCODING": "utf-8"])
  }

  private func alter(_ place: Workplace, _ name: String, at position: Int) throws -> String {
    var data = try Data(contentsOf: place.folder.appending(path: name))
    data[position] ^= 0x10
    try data.write(to: place.folder.appending(path: "altered.zip"))
    return "altered.zip"
  }

  @Test func `one command makes the file, another checks it where nothing else is`() throws {
    let place = try place()
    defer { place.remove() }
    let made = try place.tenor(
      "evidence", "ada", "--document", "connector-terms", "--at", "2026-08-01", "--out", "ada.zip")
    #expect(made.code == 0, "\(made.errors)")
    #expect(made.output.hasPrefix("ada.zip: "))
    let elsewhere = try Workplace()
    defer { elsewhere.remove() }
    try FileManager.default.copyItem(
      at: place.folder.appending(path: "ada.zip"), to: elsewhere.folder.appending(path: "ada.zip"))
    let check = try elsewhere.tenor("check", "ada.zip")
    #expect(check.code == 0, "\(check.output)")
    for words in [
      "whole       ", "in the log  ", "signed      the state of ", "letters     3 as they were sent, 0 that came back",
      "person      the name and address", "sealed      as a whole",
      "answer      computed again from the acts alone: the same",
      "ada · connector-terms · 2026-08-01: version 2025-12-17, with Harbor Assistants Europe Ltd.",
      "Compare the key with the one that the platform published", "ada.zip: sound",
    ] {
      #expect(check.output.contains(words), "\(words): \(check.output)")
    }
    let key = try #require(try place.done("keys", "show", "--json").split(separator: "\"").first { $0.contains("+") })
    let json = try #require(
      try elsewhere.tenor("check", "ada.zip", "--key", String(key), "--json").json() as? [String: Any])
    #expect(json["sound"] as? Bool == true)
    #expect(json["notes"] as? [String] == [])
    #expect(json["key"] as? String == String(key))
    let other = "terms.example/log+a30c4c95+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c"
    let mistrusted = try elsewhere.tenor("check", "ada.zip", "--key", other)
    #expect(mistrusted.code == 4)
    #expect(mistrusted.output.contains("DAMAGED     the bundle is signed with "))
    #expect(mistrusted.output.contains("ada.zip: damaged; it proves nothing as it is"))
    #expect(try elsewhere.tenor("check", "ada.zip", "--key", "nonsense").code == 64)
    #expect(try elsewhere.tenor("check", "nothing.zip").code == 2)
    try elsewhere.done("check", "ada.zip", "--pages", "pages")
    let page = try String(contentsOf: elsewhere.folder.appending(path: "pages/README.html"), encoding: .utf8)
    for words in [
      "Ada Löwe, ada@example.com", "the company that contracts with this developer is Harbor Assistants Europe Ltd.",
      "<a href=\"incorporated/service-terms.md\">whole</a>", "Evidence levels say",
    ] {
      #expect(page.contains(words), "\(words)")
    }
    #expect(!page.contains("Ltd.."))
    #expect(try elsewhere.tenor("check", "ada.zip", "--pages", "pages").code == 2, "nothing is overwritten")
    let damaged = try elsewhere.tenor("check", try alter(elsewhere, "ada.zip", at: 5000), "--json")
    #expect(damaged.code == 4)
    #expect(((try damaged.json() as? [String: Any])?["problems"] as? [String])?.count == 1)
    #expect(try place.done("verify") == "tenor.sqlite: sound\n")
  }

  @Test func `a checker that shares no code agrees, and notices what is altered`() throws {
    guard FileManager.default.isExecutableFile(atPath: Self.python) else {
      return print("SKIPPED: no python3 for the independent checker of bundles")
    }
    let place = try place()
    defer { place.remove() }
    try place.done("evidence", "ada", "--document", "connector-terms", "--at", "2026-08-01", "--out", "ada.zip")
    let sound = try python(place, "ada.zip")
    #expect(sound.code == 0, "\(sound.output)\(sound.errors)")
    #expect(sound.output.contains("ada · connector-terms · 2026-08-01: version 2025-12-17"), "\(sound.output)")
    let key = try #require(try place.done("keys", "show", "--json").split(separator: "\"").first { $0.contains("+") })
    #expect(try python(place, "ada.zip", "--key", String(key)).code == 0)
    let other = "terms.example/log+a30c4c95+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c"
    #expect(try python(place, "ada.zip", "--key", other).code == 4)
    let size = try Data(contentsOf: place.folder.appending(path: "ada.zip")).count
    let step = ProcessInfo.processInfo.environment["TENOR_SOAK"] == nil ? size / 12 : 997
    for position in stride(from: 7, to: size, by: step) {
      let altered = try alter(place, "ada.zip", at: position)
      #expect(try python(place, altered).code == 4, "byte \(position)")
      #expect(try place.tenor("check", altered).code == 4, "byte \(position)")
    }
    // After a rotation as well.
    try place.done("keys", "rotate")
    try place.done("evidence", "ada", "--document", "connector-terms", "--out", "later.zip")
    let later = try python(place, "later.zip", "--key", String(key))
    #expect(later.code == 2, "the key has handed over: \(later.output)\(later.errors)")
    #expect(try place.tenor("check", "later.zip", "--key", String(key)).code == 2)
    let keys = try place.done("keys", "show", "--json").split(separator: "\"").filter { $0.contains("+") }
    let present = try python(place, "later.zip", "--key", String(try #require(keys.last)))
    #expect(present.code == 0, "\(present.output)\(present.errors)")
  }

  @Test func `a bundle is refused where it would prove nothing, and overwrites nothing`() throws {
    let place = try place()
    defer { place.remove() }
    try place.write("there.zip", "something")
    for (arguments, words) in [
      (
        ["ada", "--document", "connector-terms", "--out", "there.zip"],
        "there is a file 'there.zip' already, and none is overwritten"
      ),
      (["eve", "--document", "connector-terms", "--out", "x.zip"], "there is no developer 'eve'"),
      (["ada", "--document", "no-terms", "--out", "x.zip"], "there is no document 'no-terms'"),
      (
        ["ada", "--document", "connector-terms", "--out", "no/folder/x.zip"],
        "'no/folder/x.zip' cannot be written: No such file or directory; check its folder"
      ),
      (
        [
          "ada", "--document", "connector-terms", "--out", "x.zip", "--key-file", "nowhere", "--known-at",
          "2099-01-01T00:00:00Z",
        ],
        "nobody can say what will be known at 2099-01-01T00:00:00Z"
      ),
    ] {
      let run = try place.run(["evidence"] + arguments)
      #expect(run.code == 2, "\(run.errors)")
      #expect(run.errors.contains(words), "\(run.errors)")
      #expect(!FileManager.default.fileExists(atPath: place.folder.appending(path: "x.zip").path))
    }
    // Who has no key makes bundles of what was signed last, also from a copy that cannot be written.
    try place.done("backup", "copy.sqlite")
    let bundle = try place.tenor(
      "evidence", "ada", "--document", "connector-terms", "--out", "y.zip", "--database", "copy.sqlite")
    #expect(bundle.code == 0, "\(bundle.errors)")
    #expect(try place.done("check", "y.zip").contains("y.zip: sound"))
  }

  @Test func `what is erased is gone from the file, and everything still holds`() throws {
    let place = try place()
    defer { place.remove() }
    func answer() throws -> String {
      try place.done(
        "binding", "ada", "--document", "connector-terms", "--at", "2026-08-01", "--known-at", known, "--explain")
    }
    let known = try #require(
      (try place.tenor("binding", "ada", "--document", "connector-terms", "--json").json() as? [String: Any])?[
        "knownAt"]
        as? String)
    let before = try answer()
    try place.done("evidence", "ada", "--document", "connector-terms", "--at", "2026-08-01", "--out", "before.zip")
    let asked = try place.tenor("developers", "erase", "ada", "--reason", "as asked")
    #expect(asked.code == 2)
    #expect(
      asked.errors
        == "refused: erasing 'ada' cannot be taken back, and there is nobody here to ask; add --yes\n")
    #expect(try place.tenor("developers", "erase", "ada", "--yes").code == 64, "a reason is demanded")
    #expect(try place.tenor("developers", "erase", "ada", "--reason", " ", "--yes").code == 64)
    let erased = try place.done("developers", "erase", "ada", "--reason", "as asked", "--yes")
    #expect(erased.hasPrefix("erased name and address of 'ada', and the letters that held them (act "))
    let again = try place.tenor("developers", "erase", "ada", "--reason", "as asked", "--yes")
    #expect(again.code == 2)
    #expect(
      again.errors
        == "refused: name and address of developer 'ada' were erased already; nothing of them is left to erase\n")
    for name in ["tenor.sqlite", "tenor.sqlite-wal"] {
      guard let data = try? Data(contentsOf: place.folder.appending(path: name)) else { continue }
      for words in ["ada@example.com", "Ada Löwe"] {
        #expect(data.range(of: Data(words.utf8)) == nil, "\(words) in \(name)")
      }
    }
    #expect(try place.done("verify") == "tenor.sqlite: sound\n")
    #expect(try answer() == before)
    try place.done("evidence", "ada", "--document", "connector-terms", "--at", "2026-08-01", "--out", "after.zip")
    #expect(try place.done("check", "before.zip").contains("before.zip: sound"))
    let after = try place.done("check", "after.zip")
    #expect(after.contains("after.zip: sound"))
    #expect(after.contains("Name and address of 'ada' were erased at "))
    if FileManager.default.isExecutableFile(atPath: Self.python) {
      let run = try python(place, "after.zip")
      #expect(run.code == 0, "\(run.output)")
      #expect(run.output.contains("person      name and address were erased"))
    } else {
      print("SKIPPED: no python3 for the independent checker of bundles")
    }
  }

  @Test(.enabled(if: MailSink.isPresent(for: "what a mail system says in full")))
  func `what a mail system said in full is shown, stands in bundles, and is erased`() throws {
    let place = try place(sends: false)
    let sink = try MailSink(["-B", "550 5.1.1 Ada Lovelace has left", "-f", "RCPT"])
    defer {
      sink.stop()
      place.remove()
    }
    try place.write("key", String(repeating: "ab", count: 32))
    let sent = try place.tenor("notices", "send", environment: sink.environment)
    #expect(sent.code == 3, "\(sent.output)\(sent.errors)")
    let words = "what mail systems said in full:\n  notice 1: 550 5.1.1 Ada Lovelace has left"
    #expect(try place.tenor("notices", "status").output.contains(words))
    try place.done("evidence", "ada", "--document", "connector-terms", "--out", "ada.zip")
    #expect(
      try place.done("check", "ada.zip", "--pages", "pages").contains("what mail systems answered, by salted hashes"))
    let page = try String(contentsOf: place.folder.appending(path: "pages/README.html"), encoding: .utf8)
    #expect(page.contains("In full: “550 5.1.1 Ada Lovelace has left” (replies/"), "\(page)")
    let isPython = FileManager.default.isExecutableFile(atPath: Self.python)
    if isPython { #expect(try python(place, "ada.zip").code == 0) }
    try place.done("developers", "erase", "ada", "--reason", "as asked", "--yes")
    for name in ["tenor.sqlite", "tenor.sqlite-wal"] {
      guard let data = try? Data(contentsOf: place.folder.appending(path: name)) else { continue }
      #expect(data.range(of: Data("Lovelace".utf8)) == nil, "\(name)")
    }
    #expect(try place.done("verify") == "tenor.sqlite: sound\n")
    try place.done("evidence", "ada", "--document", "connector-terms", "--out", "after.zip")
    let after = try place.done("check", "after.zip")
    #expect(after.contains("The mail system's answer in full of act "), "\(after)")
    if isPython { #expect(try python(place, "after.zip").code == 0) }
    #expect(try place.done("check", "ada.zip").contains("ada.zip: sound"), "what was made before still holds it")
  }
}
