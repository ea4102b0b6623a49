internal import TermsModel

/// A clause's text made plain for reading: byte for byte as long as the text, so that places stay what they are.
///
/// Emphasis, escapes, link brackets and targets, addresses and invisible characters become ``ignored``; no-break spaces
/// and line feeds become blanks; quotation marks, apostrophes and dashes take one shape each.
struct Prose {
  static let ignored: UInt8 = 1
  static let openQuote: UInt8 = 2
  static let closeQuote: UInt8 = 3

  private(set) var bytes: [UInt8]
  /// Where lines end in the text, in ascending order.
  private var lineFeeds: [Int] = []
  /// The words of links.
  private(set) var links: [Range<Int>] = []

  init(_ text: String) {
    bytes = Array(text.utf8)
    mask()
  }

  /// The byte at `index`, or a blank outside the text.
  subscript(_ index: Int) -> UInt8 { index >= 0 && index < bytes.count ? bytes[index] : ASCII.space }

  /// The first place from `index` on that is not ignored.
  func next(_ index: Int) -> Int {
    var at = index
    while at < bytes.count, bytes[at] == Self.ignored { at += 1 }
    return at
  }

  /// The first place from `index` on that is neither ignored nor blank.
  func nextWord(_ index: Int) -> Int {
    var at = index
    while at < bytes.count, bytes[at] == Self.ignored || bytes[at] == ASCII.space { at += 1 }
    return at
  }

  /// The last place before `index` that is neither ignored nor blank; -1 where there is none.
  func previousWord(_ index: Int) -> Int {
    var at = index - 1
    while at >= 0, bytes[at] == Self.ignored || bytes[at] == ASCII.space { at -= 1 }
    return at
  }

  /// The end of the letters and figures that begin at `index`; apostrophes and hyphens between letters belong to them.
  func endOfWord(_ index: Int) -> Int {
    var at = index
    while at < bytes.count {
      let byte = bytes[at]
      if Self.isWord(byte) || byte == Self.ignored {
        at += 1
      } else if byte == UInt8(ascii: "'") || byte == ASCII.hyphen || byte == UInt8(ascii: "&"), at > index,
        Self.isWord(self[next(at + 1)]), byte != ASCII.hyphen || !self[next(at + 1)].isDigit
      {
        at += 1
      } else {
        break
      }
    }
    while at > index, bytes[at - 1] == Self.ignored { at -= 1 }
    return at
  }

  /// The start of the word that ends before `end`.
  func startOfWord(endingAt end: Int) -> Int {
    var at = end
    while at > 0 {
      let byte = bytes[at - 1]
      if Self.isWord(byte) || byte == Self.ignored
        || (byte == UInt8(ascii: "'") && at > 1 && Self.isWord(bytes[at - 2]))
      {
        at -= 1
      } else {
        break
      }
    }
    while at < end, bytes[at] == Self.ignored { at += 1 }
    return at
  }

  /// The line of the source on which the byte at `offset` of the clause's text stands.
  func line(of offset: Int, in clause: Clause) -> Int {
    var (low, high) = (0, lineFeeds.count)
    while low < high {
      let middle = (low + high) / 2
      if lineFeeds[middle] < offset { low = middle + 1 } else { high = middle }
    }
    // Counted from the end: a label or heading may stand on lines before the text.
    return max(clause.lines.lowerBound, clause.lines.upperBound - (lineFeeds.count - low))
  }

  /// The words of the range as a person would type them.
  func text(_ range: Range<Int>) -> String {
    var result: [UInt8] = []
    for byte in bytes[range] where byte != Self.ignored {
      result.append(byte == Self.openQuote || byte == Self.closeQuote ? ASCII.quote : byte)
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The word at `index` in small letters; empty where none begins there.
  func word(_ index: Int) -> String { text(index..<endOfWord(index)).lowercased() }

  static func isWord(_ byte: UInt8) -> Bool { byte.isLetter || byte.isDigit || byte >= 0x80 }

  // MARK: Masking

  private mutating func mask() {
    var open: [Int] = []
    var at = 0
    while at < bytes.count {
      let byte = bytes[at]
      switch byte {
      case ASCII.lineFeed:
        lineFeeds.append(at)
        bytes[at] = ASCII.space
      case ASCII.tab:
        bytes[at] = ASCII.space
      case ASCII.star, ASCII.backtick, ASCII.tilde:
        bytes[at] = Self.ignored
      case ASCII.underscore where !(Self.isWord(self[at - 1]) && Self.isWord(self[at + 1])):
        bytes[at] = Self.ignored
      case ASCII.backslash:
        bytes[at] = Self.ignored
        if self[at + 1] != ASCII.lineFeed { at += 1 }
      case ASCII.openBracket:
        open.append(at)
      case ASCII.closeBracket:
        guard let start = open.popLast(), self[at + 1] == ASCII.openParenthesis, let end = endOfTarget(at + 1) else {
          break
        }
        links.append(start + 1..<at)
        bytes[start] = Self.ignored
        for index in at...end {
          if bytes[index] == ASCII.lineFeed { lineFeeds.append(index) }
          bytes[index] = Self.ignored
        }
        at = end
      case UInt8(ascii: "h") where isAddress(at):
        while at < bytes.count, bytes[at] > ASCII.space, bytes[at] != ASCII.closeParenthesis, bytes[at] != ASCII.greater
        {
          bytes[at] = Self.ignored
          at += 1
        }
        continue
      case 0xC2 where self[at + 1] == 0xA0:
        bytes[at] = ASCII.space
        bytes[at + 1] = Self.ignored
        at += 1
      case 0xE2:
        maskPunctuation(at)
        at += 2
      case 0xEF where self[at + 1] == 0xBB && self[at + 2] == 0xBF:
        ignore(at..<at + 3)
        at += 2
      default:
        break
      }
      at += 1
    }
  }

  private mutating func maskPunctuation(_ at: Int) {
    guard at + 2 < bytes.count, bytes[at + 1] == 0x80 || bytes[at + 1] == 0x81 else { return }
    let shape: UInt8
    switch (bytes[at + 1], bytes[at + 2]) {
    case (0x80, 0x9C), (0x80, 0x9E), (0x80, 0x9F): shape = Self.openQuote
    case (0x80, 0x9D): shape = Self.closeQuote
    case (0x80, 0x98), (0x80, 0x99), (0x80, 0x9A), (0x80, 0x9B): shape = UInt8(ascii: "'")
    case (0x80, 0x90...0x95): shape = ASCII.hyphen
    case (0x80, 0x80...0x8A), (0x80, 0xAF): shape = ASCII.space
    case (0x80, 0x8B...0x8F), (0x81, 0xA0): shape = Self.ignored
    default: return
    }
    bytes[at] = shape
    ignore(at + 1..<at + 3)
  }

  private mutating func ignore(_ range: Range<Int>) {
    for index in range where index < bytes.count { bytes[index] = Self.ignored }
  }

  private func isAddress(_ at: Int) -> Bool {
    guard self[at + 1] == UInt8(ascii: "t"), self[at + 2] == UInt8(ascii: "t"), self[at + 3] == UInt8(ascii: "p") else {
      return false
    }
    let colon = self[at + 4] == UInt8(ascii: "s") ? at + 5 : at + 4
    return self[colon] == ASCII.colon && self[colon + 1] == UInt8(ascii: "/")
  }

  /// Parentheses deeper than this are no link target, which keeps a row of openings from being read again at each.
  private func endOfTarget(_ open: Int) -> Int? {
    var (at, depth) = (open, 0)
    while at < bytes.count {
      switch bytes[at] {
      case ASCII.openParenthesis:
        depth += 1
        if depth > 32 { return nil }
      case ASCII.closeParenthesis:
        depth -= 1
        if depth == 0 { return at }
      case ASCII.backslash: at += 1
      default: break
      }
      at += 1
    }
    return nil
  }
}
