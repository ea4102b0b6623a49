internal import Foundation
internal import GRDB
internal import Schema

/// How a database file becomes a store: what is checked before anything is touched, and the settings that make a commit
/// durable.
struct Opening {
  let path: String
  let mode: TermsStore.Mode

  func open() throws -> any DatabaseWriter {
    switch mode {
    case .create:
      try reserve()
      let pool = try writingPool()
      try Self.migrate(pool)
      return pool
    case .openExisting, .migrating:
      try requireDatabaseFile()
      // Looked at first without the right to write: opening for writing alters even a foreign file.
      try DatabaseQueue(path: path, configuration: Self.configuration(readonly: true)).read(inspect)
      return try writingPool()
    case .readOnly:
      try requireDatabaseFile()
      let database = try readingDatabase()
      try database.read(inspect)
      return database
    }
  }

  static func inMemory() throws -> any DatabaseWriter {
    let queue = try DatabaseQueue(configuration: configuration(readonly: false))
    try migrate(queue)
    return queue
  }

  @discardableResult
  static func migrate(_ database: any DatabaseWriter) throws -> [String] {
    let before = try database.read(migrator.appliedIdentifiers)
    try migrator.migrate(database)
    return Schema.migrations.map(\.identifier).filter { !before.contains($0) }
  }

  static let migrator: DatabaseMigrator = {
    var migrator = DatabaseMigrator()
    for migration in Schema.migrations {
      migrator.registerMigration(migration.identifier) { db in try db.execute(sql: migration.sql) }
    }
    return migrator
  }()

  // MARK: Checks

  /// Takes the file's name, so that of two who create at once one is told.
  private func reserve() throws {
    let descriptor = createExclusively(path)
    if descriptor >= 0 {
      close(descriptor)
      return
    }
    guard errno == EEXIST else {
      switch errno {
      case EROFS, EACCES: throw StoreError.readOnly(path: path)
      case ENOSPC: throw StoreError.diskFull(path: path)
      case ENOENT:
        throw StoreError.cannotOpen(
          path: path, reason: "there is no folder '\((path as NSString).deletingLastPathComponent)'")
      default: throw StoreError.cannotOpen(path: path, reason: String(cString: strerror(errno)))
      }
    }
    do {
      try requireDatabaseFile()
    } catch StoreError.empty {
      return
    }
    do {
      try DatabaseQueue(path: path, configuration: Self.configuration(readonly: true)).read(inspect)
    } catch StoreError.empty {
      return
    }
    throw StoreError.alreadyExists(path: path)
  }

  /// Tells what is at the path before SQLite is asked, whose own words say little.
  private func requireDatabaseFile() throws {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw StoreError.missing(path: path)
    }
    guard !isFolder.boolValue else { throw StoreError.notADatabase(path: path) }
    guard let file = FileHandle(forReadingAtPath: path) else {
      throw StoreError.cannotOpen(path: path, reason: "this user may not read it")
    }
    defer { try? file.close() }
    let header = try file.read(upToCount: 16) ?? Data()
    guard !header.isEmpty else { throw StoreError.empty(path: path) }
    guard header == Data("SQLite format 3\0".utf8) else { throw StoreError.notADatabase(path: path) }
  }

  /// Whether the database is a record of a schema that this program knows.
  private func inspect(_ db: Database) throws {
    let applied = try Self.migrator.appliedIdentifiers(db)
    if applied.isEmpty {
      let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
      throw tables == 0 ? StoreError.empty(path: path) : StoreError.notARecord(path: path)
    }
    guard try Int32.fetchOne(db, sql: "PRAGMA application_id") == Schema.applicationID else {
      throw StoreError.notARecord(path: path)
    }
    let known = Schema.migrations.map(\.identifier)
    if let newest = applied.subtracting(known).max() { throw StoreError.newerSchema(path: path, newest: newest) }
    let missing = known.filter { !applied.contains($0) }
    if !missing.isEmpty, mode != .migrating { throw StoreError.olderSchema(path: path, missing: missing) }
  }

  // MARK: Connections

  static func configuration(readonly: Bool) -> Configuration {
    var configuration = Configuration()
    configuration.readonly = readonly
    configuration.foreignKeysEnabled = true
    configuration.busyMode = .timeout(TimeInterval(StoreError.busySeconds))
    configuration.label = "tenor"
    configuration.prepareDatabase { db in
      // REPLACE deletes the rows in its way; only so are the triggers asked that keep evidence from being deleted.
      try db.execute(sql: "PRAGMA recursive_triggers = ON")
      // What is erased is written over with zeros, and not just marked as free.
      if !readonly { try db.execute(sql: "PRAGMA secure_delete = ON") }
    }
    return configuration
  }

  private func writingPool() throws -> DatabasePool {
    let pool = try DatabasePool(path: path, configuration: Self.configuration(readonly: false))
    try pool.writeWithoutTransaction { db in
      // GRDB sets NORMAL for WAL, which can lose the last commits on a power cut: then an accepted notice looks unsent.
      try db.execute(sql: "PRAGMA synchronous = FULL")
      try db.execute(sql: "PRAGMA cache_size = -32768")
      try db.execute(sql: "PRAGMA journal_size_limit = 67108864")
    }
    return pool
  }

  private func readingDatabase() throws -> any DatabaseWriter {
    do {
      let pool = try DatabasePool(path: path, configuration: Self.configuration(readonly: true))
      try pool.read { db in _ = try Int.fetchOne(db, sql: "PRAGMA schema_version") }
      return pool
    } catch let error as DatabaseError where isBesideWriting {
      // A WAL database wants to write its index beside it even for reading. Where this user cannot, it may be read as it
      // stands, unless it was left with changes outside the main file; whoever reads all of it looks afterwards whether it
      // was written to meanwhile (``StillFile``).
      guard !hasPendingLog else {
        throw error.resultCode == .SQLITE_BUSY ? error : StoreError.pendingChanges(path: path)
      }
      var allowed = CharacterSet.urlPathAllowed
      allowed.remove(charactersIn: "?#%")
      let name = URL(fileURLWithPath: path).path.addingPercentEncoding(withAllowedCharacters: allowed) ?? path
      return try DatabaseQueue(path: "file:\(name)?immutable=1", configuration: Self.configuration(readonly: true))
    }
  }

  /// Whether the index that reading needs cannot be written beside the file: its disk, its folder, or an index that is
  /// somebody else's.
  private var isBesideWriting: Bool {
    let folder = (path as NSString).deletingLastPathComponent
    let index = path + "-shm"
    return access(folder.isEmpty ? "." : folder, W_OK) != 0
      || (FileManager.default.fileExists(atPath: index) && access(index, W_OK) != 0)
  }

  private var hasPendingLog: Bool {
    let size = try? FileManager.default.attributesOfItem(atPath: path + "-wal")[.size] as? Int
    return (size ?? 0) > 0
  }
}

/// Creates the file, if there is none, for this user and nobody else: it will hold names and addresses.
private func createExclusively(_ path: String) -> Int32 {
  open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
}
