internal import ArgumentParser
internal import Binding
internal import TermsModel
internal import TermsOperations

struct BindingCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "binding",
    abstract: "Say which words bind a developer, on any day, as known on any day, and why.",
    discussion: """
      A date in --at means its first moment in the document's time zone. --known-at gives the answer as it would have been \
      given then: facts recorded later are left out. --text prints the words that bind, put together from the posted \
      versions. --diff-known 2026-01-05..2026-02-01 says what the record learned in between that changes the answer.
      """)

  @OptionGroup var options: DatabaseOptions
  @Argument(help: "The developer.", transform: Arguments.identifier) var id: DeveloperID
  @Option(help: "The document; all that the developer has to do with where left out.", transform: Arguments.identifier)
  var document: DocumentSlug?
  @Option(help: "The day or moment in question; now where left out.", transform: Arguments.moment) var at: AskedMoment?
  @Option(help: "As known then; now where left out.", transform: Arguments.instant) var knownAt: Instant?
  @Flag(help: "Show how each date came about.") var explain = false
  @Flag(help: "Print the words that bind: a compilation that names the version each clause comes from.") var text =
    false
  @Flag(help: "With the text, also the wording that does not bind yet, beside the wording that does.") var pending =
    false
  @Option(help: "What if: every notice still to be given were given on this day.", transform: Arguments.date)
  var assumeGiven: CalendarDate?
  @Option(
    help: ArgumentHelp(
      "How the answer changed between two moments of knowledge, and which fact did it.", valueName: "old..new"),
    transform: KnowledgeRange.parse)
  var diffKnown: KnowledgeRange?
  @Flag(help: "Print JSON: an object; a list of them where the developer has several documents and none is named.")
  var json = false

  func validate() throws {
    if diffKnown != nil, text || pending || explain || assumeGiven != nil || knownAt != nil {
      throw ValidationError("--diff-known goes with --at and --json alone; ask for the rest separately")
    }
  }

  func run() async throws {
    let registry = try await Composition(options).reader()
    let documents = if let document { [document] } else { try await registry.documents(of: id) }
    if let diffKnown { return try await showDifference(diffKnown, documents, registry) }
    if text || pending { return try await showText(documents, registry) }
    let now = Composition.now()
    var answers: [BindingAnswer] = []
    for document in documents {
      answers.append(
        try await registry.answerBinding(
          of: id, under: document, at: at ?? .instant(now), knownAt: knownAt ?? now, assumeGiven: assumeGiven))
    }
    if json {
      let printed = answers.map { BindingJSON($0, at: (at ?? .instant($0.question.at)).description) }
      return printed.count == 1 ? try JSONOutput.print(printed[0]) : try JSONOutput.print(printed)
    }
    for (index, answer) in answers.enumerated() {
      if index > 0 { print() }
      print(BindingText(answer, at: at, explained: explain).text)
    }
  }

  private func showText(_ documents: [DocumentSlug], _ registry: TermsRegistry) async throws {
    let now = Composition.now()
    let (moment, known) = (at ?? .instant(now), knownAt ?? now)
    var texts: [ConsolidatedText] = []
    var bases: [[BindingAnswer.Basis]] = []
    for document in documents {
      guard
        let text = try await registry.consolidatedText(
          for: id, under: document, at: moment, knownAt: known, assumeGiven: assumeGiven)
      else { throw NothingBinds(developer: id, document: document, at: moment.description) }
      texts.append(text)
      guard explain else { continue }
      let answer = try await registry.answerBinding(
        of: id, under: document, at: moment, knownAt: known, assumeGiven: assumeGiven)
      bases.append(answer.basis)
    }
    if json {
      let printed = texts.enumerated().map { index, text in
        ConsolidatedTextJSON(
          text, at: moment.description, pending: pending, basis: index < bases.count ? bases[index] : nil)
      }
      return printed.count == 1 ? try JSONOutput.print(printed[0]) : try JSONOutput.print(printed)
    }
    for (index, text) in texts.enumerated() {
      if index > 0 { print() }
      print(text.marked(at: moment.description, pending: pending), terminator: "")
      guard index < bases.count else { continue }
      print("\nbecause")
      for (number, step) in bases[index].enumerated() {
        print("\(number + 1). \(step.rule): \(step.says.withVisibleControls)")
      }
    }
  }

  private func showDifference(
    _ range: KnowledgeRange, _ documents: [DocumentSlug], _ registry: TermsRegistry
  ) async throws {
    var differences: [AnswerDifference] = []
    let moment = at ?? .instant(Composition.now())
    for document in documents {
      differences.append(
        try await registry.bindingDifference(
          of: id, under: document, at: moment, from: range.earlier, to: range.later))
    }
    if json {
      let printed = differences.map { AnswerDifferenceJSON($0, at: moment.description) }
      return printed.count == 1 ? try JSONOutput.print(printed[0]) : try JSONOutput.print(printed)
    }
    print(differences.map { AnswerDifferenceText($0, at: moment.description).text }.joined(separator: "\n\n"))
  }
}

/// There is no text to print.
struct NothingBinds: Refusal {
  let developer: DeveloperID
  let document: DocumentSlug
  let at: String

  var description: String {
    "no words of '\(document)' bind developer '\(developer)' at \(at); "
      + "'tenor timeline \(developer)' shows when they did"
  }
}

/// Two moments of knowledge: `2026-01-05..2026-02-01T09:00:00Z`.
struct KnowledgeRange: Hashable, Sendable {
  let earlier: AskedMoment
  let later: AskedMoment

  static func parse(_ text: String) throws -> KnowledgeRange {
    guard let dots = text.firstRange(of: "..") else {
      throw ValidationError("expected two moments with two dots between them, such as 2026-01-05..2026-02-01")
    }
    return KnowledgeRange(
      earlier: try Arguments.moment(String(text[..<dots.lowerBound])),
      later: try Arguments.moment(String(text[dots.upperBound...])))
  }
}

/// A binding answer in words.
struct BindingText {
  let text: String

  init(_ answer: BindingAnswer, at asked: AskedMoment?, explained: Bool) {
    let moment = (asked ?? .instant(answer.question.at)).description
    var lines: [String] = []
    if answer.bound {
      let version = answer.version.map { "version \($0)" } ?? "parts of several versions"
      lines.append(
        "\(answer.developer) · \(answer.document) · \(moment): \(version)"
          + (answer.entity.map { ", with \($0)" } ?? ""))
      for version in answer.versions where !version.classes.isEmpty {
        for standing in version.classes { lines.append("  " + Self.line(standing, of: version)) }
      }
    } else {
      lines.append("\(answer.developer) · \(answer.document) · \(moment): not bound")
      if let surviving = answer.surviving {
        lines.append("  surviving: \(surviving.isEmpty ? "none" : surviving.map(\.text).joined(separator: ", "))")
      }
    }
    if explained {
      lines.append("  because")
      lines += answer.basis.enumerated().map { "  \($0 + 1). \($1.rule): \($1.says.withVisibleControls)" }
    }
    text = lines.joined(separator: "\n")
  }

  private static func line(_ standing: BindingAnswer.ClassStanding, of version: BindingAnswer.VersionStanding) -> String
  {
    let clauses = standing.clauses.map(\.description)
    let list = clauses.prefix(6).joined(separator: ", ") + (clauses.count > 6 ? " …" : "")
    let named = clauses.isEmpty ? "" : clauses.count == 1 ? " (clause \(list))" : " (clauses \(list))"
    let state =
      switch standing.state {
      case .inForce(let day): "in force since \(day)"
      case .pending(let day): "pending, in force from \(day)"
      case .awaitingNotice(let day): "awaiting its notice; given that day, in force from \(day)"
      case .withdrawn: "withdrawn"
      case .optedOut: "opted out of: the wording last agreed stays"
      case .notBound: "not binding"
      }
    return "\(version.version) \(standing.changeClass.rawValue)\(named): \(state)"
  }
}
