internal import Crypto
internal import TermsModel
package import TermsOperations

/// Writes the letter to a developer and makes it a message.
///
/// The same content gives the same bytes: nothing in the message comes from a clock or from chance.
package struct MailComposer: NoticeComposer {
  let settings: MailSettings
  private let templates: LetterTemplates
  private let cache = LetterCache()

  package init(settings: MailSettings, templates: LetterTemplates) {
    self.settings = settings
    self.templates = templates
  }

  /// With the wording that comes with the program.
  package init(settings: MailSettings) throws(TemplateError) {
    self.init(settings: settings, templates: try .builtIn())
  }

  /// The letter by itself, as `preview` shows it.
  package func letter(_ content: NoticeContent) -> RenderedLetter {
    letter(Letter(content, settings: settings))
  }

  func letter(_ letter: Letter) -> RenderedLetter { templates.render(letter) }

  /// RFC 3834: an automatic message says so. Exchange is asked for no out-of-office and no other automatic answers, but
  /// never to keep back its delivery reports, which would silence the evidence.
  static let fields = [("Auto-Submitted", "auto-generated"), ("X-Auto-Response-Suppress", "OOF, AutoReply")]

  package func compose(_ content: NoticeContent) throws(ComposingError) -> NoticeMessage {
    guard let recipient = content.notice.recipient else { throw .noRecipient(notice: content.notice.number) }
    let skeleton = cache.skeleton(for: content) {
      LetterSkeleton(Letter(content, settings: settings), by: templates)
    }
    let number = content.notice.number
    let identity = NoticeIdentity(content)
    let messageID = "\(identity.localPart)@\(settings.messageIDDomain)"
    var fields = Self.fields
    if let note = content.checkpoint { fields.append((CheckpointField.name, CheckpointField.value(of: note))) }
    func message(subject: String, text: String = "", html: String = "") -> MIMEMessage {
      MIMEMessage(
        from: .init(name: PlainLine.field(settings.fromName), address: settings.from),
        to: .init(name: content.notice.name.map(PlainLine.field), address: recipient), replyTo: settings.replyTo,
        subject: PlainLine.field(subject), date: identity.date, messageID: messageID, boundary: "=_\(identity.token)",
        fields: fields, text: text, html: html)
    }
    let bytes: [UInt8]?
    if let skeleton {
      let filling = LetterSkeleton.Filling(content)
      bytes = skeleton.parts(for: filling).flatMap {
        message(subject: skeleton.subject(for: filling)).bytes(text: $0.text, html: $0.html)
      }
    } else {
      let letter = letter(content)
      bytes = message(subject: letter.subject, text: letter.text, html: letter.html).bytes()
    }
    guard let bytes else { throw .notRendered(notice: number) }
    return NoticeMessage(
      messageID: "<\(messageID)>", sender: settings.returnAddress?.address(for: number) ?? settings.from,
      recipient: recipient, envelopeID: ReturnAddress.envelopeID(for: number), bytes: bytes)
  }
}

/// What makes a notice's message this message and no other, derived from what it tells whom.
struct NoticeIdentity {
  /// What stands before the @ of the Message-ID: `notice.4711.connector-terms.2025-12-17.k3jq…`.
  let localPart: String
  /// 16 characters of base32 (80 bits) that no other notice has, from any installation.
  let token: String
  let date: Instant

  init(_ content: NoticeContent) {
    let notice = content.notice
    var parts = [
      "\(notice.number)", notice.document.rawValue, notice.version.rawValue, notice.developer.rawValue,
      "\(notice.plannedAt)",
    ]
    // Who has a message already is not shown another one of the same name.
    if let alteration = content.alteration { parts.append("altered by act \(alteration)") }
    let digest = SHA256.hash(data: Array(parts.joined(separator: "\n").utf8))
    token = Base32.encoded(digest.prefix(10))
    // A label may hold dots where RFC 5322 allows none: at an end, or several in a row.
    let version = notice.version.rawValue.split(separator: ".").joined(separator: ".")
    localPart = "notice.\(notice.number).\(notice.document).\(version.isEmpty ? "version" : version).\(token)"
    // The moment of planning, or where the letter was written on a later day, the beginning of the day from which its
    // dates are counted: a letter sent again on the same day has the same bytes, and none bears a date days before it.
    date = max(notice.plannedAt, content.document.settings.zone.firstMoment(of: content.sentOn))
  }
}

/// Why a notice cannot become a message.
package enum ComposingError: Error, Hashable {
  case noRecipient(notice: Int64)
  case notRendered(notice: Int64)
}

extension ComposingError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noRecipient(let notice):
      "notice \(notice) has no address any more, as the developer's data were erased; nothing can be sent"
    case .notRendered(let notice):
      "notice \(notice) could not be written as a message: the mail library gave nothing back; check free memory"
    }
  }
}
