import ArgumentParser
import TermsModel
import TermsOperations
import Testing

@testable import TenorCLI

@Suite struct CommandLineTests {
  @Test func `classes and their laws are paired in order, and one law serves all`() throws {
    let two = try DecisionOptions.parse([
      "--class", "7(a)=legal-required", "--class", "2=other", "--class", "9=legal-required", "--basis", "A", "--basis",
      "B",
      "--reason", "R",
    ]).decisions()
    #expect(
      two
        == Decisions(
          overrides: [
            .init(clause: "7(a)", changeClass: .legalRequired, legalBasis: "A"),
            .init(clause: "2", changeClass: .other, legalBasis: nil),
            .init(clause: "9", changeClass: .legalRequired, legalBasis: "B"),
          ], reason: "R"))
    let one = try DecisionOptions.parse(["--class", "1=legal-required", "--class", "2=legal-required", "--basis", "A"])
      .decisions()
    #expect(one.overrides.map(\.legalBasis) == ["A", "A"])
  }

  @Test func `a longer period for technical adaptation comes with its reason`() throws {
    let decisions = try DecisionOptions.parse(["--adaptation-days", "30", "--adaptation-reason", "a new protocol"])
      .decisions()
    #expect(decisions.adaptation == AdaptationPeriod(days: 30, reason: "a new protocol"))
    for (arguments, says) in [
      (["--adaptation-days", "30"], "--adaptation-days and --adaptation-reason go together"),
      (
        ["--adaptation-days", "0", "--adaptation-reason", "x"],
        "--adaptation-days 0: give a number of days from 1 to 3650"
      ),
      (
        ["--adaptation-days", "30", "--adaptation-reason", " "],
        "--adaptation-reason is empty; say what developers must adapt"
      ),
    ] {
      let error = #expect(throws: (any Error).self) { try DecisionOptions.parse(arguments) }
      #expect(error.map(DecisionOptions.message(for:)) == says)
    }
  }

  @Test(arguments: ["7(a)", "7(a)=grave", "=material", "7(a)="])
  func `a class that is none says how to write one`(_ text: String) throws {
    let error = #expect(throws: (any Error).self) { try DecisionOptions.parse(["--class", text]) }
    #expect(
      error.map(DecisionOptions.message(for:))
        == "--class '\(text)': expected CLAUSE=CLASS, such as \"7(a)=legal-required\"; classes: material, legal-required, other"
    )
  }

  @Test func `references name a document, or a version of it`() throws {
    #expect(try VersionReference("connector-terms").version == nil)
    #expect(try VersionReference("connector-terms@2025-12-17.2").version?.rawValue == "2025-12-17.2")
    #expect(throws: ValidationError.self) { try VersionReference("Connector Terms") }
  }

  @Test func `the ends of a run have the codes that scripts rely on`() {
    #expect(Ending(TermsRefusal.noticeNeedsAMoment) == .refused)
    #expect(Ending(AddressRefusal(text: "", error: .needsOneAt(found: 0))) == .refused)
    #expect(Ending(SettingsFault.unreadable(file: "tenor.json", cause: "")) == .fault)
    #expect(Ending(ReadingRefusal.noSuchFile("x")) == .refused)
    #expect(Ending(RepositoryFault.noGit) == .fault)
    #expect(Ending(ValidationError("")) == .usage)
    #expect(
      [Ending.done, .fault, .refused, .atRisk, .damaged, .usage, .tryAgain].map(\.rawValue) == [0, 1, 2, 3, 4, 64, 75])
  }

  @Test func `tables line their columns up and leave no spaces at line ends`() {
    var table = Table("a", "long heading")
    table.add("wide cell", "x")
    #expect(table.text == "a          long heading\n─────────  ────────────\nwide cell  x")
  }
}
