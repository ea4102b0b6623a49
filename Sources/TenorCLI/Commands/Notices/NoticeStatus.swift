internal import ArgumentParser
internal import Binding
internal import TermsModel
internal import TermsOperations
internal import TermsStore

extension Notices {
  struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Count the notices of each version by state, and say who was not told or is not bound yet, and why.",
      discussion: """
        With a document, every developer who is bound to it is looked at: who is not bound yet by the whole version, and \
        because of what; and how many notices must be received by which day to bind all on the announced date. Ends with 3 \
        where that day has come and notices are missing, or where somebody needs a notice by another channel.

        With --at or --known-at it says of a document who was bound at that moment, by what was known then. What waits to \
        be sent is a matter of now, and is left out of that answer.
        """)

    @OptionGroup var options: DatabaseOptions
    @Argument(
      help: "connector-terms, or connector-terms@2025-12-17; the counts of everything where left out.",
      transform: VersionReference.parse)
    var name: VersionReference?
    @Argument(help: "The version; the latest that stands where left out.", transform: Arguments.identifier)
    var version: VersionLabel?
    @Option(help: "The day or moment in question; now where left out.", transform: Arguments.moment)
    var at: AskedMoment?
    @Option(help: "As known then; now where left out.", transform: Arguments.instant) var knownAt: Instant?
    @Option(help: "How many developers to list at most; all are counted.") var limit = 100
    @Flag(help: "List also those who were told and only wait for their date.") var all = false
    @Flag(help: "Print JSON.") var json = false

    func validate() throws {
      if name?.version != nil, version != nil {
        throw ValidationError("the version is given twice; write 'notices status DOCUMENT VERSION'")
      }
      if name == nil, at != nil || knownAt != nil {
        throw ValidationError(
          "--at and --known-at ask who was bound to a document; name it, as in 'notices status connector-terms --at 2026-01-02'"
        )
      }
    }

    func run() async throws {
      let composition = try await Composition(options)
      let registry = try composition.reader()
      var named = version ?? name?.version
      if let name {
        let document = try await registry.requireDocument(name.document)
        if named != nil { _ = try await registry.requireVersion(named, of: document) }
      }
      var report: SufficiencyReport?
      if let name, try await !registry.record.versions(of: name.document).isEmpty {
        let progress = Progress(label: "developers", shown: Terminal.current.isErrorInteractive && !json)
        report = try await registry.sufficiency(
          of: name.document, version: named, at: at, knownAt: knownAt, limit: max(0, limit), withPeriod: all
        ) { progress.advance(by: $0) }
        progress.finish()
        named = report?.version
      }
      if at != nil || knownAt != nil {
        guard let report else { return print("nothing was posted") }
        if json {
          try JSONOutput.print(StatusJSON(counts: nil, untold: nil, report: report))
        } else {
          print(StatusText.words(report))
        }
        return
      }
      let counts = try await registry.record.noticeCounts(of: name?.document, version: named)
      let received = try await registry.record.queuedThoughReceived(of: name?.document, version: named)
      let failed = try await registry.record.failedSince(of: name?.document, version: named, limit: 0).counts
      let untold = try await registry.untoldDevelopers(of: name?.document, version: named)
      let webhooks = name == nil ? try await composition.store(.readOnly).webhooks() : []
      if json {
        try JSONOutput.print(
          StatusJSON(
            counts: counts, received: received, failed: failed, untold: untold, report: report, webhooks: webhooks))
      } else {
        print(
          StatusText(counts: counts, received: received, failed: failed, untold: untold, report: report).text)
        if !webhooks.isEmpty { print("\n" + Webhooks.List.table(of: webhooks)) }
      }
      let isSomeoneLeft = untold.contains { $0.isLate || $0.needsOtherChannel }
      if report?.isAtRisk == true || isSomeoneLeft { throw Ending.atRisk }
    }
  }
}

/// The state of notices in words.
struct StatusText {
  let text: String

  /// - Parameters:
  ///   - received: of those that are queued, the ones received already on another way.
  ///   - failed: of those that were accepted, the ones known to have failed since.
  init(
    counts: [NoticeCount], received: [NoticeCount], failed: [NoticeCount], untold: [UntoldDeveloper],
    report: SufficiencyReport?
  ) {
    var parts: [String] = []
    if counts.isEmpty {
      parts.append("no notices were planned")
    } else {
      var table = Table("document", "version", "state", "notices")
      for count in counts {
        table.add(
          count.document.rawValue, count.version.rawValue,
          count.state.rawValue + (count.isSuperseding ? " (superseding)" : "")
            + (count.part(.queued, of: received).map { " (\($0) received already)" } ?? "")
            + (count.part(.accepted, of: failed).map { " (\($0) failed since)" } ?? ""), "\(count.count)")
      }
      parts.append(table.text)
    }
    if !untold.isEmpty { parts.append("not told:\n" + UntoldDeveloper.table(of: untold)) }
    if let report { parts.append(Self.words(report)) }
    text = parts.joined(separator: "\n\n")
  }

  static func words(_ report: SufficiencyReport) -> String {
    var lines = [
      "version \(report.version) of '\(report.document)': \(report.bound) of \(report.developers) developers are bound by all of it"
    ]
    for reason in SufficiencyReport.Reason.allCases {
      if let count = report.counts[reason] { lines.append("  \(count) \(words(reason))") }
    }
    lines += due(report).map { "  " + $0 }
    if report.unplanned > 0 {
      lines.append(
        "  no notice is planned for \(report.unplanned) of them, though their address is on record: "
          + "tenor notices plan --document \(report.document)")
    }
    if !report.listed.isEmpty {
      var table = Table("developer", "not bound yet because", "bound from")
      for one in report.listed {
        table.add(one.developer.rawValue, one.obstacle?.description ?? "", one.boundFrom?.description ?? "–")
      }
      lines.append("\n" + table.text)
    }
    return lines.joined(separator: "\n")
  }

  private static func due(_ report: SufficiencyReport) -> [String] {
    let notices = report.missing == 1 ? "1 notice" : "\(report.missing) notices"
    guard let announced = report.announced, let last = report.lastDayOfNotice else {
      return report.missing > 0 ? ["\(notices) must be received before all are bound"] : []
    }
    var lines: [String] = []
    if report.missing > 0, last >= report.today {
      lines.append("to bind all on the announced date \(announced), \(notices) must be received by \(last)")
    }
    let missed = report.misses.values.reduce(0, +)
    if missed > 0 {
      let causes = SufficiencyReport.Miss.allCases.compactMap { miss in
        report.misses[miss].map { "\($0) \(words(miss))" }
      }
      lines.append(
        "the announced date \(announced) \(last < report.today ? "is" : "will be") missed by \(missed)"
          + "\(last < report.today ? ", as notices had to be received by \(last)" : " as things stand"): "
          + causes.joined(separator: ", "))
    }
    return lines
  }

  private static func words(_ miss: SufficiencyReport.Miss) -> String {
    switch miss {
    case .notSent: "not sent"
    case .failed: "failed"
    case .noAddress: "without an address"
    case .unknown: "not known to be received"
    case .unproved: "received by too little evidence"
    case .late: "told, but bound later"
    }
  }

  private static func words(_ reason: SufficiencyReport.Reason) -> String {
    switch reason {
    case .period: "told; their period is running"
    case .nothingSent: "no notice was sent to"
    case .nothingReceived: "nothing shows that the notice was received"
    case .evidence: "received by evidence below the level that the rules demand"
    case .unreachable: "no notice reached, and posting is no notice here"
    case .earlierVersion: "waiting for an earlier version"
    case .optedOut: "opted out"
    case .withdrawn: "the version was withdrawn"
    }
  }
}

struct StatusJSON: Encodable {
  struct Count: Encodable {
    let document: DocumentSlug
    let version: VersionLabel
    let state: NoticeState
    let superseding: Bool
    let notices: Int
    /// Of those that are queued, the ones received already on another way; absent where there are none.
    let receivedAlready: Int?
    /// Of those that were accepted, the ones known to have failed since; absent where there are none.
    let failedSince: Int?
  }

  struct Sufficient: Encodable {
    struct Developer: Encodable {
      let developer: DeveloperID
      let reason: String
      let says: String
      let boundFrom: CalendarDate?
    }

    let document: DocumentSlug
    let version: VersionLabel
    let announcedOn: CalendarDate?
    let noticesReceivedBy: CalendarDate?
    let noticesMissing: Int
    /// How many will not be bound on the announced date as things stand, by cause: `not-sent`, `failed`, `no-address`,
    /// `unknown`, `unproved`, `late`.
    let missAnnouncedDate: [String: Int]
    let atRisk: Bool
    let developers: Int
    let bound: Int
    let notBound: [String: Int]
    /// How many have an address and no notice planned: `tenor notices plan` plans it.
    let notPlanned: Int
    let listed: [Developer]

    init(_ report: SufficiencyReport) {
      document = report.document
      version = report.version
      announcedOn = report.announced
      noticesReceivedBy = report.lastDayOfNotice
      noticesMissing = report.missing
      missAnnouncedDate = Dictionary(uniqueKeysWithValues: report.misses.map { ($0.key.rawValue, $0.value) })
      atRisk = report.isAtRisk
      developers = report.developers
      bound = report.bound
      notBound = Dictionary(uniqueKeysWithValues: report.counts.map { ($0.key.rawValue, $0.value) })
      notPlanned = report.unplanned
      listed = report.listed.map { one in
        Developer(
          developer: one.developer,
          reason: one.obstacle.flatMap(SufficiencyReport.Reason.init)?.rawValue ?? "",
          says: one.obstacle?.description ?? "",
          boundFrom: one.boundFrom)
      }
    }
  }

  /// What is a matter of now; `nil` in an answer about another moment.
  let counts: [Count]?
  let untold: [UntoldJSON]?
  let sufficiency: Sufficient?
  /// In an answer about everything; absent where there are none.
  let webhooks: [WebhookJSON]?

  init(
    counts: [NoticeCount]?, received: [NoticeCount] = [], failed: [NoticeCount] = [], untold: [UntoldDeveloper]?,
    report: SufficiencyReport?,
    webhooks: [WebhookStanding] = []
  ) {
    self.webhooks = webhooks.isEmpty ? nil : webhooks.map(WebhookJSON.init)
    self.counts = counts?.map {
      Count(
        document: $0.document, version: $0.version, state: $0.state, superseding: $0.isSuperseding, notices: $0.count,
        receivedAlready: $0.part(.queued, of: received), failedSince: $0.part(.accepted, of: failed))
    }
    self.untold = untold?.map(UntoldJSON.init)
    sufficiency = report.map(Sufficient.init)
  }
}

extension NoticeCount {
  /// How many of these, where they are in that state, are counted again in `part`; `nil` where none are.
  fileprivate func part(_ inState: NoticeState, of part: [NoticeCount]) -> Int? {
    guard state == inState, !isSuperseding else { return nil }
    return part.first { $0.document == document && $0.version == version }?.count
  }
}
