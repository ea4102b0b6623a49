/// An address that is safe to put into an envelope and a header.
///
/// Narrower than RFC 5321 allows on purpose: no quoting, no comments, no bytes outside visible ASCII, so that nothing
/// can break out of an SMTP command or a header field. International domains are given as A-labels (`xn--…`).
package struct EmailAddress: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
  package let rawValue: String

  package init?(rawValue: String) {
    guard (try? Self.check(rawValue)) != nil else { return nil }
    self.rawValue = rawValue
  }

  /// The address, or an error that says what is wrong with it.
  package init(checking text: String) throws(EmailAddressError) {
    try Self.check(text)
    rawValue = text
  }

  package var description: String { rawValue }
  /// What stands after the `@`.
  package var domain: Substring { rawValue[rawValue.index(after: at)...] }
  package var localPart: Substring { rawValue[..<at] }

  private var at: String.Index { rawValue.firstIndex(of: "@") ?? rawValue.endIndex }

  private static func check(_ text: String) throws(EmailAddressError) {
    guard text.utf8.count <= 254 else { throw .tooLong(limit: 254, part: "address") }
    if let at = text.lastIndex(of: "@"), !text[at...].utf8.allSatisfy({ $0 < 128 }),
      text[...at].utf8.allSatisfy({ (33...126).contains($0) })
    {
      throw .internationalDomain
    }
    for (offset, byte) in text.utf8.enumerated() {
      guard (33...126).contains(byte), !"<>()[],;:\\\"".utf8.contains(byte) else {
        throw .forbiddenCharacter(code: byte, position: offset + 1)
      }
    }
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2 else { throw .needsOneAt(found: parts.count - 1) }
    guard !parts[0].isEmpty else { throw .emptyPart("the part before the @") }
    guard parts[0].utf8.count <= 64 else { throw .tooLong(limit: 64, part: "part before the @") }
    guard !parts[0].hasPrefix("."), !parts[0].hasSuffix("."), !parts[0].contains("..") else {
      throw .misplacedDot
    }
    guard !parts[1].isEmpty else { throw .emptyPart("the domain") }
    for label in parts[1].split(separator: ".", omittingEmptySubsequences: false) {
      let plain = label.utf8.allSatisfy { byte in
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
          || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
      }
      guard plain, (1...63).contains(label.utf8.count), !label.hasPrefix("-"), !label.hasSuffix("-") else {
        throw .badDomain(String(parts[1]))
      }
    }
  }
}

/// What is wrong with an e-mail address.
package enum EmailAddressError: Error, Hashable {
  case tooLong(limit: Int, part: String)
  case forbiddenCharacter(code: UInt8, position: Int)
  case needsOneAt(found: Int)
  case emptyPart(String)
  case misplacedDot
  case badDomain(String)
  case internationalDomain
}

extension EmailAddressError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .tooLong(let limit, let part):
      "the \(part) has more than \(limit) characters; mail servers take no longer one (RFC 5321, 4.5.3.1)"
    case .forbiddenCharacter(let code, let position):
      "the character at position \(position) (\(Self.name(of: code))) is not allowed in an address here; "
        + "write the address alone, without a name, brackets or spaces"
    case .needsOneAt(let found):
      found == 0
        ? "the address has no @; write it as name@example.com" : "the address has \(found) @; it must have exactly one"
    case .emptyPart(let part):
      "\(part) is empty; write the address as name@example.com"
    case .misplacedDot:
      "the part before the @ begins or ends with a dot or has two in a row (RFC 5321, 4.1.2); check the address"
    case .badDomain(let domain):
      "'\(domain)' is no domain name; write an international one in its xn-- form"
    case .internationalDomain:
      "the domain has characters outside ASCII; write it in its xn-- form, as mail servers do"
    }
  }

  private static func name(of code: UInt8) -> String {
    switch code {
    case 0: "NUL"
    case 9: "tab"
    case 10: "line feed"
    case 13: "carriage return"
    case 32: "space"
    case 33...126: "'\(Character(UnicodeScalar(code)))'"
    case 127...: "outside ASCII"
    default: "control character \(code)"
    }
  }
}
