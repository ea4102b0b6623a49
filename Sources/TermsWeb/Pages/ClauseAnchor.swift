internal import TermsModel

/// How clauses are named in addresses.
enum ClauseAnchor {
  /// `7-a` for `7(a)`, `1.2`; further paragraphs under a label count on: `7-a-p2`.
  static func of(_ label: ClauseLabel, paragraph: Int) -> String {
    let name = label.description.lowercased()
      .map { $0.isLetter || $0.isNumber || $0 == "." ? String($0) : "-" }.joined()
      .split(separator: "-").joined(separator: "-")
    return paragraph > 1 ? "\(name)-p\(paragraph)" : name
  }

  /// The anchors of a text's clauses, parallel to them: `nil` for a clause without a label, and for a second one of a name.
  static func all(in clauses: [PostedText.Clause]) -> [String?] {
    var seen: Set<String> = ["main", "history", "contents"]
    return clauses.map { clause in
      guard !clause.label.isEmpty, clause.role != .furniture else { return nil }
      let anchor = of(clause.label, paragraph: clause.paragraph)
      return seen.insert(anchor).inserted ? anchor : nil
    }
  }
}
