internal import Foundation

/// A folder into which a mail system delivers messages, one file each.
struct Maildir: Sendable {
  let path: String

  /// The Maildir at `path`; `nil` where it is none.
  init?(path: String) {
    var isFolder: ObjCBool = false
    for part in ["new", "cur"] {
      guard FileManager.default.fileExists(atPath: path + "/" + part, isDirectory: &isFolder), isFolder.boolValue else {
        return nil
      }
    }
    self.path = path
  }

  /// The names of the messages that nobody has seen yet, oldest first as their names tell.
  func unseen() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path + "/new").filter { !$0.hasPrefix(".") }.sorted()
  }

  func file(_ name: String) -> String { path + "/new/" + name }

  /// The bytes of a message; `nil` where it is not there any more.
  func contents(of name: String) throws -> [UInt8]? {
    do {
      return Array(try Data(contentsOf: URL(fileURLWithPath: file(name))))
    } catch  where !FileManager.default.fileExists(atPath: file(name)) {
      return nil
    } catch {
      throw ReadingRefusal.unreadable(file(name))
    }
  }

  /// What became of a message, as mail programs mark it.
  enum Mark: String {
    case seen = "S"
    /// For a person to look at.
    case flagged = "F"
  }

  /// Moves a message to those that were seen. Where another run has moved it already, that is as good.
  func put(away name: String, _ mark: Mark) throws {
    let base = name.split(separator: ":", maxSplits: 1).first.map(String.init) ?? name
    do {
      try FileManager.default.moveItem(atPath: file(name), toPath: "\(path)/cur/\(base):2,\(mark.rawValue)")
    } catch  where !FileManager.default.fileExists(atPath: file(name)) {
      return
    }
  }
}
