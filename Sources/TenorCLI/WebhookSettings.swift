internal import Foundation
internal import NoticeMail
internal import TermsOperations
internal import TermsStore

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

  /// Whether others on this machine can read the secrets.
  var isExposed: Bool {
    let mode = try? FileManager.default.attributesOfItem(atPath: secretFile)[.posixPermissions] as? Int
    return mode.map { $0 & 0o077 != 0 } ?? false
  }
}

// MARK: - Reading

extension WebhookSettings {
  private struct File: Decodable {
    struct Entry: Decodable {
      let url: String?
      let secretFile: String?
      let events: [String]?
      let allowPrivate: Bool?
      let caFile: String?
    }

    let webhooks: [String: Entry]?
  }

  /// The webhooks of the settings file; `nil` where it says nothing of any.
  static func load(environment: [String: String]) throws(SettingsFault) -> [WebhookSettings]? {
    let path = environment["TENOR_CONFIG"] ?? "tenor.json"
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    return try read(data, of: path)
  }

  static func read(_ data: Data, of path: String) throws(SettingsFault) -> [WebhookSettings]? {
    try refuseUnknownMembers(data)
    let file: File
    do {
      file = try JSONDecoder().decode(File.self, from: data)
    } catch {
      throw .unusable(
        settings: "webhooks",
        cause: "they are not read as {\"NAME\": {\"url\": TEXT, \"secretFile\": PATH, \"events\": [TEXT]}} in '\(path)'"
      )
    }
    guard let entries = file.webhooks else { return nil }
    var webhooks: [WebhookSettings] = []
    for (name, entry) in entries.sorted(by: { $0.key < $1.key }) { webhooks.append(try WebhookSettings(name, entry)) }
    return webhooks
  }

  private init(_ name: String, _ entry: File.Entry) throws(SettingsFault) {
    let key = "webhooks.\(name)"
    guard !name.isEmpty, name.count <= 40, name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") })
    else { throw .unusable(settings: key, cause: "a webhook's name has letters, digits and hyphens, 40 at most") }
    guard let url = entry.url else { throw .missing(key: "\(key).url", because: "the webhook '\(name)' is set") }
    guard let secretFile = entry.secretFile else {
      throw .missing(key: "\(key).secretFile", because: "messages to a webhook are signed")
    }
    do throws(WebhookAddressError) {
      address = try WebhookAddress(url)
    } catch {
      throw .unusable(settings: "\(key).url", cause: "\(error)")
    }
    var events: Set<WebhookEvent> = []
    for word in entry.events ?? ["*"] {
      let named = WebhookEvent.named(word)
      guard !named.isEmpty else {
        throw .badChoice(
          key: "\(key).events", text: word,
          choices: ["*", "version.*", "notice.*"] + WebhookEvent.allCases.map(\.rawValue))
      }
      events.formUnion(named)
    }
    self.name = name
    self.secretFile = secretFile
    self.events = events
    allowsPrivate = entry.allowPrivate ?? false
    certificates = entry.caFile
  }

  /// A member that is misspelled would be left out without a word.
  private static func refuseUnknownMembers(_ data: Data) throws(SettingsFault) {
    let known = ["url", "secretFile", "events", "allowPrivate", "caFile"]
    let file = (try? JSONSerialization.jsonObject(with: data)) as? [String: Any]
    guard let webhooks = file?["webhooks"] as? [String: Any] else { return }
    for (name, entry) in webhooks {
      guard let unknown = (entry as? [String: Any])?.keys.filter({ !known.contains($0) }).min() else { continue }
      throw .unusable(
        settings: "webhooks.\(name)", cause: "there is no '\(unknown)'; known: \(known.joined(separator: ", "))")
    }
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
    for webhook in webhooks { secrets[webhook.name] = try webhook.secrets() }
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
