import Foundation
import TermsModel
import TermsParsing
import Testing

extension Wording {
  /// The clauses as a tree, one a line: lines, label, paragraph, role, heading in brackets, text in quotation marks.
  func dump() -> String {
    var depths: [Int] = []
    var lines = ["title: \(title ?? "none")"]
    for clause in clauses {
      let depth = clause.parent.map { depths[$0] + 1 } ?? 0
      depths.append(depth)
      var line = "\(clause.lines.lowerBound)-\(clause.lines.upperBound): "
      line += String(repeating: "  ", count: depth)
      line += clause.label.isEmpty ? "·" : "\(clause.label)"
      if clause.paragraph > 1 { line += " ¶\(clause.paragraph)" }
      if clause.role != .provision { line += " <\(clause.role.rawValue)>" }
      if let heading = clause.heading { line += " [\(heading)]" }
      if !clause.text.isEmpty { line += " “\(clause.text.replacing("\n", with: "⏎"))”" }
      lines.append(line)
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

/// The project's own texts to parse, each with the tree that was approved for it.
enum Fixtures {
  static let folder = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Fixtures/parsing")

  static let names = ["articles", "blocks", "commonmark", "decimals", "labels", "line-ends", "lists", "page"]

  static func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: folder.appending(path: "\(name).md")))
  }

  /// Compares with the approved file; one that is missing is written, and fails, so that nothing is approved unread.
  static func expect(_ found: String, matches file: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let url = folder.appending(path: file)
    guard let approved = try? String(contentsOf: url, encoding: .utf8) else {
      try found.write(to: url, atomically: true, encoding: .utf8)
      Issue.record("\(file) was missing and is now recorded: read it and run again", sourceLocation: sourceLocation)
      return
    }
    for (index, pair) in zip(lines(found), lines(approved)).enumerated() where pair.0 != pair.1 {
      Issue.record("\(file):\(index + 1)\n  found    \(pair.0)\n  approved \(pair.1)", sourceLocation: sourceLocation)
      return
    }
    #expect(lines(found).count == lines(approved).count, sourceLocation: sourceLocation)
  }

  private static func lines(_ text: String) -> [Substring] {
    text.split(separator: "\n", omittingEmptySubsequences: false)
  }
}
