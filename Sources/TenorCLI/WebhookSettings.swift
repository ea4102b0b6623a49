internal import Foundation
internal import NoticeMail
internal import TermsOperations
internal import TermsParsing
internal import TermsStore
internal import Transparency

/// A webhook as an operator sets it, by its name under `webhooks` in the settings file.
///
/// The environment cannot hold it: a table of names is no setting of its own.
struct WebhookSettings: Hashable, Sendable {
  let name: String
  /// `url`.
  let address: WebhookAddress
  /// `secretFile`: the secrets, one a line; all sign, so that an old and a new one can be good at once.
  let secretFile: String
  /// `events`: names, or `version.*`, `notice.*`, `*`; all of them where not set.
  let events: Set<WebhookEvent>
  /// `allowPrivate`: whether it may be in a private network.
  let allowsPrivate: Bool
  /// `caFile`: certificates to trust, in PEM; the system's where not set.
  let certificates: String?

  var subscription: WebhookSubscription { WebhookSubscription(name: name, url: address.url, events: events) }

  var route: WebhookPost.Route {
    WebhookPost.Route(address: address, allowsPrivate: allowsPrivate, certificates: certificates)
  }

  /// The secrets in the file.
  func secrets() throws(SettingsFault) -> [WebhookSecret] {
    let key = "webhooks.\(name).secretFile"
    guard let text = try? String(contentsOfFile: secretFile, encoding: .utf8) else {
      throw .unreadableFile(
        key: key, path: secretFile,
        cause: FileManager.default.fileExists(atPath: secretFile)
          ? "it may not be read, or is no text" : "there is none")
    }
    var secrets: [WebhookSecret] = []
    for line in text.split(whereSeparator: \.isNewline).map({ $0.trimmingCharacters(in: .whitespaces) }) {
      guard !line.isEmpty, !line.hasPrefix("#") else { continue }
      do throws(WebhookSecretError) {
        secrets.append(try WebhookSecret(line))
      } catch {
        throw .unreadableFile(key: key, path: secretFile, cause: "\(error)")
      }
    }
    guard !secrets.isEmpty else { throw .unreadableFile(key: key, path: secretFile, cause: "it holds no secret") }
    return secrets
  }

  /// Sees to it that the certificates can be read, where the settings name any: without them nobody's name is proved, and
  /// nothing is told.
  func requireCertificates() throws(SettingsFault) {
    guard let certificates else { return }
    let key = "webhooks.\(name).caFile"
    guard let text = try? String(contentsOfFile: certificates, encoding: .utf8) else {
      throw .unreadableFile(
        key: key, path: certificates,
        cause: FileManager.default.fileExists(atPath: certificates)
          ? "it may not be read, or is no text" : "there is none")
    }
    guard text.contains("-----BEGIN CERTIFICATE-----") else {
      throw .unreadableFile(key: key, path: certificates, cause: "it holds no certificate in PEM")
    }
  }

  /// Whether others on this machine can read the secrets.
  var isExposed: Bool {
    let mode = try? FileManager.default.attributesOfItem(atPath: secretFile)[.posixPermissions] as? Int
    return mode.map { $0 & 0o077 != 0 } ?? false
  }
}

// MARK: - Reading

extension WebhookSettings {
  /// The webhooks of the settings file; `nil` where it says nothing of any.
  static func load(environment: [String: String]) throws(SettingsFault) -> [WebhookSettings]? {
    let path = environment["TENOR_CONFIG"] ?? "tenor.json"
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    return try read(data, of: path)
  }

  static func read(_ data: Data, of path: String) throws(SettingsFault) -> [WebhookSettings]? {
    guard case .object(let settings) = try SettingsFile(path).json(data), let found = settings["webhooks"] else {
      return nil
    }
    let text = String(decoding: data, as: UTF8.self)
    guard case .object(let entries) = found else {
      throw .wrongType(
        key: "webhooks", file: path, line: SettingsFile.line(of: ["webhooks"], in: text),
        expected: "the webhooks by their names: \(Entry.example)")
    }
    var webhooks: [WebhookSettings] = []
    for member in entries.sorted {
      webhooks.append(try WebhookSettings(Entry(name: member.name, value: member.value, file: path, text: text)))
    }
    return webhooks
  }

  private init(_ entry: Entry) throws(SettingsFault) {
    try entry.check()
    let url = try entry.required("url", because: "is where its messages go")
    do throws(WebhookAddressError) {
      address = try WebhookAddress(url)
    } catch {
      throw entry.wrong("url", "cannot be used: \(error)")
    }
    secretFile = try entry.required("secretFile", because: "names the secret with which its messages are signed")
    events = try entry.events()
    allowsPrivate = try entry.flag("allowPrivate") ?? false
    certificates = try entry.words("caFile")
    name = entry.name
  }
}

/// One webhook as the file has it.
private struct Entry {
  static let example = #"{"ops": {"url": "https://hooks.example/terms", "secretFile": "/etc/tenor/webhook-secret"}}"#
  private static let known = ["url", "secretFile", "events", "allowPrivate", "caFile"]

  let name: String
  private let value: CanonicalJSON
  private let file: String
  private let text: String

  init(name: String, value: CanonicalJSON, file: String, text: String) {
    self.name = name
    self.value = value
    self.file = file
    self.text = text
  }

  private var members: CanonicalJSON.Members? { if case .object(let members) = value { members } else { nil } }

  /// - Parameter field: `nil` where it is wrong as a whole.
  func wrong(_ field: String?, _ cause: String) -> SettingsFault {
    let path = ["webhooks", name] + (field.map { [$0] } ?? [])
    return .webhook(name, field: field, file: file, line: SettingsFile.line(of: path, in: text), cause: cause)
  }

  func check() throws(SettingsFault) {
    guard !name.isEmpty, name.count <= 40, name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") })
    else { throw wrong(nil, "needs another name: letters, digits and hyphens, 40 at most") }
    guard let members else { throw wrong(nil, "needs settings of its own, in braces, as in \(Self.example)") }
    guard let unknown = members.sorted.first(where: { !Self.known.contains($0.name) })?.name else { return }
    let nearest = Nearest.name(to: unknown, among: Self.known).map { "; did you mean '\($0)'?" }
    throw wrong(unknown, "is no setting" + (nearest ?? "; there are \(Self.known.joined(separator: ", "))"))
  }

  func words(_ field: String) throws(SettingsFault) -> String? {
    guard let value = members?[field] else { return nil }
    guard case .string(let words) = value, !words.allSatisfy(\.isWhitespace) else {
      throw wrong(field, "needs a text in quotes; leave it out where there is nothing to say")
    }
    return words
  }

  func required(_ field: String, because: String) throws(SettingsFault) -> String {
    guard members?[field] != nil else { throw wrong(nil, "has no '\(field)', which \(because); add it") }
    guard let value = members?[field], case .string(let words) = value, !words.allSatisfy(\.isWhitespace) else {
      throw wrong(field, "needs a text in quotes: it \(because)")
    }
    return words
  }

  func flag(_ field: String) throws(SettingsFault) -> Bool? {
    guard let value = members?[field] else { return nil }
    guard case .bool(let flag) = value else { throw wrong(field, "needs true or false, without quotes") }
    return flag
  }

  /// All events where none are named.
  func events() throws(SettingsFault) -> Set<WebhookEvent> {
    guard let value = members?["events"] else { return Set(WebhookEvent.allCases) }
    let list = "a list of texts, such as [\"version.*\", \"notice.refused\"]"
    guard case .array(let elements) = value else { throw wrong("events", "needs \(list)") }
    guard !elements.isEmpty else {
      throw wrong(
        "events", "is empty, so that it would be told of nothing; leave it out for all events, or give \(list)")
    }
    var events: Set<WebhookEvent> = []
    for element in elements {
      guard case .string(let word) = element else { throw wrong("events", "needs \(list)") }
      let named = WebhookEvent.named(word)
      guard !named.isEmpty else {
        let choices = ["*", "version.*", "notice.*"] + WebhookEvent.allCases.map(\.rawValue)
        throw wrong(
          "events", "has '\(word)'; choose from \(choices.map { "'\($0)'" }.joined(separator: ", "))")
      }
      events.formUnion(named)
    }
    return events
  }
}

// MARK: - What they become

extension Composition {
  /// Tells the webhooks of the settings what is due.
  /// - Returns: `nil` where the settings say nothing of any.
  func tellWebhooks(over record: any WebhookRecord) async throws -> WebhookReport? {
    guard let webhooks = settings.webhooks, let lock = try SenderLock(ofDatabaseAt: path, for: .webhooks) else {
      return nil
    }
    defer { withExtendedLifetime(lock) {} }
    var secrets: [String: [WebhookSecret]] = [:]
    for webhook in webhooks {
      secrets[webhook.name] = try webhook.secrets()
      try webhook.requireCertificates()
    }
    return try await WebhookRun(record: record, transport: webhookPost(), secrets: secrets, now: Self.now).send()
  }

  func webhookPost() -> WebhookPost {
    WebhookPost(
      routes: Dictionary(uniqueKeysWithValues: (settings.webhooks ?? []).map { ($0.name, $0.route) }))
  }

  /// What stands in the way of each webhook.
  func webhookChecks() async -> [MailCheck] {
    let standings = (try? await store(.readOnly).webhooks()) ?? []
    var checks: [MailCheck] = []
    for webhook in settings.webhooks ?? [] {
      let name = "webhook \(webhook.name)"
      do throws(SettingsFault) {
        _ = try webhook.secrets()
        try webhook.requireCertificates()
      } catch {
        checks.append(MailCheck(name, .bad, "\(error)"))
        continue
      }
      if webhook.isExposed {
        checks.append(
          MailCheck(
            name, .doubtful,
            "'\(webhook.secretFile)' can be read by others on this machine; run: chmod 600 '\(webhook.secretFile)'"))
      }
      if let standing = standings.first(where: { $0.name == webhook.name }) {
        if standing.state == .gone {
          checks.append(
            MailCheck(
              name, .doubtful,
              "it said that it wants no more messages (410), and gets none; change its url, or run "
                + "'tenor webhooks resume \(webhook.name)'"))
          continue
        }
        if standing.refused > 0 {
          checks.append(
            MailCheck(
              name, .doubtful,
              "it refused \(standing.refused) messages (\(standing.lastFailure ?? "see the record")); mend the cause and "
                + "run 'tenor webhooks resume \(webhook.name)'"))
        }
      }
      let obstacle = await webhookPost().obstacle(to: webhook.name)
      checks.append(
        obstacle.map { MailCheck(name, .doubtful, $0 + "; messages to it wait") }
          ?? MailCheck(
            name, .good, "\(webhook.address.host) is there, and is told of \(webhook.events.count) kinds of events"))
    }
    return checks
  }
}
