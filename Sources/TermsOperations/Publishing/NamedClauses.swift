internal import Redlining
internal import TermsModel
internal import TermsParsing

/// What a document's settings say of clauses by their numbers, held against a draft: a number that another clause got would make
/// the list say something else, and nobody would have decided that.
struct NamedClauses {
  private let lists: [(name: String, selectors: [ClauseSelector])]

  init(_ profile: RuleProfile) {
    lists = [("survival", profile.survival), ("opt-out", profile.optOut.flatMap(\.clauses))]
  }

  /// - Parameter redline: of the draft against the text that stands.
  func findings(_ redline: Redline) -> [LintFinding] {
    let successors = redline.successors
    return lists.flatMap { name, selectors in
      selectors.compactMap { selector in
        let moved = redline.before.clauses.indices.compactMap { index -> (from: ClauseLabel, to: ClauseLabel)? in
          let before = redline.before.clauses[index]
          guard before.role != .furniture, selector.selects(before.label), successors[index] >= 0 else { return nil }
          let after = redline.after.clauses[successors[index]]
          return selector.selects(after.label) ? nil : (before.label, after.label)
        }
        guard let first = moved.first else { return nil }
        let now = first.to.isEmpty ? "stands under no number now" : "is \(first.to) now"
        return LintFinding(
          rule: .renumberedSetting, severity: .warning, label: nil, line: nil,
          message: "'\(name)' names \(selector), and clause \(first.from) \(now); "
            + "correct '\(name)' in document.yaml, or it speaks of another clause")
      }
    }
  }
}
