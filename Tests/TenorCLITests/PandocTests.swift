import ChildPrograms
import Foundation
import Redlining
import TermsModel
import TermsOperations
import TermsParsing
import Testing

@testable import TenorCLI

/// Drafts in other formats, read by the real pandoc.
@Suite struct PandocTests {
  private static let isPresent: Bool = {
    let isPresent = ChildProcess.path(of: "pandoc") != nil
    if !isPresent {
      print("SKIPPED: no pandoc, so drafts in Word, OpenDocument and HTML are not tested; install pandoc")
    }
    return isPresent
  }()

  private static let text = """
    # Harbor terms

    ## 1. Use

    (a) **Access.** We may call your connector.

    (b) You keep logs for 30 days.

    | What | When |
    |------|------|
    | Logs | 30   |
    """

  /// A file of that format, as pandoc itself writes it.
  ///
  /// - Parameter reading: what pandoc is to see in the text: labels as lists, or as the words that they are.
  private static func file(_ format: DraftFormat, text: String = text, reading: String = "markdown") throws -> [UInt8] {
    let path = try #require(ChildProcess.path(of: "pandoc"))
    let out = FileManager.default.temporaryDirectory.appending(path: "draft-\(UInt64.random(in: 0 ... .max))").path
    defer { try? FileManager.default.removeItem(atPath: out) }
    let child = ChildProcess(
      path: path, arguments: ["--from", reading, "--to", format.rawValue, "--output", out])
    #expect(try child.waited(input: Array(text.utf8)).code == 0)
    return Array(try Data(contentsOf: URL(filePath: out)))
  }

  @Test(.enabled(if: isPresent), arguments: DraftFormat.allCases)
  func `a draft keeps its headings, its letters and its tables`(_ format: DraftFormat) async throws {
    let markdown = try await Pandoc().markdown(from: try Self.file(format), format: format)
    for words in ["# Harbor terms", "## 1. Use", "**Access.** We may call your connector.", "30 days", "| Logs | 30"] {
      #expect(markdown.contains(words), "\(markdown)")
    }
    // HTML knows letters, but no brackets around them.
    let letters = format == .html ? ["a. **", "b. You"] : ["(a) **", "(b) You"]
    #expect(letters.allSatisfy(markdown.contains), "\(markdown)")
  }

  /// The terms of a word processor, as one finds them on record, and the same with lists that a word processor numbers.
  private static let record = """
    # Harbor terms

    Updated: July 9, 2026

    ## 1. Use

    (a) **Access.** We may call your “connector”; see <https://harbor.example/a_b>, a snake_case name, 5% * 3, and [1].

    (b) You keep:

    - logs for 30 days;
    - nothing else.

    (c) Ceilings:

    | Traffic | Ceiling |
    | --- | --- |
    | One user | 60 |

    (i) The first exception.

    (ii) The second exception, where 3 < 4.

    ## 2. Changes

    1.1 Words under a number.

    8. A number that begins a paragraph.
    """

  /// Pandoc does not read the head of an OpenDocument table.
  private static let headless = record.replacing(
    "| Traffic | Ceiling |\n| --- | --- |\n| One user | 60 |\n\n", with: "")

  private static let numbered = """
    # Harbor terms

    1. Use of the connector.

    (a) We may call it.

    (i) By day.

    (ii) By night.

    (b) You keep logs.

    2. Changes take 15 days.

    3. The end.
    """

  /// The same, as lists within lists.
  private static let nested = """
    # Harbor terms

    1.  Use of the connector.

        (a) We may call it.

            (i) By day.

            (ii) By night.

        (b) You keep logs.

    2.  Changes take 15 days.

    3.  The end.
    """

  @Test(
    .enabled(if: isPresent),
    arguments: [
      (DraftFormat.docx, record, "markdown-fancy_lists-example_lists-smart", record, "labels as words"),
      (.html, record, "markdown-fancy_lists-example_lists-smart", record, "labels as words"),
      (.odt, headless, "markdown-fancy_lists-example_lists-smart", headless, "labels as words"),
      (.docx, nested, "markdown", numbered, "lists within lists"),
      (.html, nested, "markdown", numbered, "lists within lists"),
      (.docx, numbered, "markdown-fancy_lists", numbered, "numbers as a list, letters as words"),
    ])
  func `the same words make the same clauses, whatever they came in`(
    _ format: DraftFormat, _ text: String, _ reading: String, _ record: String, _ because: String
  ) async throws {
    let markdown = try await Pandoc().markdown(
      from: try Self.file(format, text: text, reading: reading), format: format)
    let standing = try MarkdownParser.parse(Array(record.utf8))
    let draft = try MarkdownParser.parse(Array(StandingDress(of: standing).dress(markdown).utf8))
    #expect(draft.clauses.map(\.label) == standing.clauses.map(\.label), "\(because):\n\(markdown)")
    #expect(Redline(before: standing, after: draft).changes.isEmpty, "\(because):\n\(draft.source)")
    #expect(!markdown.contains("\\"), "what is reviewed looks as a person would write it:\n\(markdown)")
  }

  @Test(.enabled(if: isPresent))
  func `what was changed is all that a review of a Word file shows`() async throws {
    let changed = Self.record.replacing("30 days", with: "20 days")
      .replacing("(b) You keep:", with: "(b) You keep, *in any case*:")
      .replacing("(ii) The", with: "(ii) A new exception.\n\n(iii) The")
    let markdown = try await Pandoc().markdown(
      from: try Self.file(.docx, text: changed, reading: "markdown-fancy_lists-example_lists-smart"), format: .docx)
    let standing = try MarkdownParser.parse(Array(Self.record.utf8))
    let draft = try MarkdownParser.parse(Array(StandingDress(of: standing).dress(markdown).utf8))
    let redline = Redline(before: standing, after: draft)
    #expect(redline.changes.map(\.kind) == [.modified, .modified, .inserted, .renumbered], "\(draft.source)")
  }

  @Test(.enabled(if: isPresent))
  func `a table keeps its words, whatever its cells hold`() async throws {
    let page = """
      <h1>Terms</h1><table><tr><th>Who</th><th>What</th></tr><tr><td><p>You</p><p>all</p></td>\
      <td><ul><li>log</li><li>tell</li></ul></td></tr></table>
      """
    let markdown = try await Pandoc().markdown(from: Array(page.utf8), format: .html)
    #expect(markdown.contains("| You all | log tell |"), "\(markdown)")
  }

  @Test(arguments: [
    (#"\(a\) text \(b\) more"#, "(a) text (b) more", "brackets are themselves"),
    (#"8\. A number, 9\) another"#, "8. A number, 9) another", "numbers begin items"),
    (#"see \[1\] and \[x y\]\(z\)"#, #"see [1] and \[x y\]\(z\)"#, "what would be a link keeps its backslashes"),
    (#"- \[ \] to do, \[^1\]"#, #"- \[ \] to do, \[^1\]"#, "boxes and footnotes keep theirs"),
    (#"snake\_case, \_so\_"#, #"snake_case, \_so\_"#, "within a word a low line is itself"),
    (#"5 \* 3, \*so\*"#, #"5 * 3, \*so\*"#, "between blanks an asterisk is itself"),
    (##"\# no heading, but \#1"##, ##"\# no heading, but #1"##, "a hash begins nothing inside a line"),
    (#"3 \< 4 \> 2, \<b\>"#, #"3 < 4 > 2, \<b>"#, "an angle before a blank opens nothing"),
    (#"`\(a\)` and \\\(a\)"#, #"`\(a\)` and \\(a)"#, "code stays, and so does a backslash of the author's"),
    ("```\n-   \\(a\\)\n```", "```\n-   \\(a\\)\n```", "fenced code stays"),
    ("-   one\n1.  two\n    -   in it", "- one\n1. two\n    -   in it", "one blank after what marks an item"),
    ("| a   | b \\| c |\n|-----|:----:|", "| a | b \\| c |\n| --- | :---: |", "tables are drawn to no width"),
  ])
  func `backslashes that nothing needs go, and others stay`(_ text: String, _ expected: String, _ because: String) {
    #expect(PandocMarkdown.tidied(text) == expected, "\(because)")
  }

  @Test(.enabled(if: isPresent))
  func `what is in a page and no text of terms stays out, and nothing is fetched`() async throws {
    let page = """
      <h1>Terms</h1><script>alert(1)</script><iframe src="http://127.0.0.1:1/"></iframe><p onclick="x()">You may go.</p>
      """
    let markdown = try await Pandoc().markdown(from: Array(page.utf8), format: .html)
    #expect(markdown == "# Terms\n\nYou may go.\n")
  }

  @Test(.enabled(if: isPresent))
  func `what cannot be read is refused with the reason`() async throws {
    await #expect(throws: DraftConversionRefusal.self) {
      _ = try await Pandoc().markdown(from: Array("no zip at all".utf8), format: .docx)
    }
    await #expect(throws: DraftConversionRefusal.noText(.html)) {
      _ = try await Pandoc().markdown(from: [], format: .html)
    }
    // A file of another's, named in the draft, is not read.
    let sneaking = "<p>Begin</p><img src=\"file:///etc/passwd\"><object data=\"/etc/passwd\"></object>"
    let markdown = try await Pandoc().markdown(from: Array(sneaking.utf8), format: .html)
    #expect(!markdown.contains("root:"))
  }

  @Test(.timeLimit(.minutes(30)))
  func `where pandoc is missing, takes too long or too much, that is said`() async throws {
    await #expect(throws: DraftConversionRefusal.noConverter) {
      _ = try await Pandoc(program: "no-such-pandoc").markdown(from: [], format: .docx)
    }
    let sleeper = try Self.script("sleep 600")
    await #expect(throws: DraftConversionRefusal.takesTooLong(.odt, seconds: 1)) {
      _ = try await Pandoc(program: sleeper, seconds: 1).markdown(from: [], format: .odt)
    }
    let full = try Self.script("exit 251")
    await #expect(throws: DraftConversionRefusal.tooLarge(.docx)) {
      _ = try await Pandoc(program: full).markdown(from: [], format: .docx)
    }
    let refusing = try Self.script("echo 'not a zip' >&2; exit 63")
    await #expect(throws: DraftConversionRefusal.unreadable(.docx, reason: "not a zip")) {
      _ = try await Pandoc(program: refusing).markdown(from: [], format: .docx)
    }
    for script in [sleeper, full, refusing] { try FileManager.default.removeItem(atPath: script) }
  }

  /// A program of a shell's command. Another process writes it: while this one has it open for writing, a child that another
  /// test starts has it open too, for a moment, and the system runs no file that somebody writes to.
  private static func script(_ command: String) throws -> String {
    let path = FileManager.default.temporaryDirectory.appending(path: "script-\(UInt64.random(in: 0 ... .max))").path
    let writer = Process()
    writer.executableURL = URL(filePath: "/bin/sh")
    writer.arguments = ["-c", "printf '#!/bin/sh\\n%s\\n' \"$1\" > \"$0\" && chmod 700 \"$0\"", path, command]
    try writer.run()
    writer.waitUntilExit()
    #expect(writer.terminationStatus == 0)
    return path
  }

  @Test(arguments: [
    (DraftConversionRefusal.noConverter, "is not installed where the service runs"),
    (.unreadable(.docx, reason: "x"), "no readable docx: x"), (.takesTooLong(.odt, seconds: 20), "longer than 20 s"),
    (.tooLarge(.docx), "leave pictures out"), (.noText(.html), "holds no text"),
  ])
  func `refusals say what to do`(_ refusal: DraftConversionRefusal, _ words: String) {
    #expect(refusal.description.contains(words))
  }
}
