import Foundation
import GRDB
import TemporaryFolder
import TermsModel
import TermsOperations
import Testing

@testable import TermsStore

/// A disk that is full, that fails, or that may not be written: told in its own words, nothing half done.
@Suite struct DiskTests {
  private let temporary: TemporaryFolder
  private var folder: URL { temporary.url }
  private var path: String { temporary.path("record.sqlite") }

  init() throws { temporary = try TemporaryFolder() }

  private static func registrations(_ numbers: Range<Int>) -> [RecordedAct] { numbers.map { Sample.registration($0) } }

  /// Records batches until one fails; says how many were acknowledged, and the words of the failure.
  private static func fill(_ store: TermsStore) async throws -> (batches: Int, words: String) {
    for batch in 0..<200 {
      do {
        _ = try await store.record(
          registrations(1000 + batch * 100..<1100 + batch * 100), by: "maria", at: Sample.start)
      } catch {
        return (batch, "\(error)")
      }
    }
    return (200, "")
  }

  private func expectWhole(_ store: TermsStore, batches: Int) async throws {
    #expect(batches > 0 && batches < 200)
    let developers = try await store.developers(after: nil, limit: 100_000).count
    #expect(developers == 3 + batches * 100, "each batch is stored whole or not at all")
    #expect(try store.verify() == [])
  }

  private static func full(_ path: String) -> String {
    "there is no room left for the database at '\(path)'; nothing was stored; free some space and try again"
  }

  @Test func `a database that may grow no more`() async throws {
    let store = try TermsStore(path: path, mode: .create)
    try await Sample.store(store)
    try await store.database.writeWithoutTransaction { db in
      let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
      _ = try Int.fetchOne(db, sql: "PRAGMA max_page_count = \(pages + 100)")
    }
    let (batches, words) = try await Self.fill(store)
    #expect(words == Self.full(path))
    try await expectWhole(store, batches: batches)
    _ = try await store.database.writeWithoutTransaction { db in
      try Int.fetchOne(db, sql: "PRAGMA max_page_count = 1000000")
    }
    _ = try await store.record(Self.registrations(900..<901), by: "maria", at: Sample.start)
    #expect(try store.verify() == [], "with room again the record goes on")
  }

  @Test func `a full disk`() async throws {
    let mount = "/usr/bin/mount"
    guard getuid() == 0, FileManager.default.isExecutableFile(atPath: mount),
      try Self.run(mount, "-t", "tmpfs", "-o", "size=2m", "tmpfs", folder.path) == 0
    else {
      print("SKIPPED: a small disk can only be mounted by root; run as root to fill one")
      return
    }
    defer { _ = try? Self.run("/usr/bin/umount", "--lazy", folder.path) }
    let store = try TermsStore(path: path, mode: .create)
    try await Sample.store(store)
    let (batches, words) = try await Self.fill(store)
    #expect(words == Self.full(path))
    try await expectWhole(store, batches: batches)

    // A second look at what is on the disk, by somebody who only reads.
    #expect(try await TermsStore(path: path, mode: .readOnly).developers(after: nil, limit: 100_000).count > 100)
    // Not even a new database fits.
    let second = folder.appending(path: "second.sqlite").path
    try Data(count: 4 << 20).write(to: folder.appending(path: "filler"), ignoring: .fileWriteOutOfSpace)
    let error = #expect(throws: StoreError.self) { try TermsStore(path: second, mode: .create) }
    #expect(error?.description == Self.full(second))
  }

  @Test func `a disk that fails while it is written`() async throws {
    let result = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
      [path = path as String] in
      let store = try TermsStore(path: path, mode: .create)
      try await Sample.store(store)
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit()
      getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
      let before = limit
      limit.rlim_cur = 1_500_000
      setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
      let (batches, words) = try await Self.fill(store)
      limit = before
      setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
      print("\(batches)\n\(words)")
    }
    let output = String(decoding: result?.standardOutputContent ?? [], as: UTF8.self).split(separator: "\n")
    #expect(
      output.contains(
        "the disk of the database at '\(path)' failed (disk I/O error); nothing was stored; check the disk and run 'tenor verify'"
      ), "\(output)")
    let batches = output.lazy.compactMap { Int($0) }.first
    try await expectWhole(TermsStore(path: path, mode: .openExisting), batches: batches ?? 0)
  }

  // MARK: Without the right to write

  @Test(arguments: [
    (file: 0o444, folder: 0o555, because: "neither may be written"),
    (file: 0o444, folder: 0o777, because: "the file may not be written"),
    (file: 0o666, folder: 0o555, because: "the folder may not be written, where the log of writes must go"),
  ])
  func `a record that may not be written`(file: Int, folder mode: Int, because: String) async throws {
    try await Sample.store(TermsStore(path: path, mode: .create))
    let files = FileManager.default
    try files.setAttributes([.posixPermissions: file], ofItemAtPath: path)
    try files.setAttributes([.posixPermissions: mode], ofItemAtPath: folder.path)
    defer { try? files.setAttributes([.posixPermissions: 0o777], ofItemAtPath: folder.path) }
    let before = try Data(contentsOf: URL(fileURLWithPath: path))
    let result = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
      [path = path as String] in
      // Root may write everywhere; nobody may not.
      if getuid() == 0 { try #require(setgid(65534) == 0 && setuid(65534) == 0) }
      do {
        let store = try TermsStore(path: path, mode: .openExisting)
        _ = try await store.record(Self.registrations(900..<901), by: "maria", at: Sample.start)
      } catch {
        print("\(error)")
      }
    }
    let output = String(decoding: result?.standardOutputContent ?? [], as: UTF8.self)
    #expect(
      output.contains(
        "the database at '\(path)' cannot be written: the file, its folder or its disk is read-only; "
          + "give this user the right to write there"), "\(because): \(output)")
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before, "\(because)")
    try files.setAttributes([.posixPermissions: 0o777], ofItemAtPath: folder.path)
    #expect(try TermsStore(path: path, mode: .readOnly).verify() == [])
  }

  @Test func `a file that may not be read`() async throws {
    try await Sample.store(TermsStore(path: path, mode: .create))
    let result = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
      [path = path as String] in
      chmod(path, 0)
      if getuid() == 0 { try #require(setgid(65534) == 0 && setuid(65534) == 0) }
      do { _ = try TermsStore(path: path, mode: .readOnly) } catch { print("\(error)") }
    }
    let output = String(decoding: result?.standardOutputContent ?? [], as: UTF8.self)
    #expect(
      output.contains(
        "the database at '\(path)' cannot be opened: this user may not read it; check the path and the rights of its folder"
      ), "\(output)")
  }

  @Test func `a damaged page is told as damage`() async throws {
    do {
      let store = try TermsStore(path: path, mode: .create)
      try await Sample.store(store, developers: Array(1...200))
      try store.close()
    }
    let handle = try FileHandle(forUpdating: URL(fileURLWithPath: path))
    for page in 4..<30 {
      try handle.seek(toOffset: UInt64(page) * 4096)
      try handle.write(contentsOf: Data(repeating: 0xA5, count: 4096))
    }
    try handle.close()
    do {
      let findings = try TermsStore(path: path, mode: .readOnly).verify()
      #expect(findings.contains { $0.hasPrefix("the file: ") }, "\(findings)")
    } catch {
      #expect("\(error)".hasPrefix("the database at '\(path)' is damaged ("))
      #expect("\(error)".hasSuffix("); run 'tenor verify' and restore a backup"))
    }
  }

  private static func run(_ program: String, _ arguments: String...) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }
}

extension Data {
  /// Writes, and takes one kind of failure for done.
  fileprivate func write(to url: URL, ignoring code: CocoaError.Code) throws {
    do { try write(to: url) } catch let error as CocoaError where error.code == code {}
  }
}
