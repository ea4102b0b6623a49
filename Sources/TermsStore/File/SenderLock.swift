internal import Foundation

/// The right to send from one database: one run at a time has it, and it ends with the process, however it ends.
package final class SenderLock: Sendable {
  /// What is sent: neither waits for the other.
  package enum Purpose: String, Sendable {
    case notices = "sender"
    case webhooks
  }

  private let descriptor: Int32

  /// Takes the lock of the database at `path`, in the file `PATH.sender.lock` or `PATH.webhooks.lock` beside it.
  /// - Returns: `nil` where another run has it.
  /// - Throws: ``StoreError/readOnly(path:)`` or ``StoreError/cannotOpen(path:reason:)`` where the file cannot be made.
  package init?(ofDatabaseAt path: String, for purpose: Purpose = .notices) throws(StoreError) {
    let file = "\(path).\(purpose.rawValue).lock"
    let descriptor = open(file, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      switch errno {
      case EROFS, EACCES: throw .readOnly(path: path)
      default: throw .cannotOpen(path: file, reason: String(cString: strerror(errno)))
      }
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      return nil
    }
    // For a person who looks which run it is; the lock itself does not depend on it.
    let owner = Array("\(getpid())\n".utf8)
    _ = ftruncate(descriptor, 0)
    _ = pwrite(descriptor, owner, owner.count, 0)
    self.descriptor = descriptor
  }

  deinit {
    // Not by closing alone: a program that is being started has the file open too, for a moment, and the lock would stay as long.
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }
}
