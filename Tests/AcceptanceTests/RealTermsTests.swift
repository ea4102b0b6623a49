import Foundation
import Testing

/// Real terms as they come from a web page, navigation and all, the way a new user would try them.
@Suite struct RealTermsTests {
  private static let seeds = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "../shared/seeds").standardizedFileURL

  /// The path of a real document; `nil`, said aloud, where the folder is absent.
  private static func seed(_ name: String) -> String? {
    let path = seeds.appending(path: name).path
    if FileManager.default.fileExists(atPath: path) { return path }
    print("SKIPPED: no real terms at \(path)")
    return nil
  }

  @Test func `the clauses of the connectors terms are found under their own labels, a broken one among them`() throws {
    guard let seed = Self.seed("connectors-and-actions-terms-2025-06-04.md") else { return }
    let place = try Workplace()
    defer { place.remove() }
    try place.done("init")
    let imported = try place.done("import", seed)
    #expect(imported.contains("version 2025-06-04"))
    let shown = try #require(
      try place.run(["show", "connectors-and-actions-terms", "--json"]).json() as? [String: Any])
    let clauses = try #require(shown["clauses"] as? [[String: Any]])
    let labels = clauses.compactMap { $0["label"] as? String }.reduce(into: [String]()) { labels, label in
      if !label.isEmpty, labels.last != label { labels.append(label) }
    }
    #expect(
      labels == [
        "1", "2", "2(a)", "2(b)", "2(c)", "2(d)", "2(e)", "2(f)", "3", "3(a)", "3(b)", "3(c)", "4", "4(a)", "4(b)", "5",
        "5(a)", "5(b)", "6", "6(a)", "6(b)", "6(c)", "7", "7(a)", "7(b)", "7(c)", "7(d)",
      ], "\(labels)")
    #expect(try place.done("review", "connectors-and-actions-terms", seed).contains("no changes"))
  }

  @Test func `what stands around the service terms is told apart from them, and kept`() throws {
    guard let seed = Self.seed("service-terms-2025-06-04.md") else { return }
    let place = try Workplace()
    defer { place.remove() }
    try place.done("init")
    let imported = try place.done("import", seed)
    #expect(imported.contains("page furniture kept apart: lines 3, 83–"), "\(imported)")
    let review = try place.done("review", "service-terms", seed)
    #expect(review.contains("Page furniture, kept but not part of the terms"), "\(review)")
    #expect(try place.done("show", "service-terms") == String(contentsOfFile: seed, encoding: .utf8))
  }
}
