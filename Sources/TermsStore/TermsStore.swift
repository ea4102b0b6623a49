internal import Foundation
internal import GRDB
internal import TermsOperations

/// The record in one SQLite file.
///
/// Writers take turns, in this process and between processes; readers never wait for them (WAL). What a writing method
/// returned from is on the disk (`synchronous=FULL`); what it threw from left nothing behind.
package struct TermsStore: Sendable {
  /// What the file is opened for.
  package enum Mode: Hashable, Sendable {
    /// Makes a new database; an existing one is left alone and refused.
    case create
    /// Reads and writes a database of this program's schema.
    case openExisting
    /// Opens an existing database of this or an older schema, so that ``TermsStore/migrate()`` can bring it up to date.
    case migrating
    /// Reads only, also from a read-only disk.
    case readOnly
  }

  package let path: String
  let database: any DatabaseWriter
  /// What appending to the log goes on from.
  let edge = LogEdge()
  /// How the file stood when it was opened.
  private let still: StillFile?
  /// `nil` where only one connection can see the record.
  private let quick: QuickReaders?
  /// What was read of documents last.
  let knownDocuments = KnownDocuments()

  /// Opens the database at `path`.
  package init(path: String, mode: Mode) throws(StoreError) {
    self.path = path
    do {
      still = StillFile(path)
      database = try Opening(path: path, mode: mode).open()
      quick = database is DatabasePool ? QuickReaders(path: path) : nil
    } catch {
      throw StoreError(error, path: path)
    }
  }

  /// A record that is gone with the value: for tests, and for trying out.
  package static func inMemory() throws(StoreError) -> TermsStore {
    do {
      return try TermsStore(path: ":memory:", database: Opening.inMemory())
    } catch {
      throw StoreError(error, path: ":memory:")
    }
  }

  private init(path: String, database: any DatabaseWriter) {
    self.path = path
    self.database = database
    still = nil
    quick = nil
  }

  /// Sees to it that what was read is one state of the record, also where SQLite could not see to it.
  /// - Throws: ``StoreError/changedMeanwhile(path:)``.
  func requireUnchanged() throws {
    // With an index beside it, SQLite takes care that a reader sees one state.
    guard !(database is DatabasePool), let still else { return }
    guard StillFile(path) == still else { throw StoreError.changedMeanwhile(path: path) }
  }

  /// Brings an older schema up to date.
  /// - Returns: the migrations applied, in order; none where there was nothing to do.
  @discardableResult
  package func migrate() throws(StoreError) -> [String] {
    do {
      return try Opening.migrate(database)
    } catch {
      throw StoreError(error, path: path)
    }
  }

  /// Ends the work with the file. Where nobody else has it open, it is whole by itself afterwards: no log of writes stays
  /// beside it, which a copy of the one file would miss.
  package func close() throws(StoreError) {
    do {
      // Connections that only read cannot put the log away: the one that writes must be the last to go.
      quick?.close()
      (database as? DatabasePool)?.invalidateReadOnlyConnections()
      try database.close()
    } catch {
      throw StoreError(error, path: path)
    }
  }

  /// Reads in one consistent view of the record.
  func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
    do {
      return try await database.read(body)
    } catch let conflict as RecordConflict {
      throw conflict
    } catch {
      throw StoreError(error, path: path)
    }
  }

  /// The same for a question of some microseconds, on the thread that asks where a connection is free.
  /// - Parameter isOneStatement: Whether `body` asks a single statement.
  func readQuickly<Value: Sendable>(
    isOneStatement: Bool = false, _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws -> Value {
    do {
      if let quick, let value = try quick.read(isOneStatement: isOneStatement, body) { return value }
    } catch {
      throw StoreError(error, path: path)
    }
    return try await read(body)
  }

  /// Writes in one transaction: all of it, or nothing.
  func write<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
    do {
      return try await database.write(body)
    } catch let conflict as RecordConflict {
      throw conflict
    } catch let refusal as any Refusal {
      throw refusal
    } catch let damage as LogDamage {
      throw damage
    } catch {
      throw StoreError(error, path: path)
    }
  }

  /// The same on the thread that calls, which waits meanwhile: for a run that has a thread to itself, and makes many
  /// transactions.
  func writeHere<Value>(_ body: (Database) throws -> Value) throws -> Value {
    do {
      return try database.writeWithoutTransaction { db in try db.inPreparedTransaction("BEGIN IMMEDIATE", body) }
    } catch let conflict as RecordConflict {
      throw conflict
    } catch {
      throw StoreError(error, path: path)
    }
  }
}
