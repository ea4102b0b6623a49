internal import ChildPrograms
internal import Foundation

/// Writes files that are there whole or not at all, also after a power cut.
enum DurableFile {
  /// Puts `bytes` into a temporary file, brings it to the disk, gives it its name, and brings the name to the disk.
  static func write(_ bytes: [UInt8], named name: String, in folder: String) throws(SystemFault) {
    let path = folder + "/" + name
    // One sender at a time holds the outbox, so that a fixed name cannot meet another run's; a file that a dead run left
    // behind is written over.
    let temporary = path + ".part"
    let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o640)
    guard file >= 0 else { throw SystemFault.last("open") }
    do throws(SystemFault) {
      try OpenFile.write(bytes, to: file)
      guard fsync(file) == 0 else { throw SystemFault.last("fsync") }
    } catch {
      close(file)
      unlink(temporary)
      throw error
    }
    // Some file systems report only here that the bytes did not fit.
    guard close(file) == 0 else { throw SystemFault.last("close") }
    guard rename(temporary, path) == 0 else { throw SystemFault.last("rename") }
    try syncFolder(folder)
  }

  /// Makes a new name last: it lives in the folder, which is a file of its own.
  private static func syncFolder(_ folder: String) throws(SystemFault) {
    let handle = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard handle >= 0 else { throw SystemFault.last("open") }
    defer { close(handle) }
    guard fsync(handle) == 0 else { throw SystemFault.last("fsync") }
  }
}
