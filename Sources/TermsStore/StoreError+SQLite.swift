internal import Foundation
internal import GRDB

extension StoreError {
  /// How long a writer waits for another process before it gives up.
  static let busySeconds = 10

  /// What SQLite's error means for the person who runs the program.
  init(_ error: DatabaseError, path: String) {
    let detail = error.message ?? "result code \(error.extendedResultCode.rawValue)"
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy(path: path, seconds: Self.busySeconds)
    case .SQLITE_FULL: self = .diskFull(path: path)
    case .SQLITE_READONLY, .SQLITE_PERM: self = .readOnly(path: path)
    case .SQLITE_NOTADB: self = .notADatabase(path: path)
    case .SQLITE_CORRUPT: self = .damaged(path: path, detail: detail)
    case .SQLITE_CONSTRAINT, .SQLITE_MISMATCH: self = .refusedBySchema(rule: detail)
    case .SQLITE_INTERRUPT, .SQLITE_ABORT: self = .interrupted
    case .SQLITE_CANTOPEN, .SQLITE_AUTH: self = Self.unopened(path: path, detail: detail)
    case .SQLITE_IOERR: self = .inputOutput(path: path, detail: detail)
    default: self = .unexpected(path: path, detail: detail)
    }
  }

  /// The error for any failure under `path`; ``StoreError`` itself passes through.
  init(_ error: any Error, path: String) {
    switch error {
    case let error as StoreError: self = error
    case let error as DatabaseError: self.init(error, path: path)
    case is CancellationError: self = .interrupted
    default: self = .unexpected(path: path, detail: "\(error)")
    }
  }

  /// SQLite says of a folder without the right to write only that it could not open something.
  private static func unopened(path: String, detail: String) -> StoreError {
    let files = FileManager.default
    let folder = (path as NSString).deletingLastPathComponent
    if !files.fileExists(atPath: folder.isEmpty ? "." : folder) {
      return .cannotOpen(path: path, reason: "there is no folder '\(folder)'")
    }
    if files.fileExists(atPath: path), !files.isReadableFile(atPath: path) {
      return .cannotOpen(path: path, reason: "this user may not read it")
    }
    if !files.isWritableFile(atPath: folder.isEmpty ? "." : folder) { return .readOnly(path: path) }
    return .cannotOpen(path: path, reason: detail)
  }
}
