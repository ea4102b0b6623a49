import TermsModel
import TermsParsing
import Testing
import ThreadClock

@Suite struct MalformedInputTests {
  @Test(
    arguments: [
      ([], "the text is empty: line 1 and all after it hold no words; check that the right file was given"),
      (
        Array(" \n\t\n\u{A0}\n---\n".utf8),
        "the text is empty: line 1 and all after it hold no words; check that the right file was given"
      ),
      (
        [0xEF, 0xBB, 0xBF],
        "the text is empty: line 1 and all after it hold no words; check that the right file was given"
      ),
      (
        Array("One.\r\nTw".utf8) + [0xFF, 0x6F],
        "line 2: byte 8 is not UTF-8; save the file as UTF-8, or convert it with 'iconv -t UTF-8'"
      ),
      (
        Array("One.\n\nCaf".utf8) + [0xE9, 0x20],
        "line 3: byte 9 is not UTF-8; save the file as UTF-8, or convert it with 'iconv -t UTF-8'"
      ),
      (
        Array("x".utf8) + [0xED, 0xA0, 0x80],
        "line 1: byte 1 is not UTF-8; save the file as UTF-8, or convert it with 'iconv -t UTF-8'"
      ),
      (
        Array("x".utf8) + [0xC0, 0x80],
        "line 1: byte 1 is not UTF-8; save the file as UTF-8, or convert it with 'iconv -t UTF-8'"
      ),
      (
        Array("x".utf8) + [0xF0, 0x9F],
        "line 1: byte 1 is not UTF-8; save the file as UTF-8, or convert it with 'iconv -t UTF-8'"
      ),
      (
        [0xFE, 0xFF, 0x00, 0x41],
        "line 1: byte 2 is NUL, which no text holds; save the file as UTF-8 (it may be UTF-16 or no text)"
      ),
      (
        Array("a\nb\0".utf8),
        "line 2: byte 3 is NUL, which no text holds; save the file as UTF-8 (it may be UTF-16 or no text)"
      ),
    ] as [([UInt8], String)])
  func `what is no text is refused with line and remedy`(_ c: (bytes: [UInt8], says: String)) {
    let error = #expect(throws: ParseError.self) { try MarkdownParser.parse(c.bytes) }
    #expect(error?.description == c.says)
  }

  @Test func `more than fifty mebibytes are refused, and fifty are parsed`() throws {
    var bytes = [UInt8](repeating: UInt8(ascii: "a"), count: MarkdownParser.limit + 1)
    let error = #expect(throws: ParseError.self) { try MarkdownParser.parse(bytes) }
    #expect(
      error?.description
        == "the text has 52428801 bytes, more than the 52428800 that one document may have; split it into several documents"
    )
    bytes.removeLast()
    #expect(try MarkdownParser.parse(bytes).clauses.count == 1)
  }

  @Test func `more than half a million blocks are refused with the line of the first too many`() {
    let error = #expect(throws: ParseError.self) {
      try MarkdownParser.parse(String(repeating: "a\n\n", count: 600_000))
    }
    #expect(
      error?.description
        == "line 1000001: the text has more than 500000 paragraphs, items and headings; split it into several documents, or check that the right file was given"
    )
  }

  @Test func `a line of five megabytes is one clause`() throws {
    let line = String(repeating: "words and words, ", count: 300_000)
    let wording = try MarkdownParser.parse("1. " + line + "\n\n2. End.")
    #expect(wording.clauses.map(\.label.description) == ["1", "2"])
    #expect(wording.clauses[0].text.utf8.count == line.utf8.count - 1)
  }

  static let hostile: [(String, @Sendable (Int) -> String)] = [
    ("bullets nested on one line", { String(repeating: "- ", count: $0) + "x" }),
    ("numbers nested on one line", { String(repeating: "1. ", count: $0) + "x" }),
    ("quotations nested on one line", { String(repeating: "> ", count: $0) + "x" }),
    (
      "quotations nested line by line",
      { (1...max(1, $0 / 60)).map { String(repeating: ">", count: $0) + " x\n" }.joined() }
    ),
    (
      "items nested line by line",
      { count in (0..<max(1, count / 40)).map { String(repeating: " ", count: $0 * 2) + "* x\n" }.joined() }
    ),
    (
      "numbers nested line by line",
      { count in (0..<max(1, count / 40)).map { String(repeating: " ", count: $0 * 3) + "1. x\n" }.joined() }
    ),
    ("stars", { String(repeating: "*", count: $0) + "x" }),
    ("stars apart", { String(repeating: "* ", count: $0) + "x" }),
    ("brackets", { String(repeating: "[", count: $0) }),
    ("brackets and parentheses", { String(repeating: "[a](", count: $0) }),
    ("images", { String(repeating: "![](", count: $0) }),
    ("links", { String(repeating: "[a](b) ", count: $0) }),
    ("tags", { String(repeating: "<img ", count: $0) }),
    ("hashes", { String(repeating: "# ", count: $0) + "x" }),
    ("headings", { String(repeating: "# x\n", count: $0) }),
    ("labels in a line", { String(repeating: "(a)", count: $0) }),
    ("labels of one kind", { String(repeating: "(a) x\n\n", count: $0 / 4) }),
    ("weak labels", { String(repeating: "a. x\n\n", count: $0 / 4) }),
    ("numbers with dots", { String(repeating: "1.", count: $0) }),
    (
      "a path that grows",
      { count in (1...max(1, count / 40)).map { "1" + String(repeating: ".1", count: $0 % 7) + " X\n\n" }.joined() }
    ),
    ("bars", { String(repeating: "|", count: $0) + "\n" + String(repeating: "|-", count: $0) }),
    ("rows", { String(repeating: "|a|\n", count: $0) }),
    ("hyphens after hyphens", { String(repeating: "a\n- -\n", count: $0) }),
    ("fences", { String(repeating: "```\n", count: $0) }),
    ("long fences", { String(repeating: "`", count: $0) + "\nx" }),
    ("underlines", { String(repeating: "a\n===\n", count: $0) }),
    ("blank lines", { String(repeating: "\n", count: $0) + "x" }),
    ("blanks", { String(repeating: " ", count: $0) + "x" }),
    ("no-break spaces", { String(repeating: "\u{A0}", count: $0) + "x" }),
    ("backslashes", { String(repeating: "\\", count: $0) }),
    ("empty items", { String(repeating: "*\n", count: $0) + "x" }),
    ("contents without headings", { String(repeating: "[1. a](#a)\n\n", count: $0 / 8) }),
    ("bold lines", { String(repeating: "**a**\n\n", count: $0 / 4) }),
    ("stray parentheses", { String(repeating: "x (\n\nc) y\n\n", count: $0 / 8) }),
  ]

  @Test(arguments: hostile.indices)
  func `time grows with the text, whatever the text`(_ index: Int) throws {
    let (name, make) = Self.hostile[index]
    let clock = ThreadClock()
    func time(_ count: Int) throws -> Duration {
      let text = make(count)
      var wording: Wording?
      let time = try clock.measure { wording = try MarkdownParser.parse(text) }
      if let wording { expectTiling(of: wording, name) }
      return time
    }
    _ = try time(500)
    let (short, long) = (try time(3_000), try time(24_000))
    // Eight times the marks make at most sixty-four times the text, where nesting indents each line further.
    #expect(long < short * 100 + .milliseconds(200), "\(name): \(short) for 3,000 marks, \(long) for 24,000")
  }

  @Test func `lists nested ten thousand deep are parsed`() throws {
    for marker in ["- ", "1. ", "> ", "* "] {
      let wording = try MarkdownParser.parse(String(repeating: marker, count: 10_000) + "deep\n\nafter")
      #expect(wording.clauses.contains { $0.text.hasSuffix("deep") })
      expectTiling(of: wording, marker)
    }
    let staircase = (0..<10_000).map { String(repeating: " ", count: min($0, 400)) + "- x" }.joined(separator: "\n")
    #expect(try MarkdownParser.parse(staircase).clauses.count == 10_000)
  }

  @Test func `mutated texts never crash the parser, and their clauses cover them`() throws {
    var random = SplitMix(seed: 20_260_309)
    let marks = Array("\n\n  *_#>-+=|`~[]()\\.:;1a(i)\t\r“”é\u{A0}".utf8)
    for name in Fixtures.names {
      let original = try Fixtures.bytes(name)
      for _ in 0..<300 {
        var bytes = original
        for _ in 0..<Int.random(in: 1...12, using: &random) where !bytes.isEmpty {
          let at = Int.random(in: 0..<bytes.count, using: &random)
          switch Int.random(in: 0..<5, using: &random) {
          case 0: bytes.remove(at: at)
          case 1: bytes[at] = marks[Int.random(in: 0..<marks.count, using: &random)]
          case 2: bytes.insert(marks[Int.random(in: 0..<marks.count, using: &random)], at: at)
          case 3: bytes.removeSubrange(at..<min(bytes.count, at + Int.random(in: 1...40, using: &random)))
          default:
            let other = Int.random(in: 0..<bytes.count, using: &random)
            bytes.insert(contentsOf: Array(bytes[other..<min(bytes.count, other + 30)]), at: at)
          }
        }
        do throws(ParseError) {
          expectTiling(of: try MarkdownParser.parse(bytes), name)
        } catch {
          #expect(!error.description.isEmpty)
        }
      }
    }
  }
}
