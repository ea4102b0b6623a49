package import TermsModel

/// A redline for a terminal: in colour, or with `[-…-]` and `{+…+}` where there is none.
package struct RedlineText {
  private let redline: Redline
  private let classes: [Classification?]
  private let view: RedlineView
  private let color: Bool

  /// - Parameter classes: parallel to the redline's changes; empty where nothing was classified.
  package init(_ redline: Redline, classes: [Classification?] = [], view: RedlineView = RedlineView(), color: Bool) {
    self.redline = redline
    self.classes = classes
    self.view = view
    self.color = color
  }

  /// Writes change by change, so that a long document needs no copy in memory.
  package func write(to output: inout some TextOutputStream) {
    var isFirst = true
    view.forEach(of: redline, classes) { change in
      if !isFirst { output.write("\n") }
      isFirst = false
      output.write(Self.head(change, color: color))
      let text = change.edits.map(marked).joined()
      for line in text.split(separator: "\n") { output.write("  \(line)\n") }
      output.write(Self.foot(change, color: color))
    }
    if isFirst { output.write(Self.nothing(redline)) }
  }

  static func nothing(_ redline: Redline) -> String {
    redline.changes.isEmpty ? "no changes\n" : "no changes of that class\n"
  }

  static func head(_ change: ToldChange, color: Bool) -> String {
    let words = [change.title, change.what] + [change.changeClass?.rawValue].compactMap { $0 }
    return TerminalText.styled(TerminalText.safe(words.joined(separator: " · ")), color ? .bold : .plain) + "\n"
  }

  static func foot(_ change: ToldChange, color: Bool) -> String {
    (change.notes + change.grounds.map { "because \($0)" }).map { line in
      TerminalText.styled("  " + TerminalText.safe(line), color ? .dim : .plain) + "\n"
    }.joined()
  }

  private func marked(_ edit: Edit) -> String {
    // A mark never runs over the end of a line, so that every line can be read by itself.
    TerminalText.safe(edit.text).split(separator: "\n", omittingEmptySubsequences: false).map { line in
      if line.isEmpty { return "" }
      switch edit.op {
      case .equal: return String(line)
      case .delete: return color ? TerminalText.styled(String(line), .deleted) : "[-\(line)-]"
      case .insert: return color ? TerminalText.styled(String(line), .inserted) : "{+\(line)+}"
      }
    }.joined(separator: "\n")
  }
}
