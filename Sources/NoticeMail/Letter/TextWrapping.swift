/// Sets the text part of a letter: lines of at most 72 columns, indents kept, one blank line at most between paragraphs.
///
/// Wrapped for good and not declared as flowed text (RFC 3676), so that every program shows it alike.
enum TextWrapping {
  static let columns = 72

  static func wrapped(_ text: String) -> String {
    var lines: [String] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.allSatisfy(\.isWhitespace) {
        if lines.last?.isEmpty == false { lines.append("") }
      } else {
        lines += wrapped(line: line)
      }
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.joined(separator: "\n") + "\n"
  }

  /// One line, as the lines that it takes.
  static func wrapped(line: Substring) -> [String] {
    let indent = String(line.prefix { $0 == " " })
    let words = line.split(whereSeparator: \.isWhitespace)
    let isItem = words.first == "-" || words.first == "*"
    let hanging = indent + (isItem ? "  " : "")
    var lines: [String] = []
    var (current, width) = (indent, indent.count)
    var isFresh = true
    for word in words {
      let own = self.width(of: word)
      if !isFresh, width + 1 + own > columns {
        lines.append(current)
        (current, width, isFresh) = (hanging, hanging.count, true)
      }
      current += (isFresh ? "" : " ") + word
      width += own + (isFresh ? 0 : 1)
      isFresh = false
    }
    lines.append(current)
    return lines
  }

  /// Columns that a word takes on a terminal: two for a wide character, one for any other.
  private static func width(of word: Substring) -> Int {
    word.reduce(0) { sum, character in
      sum + (character.unicodeScalars.first.map(isWide) == true ? 2 : 1)
    }
  }

  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
      0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      true
    default: false
    }
  }
}
