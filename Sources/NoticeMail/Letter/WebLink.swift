/// An address that a letter may show as a link.
enum WebLink {
  /// The address where it is one of the web in plain ASCII, with nothing that could end an attribute or a line; else `nil`.
  static func checked(_ text: String) -> String? {
    let lowered = text.lowercased()
    guard lowered.hasPrefix("https://") || lowered.hasPrefix("http://") else { return nil }
    let isPlain = text.utf8.allSatisfy { (0x21...0x7E).contains($0) && !"\"'<>\\^`{|}".utf8.contains($0) }
    return isPlain ? text : nil
  }
}
