import Testing

@testable import NoticeMail

@Suite struct TextWrappingTests {
  @Test(arguments: [
    ("short", "short\n", "fits"),
    (String(repeating: "a", count: 72), String(repeating: "a", count: 72) + "\n", "fits exactly"),
    (String(repeating: "a", count: 70) + " bc", String(repeating: "a", count: 70) + "\nbc\n", "one column too many"),
    (String(repeating: "a", count: 200), String(repeating: "a", count: 200) + "\n", "a word is never broken"),
    ("a\n\n\n\nb\n\n", "a\n\nb\n", "one blank line at most, none at the end"),
    (
      "    " + String(repeating: "x ", count: 40),
      "    " + Array(repeating: "x", count: 34).joined(separator: " ") + "\n    x x x x x x\n", "the indent is kept"
    ),
    (
      "- " + String(repeating: "x ", count: 40),
      "- " + Array(repeating: "x", count: 35).joined(separator: " ") + "\n  x x x x x\n", "an item hangs"
    ),
    (
      String(repeating: "東", count: 30) + " " + String(repeating: "京", count: 6),
      String(repeating: "東", count: 30) + "\n" + String(repeating: "京", count: 6) + "\n",
      "a wide letter takes two columns"
    ),
    ("", "\n", "nothing"),
  ])
  func `text is set in 72 columns`(text: String, expected: String, because: String) {
    #expect(TextWrapping.wrapped(text) == expected, "\(because)")
  }
}
