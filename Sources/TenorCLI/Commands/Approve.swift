internal import ArgumentParser
internal import TermsModel
internal import TermsOperations

struct Approve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Agree, as a second person, to how changes are classed.",
    discussion: """
      Where a document's settings say require-approval, a class lower than the evidence (lower-class), or one that a law \
      demands (legal-required), goes on record only after somebody other than the one who publishes agreed to it. The \
      agreement covers this file, on top of the latest version, with these classes and laws, and nothing else. It goes on \
      record with who gave it and why. Asks on a terminal.

      Give the classes as they are to be published. With --version instead of a file, it is the correction of a posted \
      version's classes that is agreed to, before 'tenor reclassify'.
      """)

  @OptionGroup var options: DatabaseOptions
  @Argument(help: "The document.", transform: Arguments.identifier) var document: DocumentSlug
  @Argument(help: "The text to be published; - for standard input.") var file: String?
  @Option(
    help: "A posted version whose classes are to be corrected, instead of a file.", transform: Arguments.identifier)
  var version: VersionLabel?
  @Option(
    name: .customLong("class"),
    help: ArgumentHelp(
      "A clause's class: \"7(a)=legal-required\". Repeatable.",
      discussion: "Classes: material, legal-required, other. A clause without a label is named by its heading.",
      valueName: "clause=class"))
  var classes: [String] = []
  @Option(help: "The law that a legal-required class rests on; one for each, or one for all.") var basis: [String] = []
  @Option(help: "Why you agree; it goes on record with your name.") var reason: String
  @Flag(help: "Do not ask, on a terminal either.") var yes = false
  @Flag(help: "Print JSON.") var json = false

  func validate() throws {
    guard (file == nil) != (version == nil) else {
      throw ValidationError("give the file to be published, or --version for one that was posted, and not both")
    }
    if version != nil, classes.isEmpty {
      throw ValidationError(
        "say which classes of version '\(version.map(\.rawValue) ?? "")' are right: --class \"7(a)=other\"")
    }
    if reason.allSatisfy(\.isWhitespace) {
      throw ValidationError("--reason is empty; say why you agree, in a sentence")
    }
    do {
      _ = try DecisionOptions.overrides(classes: classes, basis: basis)
    } catch let error as ValidationError {
      throw error
    } catch {
      // A refusal is told when the command runs, as a refusal.
    }
  }

  func run() async throws {
    let registry = try await Composition(options).registry()
    let decisions = Decisions(overrides: try DecisionOptions.overrides(classes: classes, basis: basis), reason: reason)
    let terminal = Terminal.current
    func confirm(_ plan: () -> String) throws {
      guard !yes, terminal.isErrorInteractive, Terminal.canAsk else { return }
      print(plan())
      guard terminal.confirms("Agree to this as '\(registry.actor)'?") else { throw CorrectionDeclined() }
    }
    let approval: RecordedApproval
    if let file {
      let draft = try await registry.draft(document, text: try FileReading.bytes(of: file))
      let review = try await registry.review(draft, postedAt: nil, decisions: decisions)
      try confirm { ReviewSummary(review).text }
      approval = try await registry.approve(draft, decisions: decisions, reason: reason)
    } else {
      let correction = try await registry.reclassification(
        of: document, version: version, overrides: decisions.overrides, reason: reason)
      try confirm { CorrectionText(correction).plan }
      approval = try await registry.approve(correction, reason: reason)
    }
    if json { return try JSONOutput.print(ApprovalJSON(approval)) }
    print("'\(approval.actor)' agrees, as act \(approval.occasion.sequence), to")
    for change in approval.approval.changes {
      let law = change.legalBasis.map { ", by \($0)" } ?? ""
      print("  \(change.clause): \(change.decided.rawValue)\(law) (proposed: \(change.proposed.rawValue))")
    }
    print("Somebody else can now \(file == nil ? "reclassify" : "publish") it as it is.")
  }
}

/// An agreement for programs.
struct ApprovalJSON: Encodable {
  let document: DocumentSlug
  let follows: VersionLabel?
  let sha256: String
  let actor: String
  let reason: String
  let recordedAt: Instant
  let sequence: Int64
  let changes: [Change]

  struct Change: Encodable {
    let number: Int
    let clause: String
    let proposed: ChangeClass
    let decided: ChangeClass
    let legalBasis: String?
  }

  init(_ recorded: RecordedApproval) {
    let approval = recorded.approval
    document = approval.document
    follows = approval.basedOn
    sha256 = approval.sha256
    actor = recorded.actor
    reason = approval.reason
    recordedAt = recorded.occasion.recordedAt
    sequence = recorded.occasion.sequence
    changes = approval.changes.map {
      Change(
        number: $0.number, clause: $0.clause, proposed: $0.proposed, decided: $0.decided, legalBasis: $0.legalBasis)
    }
  }
}
