internal import Crypto
package import TermsModel
package import TermsOperations

extension MailComposer {
  /// The number of the notice that a trial message pretends to be. The outbox counts from 1, so that a report which comes
  /// back for it tells of no notice.
  package static let trialNotice: Int64 = 0

  /// A letter with made-up contents to try the way out, the wording and the reports' way back with. It says in its subject
  /// and in its first line that it is no notice.
  ///
  /// - Parameter moment: its date; two trials at one moment are one message.
  package func trialMessage(to recipient: EmailAddress, at moment: Instant) throws(ComposingError) -> NoticeMessage {
    let letter = letter(.sample)
    let digest = SHA256.hash(data: Array("trial\n\(recipient)\n\(moment)".utf8))
    let token = Base32.encoded(digest.prefix(10))
    let messageID = "trial.\(token)@\(settings.messageIDDomain)"
    let warning = "This is a trial message with made-up contents.\nIt is no notice, and binds nobody."
    let message = MIMEMessage(
      from: .init(name: PlainLine.field(settings.fromName), address: settings.from),
      to: .init(name: nil, address: recipient), replyTo: settings.replyTo,
      subject: "Trial, no notice: \(PlainLine.field(letter.subject))", date: moment, messageID: messageID,
      boundary: "=_\(token)", fields: Self.fields, text: "\(warning)\n\n\(letter.text)",
      html: Self.html(letter.html, headedBy: "<p><strong>\(warning)</strong></p>"))
    guard let bytes = message.bytes() else { throw .notRendered(notice: Self.trialNotice) }
    return NoticeMessage(
      messageID: "<\(messageID)>",
      sender: settings.returnAddress?.address(for: Self.trialNotice) ?? settings.from, recipient: recipient,
      envelopeID: ReturnAddress.envelopeID(for: Self.trialNotice), bytes: bytes)
  }

  /// Puts a paragraph where the reader begins: after the body's tag, or first where a template has none.
  private static func html(_ page: String, headedBy paragraph: String) -> String {
    guard let tag = page.firstRange(of: "<body"), let end = page[tag.upperBound...].firstIndex(of: ">") else {
      return paragraph + "\n" + page
    }
    return page[...end] + "\n" + paragraph + page[page.index(after: end)...]
  }
}
