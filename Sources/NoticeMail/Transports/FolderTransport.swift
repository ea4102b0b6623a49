internal import ChildPrograms
internal import Foundation
package import TermsOperations

/// Puts each message into a folder as `NAME.eml`: the way out that needs no server.
///
/// The name follows from the Message-ID, so that a retry writes the same file again and never a second one. A reader of the
/// folder sees a whole message or none, also after a power cut: the bytes go into a temporary file, reach the disk, and
/// only then take their name.
package struct FolderTransport: NoticeTransport {
  let folder: String

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
      try DurableFile.write(message.bytes, named: Self.fileName(for: message.messageID), in: folder)
      // By its own name: who bears witness is told to developers and stands in bundles, where the way to it is nobody's business.
      return .accepted(by: "folder \(URL(filePath: folder).lastPathComponent)")
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
}
