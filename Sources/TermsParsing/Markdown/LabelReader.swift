#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Reads the label that a block begins with: `7`, `7.2`, `7\.`, `7(a)`, `(i)`, `A.`, `IV.`, `Article 4`, `Section 3.1`.
struct LabelReader {
  private let bytes: Bytes
  private let end: Int
  private let isHeading: Bool
  private var at: Int
  /// Whether the sign § stands before the number.
  private var isSigned = false

  private init(_ bytes: Bytes, at start: Int, to end: Int, isHeading: Bool) {
    self.bytes = bytes
    self.end = end
    self.isHeading = isHeading
    at = start
  }

  /// The label at the beginning of `start..<end`, or `nil` where there is none.
  static func read(_ bytes: Bytes, at start: Int, to end: Int, isHeading: Bool) -> LabelMark? {
    var reader = LabelReader(bytes, at: start, to: end, isHeading: isHeading)
    return reader.read()
  }

  /// Whether a label that needs no company begins at `start`.
  static func mayBegin(_ bytes: Bytes, at start: Int, to end: Int) -> Bool {
    guard let mark = read(bytes, at: start, to: end, isHeading: false) else { return false }
    return !mark.isWeak || mark.lacksOpening
  }

  private mutating func read() -> LabelMark? {
    at = bytes.skipSpaces(from: at, to: end)
    skipAnchors()
    // Most blocks begin with a word: tell them apart at the first byte.
    let first = bytes[at]
    if first.isLetter, !isHeading, !mayBeLetterLabel { return nil }
    let dress = skipDress()
    guard at < end else { return nil }
    var mark = LabelMark(decimals: 0, end: at, openDress: dress, isWeak: false, lacksOpening: false)
    if bytes[at].isLetter, let word = leadingWord() {
      mark.word = word.range
      at = word.end
      guard readWordNumber(into: &mark) else { return nil }
    } else {
      let hasSign = bytes[at] == 0xC2 && bytes[at + 1] == 0xA7
      if hasSign {
        at = bytes.skipSpaces(from: at + 2, to: end)
        isSigned = true
      }
      guard readFirst(into: &mark) else { return nil }
    }
    readAttached(into: &mark)
    return finish(&mark) ? mark : nil
  }

  // MARK: Beginnings

  /// Whether the letters at the beginning are few enough for a label, or one of the words that lead one.
  private var mayBeLetterLabel: Bool {
    var length = 1
    while length < 6, bytes[at + length].isLetter { length += 1 }
    switch bytes[at + length] {
    case ASCII.dot, ASCII.closeParenthesis, ASCII.backslash: return length < 6
    default: return bytes[at].isUpper && leadingWord() != nil
    }
  }

  /// Passes what marks a place for links and shows nothing: `[](#fees)`, `<a id="fees"></a>`.
  private mutating func skipAnchors() {
    for _ in 0..<4 {
      let closing: UInt8
      if bytes[at] == ASCII.openBracket, bytes[at + 1] == ASCII.closeBracket, bytes[at + 2] == ASCII.openParenthesis {
        closing = ASCII.closeParenthesis
      } else if bytes.has("<a ", at: at) || bytes.has("</a>", at: at) {
        closing = ASCII.greater
      } else {
        return
      }
      guard let close = (at..<min(end, at + 400)).first(where: { bytes[$0] == closing }) else { return }
      at = bytes.skipSpaces(from: close + 1, to: end)
    }
  }

  private mutating func skipDress() -> Range<Int>? {
    let start = at
    while at < end, at - start < 8 {
      let byte = bytes[at]
      if byte == ASCII.star || byte == ASCII.underscore {
        at += 1
      } else if byte == ASCII.openBracket, isHeading || bytes[at + 1] == ASCII.star || bytes[at + 1].isDigit {
        at += 1
      } else {
        break
      }
    }
    return at > start ? start..<at : nil
  }

  private static let words: [StaticString] = [
    "article", "section", "clause", "chapter", "part", "annex", "appendix", "schedule", "exhibit", "title",
  ]

  /// `Article`, `SECTION` and their like, with the end of the white space after them.
  private func leadingWord() -> (range: Range<Int>, end: Int)? {
    switch bytes[at] | 0x20 {
    case UInt8(ascii: "a"), UInt8(ascii: "s"), UInt8(ascii: "c"), UInt8(ascii: "p"), UInt8(ascii: "e"),
      UInt8(ascii: "t"):
      break
    default: return nil
    }
    // The shortest word has four letters and a blank: "as", "to" and "a" are met everywhere.
    guard bytes[at + 1].isLetter, bytes[at + 2].isLetter, bytes[at + 3].isLetter else { return nil }
    for word in Self.words {
      let length = word.utf8CodeUnitCount
      guard at + length < end, bytes[at] & 0xDF == word.utf8Start[0] & 0xDF else { continue }
      var matches = true
      for offset in 1..<length where bytes[at + offset] | 0x20 != word.utf8Start[offset] { matches = false }
      guard matches else { continue }
      let next = bytes.skipSpaces(from: at + length, to: end)
      if next > at + length { return (at..<(at + length), next) }
    }
    return nil
  }

  /// The number after a word such as `Article`; a lone word in running text is no label.
  private mutating func readWordNumber(into mark: inout LabelMark) -> Bool {
    if bytes[at].isDigit {
      guard readNumber(into: &mark) else { return false }
    } else {
      let start = at
      while at < end, bytes[at].isLetter, at - start < 8 { at += 1 }
      guard let token = letters(start..<at, form: .dot), !bytes[at].isLetter, token.kind == .upper else { return false }
      mark.tokens.append(token)
    }
    if isHeading || mark.openDress != nil { return true }
    // In running text "Section 4 applies" refers; only what is set off by punctuation or stands alone is a label.
    let after = bytes.skipSpaces(from: at, to: end)
    if after >= end { return true }
    if bytes[at - 1] == ASCII.dot, bytes[after].isUpper || bytes[after] >= 0x80 || Self.isDress(bytes[after]) {
      return true
    }
    let next = bytes[at]
    return next == ASCII.dot || next == ASCII.colon || next == ASCII.backslash || next == ASCII.lineFeed || isDash(at)
      || isDash(bytes.skipSpaces(from: at, to: end))
  }

  private mutating func readFirst(into mark: inout LabelMark) -> Bool {
    let byte = bytes[at]
    if byte.isDigit { return readNumber(into: &mark) }
    if byte == ASCII.openParenthesis || (byte == ASCII.backslash && bytes[at + 1] == ASCII.openParenthesis) {
      guard let token = parenthesised() else { return false }
      mark.tokens.append(token)
      // "(c) 2026" is a copyright notice.
      if token.ordinal == 3, token.kind != .number {
        let next = bytes.skipSpaces(from: at, to: end)
        if bytes[next].isDigit, bytes[next + 1].isDigit, bytes[next + 2].isDigit { return false }
      }
      return true
    }
    guard byte.isLetter else { return false }
    let start = at
    while at < end, bytes[at].isLetter, at - start < 6 { at += 1 }
    let letters = start..<at
    if bytes[at] == ASCII.backslash { at += 1 }
    let form: LabelToken.Form
    switch bytes[at] {
    case ASCII.dot: form = .dot
    case ASCII.closeParenthesis: form = .parenthesis
    default: return false
    }
    guard let token = self.letters(letters, form: form) else { return false }
    at += 1
    mark.tokens.append(token)
    mark.isWeak = true
    mark.lacksOpening = form == .parenthesis
    return true
  }

  private mutating func readNumber(into mark: inout LabelMark) -> Bool {
    var endsWithDot = false
    while true {
      let start = at
      var value = 0
      while at < end, bytes[at].isDigit, at - start < 4 {
        value = value * 10 + Int(bytes[at] - 0x30)
        at += 1
      }
      guard (1...3).contains(at - start), mark.tokens.count < 8 else { return false }
      mark.tokens.append(LabelToken(kind: .number, form: .dot, ordinal: value, roman: 0, range: start..<at))
      mark.decimals += 1
      if readGluedLetter(into: &mark) { return true }
      let escape = bytes[at] == ASCII.backslash ? 1 : 0
      guard bytes[at + escape] == ASCII.dot else { break }
      endsWithDot = true
      guard bytes[at + escape + 1].isDigit else { break }
      endsWithDot = false
      at += escape + 1
    }
    let escape = bytes[at] == ASCII.backslash ? 1 : 0
    if endsWithDot {
      at += escape + 1
    } else if bytes[at + escape] == ASCII.closeParenthesis {
      at += escape + 1
      mark.tokens[mark.tokens.count - 1].form = .parenthesis
    } else if bytes[at] == ASCII.openParenthesis {
      // 7(a): what follows decides.
    } else if mark.word == nil {
      let next = bytes.skipSpaces(from: at, to: end)
      let isCapital = bytes[next].isUpper || bytes[next] >= 0x80 || next >= end || Self.isDress(bytes[next])
      if mark.decimals == 1 {
        // A bare number is a label only in a heading, and only among its like.
        if isSigned { return true }
        guard isHeading || (mark.openDress != nil && Self.isDress(bytes[at])), isCapital else { return false }
        mark.isWeak = true
      } else if bytes[next].isDigit, next > at {
        mark.isWeak = true
      } else if !isCapital, !isHeading, !isQuote(next) {
        return false
      }
    }
    return true
  }

  /// The letter of `8a.` and `8a`, which stands for a step of its own.
  private mutating func readGluedLetter(into mark: inout LabelMark) -> Bool {
    guard bytes[at].isLower else { return false }
    let after = bytes[at + 1] == ASCII.backslash ? at + 2 : at + 1
    let isSetOff = bytes[after] == ASCII.dot || bytes[after] == ASCII.closeParenthesis
    guard isSetOff || ((isHeading || mark.openDress != nil) && bytes.space(at: after) > 0) else { return false }
    mark.tokens.append(
      LabelToken(kind: .lower, form: .dot, ordinal: Int(bytes[at] - 0x60), roman: 0, range: at..<at + 1))
    mark.isGlued = true
    at = isSetOff ? after + 1 : after
    return true
  }

  /// Further steps: `(a)` right after a number, and after a blank where nothing later counts on from it.
  private mutating func readAttached(into mark: inout LabelMark) {
    while bytes[at] == ASCII.openParenthesis, mark.tokens.count < 8 {
      let before = at
      guard let token = parenthesised() else {
        at = before
        return
      }
      mark.tokens.append(token)
    }
    let next = bytes.skipSpaces(from: at, to: end)
    guard next > at, bytes[next] == ASCII.openParenthesis, mark.word == nil else { return }
    let before = at
    at = next
    guard let token = parenthesised(), bytes.space(at: at) > 0, token.ordinal == 1 || token.roman == 1,
      !countsOn(from: token)
    else {
      at = before
      return
    }
    mark.tokens.append(token)
  }

  /// Whether the block goes on to `(ii)` after `(i)`: then both are an enumeration inside the text.
  private func countsOn(from token: LabelToken) -> Bool {
    var search = at
    while search < end, let found = memchr(bytes.base + search, Int32(ASCII.openParenthesis), end - search) {
      let index = UnsafeRawPointer(bytes.base).distance(to: UnsafeRawPointer(found))
      var reader = LabelReader(bytes, at: index, to: end, isHeading: false)
      if let other = reader.parenthesised(), other.kind == token.kind,
        other.ordinal == token.ordinal + 1 || (token.roman > 0 && other.roman == token.roman + 1)
      {
        return true
      }
      search = index + 1
    }
    return false
  }

  /// Takes what ends the label; `false` where the text goes on without a break, so that it was no label.
  private mutating func finish(_ mark: inout LabelMark) -> Bool {
    if mark.word != nil || mark.decimals > 1 { skipPunctuation() }
    if let dress = mark.openDress {
      let length = dress.count
      let opensLink = bytes[dress.upperBound - 1] == ASCII.openBracket || bytes[dress.lowerBound] == ASCII.openBracket
      var closing = 0
      while closing < length, Self.isDress(bytes[at + closing]) { closing += 1 }
      if closing == length, !opensLink {
        at += closing
        mark.openDress = nil
        skipPunctuation()
      }
    }
    let next = bytes.skipSpaces(from: at, to: end)
    if next == at, at < end, bytes[at] != ASCII.lineFeed, !Self.isDress(bytes[at]), bytes[at] != ASCII.openBracket {
      // "2.Definitions", "(a)a party": a label only among its like.
      guard bytes[at].isLetter || isQuote(at) else { return false }
      // "2.4.Feedback" is a number with dots all the same.
      if mark.decimals < 2 || !bytes[at].isUpper { mark.isWeak = true }
    }
    at = next
    if bytes[at] == ASCII.lineFeed, at < end { at = bytes.skipSpaces(from: at + 1, to: end) }
    if mark.word != nil, isDash(at) {
      at += bytes[at] == ASCII.hyphen ? 1 : 3
      at = bytes.skipSpaces(from: at, to: end)
    }
    mark.end = min(at, end)
    return true
  }

  private mutating func skipPunctuation() {
    if bytes[at] == ASCII.backslash, bytes[at + 1] == ASCII.dot { at += 1 }
    if bytes[at] == ASCII.dot || bytes[at] == ASCII.colon { at += 1 }
  }

  // MARK: Tokens

  /// `(a)`, `\(a\)`, `(12)`; leaves `at` behind it.
  private mutating func parenthesised() -> LabelToken? {
    if bytes[at] == ASCII.backslash { at += 1 }
    let start = at + 1
    at = start
    if bytes[at].isDigit {
      var value = 0
      while bytes[at].isDigit, at - start < 3 {
        value = value * 10 + Int(bytes[at] - 0x30)
        at += 1
      }
      let range = start..<at
      guard closesParenthesis() else { return nil }
      return LabelToken(kind: .number, form: .parenthesis, ordinal: value, roman: 0, range: range)
    }
    while bytes[at].isLetter, at - start < 6 { at += 1 }
    let range = start..<at
    guard closesParenthesis() else { return nil }
    return letters(range, form: .parenthesis)
  }

  private mutating func closesParenthesis() -> Bool {
    if bytes[at] == ASCII.backslash { at += 1 }
    guard bytes[at] == ASCII.closeParenthesis else { return false }
    at += 1
    return at <= end
  }

  private func letters(_ range: Range<Int>, form: LabelToken.Form) -> LabelToken? {
    guard !range.isEmpty, range.count < 7 else { return nil }
    let first = bytes[range.lowerBound]
    let isUpper = first.isUpper
    for at in range where bytes[at].isUpper != isUpper { return nil }
    let roman = romanValue(range)
    let letter = Int((first | 0x20) - 0x60)
    var ordinal = 0
    if range.count == 1 {
      ordinal = letter
    } else if range.count == 2, bytes[range.lowerBound + 1] == first {
      ordinal = 26 + letter
    } else if roman == 0 {
      return nil
    }
    return LabelToken(kind: isUpper ? .upper : .lower, form: form, ordinal: ordinal, roman: roman, range: range)
  }

  /// The value of a Roman numeral below 90 in its regular form; 0 for any other letters.
  private func romanValue(_ range: Range<Int>) -> Int {
    var value = 0
    var previous = Int.max
    var at = range.lowerBound
    while at < range.upperBound {
      let pair: Int =
        switch (bytes[at] | 0x20, at + 1 < range.upperBound ? bytes[at + 1] | 0x20 : 0) {
        case (UInt8(ascii: "i"), UInt8(ascii: "v")): 4
        case (UInt8(ascii: "i"), UInt8(ascii: "x")): 9
        case (UInt8(ascii: "x"), UInt8(ascii: "l")): 40
        default: 0
        }
      let step: Int
      if pair > 0 {
        step = pair
        at += 2
      } else {
        switch bytes[at] | 0x20 {
        case UInt8(ascii: "i"): step = 1
        case UInt8(ascii: "v"): step = 5
        case UInt8(ascii: "x"): step = 10
        case UInt8(ascii: "l"): step = 50
        default: return 0
        }
        at += 1
      }
      guard step <= previous else { return 0 }
      previous = step
      value += step
    }
    return range.count <= 7 ? value : 0
  }

  private static func isDress(_ byte: UInt8) -> Bool { byte == ASCII.star || byte == ASCII.underscore }

  private func isQuote(_ index: Int) -> Bool {
    bytes[index] == ASCII.quote || (bytes[index] == 0xE2 && bytes[index + 1] == 0x80)
  }

  /// A hyphen, an en dash or an em dash.
  private func isDash(_ index: Int) -> Bool {
    if bytes[index] == ASCII.hyphen { return true }
    return bytes[index] == 0xE2 && bytes[index + 1] == 0x80 && (bytes[index + 2] == 0x93 || bytes[index + 2] == 0x94)
  }
}
