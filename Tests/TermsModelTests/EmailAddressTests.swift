import Testing

@testable import TermsModel

/// What may stand in an envelope and in a header, and nothing that could break out of either.
@Suite struct EmailAddressTests {
  @Test(arguments: [
    "ada@example.com", "ada+terms@example.com", "a.b-c_d=e@example.co.uk", "o'brien@example.com",
    "1@xn--bcher-kva.example",
    "\(String(repeating: "a", count: 64))@example.com", "root@localhost",
  ])
  func `plain addresses are taken as they are`(_ text: String) throws {
    let address = try EmailAddress(checking: text)
    #expect(address.rawValue == text && address.description == text)
    #expect("\(address.localPart)@\(address.domain)" == text)
    #expect(EmailAddress(rawValue: text) == address)
  }

  struct Refusal: CustomTestStringConvertible {
    let text: String
    let error: EmailAddressError
    let says: String
    var testDescription: String { text.debugDescription }
  }

  private static let apart = "write the address alone, without a name, brackets or spaces"

  static let refusals: [Refusal] = [
    .init(
      text: "a@x.example\r\nRCPT TO:<b@x.example>", error: .forbiddenCharacter(code: 13, position: 12),
      says: "the character at position 12 (carriage return) is not allowed in an address here; \(apart)"),
    .init(
      text: "a@x.example\nDATA", error: .forbiddenCharacter(code: 10, position: 12),
      says: "the character at position 12 (line feed) is not allowed in an address here; \(apart)"),
    .init(
      text: "a\u{0}@x.example", error: .forbiddenCharacter(code: 0, position: 2),
      says: "the character at position 2 (NUL) is not allowed in an address here; \(apart)"),
    .init(
      text: "a\tb@x.example", error: .forbiddenCharacter(code: 9, position: 2),
      says: "the character at position 2 (tab) is not allowed in an address here; \(apart)"),
    .init(
      text: "a b@x.example", error: .forbiddenCharacter(code: 32, position: 2),
      says: "the character at position 2 (space) is not allowed in an address here; \(apart)"),
    .init(
      text: "a\u{1B}@x.example", error: .forbiddenCharacter(code: 27, position: 2),
      says: "the character at position 2 (control character 27) is not allowed in an address here; \(apart)"),
    .init(
      text: "a\u{7F}@x.example", error: .forbiddenCharacter(code: 127, position: 2),
      says: "the character at position 2 (outside ASCII) is not allowed in an address here; \(apart)"),
    .init(
      text: "<a@x.example>", error: .forbiddenCharacter(code: 60, position: 1),
      says: "the character at position 1 ('<') is not allowed in an address here; \(apart)"),
    .init(
      text: "a@x.example>", error: .forbiddenCharacter(code: 62, position: 12),
      says: "the character at position 12 ('>') is not allowed in an address here; \(apart)"),
    .init(
      text: "\"a\"@x.example", error: .forbiddenCharacter(code: 34, position: 1),
      says: "the character at position 1 ('\"') is not allowed in an address here; \(apart)"),
    .init(
      text: "zoë@x.example", error: .forbiddenCharacter(code: 195, position: 3),
      says: "the character at position 3 (outside ASCII) is not allowed in an address here; \(apart)"),
    .init(
      text: "a@bücher.example", error: .internationalDomain,
      says: "the domain has characters outside ASCII; write it in its xn-- form, as mail servers do"),
    .init(
      text: "a@bu\u{308}cher.example\r\n", error: .internationalDomain,
      says: "the domain has characters outside ASCII; write it in its xn-- form, as mail servers do"),
    .init(
      text: "\(String(repeating: "a", count: 65))@x.example", error: .tooLong(limit: 64, part: "part before the @"),
      says: "the part before the @ has more than 64 characters; mail servers take no longer one (RFC 5321, 4.5.3.1)"),
    .init(
      text: "a@\(String(repeating: "x", count: 253))", error: .tooLong(limit: 254, part: "address"),
      says: "the address has more than 254 characters; mail servers take no longer one (RFC 5321, 4.5.3.1)"),
    .init(
      text: "a.x.example", error: .needsOneAt(found: 0), says: "the address has no @; write it as name@example.com"),
    .init(
      text: "a@b@x.example", error: .needsOneAt(found: 2),
      says: "the address has 2 @; it must have exactly one"),
    .init(
      text: "@x.example", error: .emptyPart("the part before the @"),
      says: "the part before the @ is empty; write the address as name@example.com"),
    .init(
      text: "a@", error: .emptyPart("the domain"),
      says: "the domain is empty; write the address as name@example.com"),
    .init(
      text: "a..b@x.example", error: .misplacedDot,
      says: "the part before the @ begins or ends with a dot or has two in a row (RFC 5321, 4.1.2); check the address"),
    .init(
      text: "a@-x.example", error: .badDomain("-x.example"),
      says: "'-x.example' is no domain name; write an international one in its xn-- form"),
    .init(
      text: "a@x..example", error: .badDomain("x..example"),
      says: "'x..example' is no domain name; write an international one in its xn-- form"),
    .init(
      text: "a@\(String(repeating: "x", count: 64)).example",
      error: .badDomain("\(String(repeating: "x", count: 64)).example"),
      says:
        "'\(String(repeating: "x", count: 64)).example' is no domain name; write an international one in its xn-- form"),
  ]

  @Test(arguments: refusals) func `what could break out of a command, or is none, is refused with why`(_ c: Refusal) {
    #expect(throws: c.error) { try EmailAddress(checking: c.text) }
    #expect(c.error.description == c.says)
    #expect(EmailAddress(rawValue: c.text) == nil)
  }
}
