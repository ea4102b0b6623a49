internal import ArgumentParser
internal import Redlining
internal import TermsModel
internal import TermsOperations
internal import TermsParsing

struct Diff: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compare two texts clause by clause, with the class of each change and why.",
    usage: """
      tenor diff [<options>] <before> <after>
      tenor diff --list-foldings [--json]
      """,
    discussion: """
      Each side is a file, - for standard input, or a posted version: connector-terms@2025-12-17. Differences of dress, \
      such as the shape of a quotation mark, are told as formatting; --no-folding lets one of them count as words.
      """)

  @OptionGroup var options: DatabaseOptions
  @Argument(help: "The text before.") var before: String?
  @Argument(help: "The text after.") var after: String?
  @OptionGroup var rendering: RenderingOptions
  @OptionGroup var foldings: FoldingOptions
  @Flag(help: "List the differences that count as dress, by name, and end.") var listFoldings = false
  @Flag(help: "End with 1 where the texts differ, as git diff does.") var exitCode = false

  func validate() throws {
    if listFoldings { return }
    if before == nil { throw ValidationError("Missing expected argument '<before>'") }
    if after == nil { throw ValidationError("Missing expected argument '<after>'") }
  }

  func run() async throws {
    guard !listFoldings, let before, let after else {
      return rendering.isJSON ? try JSONOutput.print(FoldingList.entries) : print(FoldingList.text)
    }
    let comparison = Comparison(
      before: try await wording(before), after: try await wording(after), options: foldings.redlining)
    let findings = Linter().findings(in: comparison.redline.after, survival: [])
    try rendering.show(comparison, findings: findings, terminal: .current)
    if exitCode, !comparison.redline.changes.isEmpty { throw Ending.fault }
  }

  private func wording(_ name: String) async throws -> Wording {
    if name.contains("@"), let reference = try? VersionReference(name) {
      return try await Composition(options).reader()
        .wording(of: reference.document, version: reference.version)
    }
    do {
      return try MarkdownParser.parse(try FileReading.bytes(of: name))
    } catch let error as ParseError {
      throw FileRefusal(file: name, cause: "\(error)")
    }
  }
}

/// A file that was read but cannot be used.
struct FileRefusal: Refusal, Hashable {
  let file: String
  let cause: String

  var description: String { "\(file): \(cause)" }
}

struct Lint: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Find dangling references, undefined and unused definitions, duplicate labels.",
    discussion: "Ends with 2 where there is an error; warnings and notes alone end with 0.")

  @Argument(help: "The text; - for standard input.") var file: String
  @Option(help: "The document.yaml whose survival list is checked, too.") var settings: String?
  @Flag(help: "Print JSON.") var json = false

  func run() async throws {
    let wording: Wording
    do {
      wording = try MarkdownParser.parse(try FileReading.bytes(of: file))
    } catch let error as ParseError {
      throw FileRefusal(file: file, cause: "\(error)")
    }
    var survival: [ClauseSelector] = []
    if let settings {
      let text = String(decoding: try FileReading.bytes(of: settings), as: UTF8.self)
      do {
        survival = try DocumentYAML.parse(text).settings.profile.survival
      } catch {
        throw FileRefusal(file: settings, cause: "\(error)")
      }
    }
    let findings = Linter().findings(in: wording, survival: survival)
    if json {
      try JSONOutput.print(findings)
    } else if findings.isEmpty {
      print("\(file): nothing to say")
    } else {
      for finding in findings { print("\(file): \(finding)") }
    }
    if findings.contains(where: { $0.severity == .error }) { throw Ending.refused }
  }
}
