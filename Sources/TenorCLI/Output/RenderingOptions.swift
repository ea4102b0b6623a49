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

  @Option(help: "text, json, html or markdown; text where left out.") var format: Format?
  @Flag(help: "The same as --format json.") var json = false
  @Flag(help: "Show the words before and after in two columns, as wide as the terminal.") var sideBySide = false
  @Option(
    help: "How many unchanged words to keep beside a change, 12 where left out; 'all' for all of them.",
    transform: Self.context)
  var context: Context?
  @Option(
    help: ArgumentHelp(
      "Show only changes of this class: material, legal-required, other. Repeatable.", valueName: "class"))
  var only: [ChangeClass] = []

  enum Context: Hashable {
    case words(Int)
    case all
  }

  private static func context(_ text: String) throws -> Context {
    if text == "all" { return .all }
    guard let words = Int(text), words >= 0 else { throw ValidationError("expected a number of words, or 'all'") }
    return .words(words)
  }

  private var view: RedlineView {
    var view = RedlineView(only: only.isEmpty ? nil : Set(only))
    switch context {
    case .words(let count): view.context = count
    case .all: view.context = nil
    case nil: break
    }
    return view
  }

  var isJSON: Bool { json || format == .json }

  /// Whether anything was asked for that only a redline can be shown as.
  var isForRedline: Bool { format != nil || sideBySide || context != nil || !only.isEmpty }

  /// Prints the comparison; `findings` are the linter's, which the JSON carries along.
  func show(_ comparison: Comparison, findings: [LintFinding], terminal: Terminal) throws {
    var output = StandardOutput()
    let (redline, classes) = (comparison.redline, comparison.classifications)
    switch isJSON ? .json : format ?? .text {
    case .text where sideBySide:
      RedlineSideBySide(redline, classes: classes, view: view, color: terminal.hasColor, width: terminal.width)
        .write(to: &output)
    case .text: RedlineText(redline, classes: classes, view: view, color: terminal.hasColor).write(to: &output)
    case .html: RedlineHTML(redline, classes: classes, view: view).write(to: &output)
    case .markdown: RedlineMarkdown(redline, classes: classes, view: view).write(to: &output)
    case .json:
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      let hashes = (SHA256Hex.digest(of: redline.before.source), SHA256Hex.digest(of: redline.after.source))
      RedlineJSON(redline, classes: classes, hashes: hashes)
        .write(to: &output, lint: String(decoding: try encoder.encode(findings), as: UTF8.self))
    }
    output.flush()
  }
}

extension ChangeClass: ExpressibleByArgument {}

/// Standard output as a stream that is written in pieces of some size, so that long documents need no copy in memory.
struct StandardOutput: TextOutputStream {
  private var buffer: [UInt8] = []

  mutating func write(_ text: String) {
    buffer.append(contentsOf: text.utf8)
    if buffer.count > 1 << 16 { flush() }
  }

  mutating func flush() {
    FileHandle.standardOutput.write(Data(buffer))
    buffer.removeAll(keepingCapacity: true)
  }
}
