internal import Foundation
package import TermsOperations

/// Puts each message into a folder as `NAME.eml`: the way out that needs no server.
///
/// The name follows from the Message-ID, so that a retry writes the same file again and never a second one. A reader of the
/// folder sees a whole message or none, also after a power cut: the bytes go into a temporary file, reach the disk, and
/// only then take their name.
package struct FolderTransport: NoticeTransport {
  private let folder: String

  package init(folder: String) {
    self.folder = folder
  }

  package func send(_ message: NoticeMessage) async -> TransportOutcome {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      return .unavailable(
        reason: "the folder '\(folder)' cannot be made (\(error.localizedDescription)); make it, or name another one")
    }
    let path = folder + "/" + Self.fileName(for: message.messageID)
    do throws(SystemFault) {
      try put(message.bytes, to: path)
      return .accepted(by: "folder \(folder)")
    } catch {
      return .unavailable(
        reason: "'\(path)' cannot be written (\(error)); see to the folder's permissions and free space")
    }
  }

  /// `notice.4711.….eml`: what stands before the @ of a Message-ID. Anything but letters, digits, dots, hyphens and
  /// underscores becomes a hyphen, so that no name leads out of the folder.
  static func fileName(for messageID: String) -> String {
    let local = messageID.drop { $0 == "<" }.prefix { $0 != "@" && $0 != ">" }
    let plain = local.utf8.map { byte -> UInt8 in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
        byte
      default: UInt8(ascii: "-")
      }
    }
    return "\(String(decoding: plain.prefix(240), as: UTF8.self).drop { $0 == "." }).eml"
  }

  private func put(_ bytes: [UInt8], to path: String) throws(SystemFault) {
    // One sender at a time holds the outbox, so that a fixed name cannot meet another run's; a file that a dead run left
    // behind is written over.
    let temporary = path + ".part"
    let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o640)
    guard file >= 0 else { throw SystemFault.last("open") }
    do throws(SystemFault) {
      try Self.putAll(bytes, to: file)
      guard fsync(file) == 0 else { throw SystemFault.last("fsync") }
    } catch {
      close(file)
      unlink(temporary)
      throw error
    }
    // Some file systems report only here that the bytes did not fit.
    guard close(file) == 0 else { throw SystemFault.last("close") }
    guard rename(temporary, path) == 0 else { throw SystemFault.last("rename") }
    try syncFolder()
  }

  private static func putAll(_ bytes: [UInt8], to file: Int32) throws(SystemFault) {
    var done = 0
    while done < bytes.count {
      let written = bytes.withUnsafeBytes { write(file, $0.baseAddress! + done, bytes.count - done) }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { throw SystemFault.last("write") }
      done += written
    }
  }

  /// Makes the new name itself last: a rename lives in the folder, which is a file of its own.
  private func syncFolder() throws(SystemFault) {
    let handle = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard handle >= 0 else { throw SystemFault.last("open") }
    defer { close(handle) }
    guard fsync(handle) == 0 else { throw SystemFault.last("fsync") }
  }
}

/// A system call that failed, and why.
struct SystemFault: Error, Hashable, CustomStringConvertible {
  let call: String
  let code: Int32

  static func last(_ call: String) -> SystemFault { SystemFault(call: call, code: errno) }

  var description: String { "\(call): \(String(cString: strerror(code)))" }
}
