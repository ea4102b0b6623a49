internal import CGMime
internal import CGMimeShim
internal import TermsModel

/// A message with a text part and an HTML part that say the same, written by GMime.
///
/// CRLF line ends, 7-bit content (quoted-printable), encoded words for what is not ASCII (RFC 2047): it passes every mail
/// server unchanged, so that its signature and its hash hold.
struct MIMEMessage {
  struct Mailbox {
    let name: String?
    let address: EmailAddress
  }

  let from: Mailbox
  let to: Mailbox
  let replyTo: EmailAddress?
  let subject: String
  let date: Instant
  /// Without angle brackets.
  let messageID: String
  /// A string that no line of an encoded part can hold: `=_` is none that quoted-printable writes.
  let boundary: String
  /// Further fields in plain ASCII, short enough for a line.
  let fields: [(name: String, value: String)]
  let text: String
  let html: String

  /// The message's bytes; `nil` where GMime has none to give.
  func bytes() -> [UInt8]? {
    GMimeLibrary.start()
    guard let message = g_mime_message_new(1), let alternative = g_mime_multipart_new_with_subtype("alternative") else {
      return nil
    }
    defer {
      tenor_gmime_release(message)
      tenor_gmime_release(alternative)
    }
    Self.add(from, to: g_mime_message_get_addresses(message, GMIME_ADDRESS_TYPE_FROM))
    Self.add(to, to: g_mime_message_get_addresses(message, GMIME_ADDRESS_TYPE_TO))
    if let replyTo {
      let list = g_mime_message_get_addresses(message, GMIME_ADDRESS_TYPE_REPLY_TO)
      Self.add(Mailbox(name: nil, address: replyTo), to: list)
    }
    g_mime_message_set_subject(message, subject, "utf-8")
    let moment = g_date_time_new_from_unix_utc(gint64(date.milliseconds / 1000))
    g_mime_message_set_date(message, moment)
    g_date_time_unref(moment)
    g_mime_message_set_message_id(message, messageID)
    for field in fields {
      g_mime_object_set_header(GMimeLibrary.object(message), field.name, field.value, "utf-8")
    }
    g_mime_multipart_set_boundary(alternative, boundary)
    Self.add(text, as: "plain", to: alternative)
    Self.add(html, as: "html", to: alternative)
    g_mime_message_set_mime_part(message, GMimeLibrary.object(alternative))
    return GMimeLibrary.written(GMimeLibrary.object(message))
  }

  private static func add(_ mailbox: Mailbox, to list: UnsafeMutablePointer<InternetAddressList>?) {
    let name = mailbox.name.flatMap { $0.isEmpty ? nil : $0 }
    guard let address = internet_address_mailbox_new(name, mailbox.address.rawValue) else { return }
    // Else GMime picks the first legacy charset that has all the characters: an em dash alone becomes windows-1251.
    internet_address_set_charset(address, "utf-8")
    internet_address_list_add(list, address)
    tenor_gmime_release(address)
  }

  private static func add(_ content: String, as subtype: String, to alternative: UnsafeMutablePointer<GMimeMultipart>) {
    guard let part = g_mime_text_part_new_with_subtype(subtype) else { return }
    g_mime_text_part_set_charset(part, "utf-8")
    g_mime_text_part_set_text(part, content)
    let object = GMimeLibrary.object(part)
    g_mime_part_set_content_encoding(tenor_gmime_as_part(object), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE)
    g_mime_multipart_add(alternative, object)
    tenor_gmime_release(part)
  }
}
