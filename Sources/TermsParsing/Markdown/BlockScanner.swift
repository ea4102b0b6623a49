/// Cuts Markdown into blocks, line by line, after the block rules of CommonMark 0.31 and the tables of GFM.
///
/// It differs from them where files of terms do: text indented by four columns or more is a paragraph, since page
/// converters indent text that is no code; `•` and its like are bullets; a hyphen or a number begins an item inside a
/// paragraph only after a line that ends with punctuation, since wrapped text may begin a line with either. Nesting is
/// kept on a stack of its own, never by recursion, and every line is looked at a bounded number of times.
struct BlockScanner {
  struct Item: Equatable {
    let markerColumn: Int
    let contentColumn: Int
  }

  let bytes: Bytes
  private(set) var blocks: [Block] = []
  private(set) var items: [Item] = []
  private var quoteDepth = 0
  private(set) var line = 0
  /// Whether the last block is a paragraph that the next line may continue.
  private var isOpen = false
  /// Whether the last block is a table that the next row may continue.
  private var isTable = false
  private var afterBlank = true
  /// Where the last line of the open paragraph begins and ends, without its container marks.
  private var lastLine = 0..<0
  /// A list item whose marker stood alone on its line: its start, its line, its depth.
  private var pending: (start: Int, line: Int, depth: Int, bulleted: Bool)?

  private struct Fence {
    let mark: UInt8
    let length: Int
  }
  private var fence: Fence?

  init(_ bytes: Bytes) {
    self.bytes = bytes
    blocks.reserveCapacity(bytes.count / 160 + 8)
  }

  /// Scans the text; gives the line on which it stopped, where there are more blocks than `most`.
  mutating func scan(most: Int) -> Int? { scan(from: 0, to: bytes.count, most: most) }

  private mutating func scan(from start: Int, to upper: Int, most: Int) -> Int? {
    var at = start
    while at < upper {
      at = readLine(at)
      if blocks.count > most { return line }
    }
    return nil
  }

  /// Reads the line that begins at `at`; says where the next one does.
  mutating func readLine(_ at: Int) -> Int {
    let end = bytes.endOfLine(from: at)
    line += 1
    read(line: at..<end)
    return end + 1
  }

  /// Whether nothing is open but perhaps items of lists, right after a blank line or at the beginning.
  var isAtRest: Bool { afterBlank && !isOpen && !isTable && quoteDepth == 0 && fence == nil && pending == nil }

  /// Whether a paragraph is open, and nothing else but lists.
  var isInParagraph: Bool { isOpen && !isTable && quoteDepth == 0 && fence == nil && pending == nil }

  /// Takes over a block that was scanned in another text.
  mutating func append(_ block: Block) { blocks.append(block) }

  /// Goes on from a place of rest.
  mutating func resume(line: Int, item: Item?, isOpen: Bool) {
    self.line = line
    self.isOpen = isOpen
    afterBlank = !isOpen
    items.removeAll(keepingCapacity: true)
    if let item { items.append(item) }
  }

  private mutating func read(line range: Range<Int>) {
    let first = bytes[range.lowerBound]
    if let opened = fence, continueCode(range, opened) { return }
    // A letter at the left margin is the most common line of all, and begins no container.
    if first.isLetter || first == ASCII.openParenthesis, quoteDepth == 0 || isOpen {
      return readText(range, content: range.lowerBound, column: 0)
    }
    var (at, column) = skipIndent(from: range.lowerBound, to: range.upperBound, column: 0)
    var quotes = 0
    while at < range.upperBound, bytes[at] == ASCII.greater {
      quotes += 1
      at += 1
      if bytes[at] == ASCII.space { at += 1 }
      (at, column) = skipIndent(from: at, to: range.upperBound, column: 0)
    }
    if at >= range.upperBound || bytes.skipSpaces(from: at, to: range.upperBound) == range.upperBound {
      return readBlank(quotes: quotes)
    }
    if quotes != quoteDepth, !(isOpen && quotes < quoteDepth && isPlainText(at, to: range.upperBound)) {
      close()
      items.removeAll(keepingCapacity: true)
      quoteDepth = quotes
    }
    readText(range, content: at, column: column)
  }

  // MARK: Lines

  private mutating func readBlank(quotes: Int) {
    close()
    afterBlank = true
    if quotes == 0, quoteDepth > 0 {
      items.removeAll(keepingCapacity: true)
      quoteDepth = 0
    }
  }

  private mutating func readText(_ range: Range<Int>, content start: Int, column: Int) {
    let end = range.upperBound
    let byte = bytes[start]
    switch byte {
    case ASCII.equals, ASCII.hyphen:
      if isOpen, pending == nil, isUnderline(start, to: end), column >= contentColumn || items.isEmpty {
        return endAsHeading(level: byte == ASCII.equals ? 1 : 2)
      }
      if isOpen, byte == ASCII.hyphen, isDelimiterRow(start, to: end) { return beginTableAbove(range, content: start) }
      if byte == ASCII.hyphen, isRule(start, to: end) { return addRule(range) }
    case ASCII.star, ASCII.underscore:
      if isRule(start, to: end) { return addRule(range) }
    case ASCII.hash:
      let level = headingLevel(start, to: end)
      if level > 0 { return addHeading(range, at: start, level: level, column: column) }
    case ASCII.backtick, ASCII.tilde:
      if let opened = fence(at: start, to: end) { return beginCode(range, at: start, column: column, fence: opened) }
    case ASCII.pipe:
      if isTable { return extend(range, content: start) }
      if isOpen, isDelimiterRow(start, to: end) { return beginTableAbove(range, content: start) }
      if !isOpen || isDelimiterRow(bytes.skipSpaces(from: end + 1, to: bytes.count), to: bytes.endOfLine(from: end + 1))
      {
        close()
        leaveItems(column: column)
        add(.table, range, content: start, column: column)
        isTable = true
        return
      }
    case ASCII.colon:
      if isOpen, isDelimiterRow(start, to: end) { return beginTableAbove(range, content: start) }
    default:
      break
    }
    if let width = markerWidth(at: start, to: end) {
      return beginItem(range, at: start, width: width, column: column)
    }
    if isTable { return extend(range, content: start) }
    if isOpen {
      if endsHard(lastLine), LabelReader.mayBegin(bytes, at: start, to: end) {
        close()
        blocks[blocks.count - 1].end = trimmed(blocks[blocks.count - 1])
        add(.paragraph, range, content: start, column: column)
        isOpen = true
        return
      }
      return extend(range, content: start)
    }
    leaveItems(column: column)
    add(.paragraph, range, content: start, column: column)
    isOpen = true
  }

  // MARK: Blocks

  private mutating func add(_ kind: Block.Kind, _ range: Range<Int>, content: Int, column: Int) {
    let end = bytes.trimmedEnd(from: content, to: range.upperBound)
    var block = Block(
      kind: kind, blankBefore: afterBlank, depth: items.count,
      column: column, start: range.lowerBound, content: content, end: end, line: line,
      lastLine: line)
    if let waiting = pending, items.count > waiting.depth {
      block.start = waiting.start
      block.line = waiting.line
      block.depth = waiting.depth
      block.bulleted = waiting.bulleted
    }
    pending = nil
    blocks.append(block)
    afterBlank = false
    lastLine = content..<range.upperBound
  }

  private mutating func extend(_ range: Range<Int>, content: Int) {
    let last = blocks.count - 1
    blocks[last].end = bytes.trimmedEnd(from: content, to: range.upperBound)
    blocks[last].lastLine = line
    if content > range.lowerBound { blocks[last].dressed = true }
    lastLine = content..<range.upperBound
  }

  private mutating func close() {
    isOpen = false
    isTable = false
  }

  private mutating func addRule(_ range: Range<Int>) {
    close()
    leaveItems(column: 0)
    pending = nil
    add(.rule, range, content: range.lowerBound, column: 0)
    afterBlank = true
  }

  private mutating func addHeading(_ range: Range<Int>, at start: Int, level: Int, column: Int) {
    close()
    leaveItems(column: column)
    var end = bytes.trimmedEnd(from: start, to: range.upperBound)
    let content = min(bytes.skipSpaces(from: start + level, to: end), end)
    // Closing hashes count only where a space stands before them.
    var bare = end
    while bare > content, bytes[bare - 1] == ASCII.hash { bare -= 1 }
    if bare < end, bare == content || bytes[bare - 1] == ASCII.space || bytes[bare - 1] == ASCII.tab {
      end = bytes.trimmedEnd(from: content, to: bare)
    }
    add(.heading, range, content: content, column: column)
    blocks[blocks.count - 1].level = UInt8(level)
    blocks[blocks.count - 1].end = max(end, content)
    afterBlank = true
  }

  private mutating func endAsHeading(level: UInt8) {
    let last = blocks.count - 1
    blocks[last].kind = .heading
    blocks[last].level = level
    blocks[last].lastLine = line
    close()
    afterBlank = true
  }

  private mutating func beginTableAbove(_ range: Range<Int>, content: Int) {
    let last = blocks.count - 1
    if lastLine.lowerBound > blocks[last].content {
      let head = lastLine
      blocks[last].end = bytes.trimmedEnd(from: blocks[last].content, to: head.lowerBound)
      blocks[last].lastLine = line - 2
      var start = head.lowerBound
      while start > 0, bytes[start - 1] != ASCII.lineFeed { start -= 1 }
      line -= 1
      add(.table, start..<head.upperBound, content: head.lowerBound, column: 0)
      line += 1
      blocks[blocks.count - 1].blankBefore = false
    } else {
      blocks[last].kind = .table
    }
    close()
    isTable = true
    extend(range, content: content)
  }

  private mutating func beginCode(_ range: Range<Int>, at start: Int, column: Int, fence opened: Fence) {
    close()
    leaveItems(column: column)
    add(.code, range, content: start, column: column)
    fence = opened
  }

  /// Reads a line inside code; `false` where the line lies outside the quote or item that holds the code.
  private mutating func continueCode(_ range: Range<Int>, _ opened: Fence) -> Bool {
    var at = range.lowerBound
    while bytes[at] == ASCII.space || bytes[at] == ASCII.tab { at += 1 }
    let isBlank = at >= range.upperBound
    let isOutside = quoteDepth > 0 ? bytes[at] != ASCII.greater : at - range.lowerBound < min(2, contentColumn)
    if quoteDepth > 0 ? isOutside : isOutside && !isBlank {
      fence = nil
      return false
    }
    let last = blocks.count - 1
    blocks[last].lastLine = line
    blocks[last].dressed = blocks[last].dressed || quoteDepth > 0 || contentColumn > 0
    blocks[last].end = max(blocks[last].end, bytes.trimmedEnd(from: range.lowerBound, to: range.upperBound))
    while bytes[at] == ASCII.space || bytes[at] == ASCII.greater { at += 1 }
    guard bytes[at] == opened.mark else { return true }
    var length = 0
    while bytes[at + length] == opened.mark { length += 1 }
    if length >= opened.length, bytes.skipSpaces(from: at + length, to: range.upperBound) == range.upperBound {
      fence = nil
      afterBlank = true
    }
    return true
  }

  // MARK: Lists

  private var contentColumn: Int { items.last?.contentColumn ?? 0 }

  /// Leaves the items whose content does not reach as far left as `column`.
  ///
  /// An item holds what is indented to its content; two columns past its marker suffice, since many files indent less.
  private mutating func leaveItems(column: Int) {
    while let item = items.last, column < item.contentColumn, column < item.markerColumn + 2 { items.removeLast() }
  }

  private mutating func beginItem(_ range: Range<Int>, at start: Int, width: Int, column: Int) {
    close()
    leaveItems(column: column)
    let depth = items.count
    let first = column
    var (at, column, width) = (start, column, width)
    var bulleted = false
    // Several markers may stand on one line; the first tells where the block stands among the others.
    while true {
      let isBullet = !bytes[at].isDigit
      let after = at + width
      let next = skipIndent(from: after, to: range.upperBound, column: column + width)
      let isBare = next.at >= range.upperBound
      let content = isBare || next.column > column + width + 4 ? column + width + 1 : next.column
      if items.count < Self.deepest { items.append(Item(markerColumn: column, contentColumn: content)) }
      bulleted = bulleted || isBullet
      if isBare {
        pending = (range.lowerBound, line, depth, bulleted)
        // An ordered marker alone on its line is a label without words: it stands as a block of its own.
        if !isBullet { addItem(range, content: at, column: first, depth: depth, bulleted: bulleted) }
        return
      }
      guard isBullet else { return addItem(range, content: at, column: first, depth: depth, bulleted: bulleted) }
      var inner = next
      while bytes[inner.at] == ASCII.greater {
        inner = skipIndent(from: inner.at + 1, to: range.upperBound, column: inner.column + 1)
      }
      guard inner.at < range.upperBound else {
        return addItem(range, content: next.at, column: first, depth: depth, bulleted: true)
      }
      guard let another = markerWidth(at: inner.at, to: range.upperBound) else {
        let level = bytes[inner.at] == ASCII.hash ? headingLevel(inner.at, to: range.upperBound) : 0
        if level > 0 {
          addHeading(range, at: inner.at, level: level, column: inner.column)
          blocks[blocks.count - 1].bulleted = true
          return
        }
        return addItem(range, content: inner.at, column: first, depth: depth, bulleted: true)
      }
      (at, column, width) = (inner.at, inner.column, another)
    }
  }

  private mutating func addItem(_ range: Range<Int>, content: Int, column: Int, depth: Int, bulleted: Bool) {
    pending = nil
    add(.paragraph, range, content: content, column: column)
    blocks[blocks.count - 1].numbered = bytes[content].isDigit
    blocks[blocks.count - 1].depth = depth
    blocks[blocks.count - 1].bulleted = bulleted
    isOpen = true
  }

  /// How many bytes the list marker at `at` takes, or `nil` where none may begin here.
  private func markerWidth(at start: Int, to end: Int) -> Int? {
    let byte = bytes[start]
    var width = 1
    switch byte {
    case ASCII.hyphen, ASCII.plus:
      if isOpen, !endsWithPunctuation(lastLine), items.isEmpty { return nil }
    case ASCII.star:
      break
    case 0xE2, 0xC2:
      width = bulletWidth(at: start)
      guard width > 0 else { return nil }
      return bytes.space(at: start + width) > 0 || start + width >= end ? width : nil
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      var at = start
      while at < end, bytes[at].isDigit, at - start < 9 { at += 1 }
      guard bytes[at] == ASCII.dot || bytes[at] == ASCII.closeParenthesis else { return nil }
      width = at + 1 - start
      if isOpen, items.isEmpty, !endsWithPunctuation(lastLine) { return nil }
    default:
      return nil
    }
    let next = start + width
    guard next >= end || bytes[next] == ASCII.space || bytes[next] == ASCII.tab else { return nil }
    // An empty item does not interrupt a paragraph.
    return isOpen && bytes.skipSpaces(from: next, to: end) == end ? nil : width
  }

  /// U+2022 •, U+25CF ●, U+25AA ▪, U+25E6 ◦, U+2023 ‣ and U+00B7 ·
  private func bulletWidth(at start: Int) -> Int {
    switch (bytes[start], bytes[start + 1], bytes[start + 2]) {
    case (0xC2, 0xB7, _): 2
    case (0xE2, 0x80, 0xA2), (0xE2, 0x80, 0xA3), (0xE2, 0x97, 0x8F), (0xE2, 0x97, 0xA6), (0xE2, 0x96, 0xAA): 3
    default: 0
    }
  }

  // MARK: Shapes of a line

  private func skipIndent(from start: Int, to end: Int, column: Int) -> (at: Int, column: Int) {
    var (at, column) = (start, column)
    while at < end {
      switch bytes[at] {
      case ASCII.space: column += 1
      case ASCII.tab: column = (column / 4 + 1) * 4
      default:
        let width = bytes.space(at: at)
        if width == 0 { return (at, column) }
        at += width - 1
        column += 1
      }
      at += 1
    }
    return (end, column)
  }

  private func isPlainText(_ start: Int, to end: Int) -> Bool {
    markerWidth(at: start, to: end) == nil && !isRule(start, to: end) && headingLevel(start, to: end) == 0
      && fence(at: start, to: end) == nil
  }

  private func isUnderline(_ start: Int, to end: Int) -> Bool {
    let mark = bytes[start]
    var at = start
    while bytes[at] == mark { at += 1 }
    return bytes.skipSpaces(from: at, to: end) == end
  }

  private func isRule(_ start: Int, to end: Int) -> Bool {
    let mark = bytes[start]
    guard mark == ASCII.star || mark == ASCII.hyphen || mark == ASCII.underscore else { return false }
    var marks = 0
    for at in start..<end {
      let byte = bytes[at]
      if byte == mark { marks += 1 } else if byte != ASCII.space, byte != ASCII.tab { return false }
    }
    return marks >= 3
  }

  private func isDelimiterRow(_ start: Int, to end: Int) -> Bool {
    var (pipes, hyphens) = (0, 0)
    guard start < end else { return false }
    for at in start..<end {
      switch bytes[at] {
      case ASCII.pipe: pipes += 1
      case ASCII.hyphen: hyphens += 1
      case ASCII.colon, ASCII.space, ASCII.tab: break
      default: return false
      }
    }
    return pipes > 0 && hyphens > 0
  }

  /// Items nested deeper than this stand beside each other.
  private static let deepest = 100_000

  private func headingLevel(_ start: Int, to end: Int) -> Int {
    var level = 0
    while bytes[start + level] == ASCII.hash, level < 7 { level += 1 }
    guard (1...6).contains(level) else { return 0 }
    return start + level >= end || bytes.space(at: start + level) > 0 ? level : 0
  }

  private func fence(at start: Int, to end: Int) -> Fence? {
    let mark = bytes[start]
    guard mark == ASCII.backtick || mark == ASCII.tilde else { return nil }
    var length = 0
    while bytes[start + length] == mark { length += 1 }
    guard length >= 3 else { return nil }
    if mark == ASCII.backtick {
      for at in (start + length)..<max(end, start + length) where bytes[at] == ASCII.backtick { return nil }
    }
    return Fence(mark: mark, length: length)
  }

  /// Whether the line ends with a hard break: two blanks, or a backslash.
  private func endsHard(_ range: Range<Int>) -> Bool {
    let end = range.upperBound
    guard end - range.lowerBound > 2 else { return false }
    return bytes[end - 1] == ASCII.backslash || (bytes[end - 1] == ASCII.space && bytes[end - 2] == ASCII.space)
  }

  private func endsWithPunctuation(_ range: Range<Int>) -> Bool {
    let end = bytes.trimmedEnd(from: range.lowerBound, to: range.upperBound)
    guard end > range.lowerBound else { return false }
    switch bytes[end - 1] {
    case ASCII.dot, ASCII.colon, ASCII.semicolon, ASCII.comma, ASCII.exclamation, ASCII.question, ASCII.star:
      return true
    default: return endsHard(range)
    }
  }

  private func trimmed(_ block: Block) -> Int { bytes.trimmedEnd(from: block.content, to: block.end) }
}
