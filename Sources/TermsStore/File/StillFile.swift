internal import Foundation

/// What shows whether a file was written to: its size, when it was changed, and whether there are changes beside it.
struct StillFile: Hashable, Sendable {
  private let size: Int64
  private let seconds: Int
  private let nanoseconds: Int
  private let inode: UInt64
  private let pending: Int64

  /// - Returns: `nil` where there is no such file.
  init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    size = Int64(status.st_size)
    (seconds, nanoseconds) = (Int(status.st_mtim.tv_sec), Int(status.st_mtim.tv_nsec))
    inode = UInt64(status.st_ino)
    pending = stat(path + "-wal", &status) == 0 ? Int64(status.st_size) : 0
  }
}
