internal import Foundation
internal import TermsModel

/// One Unicode scalar in a text, and where it ends.
struct Scalar {
  let value: UInt32
  let end: Int

  /// The scalar that begins at `at` in UTF-8; a malformed byte stands for itself.
  init(_ text: UnsafeBufferPointer<UInt8>, at: Int) {
    let lead = UInt32(text[at])
    let length = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    guard length > 1, at + length <= text.count else {
      value = lead
      end = at + 1
      return
    }
    var scalar = lead & (0x7F >> UInt32(length))
    for offset in 1..<length { scalar = scalar << 6 | UInt32(text[at + offset]) & 0x3F }
    value = scalar
    end = at + length
  }

  /// Unicode `White_Space` beyond ASCII: no-break, thin and ideographic spaces and their like.
  var isSpace: Bool {
    switch value {
    case 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
    default: false
    }
  }

  /// Soft hyphen, zero-width spaces and joiners, direction marks and isolates, the byte order mark.
  var isInvisible: Bool {
    switch value {
    case 0xAD, 0x61C, 0x180E, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0x2066...0x2069, 0xFEFF: true
    default: false
    }
  }

  /// The straight shape of a quotation mark or an apostrophe.
  var quoteShape: UInt8? {
    switch value {
    case 0x2018...0x201B, 0x2039, 0x203A, 0x2032: UInt8(ascii: "'")
    case 0x201C...0x201F, 0xAB, 0xBB, 0x2033: UInt8(ascii: "\"")
    default: nil
    }
  }

  /// Hyphens proper; dashes are other marks.
  var isHyphen: Bool { value == 0x2010 || value == 0x2011 }

  /// The shapes of bullets that pages use.
  var isBullet: Bool {
    switch value {
    case 0xB7, 0x2022, 0x2023, 0x25AA, 0x25CF, 0x25E6: true
    default: false
    }
  }

  /// What parts the groups of a number: a no-break or a thin space, a high comma.
  var partsDigits: Bool { value == 0xA0 || value == 0x202F || value == 0x2009 || value == 0x2019 }

  /// One half of a flag.
  var isRegional: Bool { (0x1F1E6...0x1F1FF).contains(value) }

  var isJoiner: Bool { value == 0x200D }

  /// Whether it belongs to the character before it: combining marks, joiners, variation selectors, skin tones, tags.
  var extends: Bool {
    guard value >= 0x300 else { return false }
    switch value {
    case 0x370...0x482, 0x48A...0x590, 0x2000...0x200B, 0x200E...0x20CF, 0x2100...0x2CEE, 0x3030...0x3098,
      0x309B...0xA66E, 0xAC00...0xD7AF:
      return false
    case 0x200C, 0x200D, 0xFE00...0xFE0F, 0x1F3FB...0x1F3FF, 0xE0020...0xE007F:
      return true
    default:
      break
    }
    switch Unicode.Scalar(value)?.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .spacingMark: return true
    default: return false
    }
  }

  /// Whether a scalar belongs to the character before it.
  static func combines(_ scalar: Unicode.Scalar) -> Bool { Scalar(value: scalar.value).extends }

  /// The straight shape of a quotation mark or an apostrophe; `nil` for anything else.
  static func quoteShape(of scalar: Unicode.Scalar) -> UInt8? {
    scalar == "\"" || scalar == "'" ? UInt8(scalar.value) : Scalar(value: scalar.value).quoteShape
  }

  private init(value: UInt32) {
    self.value = value
    end = 0
  }

  /// Letters and digits of scripts that part their words by spaces.
  var isWord: Bool {
    switch value {
    case 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2AF, 0x370...0x373, 0x386, 0x388...0x3FF, 0x400...0x481, 0x48A...0x52F,
      0xAC00...0xD7A3:
      return true
    // Signs that stand before the digits or the letter that they belong to (UAX #29, Prepend).
    case 0x600...0x605, 0x6DD, 0x70F, 0x890...0x891, 0x8E2, 0x110BD, 0x110CD:
      return true
    case 0x80...0xA9, 0x2000...0x206F, 0x2190...0x2BFF, 0x2E80...0xA48F, 0xF900...0xFAFF, 0x20000...0x3FFFF:
      return false
    default:
      break
    }
    switch Unicode.Scalar(value)?.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber:
      return true
    default: return false
    }
  }

  /// Whether composition (UAX #15, form C) may change what it stands in.
  var mayCompose: Bool {
    extends || (0x340...0x344).contains(value) || (0x1100...0x11FF).contains(value) || (0x1F00...0x1FFF).contains(value)
      || (0x2126...0x212B).contains(value)
  }

  /// Whether a word that reaches up to this scalar goes on with it.
  func continuesWord(_ text: UnsafeBufferPointer<UInt8>, _ foldings: CanonicalText.Foldings) -> Bool {
    if isWord || extends { return true }
    guard isInvisible, foldings.contains(.invisible) else { return false }
    // A few in a row are looked through; nobody writes more, and a long run must not be read again and again.
    var at = end
    for _ in 0..<4 where at < text.count {
      let next = Scalar(text, at: at)
      if next.value < 0x80 { return next.isASCIIWord }
      if next.isWord { return true }
      guard next.isInvisible else { return false }
      at = next.end
    }
    return false
  }

  private var isASCIIWord: Bool {
    switch value {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: false
    }
  }
}

extension CanonicalText {
  /// Composes the characters of a word (UAX #15, form C).
  static func compose(_ word: inout [UInt8]) {
    word = Array(String(decoding: word, as: UTF8.self).precomposedStringWithCanonicalMapping.utf8)
  }
}
