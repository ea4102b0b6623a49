/// Text on a terminal: what a terminal would obey is shown instead, and columns are counted as it counts them.
enum TerminalText {
  enum Style: String {
    case plain = "0"
    case bold = "1"
    case dim = "2"
    /// Red and struck through, so that it reads without the colour, too.
    case deleted = "31;9"
    /// Green and underlined.
    case inserted = "32;4"
  }

  static func styled(_ text: String, _ style: Style) -> String {
    style == .plain || text.isEmpty ? text : "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m"
  }

  /// The text with control characters as their pictures, and with marks that turn the direction of writing spelled out:
  /// terms are data, and must neither command a terminal nor show other words than they hold.
  static func safe(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 < 0x20 && $0 != 0x0A || $0 == 0x7F || $0 == 0xC2 || $0 == 0xE2 }) else {
      return text
    }
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x0A: result.unicodeScalars.append(scalar)
      case 0x09: result += " "
      case 0..<0x20: result.unicodeScalars.append(picture(of: scalar))
      case 0x7F: result += "\u{2421}"
      case 0x80..<0xA0, 0x202A...0x202E, 0x2066...0x2069: result += "‹U+\(hexadecimal(scalar.value))›"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// The picture of a control character (U+2400 and on).
  private static func picture(of control: Unicode.Scalar) -> Unicode.Scalar {
    Unicode.Scalar(0x2400 + control.value) ?? control
  }

  private static func hexadecimal(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  /// How many columns a text takes: two for wide characters (UAX #11) and emoji, none for what combines.
  static func width(_ text: some StringProtocol) -> Int {
    text.reduce(0) { $0 + width($1) }
  }

  static func width(_ character: Character) -> Int {
    guard let scalar = character.unicodeScalars.first else { return 0 }
    if scalar.value < 0x300 { return 1 }
    if scalar.properties.isEmojiPresentation { return 2 }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
      return 2
    default: return Scalar.combines(scalar) ? 0 : 1
    }
  }
}
