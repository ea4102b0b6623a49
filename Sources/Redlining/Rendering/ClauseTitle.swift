package import TermsModel

extension Wording {
  /// The heading that a clause stands under, as far as it bears the same label: its own, or that of the section whose
  /// paragraph it is.
  package func heading(over index: Int) -> String? {
    var at: Int? = index
    while let place = at, clauses[place].label == clauses[index].label {
      if let heading = clauses[place].heading { return heading }
      // Without a label nothing but the nearest heading says where a clause stands.
      at = clauses[place].parent
    }
    return nil
  }
}

/// How a reader names a clause.
enum ClauseTitle {
  /// `7(a) Modifications`, `3(c) → 3(d) Names`, or the first words of a clause without label and heading.
  static func of(_ change: Change, in redline: Redline) -> String {
    let before = change.before.first.map { redline.before.clauses[$0] }
    let after = change.after.first.map { redline.after.clauses[$0] }
    let labels = [before, after].compactMap { $0.map { "\($0.label)" } }.filter { !$0.isEmpty }
    let label = labels.count == 2 && labels[0] != labels[1] ? "\(labels[0]) → \(labels[1])" : labels.last ?? ""
    let heading =
      change.after.first.flatMap(redline.after.heading(over:))
      ?? change.before.first.flatMap(redline.before.heading(over:))
    let title = [label, heading ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
    guard title.isEmpty else { return title.replacing("\n", with: " ") }
    let words = (after ?? before)?.text.split(whereSeparator: \.isWhitespace).prefix(6).joined(separator: " ") ?? ""
    return "“\(words) …”"
  }
}
