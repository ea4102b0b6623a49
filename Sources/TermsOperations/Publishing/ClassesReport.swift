package import TermsModel

/// What the classifier proposed against what operators decided, so that they see which rule errs.
package struct ClassesReport: Hashable, Sendable {
  /// How often changes proposed as one class were decided as another.
  package struct Cell: Hashable, Sendable {
    package let proposed: ChangeClass
    package let decided: ChangeClass

    package init(proposed: ChangeClass, decided: ChangeClass) {
      self.proposed = proposed
      self.decided = decided
    }
  }

  /// How the proposals that named a rule fared.
  package struct RuleCount: Hashable, Sendable {
    package let rule: String
    package let changes: Int
    /// Decided graver than proposed: what the rule let slip.
    package let raised: Int
    /// Decided lower than proposed: what the rule took too gravely.
    package let lowered: Int
  }

  package let changes: Int
  package let cells: [Cell: Int]
  /// The rules that erred most often first, then those met most often.
  package let rules: [RuleCount]
}

extension TermsRegistry {
  /// Proposals against decisions over every posted version of a document, or of all documents; a class corrected since
  /// counts as decided.
  package func classesReport(of slug: DocumentSlug?) async throws -> ClassesReport {
    let slugs =
      if let slug { [try await requireDocument(slug).slug] } else { try await record.documents().map(\.slug) }
    var report = ClassesReport.Counting()
    for slug in slugs {
      for version in try await record.versions(of: slug) {
        guard let posting = try await record.posting(of: slug, version: version.label) else { continue }
        var corrected: [Int: ChangeClass] = [:]
        for event in version.events {
          if case .reclassified(let change, let to, _, _) = event.value { corrected[change] = to }
        }
        for change in posting.changes {
          report.add(change.proposed, decided: corrected[change.number] ?? change.decided)
        }
      }
    }
    return report.report
  }
}

extension ClassesReport {
  fileprivate struct Counting {
    private var cells: [Cell: Int] = [:]
    private var rules: [String: (changes: Int, raised: Int, lowered: Int)] = [:]

    mutating func add(_ proposed: Classification, decided: ChangeClass) {
      cells[Cell(proposed: proposed.changeClass, decided: decided), default: 0] += 1
      for rule in Set(proposed.grounds.map(\.rule)) {
        var count = rules[rule] ?? (0, 0, 0)
        count.changes += 1
        if decided > proposed.changeClass { count.raised += 1 }
        if decided < proposed.changeClass { count.lowered += 1 }
        rules[rule] = count
      }
    }

    var report: ClassesReport {
      let counts = rules.map { rule, count in
        RuleCount(rule: rule, changes: count.changes, raised: count.raised, lowered: count.lowered)
      }
      return ClassesReport(
        changes: cells.values.reduce(0, +), cells: cells,
        rules: counts.sorted { left, right in
          let (a, b) = (left.raised + left.lowered, right.raised + right.lowered)
          if a != b { return a > b }
          return left.changes != right.changes ? left.changes > right.changes : left.rule < right.rule
        })
    }
  }
}
