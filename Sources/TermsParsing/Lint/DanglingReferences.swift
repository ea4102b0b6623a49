internal import TermsModel

/// Cross-references to clauses of this document that are not there.
///
/// Silent where it cannot be sure: about words that this document does not cite its clauses by, about steps under a
/// clause whose points bear no labels, and, but for one note, about a text that lost most of its labels.
struct DanglingReferences {
  private let wording: Wording
  private let index: LabelIndex

  init(_ wording: Wording, _ index: LabelIndex) {
    self.wording = wording
    self.index = index
  }

  func findings(in references: [CrossReference]) -> [LintFinding] {
    // A text with hardly any labels has lost them, and its references cannot be checked.
    guard index.count >= 3 else { return [] }
    let own = references.filter { $0.scope == .document }
    let customary = customaryWords(own)
    var findings: [LintFinding] = []
    var found = 0
    for reference in own {
      for target in reference.targets {
        guard let missing = target.missing else {
          found += 1
          continue
        }
        guard customary.contains(word(of: reference)), mayBeOurs(missing, in: reference) else { continue }
        let clause = wording.clauses[reference.clause]
        findings.append(
          LintFinding(
            rule: .danglingReference, severity: .error, label: clause.label.isEmpty ? nil : clause.label.description,
            line: reference.line,
            message: "'\(reference.text)' refers to \(missing), and no clause bears that label; \(remedy(missing))"))
      }
    }
    guard findings.count >= 5, findings.count > found, let first = findings.first else { return findings }
    return [
      LintFinding(
        rule: .danglingReference, severity: .warning, label: first.label, line: first.line,
        message:
          "\(findings.count) of \(findings.count + found) cross-references lead to labels that no clause bears, the first here; "
          + "the text seems to have lost its numbers on the way: compare it with its source")
    ]
  }

  /// `section` for `Sections 3 and 4`; empty for a list without a word.
  private func word(of reference: CrossReference) -> String {
    let word = reference.text.lowercased().prefix { $0.isLetter }
    return String(word.hasSuffix("s") ? word.dropLast() : word)
  }

  /// The words by which the document cites its own clauses: those of references that lead somewhere.
  ///
  /// Where none does, every word may be one.
  private func customaryWords(_ references: [CrossReference]) -> Set<String> {
    let found = references.filter { $0.targets.contains { $0.missing == nil } }
    var words = Set((found.isEmpty ? references : found).map(word))
    if words.contains("clause"), words.contains("section"), hasStandardClauses { words.remove("clause") }
    return words.contains("section") || words.contains("sec") ? words.union(["section", "sec"]) : words
  }

  /// Whether a label that is not there would be one of this document's: of its kind, and not far beyond its numbers.
  private func mayBeOurs(_ label: String, in reference: CrossReference) -> Bool {
    switch word(of: reference) {
    case "article": if !index.words.contains("article") { return false }
    case "annex", "appendix", "schedule", "exhibit", "paragraph", "subsection": return false
    case "":
      // "501(c)" or "§ 5": ours only in a list of which another part is.
      guard reference.targets.contains(where: { $0.missing == nil && !$0.clauses.isEmpty }) else { return false }
    default: break
    }
    guard let key = LabelKey(typed: label), let first = key.parts.first, let number = Int(first) else { return false }
    guard number >= 1, index.greatest > 0, number <= max(30, 2 * index.greatest) else { return false }
    guard key.parts.count > 1 else { return true }
    // Under a clause whose points bear no labels, a step may count them.
    let above = LabelKey(parts: Array(key.parts.dropLast()))
    return index.children[above] != nil || !index.withUnlabelled.contains(above)
  }

  /// Whether the text works with standard clauses, which have numbers of their own: "in Clause 17, option 1 applies".
  private var hasStandardClauses: Bool {
    wording.clauses.contains { clause in
      clause.role != .furniture && Self.standards.contains { clause.text.contains($0) }
    }
  }

  private static let standards = ["SCCs", "ontractual Clauses", "odel Clauses", "Approved Addendum", "UK Addendum"]

  private func remedy(_ label: String) -> String {
    guard let key = LabelKey(typed: label), let near = ClauseLookup(wording).nearest(to: key) else {
      return "mend the reference, or add the clause"
    }
    return "did you mean \(near)?"
  }
}
