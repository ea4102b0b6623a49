internal import ArgumentParser
internal import TermsModel
internal import TermsOperations

/// What the commands that mend a posted version have in common.
struct CorrectionOptions: ParsableArguments {
  @OptionGroup var database: DatabaseOptions
  @Argument(help: "The document.", transform: Arguments.identifier) var document: DocumentSlug
  @Option(help: "The version; the latest posted where left out.", transform: Arguments.identifier)
  var version: VersionLabel?
  @Option(help: "Why; developers who were told of the version are told it.") var reason: String
  @Option(help: "When it happened, if not now.", transform: Arguments.instant) var at: Instant?
  @Flag(help: "Do not ask.") var yes = false
  @Flag(help: "Print JSON.") var json = false

  func validate() throws {
    if reason.allSatisfy(\.isWhitespace) { throw ValidationError("--reason is empty; say why, in a sentence") }
  }

  /// Asks where somebody can answer, records, and says what was done.
  func perform(_ plan: (TermsRegistry) async throws -> VersionCorrection) async throws {
    let terminal = Terminal.current
    let registry = try await Composition(database).registry()
    let correction = try await plan(registry)
    let words = CorrectionText(correction)
    if !yes {
      guard terminal.isErrorInteractive, Terminal.canAsk else {
        throw ValidationError("what cannot be taken back asks on a terminal; elsewhere confirm with --yes")
      }
      print(words.plan)
      guard terminal.confirms(words.question) else { throw CorrectionDeclined() }
    }
    let occasion = try await registry.perform(correction)
    if json { return try JSONOutput.print(CorrectionJSON(correction, occasion)) }
    print(words.done)
  }
}

struct Withdraw: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Take back what is pending of a posted version, before it binds anybody.",
    discussion: """
      The posted text stays on record and is never edited. What took effect on posting stays in force: it is taken back \
      by publishing a new version. Whoever had a notice of the version gets one that supersedes it, with the reason; \
      notices that were not sent yet are cancelled. Asks on a terminal; elsewhere it needs --yes.
      """)

  @OptionGroup var options: CorrectionOptions

  func run() async throws {
    try await options.perform { registry in
      try await registry.withdrawal(
        of: options.document, version: options.version, reason: options.reason, at: options.at)
    }
  }
}

struct Postpone: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Put off what is pending of a posted version, before it binds anybody.",
    discussion: """
      Nothing of it binds before the date; whose notice comes late is bound later still. No announced date ever moves \
      earlier. Whoever had a notice of the version gets one that supersedes it, with the reason. Asks on a terminal; \
      elsewhere it needs --yes.
      """)

  @OptionGroup var options: CorrectionOptions
  @Option(help: "The first day on which it may bind.", transform: Arguments.date) var until: CalendarDate

  func run() async throws {
    try await options.perform { registry in
      try await registry.postponement(
        of: options.document, version: options.version, until: until, reason: options.reason, at: options.at)
    }
  }
}

struct Reclassify: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Correct the class of a change after posting.",
    discussion: """
      Towards more notice at any time; towards less only while the change binds nobody, and no announced date moves \
      earlier by it. Whoever had a notice of the version gets one that supersedes it, with the reason. Asks on a terminal; \
      elsewhere it needs --yes.
      """)

  @OptionGroup var options: CorrectionOptions
  @Option(
    name: .customLong("class"),
    help: ArgumentHelp(
      "A clause's right class: \"7(a)=material\". Repeatable.",
      discussion: "Classes: material, legal-required, other. A clause without a label is named by its heading.",
      valueName: "clause=class"))
  var classes: [String]
  @Option(help: "The law that a legal-required class rests on; one for each, or one for all.") var basis: [String] = []

  func run() async throws {
    let overrides = try DecisionOptions.overrides(classes: classes, basis: basis)
    guard !overrides.isEmpty else { throw ValidationError("say which class is right: --class \"7(a)=material\"") }
    try await options.perform { registry in
      try await registry.reclassification(
        of: options.document, version: options.version, overrides: overrides, reason: options.reason, at: options.at)
    }
  }
}

/// The operator said no.
struct CorrectionDeclined: Refusal {
  var description: String { "not confirmed; nothing was recorded" }
}

/// A correction in words.
struct CorrectionText {
  let correction: VersionCorrection

  init(_ correction: VersionCorrection) {
    self.correction = correction
  }

  var question: String {
    switch correction.kind {
    case .withdrawn: "Withdraw version \(correction.version) of '\(correction.document)'?"
    case .postponed(let until): "Put version \(correction.version) of '\(correction.document)' off to \(until)?"
    case .reclassified: "Correct the classes in version \(correction.version) of '\(correction.document)'?"
    }
  }

  var plan: String { details.joined(separator: "\n") }

  var done: String {
    let what =
      switch correction.kind {
      case .withdrawn: "withdrew version \(correction.version) of '\(correction.document)'"
      case .postponed(let until): "put version \(correction.version) of '\(correction.document)' off to \(until)"
      case .reclassified: "corrected classes in version \(correction.version) of '\(correction.document)'"
      }
    return ([what] + details).joined(separator: "\n")
  }

  private var details: [String] {
    var lines: [String] = []
    switch correction.kind {
    case .withdrawn where !correction.changes.isEmpty:
      lines.append("  taken back: \(Self.count(correction.changes)) (\(Self.names(correction.changes)))")
    case .postponed where !correction.changes.isEmpty:
      lines.append("  put off: \(Self.count(correction.changes)) (\(Self.names(correction.changes)))")
    case .withdrawn, .postponed: break
    case .reclassified:
      for change in correction.changes {
        let law = change.legalBasis.map { ", by \($0)" } ?? ""
        lines.append("  \(change.name): \(change.before.rawValue) → \(change.after.rawValue)\(law)")
      }
    }
    if !correction.untouched.isEmpty {
      lines.append("  in force since its posting, and staying so: \(Self.names(correction.untouched))")
    }
    for dependent in correction.dependents {
      lines.append(
        "  version \(dependent.version) is written on it: \(dependent.clauses.joined(separator: ", ")) "
          + (correction.kind == .withdrawn ? "falls with it where it is pending" : "waits for it"))
    }
    lines.append(told)
    return lines
  }

  private var told: String {
    let holders = correction.holders
    var parts = ["\(holders.withAddress) by e-mail"]
    if holders.withoutAddress > 0 {
      parts.append("\(holders.withoutAddress) who have no address, and must be told as they were told before")
    }
    var line = "  superseding notices: " + parts.joined(separator: ", ")
    if holders.waiting > 0 {
      line +=
        correction.kind == .withdrawn
        ? "; \(holders.waiting) not sent yet, and cancelled"
        : "; \(holders.waiting) not sent yet, and telling it when sent"
    }
    return line
  }

  private static func count(_ changes: [VersionCorrection.Change]) -> String {
    changes.count == 1 ? "1 change" : "\(changes.count) changes"
  }

  private static func names(_ changes: [VersionCorrection.Change]) -> String {
    let names = changes.map(\.name)
    return names.prefix(12).joined(separator: ", ") + (names.count > 12 ? " …" : "")
  }
}

/// A correction for programs.
struct CorrectionJSON: Encodable {
  struct Change: Encodable {
    let number: Int
    let clause: String
    let changeClass: ChangeClass
    var formerly: ChangeClass?
    let legalBasis: String?

    init(_ change: VersionCorrection.Change) {
      number = change.number
      clause = change.name
      changeClass = change.after
      formerly = change.before == change.after ? nil : change.before
      legalBasis = change.legalBasis
    }

    enum CodingKeys: String, CodingKey {
      case number, clause, formerly, legalBasis
      case changeClass = "class"
    }
  }

  struct Dependent: Encodable {
    let version: VersionLabel
    let clauses: [String]
  }

  struct Told: Encodable {
    let byEmail: Int
    let withoutAddress: Int
    let notSentYet: Int
  }

  let document: DocumentSlug
  let version: VersionLabel
  let act: String
  var until: CalendarDate?
  let reason: String
  let happenedAt: Instant
  let recordedAt: Instant
  let sequence: Int64
  let changes: [Change]
  let staying: [Change]
  let writtenOnIt: [Dependent]
  let superseding: Told

  init(_ correction: VersionCorrection, _ occasion: Occasion) {
    document = correction.document
    version = correction.version
    switch correction.kind {
    case .withdrawn: act = "withdrawn"
    case .postponed(let date): (act, until) = ("postponed", date)
    case .reclassified: act = "reclassified"
    }
    reason = correction.reason
    happenedAt = occasion.happenedAt
    recordedAt = occasion.recordedAt
    sequence = occasion.sequence
    changes = correction.changes.map(Change.init)
    staying = correction.untouched.map(Change.init)
    writtenOnIt = correction.dependents.map { Dependent(version: $0.version, clauses: $0.clauses) }
    superseding = Told(
      byEmail: correction.holders.withAddress, withoutAddress: correction.holders.withoutAddress,
      notSentYet: correction.holders.waiting)
  }
}
