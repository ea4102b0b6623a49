extension String {
  /// The text with control characters made visible, as in `\u{1b}`: names come from outside, and must neither forge a line
  /// of output nor drive a terminal.
  var withVisibleControls: String { withVisibleControls(except: []) }

  /// The same, and leaves the ones named as they are.
  func withVisibleControls(except kept: Set<Unicode.Scalar>) -> String {
    guard unicodeScalars.contains(where: { Self.drives($0) && !kept.contains($0) }) else { return self }
    return unicodeScalars.map { scalar in
      Self.drives(scalar) && !kept.contains(scalar) ? "\\u{\(String(scalar.value, radix: 16))}" : "\(scalar)"
    }.joined()
  }

  /// Whether a terminal does not show a character but obeys it: the control characters, the line and paragraph separators, and
  /// those that turn the direction of what follows.
  private static func drives(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
