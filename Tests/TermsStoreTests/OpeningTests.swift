import Foundation
import GRDB
import TemporaryFolder
import TermsModel
import TermsOperations
import Testing

@testable import TermsStore

/// What is at the path is told before anything is touched, with what to do.
@Suite struct OpeningTests {
  private let temporary: TemporaryFolder
  private var folder: URL { temporary.url }
  private var path: String { temporary.path("record.sqlite") }

  init() throws { temporary = try TemporaryFolder() }

  private static let everyMode: [TermsStore.Mode] = [.create, .openExisting, .migrating, .readOnly]

  private func words(_ mode: TermsStore.Mode) -> String {
    do {
      _ = try TermsStore(path: path, mode: mode)
      return ""
    } catch {
      return "\(error)"
    }
  }

  private func contents() throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path)) }

  @Test func `no file`() {
    for mode in [TermsStore.Mode.openExisting, .migrating, .readOnly] {
      #expect(
        words(mode)
          == "there is no database at '\(path)'; run 'tenor init' to make one, or name another with --database")
    }
    #expect(!FileManager.default.fileExists(atPath: path), "looking makes no file")
  }

  @Test func `no folder`() {
    let away = folder.appending(path: "away/record.sqlite").path
    let error = #expect(throws: StoreError.self) { try TermsStore(path: away, mode: .create) }
    #expect(
      error?.description
        == "the database at '\(away)' cannot be opened: there is no folder '\(folder.appending(path: "away").path)'; "
        + "check the path and the rights of its folder")
  }

  @Test func `a creation that was cut short is told, and taken up by the next one`() throws {
    try Data().write(to: URL(fileURLWithPath: path))
    #expect(
      words(.openExisting)
        == "the database at '\(path)' is empty, its creation was cut short; run 'tenor init' again")
    #expect(words(.create) == "")
    #expect(words(.readOnly) == "")
  }

  @Test func `of two creations the second is told`() throws {
    _ = try TermsStore(path: path, mode: .create)
    #expect(words(.create) == "there is already a database at '\(path)'; nothing was changed")
  }

  @Test(arguments: [
    ("a text", Data("# Terms\n\n1. You may connect.\n".utf8)),
    ("less than a header", Data("SQLite".utf8)),
    ("zeros", Data(count: 8192)),
  ])
  func `a file that is no database is left as it is`(_ name: String, _ data: Data) throws {
    try data.write(to: URL(fileURLWithPath: path))
    for mode in Self.everyMode {
      #expect(words(mode) == "'\(path)' is not a database; name the right file with --database", "\(name), \(mode)")
    }
    #expect(try contents() == data)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 1, "nothing was put beside it")
  }

  @Test func `a header with nothing sound behind it is no database either`() throws {
    let data = Data("SQLite format 3\0".utf8) + Data(repeating: 0x5A, count: 8000)
    try data.write(to: URL(fileURLWithPath: path))
    for mode in Self.everyMode { #expect(words(mode).hasPrefix("'\(path)' is not a database"), "\(mode)") }
    #expect(try contents() == data)
  }

  @Test func `a folder is no database`() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    for mode in Self.everyMode { #expect(words(mode).hasPrefix("'\(path)' is not a database"), "\(mode)") }
  }

  @Test func `another program's database is left as it is`() async throws {
    try await DatabaseQueue(path: path).write { db in try db.execute(sql: "CREATE TABLE notes (text)") }
    let before = try contents()
    for mode in Self.everyMode {
      #expect(
        words(mode)
          == "'\(path)' is a database of another program, not one of tenor's; name the right file with --database",
        "\(mode)")
    }
    #expect(try contents() == before)
  }

  @Test func `a database with migrations of another program's is not taken for ours`() async throws {
    try await DatabaseQueue(path: path).write { db in
      try db.execute(
        sql: """
          CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
          INSERT INTO grdb_migrations VALUES ('m0001_record');
          """)
    }
    for mode in Self.everyMode { #expect(words(mode).contains("a database of another program"), "\(mode)") }
  }

  @Test func `a newer program's record is left as it is`() async throws {
    try await Sample.store(TermsStore(path: path, mode: .create))
    let queue = try DatabaseQueue(path: path)
    try await queue.write { db in try db.execute(sql: "INSERT INTO grdb_migrations VALUES ('m9999_later')") }
    try queue.close()
    let before = try contents()
    for mode in [TermsStore.Mode.openExisting, .migrating, .readOnly] {
      #expect(
        words(mode)
          == "the database at '\(path)' was written by a newer tenor (schema m9999_later); install that version or newer",
        "\(mode)")
    }
    #expect(words(.create) != "")
    #expect(try contents() == before)
  }

  @Test func `an older program's record is not written before it is migrated`() async throws {
    let queue = try DatabaseQueue(path: path)
    try await queue.write { db in
      // As a first schema would have left it that this program does not know any more by that name.
      try db.execute(
        sql: """
          CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
          CREATE TABLE acts (sequence INTEGER PRIMARY KEY);
          PRAGMA application_id = 0x54454e52;
          """)
    }
    try queue.close()
    #expect(words(.openExisting).hasPrefix("'\(path)' is a database of another program"))
    let error = StoreError.olderSchema(path: "a.sqlite", missing: ["m0002_b", "m0003_c"])
    #expect(
      "\(error)"
        == "the database at 'a.sqlite' was written by an older tenor (it lacks m0002_b, m0003_c); "
        + "back it up, then run 'tenor migrate'")
  }

  @Test func `a new record is its owner's alone: it holds names and addresses`() throws {
    _ = try TermsStore(path: path, mode: .create)
    for suffix in ["", "-wal", "-shm"] where FileManager.default.fileExists(atPath: path + suffix) {
      let permissions = try FileManager.default.attributesOfItem(atPath: path + suffix)[.posixPermissions] as? Int
      #expect(permissions == 0o600, "record.sqlite\(suffix)")
    }
  }

  @Test func `what a commit returned from is on the disk, whatever the power does`() async throws {
    let store = try TermsStore(path: path, mode: .create)
    let settings = try await store.write { db in
      try ["journal_mode", "synchronous", "foreign_keys", "recursive_triggers"].map { name in
        try String.fetchOne(db, sql: "PRAGMA \(name)") ?? ""
      }
    }
    #expect(settings == ["wal", "2", "1", "1"])
  }

  @Test func `closing leaves one file, which can be copied as it is and read from a read-only disk`() async throws {
    let store = try TermsStore(path: path, mode: .create)
    try await Sample.store(store)
    _ = try await store.facts(of: Sample.developer(1), document: Sample.slug)
    try store.close()
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["record.sqlite"])
    let copy = folder.appending(path: "copy.sqlite").path
    try FileManager.default.copyItem(atPath: path, toPath: copy)
    #expect(try await TermsStore(path: copy, mode: .readOnly).developers(after: nil, limit: 10).count == 3)
    try store.close()
    let error = await #expect(throws: StoreError.self) { try await store.documents() }
    #expect(error != nil, "who goes on asking is told, and nothing crashes")
  }
}
