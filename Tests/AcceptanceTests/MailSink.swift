import Foundation
import Testing

/// Postfix's test server on loopback, which keeps each message that it took with its envelope.
final class MailSink {
  /// Whether the programs are there; says loudly what is skipped where one is not.
  static func isPresent(with more: [String] = [], for purpose: String) -> Bool {
    let missing = (["smtp-sink"] + more).filter { path(of: $0) == nil }
    if !missing.isEmpty { print("SKIPPED: no \(missing.joined(separator: ", ")), so \(purpose) is not tested") }
    return missing.isEmpty
  }

  static func path(of name: String) -> String? {
    ["/usr/sbin/", "/usr/bin/", "/sbin/", "/bin/"].map { $0 + name }.first(
      where: FileManager.default.isExecutableFile(atPath:))
  }

  /// A message as the server took it.
  struct Message {
    let file: String
    let messageID: String
    /// The envelope's sender.
    let sender: String
    let envelopeID: String
  }

  let port: Int
  private let folder: URL
  private let process = Process()

  init(_ arguments: [String] = []) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "sink-\(UInt64.random(in: 0 ... .max))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: folder.path)
    port = try Self.freePort()
    process.executableURL = URL(filePath: try #require(Self.path(of: "smtp-sink")))
    process.arguments =
      (getuid() == 0 ? ["-u", "postfix"] : []) + arguments + [
        "-d", folder.path + "/%M.", "127.0.0.1:\(port)", "100",
      ]
    process.standardError = FileHandle.nullDevice
    try process.run()
    // It may take long to start where many others run.
    let end = Date().addingTimeInterval(120)
    while Self.connected(to: port) == nil, Date() < end { usleep(20_000) }
  }

  func stop() {
    // Not by a signal that can be held back: a process that a thread of Dispatch started inherits those that it holds back.
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    try? FileManager.default.removeItem(at: folder)
  }

  /// The settings with which the program sends here.
  var environment: [String: String] {
    [
      "TENOR_MAIL_TRANSPORT": "smtp", "TENOR_MAIL_SMTP_HOST": "127.0.0.1", "TENOR_MAIL_SMTP_PORT": "\(port)",
      "TENOR_MAIL_SMTP_TLS": "none", "TENOR_MAIL_SMTP_GREETING": "terms.example",
      "TENOR_MAIL_RETURN_DOMAIN": "bounces.terms.example", "TENOR_MAIL_RETURN_KEY_FILE": "key",
      "TENOR_MAIL_OWN_HOSTS": "mta.terms.example",
    ]
  }

  /// The names of all files: of messages whole and cut off.
  var files: Set<String> { Set((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []) }

  /// The whole messages that the server took, as far as they were not read yet: those cut off before their end hold nothing
  /// that it answered for.
  func messages(after seen: inout Set<String>) -> [Message] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.sorted().compactMap { name in
      guard !seen.contains(name), let text = try? String(contentsOfFile: folder.path + "/" + name, encoding: .utf8),
        let id = Self.field("Message-Id: ", text) ?? Self.field("Message-ID: ", text),
        let mail = Self.field("X-Mail-Args: ", text), text.trimmingCharacters(in: .newlines).hasSuffix("--")
      else { return nil }
      seen.insert(name)
      let sender = mail.split(separator: ">")[0].dropFirst()
      let envelope = mail.split(separator: "ENVID=").last.map { $0.filter { $0 != "<" && $0 != ">" } } ?? ""
      return Message(file: name, messageID: id, sender: String(sender), envelopeID: String(envelope))
    }
  }

  /// All the messages, once there are so many: a file is written out somewhat after its message was answered for.
  func messages(atLeast count: Int) -> [Message] {
    var (seen, messages) = (Set<String>(), [Message]())
    let end = Date().addingTimeInterval(60)
    while true {
      messages += self.messages(after: &seen)
      if messages.count >= count || Date() > end { return messages }
      usleep(20_000)
    }
  }

  private static func field(_ name: String, _ text: String) -> String? {
    text.split(separator: "\n").first { $0.hasPrefix(name) }.map { $0.dropFirst(name.count) }.map {
      $0.trimmingCharacters(in: .whitespacesAndNewlines)
    }
  }

  /// A port for a server: below those that the kernel gives to connections going out, which could take it before the server
  /// does.
  private static func freePort() throws -> Int {
    for _ in 0..<1000 {
      let port = Int.random(in: 10_000..<32_000)
      let handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      defer { close(handle) }
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_port = UInt16(port).bigEndian
      address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
      let isFree = withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          bind(handle, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
        }
      }
      if isFree { return port }
    }
    throw CocoaError(.fileNoSuchFile)
  }

  private static func connected(to port: Int) -> Bool? {
    let handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(handle) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let isOpen = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(handle, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
    return isOpen ? true : nil
  }
}
