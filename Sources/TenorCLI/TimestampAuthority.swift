internal import ChildPrograms
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
    let query = try Self.openssl(["ts", "-query", "-data", Self.first, "-sha256", "-cert"], note.encoded)
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
        ["ts", "-verify", "-data", first, "-in", second, "-CAfile", authority], note.encoded, reply)
      return nil
    } catch TimestampFault.openssl(let words) {
      return words
    }
  }

  /// The time in a stamp, as openssl words it; `nil` where it finds none.
  static func time(of reply: [UInt8]) throws -> String? {
    let text = try openssl(["ts", "-reply", "-in", second, "-text"], "", reply)
    let lines = String(decoding: text, as: UTF8.self).split(separator: "\n")
    return lines.first { $0.hasPrefix("Time stamp: ") }.map { String($0.dropFirst("Time stamp: ".count)) }
  }

  /// Where openssl finds the note, and where the reply.
  private static let (first, second) = ("/dev/fd/0", "/dev/fd/3")

  /// Runs openssl over a note and a reply; gives what it wrote.
  private static func openssl(_ arguments: [String], _ note: String, _ reply: [UInt8] = []) throws -> [UInt8] {
    guard let program = ChildProcess.path(of: "openssl") else { throw TimestampFault.noOpenSSL }
    let ending = try ChildProcess(path: program, arguments: arguments).waited(input: Array(note.utf8), more: [reply])
    guard ending.code == 0 else {
      let lines = String(decoding: ending.errors, as: UTF8.self).split(separator: "\n").filter {
        !$0.hasPrefix("Using configuration")
      }
      throw TimestampFault.openssl(lines.first.map(String.init) ?? "it ended with \(ending.code ?? -1)")
    }
    return ending.output
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
