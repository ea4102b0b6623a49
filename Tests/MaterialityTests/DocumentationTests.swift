import Foundation
import TermsModel
import Testing

@testable import Materiality

@Suite struct DocumentationTests {
  @Test func `the rules are documented with their reasons, each once, under the class that they speak for`() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let page = try String(contentsOf: root.appending(path: "Docs/materiality.md"), encoding: .utf8)
    let rows = page.split(separator: "\n").filter { $0.hasPrefix("| `") }.map(String.init)
    let order: [ChangeClass] = [.other, .material, .legalRequired]
    let expected = order.flatMap { changeClass in
      Rule.allCases.filter { $0.speaksFor == changeClass }.map { "| `\($0.rawValue)` | \($0.reason) |" }
    }
    #expect(rows == expected)
  }
}
