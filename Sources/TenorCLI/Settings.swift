internal import Configuration
internal import Foundation
internal import SystemPackage
internal import TermsModel

/// What an operator can set: in the environment, then in a file.
///
/// The environment wins. The file is JSON, named by `TENOR_CONFIG`, or `tenor.json` in the current folder where there
/// is one. A key `mail.from` is `TENOR_MAIL_FROM` in the environment and `{"mail": {"from": …}}` in the file.
struct Settings: Sendable {
  /// `database`: the path of the record; `tenor.sqlite` where nothing says otherwise.
  let database: String
  /// `key.file`: the key that signs the log; beside the record where not set.
  let keyFile: String?
  /// `timestamp.ca`: the file with the certificates of the authority that stamps checkpoints; stamps are not checked where
  /// not set.
  let timestampCA: String?
  /// `actor`: who acts, as the log will say; the login name where not set.
  let actor: String
  /// `base.url`: where the web service is reached from outside, without a slash at the end.
  let baseURL: String?
  /// `mail.from`: the address that notices come from.
  let mailFrom: EmailAddress
  /// `mail.from.name`: the name beside it.
  let mailFromName: String
  /// `mail.reply.to`: where answers go; ``mailFrom`` where not set.
  let mailReplyTo: EmailAddress?
  /// `mail.folder`: where the folder transport puts its messages; `outbox` where not set.
  let mailFolder: String
  /// `mail.transport` and what goes with it.
  let mail: MailRouteSettings
  /// `notices.graceMinutes`: how long reports are awaited before a notice of which nobody knows whether it went out is
  /// sent again; 30 where not set.
  let graceMinutes: Int
  /// `webhooks`: who is told by HTTP; `nil` where the settings file says nothing of any.
  let webhooks: [WebhookSettings]?

  static func load(environment: [String: String]) async throws -> Settings {
    var providers: [any ConfigProvider] = [EnvironmentVariablesProvider(environmentVariables: environment)]
    let named = environment["TENOR_CONFIG"]
    // Looked at first: what is wrong is told with its line, which the reader of settings does not know.
    let file = SettingsFile(named ?? "tenor.json")
    if let named, !FileManager.default.isReadableFile(atPath: named) {
      throw SettingsFault.unreadable(
        file: named, cause: FileManager.default.fileExists(atPath: named) ? "it may not be read" : "there is none")
    }
    try file.check()
    do {
      providers.append(
        try await KeyMappingProvider(
          upstream: FileProvider<JSONSnapshot>(
            filePath: FilePath(named ?? "tenor.json"), allowMissing: named == nil),
          keyMapper: { key in AbsoluteConfigKey(Array(key.components.dropFirst()), context: key.context) }))
    } catch {
      throw SettingsFault.unreadable(file: named ?? "tenor.json", cause: "\(error)")
    }
    let reader = ConfigReader(providers: providers).scoped(to: "tenor")
    return Settings(
      database: reader.string(forKey: "database", default: "tenor.sqlite"),
      keyFile: reader.string(forKey: "key.file"),
      timestampCA: reader.string(forKey: "timestamp.ca"),
      actor: [reader.string(forKey: "actor"), environment["LOGNAME"], environment["USER"]]
        .compactMap(\.self).first { !$0.isEmpty } ?? "operator",
      baseURL: reader.string(forKey: "base.url").map(withoutSlash),
      mailFrom: try address(reader.string(forKey: "mail.from"), key: "mail.from") ?? defaultSender,
      mailFromName: reader.string(forKey: "mail.from.name", default: "Terms notices"),
      mailReplyTo: try address(reader.string(forKey: "mail.reply.to"), key: "mail.reply.to"),
      mailFolder: reader.string(forKey: "mail.folder", default: "outbox"),
      mail: try MailRouteSettings(reader),
      graceMinutes: try reader.number("notices.graceMinutes", in: 0...10_080) ?? 30,
      webhooks: try WebhookSettings.load(environment: environment))
  }

  /// Whether notices would come from nobody, since no sender is set.
  var lacksSender: Bool { mailFrom.domain.lowercased().hasSuffix(".invalid") }

  /// The sender of an installation that set none: an address that can never be reached (RFC 2606).
  private static var defaultSender: EmailAddress {
    get throws { try EmailAddress(checking: "notices@terms.invalid") }
  }

  private static func address(_ text: String?, key: String) throws -> EmailAddress? {
    guard let text else { return nil }
    do {
      return try EmailAddress(checking: text)
    } catch {
      throw SettingsFault.badAddress(key: key, text: text, cause: "\(error)")
    }
  }

  private static func withoutSlash(_ url: String) -> String {
    url.hasSuffix("/") ? String(url.dropLast()) : url
  }
}

extension SettingsFault {
  /// The setting that is wrong; `nil` where it is none by itself.
  private var key: String? {
    switch self {
    case .badAddress(let key, _, _), .badChoice(let key, _, _), .badNumber(let key, _, _),
      .unreadableFile(let key, _, _):
      key
    case .unreadable, .missing, .unusable, .unknownKey, .wrongType, .webhook: nil
    }
  }

  /// Where the wrong setting stands: `TENOR_MAIL_TRANSPORT in the environment`, `tenor.json, line 3`; `nil` where it stands
  /// nowhere by itself.
  func place(environment: [String: String]) -> String? {
    guard let key else { return nil }
    let variable = Self.variable(key)
    if environment[variable] != nil { return "\(variable) in the environment" }
    let file = environment["TENOR_CONFIG"] ?? "tenor.json"
    guard let text = try? String(contentsOfFile: file, encoding: .utf8) else { return nil }
    return file
      + (SettingsFile.line(of: key.split(separator: ".").map(String.init), in: text).map { ", line \($0)" } ?? "")
  }
}

/// What is wrong with the settings.
enum SettingsFault: Error, Hashable, CustomStringConvertible {
  case unreadable(file: String, cause: String)
  /// A key of the file that is none, with the line on which it stands, where that could be told, and the nearest one.
  case unknownKey(String, file: String, line: Int?, nearest: String?)
  case wrongType(key: String, file: String, line: Int?, expected: String)
  case badAddress(key: String, text: String, cause: String)
  case badChoice(key: String, text: String, choices: [String])
  case badNumber(key: String, text: String, range: ClosedRange<Int>)
  case missing(key: String, because: String)
  /// A file that a setting names.
  case unreadableFile(key: String, path: String, cause: String)
  /// One of a webhook's settings, or the webhook as a whole.
  case webhook(String, field: String?, file: String, line: Int?, cause: String)
  /// Settings that are well formed one by one and cannot be used together.
  case unusable(settings: String, cause: String)

  var description: String {
    switch self {
    case .unreadable(let file, let cause):
      "the settings file '\(file)' cannot be read (\(cause)); mend it, or point TENOR_CONFIG elsewhere"
    case .unknownKey(let key, let file, let line, let nearest):
      "\(Self.place(file, line)): there is no setting '\(key)'; "
        + (nearest.map { "did you mean '\($0)'?" } ?? "the README lists them all")
    case .wrongType(let key, let file, let line, let expected):
      "\(Self.place(file, line)): the setting '\(key)' needs \(expected)"
    case .badAddress(let key, let text, let cause):
      "the setting '\(key)' is '\(text)', but \(cause)"
    case .badChoice(let key, let text, let choices):
      "the setting '\(key)' is '\(text)'; choose one of \(choices.map { "'\($0)'" }.joined(separator: ", "))"
    case .badNumber(let key, let text, let range):
      "the setting '\(key)' is '\(text)'; give a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .missing(let key, let because):
      "the setting '\(key)' is missing, but \(because); put \(Self.json(key)) into tenor.json, "
        + "or set \(Self.variable(key))=\(Self.example(key)) in the environment"
    case .unreadableFile(let key, let path, let cause):
      "the file '\(path)' of the setting '\(key)' cannot be read: \(cause); check the path and its permissions"
    case .webhook(let name, let field, let file, let line, let cause):
      "\(Self.place(file, line)): \(field.map { "'\($0)' of " } ?? "")the webhook '\(name)' \(cause)"
    case .unusable(let settings, let cause):
      "the settings '\(settings)' cannot be used: \(cause)"
    }
  }

  private static func place(_ file: String, _ line: Int?) -> String { file + (line.map { ", line \($0)" } ?? "") }

  /// A value that the setting could have.
  private static func example(_ key: String) -> String {
    switch key {
    case "mail.from": "notices@terms.example"
    case "mail.smtp.host": "mail.terms.example"
    case "mail.smtp.user": "tenor"
    case "mail.smtp.passwordFile": "/etc/tenor/smtp-password"
    case "mail.return.domain": "bounces.terms.example"
    case "mail.return.keyFile": "/etc/tenor/return-key"
    default: "…"
    }
  }

  /// `{"mail": {"from": "notices@terms.example"}}` for `mail.from`.
  private static func json(_ key: String) -> String {
    key.split(separator: ".").reversed().reduce("\"\(example(key))\"") { inner, name in "{\"\(name)\": \(inner)}" }
  }

  /// `TENOR_MAIL_SMTP_PASSWORD_FILE` for `mail.smtp.passwordFile`.
  static func variable(_ key: String) -> String {
    "TENOR_"
      + key.map { $0 == "." ? "_" : $0.isUppercase ? "_\($0)" : $0.uppercased() }.joined()
  }
}
