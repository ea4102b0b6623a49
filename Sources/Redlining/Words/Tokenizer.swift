internal import TermsModel

/// Cuts texts into tokens, leaving out what is dress under the foldings.
///
/// A token never ends within a character as a reader sees it (UAX #29): what combines stays with what it combines with.
struct Tokenizer {
  let foldings: CanonicalText.Foldings
  var lexicon = Lexicon()
  private let classes: [ByteClass]
  /// Bytes of the word at hand without what is folded within it.
  private var scratch: [UInt8] = []
  /// Places in the token list of `[` that no `]` closed yet.
  private var openBrackets: [Int] = []
  /// Whether some token turned out to be dress after it was noted.
  private var hasDress = false
  /// Where the `>` of an address stands that opened with `<`.
  private var addressEnd = -1

  init(foldings: CanonicalText.Foldings) {
    self.foldings = foldings
    classes = (0..<256).map { ByteClass(UInt8($0)) }
  }

  /// The number of a token that turned out to be dress; it is taken out before the list is handed on.
  private static let dress: UInt32 = 0

  /// Appends the tokens of `text` to `tokens`, with places counted from `offset` on.
  mutating func append(_ text: UnsafeBufferPointer<UInt8>, offset: Int, to tokens: inout [Token]) {
    let first = tokens.count
    hasDress = false
    addressEnd = -1
    openBrackets.removeAll(keepingCapacity: true)
    var line = Line()
    var at = 0
    while at < text.count {
      let byte = text[at]
      switch classes[Int(byte)] {
      case .space:
        if byte == UInt8(ascii: "\n") { line = Line() }
        at += 1
        continue
      case .letter:
        // Most of a text is plain words with a space or a plain mark after them.
        var end = at + 1
        while end < text.count, ByteClass.isPlainLetter(text[end]) { end += 1 }
        if end == text.count || classes[Int(text[end])] == .space || Self.endsWord(text[end]) {
          let number = lexicon.number(of: UnsafeBufferPointer(rebasing: text[at..<end]))
          tokens.append(
            Token(start: Int32(truncatingIfNeeded: at), end: Int32(truncatingIfNeeded: end), number: number))
          at = end
        } else {
          at = word(text, from: at, into: &tokens)
        }
        line.begins = false
        continue
      case .digit:
        at = word(text, from: at, into: &tokens)
        line.begins = false
        continue
      case .mark:
        if line.begins, let end = lineMark(text, at: at, &line) {
          at = end
        } else {
          at = mark(text, at: at, line, first, into: &tokens)
        }
      case .beyond:
        at = beyond(text, at: at, &line, first, into: &tokens)
      }
      if tokens.count > first, tokens[tokens.count - 1].end == Int32(at) { line.begins = false }
    }
    if hasDress { tokens.removeSubrange(first.advanced(by: takeOutDress(&tokens, from: first))...) }
    if offset > 0 {
      for index in first..<tokens.count {
        tokens[index].start += Int32(offset)
        tokens[index].end += Int32(offset)
      }
    }
  }

  /// Marks after which no word goes on, whatever follows.
  private static func endsWord(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: ";") || byte == UInt8(ascii: ")")
      || byte == UInt8(ascii: "-")
  }

  /// `text` with its tokens.
  mutating func tokenText(_ text: String) -> TokenText {
    let bytes = Array(text.utf8)
    var tokens: [Token] = []
    bytes.withUnsafeBufferPointer { append($0, offset: 0, to: &tokens) }
    return TokenText(bytes: bytes, tokens: tokens)
  }

  /// The numbers of the tokens of `text`.
  mutating func numbers(of text: String) -> [UInt32] {
    var tokens: [Token] = []
    var text = text
    text.withUTF8 { append($0, offset: 0, to: &tokens) }
    return tokens.map(\.number)
  }

  /// Moves the tokens that are none to the end; says how many are left.
  private func takeOutDress(_ tokens: inout [Token], from first: Int) -> Int {
    var kept = first
    for index in first..<tokens.count where tokens[index].number != Self.dress {
      tokens[kept] = tokens[index]
      kept += 1
    }
    return kept - first
  }

  /// What is known of the line at hand.
  private struct Line {
    /// Whether nothing but white space and dress was met in it.
    var begins = true
    var isHeading = false
  }

  // MARK: - Words

  private mutating func word(_ text: UnsafeBufferPointer<UInt8>, from start: Int, into tokens: inout [Token]) -> Int {
    let isNumber = classes[Int(text[start])] == .digit
    var at = start + 1
    scan: while at < text.count {
      let byte = text[at]
      switch classes[Int(byte)] {
      case .letter, .digit:
        at += 1
      case .mark:
        // 1,000.50 and 7.2 are one number; snake_case is one word.
        if isNumber, byte == UInt8(ascii: ".") || byte == UInt8(ascii: ","), isDigit(text, at - 1),
          isDigit(text, at + 1)
        {
          at += 2
        } else if byte == UInt8(ascii: "_"), isWord(text, at + 1) {
          at += 2
        } else if byte == UInt8(ascii: "\\"), joinsBehindEscape(text, at) {
          return foldedWord(text, from: start, seen: at, into: &tokens)
        } else {
          break scan
        }
      case .beyond:
        let scalar = Scalar(text, at: at)
        if isNumber, scalar.partsDigits, isDigit(text, at - 1), isGroup(text, scalar.end) {
          at = scalar.end + 3
        } else if scalar.continuesWord(text, foldings) {
          return foldedWord(text, from: start, seen: at, into: &tokens)
        } else {
          break scan
        }
      case .space:
        break scan
      }
    }
    let number = lexicon.number(of: UnsafeBufferPointer(rebasing: text[start..<at]))
    tokens.append(Token(start: Int32(start), end: Int32(at), number: number))
    return at
  }

  /// A word with something in it that is folded or lies beyond ASCII; it was plain up to `seen`.
  private mutating func foldedWord(
    _ text: UnsafeBufferPointer<UInt8>, from start: Int, seen: Int, into tokens: inout [Token]
  ) -> Int {
    scratch.removeAll(keepingCapacity: true)
    scratch.append(contentsOf: text[start..<seen])
    var mayCompose = false
    var at = seen
    scan: while at < text.count {
      let byte = text[at]
      switch classes[Int(byte)] {
      case .letter, .digit:
        scratch.append(byte)
        at += 1
      case .mark:
        if byte == UInt8(ascii: "_"), isWord(text, at + 1) {
          at += 1
        } else if byte == UInt8(ascii: "\\"), joinsBehindEscape(text, at) {
          at += 2
        } else {
          break scan
        }
        scratch.append(UInt8(ascii: "_"))
      case .beyond:
        let scalar = Scalar(text, at: at)
        guard scalar.continuesWord(text, foldings) else { break scan }
        if !(scalar.isInvisible && foldings.contains(.invisible)) {
          scratch.append(contentsOf: text[at..<scalar.end])
          mayCompose = mayCompose || scalar.mayCompose
        }
        at = scalar.end
      case .space:
        break scan
      }
    }
    if mayCompose, foldings.contains(.composition) { CanonicalText.compose(&scratch) }
    let number = scratch.withUnsafeBufferPointer { lexicon.number(of: $0) }
    tokens.append(Token(start: Int32(start), end: Int32(at), number: number))
    return at
  }

  /// Whether `\_` stands here within a word.
  private func joinsBehindEscape(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
    foldings.contains(.escapes) && at + 1 < text.count && text[at + 1] == UInt8(ascii: "_") && isWord(text, at + 2)
  }

  /// Whether three digits stand here and no fourth: a group of a number written as 10 000 or 10’000.
  private func isGroup(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
    isDigit(text, at) && isDigit(text, at + 1) && isDigit(text, at + 2) && !isWord(text, at + 3)
  }

  private func isDigit(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
    at < text.count && classes[Int(text[at])] == .digit
  }

  private func isWord(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
    guard at < text.count else { return false }
    switch classes[Int(text[at])] {
    case .letter, .digit: return true
    case .beyond: return Scalar(text, at: at).isWord
    case .mark, .space: return false
    }
  }

  private func isSpace(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
    guard at >= 0, at < text.count else { return true }
    switch classes[Int(text[at])] {
    case .space: return true
    case .beyond: return Scalar(text, at: at).isSpace
    case .letter, .digit, .mark: return false
    }
  }

  // MARK: - Marks at the beginning of a line

  /// The end of a mark that dresses the line: hashes, a bullet, a quotation mark, a whole rule; `nil` for any other.
  private func lineMark(_ text: UnsafeBufferPointer<UInt8>, at: Int, _ line: inout Line) -> Int? {
    let byte = text[at]
    switch byte {
    case UInt8(ascii: "#") where foldings.contains(.headings):
      var end = at
      while end < text.count, text[end] == byte, end - at < 7 { end += 1 }
      guard end - at <= 6, isSpace(text, end) else { return nil }
      line.isHeading = true
      return end
    case UInt8(ascii: "=") where foldings.contains(.headings):
      return rule(text, at: at, atLeast: 1) { $0 == byte }
    case UInt8(ascii: ">") where foldings.contains(.bullets):
      return at + 1
    case UInt8(ascii: "*"), UInt8(ascii: "_"):
      guard foldings.contains(.bullets) else { return nil }
      if let end = rule(text, at: at, atLeast: 3, of: { $0 == byte || $0 == UInt8(ascii: " ") }) { return end }
      return byte == UInt8(ascii: "*") && isSpace(text, at + 1) ? at + 1 : nil
    case UInt8(ascii: "-"), UInt8(ascii: "|"), UInt8(ascii: ":"):
      guard foldings.contains(.bullets) else { return nil }
      let end = rule(text, at: at, atLeast: 2) {
        $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "|") || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: " ")
      }
      return end ?? (byte == UInt8(ascii: "-") && isSpace(text, at + 1) ? at + 1 : nil)
    case UInt8(ascii: "+") where foldings.contains(.bullets):
      return isSpace(text, at + 1) ? at + 1 : nil
    default:
      return nil
    }
  }

  /// Longer lines are no rules: the bound keeps a long row of marks from being read again at each of them.
  private static let longestRule = 2048

  private func rule(
    _ text: UnsafeBufferPointer<UInt8>, at: Int, atLeast least: Int, of isMark: (UInt8) -> Bool
  ) -> Int? {
    var (end, marks) = (at, 0)
    while end < text.count, text[end] != UInt8(ascii: "\n") {
      guard end - at < Self.longestRule, isMark(text[end]) || text[end] <= 0x20 else { return nil }
      if text[end] > 0x20 { marks += 1 }
      end += 1
    }
    return marks >= least ? end : nil
  }

  // MARK: - Marks elsewhere

  private mutating func mark(
    _ text: UnsafeBufferPointer<UInt8>, at: Int, _ line: Line, _ first: Int, into tokens: inout [Token]
  ) -> Int {
    let byte = text[at]
    let next = at + 1 < text.count ? text[at + 1] : UInt8(ascii: "\n")
    switch byte {
    case UInt8(ascii: "*") where foldings.contains(.emphasis):
      if !(isSpace(text, at - 1) && isSpace(text, at + 1)) { return at + 1 }
    case UInt8(ascii: "_") where foldings.contains(.emphasis), UInt8(ascii: "`") where foldings.contains(.emphasis):
      return at + 1
    case UInt8(ascii: "#") where line.isHeading && foldings.contains(.headings) && isSpace(text, at - 1):
      if let end = rule(text, at: at, atLeast: 1, of: { $0 == byte }) { return end }
    case UInt8(ascii: "\\") where foldings.contains(.escapes):
      if next == UInt8(ascii: "\n") { return at + 1 }
      if classes[Int(next)] == .mark {
        tokens.append(Token(start: Int32(at + 1), end: Int32(at + 2), number: UInt32(next)))
        return at + 2
      }
    case UInt8(ascii: "&") where foldings.contains(.references):
      if let (value, length) = CharacterReference.read(text, at: at) {
        if value != UInt8(ascii: " ") {
          tokens.append(Token(start: Int32(at), end: Int32(at + length), number: UInt32(value)))
          return at + length
        }
        if foldings.contains(.spaces) { return at + length }
      }
    case UInt8(ascii: "[") where foldings.contains(.links):
      openBrackets.append(tokens.count)
    case UInt8(ascii: "]") where foldings.contains(.links):
      if let open = openBrackets.popLast(), let end = Self.targetEnd(text, from: at + 1) {
        tokens[open].number = Self.dress
        if open > first, tokens[open - 1].number == UInt32(UInt8(ascii: "!")),
          tokens[open - 1].end == tokens[open].start
        {
          tokens[open - 1].number = Self.dress
        }
        hasDress = true
        return end
      }
    case UInt8(ascii: "<") where foldings.contains(.links):
      if let end = Self.addressEnd(text, from: at) {
        addressEnd = end
        return at + 1
      }
    case UInt8(ascii: ">") where at == addressEnd:
      return at + 1
    default:
      break
    }
    tokens.append(Token(start: Int32(at), end: Int32(at + 1), number: UInt32(byte)))
    return at + 1
  }

  /// The longest link target that is looked for, and its deepest parentheses: beyond them brackets are read as written,
  /// and no row of openings is read again at each of them.
  private static let longestTarget = 4096
  private static let deepestTarget = 32

  /// Where the link target that opens at `open` ends, its closing parenthesis included.
  static func targetEnd(_ text: UnsafeBufferPointer<UInt8>, from open: Int) -> Int? {
    guard open < text.count, text[open] == UInt8(ascii: "(") else { return nil }
    let limit = min(text.count, open + longestTarget)
    var (at, depth) = (open, 0)
    while at < limit {
      switch text[at] {
      case UInt8(ascii: "("):
        depth += 1
        if depth > deepestTarget { return nil }
      case UInt8(ascii: ")"):
        depth -= 1
        if depth == 0 { return at + 1 }
      case UInt8(ascii: "\\"): at += 1
      case UInt8(ascii: "\n") where at + 1 < text.count && text[at + 1] == UInt8(ascii: "\n"): return nil
      default: break
      }
      at += 1
    }
    return nil
  }

  /// Where the `>` stands of an address that opens at `open`: `<https://example.org>`, `<legal@example.org>`.
  private static func addressEnd(_ text: UnsafeBufferPointer<UInt8>, from open: Int) -> Int? {
    var isAddress = false
    var at = open + 1
    let limit = min(text.count, open + longestTarget)
    while at < limit, text[at] != UInt8(ascii: ">") {
      if text[at] <= 0x20 || text[at] == UInt8(ascii: "<") { return nil }
      if text[at] == UInt8(ascii: ":") || text[at] == UInt8(ascii: "@") { isAddress = true }
      at += 1
    }
    return isAddress && at < limit ? at : nil
  }

  // MARK: - Beyond ASCII

  private mutating func beyond(
    _ text: UnsafeBufferPointer<UInt8>, at: Int, _ line: inout Line, _ first: Int, into tokens: inout [Token]
  ) -> Int {
    let scalar = Scalar(text, at: at)
    if scalar.isSpace, foldings.contains(.spaces) { return scalar.end }
    if scalar.extends { return extend(text, at: at, scalar, first, into: &tokens) }
    if scalar.isInvisible, foldings.contains(.invisible) { return scalar.end }
    if scalar.isWord { return foldedWord(text, from: at, seen: at, into: &tokens) }
    if let shape = scalar.quoteShape, foldings.contains(.quotes) {
      tokens.append(Token(start: Int32(at), end: Int32(scalar.end), number: UInt32(shape)))
      return scalar.end
    }
    if scalar.isHyphen, foldings.contains(.hyphens) {
      tokens.append(Token(start: Int32(at), end: Int32(scalar.end), number: UInt32(UInt8(ascii: "-"))))
      return scalar.end
    }
    if line.begins, scalar.isBullet, foldings.contains(.bullets), isSpace(text, scalar.end) { return scalar.end }
    return symbol(text, from: at, scalar, into: &tokens)
  }

  /// Keeps what combines with the character before it by that character.
  private mutating func extend(
    _ text: UnsafeBufferPointer<UInt8>, at: Int, _ scalar: Scalar, _ first: Int, into tokens: inout [Token]
  ) -> Int {
    let last = tokens.count - 1
    if last >= first, tokens[last].end == Int32(at) {
      tokens[last].end = Int32(scalar.end)
      if !(scalar.isInvisible && foldings.contains(.invisible)) {
        let bytes = UnsafeBufferPointer(rebasing: text[Int(tokens[last].start)..<scalar.end])
        tokens[last].number = lexicon.number(of: bytes)
      }
      return scalar.end
    }
    if scalar.isInvisible, foldings.contains(.invisible) { return scalar.end }
    var start = at
    if at > 0 {
      start -= 1
      while start > 0, text[start] & 0xC0 == 0x80 { start -= 1 }
    }
    if last >= first, tokens[last].end > Int32(start) { start = at }
    return symbol(text, from: start, scalar, into: &tokens)
  }

  /// A token of one character that is no word: a symbol, an ideograph, a flag, an emoji with what belongs to it.
  private mutating func symbol(
    _ text: UnsafeBufferPointer<UInt8>, from start: Int, _ scalar: Scalar, into tokens: inout [Token]
  ) -> Int {
    var end = scalar.end
    if scalar.isRegional, end < text.count, text[end] >= 0x80 {
      let next = Scalar(text, at: end)
      if next.isRegional { end = next.end }
    }
    while end < text.count, text[end] >= 0x80 {
      let next = Scalar(text, at: end)
      guard next.extends else { break }
      end = next.end
      if next.isJoiner, end < text.count, text[end] >= 0x80 { end = Scalar(text, at: end).end }
    }
    let number = lexicon.number(of: UnsafeBufferPointer(rebasing: text[start..<end]))
    tokens.append(Token(start: Int32(start), end: Int32(end), number: number))
    return end
  }

  // MARK: - Bytes

  private enum ByteClass {
    case space, letter, digit, mark, beyond

    @inline(__always)
    static func isPlainLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

    init(_ byte: UInt8) {
      switch byte {
      case 0x80...: self = .beyond
      case UInt8(ascii: "0")...UInt8(ascii: "9"): self = .digit
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): self = .letter
      case 0...0x20, 0x7F: self = .space
      default: self = .mark
      }
    }
  }
}
