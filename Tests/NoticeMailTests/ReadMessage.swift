import Testing

@testable import NoticeMail

/// A message of ours as its reader gets it.
struct ReadMessage {
  /// The header's fields in order: the names as written, the values unfolded.
  let fields: [(name: String, value: String)]
  /// Type, charset and content of each leaf.
  var leaves: [(type: String, charset: String?, text: String)] = []

  init(_ bytes: [UInt8]) throws {
    let text = String(decoding: bytes, as: UTF8.self)
    let header = try #require(text.firstRange(of: "\r\n\r\n")).lowerBound
    // Read by hand, so that a field which slipped in is seen as a mail server would see it.
    fields = text[..<header].replacing("\r\n ", with: " ").replacing("\r\n\t", with: " ").split(separator: "\r\n").map {
      let parts = $0.split(separator: ":", maxSplits: 1)
      return (String(parts[0]), parts.count > 1 ? String(parts[1].drop { $0 == " " }) : "")
    }
    guard let tree = MailTree(bytes) else { throw Unreadable() }
    var found: [(type: String, charset: String?, text: String)] = []
    tree.visit { part, _ in
      if let content = part.content {
        found.append(
          (
            part.mediaType, part.parameter("charset"),
            String(decoding: content, as: UTF8.self).replacing("\r\n", with: "\n")
          ))
      }
    }
    leaves = found
  }

  struct Unreadable: Error {}

  func field(_ name: String) -> String? { fields.first { $0.name == name }?.value }
}
