internal import Configuration
internal import Foundation
internal import NoticeMail
internal import TermsModel
internal import TermsOperations

/// How notices leave, and how word of them comes back, as an operator sets it.
struct MailRouteSettings: Sendable {
  enum Transport: String, CaseIterable {
    /// Messages are put into a folder: the default, which needs no server.
    case folder
    case smtp
    /// The mail system on this machine, through its program.
    case sendmail
  }

  enum Security: String, CaseIterable {
    case startTLS = "starttls"
    case implicitTLS = "tls"
    case none
  }

  /// `mail.transport`.
  let transport: Transport
  /// `mail.smtp.host`, `mail.smtp.port`: the port that goes with the security where not set.
  let host: String?
  let port: Int?
  /// `mail.smtp.tls`.
  let security: Security
  /// `mail.smtp.caFile`: certificates to trust, in PEM; the system's where not set.
  let certificates: String?
  /// `mail.smtp.user`, `mail.smtp.passwordFile`: the password itself is in no setting, so that no listing shows it.
  let user: String?
  let passwordFile: String?
  /// `mail.smtp.greeting`: this machine's name, as the server is greeted with it.
  let greeting: String
  /// `mail.smtp.replyTimeout`: seconds to wait for each reply.
  let replyTimeout: Int?
  /// `mail.sendmail.program`.
  let program: String
  /// `mail.reports`: who asks for delivery reports.
  let reports: SMTPSettings.DeliveryReports
  /// `mail.return.mailbox`, `mail.return.domain`, `mail.return.keyFile`: the addresses to which reports come back.
  let returnMailbox: String
  let returnDomain: String?
  let returnKeyFile: String?
  /// `mail.ownHosts`: the names under which our own mail systems report; the server's and this machine's where not set.
  let ownHosts: [String]
  /// `mail.relays`: hosts that only hand our messages on.
  let relays: [String]
  /// `mail.receipt`: which actions of a report count as receipt.
  let receipt: Set<DeliveryReport.Action>
  /// `mail.templates`: a folder of templates that replace the built-in wording.
  let templates: String?

  init(_ reader: ConfigReader) throws {
    transport = try reader.choice("mail.transport", default: .folder)
    host = reader.string(forKey: "mail.smtp.host")
    port = try reader.number("mail.smtp.port", in: 1...65_535)
    security = try reader.choice("mail.smtp.tls", default: .startTLS)
    certificates = reader.string(forKey: "mail.smtp.caFile")
    user = reader.string(forKey: "mail.smtp.user")
    passwordFile = reader.string(forKey: "mail.smtp.passwordFile")
    greeting = reader.string(forKey: "mail.smtp.greeting", default: Self.machineName)
    replyTimeout = try reader.number("mail.smtp.replyTimeout", in: 1...3600)
    program = reader.string(forKey: "mail.sendmail.program", default: "/usr/sbin/sendmail")
    reports = try reader.choice("mail.reports", default: .wire)
    returnMailbox = reader.string(forKey: "mail.return.mailbox", default: "bounce")
    returnDomain = reader.string(forKey: "mail.return.domain")
    returnKeyFile = reader.string(forKey: "mail.return.keyFile")
    ownHosts = reader.list("mail.ownHosts") ?? [host, greeting].compactMap { $0 }
    relays = reader.list("mail.relays") ?? []
    receipt = try reader.choices("mail.receipt", default: [.delivered, .relayed, .expanded])
    templates = reader.string(forKey: "mail.templates")
  }

  private static var machineName: String {
    let name = ProcessInfo.processInfo.hostName
    return name.isEmpty ? "localhost" : name
  }
}

// MARK: - What they become

extension MailRouteSettings {
  func smtp() throws -> SMTPSettings {
    guard let host else { throw SettingsFault.missing(key: "mail.smtp.host", because: "mail.transport is 'smtp'") }
    let security: SMTPSettings.Security =
      switch security {
      case .startTLS: .startTLS
      case .implicitTLS: .implicitTLS
      case .none: .none
      }
    let (certificates, credentials) = (try certificatesFile(), try credentials())
    do throws(SMTPSettingsError) {
      return try SMTPSettings(
        host: host, port: port, greeting: greeting, security: security, certificates: certificates,
        credentials: credentials, deliveryReports: reports, replyTimeout: replyTimeout ?? 600)
    } catch {
      throw SettingsFault.unusable(settings: "mail.smtp", cause: "\(error)")
    }
  }

  private func certificatesFile() throws -> String? {
    guard let certificates else { return nil }
    _ = try Self.contents(of: certificates, key: "mail.smtp.caFile")
    return certificates
  }

  private func credentials() throws -> SMTPSettings.Credentials? {
    guard let user else {
      guard passwordFile == nil else {
        throw SettingsFault.missing(key: "mail.smtp.user", because: "mail.smtp.passwordFile is set")
      }
      return nil
    }
    guard let passwordFile else {
      throw SettingsFault.missing(key: "mail.smtp.passwordFile", because: "mail.smtp.user is set")
    }
    return .init(user: user, password: try Self.secret(in: passwordFile, key: "mail.smtp.passwordFile"))
  }

  /// Where reports come back to; `nil` where no domain is set for them.
  func returnAddress() throws -> ReturnAddress? {
    guard let returnDomain else {
      guard returnKeyFile == nil else {
        throw SettingsFault.missing(key: "mail.return.domain", because: "mail.return.keyFile is set")
      }
      return nil
    }
    guard let returnKeyFile else {
      throw SettingsFault.missing(key: "mail.return.keyFile", because: "mail.return.domain is set")
    }
    let key = Array(try Self.secret(in: returnKeyFile, key: "mail.return.keyFile").utf8)
    do throws(ReturnAddressError) {
      return try ReturnAddress(mailbox: returnMailbox, domain: returnDomain, key: key)
    } catch {
      throw SettingsFault.unusable(settings: "mail.return", cause: "\(error)")
    }
  }

  var reportRules: ReportRules { ReportRules(ownHosts: Set(ownHosts), relays: Set(relays), receipt: receipt) }

  /// Files of secrets that others on this machine can read, by their settings.
  var exposedSecrets: [(key: String, path: String)] {
    [("mail.smtp.passwordFile", passwordFile), ("mail.return.keyFile", returnKeyFile)].compactMap { key, path in
      guard let path,
        let mode = try? FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int, mode & 0o077 != 0
      else { return nil }
      return (key, path)
    }
  }

  /// What a file holds, without the line end that editors and `openssl rand` leave.
  private static func secret(in path: String, key: String) throws(SettingsFault) -> String {
    let text = try contents(of: path, key: key).trimmingCharacters(in: .whitespacesAndNewlines)
    guard !text.isEmpty else { throw .unreadableFile(key: key, path: path, cause: "it is empty") }
    return text
  }

  private static func contents(of path: String, key: String) throws(SettingsFault) -> String {
    do {
      return try String(contentsOfFile: path, encoding: .utf8)
    } catch {
      throw .unreadableFile(
        key: key, path: path,
        cause: FileManager.default.fileExists(atPath: path) ? "it may not be read, or is no text" : "there is none")
    }
  }
}

// MARK: - Reading

extension ConfigReader {
  fileprivate func choice<Choice: RawRepresentable & CaseIterable>(
    _ key: String, default fallback: Choice
  ) throws(SettingsFault) -> Choice where Choice.RawValue == String {
    guard let text = string(forKey: ConfigKey(key)) else { return fallback }
    guard let choice = Choice(rawValue: text.lowercased()) else {
      throw .badChoice(key: key, text: text, choices: Choice.allCases.map(\.rawValue))
    }
    return choice
  }

  fileprivate func choices<Choice: RawRepresentable & CaseIterable & Hashable>(
    _ key: String, default fallback: Set<Choice>
  ) throws(SettingsFault) -> Set<Choice> where Choice.RawValue == String {
    guard let words = list(key) else { return fallback }
    var chosen: Set<Choice> = []
    for word in words {
      guard let choice = Choice(rawValue: word.lowercased()) else {
        throw .badChoice(key: key, text: word, choices: Choice.allCases.map(\.rawValue))
      }
      chosen.insert(choice)
    }
    return chosen
  }

  /// A number, which the environment has as text and a file as a number or as text.
  func number(_ key: String, in range: ClosedRange<Int>) throws(SettingsFault) -> Int? {
    let text = string(forKey: ConfigKey(key))
    let number = text.flatMap { Int($0) } ?? (text == nil ? int(forKey: ConfigKey(key)) : nil)
    guard text != nil || number != nil else { return nil }
    guard let number, range.contains(number) else {
      throw .badNumber(key: key, text: text ?? "\(number ?? 0)", range: range)
    }
    return number
  }

  /// Words with commas between them, or a file's array.
  fileprivate func list(_ key: String) -> [String]? {
    let words =
      string(forKey: ConfigKey(key)).map { $0.split(separator: ",").map(String.init) }
      ?? stringArray(forKey: ConfigKey(key))
    return words.map { $0.map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty } }
  }
}
