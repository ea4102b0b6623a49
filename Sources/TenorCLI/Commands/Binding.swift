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
      given then: facts recorded later are left out.
      """)

  @OptionGroup var options: DatabaseOptions
  @Argument(help: "The developer.", transform: Arguments.identifier) var id: DeveloperID
  @Option(help: "The document; all that the developer has to do with where left out.", transform: Arguments.identifier)
  var document: DocumentSlug?
  @Option(help: "The day or moment in question; now where left out.", transform: Arguments.moment) var at: AskedMoment?
  @Option(help: "As known then; now where left out.", transform: Arguments.instant) var knownAt: Instant?
  @Flag(help: "Show how each date came about.") var explain = false
  @Flag(help: "Print JSON: an object; a list of them where the developer has several documents and none is named.")
  var json = false

  func run() async throws {
    let registry = try await Composition(options).reader()
    let documents = if let document { [document] } else { try await registry.documents(of: id) }
    let now = Composition.now()
    var answers: [BindingAnswer] = []
    for document in documents {
      answers.append(
        try await registry.answerBinding(
          of: id, under: document, at: at ?? .instant(now), knownAt: knownAt ?? now))
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
      lines += answer.basis.enumerated().map { "  \($0 + 1). \($1.rule): \($1.says)" }
    }
    text = lines.joined(separator: "\n")
  }

  private static func line(_ standing: BindingAnswer.ClassStanding, of version: BindingAnswer.VersionStanding) -> String
  {
    let clauses = standing.clauses.map(\.description)
    let named =
      clauses.isEmpty ? "" : " (" + clauses.prefix(6).joined(separator: ", ") + (clauses.count > 6 ? " …" : "") + ")"
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
