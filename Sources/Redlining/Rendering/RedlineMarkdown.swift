package import TermsModel

/// A redline as Markdown: deletions struck through, insertions bold, everything else taken literally.
package struct RedlineMarkdown {
  private let redline: Redline
  private let classes: [Classification?]
  private let view: RedlineView

  package init(_ redline: Redline, classes: [Classification?] = [], view: RedlineView = RedlineView()) {
    self.redline = redline
    self.classes = classes
    self.view = view
  }

  /// Writes change by change, so that a long document needs no copy in memory.
  package func write(to output: inout some TextOutputStream) {
    var isFirst = true
    view.forEach(of: redline, classes) { change in
      isFirst = false
      let words = [change.what] + [change.changeClass?.rawValue].compactMap { $0 }
      output.write("### \(Self.literal(change.title))\n\n\(words.joined(separator: ", "))\n\n")
      for line in change.edits.map(marked).joined().split(separator: "\n") { output.write("> \(line)\n") }
      output.write("\n")
      let lines = change.notes + change.grounds
      for line in lines { output.write("- \(Self.literal(line))\n") }
      if !lines.isEmpty { output.write("\n") }
    }
    if isFirst { output.write("No changes.\n") }
  }

  private func marked(_ edit: Edit) -> String {
    edit.text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      // Emphasis must touch its words, or it is none.
      guard let first = line.firstIndex(where: { $0 != " " }), let last = line.lastIndex(where: { $0 != " " }) else {
        return String(line)
      }
      let mark = edit.op == .equal ? "" : edit.op == .delete ? "~~" : "**"
      return line[..<first] + mark + Self.literal(String(line[first...last])) + mark + line[line.index(after: last)...]
    }.joined(separator: "\n")
  }

  /// The text with every character escaped that Markdown could take for markup.
  static func literal(_ text: String) -> String {
    var escaped = ""
    for character in text {
      if "\\`*_{}[]<>#|~&".contains(character) { escaped.append("\\") }
      escaped.append(character)
    }
    return escaped
  }
}
