import ChildPrograms
import Foundation
import Testing

@testable import NoticeMail

/// Programs of the system that some tests need.
enum Tools {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  static func path(of name: String) -> String? {
    ["/usr/sbin/", "/usr/bin/", "/usr/local/bin/", "/sbin/", "/bin/"].map { $0 + name }.first(
      where: FileManager.default.isExecutableFile(atPath:))
  }

  /// Whether all the programs are there; says loudly what is skipped where one is not.
  static func arePresent(_ names: [String], for purpose: String, package: String, asRoot: Bool = false) -> Bool {
    let missing = names.filter { path(of: $0) == nil }
    if !missing.isEmpty {
      print("SKIPPED: no \(missing.joined(separator: ", ")), so \(purpose) is not tested; install \(package)")
    } else if asRoot, geteuid() != 0 {
      print("SKIPPED: \(purpose) is tested by root only")
    }
    return missing.isEmpty && (!asRoot || geteuid() == 0)
  }

  /// Runs a program to its end and gives what it printed.
  @discardableResult
  static func run(_ name: String, _ arguments: [String], input: String = "") throws -> String {
    let ending = try ChildProcess(path: try #require(path(of: name)), arguments: arguments, joinsErrors: true).waited(
      input: Array(input.utf8))
    let output = String(decoding: ending.output, as: UTF8.self)
    guard ending.code == 0 else {
      throw Failure(description: "\(name) \(arguments.joined(separator: " ")): \(ending.code ?? -1): \(output)")
    }
    return output
  }

  /// Starts a program that goes on until ``end(_:)``; what it prints goes to `log`.
  static func start(_ name: String, _ arguments: [String], log: String = "/dev/null") throws -> pid_t {
    let entry = open("/dev/null", O_RDONLY)
    let exit = open(log, O_WRONLY | O_CREAT | O_APPEND, 0o644)
    defer {
      close(entry)
      close(exit)
    }
    return try ChildProcess(path: try #require(path(of: name)), arguments: arguments).spawn(
      input: entry, output: exit, errors: exit)
  }

  static func end(_ process: pid_t) {
    kill(process, SIGTERM)
    var status: Int32 = 0
    waitpid(process, &status, 0)
  }

  /// A new folder, and what removes it.
  static func folder(_ purpose: String) throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "tenor-\(purpose)-\(ProcessInfo.processInfo.globallyUniqueString.suffix(20))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }
}
