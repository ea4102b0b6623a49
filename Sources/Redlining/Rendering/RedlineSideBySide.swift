package import TermsModel

/// A redline in two columns, the words before on the left and the words after on the right, fitted to a terminal.
package struct RedlineSideBySide {
  private let redline: Redline
  private let classes: [Classification?]
  private let view: RedlineView
  private let color: Bool
  /// Columns of one side.
  private let column: Int

  /// The least columns of a terminal that two columns of words fit in.
  package static let narrowest = 40

  /// - Parameter width: the terminal's columns; no fewer than ``narrowest`` are used.
  package init(
    _ redline: Redline, classes: [Classification?] = [], view: RedlineView = RedlineView(), color: Bool, width: Int
  ) {
    self.redline = redline
    self.classes = classes
    self.view = view
    self.color = color
    column = (max(width, Self.narrowest) - Self.rule.count) / 2
  }

  private static let rule = " │ "

  package func write(to output: inout some TextOutputStream) {
    var isFirst = true
    view.forEach(of: redline, classes) { change in
      if !isFirst { output.write("\n") }
      isFirst = false
      output.write(RedlineText.head(change, color: color))
      let left = lines(of: change.edits, leavingOut: .insert)
      let right = lines(of: change.edits, leavingOut: .delete)
      for row in 0..<max(left.count, right.count) {
        let old = row < left.count ? left[row] : Line()
        let new = row < right.count ? right[row] : Line()
        let padding = String(repeating: " ", count: max(0, column - old.width))
        output.write(old.text + padding + (new.text.isEmpty ? " │" : Self.rule + new.text) + "\n")
      }
      output.write(RedlineText.foot(change, color: color))
    }
    if isFirst { output.write(RedlineText.nothing(redline)) }
  }

  private struct Line {
    var text = ""
    var width = 0
  }

  /// One side's words, broken into lines of the column's width between words, and within a word only where it is longer
  /// than a line.
  private func lines(of edits: [Edit], leavingOut op: Edit.Operation) -> [Line] {
    var lines = [Line()]
    func add(_ piece: String, _ style: TerminalText.Style) {
      lines[lines.count - 1].text += TerminalText.styled(piece, style)
      lines[lines.count - 1].width += TerminalText.width(piece)
    }
    for edit in edits where edit.op != op {
      let style: TerminalText.Style = !color || edit.op == .equal ? .plain : edit.op == .delete ? .deleted : .inserted
      for (index, line) in TerminalText.safe(edit.text).split(separator: "\n", omittingEmptySubsequences: false)
        .enumerated()
      {
        if index > 0 { lines.append(Line()) }
        for word in words(String(line), edit.op) {
          if lines[lines.count - 1].width > 0, lines[lines.count - 1].width + TerminalText.width(word) > column {
            lines.append(Line())
          }
          var rest = lines[lines.count - 1].width == 0 ? Substring(word.drop { $0 == " " }) : Substring(word)
          while TerminalText.width(rest) > column {
            let part = fitting(rest)
            add(String(part), style)
            lines.append(Line())
            rest = rest[part.endIndex...]
          }
          if !rest.isEmpty { add(String(rest), style) }
        }
      }
    }
    return lines
  }

  /// As much of a long word as fits in a line; at least one character.
  private func fitting(_ word: Substring) -> Substring {
    var width = 0
    var end = word.startIndex
    while end < word.endIndex {
      width += TerminalText.width(word[end])
      if width > column, end > word.startIndex { break }
      end = word.index(after: end)
    }
    return word[..<end]
  }

  /// A line cut before each space, marked where there is no colour.
  private func words(_ line: String, _ op: Edit.Operation) -> [String] {
    guard !line.isEmpty else { return [] }
    let text = color || op == .equal ? line : op == .delete ? "[-\(line)-]" : "{+\(line)+}"
    var words: [String] = []
    var word = ""
    for character in text {
      if character == " ", !word.isEmpty, word.last != " " {
        words.append(word)
        word = ""
      }
      word.append(character)
    }
    return word.isEmpty ? words : words + [word]
  }
}
