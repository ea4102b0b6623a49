import Foundation
import TermsModel
import TermsParsing
import Testing

/// Compares where blocks begin with the reference parser of CommonMark and GFM.
@Suite struct CommonMarkTests {
  struct Difference: CustomTestStringConvertible, Sendable {
    let file: String
    /// Lines on which only the reference parser begins a block.
    var reference: [Int] = []
    /// Lines on which only ours does.
    var ours: [Int] = []
    let because: String
    var testDescription: String { "\(file): \(because)" }
  }

  @Test(arguments: [
    Difference(file: "commonmark", reference: [50], because: "a plus inside a sentence begins no item"),
    Difference(file: "articles", because: "no difference"),
    Difference(file: "page", because: "no difference"),
    Difference(file: "labels", ours: [21], because: "a label after a hard line break begins a clause"),
    Difference(file: "decimals", ours: [13, 29], because: "indented clauses are no code"),
    Difference(
      file: "lists", reference: [38, 39, 47], ours: [32, 45],
      because:
        "numbers and dashes inside a sentence begin no item, • is a bullet, and a bare bullet belongs to what follows it"
    ),
    Difference(
      file: "blocks", reference: [50, 54], ours: [9],
      because: "an empty heading and &nbsp; have no words, and a table begins at its head"),
  ])
  func `blocks begin where the reference parser begins them, but for what is meant`(_ c: Difference) throws {
    let url = Fixtures.folder.appending(path: "\(c.file).md")
    guard let expected = try referenceLines(url) else {
      return print("SKIPPED: no command cmark-gfm; install cmark-gfm")
    }
    let (found, furniture) = try ourLines(url)
    #expect(
      expected.filter { line in !furniture.contains { $0.contains(line) } }.subtracting(found).sorted() == c.reference)
    #expect(found.subtracting(expected).sorted() == c.ours)
  }

  @Test func `blocks of the sample terms begin where the reference parser begins them`() throws {
    let terms = Fixtures.folder.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Terms")
    for slug in ["connector-terms", "service-terms"] {
      let folder = terms.appending(path: slug)
      for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) where file.hasSuffix(".md") {
        guard let expected = try referenceLines(folder.appending(path: file)) else {
          return print("SKIPPED: no command cmark-gfm; install cmark-gfm")
        }
        #expect(try ourLines(folder.appending(path: file)).found == expected, "\(slug)/\(file)")
      }
    }
  }

  private func ourLines(_ url: URL) throws -> (found: Set<Int>, furniture: [ClosedRange<Int>]) {
    let wording = try MarkdownParser.parse([UInt8](Data(contentsOf: url)))
    let furniture = wording.clauses.filter { $0.role == .furniture }.map(\.lines)
    return (Set(wording.provisions.map(\.lines.lowerBound)), furniture)
  }

  /// The lines on which headings, paragraphs, tables and code begin; `nil` where the command is missing.
  private func referenceLines(_ url: URL) throws -> Set<Int>? {
    guard
      let command = ["/usr/bin/cmark-gfm", "/usr/local/bin/cmark-gfm", "/opt/homebrew/bin/cmark-gfm"]
        .first(where: { FileManager.default.isExecutableFile(atPath: $0) })
    else { return nil }
    let process = Process()
    process.executableURL = URL(filePath: command)
    process.arguments = ["-e", "table", "-t", "xml", "--sourcepos", url.path]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let blocks = try Regex(
      "<(?:heading|paragraph|table|code_block|html_block) sourcepos=\"([0-9]+):", as: (Substring, Substring).self)
    return Set(output.matches(of: blocks).compactMap { Int($0.output.1) })
  }
}
