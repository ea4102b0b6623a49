import Foundation
import Redlining
import TermsModel
import TermsParsing
import Testing

/// The wording of a text that the parser is known to accept.
func wording(_ text: String) throws -> Wording { try MarkdownParser.parse(text) }

func redline(_ before: String, _ after: String, _ options: Redline.Options = .init()) throws -> Redline {
  Redline(before: try wording(before), after: try wording(after), options: options)
}

/// A document of numbered sections, each with paragraphs, for tests that change one thing in it.
func document(_ sections: [(heading: String, paragraphs: [String])], from first: Int = 1) -> String {
  var text = "# Terms of the Harbour Office\n"
  for (offset, section) in sections.enumerated() {
    text += "\n## \(first + offset). \(section.heading)\n"
    for paragraph in section.paragraphs { text += "\n\(paragraph)\n" }
  }
  return text
}

extension Redline {
  /// The changes as a reader would name them: kind, label before, label after.
  var told: [String] {
    changes.map { change in
      let old = change.before.first.map { "\(before.clauses[$0].label)" } ?? "–"
      let new = change.after.first.map { "\(after.clauses[$0].label)" } ?? "–"
      return change.renamed.map { "renamed-term \($0.before) → \($0.after)" }
        ?? "\(change.kind.rawValue) \(old) → \(new)"
    }
  }
}

extension Change {
  /// The edits in one line: `[-…-]` deleted, `{+…+}` inserted.
  var marked: String {
    edits.map { edit in
      switch edit.op {
      case .equal: edit.text
      case .delete: "[-\(edit.text)-]"
      case .insert: "{+\(edit.text)+}"
      }
    }.joined()
  }
}

/// Numbers that are the same in every run (Steele, Lea and Flood, "Fast splittable pseudorandom number generators").
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }
}

/// The files that the tests read, and that are part of the project.
enum Fixtures {
  static let folder = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Fixtures")
}

/// The files handed to the project to measure with, beside the checkout; absent elsewhere.
enum Shared {
  static let folder = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().appending(path: "shared")

  /// The pairs of texts in a folder, before and after.
  static func pairs(_ path: String) throws -> [(name: String, before: String, after: String)] {
    let root = folder.appending(path: path)
    guard let found = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil) else { return [] }
    return try found.compactMap { $0 as? URL }.filter { $0.lastPathComponent.hasSuffix("before.md") }
      .sorted { $0.path < $1.path }
      .map { url in
        let other = url.deletingLastPathComponent()
          .appending(path: url.lastPathComponent.replacing("before.md", with: "after.md"))
        return (
          url.path, String(decoding: try Data(contentsOf: url), as: UTF8.self),
          String(decoding: try Data(contentsOf: other), as: UTF8.self)
        )
      }
  }
}
