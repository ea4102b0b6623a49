internal import ArgumentParser
internal import Foundation
internal import Redlining
internal import TermsModel
internal import TermsOperations
internal import TermsParsing
internal import Transparency

/// How a comparison is shown.
struct RenderingOptions: ParsableArguments {
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, html, markdown
  }

  @Option(help: "text, json, html or markdown.") var format = Format.text
  @Flag(help: "The same as --format json.") var json = false

  func show(_ comparison: Comparison, findings: [LintFinding], terminal: Terminal) throws {
    var output = StandardOutput()
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    RedlineJSON(
      comparison.redline, classes: comparison.classifications,
      hashes: (SHA256Hex.digest(of: comparison.redline.before.source), SHA256Hex.digest(of: comparison.redline.after.source))
    ).write(to: &output, lint: String(decoding: try encoder.encode(findings), as: UTF8.self))
  }
}

/// Standard output as a stream, so that long documents need no copy in memory.
struct StandardOutput: TextOutputStream {
  mutating func write(_ text: String) {
    FileHandle.standardOutput.write(Data(text.utf8))
  }
}
