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
      Each side is a file, - for standard input, or a posted version: connector-terms@2025-12-17. A posted version and \
      the one before it carry the classes that were decided; any other texts those that are proposed. Differences of \
      dress, such as the shape of a quotation mark, are told as formatting; --no-folding lets one of them count as words.
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
    let comparison = try await comparison(before, after)
    let findings = Linter().findings(in: comparison.redline.after, survival: [])
    try rendering.show(comparison, findings: findings, terminal: .current)
    if exitCode, !comparison.redline.changes.isEmpty { throw Ending.fault }
  }

  private func comparison(_ before: String, _ after: String) async throws -> Comparison {
    if let one = reference(before), let other = reference(after), one.document == other.document {
      let registry = try await Composition(options).reader()
      let labels = (
        try await registry.text(of: one.document, version: one.version).version,
        try await registry.text(of: one.document, version: other.version).version
      )
      let comparison = try await registry.compare(one.document, labels.0, labels.1, options: foldings.redlining)
      if !comparison.isDecided, !comparison.redline.changes.isEmpty {
        let versions = ("\(one.document)@\(labels.0)", "\(one.document)@\(labels.1)")
        Terminal.complain(
          comparison.areNeighbours
            ? "tenor: these are not the changes that were decided on: the classes are what the engine proposes"
            : "tenor: \(versions.1) was not posted right after \(versions.0): the classes are what the engine proposes")
      }
      return comparison
    }
    if reference(before) == nil, reference(after) == nil { return try compareFiles(before, after) }
    return Comparison(before: try await wording(before), after: try await wording(after), options: foldings.redlining)
  }

  /// Two files, of which the second is read only where it differs from the first.
  private func compareFiles(_ before: String, _ after: String) throws -> Comparison {
    let earlier = try refusing(before) { bytes throws(ParseError) in try MarkdownParser.read(bytes) }
    let later = try refusing(after) { bytes throws(ParseError) in try MarkdownParser.parse(bytes, like: earlier) }
    return Comparison(before: earlier.wording, after: later, options: foldings.redlining)
  }

  private func refusing<Value>(_ file: String, _ read: ([UInt8]) throws(ParseError) -> Value) throws -> Value {
    let bytes = try FileReading.bytes(of: file)
    do {
      return try read(bytes)
    } catch {
      throw FileRefusal(file: file, cause: "\(error)")
    }
  }

  private func reference(_ name: String) -> VersionReference? {
    name.contains("@") ? try? VersionReference(name) : nil
  }

  private func wording(_ name: String) async throws -> Wording {
    if let reference = reference(name) {
      return try await Composition(options).reader()
        .wording(of: reference.document, version: reference.version)
    }
    return try refusing(name) { bytes throws(ParseError) in try MarkdownParser.parse(bytes) }
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
