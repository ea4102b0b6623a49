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

  /// A text of whole lines as a part holds it, encoded line by line.
  static func encoded(_ content: String) -> [UInt8]? {
    GMimeLibrary.start()
    guard let part = textPart(content, "plain") else { return nil }
    defer { tenor_gmime_release(part) }
    guard let bytes = GMimeLibrary.written(GMimeLibrary.object(part)),
      let header = bytes[...].place(of: emptyLine)
    else { return nil }
    return Array(bytes[header.upperBound...])
  }

  private static let emptyLine = Array("\r\n\r\n".utf8)

  /// The message's bytes with contents that are encoded already in the place of its own; `nil` where GMime has none to give.
  func bytes(text: [UInt8], html: [UInt8]) -> [UInt8]? {
    // A place for each, on a line of its own after the empty line that ends a part's header.
    let places = ["text", "html"]
    let frame = MIMEMessage(
      from: from, to: to, replyTo: replyTo, subject: subject, date: date, messageID: messageID, boundary: boundary,
      fields: fields, text: "\(places[0])\n", html: "\(places[1])\n")
    guard let frame = frame.bytes() else { return nil }
    var (bytes, rest): ([UInt8], ArraySlice<UInt8>) = ([], frame[...])
    bytes.reserveCapacity(frame.count + text.count + html.count)
    for (place, content) in zip(places, [text, html]) {
      let mark = Self.emptyLine + Array("\(place)\r\n".utf8)
      guard let found = rest.place(of: mark) else { return nil }
      bytes += rest[..<found.lowerBound]
      bytes += Self.emptyLine
      bytes += content
      rest = rest[found.upperBound...]
    }
    return bytes + rest
  }

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
    guard let part = textPart(content, subtype) else { return }
    g_mime_multipart_add(alternative, GMimeLibrary.object(part))
    tenor_gmime_release(part)
  }

  private static func textPart(_ content: String, _ subtype: String) -> UnsafeMutablePointer<GMimeTextPart>? {
    guard let part = g_mime_text_part_new_with_subtype(subtype) else { return nil }
    let object = GMimeLibrary.object(part)
    // Given as bytes: given as text, GMime picks the smallest charset that has all the characters.
    g_mime_text_part_set_charset(part, "utf-8")
    g_mime_part_set_content_encoding(tenor_gmime_as_part(object), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE)
    var content = content
    let copied = content.withUTF8 { text in
      text.withMemoryRebound(to: CChar.self) { g_mime_stream_mem_new_with_buffer($0.baseAddress, $0.count) }
    }
    guard let stream = copied, let wrapper = g_mime_data_wrapper_new_with_stream(stream, GMIME_CONTENT_ENCODING_DEFAULT)
    else {
      tenor_gmime_release(copied)
      tenor_gmime_release(part)
      return nil
    }
    g_mime_part_set_content(tenor_gmime_as_part(object), wrapper)
    tenor_gmime_release(wrapper)
    tenor_gmime_release(stream)
    return part
  }
}

extension ArraySlice<UInt8> {
  /// Where the bytes first occur. The standard library's own search weighs every comparison by way of its witness table.
  func place(of sought: [UInt8]) -> Range<Int>? {
    guard let first = sought.first, count >= sought.count else { return nil }
    let offset = withUnsafeBufferPointer { bytes in
      sought.withUnsafeBufferPointer { sought in
        (0...(bytes.count - sought.count)).first { start in
          bytes[start] == first && sought.indices.allSatisfy { bytes[start + $0] == sought[$0] }
        }
      }
    }
    return offset.map { startIndex + $0..<startIndex + $0 + sought.count }
  }
}
