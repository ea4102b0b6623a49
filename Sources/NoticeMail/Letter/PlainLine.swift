/// Makes text from outside fit for a line of a letter or a header: what could break out of the line, or show a reader
/// other words than a program sees, is gone.
enum PlainLine {
  /// One line: white space of any kind becomes a single space, control and direction-changing characters are dropped.
  static func cleaned(_ text: String) -> String {
    isClean(text) ? text : withoutControls(text).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// One line for a header field, where `=?` begins an encoded word (RFC 2047): a reader's program would show other words
  /// than were written.
  static func field(_ text: String) -> String {
    let line = cleaned(text)
    return line.utf8.contains(UInt8(ascii: "=")) ? line.replacing("=?", with: "= ?") : line
  }

  /// Whether the text is a line of plain ASCII as it is, as most are.
  private static func isClean(_ text: String) -> Bool {
    var wasSpace = true
    for byte in text.utf8 {
      guard (0x20...0x7E).contains(byte), byte != 0x20 || !wasSpace else { return false }
      wasSpace = byte == 0x20
    }
    return !wasSpace || text.isEmpty
  }

  /// The text without control characters (line ends and tabs become spaces) and without the characters that reverse the
  /// direction of what follows, by which a name could make a reader see other words.
  static func withoutControls(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x09...0x0D, 0x85, 0x2028, 0x2029: scalars.append(" ")
      case 0x00...0x1F, 0x7F...0x9F, 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: continue
      default: scalars.append(scalar)
      }
    }
    return String(scalars)
  }
}
