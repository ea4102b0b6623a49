import Foundation
import Testing

@testable import TenorCLI

@Suite struct DeveloperCSVTests {
  private func rows(_ text: String) async throws -> Int {
    let file = FileManager.default.temporaryDirectory.appending(path: "developers-\(UInt64.random(in: 0 ... .max)).csv")
    try Data(text.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    return try await DeveloperCSV(path: file.path).forEachBatch { _ in }
  }

  @Test func `columns may stand in any order, and only two are needed`() async throws {
    #expect(try await rows("region,id\nUS,dev-1\nEEA,dev-2\n") == 2)
    #expect(
      try await rows(
        "id,email,name,region,at,connector,document\ndev-1,a@example.com,\"Ada, O.\",US,2025-07-01T09:00:00-07:00,weather,connector-terms\n"
      )
        == 1)
  }

  @Test(arguments: [
    ("", "line 1: the file is empty; its first line names the columns: id,email,name,region,at,connector,document"),
    ("id,mail,region\n", "line 1: 'mail' is no column; known: id, email, name, region, at, connector, document"),
    ("id,id,region\n", "line 1: the column 'id' stands twice; keep one"),
    ("id,email\n", "line 1: there is no column 'region'; the first line must name it"),
    ("id,region\ndev-1\n", "line 2: 1 fields, but 2 columns; quote fields with commas in them"),
    ("id,region\n,US\n", "line 2: id or region is empty; every developer needs both"),
    (
      "id,region\ndev 1,US\n",
      "line 2: 'dev 1' in column 'id': expected letters, digits, dots, hyphens, underscores and colons, at most 128, such as dev-42"
    ),
    (
      "id,region,email\ndev-1,US,example.com\n",
      "line 2: column 'email': the address has no @; write it as name@example.com"
    ),
    (
      "id,region,at\ndev-1,US,yesterday\n",
      "line 2: 'yesterday' in column 'at': expected a moment such as 2026-01-31T09:00:00-08:00"
    ),
    (
      "id,region,name\ndev-1,US,\"Ada\nBcc: eve@example.com\"\n",
      "line 2: column 'name': the character at position 4 (U+000A) cannot be seen, and breaks or turns the line that it stands in; leave it out"
    ),
    (
      "id,region,name\ndev-1,US,\(String(repeating: "x", count: 100_000))\n",
      "line 2: column 'name': it has 100000 characters, and 200 are the most; shorten it"
    ),
    (
      "id,region,connector,document\ndev-1,US,weather,\n",
      "line 2: a connector needs its document and a document its connector; fill both or none"
    ),
  ])
  func `a wrong line is told with its number and remedy`(_ text: String, _ words: String) async throws {
    let error = await #expect(throws: RowRefusal.self) { try await rows(text) }
    #expect(error.map { "\($0)" } == words)
  }
}
