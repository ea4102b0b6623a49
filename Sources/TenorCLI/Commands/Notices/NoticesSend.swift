internal import ArgumentParser
internal import TermsModel
internal import TermsOperations
internal import TermsStore

/// Sends what is due: the command that cron runs.
struct NoticesSend: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "send",
    abstract: "Send the notices that are due. For cron: quiet when there is nothing, one line when there was.",
    discussion: """
      Only one run sends at a time; a second one says so and ends with 0. Ends with 75 where the way out is closed (what \
      was not sent is still due), with 3 where a notice was refused, its fate is unknown, or one waits for two days: \
      'tenor notices status' then says who has to be told otherwise. With the key that signs the log at hand, each letter \
      carries the log's signed state, so that whoever gets it is a witness to all that was on record by then. Webhooks of the \
      settings are told afterwards ('tenor webhooks'); one that refused a message or wants no more ends it with 3, too.
      """)

  @OptionGroup var options: DatabaseOptions
  @OptionGroup var key: KeyOptions
  @Option(help: "How many at most.", transform: Arguments.count) var limit: Int?
  @Option(help: "How many a minute at most.", transform: Arguments.count) var maxPerMinute: Int?
  @Flag(help: "Say what would be sent, and send nothing.") var dryRun = false
  @Flag(help: "Print JSON.") var json = false

  func run() async throws {
    let composition = try await Composition(options)
    if dryRun { return try await showPlan(composition) }
    let lacksSender = composition.settings.lacksSender
    if lacksSender, composition.settings.mail.transport != .folder {
      throw SettingsFault.missing(key: "mail.from", because: "notices would come from nobody")
    }
    let transport = try composition.transport()
    let composer = try composition.composer()
    let store = try composition.store(.openExisting)
    var lock = try SenderLock(ofDatabaseAt: composition.path)
    guard lock != nil else { return Terminal.complain("another run is sending already; nothing to do here") }
    let registry = composition.registry(over: store)
    try await sign(store, composition)
    let plan = SendingPlan(
      baseURL: composition.settings.baseURL, links: try await composition.links(over: store), log: store, limit: limit,
      maxPerMinute: maxPerMinute,
      grace: Int64(composition.settings.graceMinutes) * 60,
      pause: { try await Task.sleep(for: .milliseconds($0)) })
    let terminal = Terminal.current
    let progress = Progress(
      label: "notices", total: terminal.isErrorInteractive ? try await waiting(store) : nil,
      shown: terminal.isErrorInteractive)
    let report = try await registry.sendNotices(through: transport, composer: composer, by: plan) { notice, outcome in
      progress.advance(by: 1)
      if case .rejected(let reason) = outcome {
        Terminal.complain("notice \(notice.number) to developer '\(notice.developer)' was refused: \(reason)")
      }
    }
    progress.finish()
    withExtendedLifetime(lock) {}
    // However long somebody's webhook takes, the next run can send notices.
    lock = nil
    let stuck = try await stuck(store)
    let webhooks = try await composition.tellWebhooks(over: store)
    if json {
      try JSONOutput.print(SendingJSON(report, waitsSince: stuck?.plannedAt, webhooks: webhooks))
    } else {
      Self.tell(report)
      if let webhooks { Self.tell(webhooks) }
    }
    for complaint in webhooks?.complaints ?? [] { Terminal.complain(complaint) }
    let untold = try await webhooksInNeed(store)
    if let reason = report.unavailable {
      Terminal.complain("the transport is unavailable: \(reason); what was not sent is still due")
    }
    if lacksSender, report.total > 0 {
      Terminal.complain("the letters come from \(composition.settings.mailFrom), which is nobody's; set mail.from")
    }
    if let stuck {
      Terminal.complain(
        "notice \(stuck.number) to developer '\(stuck.developer)' has waited since \(stuck.plannedAt); "
          + "see 'tenor notices status'")
    }
    if report.unavailable != nil { throw Ending.tryAgain }
    if report.refused + report.unknown > 0 || stuck != nil || untold { throw Ending.atRisk }
  }

  /// Signs the log where a letter is due about something that no checkpoint covers yet, and the key is at hand.
  private func sign(_ store: TermsStore, _ composition: Composition) async throws {
    guard composition.keyFile(key).exists, try await !store.logKeys().isEmpty else { return }
    let size = Int64(try await store.lastCheckpoint()?.size ?? 0)
    guard try await store.dueNotices(at: Composition.now(), limit: 1000).contains(where: { $0.planned > size }) else {
      return
    }
    _ = try await composition.checkpoint(with: composition.logKeeper(over: store), key)
  }

  /// How many notices this run may get to send.
  private func waiting(_ store: TermsStore) async throws -> Int {
    let queued = try await store.noticeCounts(of: nil, version: nil).filter { $0.state == .queued }
    return min(limit ?? .max, queued.reduce(0) { $0 + $1.count })
  }

  /// After two days a notice that still waits is for a person to look at; it is not dropped.
  private static let patience: Int64 = 48 * 3600

  private func stuck(_ store: TermsStore) async throws -> OutboxNotice? {
    guard let oldest = try await store.longestWaiting() else { return nil }
    return oldest.plannedAt.adding(seconds: Self.patience) <= Composition.now() ? oldest : nil
  }

  /// Whether a webhook needs a person: it refused something, wants no more, or was not to be had for two days.
  private func webhooksInNeed(_ store: TermsStore) async throws -> Bool {
    let limit = Composition.now().adding(seconds: -Self.patience)
    return try await store.webhooks().contains { webhook in
      webhook.state == .gone
        || webhook.state == .active
          && (webhook.refused > 0 || webhook.waitsSince.map { $0 <= limit } == true)
    }
  }

  private func showPlan(_ composition: Composition) async throws {
    let record = try composition.reader().record
    let due = try await record.dueNotices(at: Composition.now(), limit: limit ?? .max)
    if json { return try JSONOutput.print(due.map(NoticeJSON.init)) }
    guard !due.isEmpty else { return print("nothing is due") }
    print(Notices.table(of: due))
  }

  /// One line, and none where there was nothing to do.
  private static func tell(_ report: SendingReport) {
    guard report.total > 0 else { return }
    var parts = ["\(report.accepted) sent"]
    for (count, word) in [
      (report.refused, "refused"), (report.unknown, "unknown"), (report.postponed, "put off"),
      (report.requeued, "of them once more"),
    ] where count > 0 {
      parts.append("\(count) \(word)")
    }
    print("notices: " + parts.joined(separator: ", "))
  }
}

extension NoticesSend {
  private static func tell(_ report: WebhookReport) {
    guard report.total > 0 else { return }
    let again = report.unavailable + report.unknown
    var parts = ["\(report.accepted) told"]
    for (count, word) in [(report.refused, "refused"), (again, "to be told again")] where count > 0 {
      parts.append("\(count) \(word)")
    }
    print("webhooks: " + parts.joined(separator: ", "))
  }
}

struct SendingJSON: Encodable {
  struct Webhooks: Encodable {
    let accepted: Int
    let refused: Int
    let unavailable: Int
    let unknown: Int
  }

  let accepted: Int
  let refused: Int
  let unknown: Int
  let postponed: Int
  let requeued: Int
  let unavailable: String?
  /// Since when the notice waits that has waited for two days and more.
  let waitsSince: Instant?
  /// Messages to webhooks; absent where the settings name none.
  let webhooks: Webhooks?

  init(_ report: SendingReport, waitsSince: Instant?, webhooks: WebhookReport?) {
    self.webhooks = webhooks.map {
      Webhooks(accepted: $0.accepted, refused: $0.refused, unavailable: $0.unavailable, unknown: $0.unknown)
    }
    accepted = report.accepted
    refused = report.refused
    unknown = report.unknown
    postponed = report.postponed
    requeued = report.requeued
    unavailable = report.unavailable
    self.waitsSince = waitsSince
  }
}
