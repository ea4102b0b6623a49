import Foundation
import Loopback
import Testing

@testable import NoticeMail

/// A Postfix of its own on loopback: its settings, queue and mailboxes in a folder that goes with it.
///
/// Nothing leaves the machine: what has no transport of its own here is refused, and no names are looked up in the network.
final class Postfix {
  static let isPresent =
    Tools.arePresent(
      ["postfix", "smtp-sink"], for: "a real mail system", package: "postfix", asRoot: true)
    && FileManager.default.fileExists(atPath: "/usr/share/postfix/master.cf.dist")

  /// A further service of master.cf.
  struct Service {
    let name: String
    let type: String
    let command: String
    var options: [String] = []
  }

  var port: Int { place.port }
  private let place: Loopback
  let folder: URL
  private let settings: String

  /// - Parameters:
  ///   - place: the port that it listens on; one of its own where `nil`.
  ///   - mailboxes: addresses, and the Maildir of each below the folder's `mail`.
  ///   - transports: domains, and where mail for each goes.
  init(
    name: String, place: Loopback? = nil, mailboxes: [String: String], aliases: [String: String] = [:],
    transports: [String: String], services: [Service] = [], settings further: [String] = []
  ) throws {
    let place = try place ?? Loopback.reserved()
    self.place = place
    folder = try Tools.folder("postfix")
    let base = folder.path()
    settings = base + "/conf"
    for part in ["conf", "queue", "data", "mail"] {
      try FileManager.default.createDirectory(atPath: base + "/" + part, withIntermediateDirectories: true)
    }
    try Tools.run("chown", ["postfix", base + "/data"])
    try Tools.run("chown", ["65534:65534", base + "/mail"])
    try Tools.run("chmod", ["755", base])
    func table(_ entries: [String: String]) -> String {
      "inline:{ " + entries.sorted { $0.key < $1.key }.map { "{ \($0.key) = \($0.value) }" }.joined(separator: ", ")
        + " }"
    }
    let domains = Set(mailboxes.keys.map { $0.split(separator: "@")[1] }).sorted().joined(separator: " ")
    let lines =
      [
        "compatibility_level = 3.6", "queue_directory = \(base)/queue", "data_directory = \(base)/data",
        "command_directory = /usr/sbin", "daemon_directory = /usr/lib/postfix/sbin", "meta_directory = /etc/postfix",
        "maillog_file = \(base)/log", "maillog_file_prefixes = \(folder.deletingLastPathComponent().path())",
        "myhostname = \(name)", "mydestination =", "mynetworks = 127.0.0.0/8", "inet_interfaces = 127.0.0.1",
        "inet_protocols = ipv4", "disable_dns_lookups = yes", "smtp_host_lookup = native",
        "default_transport = error:5.4.4 no way out of this test", "alias_maps =", "local_recipient_maps =",
        "recipient_delimiter = +", "virtual_mailbox_domains = \(domains)", "virtual_mailbox_base = \(base)/mail",
        "virtual_mailbox_maps = \(table(mailboxes))", "virtual_uid_maps = static:65534",
        "virtual_gid_maps = static:65534",
        "queue_run_delay = 2s", "minimal_backoff_time = 2s",
        "maximal_backoff_time = 4s", "delay_warning_time = 4s", "maximal_queue_lifetime = 24s",
        "bounce_queue_lifetime = 300s",
      ]
      + [("transport_maps", transports), ("virtual_alias_maps", aliases)].filter { !$0.1.isEmpty }.map {
        "\($0.0) = \(table($0.1))"
      } + further
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: settings + "/main.cf"))
    // As Debian ships it, but for the network services, and outside any chroot.
    let shipped = try String(contentsOfFile: "/usr/share/postfix/master.cf.dist", encoding: .utf8)
    let kept = shipped.split(separator: "\n").filter { line in
      let words = line.split(whereSeparator: \.isWhitespace)
      return !line.hasPrefix("#") && words.count > 1 && words[1] != "inet" && words.last?.hasPrefix("argv") != true
        && !line.hasPrefix("  flags")
    }.map { line -> String in
      var words = line.split(whereSeparator: \.isWhitespace).map(String.init)
      if words.count >= 8, !line.hasPrefix(" ") { words[4] = "n" }
      return (line.hasPrefix(" ") ? "  " : "") + words.joined(separator: " ")
    }.filter { !$0.contains(" pipe") }
    let own = [Service(name: "127.0.0.1:\(place.port)", type: "inet", command: "smtpd")] + services
    let added = own.flatMap { service in
      ["\(service.name) \(service.type) \(service.type == "inet" ? "n" : "-") - n - - \(service.command)"]
        + service.options.map { "  -o \($0)" }
    }
    try Data(((kept + added).joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: settings + "/master.cf"))
    try Tools.run("postfix", ["-c", settings, "start"])
    try Loopback.waitForListener(on: place.port)
  }

  /// The messages in a Maildir, in no order.
  func messages(in mailbox: String) -> [[UInt8]] {
    let path = folder.path() + "/mail/\(mailbox)/new"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.compactMap { FileManager.default.contents(atPath: path + "/" + $0).map(Array.init) }
  }

  /// A program that is this Postfix's `sendmail`.
  func sendmail() throws -> String {
    let program = folder.path() + "/sendmail"
    let text = "#!/bin/sh\nexec /usr/sbin/sendmail -C \(settings) \"$@\"\n"
    try Tools.run("sh", ["-c", "cat > \(program); chmod 755 \(program)"], input: text)
    return program
  }

  /// The end of the log, for a test that failed.
  var log: String {
    String(((try? String(contentsOfFile: folder.path() + "/log", encoding: .utf8)) ?? "").suffix(4000))
  }

  func stop() {
    _ = try? Tools.run("postfix", ["-c", settings, "stop"])
    try? FileManager.default.removeItem(at: folder)
  }
}
