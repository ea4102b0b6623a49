/// Markdown of pandoc's as a person would have written it: without the backslashes that nothing needs, with one blank after a
/// bullet and a number, and with tables that are not drawn to a width.
///
/// What it says stays: only a character that is the same character without its backslash loses it (CommonMark 0.31, 2.4).
enum PandocMarkdown {
  static func tidied(_ markdown: String) -> String {
    var isFenced = false
    return markdown.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
      let start = line.drop { $0 == " " }
      if start.hasPrefix("```") || start.hasPrefix("~~~") {
        isFenced.toggle()
        return String(line)
      }
      // Four blanks begin code or what stands in a list: only the words of the latter would be the better for it.
      guard !isFenced else { return String(line) }
      var text = String(line)
      if start.hasPrefix("|"), start.hasSuffix("|") { text = row(text) }
      return unescaped(narrowed(text))
    }.joined(separator: "\n")
  }

  // MARK: Room

  /// `-   word` and `1.  word` with one blank.
  private static func narrowed(_ line: String) -> String {
    let indent = line.prefix { $0 == " " }
    guard indent.count < 4 else { return line }
    let rest = line.dropFirst(indent.count)
    let digits = rest.prefix { $0.isASCII && $0.isNumber }
    let mark =
      digits.isEmpty ? rest.prefix { $0 == "-" } : rest.dropFirst(digits.count).prefix { $0 == "." || $0 == ")" }
    let blanks = rest.dropFirst(digits.count + mark.count).prefix { $0 == " " }
    guard mark.count == 1, (2...3).contains(blanks.count) else { return line }
    return "\(indent)\(digits)\(mark) \(rest.dropFirst(digits.count + mark.count + blanks.count))"
  }

  /// A row of a table, its cells with one blank around them.
  private static func row(_ line: String) -> String {
    var (cells, cell, isEscaped): ([String], String, Bool) = ([], "", false)
    for character in line.drop(while: { $0 == " " }).dropFirst() {
      if character == "|", !isEscaped {
        cells.append(cell)
        cell = ""
      } else {
        cell.append(character)
      }
      isEscaped = character == "\\" && !isEscaped
    }
    let isRule = !cells.isEmpty && cells.allSatisfy { $0.contains("-") && $0.allSatisfy { "-: ".contains($0) } }
    let shown = cells.map { cell -> String in
      let words = cell.trimmingPrefix { $0 == " " }
      let trimmed = String(words.reversed().drop { $0 == " " }.reversed())
      guard isRule else { return trimmed }
      return (trimmed.hasPrefix(":") ? ":" : "") + "---" + (trimmed.hasSuffix(":") ? ":" : "")
    }
    return "\(line.prefix { $0 == " " })| \(shown.joined(separator: " | ")) |"
  }

  // MARK: Backslashes

  private static func unescaped(_ line: String) -> String {
    let characters = Array(line)
    var result: [Character] = []
    var at = 0
    /// Closing brackets whose opening one lost its backslash.
    var closing: Set<Int> = []
    while at < characters.count {
      if characters[at] == "`" {
        let end = endOfCode(characters, at)
        result += characters[at..<end]
        at = end
      } else if characters[at] == "\\", at + 1 < characters.count {
        if characters[at + 1] == "[", let end = endOfBrackets(characters, at) { closing.insert(end) }
        let isNeeded =
          switch characters[at + 1] {
          case "[": !closing.contains { $0 > at }
          case "]": !closing.contains(at)
          default: isNeeded(characters, at)
          }
        if isNeeded { result.append("\\") }
        result.append(characters[at + 1])
        at += 2
      } else {
        result.append(characters[at])
        at += 1
      }
    }
    return String(result)
  }

  /// Whether the character after the backslash at a place would mean something else without it.
  private static func isNeeded(_ line: [Character], _ at: Int) -> Bool {
    let before = at > 0 ? line[at - 1] : " "
    let after = at + 2 < line.count ? line[at + 2] : " "
    let begins = line[..<at].allSatisfy { $0 == " " }
    switch line[at + 1] {
    case "(": return before == "]"
    case ")": return line[..<at].contains("[")
    // It begins an item, after a number at the beginning of a line, which is what the writer meant.
    case ".": return false
    case "_": return !(before.isLetter || before.isNumber) || !(after.isLetter || after.isNumber)
    case "*": return begins || before != " " || after != " "
    case "#": return begins
    case ">": return begins
    case "<": return !(after == " " || after == "=" || after.isNumber)
    default: return true
    }
  }

  /// Past the code that begins at a place, or past the marks where nothing closes them.
  private static func endOfCode(_ line: [Character], _ start: Int) -> Int {
    let count = line[start...].prefix { $0 == "`" }.count
    var at = start + count
    while at < line.count {
      let run = line[at...].prefix { $0 == "`" }.count
      if run == count { return at + run }
      at += max(1, run)
    }
    return start + count
  }

  /// The backslash before the bracket that closes what the one at a place opens; `nil` where it could be a link, a footnote, a
  /// box to tick, or the like without its backslash.
  private static func endOfBrackets(_ line: [Character], _ start: Int) -> Int? {
    var at = start + 2
    while at < line.count {
      switch line[at] {
      case "[", "`": return nil
      case "]": return nil
      case "\\" where at + 1 < line.count:
        if line[at + 1] == "]" {
          let words = line[(start + 2)..<at]
          let after = at + 2 < line.count ? line[at + 2] : " "
          let isPlain =
            words.contains { $0.isLetter || $0.isNumber } && !["x", "X"].contains(String(words)) && words.first != "^"
            && !"([:\\".contains(after)
          return isPlain ? at : nil
        }
        if line[at + 1] == "[" { return nil }
        at += 2
      default: at += 1
      }
    }
    return nil
  }
}
