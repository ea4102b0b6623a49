import Foundation
import TermsModel
import TermsParsing
import Testing

/// The files handed to the project to measure with, beside the checkout; absent elsewhere.
enum Shared {
  static let folder = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().appending(path: "shared")

  static func files(_ path: String, named names: Set<String>) -> [URL] {
    let root = folder.appending(path: path)
    guard let found = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil) else { return [] }
    return found.compactMap { $0 as? URL }.filter { names.isEmpty || names.contains($0.lastPathComponent) }
      .sorted { $0.path < $1.path }
  }
}

@Suite struct CorpusTests {
  @Test func `the clauses of real terms cover their source once, in order, without gaps`() throws {
    let files = Shared.files("corpus/pairs", named: ["before.md", "after.md"])
    guard !files.isEmpty else { return print("SKIPPED: no corpus at \(Shared.folder.path)") }
    for file in files {
      let wording = try MarkdownParser.parse([UInt8](Data(contentsOf: file)))
      expectTiling(of: wording, file.path)
    }
  }
}

/// Checks the law of a wording: its clauses' ranges tile its source, their lines ascend, and parents stand before
/// their children.
func expectTiling(of wording: Wording, _ name: String) {
  var at = 0
  var line = 1
  let count = wording.source.utf8.count
  for (index, clause) in wording.clauses.enumerated() {
    if clause.bytes.lowerBound != at || clause.bytes.isEmpty {
      Issue.record("\(name): clause at \(clause.bytes) leaves a gap after \(at)")
      return
    }
    if clause.lines.lowerBound < line || clause.parent.map({ $0 >= index }) == true || clause.paragraph < 1 {
      Issue.record("\(name): clause \(index) on lines \(clause.lines) stands in the wrong place")
      return
    }
    at = clause.bytes.upperBound
    line = clause.lines.lowerBound
  }
  #expect(at == count, "\(name): the clauses end at \(at) of \(count)")
}
