extension CanonicalJSON {
  /// The value's one canonical form, in UTF-8.
  /// - Throws: ``CanonicalJSONError/integerTooLarge(_:)`` or ``CanonicalJSONError/notFinite``.
  package func encoded() throws(CanonicalJSONError) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(256)
    try write(to: &bytes)
    return bytes
  }

  /// The value's one canonical form.
  package func text() throws(CanonicalJSONError) -> String {
    String(decoding: try encoded(), as: UTF8.self)
  }

  /// A text as a JSON string, quotes included; every text can be written.
  package static func quoted(_ text: String) -> String {
    var bytes: [UInt8] = []
    write(text, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private func write(to bytes: inout [UInt8]) throws(CanonicalJSONError) {
    switch self {
    case .null: bytes += "null".utf8
    case .bool(let value): bytes += (value ? "true" : "false").utf8
    case .integer(let value):
      guard value.magnitude <= UInt(Self.largestInteger) else { throw .integerTooLarge(value) }
      bytes += String(value).utf8
    case .fraction(let value):
      guard value.isFinite else { throw .notFinite }
      bytes += CanonicalNumber.text(of: value).utf8
    case .string(let value): Self.write(value, to: &bytes)
    case .array(let elements):
      bytes.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        try element.write(to: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let members):
      bytes.append(UInt8(ascii: "{"))
      for (index, member) in members.sorted.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        Self.write(member.name, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        try member.value.write(to: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  /// Section 3.2.2.2: escapes only what JSON demands, the five short ones by their letter, the rest as `\u00xx`.
  private static func write(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    defer { bytes.append(UInt8(ascii: "\"")) }
    let needsNoEscape = text.utf8.allSatisfy { $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
    if needsNoEscape {
      bytes += text.utf8
      return
    }
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): bytes += "\\\"".utf8
      case UInt8(ascii: "\\"): bytes += "\\\\".utf8
      case 0x20...: bytes.append(byte)
      case 0x08: bytes += "\\b".utf8
      case 0x09: bytes += "\\t".utf8
      case 0x0A: bytes += "\\n".utf8
      case 0x0C: bytes += "\\f".utf8
      case 0x0D: bytes += "\\r".utf8
      default:
        bytes += (byte < 0x10 ? "\\u000" : "\\u00").utf8
        bytes += String(byte, radix: 16).utf8
      }
    }
  }
}

/// Numbers as ECMAScript's `Number::toString` prints them (ECMA-262, 6.1.6.1.20), which RFC 8785 demands.
enum CanonicalNumber {
  static func text(of value: Double) -> String {
    if value == 0 { return "0" }
    let (digits, exponent) = shortest(value.magnitude)
    let sign = value < 0 ? "-" : ""
    let count = digits.count
    switch exponent {
    case count...21:
      return sign + digits + String(repeating: "0", count: exponent - count)
    case 1..<max(count, 2) where exponent <= 21:
      return sign + digits.prefix(exponent) + "." + digits.dropFirst(exponent)
    case -5...0:
      return sign + "0." + String(repeating: "0", count: -exponent) + digits
    default:
      let power = exponent - 1
      let mantissa = count == 1 ? digits : digits.prefix(1) + "." + digits.dropFirst()
      return sign + mantissa + "e" + (power < 0 ? "-" : "+") + String(power.magnitude)
    }
  }

  /// The fewest digits that read back as `value`, and the place of the decimal point before them: value = 0.DIGITS × 10ⁿ.
  private static func shortest(_ value: Double) -> (digits: String, exponent: Int) {
    // Swift prints the shortest digits that round-trip, the closest of them, as ECMAScript does; only the dress differs.
    let parts = value.description.lowercased().split(separator: "e")
    let power = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    let (whole, fraction) = (String(mantissa[0]), mantissa.count > 1 ? String(mantissa[1]) : "")
    let all = whole + fraction
    let leading = all.prefix { $0 == "0" }.count
    var digits = all.dropFirst(leading)
    while digits.last == "0" { digits.removeLast() }
    return (String(digits), whole.count - leading + power)
  }
}
