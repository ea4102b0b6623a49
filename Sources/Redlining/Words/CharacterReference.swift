/// The character references that pages leave behind in Markdown for marks that Markdown itself uses.
enum CharacterReference {
  private static let known: [(name: StaticString, value: UInt8)] = [
    ("&amp;", UInt8(ascii: "&")), ("&lt;", UInt8(ascii: "<")), ("&gt;", UInt8(ascii: ">")),
    ("&quot;", UInt8(ascii: "\"")), ("&apos;", UInt8(ascii: "'")), ("&#39;", UInt8(ascii: "'")),
    ("&#x27;", UInt8(ascii: "'")), ("&#34;", UInt8(ascii: "\"")), ("&nbsp;", UInt8(ascii: " ")),
    ("&#160;", UInt8(ascii: " ")),
  ]

  /// The character that the reference at `at` stands for, and the reference's length.
  static func read(_ text: UnsafeBufferPointer<UInt8>, at: Int) -> (value: UInt8, length: Int)? {
    known.first { name, _ in
      let length = name.utf8CodeUnitCount
      return at + length <= text.count && (1..<length).allSatisfy { text[at + $0] == name.utf8Start[$0] }
    }.map { ($0.value, $0.name.utf8CodeUnitCount) }
  }
}
