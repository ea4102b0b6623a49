import Foundation
import TermsModel
import TermsParsing
import Testing

@Suite struct LinterTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let text: String
    var survival: [String] = []
    let says: [String]
    let because: String
    var testDescription: String { because }
  }

  @Test(arguments: [
    Case(
      text: "1. One.\n\n2. Two, see Section 4.\n\n3. Three, see Section 1.",
      says: [
        "line 3, 2: error: 'Section 4' refers to 4, and no clause bears that label; did you mean 3? [dangling-reference]"
      ],
      because: "a reference to a section that is not there"),
    Case(
      text: "1. One\n\n(a) First.\n\n2. Two, see Sections 1(a) and 1(b).\n\n3. Three.",
      says: [
        "line 5, 2: error: 'Sections 1(a) and 1(b)' refers to 1(b), and no clause bears that label; did you mean 1(a)? [dangling-reference]"
      ],
      because: "a reference to a step that is not there"),
    Case(
      text: "1. One.\n\n2. Two, see Section 19.\n\n3. Three, see Section 1.",
      says: [
        "line 3, 2: error: 'Section 19' refers to 19, and no clause bears that label; mend the reference, or add the clause [dangling-reference]"
      ],
      because: "a reference far off"),
    Case(
      text:
        "1. See Section 11.\n\n2. See Section 12.\n\n3. See Section 13.\n\n4. See Section 14.\n\n5. See Section 15.",
      says: [
        "line 1, 1: warning: 5 of 5 cross-references lead to labels that no clause bears, the first here; the text seems to have lost its numbers on the way: compare it with its source [dangling-reference]"
      ],
      because: "a text that lost its labels"),
    Case(
      text: "1. One.\n\n2. Two.\n\n2. Again.\n\n3. Three.",
      says: ["line 5, 2: error: label 2 was already given on line 3; number one of the two anew [duplicate-label]"],
      because: "a label given twice"),
    Case(
      text: "1. One\n\n(a) First.\n\n(b) Second.\n\nFor others:\n\n(a) Third.\n\n(b) Fourth.",
      says: [
        "line 9, 1(a): warning: a second list begins with 1(a), as on line 3, so that references to it are ambiguous; number the second list on [duplicate-label]"
      ],
      because: "a list that begins anew under the same number"),
    Case(
      text: "1. One\n\n(a) First.\n\n(a) Second.\n\n(b) Third.",
      says: [
        "line 5, 1(a): error: label 1(a) was already given on line 3; number one of the two anew [duplicate-label]"
      ],
      because: "a letter right after itself"),
    Case(
      text: "# Terms\n\n## 1. Logs\n\nOne.\n\n## 1. Names\n\nTwo.\n\n## 2. End\n\nThree.",
      says: ["line 7, 1: error: label 1 was already given on line 3; number one of the two anew [duplicate-label]"],
      because: "two headings of one rank that both bear the first number"),
    Case(
      text: "# Terms\n\n## 1. Logs\n\n### 1. Names\n\nTwo.\n\n### 2. End\n\nThree.", says: [],
      because: "a heading of a lower rank that begins a row of its own"),
    Case(
      text: "## For some\n\n(a) First.\n\n## For others\n\n(a) Second.", says: [],
      because: "lists under headings of their own"),
    Case(
      text: "1. One\n\n(a) First.\n\n(b) Second.\n\n(d) Fourth.",
      says: [
        "line 7, 1(d): note: after 1(b) comes 1(d), and 1(c) is missing; if a clause was taken out, mark its place as reserved [label-gap]"
      ],
      because: "a letter left out"),
    Case(
      text: "1. One.\n\n2. Two.\n\n6. Six.",
      says: [
        "line 5, 6: note: after 2 comes 6, and 3 to 5 are missing; if a clause was taken out, mark its place as reserved [label-gap]"
      ],
      because: "numbers left out"),
    Case(
      text: "1. A place at a quay (“Berth”).\n\n2. Nobody says it again.",
      says: [
        "line 1, 1: note: “Berth” is defined and used nowhere; use it, or take the definition out [unused-definition]"
      ],
      because: "a definition that nothing uses"),
    Case(
      text: "1. A place at a quay (“Berth”). Berths cost.\n\n2. The Automated Clearing House (“ACH”).", says: [],
      because: "a plural is a use, and an abbreviation needs none"),
    Case(
      text:
        "1. A place (“Berth”). The Berth is small; any Customer pays. Each Customer signs.\n\n2. Your Customer is yours.",
      says: [
        "line 1, 1: warning: “Customer” is written like a defined term, here and 2 times more, and nothing defines it; define it, or write it small [undefined-term]"
      ],
      because: "a term that nothing defines"),
    Case(
      text:
        "1. Capitalized terms not defined here have the meanings in the Agreement (“Agreement”).\n\n2. The Agreement binds any Customer. Each Customer, the Customer.",
      says: [], because: "terms that another document defines"),
    Case(
      text: "1. One.\n\n2. Two\n\n(b) Second.", survival: ["2(b)", "1-2"], says: [],
      because: "a survival list that names clauses"),
    Case(
      text: "1. One.\n\n2. Two\n\n(b) Second.", survival: ["2(c)", "1-4"],
      says: [
        "settings: error: the survival list names '2(c)', and no clause bears that label; did you mean 2(b)? [survival-list]",
        "settings: error: the survival list names '4' in '1-4', and no clause bears that label; correct 'survival' in document.yaml [survival-list]",
      ],
      because: "a survival list that names no clause"),
    Case(
      text:
        "1. You are lia\u{200B}ble.\n\n2. You are lia\u{200B}ble and bo\u{200B}und.\n\n3. Soft\u{AD}hyphens are meant.",
      says: [
        "line 1, 1: note: a character that no reader sees (U+200B) stands inside a word; delete it, or searches will miss the word [invisible-character]",
        "line 3, 2: note: 2 characters that no reader sees (the first U+200B) stand inside a word; delete them, or searches will miss the word [invisible-character]",
      ],
      because: "characters that no reader sees"),
    Case(
      text:
        "1. One, under Section 9 of the Data Act.\n\n2. Two, under GDPR Article 6.\n\n3. Three, see Section 1 and Regulation 5(b).",
      says: [], because: "references to laws"),
    Case(
      text: "1. One.\n\n2. Two:\n\n<table><tr><td>Late fee</td>\n<td>900 dollars</td></tr></table>\n\n3. Three.",
      says: [
        "line 5, 2: warning: raw HTML ('<table>'), here and 7 times more, is shown to readers as it is written, tags and all; write it in Markdown, or '\\<' where the sign itself is meant [raw-html]"
      ],
      because: "a table in HTML"),
    Case(
      text: "1. One.\n\n2. Ask\n   the <EU\n   Representative>.\n\n3. Three.",
      says: [
        "line 4, 2: warning: raw HTML ('<EU Representative>') is shown to readers as it is written, tags and all; write it in Markdown, or '\\<' where the sign itself is meant [raw-html]"
      ],
      because: "a placeholder that Markdown takes for a tag"),
    Case(
      text: "1. One <!-- hidden -->.\n\n2. Two.\n\n3. Three.",
      says: [
        "line 1, 1: warning: raw HTML ('<!--') is shown to readers as it is written, tags and all; write it in Markdown, or '\\<' where the sign itself is meant [raw-html]"
      ],
      because: "a comment, whose words are in the record"),
    Case(
      text:
        "1. Fewer <5, a<b, <a@terms.example>, <https://terms.example>, \\<p>, `<b>` and ``a ` <i>``.\n\n2. Code:\n\n```\n<p>\n\n<b>\n```\n\n3. <b, c>, </b c>, <b=c>, <d e='>.",
      says: [], because: "signs, addresses and code"),
    Case(
      text: "1. A <a href='x' id=\"y\" title=z checked data-a.b>link</a >, a <br/>.\n\n2. Two.\n\n3. Three.",
      says: [
        "line 1, 1: warning: raw HTML ('<a href='x' id=\"y\" title=z checked data-…'), here and 2 times more, is shown to readers as it is written, tags and all; write it in Markdown, or '\\<' where the sign itself is meant [raw-html]"
      ],
      because: "tags with attributes"),
  ])
  func `findings say where, what and what to do`(_ c: Case) throws {
    let wording = try MarkdownParser.parse(c.text)
    #expect(
      Linter().findings(in: wording, survival: c.survival.map { ClauseSelector($0) }).map(\.description) == c.says)
  }

  @Test func `findings are ordered by line and encode with their parts`() throws {
    let wording = try MarkdownParser.parse("1. See Section 4.\n\n3. A thing (“Widget”), see Section 1.\n\n3. Three.")
    let findings = Linter().findings(in: wording, survival: [ClauseSelector("8")])
    #expect(findings.map(\.line) == [1, 3, 3, 5, nil])
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let json = String(decoding: try encoder.encode(findings[0]), as: UTF8.self)
    #expect(json.hasPrefix(#"{"label":"1","line":1,"message":"'Section 4' refers to 4"#))
    #expect(json.hasSuffix(#""rule":"dangling-reference","severity":"error"}"#))
  }

  @Test func `the sample terms have no findings`() throws {
    let terms = Fixtures.folder.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Terms")
    for slug in ["connector-terms", "service-terms"] {
      let folder = terms.appending(path: slug)
      let settings = try DocumentYAML.parse(
        String(contentsOf: folder.appending(path: "document.yaml"), encoding: .utf8))
      for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) where file.hasSuffix(".md") {
        let wording = try MarkdownParser.parse([UInt8](Data(contentsOf: folder.appending(path: file))))
        let findings = Linter().findings(in: wording, survival: settings.settings.profile.survival)
        #expect(findings.isEmpty, "\(slug)/\(file): \(findings.map(\.description))")
      }
    }
  }

  @Test func `real terms raise few findings, and errors in hardly any`() throws {
    let files = Shared.files("corpus/pairs", named: ["before.md"])
    guard !files.isEmpty else { return print("SKIPPED: no corpus at \(Shared.folder.path)") }
    var withErrors = 0
    for file in files where file.deletingLastPathComponent().lastPathComponent.hasSuffix("0") {
      let findings = Linter().findings(in: try MarkdownParser.parse([UInt8](Data(contentsOf: file))), survival: [])
      if findings.contains(where: { $0.severity == .error }) { withErrors += 1 }
      #expect(findings.count <= 25, "\(file.path) raises \(findings.count)")
    }
    #expect(withErrors <= 4)
  }
}
