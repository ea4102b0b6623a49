internal import ArgumentParser
internal import TermsModel
internal import TermsOperations
internal import TermsStore

struct Webhooks: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Those who are told by HTTP of postings and of what becomes of notices.",
    discussion: """
      They are named in the settings file: {"webhooks": {"ops": {"url": "https://hooks.example/terms", "secretFile": \
      "/etc/tenor/webhook-secret", "events": ["version.*", "notice.refused"]}}}. What is to be told is written down with the \
      act itself; 'tenor notices send' sends it, signed (Standard Webhooks), and again until it is taken. 'tenor notices \
      doctor' checks the settings and the way there.
      """,
    subcommands: [List.self, Resume.self], defaultSubcommand: List.self)

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List them, with what waits for each and why.")

    @OptionGroup var options: DatabaseOptions
    @Flag(help: "Print JSON.") var json = false

    func run() async throws {
      let composition = try await Composition(options)
      let standings = try await composition.store(.readOnly).webhooks()
      // The record learns of the settings with the next act; until then they are what somebody looks for here.
      let new = (composition.settings.webhooks ?? []).filter { webhook in
        !standings.contains { $0.name == webhook.name && $0.state != .removed }
      }
      if json { return try JSONOutput.print(standings.map(WebhookJSON.init) + new.map(WebhookJSON.init(new:))) }
      guard !standings.isEmpty || !new.isEmpty else {
        return print("no webhooks; name them under 'webhooks' in the settings file")
      }
      print(Self.table(of: standings, new: new))
    }

    static func table(of standings: [WebhookStanding], new: [WebhookSettings] = []) -> String {
      var table = Table("webhook", "state", "waiting", "refused", "address", "")
      for standing in standings {
        let pause = standing.pausedUntil.map { "next try \($0)" }
        table.add(
          standing.name, standing.state.rawValue, "\(standing.waiting)", "\(standing.refused)", standing.url,
          [standing.lastFailure, pause].compactMap(\.self).joined(separator: "; "))
      }
      for webhook in new {
        table.add(
          webhook.name, WebhookJSON.new, "0", "0", webhook.subscription.url, "told from the next command on that writes"
        )
      }
      return table.text
    }
  }

  struct Resume: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Tell one again that wanted no more or is left alone, and send once more what it refused.")

    @OptionGroup var options: DatabaseOptions
    @Argument(help: "Its name in the settings.") var name: String

    func run() async throws {
      let composition = try await Composition(options)
      let store = try composition.store(.openExisting)
      guard let waiting = try await store.resumeWebhook(name, at: Composition.now()) else {
        throw UnknownWebhook(name: name)
      }
      if let webhooks = composition.settings.webhooks { try store.subscribe(webhooks.map(\.subscription)) }
      print("'\(name)' is told again; \(waiting) messages wait for the next 'tenor notices send'")
    }
  }
}

/// There is no webhook of that name.
struct UnknownWebhook: Refusal, Hashable {
  let name: String

  var description: String { "there is no webhook '\(name)'; name it under 'webhooks' in the settings file" }
}

struct WebhookJSON: Encodable {
  let webhook: String
  let url: String
  /// As ``WebhookStanding/State``, or ``new``.
  let state: String
  let waiting: Int
  let refused: Int
  let waitsSince: Instant?
  let pausedUntil: Instant?
  let lastFailure: String?

  init(_ standing: WebhookStanding) {
    webhook = standing.name
    url = standing.url
    state = standing.state.rawValue
    waiting = standing.waiting
    refused = standing.refused
    waitsSince = standing.waitsSince
    pausedUntil = standing.pausedUntil
    lastFailure = standing.lastFailure
  }

  /// The state of one that is in the settings, and of which the record knows nothing yet.
  static let new = "new"

  init(new webhook: WebhookSettings) {
    self.webhook = webhook.name
    url = webhook.subscription.url
    state = Self.new
    (waiting, refused) = (0, 0)
    (waitsSince, pausedUntil) = (nil, nil)
    lastFailure = nil
  }
}
