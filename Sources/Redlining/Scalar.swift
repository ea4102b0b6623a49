/// One Unicode scalar in a text, and where it ends.
struct Scalar {
  let value: UInt32
  let end: Int

  /// The scalar that begins at `at`, where the text is valid UTF-8; a byte for itself where it is not.
  init(_ text: UnsafeBufferPointer<UInt8>, at: Int) {
    let lead = UInt32(text[at])
    let length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    guard at + length <= text.count, length > 1, lead >= 0xC0 else {
      value = lead
      end = at + 1
      return
    }
    var scalar = lead & (0xFF >> UInt32(length + 1))
    for index in 1..<length { scalar = scalar << 6 | UInt32(text[at + index]) & 0x3F }
    value = scalar
    end = at + length
  }

  /// No-break, thin and ideographic spaces and their like (Unicode `White_Space`).
  var isSpace: Bool {
    switch value {
    case 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
    default: false
    }
  }

  /// Zero-width spaces and joiners, soft hyphens, direction marks and isolates, the byte order mark.
  var isInvisible: Bool {
    switch value {
    case 0xAD, 0x61C, 0x180E, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0x2066...0x2069, 0xFEFF: true
    default: false
    }
  }

  /// The straight shape of a quotation mark or an apostrophe.
  var quoteShape: UInt8? {
    switch value {
    case 0x2018...0x201B, 0x2039, 0x203A: UInt8(ascii: "'")
    case 0x201C...0x201F, 0xAB, 0xBB: UInt8(ascii: "\"")
    default: nil
    }
  }

  /// Hyphens proper; dashes are other marks.
  var isHyphen: Bool { value == 0x2010 || value == 0x2011 }

  /// One half of a flag.
  var isRegional: Bool { (0x1F1E6...0x1F1FF).contains(value) }

  /// Whether it belongs to the character before it: combining marks, joiners, variation selectors, skin tones, tags.
  var extends: Bool {
    guard value >= 0x300 else { return false }
    switch value {
    case 0x200C, 0x200D, 0xFE00...0xFE0F, 0x1F3FB...0x1F3FF, 0xE0020...0xE007F: return true
    default: break
    }
    guard let properties = Unicode.Scalar(value)?.properties else { return false }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .spacingMark: return true
    default: return false
    }
  }

  /// Letters and digits of scripts that part their words by spaces.
  var isWord: Bool {
    switch value {
    case 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2AF, 0x370...0x373, 0x386...0x3FF, 0x400...0x481, 0x48A...0x52F: return true
    case 0x2E80...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF: return false
    default: break
    }
    guard value >= 0xAA, let properties = Unicode.Scalar(value)?.properties else { return false }
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber:
      return true
    default: return false
    }
  }

  /// Whether a word that reaches up to this scalar goes on with it.
  func continuesWord(_ text: UnsafeBufferPointer<UInt8>, _ foldings: Set<Folding>) -> Bool {
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
