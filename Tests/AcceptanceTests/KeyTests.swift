import Foundation
import Testing

/// The key of a log, its signed states, and what they tell.
@Suite struct KeyTests {
  private func mode(_ place: Workplace, _ name: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: place.folder.appending(path: name).path)
    return try #require(attributes[.posixPermissions] as? Int)
  }

  private func copy(_ place: Workplace, _ name: String, _ other: String) throws {
    let (from, to) = (place.folder.appending(path: name), place.folder.appending(path: other))
    try? FileManager.default.removeItem(at: to)
    try FileManager.default.copyItem(at: from, to: to)
  }

  @Test func `init makes a key that only its owner reads, and that stands nowhere in the record`() throws {
    let place = try Workplace()
    defer { place.remove() }
    let made = try place.tenor("init", "--log-name", "terms.example/log")
    #expect(made.code == 0, "\(made.errors)")
    #expect(made.output.contains("tenor.sqlite.key: the key that signs the log; keep a copy apart from the record"))
    let published = try #require(
      made.output.components(separatedBy: "publish its public half: ").last?.split(separator: "\n").first)
    #expect(published.hasPrefix("terms.example/log+"))
    #expect(try mode(place, "tenor.sqlite.key") == 0o600)
    let secret = try String(contentsOf: place.folder.appending(path: "tenor.sqlite.key"), encoding: .utf8)
    // PRIVATE, KEY, the name, the identifier, and the seed in base64, which may have a + of its own.
    let parts = secret.split(separator: "+", maxSplits: 4)
    let seed = try #require(parts.last).trimmingCharacters(in: .newlines)
    try #require(parts.count == 5 && seed.count == 44)
    for name in try FileManager.default.contentsOfDirectory(atPath: place.folder.path) where name != "tenor.sqlite.key"
    {
      let data = try Data(contentsOf: place.folder.appending(path: name))
      #expect(data.range(of: Data(seed.utf8)) == nil, "\(name)")
    }
    #expect(!made.output.contains(seed))
    #expect(try place.done("keys", "show").contains(published))
    #expect(try place.done("keys").contains("its file: tenor.sqlite.key"))
    let json = try #require(try place.tenor("keys", "show", "--json").json() as? [String: Any])
    #expect(json["log"] as? String == "terms.example/log")
    #expect(try place.done("init") == "tenor.sqlite: a record already, nothing to do\n")
    #expect(try place.done("verify") == "tenor.sqlite: sound\n")
  }

  @Test func `a key that is there already is left alone`() throws {
    let place = try Workplace()
    defer { place.remove() }
    try place.write("tenor.sqlite.key", "something\n")
    let run = try place.tenor("init")
    #expect(run.code == 1)
    #expect(
      run.errors
        == "error: there is a key at 'tenor.sqlite.key' already, and none is ever written over; name another file with "
        + "--key-file\n")
    #expect(!FileManager.default.fileExists(atPath: place.folder.appending(path: "tenor.sqlite").path))
    let wrong = try place.tenor("init", "--log-name", "two words")
    #expect(wrong.code == 64)
    #expect(wrong.errors.contains("--log-name 'two words': a log's name has no white space and no '+'"))
  }

  @Test func `a checkpoint is printed, kept, and noticed when the record is put back`() throws {
    let place = try Workplace()
    defer { place.remove() }
    try place.done("init", "--log-name", "terms.example/log")
    try place.done("documents", "add", "connector-terms", "--title", "Connector terms")
    try place.done("backup", "early.sqlite")
    try place.write("v1.md", terms())
    try place.done("publish", "connector-terms", "v1.md", "--yes")
    let note = try place.done("checkpoint")
    #expect(note.hasPrefix("terms.example/log\n3\n"))
    #expect(note.contains("\n\n— terms.example/log "))
    #expect(try place.done("checkpoint") == note, "nothing happened since")
    let kept = place.folder.appending(path: "tenor.sqlite.checkpoint")
    #expect(try String(contentsOf: kept, encoding: .utf8) == note)
    let json = try #require(try place.tenor("checkpoint", "--json").json() as? [String: Any])
    #expect(json["size"] as? Int == 3)
    #expect(json["new"] as? Bool == false)
    #expect(json["note"] as? String == note)
    #expect(try place.done("verify") == "tenor.sqlite: sound\n")
    try place.write("held-by-a-friend", note)

    // An older copy comes back in the place of the record.
    for ending in ["-wal", "-shm"] {
      try? FileManager.default.removeItem(at: place.folder.appending(path: "tenor.sqlite\(ending)"))
    }
    try copy(place, "early.sqlite", "tenor.sqlite")
    let verified = try place.tenor("verify")
    #expect(verified.code == 4)
    #expect(
      verified.output
        == "the checkpoint in 'tenor.sqlite.checkpoint': it is of 3 acts, and the log has 2: acts were taken back\n")
    let signing = try place.tenor("checkpoint")
    #expect(signing.code == 4)
    #expect(signing.errors.contains("the record contradicts the checkpoint in 'tenor.sqlite.checkpoint'"))
    #expect(signing.errors.contains("nothing was signed; run 'tenor verify'"))

    // Without the copy beside the key, a checkpoint that anybody kept tells as much; also where the log went on.
    try FileManager.default.removeItem(at: kept)
    #expect(try place.tenor("verify").code == 0)
    try place.write("v1.md", terms(days: 3))
    try place.done("publish", "connector-terms", "v1.md", "--yes")
    try place.done("documents", "add", "other-terms", "--title", "Other terms")
    let held = try place.tenor("verify", "--checkpoint", "held-by-a-friend", "--json")
    #expect(held.code == 4)
    let findings = try #require((try held.json() as? [String: Any])?["findings"] as? [String])
    #expect(findings == ["the checkpoint in 'held-by-a-friend': the first 3 acts are not those that were signed"])
    try place.write("cut-short", String(note.dropLast(9)))
    let cut = try place.tenor("verify", "--checkpoint", "cut-short")
    #expect(cut.code == 2, "it proves nothing, so it proves no tampering either")
    #expect(cut.errors.hasPrefix("refused: 'cut-short' proves nothing about this record: "), "\(cut.errors)")
    #expect(!cut.output.contains("sound"))
    try place.write("letter.eml", "From: a@b.example\nSubject: no checkpoint\n\nHello.\n")
    let letterless = try place.tenor("verify", "--checkpoint", "letter.eml")
    #expect(letterless.code == 2)
    #expect(letterless.errors.contains("neither a signed state of a log nor a letter that carries one"))
    try place.write(
      "foreign", "other.example/log\n3\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n— other.example/log AAAAAAAA\n")
    let foreign = try place.tenor("verify", "--checkpoint", "foreign", "--json")
    #expect(foreign.code == 2)
    #expect((try foreign.json() as? [String: Any])?["sound"] as? Bool == false)
    #expect(try place.tenor("verify", "--checkpoint", "nowhere").code == 2)
  }

  @Test func `a key is rotated, and what either signed holds`() throws {
    let place = try Workplace()
    defer { place.remove() }
    try place.done("init", "--log-name", "terms.example/log")
    let old = try place.done("checkpoint")
    let rotated = try place.done("keys", "rotate")
    #expect(rotated.contains("tenor.sqlite.key: a new key, which the old one has vouched for"))
    #expect(try mode(place, "tenor.sqlite.key") == 0o600)
    #expect(try place.done("keys").split(separator: "\n").count == 5)
    let new = try place.done("checkpoint")
    #expect(new != old)
    #expect(try place.done("verify") == "tenor.sqlite: sound\n")
    try place.write("old", old)
    #expect(try place.tenor("verify", "--checkpoint", "old").code == 0)
    let files = try FileManager.default.contentsOfDirectory(atPath: place.folder.path)
    #expect(!files.contains { $0.hasSuffix(".next") || $0.hasSuffix(".part") })
  }

  @Test func `an empty checkpoint beside the key is told, and mended by what it says`() throws {
    let place = try Workplace()
    defer { place.remove() }
    try place.done("init", "--log-name", "terms.example/log")
    try place.done("checkpoint")
    try place.write("tenor.sqlite.checkpoint", "")
    for arguments in [["checkpoint"], ["verify"], ["keys", "rotate"]] {
      let run = try place.run(arguments)
      if arguments == ["keys", "rotate"] { continue }
      #expect(run.code == 2, "\(arguments)")
      #expect(
        run.errors.hasPrefix(
          "refused: 'tenor.sqlite.checkpoint' should hold the state of the log that was signed last, and proves nothing: "
            + "the file is empty; "), "\(run.errors)")
      try place.write("tenor.sqlite.checkpoint", "")
    }
    try FileManager.default.removeItem(at: place.folder.appending(path: "tenor.sqlite.checkpoint"))
    try place.done("checkpoint")
    #expect(try place.done("verify") == "tenor.sqlite: sound\n")
  }

  @Test func `a copy that cannot be written is verified and copied all the same`() throws {
    let place = try Workplace()
    defer { place.remove() }
    try place.done("init", "--log-name", "terms.example/log")
    try place.done("documents", "add", "connector-terms", "--title", "Connector terms")
    let folder = place.folder.appending(path: "shelf")
    let files = FileManager.default
    try files.createDirectory(at: folder, withIntermediateDirectories: false)
    for name in ["copy.sqlite", "pending.sqlite"] { try place.done("backup", "shelf/\(name)") }
    try place.write("shelf/pending.sqlite-wal", "changes that were not put away")
    for name in try files.contentsOfDirectory(atPath: folder.path) {
      try files.setAttributes([.posixPermissions: 0o444], ofItemAtPath: folder.appending(path: name).path)
    }
    try files.setAttributes([.posixPermissions: 0o555], ofItemAtPath: folder.path)
    defer { try? files.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path) }
    let verified = try place.tenorWithoutPrivilege("verify", "--database", "shelf/copy.sqlite")
    #expect(verified.output == "shelf/copy.sqlite: sound\n", "\(verified.errors)")
    let copied = try place.tenorWithoutPrivilege("backup", "again.sqlite", "--database", "shelf/copy.sqlite")
    #expect(copied.code == 0, "\(copied.errors)")
    #expect(try place.done("verify", "--database", "again.sqlite") == "again.sqlite: sound\n")
    let pending = try place.tenorWithoutPrivilege("verify", "--database", "shelf/pending.sqlite")
    #expect(pending.code == 1)
    #expect(
      pending.errors.contains("the last changes of the database at 'shelf/pending.sqlite' stand in"),
      "\(pending.errors)")
    #expect(try files.contentsOfDirectory(atPath: folder.path).count == 3, "nothing was written beside it")
  }

  @Test func `a record of an older tenor works on without a key, and says how to get one`() throws {
    let place = try Workplace()
    defer { place.remove() }
    try place.done("init")
    // As an older program left it: no act about a key, no file.
    for name in try FileManager.default.contentsOfDirectory(atPath: place.folder.path) {
      try FileManager.default.removeItem(at: place.folder.appending(path: name))
    }
    let fixture = checkout.appending(path: "Tests/Fixtures/Schema/m0004_web.sql")
    let load = try place.shell("sqlite3 tenor.sqlite < '\(fixture.path)'")
    try #require(load.code == 0, "\(load.output)")
    let stale = try place.tenor("verify")
    #expect(stale.code == 1)
    try place.done("migrate")
    let verified = try place.tenor("verify")
    #expect(verified.code == 0, "\(verified.output)")
    #expect(
      verified.errors
        == "the log was never signed, as the record has no key; make one with 'tenor keys create'\n")
    for arguments in [["checkpoint"], ["keys", "show"], ["keys", "rotate"]] {
      let run = try place.run(arguments)
      #expect(run.code == 2)
      #expect(
        run.errors
          == "refused: the record has no key to sign its log with; make one with 'tenor keys create'\n")
    }
    #expect(
      try place.done("init")
        == "tenor.sqlite: a record already, nothing to do\n"
        + "it has no key yet to sign its log with; make one with 'tenor keys create'\n")
    try place.done("documents", "add", "new-terms", "--title", "New terms")
    try place.done("keys", "create", "--key-file", "elsewhere")
    let again = try place.tenor("keys", "create", "--key-file", "third")
    #expect(again.code == 2)
    #expect(again.errors.contains("the log has a key already"))
    let missing = try place.tenor("checkpoint")
    #expect(missing.code == 1)
    #expect(missing.errors.contains("there is no key at 'tenor.sqlite.key'; name its file with --key-file"))
    let signed = try place.tenor("checkpoint", environment: ["TENOR_KEY_FILE": "elsewhere"])
    #expect(signed.code == 0, "\(signed.errors)")
    #expect(FileManager.default.fileExists(atPath: place.folder.appending(path: "elsewhere.checkpoint").path))
    #expect(try place.done("verify") == "tenor.sqlite: sound\n")
  }
}
