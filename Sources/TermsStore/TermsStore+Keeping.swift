internal import Foundation
internal import GRDB

extension TermsStore {
  /// Checks the record against itself: its file, its schema, its log, and its tables against those that the log makes anew.
  ///
  /// Reads everything, so it takes as long as the record is large; it writes nothing.
  /// - Returns: what is wrong, a sentence each; nothing where the record is sound.
  package func verify() throws(StoreError) -> [String] {
    do {
      return try database.read { db in
        var verification = Verification(db)
        return try verification.run()
      }
    } catch {
      throw StoreError(error, path: path)
    }
  }

  /// Copies the record as of one moment to a new file, also while others write.
  /// - Throws: ``StoreError/alreadyExists(path:)`` where there is a file already: a backup never overwrites anything.
  package func backup(to destination: String) throws(StoreError) {
    guard !FileManager.default.fileExists(atPath: destination) else { throw .alreadyExists(path: destination) }
    // A copy that was cut short never bears the name of one.
    let part = destination + ".part"
    for ending in ["", "-journal", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: part + ending) }
    do {
      let copy = try DatabaseQueue(path: part)
      try database.backup(to: copy)
      try copy.close()
      guard rename(part, destination) == 0 else {
        throw StoreError.cannotOpen(path: destination, reason: String(cString: strerror(errno)))
      }
    } catch {
      throw StoreError(error, path: destination)
    }
  }

  /// Sees to it that nothing deleted stays in the log of writes beside the file; what was deleted from the file itself is
  /// zeros by then.
  /// - Throws: ``StoreError/busy(path:seconds:)`` where a reader holds on to an older state; the next writer does it then.
  package func forgetDeleted() throws(StoreError) {
    do {
      try database.writeWithoutTransaction { db in _ = try db.checkpoint(.truncate) }
    } catch {
      throw StoreError(error, path: path)
    }
  }
}
