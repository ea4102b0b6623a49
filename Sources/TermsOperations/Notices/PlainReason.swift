/// Words of mail systems, made fit for the log.
package enum PlainReason {
  /// The text without addresses: servers repeat the recipient's in their replies, and what is personal stands nowhere in the
  /// log, where nothing can be erased.
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
}
