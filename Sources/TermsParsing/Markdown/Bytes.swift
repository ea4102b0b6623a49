#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Bytes of a text in memory, with the few questions that the scanner asks of them.
///
/// Indices are byte offsets. Reading at or past the end gives 0, which no accepted text holds, so that look-ahead needs
/// no bounds of its own.
struct Bytes {
  let base: UnsafePointer<UInt8>
  let count: Int

  /// - Precondition: the buffer outlives this value.
  init?(_ buffer: UnsafeBufferPointer<UInt8>) {
    guard let base = buffer.baseAddress else { return nil }
    self.base = base
    count = buffer.count
  }

  @inline(__always)
  subscript(_ index: Int) -> UInt8 { index < count && index >= 0 ? base[index] : 0 }

  /// The offset of the next line feed at or after `index`, or the end.
  @inline(__always)
  func endOfLine(from index: Int) -> Int {
    guard index < count, let found = memchr(base + index, Int32(ASCII.lineFeed), count - index) else { return count }
    return UnsafeRawPointer(base).distance(to: UnsafeRawPointer(found))
  }

  /// How many bytes the white space at `index` takes: a blank, a tab, a no-break or other Unicode space, or an invisible
  /// character; 0 where there is none. Line feeds are not counted.
  @inline(__always)
  func space(at index: Int) -> Int {
    let byte = self[index]
    if byte == ASCII.space || byte == ASCII.tab { return 1 }
    return byte < 0x80 ? 0 : wideSpace(at: index)
  }

  /// U+00A0, U+00AD, U+2000–200F, U+202F, U+205F, U+2060, U+3000 and U+FEFF.
  func wideSpace(at index: Int) -> Int {
    switch (self[index], self[index + 1], self[index + 2]) {
    case (0xC2, 0xA0, _), (0xC2, 0xAD, _): 2
    case (0xE2, 0x80, 0x80...0x8F), (0xE2, 0x80, 0xAF), (0xE2, 0x81, 0x9F), (0xE2, 0x81, 0xA0): 3
    case (0xE3, 0x80, 0x80), (0xEF, 0xBB, 0xBF): 3
    default: 0
    }
  }

  /// The first offset from `index` up to `end` that holds no white space.
  @inline(__always)
  func skipSpaces(from index: Int, to end: Int) -> Int {
    var at = index
    while at < end {
      let width = space(at: at)
      if width == 0 { break }
      at += width
    }
    return min(at, end)
  }

  /// The end of `start..<end` without the white space and line feeds that it ends with.
  @inline(__always)
  func trimmedEnd(from start: Int, to end: Int) -> Int {
    var at = end
    while at > start {
      let byte = self[at - 1]
      if byte == ASCII.space || byte == ASCII.tab || byte == ASCII.lineFeed {
        at -= 1
      } else if byte < 0x80 {
        break
      } else if at - 2 >= start, wideSpace(at: at - 2) == 2 {
        at -= 2
      } else if at - 3 >= start, wideSpace(at: at - 3) == 3 {
        at -= 3
      } else {
        break
      }
    }
    return at
  }

  /// Whether the bytes from `index` begin with `text`, which is ASCII.
  func has(_ text: StaticString, at index: Int) -> Bool {
    guard index >= 0, index + text.utf8CodeUnitCount <= count else { return false }
    return memcmp(base + index, text.utf8Start, text.utf8CodeUnitCount) == 0
  }

  /// The text of `range`, which begins and ends between characters.
  func string(_ range: Range<Int>) -> String {
    String(decoding: UnsafeBufferPointer(start: base + range.lowerBound, count: range.count), as: UTF8.self)
  }
}

/// The bytes of the characters that Markdown and labels are written with.
enum ASCII {
  static let tab = UInt8(ascii: "\t")
  static let lineFeed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
  static let space = UInt8(ascii: " ")
  static let backslash = UInt8(ascii: "\\")
  static let star = UInt8(ascii: "*")
  static let underscore = UInt8(ascii: "_")
  static let hash = UInt8(ascii: "#")
  static let hyphen = UInt8(ascii: "-")
  static let plus = UInt8(ascii: "+")
  static let equals = UInt8(ascii: "=")
  static let backtick = UInt8(ascii: "`")
  static let tilde = UInt8(ascii: "~")
  static let pipe = UInt8(ascii: "|")
  static let colon = UInt8(ascii: ":")
  static let semicolon = UInt8(ascii: ";")
  static let comma = UInt8(ascii: ",")
  static let dot = UInt8(ascii: ".")
  static let greater = UInt8(ascii: ">")
  static let less = UInt8(ascii: "<")
  static let openParenthesis = UInt8(ascii: "(")
  static let closeParenthesis = UInt8(ascii: ")")
  static let openBracket = UInt8(ascii: "[")
  static let closeBracket = UInt8(ascii: "]")
  static let exclamation = UInt8(ascii: "!")
  static let question = UInt8(ascii: "?")
  static let quote = UInt8(ascii: "\"")
}

extension UInt8 {
  @inline(__always)
  var isDigit: Bool { self &- 0x30 < 10 }
  @inline(__always)
  var isUpper: Bool { self &- 0x41 < 26 }
  @inline(__always)
  var isLower: Bool { self &- 0x61 < 26 }
  @inline(__always)
  var isLetter: Bool { (self | 0x20) &- 0x61 < 26 }
}
