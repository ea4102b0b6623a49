/// What a reader takes in at one glance: a word, a number, a punctuation mark.
///
/// White space and dress are no tokens: they are the gaps between them.
struct Token {
  /// Where its bytes begin and end in the text.
  var start: Int32
  var end: Int32
  /// Its number in the lexicon.
  var number: UInt32

  var isWord: Bool { number >= Lexicon.firstWord }
}

/// Cuts texts into tokens.
struct Tokenizer {
  private let foldings: Set<Folding>
  var lexicon: Lexicon
  private var scratch: [UInt8] = []
  /// Places in the token list of `[` that no `]` closed yet.
  private var openBrackets: [Int] = []

  init(foldings: Set<Folding>, capacity: Int = 512) {
    self.foldings = foldings
    lexicon = Lexicon(capacity: capacity)
  }

  /// A token that turned out to be dress; it is taken out before the list is handed on.
  private static let dress: UInt32 = 0

  /// Appends the tokens of `text` to `tokens`, with places counted from its beginning.
  mutating func append(_ text: UnsafeBufferPointer<UInt8>, to tokens: inout [Token]) {
    let first = tokens.count
    var hasDress = false
    openBrackets.removeAll(keepingCapacity: true)
    let count = text.count
    var at = 0
    var lineBegins = true
    while at < count {
      let byte = text[at]
      switch Self.classes[Int(byte)] {
      case .space:
        if byte == UInt8(ascii: "\n") { lineBegins = true }
        at += 1
        continue
      case .letter, .digit:
        at = word(text, from: at, into: &tokens)
      case .mark:
        at = mark(text, at: at, lineBegins: lineBegins, first: first, hasDress: &hasDress, into: &tokens)
        // A mark at the beginning of a line may be followed by another: a bullet in a quotation.
        if tokens.count == first || tokens[tokens.count - 1].end != Int32(at) { continue }
      case .beyond:
        at = beyond(text, at: at, first: first, into: &tokens)
      }
      lineBegins = false
    }
    if hasDress {
      var kept = first
      for index in first..<tokens.count where tokens[index].number != Self.dress {
        tokens[kept] = tokens[index]
        kept += 1
      }
      tokens.removeSubrange(kept...)
    }
  }

  // MARK: - Words

  private mutating func word(_ text: UnsafeBufferPointer<UInt8>, from start: Int, into tokens: inout [Token]) -> Int {
    let count = text.count
    let isNumber = Self.classes[Int(text[start])] == .digit
    var at = start + 1
    scan: while at < count {
      switch Self.classes[Int(text[at])] {
      case .letter, .digit:
        at += 1
      case .mark:
        guard at + 1 < count else { break scan }
        let mark = text[at]
        let next = Self.classes[Int(text[at + 1])]
        // 1,000.50 and 7.2 are one number; snake_case is one word.
        if isNumber && (mark == UInt8(ascii: ".") || mark == UInt8(ascii: ",")) && next == .digit
          && Self.classes[Int(text[at - 1])] == .digit
        {
          at += 2
        } else if mark == UInt8(ascii: "_") && (next == .letter || next == .digit) {
          at += 2
        } else if mark == UInt8(ascii: "\\") && text[at + 1] == UInt8(ascii: "_") && at + 2 < count
          && Self.classes[Int(text[at + 2])].isWord
        {
          return foldedWord(text, from: start, to: at, into: &tokens)
        } else {
          break scan
        }
      case .beyond:
        let scalar = Scalar(text, at: at)
        guard scalar.continuesWord(text, foldings) else { break scan }
        return foldedWord(text, from: start, to: at, into: &tokens)
      case .space:
        break scan
      }
    }
    let bytes = UnsafeBufferPointer(rebasing: text[start..<at])
    tokens.append(Token(start: Int32(start), end: Int32(at), number: lexicon.number(of: bytes)))
    return at
  }

  /// A word with something in it that is folded or lies beyond ASCII; `seen` is as far as it was plain.
  private mutating func foldedWord(
    _ text: UnsafeBufferPointer<UInt8>, from start: Int, to seen: Int, into tokens: inout [Token]
  ) -> Int {
    scratch.removeAll(keepingCapacity: true)
    scratch.append(contentsOf: text[start..<seen])
    var at = seen
    scan: while at < text.count {
      let byte = text[at]
      switch Self.classes[Int(byte)] {
      case .letter, .digit:
        scratch.append(byte)
        at += 1
      case .mark:
        let escaped = byte == UInt8(ascii: "\\") && foldings.contains(.escapes) ? 1 : 0
        guard at + escaped + 1 < text.count, text[at + escaped] == UInt8(ascii: "_"),
          Self.classes[Int(text[at + escaped + 1])].isWord
        else { break scan }
        scratch.append(UInt8(ascii: "_"))
        at += escaped + 1
      case .beyond:
        let scalar = Scalar(text, at: at)
        guard scalar.continuesWord(text, foldings) else { break scan }
        if !(scalar.isInvisible && foldings.contains(.invisible)) {
          scratch.append(contentsOf: text[at..<scalar.end])
        }
        at = scalar.end
      case .space:
        break scan
      }
    }
    let number = scratch.withUnsafeBufferPointer { lexicon.number(of: $0) }
    tokens.append(Token(start: Int32(start), end: Int32(at), number: number))
    return at
  }

  // MARK: - Marks

  private mutating func mark(
    _ text: UnsafeBufferPointer<UInt8>, at: Int, lineBegins: Bool, first: Int, hasDress: inout Bool,
    into tokens: inout [Token]
  ) -> Int {
    let byte = text[at]
    let next = at + 1 < text.count ? text[at + 1] : UInt8(ascii: "\n")
    let nextIsSpace = Self.classes[Int(next)] == .space
    switch byte {
    case UInt8(ascii: "*"):
      if lineBegins && nextIsSpace {
        if foldings.contains(.bullets) { return at + 1 }
      } else if foldings.contains(.emphasis) {
        let previousIsSpace = at == 0 || Self.classes[Int(text[at - 1])] == .space
        if !(nextIsSpace && previousIsSpace) { return at + 1 }
      }
    case UInt8(ascii: "_"), UInt8(ascii: "`"):
      if foldings.contains(.emphasis) { return at + 1 }
    case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: ">"):
      if lineBegins && nextIsSpace && foldings.contains(.bullets) { return at + 1 }
    case UInt8(ascii: "#"):
      if lineBegins && foldings.contains(.bullets) {
        var end = at
        while end < text.count, text[end] == UInt8(ascii: "#") { end += 1 }
        if end == text.count || Self.classes[Int(text[end])] == .space { return end }
      }
    case UInt8(ascii: "\\"):
      if foldings.contains(.escapes) {
        if next == UInt8(ascii: "\n") { return at + 1 }
        if Self.classes[Int(next)] == .mark && at + 1 < text.count {
          tokens.append(Token(start: Int32(at + 1), end: Int32(at + 2), number: UInt32(next)))
          return at + 2
        }
      }
    case UInt8(ascii: "["):
      if foldings.contains(.links) { openBrackets.append(tokens.count) }
    case UInt8(ascii: "]"):
      if let open = openBrackets.popLast(), next == UInt8(ascii: "("), let end = Self.targetEnd(text, from: at + 1) {
        tokens[open].number = Self.dress
        if open > first, tokens[open - 1].number == UInt32(UInt8(ascii: "!")),
          tokens[open - 1].end == tokens[open].start
        {
          tokens[open - 1].number = Self.dress
        }
        hasDress = true
        return end
      }
    default:
      break
    }
    tokens.append(Token(start: Int32(at), end: Int32(at + 1), number: UInt32(byte)))
    return at + 1
  }

  /// The longest link target that is looked for: beyond it, brackets are taken as written.
  private static let longestTarget = 4096

  /// Where the link target that opens at `open` ends, its closing parenthesis included.
  private static func targetEnd(_ text: UnsafeBufferPointer<UInt8>, from open: Int) -> Int? {
    var depth = 0
    var at = open
    let limit = min(text.count, open + longestTarget)
    while at < limit {
      switch text[at] {
      case UInt8(ascii: "("): depth += 1
      case UInt8(ascii: ")"):
        depth -= 1
        if depth == 0 { return at + 1 }
      case UInt8(ascii: "\\"): at += 1
      case UInt8(ascii: "\n"):
        if at + 1 < text.count, text[at + 1] == UInt8(ascii: "\n") { return nil }
      default: break
      }
      at += 1
    }
    return nil
  }

  // MARK: - Beyond ASCII

  private mutating func beyond(
    _ text: UnsafeBufferPointer<UInt8>, at: Int, first: Int, into tokens: inout [Token]
  ) -> Int {
    let scalar = Scalar(text, at: at)
    if scalar.isSpace && foldings.contains(.spaces) { return scalar.end }
    if scalar.extends {
      // What combines with the character before it is never parted from it.
      if tokens.count > first, tokens[tokens.count - 1].end == Int32(at) {
        tokens[tokens.count - 1].end = Int32(scalar.end)
        if !(scalar.isInvisible && foldings.contains(.invisible)) { renumberLast(text, &tokens) }
        return scalar.end
      }
      if scalar.isInvisible && foldings.contains(.invisible) { return scalar.end }
      var start = at
      if at > 0 {
        start -= 1
        while start > 0, text[start] & 0xC0 == 0x80 { start -= 1 }
      }
      if tokens.count > first, tokens[tokens.count - 1].end > Int32(start) { start = at }
      return other(text, from: start, scalar, into: &tokens)
    }
    if scalar.isInvisible && foldings.contains(.invisible) { return scalar.end }
    if scalar.isWord { return foldedWord(text, from: at, to: at, into: &tokens) }
    if foldings.contains(.quotes), let shape = scalar.quoteShape {
      tokens.append(Token(start: Int32(at), end: Int32(scalar.end), number: UInt32(shape)))
      return scalar.end
    }
    if foldings.contains(.hyphens) && scalar.isHyphen {
      tokens.append(Token(start: Int32(at), end: Int32(scalar.end), number: UInt32(UInt8(ascii: "-"))))
      return scalar.end
    }
    return other(text, from: at, scalar, into: &tokens)
  }

  /// A token of one character that is no word: a symbol, an ideograph, a flag, an emoji with what belongs to it.
  private mutating func other(
    _ text: UnsafeBufferPointer<UInt8>, from start: Int, _ scalar: Scalar, into tokens: inout [Token]
  ) -> Int {
    var end = scalar.end
    if scalar.isRegional, end < text.count {
      let next = Scalar(text, at: end)
      if next.isRegional { end = next.end }
    }
    while end < text.count, text[end] >= 0x80 {
      let next = Scalar(text, at: end)
      guard next.extends else { break }
      end = next.end
      if next.value == 0x200D, end < text.count, text[end] >= 0x80 { end = Scalar(text, at: end).end }
    }
    let bytes = UnsafeBufferPointer(rebasing: text[start..<end])
    tokens.append(Token(start: Int32(start), end: Int32(end), number: lexicon.number(of: bytes)))
    return end
  }

  private mutating func renumberLast(_ text: UnsafeBufferPointer<UInt8>, _ tokens: inout [Token]) {
    let last = tokens[tokens.count - 1]
    let bytes = UnsafeBufferPointer(rebasing: text[Int(last.start)..<Int(last.end)])
    tokens[tokens.count - 1].number = lexicon.number(of: bytes)
  }

  // MARK: - Bytes

  private enum ByteClass {
    case space, letter, digit, mark, beyond
    var isWord: Bool { self == .letter || self == .digit }
  }

  private static let classes: [ByteClass] = (0..<256).map { byte in
    switch UInt8(byte) {
    case 0x80...: .beyond
    case UInt8(ascii: "0")...UInt8(ascii: "9"): .digit
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): .letter
    case 0...0x20, 0x7F: .space
    default: .mark
    }
  }
}
