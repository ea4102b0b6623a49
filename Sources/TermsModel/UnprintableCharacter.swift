/// A character that has no place in a name or a title, which stand in mail headers, lines of lists and pages: a control, a break
/// of the line, or one that turns the direction of what comes after it (Unicode Standard Annex 9, section 2), so that a reader
/// sees another name than the one on record.
package struct UnprintableCharacter: Error, Hashable, CustomStringConvertible {
  package let code: UInt32
  /// Counted in characters of the text, from 1.
  package let position: Int

  /// The first one in a text; `nil` where there is none.
  package init?(in text: String) {
    for (offset, character) in text.enumerated() {
      guard let scalar = character.unicodeScalars.first(where: Self.isUnprintable) else { continue }
      (code, position) = (scalar.value, offset + 1)
      return
    }
    return nil
  }

  private static func isUnprintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F...0x9F, 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  package var description: String {
    let digits = String(code, radix: 16, uppercase: true)
    return
      "the character at position \(position) (U+\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)) "
      + "cannot be seen, and breaks or turns the line that it stands in; leave it out"
  }
}
