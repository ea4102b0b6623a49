internal import Foundation
internal import Transparency

#if canImport(FoundationNetworking)
  internal import FoundationNetworking
#endif

/// Where time stamps come from (RFC 3161): an authority on the web, or its reply in a file. OpenSSL makes the query and
/// checks stamps; no ASN.1 is read here.
struct TimestampAuthority {
  let source: String

  private var isWeb: Bool { source.hasPrefix("https://") || source.hasPrefix("http://") }

  /// The authority's reply about a note.
  /// - Throws: ``TimestampFault``.
  func reply(to note: SignedNote) async throws -> [UInt8] {
    guard isWeb, let url = URL(string: source) else { return try FileReading.bytes(of: source) }
    let query = try Self.openssl(["ts", "-query", "-data", "{note}", "-sha256", "-cert", "-out", "{out}"], note: note)
    var request = URLRequest(url: url, timeoutInterval: 30)
    request.httpMethod = "POST"
    request.setValue("application/timestamp-query", forHTTPHeaderField: "Content-Type")
    request.httpBody = Data(query)
    let (data, response): (Data, URLResponse)
    do {
      (data, response) = try await URLSession.shared.data(for: request)
    } catch {
      throw TimestampFault.unreachable(source, cause: error.localizedDescription)
    }
    guard (response as? HTTPURLResponse)?.statusCode == 200 else {
      throw TimestampFault.unreachable(source, cause: "it answered \((response as? HTTPURLResponse)?.statusCode ?? 0)")
    }
    return Array(data)
  }

  /// What OpenSSL says against a stamp; `nil` where it holds.
  /// - Parameter authority: the file with the authority's certificates, in PEM.
  static func problem(with reply: [UInt8], of note: SignedNote, authority: String) throws -> String? {
    do {
      _ = try openssl(
        ["ts", "-verify", "-data", "{note}", "-in", "{reply}", "-CAfile", authority], note: note, reply: reply)
      return nil
    } catch TimestampFault.openssl(let words) {
      return words
    }
  }

  /// The time in a stamp, as openssl words it; `nil` where it finds none.
  static func time(of reply: [UInt8]) throws -> String? {
    let text = try openssl(["ts", "-reply", "-in", "{reply}", "-text", "-out", "{out}"], reply: reply)
    let lines = String(decoding: text, as: UTF8.self).split(separator: "\n")
    return lines.first { $0.hasPrefix("Time stamp: ") }.map { String($0.dropFirst("Time stamp: ".count)) }
  }

  /// Runs openssl over files that are gone afterwards; gives what it wrote to `{out}`.
  private static func openssl(_ arguments: [String], note: SignedNote? = nil, reply: [UInt8] = []) throws -> [UInt8] {
    let folder = FileManager.default.temporaryDirectory.appending(path: "tenor-stamp-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = ["{note}", "{reply}", "{out}"].map {
      ($0, folder.appending(path: String($0.dropFirst().dropLast())).path)
    }
    try Data((note?.encoded ?? "").utf8).write(to: URL(fileURLWithPath: files[0].1))
    try Data(reply).write(to: URL(fileURLWithPath: files[1].1))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["openssl"] + arguments.map { argument in files.first { $0.0 == argument }?.1 ?? argument }
    let errors = Pipe()
    process.standardError = errors
    process.standardOutput = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let said = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus != 127 else { throw TimestampFault.noOpenSSL }
    guard process.terminationStatus == 0 else {
      let lines = String(decoding: said, as: UTF8.self).split(separator: "\n").filter {
        !$0.hasPrefix("Using configuration")
      }
      throw TimestampFault.openssl(lines.first.map(String.init) ?? "it ended with \(process.terminationStatus)")
    }
    return FileManager.default.contents(atPath: files[2].1).map { Array($0) } ?? []
  }
}

/// Why there is no time stamp.
enum TimestampFault: Error, Hashable {
  case noOpenSSL
  case openssl(String)
  case unreachable(String, cause: String)
}

extension TimestampFault: CustomStringConvertible {
  var description: String {
    switch self {
    case .noOpenSSL: "openssl is not installed or not on the PATH; install it to have checkpoints time-stamped"
    case .openssl(let words): "openssl made no time-stamp query: \(words)"
    case .unreachable(let source, let cause):
      "the time-stamp authority at '\(source)' gave no reply: \(cause); the checkpoint is signed and on record; try again"
    }
  }
}
