internal import ArgumentParser
internal import Materiality
internal import TermsModel
internal import TermsOperations

struct Classes: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "See how the proposed classes fared.", subcommands: [Report.self])

  struct Report: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show proposals against decisions: confusion, and by rule.",
      discussion: """
        Every change of every posted version counts, with the class proposed when it was posted and the one decided then or \
        corrected since. A rule errs where the decision was graver (raised) or lower than what it spoke for.
        """)

    @OptionGroup var options: DatabaseOptions
    @Argument(help: "The document; all of them where left out.", transform: Arguments.identifier) var document:
      DocumentSlug?
    @Flag(help: "Print JSON.") var json = false

    func run() async throws {
      let report = try await Composition(options).reader().classesReport(of: document)
      if json { return try JSONOutput.print(ClassesReportJSON(report)) }
      print(ClassesReportText(report).text)
    }
  }
}

/// The report for people.
struct ClassesReportText {
  let text: String

  init(_ report: ClassesReport) {
    guard report.changes > 0 else {
      text = "no changes were posted yet"
      return
    }
    var confusion = Table("proposed ↓ decided →", "material", "legal-required", "other")
    let order: [ChangeClass] = [.material, .legalRequired, .other]
    for proposed in order {
      let counts = order.map { "\(report.cells[.init(proposed: proposed, decided: $0)] ?? 0)" }
      confusion.add(proposed.rawValue, counts[0], counts[1], counts[2])
    }
    var rules = Table("rule", "changes", "raised", "lowered", "speaks for")
    for rule in report.rules {
      rules.add(
        rule.rule, "\(rule.changes)", "\(rule.raised)", "\(rule.lowered)",
        Rule(rawValue: rule.rule)?.speaksFor.rawValue ?? "")
    }
    text = confusion.text + "\n\n" + rules.text
  }
}

/// The report for programs.
struct ClassesReportJSON: Encodable {
  struct Cell: Encodable {
    let proposed: ChangeClass
    let decided: ChangeClass
    let changes: Int
  }

  struct RuleCount: Encodable {
    let rule: String
    let changes: Int
    let raised: Int
    let lowered: Int
  }

  let changes: Int
  let confusion: [Cell]
  let rules: [RuleCount]

  init(_ report: ClassesReport) {
    changes = report.changes
    confusion = ChangeClass.allCases.flatMap { proposed in
      ChangeClass.allCases.compactMap { decided in
        report.cells[.init(proposed: proposed, decided: decided)].map {
          Cell(proposed: proposed, decided: decided, changes: $0)
        }
      }
    }
    rules = report.rules.map {
      RuleCount(rule: $0.rule, changes: $0.changes, raised: $0.raised, lowered: $0.lowered)
    }
  }
}
