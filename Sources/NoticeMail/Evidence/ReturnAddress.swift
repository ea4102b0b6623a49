internal import Crypto
package import TermsModel

/// The address to which delivery reports on one notice come back: `bounce+ID-MAC@bounces.example`.
///
/// The identifier names the notice and the code proves that we made it, so that a report is tied to its notice by the
/// address it was sent to and not by anything that its writer could put into it. Lower case only, as mail systems fold
/// case, and at most 64 characters before the @ (RFC 5321, 4.5.3.1.1).
package struct ReturnAddress: Hashable, Sendable {
  /// What the address that a report was sent to says of its notice.
  package enum Token: Hashable, Sendable {
    /// It is no address of this form.
    case absent
    /// It has the form, and somebody else made it or something changed it.
    case forged
    case notice(Int64)
  }

  private let mailbox: String
  private let domain: String
  private let key: [UInt8]

  /// - Parameters:
  ///   - mailbox: the mailbox behind all the addresses; the mail system must take `+` as the end of its name.
  ///   - domain: best a domain below that of From, so that sender checks (SPF, DMARC) find them aligned.
  ///   - key: secret, at least 32 bytes, kept for as long as reports may come.
  package init(mailbox: String = "bounce", domain: String, key: [UInt8]) throws(ReturnAddressError) {
    guard key.count >= 32 else { throw .shortKey(bytes: key.count) }
    self.mailbox = mailbox.lowercased()
    self.domain = domain.lowercased()
    self.key = key
    guard self.mailbox.utf8.count <= 32, !self.mailbox.contains("+"),
      EmailAddress(rawValue: "\(self.mailbox)@\(self.domain)") != nil
    else { throw .badMailbox("\(mailbox)@\(domain)") }
  }

  /// The envelope’s sender for a notice; `nil` never, as the initialiser leaves no way for the address to be none.
  ///
  package func address(for notice: Int64) -> EmailAddress? {
    let identifier = Self.envelopeID(for: notice)
    return EmailAddress(rawValue: "\(mailbox)+\(identifier)-\(code(for: identifier))@\(domain)")
  }

  /// The domain of all the addresses.
  var domainName: String { domain }

  /// What reports call the envelope of a notice (ENVID): thirteen characters of base32. `sendmail` programs take one of one
  /// or two characters for something else.
  package static func envelopeID(for notice: Int64) -> String {
    Base32.encoded(withUnsafeBytes(of: notice.bigEndian, Array.init))
  }

  /// The notice that `address` belongs to, if it is one of ours.
  package func token(in address: String) -> Token {
    let folded = address.lowercased()
    guard folded.hasPrefix(mailbox + "+"), folded.hasSuffix("@" + domain) else { return .absent }
    let parts = folded.dropFirst(mailbox.count + 1).dropLast(domain.count + 1).split(
      separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, let bytes = Base32.decoded(parts[0]), bytes.count == 8 else { return .forged }
    let expected = Array(code(for: String(parts[0])).utf8)
    let given = Array(parts[1].utf8)
    // Compared to the end, so that the time it takes tells nothing of where they differ.
    guard given.count == expected.count, zip(given, expected).reduce(0, { $0 | ($1.0 ^ $1.1) }) == 0 else {
      return .forged
    }
    return .notice(bytes.reduce(0) { $0 << 8 | Int64($1) })
  }

  /// The notice that the first of several addresses to be one of ours belongs to; ``Token/forged`` where one has the form
  /// and none is ours.
  package func token(in addresses: [String]) -> Token {
    let tokens = addresses.map { token(in: $0) }
    return tokens.first { if case .notice = $0 { true } else { false } } ?? tokens.first { $0 == .forged } ?? .absent
  }

  /// 80 bits of an HMAC-SHA256 over the identifier.
  private func code(for identifier: String) -> String {
    let code = HMAC<SHA256>.authenticationCode(
      for: Array("return-address:\(identifier)".utf8), using: SymmetricKey(data: key))
    return Base32.encoded(code.prefix(10))
  }
}

// The key is nobody's to read, in a log least of all.
extension ReturnAddress: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "\(mailbox)+…@\(domain)" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: ["address": description]) }
}

/// Why an address for delivery reports cannot be made.
package enum ReturnAddressError: Error, Hashable {
  case shortKey(bytes: Int)
  case badMailbox(String)
}

extension ReturnAddressError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .shortKey(let bytes):
      "the key for return addresses has \(bytes) bytes; make one of 32 or more, as with: openssl rand -hex 32"
    case .badMailbox(let address):
      "'\(address)' cannot take delivery reports; name a mailbox of at most 32 letters without a + at a domain of yours"
    }
  }
}
