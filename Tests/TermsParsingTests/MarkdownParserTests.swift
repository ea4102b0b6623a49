import TermsModel
import TermsParsing
import Testing

@Suite struct MarkdownParserTests {
  @Test(arguments: Fixtures.names)
  func `a fixture parses into the tree that was approved`(_ name: String) throws {
    let wording = try MarkdownParser.parse(Fixtures.bytes(name))
    expectTiling(of: wording, name)
    try Fixtures.expect(wording.dump(), matches: "\(name).tree")
  }

  struct Case: CustomTestStringConvertible, Sendable {
    let text: String
    let labels: [String]
    let because: String
    var testDescription: String { because }
  }

  @Test(arguments: [
    Case(
      text: "7\\. Terms\n---\n\n(a) One.\n\n(b) Two.", labels: ["7", "7(a)", "7(b)"],
      because: "an escaped dot in a setext heading"),
    Case(text: "## 7. Terms ##\n\n### 7.1 Scope", labels: ["7", "7.1"], because: "ATX headings"),
    Case(text: "7(a) One.\n\n7(b) Two.", labels: ["7(a)", "7(b)"], because: "a whole path in one label"),
    Case(text: "7. (a) One.\n\n(b) Two.", labels: ["7(a)", "7(b)"], because: "two steps on one line"),
    Case(
      text: "1. We may (i) look; and (ii) leave.", labels: ["1"],
      because: "an enumeration inside a paragraph stays there"),
    Case(text: "1. (i) look; and (ii) leave.", labels: ["1"], because: "also where the paragraph begins with it"),
    Case(
      text: "(h) One.\n\n(i) Two.\n\n(j) Three.", labels: ["(h)", "(i)", "(j)"],
      because: "the letter i after h, before j"),
    Case(
      text: "(h) One.\n\n(i) Two.\n\n(ii) Three.\n\n(i) Four.\n\n(j) Five.",
      labels: ["(h)", "(h)(i)", "(h)(ii)", "(i)", "(j)"], because: "the numeral one after h, before ii"),
    Case(
      text: "(a) One.\n\n(i) Two.\n\n(v) Three.", labels: ["(a)", "(a)(i)", "(a)(v)"],
      because: "a numeral under a letter, with a gap"),
    Case(text: "(u) One.\n\n(v) Two.", labels: ["(u)", "(v)"], because: "the letter v after u"),
    Case(text: "(iv) One.\n\n(v) Two.", labels: ["(iv)", "(v)"], because: "the numeral five after four"),
    Case(
      text: "(z) One.\n\n(aa) Two.\n\n(bb) Three.", labels: ["(z)", "(aa)", "(bb)"], because: "double letters after z"),
    Case(text: "**(a)** One.\n\n**(b)** Two.", labels: ["(a)", "(b)"], because: "bold labels"),
    Case(text: "__1.__ One.\n\n**2.** Two.", labels: ["1", "2"], because: "bold numbers"),
    Case(
      text: "1\u{A0}\u{A0}One\n---\n\n2\u{A0}Two\n---", labels: ["1", "2"],
      because: "no-break spaces after bare numbers in headings"),
    Case(
      text: "\u{200B}1. One.\n\n\u{FEFF}2. Two.", labels: ["1", "2"], because: "invisible characters before the label"),
    Case(
      text: "Article IV\n---\n\n1. One.\n\n2. Two.", labels: ["Article IV", "Article IV(1)", "Article IV(2)"],
      because: "the paragraphs of an article"),
    Case(
      text: "Section 3.1. Scope.\n\nSection 3.2. Use.", labels: ["Section 3.1", "Section 3.2"],
      because: "sections at the margin"),
    Case(text: "Section 3.1 applies.", labels: [""], because: "a sentence that begins with a reference"),
    Case(text: "2026 was a year.\n\n15 days pass.", labels: ["", ""], because: "numbers that begin a sentence"),
    Case(text: "(c) 2026 Example Ltd.", labels: [""], because: "a copyright notice"),
    Case(text: "A. Smith wrote this.", labels: [""], because: "an initial without a B after it"),
    Case(text: "A. One.\n\nB. Two.", labels: ["A", "B"], because: "letters with a dot, one after the other"),
    Case(text: "I. One.\n\nII. Two.\n\nIII. Three.", labels: ["I", "II", "III"], because: "capital numerals"),
    Case(
      text: "1. One.\n2. Two.\n    1. In.\n    2. Deep.\n3. Three.", labels: ["1", "2", "2.1", "2.2", "3"],
      because: "a list in a list"),
    Case(
      text: "# 1. One\n\n1. A.\n2. B.\n\n# 2. Two\n\n1. C.", labels: ["1", "1.1", "1.2", "2", "2.1"],
      because: "a list starts again under each heading"),
    Case(
      text: "## For some\n\n(a) One.\n\n## For others\n\n(a) Two.", labels: ["", "(a)", "", "(a)"],
      because: "letters start again under another heading"),
    Case(
      text: "7. One (a).(\n\n8. Two.", labels: ["7", "8"],
      because: "a stray parenthesis before a whole label is left alone"),
    Case(
      text: "Exhibit B\n---\n\n1.1 One.\n\n1.2 Two.", labels: ["Exhibit B", "Exhibit B.1.1", "Exhibit B.1.2"],
      because: "numbers within an exhibit"),
    Case(
      text: "## [](#1-one)1\\. One\n\n## <a id=\"two\"></a>2. Two", labels: ["1", "2"],
      because: "anchors before the label"),
    Case(
      text: "Section 1\n---\n\n1.1 A.\n\n### Section 2\n\n2.1 B.",
      labels: ["Section 1", "Section 1.1", "Section 2", "Section 2.1"],
      because: "sections whose headings have mixed ranks"),
    Case(
      text: "### 4. One\n\n## 5. Two\n\n### 6. Three", labels: ["4", "5", "6"],
      because: "numbers whose headings have mixed ranks"),
    Case(
      text: "## 8. One\n\n### 8a. Two\n\n### 8b. Three\n\n## 9. Four", labels: ["8", "8a", "8b", "9"],
      because: "letters glued to numbers"),
    Case(
      text: "2.3. One.\n\n2.4.Two.\n\n2.5 30 days.", labels: ["2.3", "2.4", "2.5"],
      because: "numbers with dots before anything"),
  ])
  func `labels are found and nest`(_ c: Case) throws {
    let wording = try MarkdownParser.parse(c.text)
    #expect(wording.clauses.map(\.label.description) == c.labels)
  }

  @Test(
    arguments: [
      ("(a) **Access.** We may look.", "Access", "We may look."),
      ("(a) **Access**. We may look.", "Access", "We may look."),
      ("(a) **Access:** we may look.", "Access", "we may look."),
      ("(a) **Access** – We may look.", "Access", "We may look."),
      ("(a) __Access.__ We may look.", "Access", "We may look."),
      ("(a) *Access*. We may look.", "Access", "We may look."),
      ("**7.2 Access**. We may look.", "Access", "We may look."),
      ("**7.2** **Access.** We may look.", "Access", "We may look."),
      ("**(a)****Access.** We may look.", "Access", "We may look."),
      ("(a) **Access and [Keys](#k).** We may look.", "Access and Keys", "We may look."),
      ("(a) **U.S. Law.** It applies.", "U.S. Law", "It applies."),
      ("(a) **Access** to keys is ours.", nil, "**Access** to keys is ours."),
      ("(a) We **may** look.", nil, "We **may** look."),
    ] as [(String, String?, String)])
  func `the heading of an item is what it begins with in bold`(_ c: (text: String, heading: String?, rest: String))
    throws
  {
    let clause = try #require(try MarkdownParser.parse(c.text).clauses.first)
    #expect(clause.heading == c.heading)
    #expect(clause.text == c.rest)
  }

  @Test func `the broken parenthesis between two items is mended in labels and text, and kept in the source`() throws {
    let text = "7\\. General\n---\n\n(b) **Notices.** In writing, Ireland.(\n\nc) **Export.** Not there.\n"
    let wording = try MarkdownParser.parse(text)
    #expect(wording.clauses.map(\.label.description) == ["7", "7(b)", "7(c)"])
    #expect(wording.clauses[1].text == "In writing, Ireland.")
    #expect(wording.clauses[2].text == "Not there.")
    #expect(wording.source == text)
    expectTiling(of: wording, "mended")
    #expect(
      String(decoding: Array(text.utf8)[wording.clauses[2].bytes], as: UTF8.self).hasPrefix("(\n\nc) **Export.**"))
  }

  @Test func `line ends and a byte order mark are normalised, and nothing else`() throws {
    let wording = try MarkdownParser.parse([0xEF, 0xBB, 0xBF] + Array("1. One\r\n\r\n2. “Two”\rend\t\r\n".utf8))
    #expect(wording.source == "1. One\n\n2. “Two”\nend\t\n")
    expectTiling(of: wording, "normalised")
  }

  @Test func `a wording prints as its source`() throws {
    for name in Fixtures.names {
      let wording = try MarkdownParser.parse(Fixtures.bytes(name))
      let printed = wording.clauses.map { wording.source(of: $0) }.joined()
      #expect(printed == wording.source)
      #expect(try MarkdownParser.parse(printed).clauses == wording.clauses, "\(name): the parse of the print differs")
    }
  }
}
