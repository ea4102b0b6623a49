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

  /// Whether a text with this scalar may have another form when composed.
  ///
  /// The letters, punctuation and signs of everyday texts stand in form C whatever is beside them, as long as what
  /// combines is among what is asked.
  static func mayCompose(_ value: UInt32) -> Bool {
    switch value {
    case 0x340, 0x341, 0x374, 0x37E, 0x387, 0x2126, 0x212A, 0x212B, 0x2329, 0x232A, 0x2ADC, 0x3099, 0x309A: true
    case 0..<0x300, 0x370...0x482, 0x48A...0x58F, 0x5D0...0x5F4, 0x620...0x64A, 0x660...0x66F, 0x671...0x6D5,
      0xE01...0xE30, 0xE40...0xE46, 0x10A0...0x10FF, 0x1E00...0x1EFF, 0x2002...0x20CF, 0x2100...0x2BFF, 0x3000...0x9FFF,
      0xAC00...0xD7A3, 0xFE00...0xFE0F, 0xFF00...0xFFEF, 0x1F000...0x1FFFF:
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
