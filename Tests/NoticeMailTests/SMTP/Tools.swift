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

  /// A port for a server, which no other test is given.
  ///
  /// Below those that the kernel gives to connections going out: else another test's connection could take it before the
  /// server does, and whoever looks whether the server is there could be connected to themselves.
  static func freePort() throws -> Int { try ports.next() }

  private static let ports = Ports()

  /// Waits until something listens on the port. A program may take long to start where many others run.
  static func waitForListener(on port: Int, seconds: Double = 120) throws {
    let end = Date().addingTimeInterval(seconds)
    while Date() < end {
      let handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      defer { close(handle) }
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_port = UInt16(port).bigEndian
      address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
      let connected = withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          connect(handle, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
        }
      }
      if connected { return }
      usleep(20_000)
    }
    throw Failure(description: "nothing listens on port \(port) after \(seconds) s")
  }
}
