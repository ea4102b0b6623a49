internal import ArgumentParser
internal import Binding
internal import TermsModel
internal import TermsOperations

/// What the operator decides about the classes, on the command line.
struct DecisionOptions: ParsableArguments {
  @Option(
    name: .customLong("class"),
    help: ArgumentHelp(
      "A clause's class: \"7(a)=legal-required\". Repeatable.",
      discussion: """
        Classes: material, legal-required, other. A clause without a label is named by its heading. Of several \
        changes to one clause, "7(a)#2" is the second, in the order of the review, and "7(a)" all; "#5" is the fifth \
        change of all.
        """,
      valueName: "clause=class"))
  var classes: [String] = []
  @Option(
    help: """
      The law that a legal-required class rests on. Repeatable: the first goes with the first legal-required class, and \
      so on; one alone serves all.
      """)
  var basis: [String] = []
  @Option(help: "Why a class differs from the one proposed.") var reason: String?
  @Option(help: "A longer period of notice than the rules give, where developers must adapt their systems.")
  var adaptationDays: Int?
  @Option(help: "What they must adapt, as the notices will say.") var adaptationReason: String?

  func validate() throws {
    guard (adaptationDays == nil) == (adaptationReason == nil) else {
      throw ValidationError("--adaptation-days and --adaptation-reason go together")
    }
    if let adaptationDays, !(1...3650).contains(adaptationDays) {
      throw ValidationError("--adaptation-days \(adaptationDays): give a number of days from 1 to 3650")
    }
    if adaptationReason?.allSatisfy(\.isWhitespace) == true {
      throw ValidationError("--adaptation-reason is empty; say what developers must adapt")
    }
    do {
      _ = try decisions()
    } catch let error as ValidationError {
      throw error
    } catch {
      // A refusal is told when the command runs, as a refusal.
    }
  }

  func decisions() throws -> Decisions {
    Decisions(
      overrides: try Self.overrides(classes: classes, basis: basis), reason: reason,
      adaptation: adaptationDays.flatMap { days in adaptationReason.map { AdaptationPeriod(days: days, reason: $0) } })
  }

  /// Classes with the laws that they rest on, as given on the command line.
  static func overrides(classes: [String], basis: [String]) throws -> [Decisions.Override] {
    var bases = basis[...]
    let parsed = try classes.map { text -> (clause: String, changeClass: ChangeClass) in
      guard let equals = text.lastIndex(of: "="),
        let changeClass = ChangeClass(rawValue: String(text[text.index(after: equals)...])), equals > text.startIndex
      else {
        throw ValidationError(
          "--class '\(text)': expected CLAUSE=CLASS, such as \"7(a)=legal-required\"; classes: material, legal-required, other"
        )
      }
      return (String(text[..<equals]), changeClass)
    }
    let demanding = parsed.count { $0.changeClass == .legalRequired }
    guard basis.count <= max(1, demanding) else {
      throw ValidationError(
        "\(basis.count) times --basis, but \(demanding) clauses are decided as legal-required; give one for each")
    }
    if demanding == 0, !basis.isEmpty { throw TermsRefusal.basisWithoutLegalRequired }
    return parsed.map { clause, changeClass in
      let needsBasis = changeClass == .legalRequired
      let law = needsBasis ? (basis.count == 1 ? basis[0] : bases.popFirst()) : nil
      return Decisions.Override(clause: clause, changeClass: changeClass, legalBasis: law)
    }
  }
}

struct Review: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say what publishing a file would do: redline, classes with grounds, dates, who is told. Writes nothing.")

  @OptionGroup var options: DatabaseOptions
  @Argument(help: "The document.", transform: Arguments.identifier) var document: DocumentSlug
  @Argument(help: "The draft; - for standard input.") var file: String
  @OptionGroup var decisions: DecisionOptions
  @Option(help: "As if posted then, if not now.", transform: Arguments.instant) var postedAt: Instant?
  @OptionGroup var rendering: RenderingOptions

  func run() async throws {
    let registry = try await Composition(options).reader()
    let review = try await registry.review(
      document, text: try FileReading.bytes(of: file), postedAt: postedAt, decisions: try decisions.decisions())
    if rendering.isJSON { return try JSONOutput.print(ReviewJSON(review)) }
    if let redline = review.draft.redline {
      let comparison = Comparison(redline: redline, classifications: review.draft.proposals)
      if let departure = review.draft.standing?.departure { print("Compared with what stands: \(departure).") }
      try rendering.show(comparison, findings: [], terminal: .current)
    } else {
      print("This would be the first version of '\(document)': \(review.draft.wording.provisions.count) clauses.")
    }
    print(ReviewSummary(review).text)
  }
}

struct Publish: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Post a file as a document's next version, and plan its notices.",
    discussion: """
      Asks on a terminal; elsewhere it needs --yes. A posted version is never edited: see first with 'tenor review' what \
      would happen. Notices go out with 'tenor notices send'.

      A class lower than the evidence needs --reason, legal-required the law it rests on (--basis). Where the document's \
      settings say require-approval, such a class needs a second person as well, who runs 'tenor approve' first.
      """)

  @OptionGroup var options: DatabaseOptions
  @Argument(help: "The document.", transform: Arguments.identifier) var document: DocumentSlug
  @Argument(help: "The text; - for standard input.") var file: String
  @OptionGroup var decisions: DecisionOptions
  @Option(help: "When it was posted, if not now.", transform: Arguments.instant) var postedAt: Instant?
  @Option(help: "Its label; its posting date where left out.", transform: Arguments.identifier) var version:
    VersionLabel?
  @Option(help: "What the notices say of the changes, in a sentence or two.") var summary: String?
  @Option(
    help: "The latest version when you reviewed: refused where another one was posted since.",
    transform: Arguments.identifier)
  var after: VersionLabel?
  @Flag(help: "Do not ask.") var yes = false
  @Flag(help: "Print JSON.") var json = false

  func run() async throws {
    let begun = Composition.now()
    let terminal = Terminal.current
    let registry = try await Composition(options).registry()
    let text = try FileReading.bytes(of: file)
    let decided = try decisions.decisions()
    let draft = try await registry.draft(document, text: text)
    try registry.requireUnovertaken(draft, since: begun, reviewed: after)
    let review = try await registry.review(draft, postedAt: postedAt, decisions: decided)
    if let obstacle = review.obstacle { throw obstacle }
    if !yes {
      guard terminal.isErrorInteractive, Terminal.canAsk else {
        throw ValidationError("publishing asks on a terminal; elsewhere confirm with --yes")
      }
      print(ReviewSummary(review).text)
      guard terminal.confirms("Post this as the next version of '\(document)'?") else {
        throw PublicationDeclined()
      }
    }
    let publication = try await registry.publish(
      draft, postedAt: postedAt, label: version, decisions: decided, summary: summary)
    if json {
      return try JSONOutput.print(PublicationJSON(publication, dates: review.dates, postedOn: review.postedOn))
    }
    print("posted version \(publication.posting.label) of '\(document)'; for who is told on \(review.postedOn):")
    for date in review.dates { print("  " + ReviewSummary.line(date)) }
    print("  " + ReviewSummary.told(publication.audience))
    for line in ReviewSummary.agreements(review) { print(line) }
  }
}

/// The operator said no.
struct PublicationDeclined: Refusal {
  var description: String { "not confirmed; nothing was posted" }
}

/// The end of a review, in words.
struct ReviewSummary {
  let text: String

  init(_ review: TermsOperations.Review) {
    var lines: [String] = [""]
    let furniture = FurnitureSummary(review.draft.wording)
    if !furniture.isEmpty {
      lines.append("Page furniture, kept but not part of the terms, by lines:")
      lines += furniture.lines.map { "  " + $0 }
    }
    if !review.draft.findings.isEmpty {
      lines.append("Linter:")
      lines += review.draft.findings.map { "  \($0)" }
    }
    lines.append(
      "If posted on \(review.postedOn)" + (review.label.map { " as version \($0)" } ?? "")
        + (review.dates.isEmpty ? ": nothing changes for anybody" : ", and told that day:"))
    lines += review.dates.map { "  " + Self.line($0) }
    lines.append("  " + Self.told(review.audience))
    lines += Self.bound(review)
    lines += Self.agreements(review)
    if let obstacle = review.obstacle { lines.append("Publishing would be refused: \(obstacle)") }
    text = lines.joined(separator: "\n")
  }

  static func line(_ date: TermsOperations.Review.ClassDate) -> String {
    let noun = date.changes == 1 ? "change" : "changes"
    return "\(date.changes) \(date.changeClass.rawValue) \(noun): in force from \(date.effectiveOn)"
  }

  /// How many developers would be bound by all of it on which day.
  static func bound(_ review: TermsOperations.Review) -> [String] {
    guard let announcement = review.announcement, !review.dates.isEmpty else { return [] }
    return [
      (Announcement.Telling.individually, review.audience.byEmail, "told by e-mail that day"),
      (.byPosting, review.audience.byPosting, "served by the posting"),
    ].compactMap { telling, developers, how in
      guard developers > 0 else { return nil }
      let noun = developers == 1 ? "developer" : "developers"
      let day = announcement.wholeFrom(telling).map { "from \($0)" } ?? "on no day in sight"
      let others = (announcement.dates[telling] ?? []).filter { $0.effectiveOn == nil }
      let waiting = others.isEmpty ? "" : "; \(others.map(\.changes).reduce(0, +)) changes wait for a notice"
      return "  bound by all of it \(day): \(developers) \(noun), \(how)\(waiting)"
    }
  }

  /// Who agreed to it as a second person.
  static func agreements(_ review: TermsOperations.Review) -> [String] {
    review.approval.agreements.map { "  agreed to by \($0.actor) (act \($0.occasion.sequence)): \($0.approval.reason)" }
  }

  static func told(_ audience: Audience) -> String {
    "told: \(audience.byEmail) by e-mail, \(audience.byPosting) by the posting alone"
  }
}
