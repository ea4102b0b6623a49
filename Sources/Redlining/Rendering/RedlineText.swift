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
    let told = ToldChange.shown(redline, classes, view)
    if told.isEmpty { output.write(redline.changes.isEmpty ? "no changes\n" : "no changes of that class\n") }
    for (index, change) in told.enumerated() {
      if index > 0 { output.write("\n") }
      let words = [change.title, change.what] + [change.changeClass?.rawValue].compactMap { $0 }
      output.write(styled(words.joined(separator: " · "), .bold) + "\n")
      let text = change.edits.map(marked).joined()
      for line in text.split(separator: "\n") { output.write("  \(line)\n") }
      for ground in change.grounds { output.write(styled("  because \(ground)", .dim) + "\n") }
    }
  }

  private func marked(_ edit: Edit) -> String {
    // A mark never runs over the end of a line, so that every line can be read by itself.
    let lines = edit.text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      if line.isEmpty { return "" }
      switch edit.op {
      case .equal: return String(line)
      case .delete: return color ? styled(String(line), .deleted) : "[-\(line)-]"
      case .insert: return color ? styled(String(line), .inserted) : "{+\(line)+}"
      }
    }
    return lines.joined(separator: "\n")
  }

  private enum Style: String {
    case bold = "1"
    case dim = "2"
    /// Red and struck through, so that it reads without the colour, too.
    case deleted = "31;9"
    /// Green and underlined.
    case inserted = "32;4"
  }

  private func styled(_ text: String, _ style: Style) -> String {
    color ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
  }
}
