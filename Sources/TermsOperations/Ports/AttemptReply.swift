internal import Transparency

/// What a mail system said of a try that it did not accept, in full.
///
/// Such words name people, now and then: so the log has only what ``PlainReason`` leaves of them, and a salted hash of the rest,
/// which stands apart and is erased with the developer's name and address.
package struct AttemptReply: Hashable, Sendable {
  /// All lines of the reply, as they were received.
  package let words: String
  /// 32 random bytes in lower-case hexadecimal, so that a commitment cannot be undone by guessing names.
  package let salt: String

  package init(words: String, salt: String) {
    (self.words, self.salt) = (words, salt)
  }

  /// What binds the words to the act of the try without showing them: SHA-256, in lower-case hexadecimal, over the salt as
  /// written followed by `{"reply":"…"}` in canonical JSON (RFC 8785).
  package var commitment: String { SHA256Hex.digest(of: "\(salt){\"reply\":\(CanonicalJSON.quoted(words))}") }

  /// What opens the commitment, in canonical JSON.
  var openedJSON: String {
    "{\"reply\":\(CanonicalJSON.quoted(words)),\"salt\":\(CanonicalJSON.quoted(salt))}"
  }

  /// Reads what ``openedJSON`` writes, and nothing else.
  init?(openedJSON bytes: [UInt8]) {
    guard case .object(let members)? = try? CanonicalJSON(parsing: bytes), case .string(let words)? = members["reply"],
      case .string(let salt)? = members["salt"]
    else { return nil }
    self.init(words: words, salt: salt)
    guard Array(openedJSON.utf8) == bytes else { return nil }
  }
}

extension Transmission {
  /// What is to be kept of it apart from the log: the reply in full, where nothing was accepted.
  func keptReply(salt: () -> String) -> AttemptReply? {
    if case .accepted = outcome { return nil }
    guard let reply, !reply.isEmpty else { return nil }
    return AttemptReply(words: reply, salt: salt())
  }
}
