import TermsModel

extension Wording {
  /// The clauses as a tree, one a line: lines, depth, label, paragraph, role, heading and the beginning of the text.
  func dump(width: Int = 60) -> String {
    var depths: [Int] = []
    return clauses.map { clause in
      let depth = clause.parent.map { depths[$0] + 1 } ?? 0
      depths.append(depth)
      let lines =
        clause.lines.count == 1 ? "\(clause.lines.lowerBound)" : "\(clause.lines.lowerBound)-\(clause.lines.upperBound)"
      let label = clause.label.isEmpty ? "·" : "\(clause.label)"
      let number = clause.paragraph == 1 ? "" : " ¶\(clause.paragraph)"
      let role = clause.role == .provision ? "" : " <\(clause.role.rawValue)>"
      let heading = clause.heading.map { " [\($0)]" } ?? ""
      let text = clause.text.replacing("\n", with: "⏎").prefix(width)
      return "\(lines): " + String(repeating: "  ", count: depth) + label + number + role + heading
        + (text.isEmpty ? "" : " “\(text)”")
    }.joined(separator: "\n")
  }
}
