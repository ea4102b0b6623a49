import TermsModel
import Testing
import ThreadClock

@Suite struct CanonicalTextTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let text: String
    let expected: String
    let folding: CanonicalText.Folding
    let because: String
    var testDescription: String { because }
  }

  @Test(arguments: [
    Case(text: "cafe\u{301}", expected: "café", folding: .composition, because: "a combining accent is composed"),
    Case(text: "3 \u{212B}", expected: "3 Å", folding: .composition, because: "the Ångström sign is the letter"),
    Case(
      text: "**Access.** We *may* use `it`", expected: "Access. We may use it", folding: .emphasis,
      because: "stars and backticks"),
    Case(
      text: "__both__ and _one_, ~~gone~~", expected: "both and one, gone", folding: .emphasis,
      because: "underscores and tildes"),
    Case(
      text: "our [Policy](https://example.org/a_(b)) rules", expected: "our Policy rules", folding: .links,
      because: "a target with parentheses"),
    Case(
      text: "an ![icon](i.png) here", expected: "an icon here", folding: .links, because: "an image shows its words"),
    Case(
      text: "see <https://example.org>", expected: "see https://example.org", folding: .links,
      because: "an address in brackets"),
    Case(text: "## Term ##", expected: "Term", folding: .headings, because: "hashes before and behind"),
    Case(text: "Term\n====", expected: "Term", folding: .headings, because: "a double underline"),
    Case(
      text: "*   one\n-   two\n• three", expected: "one two three", folding: .bullets, because: "bullets of any shape"),
    Case(text: "> said\n> so", expected: "said so", folding: .bullets, because: "quotation marks of Markdown"),
    Case(text: "a\n\n* * *\n\nb", expected: "a b", folding: .bullets, because: "a rule across the page"),
    Case(
      text: "| a | b |\n| --- | :-: |\n| 1 | 2 |", expected: "| a | b | | 1 | 2 |", folding: .bullets,
      because: "the rule of a table"),
    Case(text: "7\\. Terms \\[a\\]", expected: "7. Terms [a]", folding: .escapes, because: "escaped marks"),
    Case(text: "one\\\ntwo", expected: "one two", folding: .escapes, because: "an escaped line end"),
    Case(
      text: "R&amp;D &lt;x&gt; &quot;y&quot;&nbsp;z", expected: "R&D <x> \"y\" z", folding: .references,
      because: "character references"),
    Case(
      text: "“we”, ‘us’ and «them»; it’s", expected: "\"we\", 'us' and \"them\"; it's", folding: .quotes,
      because: "quotes of any shape"),
    Case(
      text: "third\u{2011}party", expected: "third-party", folding: .hyphens, because: "a hyphen that does not break"),
    Case(
      text: "  15\u{A0}days\u{202F}after \t\n posting  ", expected: "15 days after posting", folding: .spaces,
      because: "spaces of any kind and amount"),
    Case(
      text: "lia\u{200B}ble\u{AD}, \u{FEFF}we\u{200E}", expected: "liable, we", folding: .invisible,
      because: "characters that no reader sees"),
  ])
  func `each folding folds, and keeps the difference where it is switched off`(_ c: Case) {
    #expect(CanonicalText.of(c.text) == c.expected)
    let kept = CanonicalText.of(c.text, folding: .all.subtracting(CanonicalText.Foldings(c.folding)))
    #expect(Array(kept.utf8) != Array(c.expected.utf8))
  }

  @Test(arguments: [
    ("5 * 3 = 15", "5 * 3 = 15", "an asterisk between blanks multiplies"),
    ("snake_case", "snake_case", "an underscore within a word"),
    ("[Reserved]", "[Reserved]", "brackets without a target"),
    ("[a [b](c) d](e) [f]", "a b d [f]", "brackets within brackets"),
    ("AT&T and & alone", "AT&T and & alone", "an ampersand that is one"),
    ("x < 5 > 3", "x < 5 > 3", "comparisons are no addresses"),
    ("C:\\Windows", "C:\\Windows", "a backslash before a letter"),
    ("#hashtag", "#hashtag", "no heading without a blank"),
    ("- – — −", "– — −", "dashes are no hyphens; the first is a bullet"),
    ("5–7", "5–7", "a range keeps its dash"),
    ("", "", "nothing"),
    (" \n\t", "", "only space"),
    ("a](b) [c", "a](b) [c", "brackets that do not match"),
  ])
  func `what is no dress is kept`(_ c: (text: String, expected: String, because: String)) {
    #expect(CanonicalText.of(c.text) == c.expected, "\(c.because)")
  }

  @Test func `the canonical form of a canonical form is itself`() {
    var random = SplitMix(seed: 11)
    let pieces = [
      "a", "B", " ", "\n", "*", "**", "_", "[", "](x)", "# ", "- ", "“", "’", "\u{A0}", "\u{200B}", "é", "e\u{301}",
      "1", ".", "|", "漢",
    ]
    for _ in 0..<2_000 {
      let text = (0..<Int(random.next() % 24)).map { _ in pieces[Int(random.next() % UInt64(pieces.count))] }.joined()
      let folding = CanonicalText.Foldings.all(but: .emphasis, .bullets, .headings, .links, .escapes, .references)
      let once = CanonicalText.of(text, folding: folding)
      #expect(CanonicalText.of(once, folding: folding) == once)
    }
  }

  @Test func `foldings are listed by name and switched off by name`() {
    #expect(CanonicalText.Foldings.all.names == CanonicalText.Folding.allCases)
    #expect(!CanonicalText.Foldings.all(but: .quotes).contains(.quotes))
    #expect(CanonicalText.haveSameWords("“15  days”", "\"15 days\""))
    #expect(!CanonicalText.haveSameWords("“15 days”", "\"15 days\"", folding: .all(but: .quotes)))
    #expect(!CanonicalText.haveSameWords("15 days", "10 days"))
  }

  @Test func `invisible characters are told with their places`() {
    let found = CanonicalText.invisibles(in: "é\u{200B}x\u{AD}")
    #expect(found.map(\.offset) == [2, 6])
    #expect(found.map(\.scalar.value) == [0x200B, 0xAD])
  }

  @Test(arguments: ["- ", "[", "](", "![", "<a:", "> ", "*", "_", "\\", "# ", "&", "| ", "[a]("])
  func `long runs of any mark take linear time`(_ mark: String) {
    let clock = ThreadClock()
    func time(_ count: Int) -> Duration {
      let text = String(repeating: mark, count: count) + "x"
      return clock.measure { #expect(!CanonicalText.of(text).isEmpty) }
    }
    _ = time(1_000)
    let (short, long) = (time(4_000), time(32_000))
    // Eight times the text: quadratic time would be sixty-four times as long.
    #expect(long < short * 30 + .milliseconds(100), "\(short) for 4,000 marks, \(long) for 32,000")
  }
}

/// Repeatable random numbers (SplitMix64).
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
