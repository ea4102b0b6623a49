internal import Foundation
internal import TermsParsing
internal import Transparency

/// The file of settings, held against the settings that there are: a key that nobody reads, or a value that nobody
/// understands, would be a setting that somebody believes in.
struct SettingsFile {
  let path: String

  init(_ path: String) {
    self.path = path
  }

  /// What a setting's value can be.
  private enum Kind {
    case text, number, list

    var expected: String {
      switch self {
      case .text: "a text in quotes"
      case .number: "a number"
      case .list: "a list of texts, or one text with commas"
      }
    }

    func takes(_ value: CanonicalJSON) -> Bool {
      switch (self, value) {
      case (_, .string), (.number, .integer): true
      case (.list, .array(let values)): values.allSatisfy { if case .string = $0 { true } else { false } }
      default: false
      }
    }
  }

  private static let settings: [String: Kind] = {
    var settings: [String: Kind] = [:]
    for key in [
      "database", "key.file", "timestamp.ca", "actor", "base.url", "mail.from", "mail.from.name", "mail.reply.to",
      "mail.folder",
      "mail.transport", "mail.templates", "mail.reports", "mail.sendmail.program", "mail.smtp.host", "mail.smtp.tls",
      "mail.smtp.caFile", "mail.smtp.user", "mail.smtp.passwordFile", "mail.smtp.greeting", "mail.return.domain",
      "mail.return.mailbox", "mail.return.keyFile",
    ] { settings[key] = .text }
    for key in ["mail.smtp.port", "mail.smtp.replyTimeout", "notices.graceMinutes"] { settings[key] = .number }
    for key in ["mail.ownHosts", "mail.relays", "mail.receipt"] { settings[key] = .list }
    return settings
  }()

  /// What has a form of its own and is held against it where it is read.
  private static let readElsewhere: Set<String> = ["webhooks"]

  /// The keys that a file can hold.
  static var keys: Set<String> { Set(settings.keys) }

  /// The keys and the groups that they stand in.
  private static let names: [String] = {
    var names = keys
    for key in keys {
      let parts = key.split(separator: ".")
      for count in 1..<max(1, parts.count) { names.insert(parts.prefix(count).joined(separator: ".")) }
    }
    return names.sorted()
  }()

  /// - Throws: ``SettingsFault/unreadable(file:cause:)``, ``SettingsFault/unknownKey(_:file:line:nearest:)`` or
  ///   ``SettingsFault/wrongType(key:file:line:expected:)``. A file that is not there is not this check's to tell.
  func check() throws(SettingsFault) {
    guard let data = FileManager.default.contents(atPath: path) else { return }
    guard case .object(let found) = try json(data) else {
      throw .unreadable(file: path, cause: "it holds JSON, but no settings in braces")
    }
    try check(found, under: [], in: String(decoding: data, as: UTF8.self))
  }

  /// What the file holds.
  /// - Throws: ``SettingsFault/unreadable(file:cause:)`` with the line.
  func json(_ data: Data) throws(SettingsFault) -> CanonicalJSON {
    do throws(CanonicalJSONError) {
      return try CanonicalJSON(parsing: Array(data))
    } catch {
      throw .unreadable(file: path, cause: Self.cause(error, in: data))
    }
  }

  private static func cause(_ error: CanonicalJSONError, in data: Data) -> String {
    switch error {
    case .duplicateMember(let name, let position): "line \(line(position, data)): '\(name)' stands twice in it"
    case .unexpected(_, let position, _), .notUTF8(let position), .loneSurrogate(let position),
      .tooDeep(_, let position), .numberOutOfRange(let position):
      "line \(line(position, data)), \(error)"
    case .integerTooLarge, .notFinite: "\(error)"
    }
  }

  private static func line(_ position: Int, _ data: Data) -> Int {
    data.prefix(position).count { $0 == UInt8(ascii: "\n") } + 1
  }

  private func check(
    _ found: CanonicalJSON.Members, under parts: [String], in text: String
  ) throws(SettingsFault) {
    for member in found.sorted {
      let names = parts + [member.name]
      let key = names.joined(separator: ".")
      if Self.readElsewhere.contains(key) { continue }
      let line = Self.line(of: names, in: text)
      if let kind = Self.settings[key] {
        guard !kind.takes(member.value) else { continue }
        throw .wrongType(key: key, file: path, line: line, expected: kind.expected)
      }
      guard Self.settings.keys.contains(where: { $0.hasPrefix(key + ".") }) else {
        throw .unknownKey(
          key, file: path, line: line, nearest: Nearest.name(to: key, among: Self.names))
      }
      guard case .object(let inner) = member.value else {
        throw .wrongType(key: key, file: path, line: line, expected: "settings of its own, in braces")
      }
      try check(inner, under: names, in: text)
    }
  }

  /// The line on which a key stands, by the names that lead to it; `nil` where one of them is not found.
  static func line(of path: [String], in text: String) -> Int? {
    var rest = text[...]
    for name in path {
      guard let found = rest.firstRange(of: "\"\(name)\"") else { return nil }
      rest = rest[found.upperBound...]
    }
    return text[..<rest.startIndex].count { $0.isNewline } + 1
  }
}
