package import TermsModel

/// Why the database cannot be opened, read or written. Whatever was being done, nothing of it was stored.
package enum StoreError: Error, Hashable {
  case missing(path: String)
  /// A file is there, but its creation was cut short before anything was in it.
  case empty(path: String)
  case alreadyExists(path: String)
  case notADatabase(path: String)
  /// A sound SQLite database, but another program's.
  case notARecord(path: String)
  case newerSchema(path: String, newest: String)
  case olderSchema(path: String, missing: [String])
  case readOnly(path: String)
  case cannotOpen(path: String, reason: String)
  case busy(path: String, seconds: Int)
  /// Its last changes stand in a file beside it, and cannot be read from where this user may not write.
  case pendingChanges(path: String)
  /// A file that was read as it stands, since nothing can be written beside it, was written to meanwhile.
  case changedMeanwhile(path: String)
  case diskFull(path: String)
  case damaged(path: String, detail: String)
  /// The operating system refused to read or write.
  case inputOutput(path: String, detail: String)
  /// A rule of the schema forbids it: whoever called has a fault.
  case refusedBySchema(rule: String)
  case clockBehind(recorded: Instant, now: Instant)
  case personMissing(DeveloperID)
  /// The personal data handed in are not those that the act commits to.
  case personContradictsAct(DeveloperID)
  case notClaimed(notice: Int64)
  /// No notice of the number belongs to that developer and version.
  case noSuchNotice(Int64)
  case interrupted
  case unexpected(path: String, detail: String)
}

extension StoreError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .missing(let path):
      "there is no database at '\(path)'; run 'tenor init' to make one, or name another with --database"
    case .empty(let path):
      "the database at '\(path)' is empty, its creation was cut short; run 'tenor init' again"
    case .alreadyExists(let path):
      "there is already a database at '\(path)'; nothing was changed"
    case .notADatabase(let path):
      "'\(path)' is not a database; name the right file with --database"
    case .notARecord(let path):
      "'\(path)' is a database of another program, not one of tenor's; name the right file with --database"
    case .newerSchema(let path, let newest):
      "the database at '\(path)' was written by a newer tenor (schema \(newest)); install that version or newer"
    case .olderSchema(let path, let missing):
      "the database at '\(path)' was written by an older tenor (it lacks \(missing.joined(separator: ", "))); "
        + "back it up, then run 'tenor migrate'"
    case .readOnly(let path):
      "the database at '\(path)' cannot be written: the file, its folder or its disk is read-only; "
        + "give this user the right to write there"
    case .cannotOpen(let path, let reason):
      "the database at '\(path)' cannot be opened: \(reason); check the path and the rights of its folder"
    case .busy(let path, let seconds):
      "the database at '\(path)' was held by another process for \(seconds) seconds; try again, "
        + "or see which process has it open"
    case .pendingChanges(let path):
      "the last changes of the database at '\(path)' stand in '\(path)-wal', which can be read only where this user may write "
        + "beside them; copy both files to a folder of your own, or make a copy with 'tenor backup' where the database is in use"
    case .changedMeanwhile(let path):
      "the database at '\(path)' was written to while it was read; try again, or give this user the right to write in its folder"
    case .diskFull(let path):
      "there is no room left for the database at '\(path)'; nothing was stored; free some space and try again"
    case .damaged(let path, let detail):
      "the database at '\(path)' is damaged (\(detail)); run 'tenor verify' and restore a backup"
    case .inputOutput(let path, let detail):
      "the disk of the database at '\(path)' failed (\(detail)); nothing was stored; check the disk and run 'tenor verify'"
    case .refusedBySchema(let rule):
      "the record refused it: \(rule)"
    case .clockBehind(let recorded, let now):
      "the clock shows \(now), but the last act was recorded at \(recorded); set the clock right and try again"
    case .personMissing(let id):
      "the name and address of developer '\(id)' were not handed over with the act that commits to them; hand in both"
    case .personContradictsAct(let id):
      "the name and address of developer '\(id)' are not those that the act commits to; compute the commitment from them"
    case .notClaimed(let notice):
      "notice \(notice) is not in transmission, so no result of sending it can be recorded; claim it first"
    case .noSuchNotice(let notice):
      "there is no notice \(notice) of that version to that developer; see 'tenor notices pending'"
    case .interrupted:
      "the work was interrupted; nothing of it was stored"
    case .unexpected(let path, let detail):
      "the database at '\(path)' failed (\(detail)); nothing was stored; run 'tenor verify'"
    }
  }
}

extension StoreError {
  /// Whether trying again later may do, with nothing changed on our side.
  package var isPassing: Bool {
    switch self {
    case .busy, .changedMeanwhile, .diskFull, .readOnly, .cannotOpen, .inputOutput, .interrupted: true
    default: false
    }
  }
}
