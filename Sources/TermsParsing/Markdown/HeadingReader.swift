/// Finds and cleans the words of headings.
struct HeadingReader {
  private let bytes: Bytes

  init(_ bytes: Bytes) {
    self.bytes = bytes
  }

  /// The longest heading that runs into its text, in bytes; longer emphasis is emphasis.
  private static let longest = 160

  /// The heading that a labelled paragraph begins with, and where its text begins: `**Access.** We may …`.
  ///
  /// An emphasis counts as a heading where it ends with a full stop or colon, or one follows it, or a capital begins
  /// what comes after it, or nothing comes after it.
  func split(from start: Int, to end: Int, openDress: Range<Int>?) -> (heading: String, textStart: Int)? {
    var at = start
    let mark: Range<Int>
    if let openDress {
      mark = openDress
    } else {
      while at < end, isDress(bytes[at]), at - start < 3 { at += 1 }
      mark = start..<at
    }
    guard !mark.isEmpty, let close = closing(of: mark, from: at, to: end), close > at else { return nil }
    let after = close + mark.count
    let last = bytes[bytes.trimmedEnd(from: at, to: close) - 1]
    var next = after
    while isDress(bytes[next]), bytes[next + 1] == ASCII.dot { next += 1 }
    let stops = bytes[next] == ASCII.dot || bytes[next] == ASCII.colon
    if stops { next += 1 }
    next = skipSeparator(bytes.skipSpaces(from: next, to: end), to: end)
    if next < end, bytes[next] == ASCII.lineFeed { next = bytes.skipSpaces(from: next + 1, to: end) }
    let endsItself = last == ASCII.dot || last == ASCII.colon
    guard stops || endsItself || next >= end || bytes[next].isUpper else { return nil }
    let heading = plain(at..<close, runIn: true)
    return heading.isEmpty ? nil : (heading, min(next, end))
  }

  /// A dash that stands between a heading and its text.
  private func skipSeparator(_ index: Int, to end: Int) -> Int {
    let width: Int
    if bytes[index] == 0xE2, bytes[index + 1] == 0x80, bytes[index + 2] == 0x93 || bytes[index + 2] == 0x94 {
      width = 3
    } else if bytes[index] == ASCII.hyphen, bytes.space(at: index + 1) > 0 {
      width = 1
    } else {
      return index
    }
    return bytes.skipSpaces(from: index + width, to: end)
  }

  /// Where the emphasis opened by `mark` closes, if it does so soon and within its line.
  private func closing(of mark: Range<Int>, from start: Int, to end: Int) -> Int? {
    let first = bytes[mark.lowerBound]
    guard isDress(first), isDress(bytes[mark.upperBound - 1]) else { return nil }
    var at = start
    let bound = min(end, start + Self.longest)
    while at < bound {
      let byte = bytes[at]
      if byte == ASCII.backslash {
        at += 2
        continue
      }
      if byte == ASCII.lineFeed { return nil }
      if byte == first {
        var matches = true
        for offset in 1..<max(1, mark.count) where bytes[at + offset] != bytes[mark.upperBound - 1 - offset] {
          matches = false
        }
        if matches { return at }
      }
      at += 1
    }
    return nil
  }

  /// Whether all words of the range stand in one strong emphasis, and read as a title.
  func isWhollyBold(_ range: Range<Int>) -> Bool {
    var start = range.lowerBound
    while start < range.upperBound, isDress(bytes[start]), start - range.lowerBound < 3 { start += 1 }
    let marks = start - range.lowerBound
    guard marks >= 2, range.count > 2 * marks else { return false }
    let end = range.upperBound - marks
    for at in end..<range.upperBound where !isDress(bytes[at]) { return false }
    for at in start..<end where bytes[at] == ASCII.star && bytes[at + 1] == ASCII.star { return false }
    switch bytes[bytes.trimmedEnd(from: start, to: end) - 1] {
    case ASCII.dot, ASCII.semicolon, ASCII.comma, ASCII.exclamation: return false
    default: return true
    }
  }

  /// Whether plain words read as a title: a capital first, no sentence's end, and capitals in most longer words.
  func looksLikeTitle(_ range: Range<Int>) -> Bool {
    guard let last = range.isEmpty ? nil : bytes[range.upperBound - 1] else { return false }
    if last == ASCII.semicolon || last == ASCII.comma || last == ASCII.colon { return false }
    guard bytes[range.lowerBound].isUpper || bytes[range.lowerBound] >= 0x80 else { return false }
    var (capital, small) = (0, 0)
    var at = range.lowerBound
    while at < range.upperBound {
      // Two sentences are no title.
      if last == ASCII.dot, bytes[at] == ASCII.dot, bytes[at + 1] == ASCII.space, at + 1 < range.upperBound {
        return false
      }
      let start = at
      while at < range.upperBound, bytes[at].isLetter || bytes[at] >= 0x80 { at += 1 }
      if at - start > 3 {
        if bytes[start].isLower { small += 1 } else { capital += 1 }
      }
      if at == start { at += 1 }
    }
    return small == 0 || capital >= 2 * small
  }

  // MARK: Words without dress

  /// The words of the range without emphasis, link targets, tags and escapes, blanks folded to one.
  func plain(_ range: Range<Int>, runIn: Bool = false) -> String {
    // Most headings are plain words with single blanks: those are read as they stand.
    if isPlain(range) { return bytes.string(range) }
    return String(decoding: plainBytes(range, runIn: runIn), as: UTF8.self)
  }

  /// Whether nothing in the range is dress, and it ends with a letter.
  private func isPlain(_ range: Range<Int>) -> Bool {
    guard range.upperBound > range.lowerBound, bytes[range.lowerBound] != ASCII.space,
      bytes[range.upperBound - 1].isLetter
    else { return false }
    for at in range {
      let byte = bytes.base[at]
      if byte.isLetter || byte.isDigit { continue }
      switch byte {
      case ASCII.space: if bytes.base[at + 1] == ASCII.space { return false }
      case ASCII.comma, ASCII.dot, ASCII.hyphen, ASCII.openParenthesis, ASCII.closeParenthesis, UInt8(ascii: "&"): break
      default: return false
      }
    }
    return true
  }

  /// ``plain(_:runIn:)`` as UTF-8.
  func plainBytes(_ range: Range<Int>, runIn: Bool = false) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(range.count)
    eachPlainByte(range) { byte in
      if byte != ASCII.space || (!result.isEmpty && result[result.count - 1] != ASCII.space) { result.append(byte) }
    }
    while let last = result.last, last == ASCII.space { result.removeLast() }
    if let last = result.last, last == ASCII.colon || (last == ASCII.dot && runIn && !isAbbreviation(result)) {
      result.removeLast()
    }
    return result
  }

  /// Hands on the bytes of the range without emphasis, link targets, tags and escapes, with a blank for any white space.
  @inline(__always)
  func eachPlainByte(_ range: Range<Int>, _ take: (UInt8) -> Void) {
    var at = range.lowerBound
    let end = range.upperBound
    while at < end {
      let byte = bytes[at]
      if byte.isLetter {
        take(byte)
        at += 1
        continue
      }
      let space = byte == ASCII.lineFeed ? 1 : bytes.space(at: at)
      if space > 0 {
        if !(space == 3 && isInvisible(at)) { take(ASCII.space) }
        at += space
        continue
      }
      switch byte {
      case ASCII.star, ASCII.backtick:
        break
      case ASCII.underscore where !(bytes[at - 1].isLetter && bytes[at + 1].isLetter):
        break
      case ASCII.backslash where isPunctuation(bytes[at + 1]):
        at += 1
        take(bytes[at])
      case ASCII.exclamation where bytes[at + 1] == ASCII.openBracket:
        break
      case ASCII.openBracket:
        break
      case ASCII.closeBracket:
        if bytes[at + 1] == ASCII.openParenthesis, let close = endOfTarget(at + 1, to: end) { at = close }
      case ASCII.less:
        if let close = endOfTag(at, to: end) { at = close } else { take(byte) }
      default:
        take(byte)
      }
      at += 1
    }
  }

  private func isInvisible(_ index: Int) -> Bool {
    let third = bytes[index + 2]
    return
      (bytes[index] == 0xE2
      && ((bytes[index + 1] == 0x80 && (0x8B...0x8F).contains(third)) || (bytes[index + 1] == 0x81 && third == 0xA0)))
      || bytes[index] == 0xEF
  }

  private func isAbbreviation(_ words: [UInt8]) -> Bool {
    words.count >= 4 && words[words.count - 2].isUpper && words[words.count - 3] == ASCII.dot
  }

  /// The closing parenthesis of the link target that opens at `index`.
  private func endOfTarget(_ index: Int, to end: Int) -> Int? {
    var depth = 0
    for at in index..<min(end, index + 4096) {
      if bytes[at] == ASCII.openParenthesis { depth += 1 }
      if bytes[at] == ASCII.closeParenthesis {
        depth -= 1
        if depth == 0 { return at }
      }
    }
    return nil
  }

  private func endOfTag(_ index: Int, to end: Int) -> Int? {
    guard bytes[index + 1].isLetter || bytes[index + 1] == UInt8(ascii: "/") else { return nil }
    for at in index..<min(end, index + 512) where bytes[at] == ASCII.greater { return at }
    return nil
  }

  private func isPunctuation(_ byte: UInt8) -> Bool {
    byte > 0x20 && byte < 0x7F && !byte.isDigit && !byte.isLetter
  }

  private func isDress(_ byte: UInt8) -> Bool { byte == ASCII.star || byte == ASCII.underscore }
}
