package import TermsModel
internal import Transparency

/// A statement that the service made earlier, and knows again: who somebody is, until when.
///
/// Its form is `PURPOSE~SUBJECT~EXPIRES~CODE`: seconds since 1970 in base 36, then an HMAC-SHA-256 over what stands before.
package struct SignedTicket: Hashable, Sendable {
  package enum Purpose: String, Hashable, Sendable {
    /// The link in a notice: lets a developer in.
    case link = "l"
    /// The address of a developer's calendar: shows dates, and nothing else.
    case calendar = "c"
    /// A session begun by a link; the subject is the developer.
    case developer = "d"
    /// A session begun with a token; the subject is the token's identifier.
    case token = "t"
  }

  package let purpose: Purpose
  package let subject: String
  /// The first moment at which it is good for nothing.
  package let expiresAt: Instant

  package init(purpose: Purpose, subject: String, expiresAt: Instant) {
    self.purpose = purpose
    self.subject = subject
    self.expiresAt = expiresAt
  }

  /// The ticket as a text that may stand in an address or a cookie.
  package func signed(with key: [UInt8]) -> String {
    "\(statement)~\(KeyedHash.hex(of: statement, key: key).prefix(40))"
  }

  /// The ticket that a text is, if this service made it for that purpose and it is good at `moment`.
  package init?(_ text: String, for purpose: Purpose, key: [UInt8], at moment: Instant) {
    let parts = text.split(separator: "~", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 4, parts[0] == purpose.rawValue, let seconds = Int64(parts[2], radix: 36),
      (0..<253_402_300_800).contains(seconds)
    else { return nil }
    self.init(purpose: purpose, subject: parts[1], expiresAt: Instant(milliseconds: seconds * 1000))
    guard areEqualInConstantTime(text, signed(with: key)), moment < expiresAt else { return nil }
  }

  private var statement: String {
    "\(purpose.rawValue)~\(subject)~\(String(expiresAt.milliseconds / 1000, radix: 36))"
  }
}

/// Where a developer's own page is, for the notices to say.
package struct DeveloperLinks: Sendable {
  /// The address of the service, without a slash at its end.
  package let base: String
  private let key: [UInt8]

  /// For how many days the link of a notice lets somebody in.
  package static let days: Int64 = 180

  package init(base: String, key: [UInt8]) {
    self.base = base
    self.key = key
  }

  /// The link that lets a developer in, to their page about a document; the same one for the same moment.
  package func page(of developer: DeveloperID, about document: DocumentSlug, issuedAt: Instant) -> String {
    let ticket = SignedTicket(purpose: .link, subject: developer.rawValue, expiresAt: Self.expiry(issuedAt: issuedAt))
    return "\(base)/me/in/\(ticket.signed(with: key))?document=\(document)"
  }

  /// When a link that was issued then lets nobody in any more.
  package static func expiry(issuedAt: Instant) -> Instant { issuedAt.adding(seconds: days * 86_400) }
}
