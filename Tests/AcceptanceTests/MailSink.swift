import Foundation
import Loopback
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

  var port: Int { place.port }
  private let place: Loopback
  private let folder: URL
  private let process = Process()

  init(_ arguments: [String] = []) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "sink-\(UInt64.random(in: 0 ... .max))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: folder.path)
    place = try Loopback.reserved()
    process.executableURL = URL(filePath: try #require(Self.path(of: "smtp-sink")))
    process.arguments =
      (getuid() == 0 ? ["-u", "postfix"] : []) + arguments + [
        "-d", folder.path + "/%M.", "127.0.0.1:\(place.port)", "100",
      ]
    process.standardError = FileHandle.nullDevice
    try process.run()
    try Loopback.waitForListener(on: port)
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

  /// Waits until the server has seen all that was sent before: to its end, or to where it was cut off.
  ///
  /// It serves one event after the other, in turns in which every connection that has something has its say; so what stood on
  /// the others is done once a new one was greeted and taken leave of, a few times over.
  func settle() throws {
    for _ in 0..<20 {
      let connection = try Loopback.connected(to: port)
      var byte = [UInt8](repeating: 0, count: 512)
      try #require(recv(connection.handle, &byte, byte.count, 0) > 0)
      let goodbye = Array("QUIT\r\n".utf8)
      try #require(send(connection.handle, goodbye, goodbye.count, Int32(MSG_NOSIGNAL)) == goodbye.count)
      while recv(connection.handle, &byte, byte.count, 0) > 0 {}
    }
  }

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
}
