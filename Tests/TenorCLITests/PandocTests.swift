import ChildPrograms
import Foundation
import TermsOperations
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
  private static func file(_ format: DraftFormat) throws -> [UInt8] {
    let path = try #require(ChildProcess.path(of: "pandoc"))
    let out = FileManager.default.temporaryDirectory.appending(path: "draft-\(UInt64.random(in: 0 ... .max))").path
    defer { try? FileManager.default.removeItem(atPath: out) }
    let child = ChildProcess(
      path: path, arguments: ["--from", "markdown", "--to", format.rawValue, "--output", out])
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
    let letters = format == .html ? ["a.", "b."] : ["(a)", "(b)"]
    #expect(letters.allSatisfy(markdown.contains), "\(markdown)")
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
