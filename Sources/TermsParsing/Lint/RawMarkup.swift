internal import TermsModel

/// Raw HTML in the terms. Pages show it as it is written, since nothing of a text may be alive on them; whoever wrote a table
/// or a paragraph in tags will want to know.
struct RawMarkup {
  private let wording: Wording

  init(_ wording: Wording) {
    self.wording = wording
  }

  /// One finding, at the first place.
  func findings() -> [LintFinding] {
    var reader = TagReader(bytes: Array(wording.source.utf8))
    var (count, first): (Int, (clause: Clause, tag: Range<Int>)?) = (0, nil)
    for clause in wording.clauses where clause.role != .furniture {
      for tag in reader.tags(in: clause.bytes) {
        count += 1
        if first == nil { first = (clause, tag) }
      }
    }
    guard let (clause, tag) = first else { return [] }
    let line = clause.lines.lowerBound + reader.lines(in: clause.bytes.lowerBound..<tag.lowerBound)
    let more = count == 1 ? "" : ", here and \(count - 1) \(count == 2 ? "time" : "times") more,"
    return [
      LintFinding(
        rule: .rawHTML, severity: .warning, label: clause.label.isEmpty ? nil : clause.label.description, line: line,
        message: "raw HTML ('\(reader.words(tag))')\(more) is shown to readers as it is written, tags and all; "
          + "write it in Markdown, or '\\<' where the sign itself is meant")
    ]
  }
}

/// Finds tags, comments and the like (CommonMark 0.31, section 6.6), code left out, in a time that grows with the text.
private struct TagReader {
  let bytes: [UInt8]
  private var at = 0
  private var end = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  func lines(in range: Range<Int>) -> Int { bytes[range].count { $0 == ASCII.lineFeed } }

  /// A tag on one line, cut where it is long.
  func words(_ tag: Range<Int>) -> String {
    let line = String(decoding: bytes[tag], as: UTF8.self).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return line.count > 40 ? line.prefix(40) + "…" : line
  }

  mutating func tags(in range: Range<Int>) -> [Range<Int>] {
    (at, end) = (range.lowerBound, range.upperBound)
    var found: [Range<Int>] = []
    while at < end {
      switch bytes[at] {
      case ASCII.backslash: at += 2
      case ASCII.backtick, ASCII.tilde: skipCode()
      case ASCII.less:
        guard let close = closing(at) else {
          at += 1
          continue
        }
        found.append(at..<close)
        at = close
      default: at += 1
      }
    }
    return found
  }

  private func byte(_ index: Int) -> UInt8 { index < end ? bytes[index] : 0 }

  /// Goes behind a code span or a fenced block, or behind signs that begin neither.
  private mutating func skipCode() {
    let (sign, start) = (bytes[at], at)
    while byte(at) == sign { at += 1 }
    let length = at - start
    let isFence = length >= 3 && isFirstOfLine(start)
    guard isFence || sign == ASCII.backtick else { return }
    var index = at
    while index < end {
      guard bytes[index] == sign else {
        if !isFence, bytes[index] == ASCII.lineFeed, byte(index + 1) == ASCII.lineFeed { return }
        index += 1
        continue
      }
      let run = index
      while byte(index) == sign { index += 1 }
      if isFence ? index - run >= length && isFirstOfLine(run) : index - run == length {
        at = index
        return
      }
    }
    if isFence { at = end }
  }

  private func isFirstOfLine(_ index: Int) -> Bool {
    var before = index
    while before > 0, bytes[before - 1] == ASCII.space || bytes[before - 1] == ASCII.greater { before -= 1 }
    return before == 0 || bytes[before - 1] == ASCII.lineFeed
  }

  /// The end of what begins with the sign at `open`; `nil` where it is a sign like any other.
  private func closing(_ open: Int) -> Int? {
    // A comment, a declaration or an instruction goes on to an end of its own; that it begins is enough to tell of it.
    if byte(open + 1) == ASCII.question { return open + 2 }
    if byte(open + 1) == ASCII.exclamation {
      if byte(open + 2) == ASCII.hyphen, byte(open + 3) == ASCII.hyphen { return open + 4 }
      return byte(open + 2).isLetter || byte(open + 2) == ASCII.openBracket ? open + 3 : nil
    }
    let isEnd = byte(open + 1) == UInt8(ascii: "/")
    var index = open + (isEnd ? 2 : 1)
    guard byte(index).isLetter else { return nil }
    while byte(index).isLetter || byte(index).isDigit || byte(index) == ASCII.hyphen { index += 1 }
    while true {
      let spaced = afterSpaces(index)
      if byte(spaced) == ASCII.greater { return spaced + 1 }
      if isEnd { return nil }
      if byte(spaced) == UInt8(ascii: "/"), byte(spaced + 1) == ASCII.greater { return spaced + 2 }
      guard spaced > index, let next = attribute(spaced) else { return nil }
      index = next
    }
  }

  private func attribute(_ start: Int) -> Int? {
    guard byte(start).isLetter || byte(start) == ASCII.underscore || byte(start) == ASCII.colon else { return nil }
    var index = start + 1
    while byte(index).isLetter || byte(index).isDigit
      || [ASCII.underscore, ASCII.dot, ASCII.colon, ASCII.hyphen].contains(byte(index))
    {
      index += 1
    }
    let sign = afterSpaces(index)
    guard byte(sign) == ASCII.equals else { return index }
    index = afterSpaces(sign + 1)
    let quote = byte(index)
    if quote == ASCII.quote || quote == UInt8(ascii: "'") {
      // No tag begins within a tag's value in any text of terms, and looking no further keeps the reading short.
      var last = index + 1
      while last < end, bytes[last] != quote, bytes[last] != ASCII.less { last += 1 }
      return byte(last) == quote ? last + 1 : nil
    }
    let value = index
    while index < end, !Self.endsValue.contains(bytes[index]) { index += 1 }
    return index > value ? index : nil
  }

  private static let endsValue: [UInt8] =
    [
      ASCII.space, ASCII.tab, ASCII.lineFeed, ASCII.quote, ASCII.equals, ASCII.less, ASCII.greater, ASCII.backtick,
      UInt8(ascii: "'"),
    ]

  private func afterSpaces(_ start: Int) -> Int {
    var index = start
    while [ASCII.space, ASCII.tab, ASCII.lineFeed].contains(byte(index)) { index += 1 }
    return index
  }
}
