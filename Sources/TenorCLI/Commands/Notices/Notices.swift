internal import ArgumentParser
internal import NoticeMail
internal import TermsModel
internal import TermsOperations
internal import TermsStore

struct Notices: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Telling developers of a version, and proving it.",
    subcommands: [
      NoticesSend.self, Pending.self, Status.self, Record.self, ShowOne.self, NoticesReceive.self, NoticesPreview.self,
      NoticesTrial.self, NoticesPlan.self, NoticesRemind.self, NoticesDoctor.self, NoticesCourier.self,
      NoticesReturned.self,
    ])

  struct Pending: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List notices that are still to be sent.")

    @OptionGroup var options: DatabaseOptions
    @Option(help: "How many at most.", transform: Arguments.count) var limit = 100
    @Flag(help: "Print JSON.") var json = false

    func run() async throws {
      let record = try await Composition(options).reader().record
      var found: [OutboxNotice] = []
      for state in [NoticeState.queued, .transmitting, .unknown] where found.count < limit {
        found += try await record.notices(of: nil, version: nil, state: state, limit: limit - found.count)
      }
      if json { return try JSONOutput.print(found.map(NoticeJSON.init)) }
      print(found.isEmpty ? "nothing is pending" : Notices.table(of: found))
    }
  }

  struct Record: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Put a notice given outside, a receipt or a failure on record.")

    @OptionGroup var options: DatabaseOptions
    @Argument(help: "The developer.", transform: Arguments.identifier) var id: DeveloperID
    @Option(help: "The document.", transform: Arguments.identifier) var document: DocumentSlug
    @Option(help: "The version; the latest posted where left out.", transform: Arguments.identifier)
    var version: VersionLabel?
    @Option(help: "email or courier.") var channel: OutsideChannel
    @Option(help: "When it was sent.", transform: Arguments.instant) var sentAt: Instant?
    @Option(help: "When it was received.", transform: Arguments.instant) var receivedAt: Instant?
    @Option(help: "When it failed for good; needs --reason.", transform: Arguments.instant) var failedAt: Instant?
    @Option(help: "Why it failed.") var reason: String?

    func run() async throws {
      let registry = try await Composition(options).registry()
      let label = try await registry.recordNotice(
        OutsideNotice(
          developer: id, document: document, version: version, channel: channel.channel, sentAt: sentAt,
          receivedAt: receivedAt, failedAt: failedAt, reason: reason))
      print("recorded for '\(id)': version \(label) of '\(document)' by \(channel.rawValue)")
      guard failedAt != nil, channel == .email else { return }
      if let held = try await registry.record.notice(of: document, version: label, to: id), held.state == .refused,
        held.lastReply?.hasPrefix(NoticeAttempt.heldBack) == true
      {
        Terminal.complain("notice \(held.number) to them is not sent any more; 'tenor notices courier' lists them")
      }
    }
  }

  struct ShowOne: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "List the notices given to one developer.")

    @OptionGroup var options: DatabaseOptions
    @Argument(help: "The developer.", transform: Arguments.identifier) var id: DeveloperID
    @Option(help: "The document.", transform: Arguments.identifier) var document: DocumentSlug
    @Flag(help: "Print JSON.") var json = false

    func run() async throws {
      let registry = try await Composition(options).reader()
      _ = try await registry.requireDeveloper(id)
      _ = try await registry.requireDocument(document)
      let facts = try await registry.record.facts(of: id, document: document)
      if json { return try JSONOutput.print(facts.notices.map(NoticeStepJSON.init)) }
      guard !facts.notices.isEmpty else { return print("no notices of '\(document)' to '\(id)'") }
      var table = Table("version", "channel", "what happened", "when", "recorded")
      for fact in facts.notices {
        table.add(
          fact.value.version.rawValue, fact.value.channel.rawValue, Notices.words(fact.value.event),
          "\(fact.occasion.happenedAt)", "\(fact.occasion.recordedAt)")
      }
      print(table.text)
    }
  }

  static func words(_ event: NoticeStep.Event) -> String {
    switch event {
    case .sent: "sent"
    case .received(let level, let witness): "received (level \(level.rawValue), \(witness))"
    case .failed(let reason): "failed: \(reason)"
    }
  }

  static func table(of notices: [OutboxNotice]) -> String {
    var table = Table("notice", "document", "version", "developer", "state", "attempts", "due", "last reply")
    for notice in notices {
      table.add(
        "\(notice.number)", notice.document.rawValue, notice.version.rawValue, notice.developer.rawValue,
        "\(notice.state.rawValue)\(kind(of: notice))", "\(notice.attempts)", notice.dueAt?.description ?? "–",
        notice.lastReply ?? "")
    }
    return table.text
  }

  /// What a notice is where it gives none of the version.
  private static func kind(of notice: OutboxNotice) -> String {
    if let date = notice.remindsOf { return " (reminder of \(date))" }
    return notice.isSuperseding ? " (superseding)" : ""
  }
}

/// The channels by which a notice is given outside the outbox.
enum OutsideChannel: String, ExpressibleByArgument, CaseIterable {
  case email, courier

  var channel: NoticeChannel {
    switch self {
    case .email: .email
    case .courier: .courier
    }
  }
}

/// A step in the life of a notice, for programs.
struct NoticeStepJSON: Encodable {
  let version: VersionLabel
  let channel: NoticeChannel
  /// `sent`, `received`, `failed`.
  let event: String
  /// The level of evidence, from 0 to 5, of a receipt.
  let evidence: Int?
  /// Who witnessed the receipt, or why it failed.
  let says: String?
  let happenedAt: Instant
  let recordedAt: Instant

  init(_ fact: Fact<NoticeStep>) {
    version = fact.value.version
    channel = fact.value.channel
    (event, evidence, says) =
      switch fact.value.event {
      case .sent: ("sent", nil, nil)
      case .received(let level, let witness): ("received", level.rawValue, witness)
      case .failed(let reason): ("failed", nil, reason)
      }
    happenedAt = fact.occasion.happenedAt
    recordedAt = fact.occasion.recordedAt
  }
}

struct NoticeJSON: Encodable {
  let notice: Int64
  let document: DocumentSlug
  let version: VersionLabel
  let developer: DeveloperID
  let state: NoticeState
  /// Whether it tells of an act after the posting, and gives no notice of the version.
  let superseding: Bool
  /// Of a reminder, the day that it reminds of.
  let remindsOf: CalendarDate?
  let attempts: Int
  let dueAt: Instant?
  let lastReply: String?

  init(_ notice: OutboxNotice) {
    self.notice = notice.number
    document = notice.document
    version = notice.version
    developer = notice.developer
    state = notice.state
    superseding = notice.isSuperseding
    remindsOf = notice.remindsOf
    attempts = notice.attempts
    dueAt = notice.dueAt
    lastReply = notice.lastReply
  }
}
