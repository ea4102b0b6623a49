import Foundation
import Testing

/// Runs the program as a person or cron would, in a folder of its own.
struct Workplace {
  struct Run {
    let code: Int32
    let output: String
    let errors: String

    /// Standard output read as JSON.
    func json() throws -> Any {
      try JSONSerialization.jsonObject(with: Data(output.utf8))
    }
  }

  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "tenor-\(UInt64.random(in: 0 ... .max))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }

  /// Runs `tenor` with the words given, in this folder and with an environment of its own.
  @discardableResult
  func tenor(_ arguments: String..., input: String? = nil, environment: [String: String] = [:]) throws -> Run {
    try run(Self.binary, arguments, input: input, environment: environment)
  }

  /// Runs `tenor` with a list of words.
  func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Run {
    try run(Self.binary, arguments, input: nil, environment: environment)
  }

  /// Runs `tenor` bound by the permissions of files, also where the tests run as root, who is not.
  func tenorWithoutPrivilege(_ arguments: String...) throws -> Run {
    guard getuid() == 0 else { return try run(arguments) }
    let bound = ["--bounding-set=-dac_override,-dac_read_search", "--", Self.binary.path]
    return try run(URL(fileURLWithPath: "/usr/bin/setpriv"), bound + arguments, input: nil, environment: [:])
  }

  /// Runs a script in a shell that knows `tenor`; what goes to standard error is printed with the rest.
  func shell(_ script: String) throws -> Run {
    try run(
      URL(fileURLWithPath: "/bin/bash"), ["-c", "exec 2>&1\n" + script], input: nil,
      environment: ["PATH": "\(Self.binary.deletingLastPathComponent().path):/usr/bin:/bin", "LC_ALL": "C.UTF-8"])
  }

  /// Has `sqlite3` carry out a statement on the record, behind the program's back.
  func sqlite(_ statement: String) throws {
    let record = folder.appending(path: "tenor.sqlite").path
    let run = try run(URL(fileURLWithPath: "/usr/bin/sqlite3"), [record, statement], input: nil, environment: [:])
    try #require(run.code == 0, "\(run.errors)")
  }

  /// Runs it and demands that it ends with 0.
  @discardableResult
  func done(_ arguments: String..., source: SourceLocation = #_sourceLocation) throws -> String {
    let run = try run(Self.binary, arguments, input: nil, environment: [:])
    try #require(run.code == 0, "tenor \(arguments.joined(separator: " ")): \(run.errors)", sourceLocation: source)
    return run.output
  }

  func write(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: folder.appending(path: name))
  }

  func start(_ arguments: String...) throws -> Process {
    let process = process(Self.binary, arguments, environment: [:])
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

  /// Starts `tenor` with an environment of its own, and does not wait for its end.
  func start(_ arguments: [String], environment: [String: String]) throws -> Process {
    let process = process(Self.binary, arguments, environment: environment)
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

  /// Runs another program of the system in this folder.
  func tool(_ name: String, _ arguments: [String], environment: [String: String] = [:]) throws -> Run {
    let path = try #require(MailSink.path(of: name))
    return try run(URL(filePath: path), arguments, input: nil, environment: environment)
  }

  /// The path of the program.
  static var program: String { binary.path }

  private func run(_ binary: URL, _ arguments: [String], input: String?, environment: [String: String]) throws -> Run {
    let process = process(binary, arguments, environment: environment)
    let (output, errors) = (
      folder.appending(path: ".out-\(UInt64.random(in: 0 ... .max))"),
      folder.appending(path: ".err-\(UInt64.random(in: 0 ... .max))")
    )
    for file in [output, errors] { _ = FileManager.default.createFile(atPath: file.path, contents: nil) }
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    // From a file and not by a pipe: who writes to a program that ended without reading gets a signal that ends the tests.
    let entry = folder.appending(path: ".in-\(UInt64.random(in: 0 ... .max))")
    defer { for file in [entry, output, errors] { try? FileManager.default.removeItem(at: file) } }
    if let input { try Data(input.utf8).write(to: entry) }
    process.standardInput = try input.map { _ in try FileHandle(forReadingFrom: entry) } ?? FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return Run(
      code: process.terminationStatus, output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
  }

  private func process(_ binary: URL, _ arguments: [String], environment: [String: String]) -> Process {
    let process = Process()
    process.executableURL = binary
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = [
      "PATH": "/usr/bin:/bin", "TENOR_ACTOR": "tester", "TENOR_MAIL_FROM": "notices@terms.example",
    ]
    .merging(environment) { $1 }
    return process
  }

  /// The program stands beside the test bundle in the folder of build products.
  private static let binary: URL = {
    let products = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL.deletingLastPathComponent()
    return (products ?? URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent())
      .appending(path: "tenor")
  }()
}

/// The root of the checkout.
let checkout = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()

/// A small text of terms, with the wordings of the clauses that the tests change.
func terms(days: Int = 30, cap: String = "100 dollars", extra: String = "") -> String {
  """
  # Harbor connector terms

  ## 1. Introduction

  These terms govern your connector. By creating one you agree to them.

  ## 2. Use

  (a) **Access.** We may call your connector to answer our users.

  (b) **Logs.** You will delete our requests within \(days) days.

  ## 3. Liability

  Our liability is limited to \(cap).
  \(extra)
  """
}
