import Foundation
import Testing

/// The sample terms against the truth that their README states: what became of every clause, and of which class it is.
@Suite struct SampleTermsTests {
  private static let terms = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().appending(path: "Terms")

  struct Step: CustomTestStringConvertible, Sendable {
    let document: String
    let before: String
    let after: String

    /// As the truth names it: a date, or `next` for the draft.
    var version: String { after.split(separator: "/").last.map { String($0.dropLast(3)) } ?? after }
    var testDescription: String { "\(document): \(before) → \(after)" }
  }

  @Test(arguments: [
    Step(document: "connector-terms", before: "2025-06-04.md", after: "2025-12-17.md"),
    Step(document: "connector-terms", before: "2025-12-17.md", after: "2026-07-09.md"),
    Step(document: "connector-terms", before: "2026-07-09.md", after: "drafts/next.md"),
    Step(document: "service-terms", before: "2025-06-04.md", after: "2026-03-01.md"),
  ])
  func `every change is told, with the class that a careful lawyer would give it`(_ step: Step) throws {
    let place = try Workplace()
    defer { place.remove() }
    let folder = Self.terms.appending(path: step.document)
    let run = try place.run([
      "diff", folder.appending(path: step.before).path, folder.appending(path: step.after).path, "--format", "json",
    ])
    let comparison = try #require(try run.json() as? [String: Any])
    let changes = try #require(comparison["changes"] as? [[String: Any]]).map(Self.row)
    #expect(changes.sorted() == (try Self.truth(of: step)).sorted())
  }

  /// `clause · kind · class`, the clause by its label in the newer text, or in the older one where nothing is left.
  private static func row(of change: [String: Any]) -> String {
    let side = { (name: String) in
      (change[name] as? [String: Any]).map {
        (($0["parts"] as? [[String: Any]])?.first ?? $0)["label"] as? String ?? ""
      }
    }
    let kind = change["kind"] as? String ?? ""
    let label = kind == "renamed-term" ? "all" : side("after") ?? side("before") ?? ""
    return [label.isEmpty ? "preamble" : label, kind, change["class"] as? String ?? ""].joined(separator: " · ")
  }

  private static func truth(of step: Step) throws -> [String] {
    let readme = try String(contentsOf: terms.appending(path: "README.md"), encoding: .utf8)
    return readme.split(separator: "\n").compactMap { line in
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard cells.count == 7, cells[0] == step.document, cells[1] == step.version else { return nil }
      let label = cells[2].split(separator: ",").first.map(String.init) ?? ""
      return [label, cells[4], cells[5]].joined(separator: " · ")
    }
  }
}
