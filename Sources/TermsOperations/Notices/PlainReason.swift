/// Words of mail systems, made fit for the log.
///
/// What is personal stands nowhere in the log, where nothing can be erased. Servers put into their replies whatever they like: the
/// recipient's address, its local part, a name, the name of a mailbox. So the log gets the codes and the words that mail systems
/// use, and of any other word only that there was one. What was said in full stands in the message that came back, or in the
/// reply to the try (``AttemptReply``): both are kept apart and erased on demand.
package enum PlainReason {
  /// The text with what the log may hold of it.
  package static func forLog(_ text: String) -> String {
    var result = ""
    var rest = text[...]
    // The host that refused is named by this program, before the words of its reply.
    if let end = text.firstIndex(where: \.isWhitespace), text[end...].hasPrefix(" refused ") {
      result += withoutAddresses(String(text[..<end]))
      rest = text[end...]
    }
    while !rest.isEmpty {
      let space = rest.prefix { $0.isWhitespace }
      result += space
      rest = rest[space.endIndex...]
      let token = rest.prefix { !$0.isWhitespace }
      rest = rest[token.endIndex...]
      result += plain(token)
    }
    // Of several words in a row that are left out, one mark is enough.
    while result.contains("\(mark) \(mark)") { result = result.replacing("\(mark) \(mark)", with: mark) }
    return result
  }

  /// The text without addresses: for the names of hosts, and for what this program says itself.
  package static func withoutAddresses(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "@")) else { return text }
    var result = ""
    var rest = text[...]
    while let at = rest.firstIndex(of: "@") {
      let start = rest[..<at].lastIndex { !isPart($0) }.map { rest.index(after: $0) } ?? rest.startIndex
      let end = rest[rest.index(after: at)...].firstIndex { !isPart($0) } ?? rest.endIndex
      let isAddress = start < at && rest.index(after: at) < end
      result += rest[..<start] + (isAddress ? "(address)" : String(rest[start..<end]))
      rest = rest[end...]
    }
    return result + rest
  }

  private static func isPart(_ character: Character) -> Bool {
    !character.isWhitespace && !"<>()[]\"',;:=".contains(character)
  }

  /// What stands for words that are left out.
  private static let mark = "…"

  /// One token: an address as such, and of the rest the codes and the words that are known.
  private static func plain(_ token: Substring) -> String {
    if token.contains("@") { return address(in: token) }
    var result = ""
    var rest = token[...]
    while !rest.isEmpty {
      let sign = rest.prefix { !isWordPart($0) }
      result += sign
      rest = rest[sign.endIndex...]
      let word = rest.prefix(while: isWordPart)
      rest = rest[word.endIndex...]
      if !word.isEmpty { result += isFit(word) ? String(word) : mark }
    }
    return result
  }

  /// An address becomes `(address)`, with the signs around it.
  private static func address(in token: Substring) -> String {
    guard let at = token.firstIndex(of: "@") else { return String(token) }
    let start = token[..<at].lastIndex { !isPart($0) }.map { token.index(after: $0) } ?? token.startIndex
    let end = token[token.index(after: at)...].firstIndex { !isPart($0) } ?? token.endIndex
    let isAddress = start < at && token.index(after: at) < end
    return plain(token[..<start]) + (isAddress ? "(address)" : mark) + plain(token[end...].filter { $0 != "@" }[...])
  }

  private static func isWordPart(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || ".-_+&%#/\\".contains(character)
  }

  /// Whether the log may hold the word: a code, or one that mail systems use of anybody.
  private static func isFit(_ word: Substring) -> Bool {
    let bare = word.drop { !$0.isLetter && !$0.isNumber }.lowercased()
    let trimmed = bare.reversed().drop { !$0.isLetter && !$0.isNumber }.reversed()
    guard !trimmed.isEmpty else { return true }
    let text = String(trimmed)
    if MailVocabulary.small.contains(text) { return word.contains(text) }
    if isCode(text) || MailVocabulary.words.contains(text) { return true }
    // Compounds of known words, such as "mailbox/user" and "non-existent".
    let parts = text.split { !$0.isLetter && !$0.isNumber }
    return parts.count > 1 && parts.allSatisfy { isCode(String($0)) || MailVocabulary.words.contains(String($0)) }
  }

  /// A reply code, a status (RFC 3463), a count: digits, and dots between them.
  private static func isCode(_ text: String) -> Bool {
    text.utf8.count <= 15
      && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: ".") }
  }
}
