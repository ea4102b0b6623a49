/// Rows under headings, the columns as wide as their widest cell. Control characters in cells are made visible.
struct Table {
  let headings: [String]
  private(set) var rows: [[String]] = []

  init(_ headings: String...) {
    self.headings = headings
  }

  mutating func add(_ cells: String...) {
    rows.append(cells.map(\.withVisibleControls))
  }

  /// The table as text, without a line feed at its end.
  var text: String {
    let all = [headings] + rows
    let widths = headings.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
    let lines = all.map { row in
      zip(row, widths)
        .map { cell, width in cell + String(repeating: " ", count: width - cell.count) }
        .joined(separator: "  ")
        .trimmingTrailingSpaces()
    }
    let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ").trimmingTrailingSpaces()
    return ([lines[0], rule] + lines.dropFirst()).joined(separator: "\n")
  }
}

extension String {
  func trimmingTrailingSpaces() -> String {
    String(self[..<(lastIndex { $0 != " " }.map { index(after: $0) } ?? startIndex)])
  }
}
