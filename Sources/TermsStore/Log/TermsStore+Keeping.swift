internal import Foundation
internal import GRDB

extension TermsStore {
  /// Checks the record against itself: its file, its schema, its log, and its tables against those that the log makes anew.
  ///
  /// Reads everything, so it takes as long as the record is large; it writes nothing.
  /// - Returns: what is wrong, a sentence each; nothing where the record is sound.
  package func verify() throws(StoreError) -> [String] {
    do {
      let findings = try database.read { db in
        var verification = Verification(db)
        return try verification.run()
      }
      try requireUnchanged()
      return findings
    } catch {
      throw StoreError(error, path: path)
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
