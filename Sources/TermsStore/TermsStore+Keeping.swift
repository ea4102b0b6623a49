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
    do {
      let copy = try DatabaseQueue(path: destination)
      try database.backup(to: copy)
      try copy.close()
    } catch {
      throw StoreError(error, path: destination)
    }
  }
}
