internal import CGMime
internal import CGMimeShim
internal import TermsModel

/// A message as GMime takes it apart, kept alive as long as it is looked at.
struct MailTree: ~Copyable {
  private let message: UnsafeMutablePointer<GMimeMessage>

  /// The message, or `nil` where GMime finds none in the bytes.
  init?(_ bytes: [UInt8]) {
    GMimeLibrary.start()
    let parsed = GMimeLibrary.withParser(over: bytes) { g_mime_parser_construct_message($0, nil) }
    guard let parsed else { return nil }
    message = parsed
  }

  deinit { tenor_gmime_release(message) }

  var fields: MailFields { MailFields(GMimeLibrary.object(message)) }

  /// Visits the parts from the top, each before those within it, with its level from 1.
  func visit(_ visitor: (MailPart, Int) throws -> Void) rethrows {
    guard let part = g_mime_message_get_mime_part(message) else { return }
    try Self.visit(part, level: 1, visitor)
  }

  private static func visit(
    _ object: UnsafeMutablePointer<GMimeObject>, level: Int, _ visitor: (MailPart, Int) throws -> Void
  ) rethrows {
    try visitor(MailPart(object), level)
    if let multipart = tenor_gmime_as_multipart(object) {
      for index in 0..<g_mime_multipart_get_count(multipart) {
        guard let part = g_mime_multipart_get_part(multipart, index) else { continue }
        try visit(part, level: level + 1, visitor)
      }
    }
  }

  /// Groups of fields, parted by blank lines, as a delivery status holds them (RFC 3464, section 2.1).
  ///
  /// - Returns: `nil` where there are more than `limit`.
  static func groups(_ content: [UInt8], limit: Int) -> [MailFields]? {
    GMimeLibrary.start()
    var groups: [MailFields] = []
    var rest = content[...]
    while !rest.isEmpty {
      // Cut at blank lines here, so that what stands in one group can never be read as the content of another.
      let (group, after) = Self.firstGroup(rest)
      rest = after
      guard !group.isEmpty else { continue }
      guard groups.count < limit else { return nil }
      let parsed = GMimeLibrary.withParser(over: Array(group)) { g_mime_parser_construct_part($0, nil) }
      guard let part = parsed else { continue }
      defer { tenor_gmime_release(part) }
      groups.append(MailFields(part))
    }
    return groups
  }

  private static func firstGroup(_ bytes: ArraySlice<UInt8>) -> (group: ArraySlice<UInt8>, after: ArraySlice<UInt8>) {
    var start = bytes.startIndex
    while start < bytes.endIndex {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.endIndex
      let isBlank = bytes[start..<end].allSatisfy { " \t\r\n".utf8.contains($0) }
      if isBlank { return (bytes[..<start], bytes[end...]) }
      start = end
    }
    return (bytes, [])
  }
}

/// One part of a message, valid while the message is visited.
struct MailPart {
  private let object: UnsafeMutablePointer<GMimeObject>

  fileprivate init(_ object: UnsafeMutablePointer<GMimeObject>) {
    self.object = object
  }

  var fields: MailFields { MailFields(object) }

  /// `message/delivery-status`, in lower case.
  var mediaType: String {
    guard let type = g_mime_object_get_content_type(object), let name = g_mime_content_type_get_mime_type(type) else {
      return ""
    }
    defer { g_free(name) }
    return String(cString: name).lowercased()
  }

  func parameter(_ name: String) -> String? {
    g_mime_object_get_content_type_parameter(object, name).map { String(cString: $0) }
  }

  /// What the part holds, its transfer encoding undone; `nil` for one that holds other parts.
  var content: [UInt8]? {
    guard let part = tenor_gmime_as_part(object), let wrapper = g_mime_part_get_content(part) else { return nil }
    return GMimeLibrary.collected { g_mime_data_wrapper_write_to_stream(wrapper, $0) }
  }

  /// The fields of the message that the part brings along, where it is one.
  var enclosedFields: MailFields? {
    guard let part = tenor_gmime_as_message_part(object), let message = g_mime_message_part_get_message(part) else {
      return nil
    }
    return MailFields(GMimeLibrary.object(message))
  }
}

/// Header fields as they came, in order: names in lower case, values unfolded, runs of white space made one space.
struct MailFields {
  private let fields: [(name: String, value: String)]

  fileprivate init(_ object: UnsafeMutablePointer<GMimeObject>) {
    guard let list = g_mime_object_get_header_list(object) else {
      fields = []
      return
    }
    fields = (0..<g_mime_header_list_get_count(list)).compactMap { index in
      guard let header = g_mime_header_list_get_header_at(list, index), let name = g_mime_header_get_name(header),
        let value = g_mime_header_get_raw_value(header)
      else { return nil }
      return (String(cString: name).lowercased(), PlainLine.cleaned(String(cString: value)))
    }
  }

  /// The values of all fields of that name, which is given in lower case.
  func all(_ name: String) -> [String] {
    fields.filter { $0.name == name }.map(\.value)
  }

  /// The first value that is not empty.
  func first(_ name: String) -> String? {
    fields.first { $0.name == name && !$0.value.isEmpty }?.value
  }

  /// A date and time by RFC 5322 in `text`; `nil` where it is none.
  static func instant(_ text: some StringProtocol) -> Instant? {
    guard let date = g_mime_utils_header_decode_date(String(text)) else { return nil }
    defer { g_date_time_unref(date) }
    return Instant(milliseconds: Int64(g_date_time_to_unix(date)) * 1000)
  }
}
