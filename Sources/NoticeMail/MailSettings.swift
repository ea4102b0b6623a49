package import TermsModel

/// Who notices come from.
package struct MailSettings: Hashable, Sendable {
  /// The address in From. Its domain is also that of the Message-IDs, unless ``messageIDDomain`` says otherwise.
  package var from: EmailAddress
  /// The name beside it, as developers know the platform.
  package var fromName: String
  /// A mailbox that somebody reads: developers accept, decline and ask by answering. ``from`` where `nil`.
  package var replyTo: EmailAddress?
  /// The domain on the right of a Message-ID: one that nobody else makes Message-IDs under.
  package var messageIDDomain: String
  /// Where delivery reports come back to, an address for each notice; the address of ``from`` where `nil`, so that no report
  /// can be tied to its notice.
  package var returnAddress: ReturnAddress?

  package init(
    from: EmailAddress, fromName: String, replyTo: EmailAddress? = nil, messageIDDomain: String? = nil,
    returnAddress: ReturnAddress? = nil
  ) {
    self.from = from
    self.fromName = fromName
    self.replyTo = replyTo
    self.messageIDDomain = messageIDDomain ?? String(from.domain)
    self.returnAddress = returnAddress
  }

  /// Where answers go.
  package var answerAddress: EmailAddress { replyTo ?? from }
}
