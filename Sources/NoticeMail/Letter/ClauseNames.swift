internal import TermsModel
internal import TermsOperations

/// How a letter names clauses in its sentences: `clauses 3(b), 4(d)`, where a number alone might be anything's.
enum ClauseNames {
  /// Names as they come from a version, in order: labels, and what stands in quotation marks in place of one.
  ///
  /// Labels that follow one another share the word. What is left out goes to the end as `…`.
  static func words(_ names: [String], areMore: Bool = false) -> String {
    var parts: [String] = []
    var rest = names[...]
    while let first = rest.first {
      guard isNumber(first) else {
        parts.append(first)
        rest = rest.dropFirst()
        continue
      }
      let run = rest.prefix(while: isNumber)
      parts.append((run.count == 1 ? "clause " : "clauses ") + run.joined(separator: ", "))
      rest = rest.dropFirst(run.count)
    }
    return parts.joined(separator: ", ") + (areMore ? ", …" : "")
  }

  /// What a heading of the letter calls the clause: `Clause 3(b)`.
  static func title(_ label: String) -> String { isNumber(label) ? "Clause \(label)" : label }

  /// Whether a name says by itself what it is the name of: `§ 3`, `Annex 1`, `“Plugin”`.
  private static func isNumber(_ name: String) -> Bool {
    !name.contains(where: \.isWhitespace) && name.first.map { !"§“".contains($0) } == true
  }
}
