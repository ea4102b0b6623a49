/// Writes a text without the dress that is folded: one pass, and a second over the result where links were opened.
///
/// What is written is never longer than what was read, so the result has room from the beginning.
struct CanonicalWriter {
  private let text: UnsafeBufferPointer<UInt8>
  private let result: UnsafeMutablePointer<UInt8>
  /// How many bytes of the result are written.
  private(set) var count = 0
  private let foldings: CanonicalText.Foldings
  private var at = 0
  private var lineBegins = true
  /// Whether the line began with the hashes of a heading, so that it may end with some.
  private var isHeading = false
  /// White space that was passed and not yet written: it is written once a word follows.
  private var space = false
  /// Places in the result of `[` that no `]` closed yet.
  private var brackets: [Int] = []
  /// Places in the result of `[` that turned out to open links, in ascending order once sorted.
  private var dropped: [Int] = []
  private(set) var needsComposition = false

  /// - Parameter result: Room for as many bytes as `text` has.
  init(
    _ text: UnsafeBufferPointer<UInt8>, _ foldings: CanonicalText.Foldings, into result: UnsafeMutablePointer<UInt8>
  ) {
    self.text = text
    self.result = result
    self.foldings = foldings
  }

  mutating func write() {
    while at < text.count {
      let byte = text[at]
      if Self.isPlain(byte) {
        writeRun()
      } else if byte >= 0x80 {
        writeScalar()
      } else if byte <= 0x20 || byte == 0x7F {
        writeSpace(byte)
      } else {
        writeMark(byte)
      }
    }
    dropOpenings()
  }

  // MARK: Words and spaces

  /// Letters and figures, and marks that never are dress: they are copied as they come.
  private mutating func writeRun() {
    writePendingSpace()
    var (from, to) = (at, count)
    while from < text.count, Self.isPlain(text[from]) {
      result[to] = text[from]
      from += 1
      to += 1
    }
    (at, count) = (from, to)
    lineBegins = false
  }

  private mutating func writeSpace(_ byte: UInt8) {
    at += 1
    if byte == UInt8(ascii: "\n") {
      lineBegins = true
      isHeading = false
    }
    if foldings.contains(.spaces) { space = true } else { append(byte) }
  }

  private mutating func writePendingSpace() {
    if space, count > 0 { append(UInt8(ascii: " ")) }
    space = false
  }

  private mutating func put(_ byte: UInt8) {
    writePendingSpace()
    append(byte)
    lineBegins = false
  }

  private mutating func writeScalar() {
    let (value, length) = CanonicalScalar.read(text, at: at)
    let start = at
    at += length
    if CanonicalScalar.isSpace(value) {
      if foldings.contains(.spaces) { space = true } else { copy(start, length) }
      return
    }
    if CanonicalScalar.isInvisible(value), foldings.contains(.invisible) { return }
    if foldings.contains(.quotes), let shape = CanonicalScalar.quoteShape(value) {
      return put(shape)
    }
    if value == 0x2010 || value == 0x2011, foldings.contains(.hyphens) {
      return put(UInt8(ascii: "-"))
    }
    if lineBegins, foldings.contains(.bullets), Self.isBullet(value), isSpace(at: at) { return }
    writePendingSpace()
    copy(start, length)
    lineBegins = false
    if CanonicalScalar.mayCompose(value), foldings.contains(.composition) { needsComposition = true }
  }

  @inline(__always)
  private mutating func append(_ byte: UInt8) {
    result[count] = byte
    count += 1
  }

  private mutating func copy(_ start: Int, _ length: Int) {
    for index in start..<(start + length) { append(text[index]) }
  }

  // MARK: Marks

  private mutating func writeMark(_ byte: UInt8) {
    if lineBegins, skipLineMark(byte) { return }
    switch byte {
    case UInt8(ascii: "#") where isHeading && isSpace(at: at - 1):
      if skipLine(of: { $0 == byte }) { return }
    case UInt8(ascii: "*"), UInt8(ascii: "`"), UInt8(ascii: "_"), UInt8(ascii: "~"):
      if foldings.contains(.emphasis), isEmphasis(byte) {
        at += 1
        return
      }
    case UInt8(ascii: "\\") where foldings.contains(.escapes):
      let next = at + 1 < text.count ? text[at + 1] : UInt8(ascii: "\n")
      if next == UInt8(ascii: "\n") {
        at += 1
        return
      }
      if Self.isPunctuation(next) {
        at += 2
        return put(next)
      }
    case UInt8(ascii: "&") where foldings.contains(.references):
      if let (value, length) = reference() {
        at += length
        if value == UInt8(ascii: " "), foldings.contains(.spaces) {
          space = true
          return
        }
        return put(value)
      }
    case UInt8(ascii: "!") where foldings.contains(.links) && at + 1 < text.count && text[at + 1] == UInt8(ascii: "["):
      if opensImage() {
        at += 1
        return
      }
    case UInt8(ascii: "[") where foldings.contains(.links):
      at += 1
      put(byte)
      brackets.append(count - 1)
      return
    case UInt8(ascii: "]") where foldings.contains(.links):
      if let open = brackets.popLast(), let end = endOfTarget(from: at + 1) {
        dropped.append(open)
        at = end
        return
      }
    case UInt8(ascii: "<") where foldings.contains(.links):
      if let end = endOfAddress() {
        writePendingSpace()
        copy(at + 1, end - at - 1)
        at = end + 1
        lineBegins = false
        return
      }
    default:
      break
    }
    at += 1
    put(byte)
  }

  /// Skips a mark that dresses the beginning of a line: a bullet, a quotation, hashes, or a whole line of rule.
  private mutating func skipLineMark(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "#") where foldings.contains(.headings):
      var end = at
      while end < text.count, text[end] == byte, end - at < 7 { end += 1 }
      guard end - at <= 6, isSpace(at: end) else { return false }
      at = end
      isHeading = true
      return true
    case UInt8(ascii: "="):
      return foldings.contains(.headings) && skipLine(of: { $0 == byte })
    case UInt8(ascii: ">") where foldings.contains(.bullets):
      at += 1
      return true
    case UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "_"), UInt8(ascii: "|"),
      UInt8(ascii: ":"):
      guard foldings.contains(.bullets) else { return false }
      if byte != UInt8(ascii: "+"), skipRule(byte) { return true }
      guard byte == UInt8(ascii: "-") || byte == UInt8(ascii: "*") || byte == UInt8(ascii: "+"), isSpace(at: at + 1)
      else { return false }
      at += 1
      return true
    default:
      return false
    }
  }

  /// Skips a line that holds nothing but the marks of a rule: `---`, `* * *`, `| --- | :-: |`.
  private mutating func skipRule(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "*"), UInt8(ascii: "_"): skipLine(atLeast: 3, of: { $0 == byte || $0 == UInt8(ascii: " ") })
    default:
      skipLine(
        atLeast: 2,
        of: { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "|") || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: " ") }
      )
    }
  }

  /// Longer lines are no rules: the bound keeps a long row of marks from being read again at each of them.
  private static let longestRule = 2048

  private mutating func skipLine(atLeast least: Int = 1, of isMark: (UInt8) -> Bool) -> Bool {
    var (end, marks) = (at, 0)
    while end < text.count, text[end] != UInt8(ascii: "\n") {
      guard end - at < Self.longestRule else { return false }
      guard isMark(text[end]) || text[end] == UInt8(ascii: "\t") else { return false }
      if text[end] > 0x20 { marks += 1 }
      end += 1
    }
    guard marks >= least else { return false }
    at = end
    return true
  }

  /// Whether the mark dresses words: an asterisk between blanks and an underscore within a word are read as written.
  private func isEmphasis(_ byte: UInt8) -> Bool {
    let before = at > 0 ? text[at - 1] : UInt8(ascii: " ")
    let after = at + 1 < text.count ? text[at + 1] : UInt8(ascii: " ")
    switch byte {
    case UInt8(ascii: "_"): return !(Self.isWord(before) && Self.isWord(after))
    case UInt8(ascii: "~"): return before == byte || after == byte
    case UInt8(ascii: "*"): return !(before <= 0x20 && after <= 0x20)
    default: return true
    }
  }

  // MARK: Links and references

  /// Parentheses deeper than this are none of a link target (the bound of the reference parser), which also keeps a row
  /// of openings from being read again at each of them.
  private static let deepestTarget = 32

  private func endOfTarget(from open: Int) -> Int? {
    guard open < text.count, text[open] == UInt8(ascii: "(") else { return nil }
    var (index, depth) = (open, 0)
    while index < text.count {
      switch text[index] {
      case UInt8(ascii: "("):
        depth += 1
        if depth > Self.deepestTarget { return nil }
      case UInt8(ascii: ")"):
        depth -= 1
        if depth == 0 { return index + 1 }
      case UInt8(ascii: "\\"): index += 1
      case UInt8(ascii: "\n") where index + 1 < text.count && text[index + 1] == UInt8(ascii: "\n"): return nil
      default: break
      }
      index += 1
    }
    return nil
  }

  private func opensImage() -> Bool {
    var index = at + 2
    while index < text.count, text[index] != UInt8(ascii: "]") {
      if text[index] == UInt8(ascii: "[") || text[index] == UInt8(ascii: "\n") { return false }
      index += 1
    }
    return index + 1 < text.count && text[index + 1] == UInt8(ascii: "(")
  }

  /// The `>` of an address such as `<https://example.org>` or `<legal@example.org>`.
  private func endOfAddress() -> Int? {
    var index = at + 1
    var isAddress = false
    while index < text.count, text[index] != UInt8(ascii: ">") {
      if text[index] <= 0x20 || text[index] == UInt8(ascii: "<") { return nil }
      if text[index] == UInt8(ascii: ":") || text[index] == UInt8(ascii: "@") { isAddress = true }
      index += 1
    }
    return isAddress && index < text.count ? index : nil
  }

  private static let references: [(StaticString, UInt8)] = [
    ("&amp;", UInt8(ascii: "&")), ("&lt;", UInt8(ascii: "<")), ("&gt;", UInt8(ascii: ">")),
    ("&quot;", UInt8(ascii: "\"")), ("&apos;", UInt8(ascii: "'")), ("&#39;", UInt8(ascii: "'")),
    ("&#x27;", UInt8(ascii: "'")), ("&#34;", UInt8(ascii: "\"")), ("&nbsp;", UInt8(ascii: " ")),
    ("&#160;", UInt8(ascii: " ")),
  ]

  private func reference() -> (value: UInt8, length: Int)? {
    for (name, value) in Self.references {
      let length = name.utf8CodeUnitCount
      guard at + length <= text.count else { continue }
      if (1..<length).allSatisfy({ text[at + $0] == name.utf8Start[$0] }) { return (value, length) }
    }
    return nil
  }

  /// Takes the brackets that opened links out of the result.
  private mutating func dropOpenings() {
    guard let first = dropped.min() else { return }
    dropped.sort()
    var kept = first
    for (index, open) in dropped.enumerated() {
      let next = index + 1 < dropped.count ? dropped[index + 1] : count
      let length = next - open - 1
      (result + kept).update(from: result + open + 1, count: length)
      kept += length
    }
    count = kept
  }

  // MARK: Classes of bytes

  private func isSpace(at index: Int) -> Bool {
    guard index < text.count else { return true }
    if text[index] <= 0x20 { return true }
    return text[index] >= 0x80 && CanonicalScalar.isSpace(CanonicalScalar.read(text, at: index).value)
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    byte >= 0x80 || (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10
  }

  private static func isPunctuation(_ byte: UInt8) -> Bool {
    byte > 0x20 && byte < 0x7F && !isWord(byte)
  }

  private static func isBullet(_ value: UInt32) -> Bool {
    switch value {
    case 0xB7, 0x2022, 0x2023, 0x25AA, 0x25CF, 0x25E6: true
    default: false
    }
  }

  /// ASCII that is copied wherever it stands: letters, figures and `"$%'(),./;?@`.
  @inline(__always)
  private static func isPlain(_ byte: UInt8) -> Bool {
    if (byte | 0x20) &- 0x61 < 26 { return true }
    return byte < 0x40 && (0x8BFF_D3B4_0000_0000 as UInt64 >> UInt64(byte)) & 1 == 1 || byte == 0x40
  }
}
