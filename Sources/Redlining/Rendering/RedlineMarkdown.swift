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

  package func write(to output: inout some TextOutputStream) {
    let told = ToldChange.shown(redline, classes, view)
    if told.isEmpty { output.write("No changes.\n") }
    for change in told {
      let words = [change.what] + [change.changeClass?.rawValue].compactMap { $0 }
      output.write("### \(Self.literal(change.title))\n\n\(words.joined(separator: ", "))\n\n")
      for line in change.edits.map(marked).joined().split(separator: "\n") { output.write("> \(line)\n") }
      output.write("\n")
      for ground in change.grounds { output.write("- \(Self.literal(ground))\n") }
      if !change.grounds.isEmpty { output.write("\n") }
    }
  }

  private func marked(_ edit: Edit) -> String {
    edit.text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      // Emphasis must touch its words, or it is none.
      let words = line.trimmed
      if words.isEmpty { return String(line) }
      let mark = edit.op == .equal ? "" : edit.op == .delete ? "~~" : "**"
      return line.prefix { $0 == " " } + mark + Self.literal(String(words)) + mark + line.suffixSpaces
    }.joined(separator: "\n")
  }

  /// The text with every character that Markdown could take for markup escaped.
  private static func literal(_ text: String) -> String {
    var escaped = ""
    for character in text {
      if "\\`*_{}[]<>#|~&".contains(character) { escaped.append("\\") }
      escaped.append(character)
    }
    return escaped
  }
}

extension Substring {
  fileprivate var trimmed: Substring {
    let start = drop { $0 == " " }
    return start[..<(start.lastIndex { $0 != " " }.map { start.index(after: $0) } ?? start.startIndex)]
  }

  fileprivate var suffixSpaces: String {
    String(repeating: " ", count: reversed().prefix { $0 == " " }.count)
  }
}
