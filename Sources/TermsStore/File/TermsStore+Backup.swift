internal import Foundation
internal import GRDB

extension TermsStore {
  /// Copies the record as of one moment to a new file, also while others write.
  ///
  /// While it is being made, the copy bears another name, so that one that was cut short never passes for a copy.
  /// - Returns: what backups that were killed had left in the same folder, and was removed now.
  /// - Throws: ``StoreError/alreadyExists(path:)`` where there is a file already: a backup never overwrites anything.
  @discardableResult
  package func backup(to destination: String) throws(StoreError) -> [String] {
    guard !FileManager.default.fileExists(atPath: destination) else { throw .alreadyExists(path: destination) }
    do {
      let removed = try UnfinishedBackup.removeAbandoned(beside: destination)
      let part = try UnfinishedBackup(of: destination)
      defer { part.close() }
      let copy = try DatabaseQueue(path: part.path)
      try database.backup(to: copy)
      try copy.close()
      try requireUnchanged()
      guard rename(part.path, destination) == 0 else {
        throw StoreError.cannotOpen(path: destination, reason: String(cString: strerror(errno)))
      }
      return removed
    } catch {
      throw StoreError(error, path: destination)
    }
  }
}

/// The file in which a copy is being made. Whoever makes it holds a lock on it, which goes with the process: so that what a
/// killed one left can be told from what another one is writing just now.
private final class UnfinishedBackup {
  private static let ending = ".tenor-part"

  let path: String
  /// Closed last of all: closing any handle of a file gives up the locks that SQLite holds on it.
  private let handle: Int32

  init(of destination: String) throws {
    path = destination + Self.ending
    handle = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard handle >= 0 else {
      let cause = String(cString: strerror(errno))
      throw errno == ENOSPC
        ? StoreError.diskFull(path: destination) : StoreError.cannotOpen(path: destination, reason: cause)
    }
    guard flock(handle, LOCK_EX | LOCK_NB) == 0 else {
      Foundation.close(handle)
      throw StoreError.cannotOpen(path: destination, reason: "another backup to that name is being made")
    }
  }

  /// Ends the work; what was not given its name by then is gone.
  func close() {
    for ending in ["", "-journal", "-wal", "-shm"] { unlink(path + ending) }
    Foundation.close(handle)
  }

  /// Removes what nobody is writing any more.
  static func removeAbandoned(beside destination: String) throws -> [String] {
    let folder = (destination as NSString).deletingLastPathComponent
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)) ?? []
    var removed: [String] = []
    for name in names.sorted() where name.hasSuffix(ending) {
      let path = (folder as NSString).appendingPathComponent(name)
      let handle = open(path, O_RDWR | O_CLOEXEC)
      guard handle >= 0 else { continue }
      defer { Foundation.close(handle) }
      guard flock(handle, LOCK_EX | LOCK_NB) == 0 else { continue }
      for ending in ["", "-journal", "-wal", "-shm"] { unlink(path + ending) }
      removed.append(path)
    }
    return removed
  }
}
