internal import Foundation
internal import TermsOperations

/// Reads what a person names on the command line.
enum FileReading {
  /// The bytes of a file; of standard input for `-`.
  static func bytes(of path: String) throws -> [UInt8] {
    if path == "-" { return Array(FileHandle.standardInput.readDataToEndOfFile()) }
    try requireFile(path)
    guard let data = FileManager.default.contents(atPath: path) else { throw ReadingRefusal.unreadable(path) }
    return Array(data)
  }

  /// - Throws: ``ReadingRefusal`` where nothing, or a folder, is there.
  static func requireFile(_ path: String) throws {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw ReadingRefusal.noSuchFile(path)
    }
    guard !isFolder.boolValue else { throw ReadingRefusal.isFolder(path) }
  }
}

/// A file named on the command line that cannot be read: name another, or mend its permissions.
enum ReadingRefusal: Refusal, Hashable {
  case noSuchFile(String)
  case isFolder(String)
  case unreadable(String)

  var description: String {
    switch self {
    case .noSuchFile(let path): "there is no file '\(path)'; check the path"
    case .isFolder(let path): "'\(path)' is a folder; name a file in it"
    case .unreadable(let path): "'\(path)' cannot be read; check its permissions"
    }
  }
}

/// Why a repository named on the command line cannot be read.
enum RepositoryFault: Error, Hashable, CustomStringConvertible {
  case gitFailed(command: String, message: String)
  case noGit

  var description: String {
    switch self {
    case .gitFailed(let command, let message): "'\(command)' failed: \(message)"
    case .noGit: "git is not installed or not on the PATH; install it to import from a repository"
    }
  }
}
