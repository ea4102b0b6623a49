internal import Foundation

/// What canonical text asks of a Unicode scalar.
enum CanonicalScalar {
  /// The scalar at `at` and how many bytes it takes; a malformed byte stands for itself.
  @inline(__always)
  static func read(_ text: UnsafeBufferPointer<UInt8>, at: Int) -> (value: UInt32, length: Int) {
    let lead = UInt32(text[at])
    let length = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    guard length > 1, at + length <= text.count else { return (lead, 1) }
    var value = lead & (0x7F >> UInt32(length))
    for offset in 1..<length { value = value << 6 | UInt32(text[at + offset]) & 0x3F }
    return (value, length)
  }

  /// Unicode `White_Space` beyond ASCII.
  static func isSpace(_ value: UInt32) -> Bool {
    switch value {
    case 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
    default: false
    }
  }

  /// Soft hyphen, zero-width spaces and joiners, direction marks and isolates, the byte order mark.
  static func isInvisible(_ value: UInt32) -> Bool {
    switch value {
    case 0xAD, 0x61C, 0x180E, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0x2066...0x2069, 0xFEFF: true
    default: false
    }
  }

  /// The straight shape of a quotation mark or apostrophe.
  static func quoteShape(_ value: UInt32) -> UInt8? {
    switch value {
    case 0x2018...0x201B, 0x2039, 0x203A, 0x2032: UInt8(ascii: "'")
    case 0x201C...0x201F, 0xAB, 0xBB, 0x2033: UInt8(ascii: "\"")
    default: nil
    }
  }

  /// Whether the scalar may change under composition: all below U+0300 stand in form C, and so do the punctuation and
  /// the ideographs of everyday texts.
  static func mayCompose(_ value: UInt32) -> Bool {
    switch value {
    case 0..<0x300, 0x2002...0x2125, 0x212C...0x2328, 0x232B...0x2ADB, 0x3000...0x3098, 0x309B...0x9FFF,
      0x1F000...0x1FFFF:
      false
    default: true
    }
  }
}

extension CanonicalText {
  /// Composes the bytes of `result` from `start` on.
  static func compose(_ result: inout [UInt8], from start: Int) {
    let composed = String(decoding: result[start...], as: UTF8.self).precomposedStringWithCanonicalMapping
    result.removeSubrange(start...)
    result.append(contentsOf: composed.utf8)
  }
}
