internal import Foundation

/// Writes files that are there whole or not at all, also after a power cut.
enum WholeFile {
  /// What the system said when a file could not be written.
  struct Fault: Error {
    let cause: String
  }

  /// Puts `bytes` into a file beside `path`, brings it to the disk, and gives it its name.
  static func write(_ bytes: [UInt8], to path: String, mode: mode_t) throws(Fault) {
    let temporary = path + ".part"
    let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
    guard file >= 0 else { throw fault() }
    var rest = bytes[...]
    var isWritten = fchmod(file, mode) == 0
    while isWritten, !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      isWritten = count > 0
      rest = rest.dropFirst(max(0, count))
    }
    isWritten = isWritten && fsync(file) == 0
    guard close(file) == 0, isWritten, rename(temporary, path) == 0 else {
      let fault = fault()
      unlink(temporary)
      throw fault
    }
    // The name lives in the folder, which is a file of its own.
    let folder = (path as NSString).deletingLastPathComponent
    let handle = open(folder.isEmpty ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if handle >= 0 {
      _ = fsync(handle)
      close(handle)
    }
  }

  private static func fault() -> Fault { Fault(cause: String(cString: strerror(errno))) }
}
