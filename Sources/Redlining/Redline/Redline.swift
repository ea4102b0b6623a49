package import TermsModel

/// The comparison of two wordings of a document, clause by clause and word by word.
///
/// Its edits cover both texts: the equal and delete edits of a change joined give the before text, the equal and
/// insert edits the after text, exactly.
package struct Redline: Sendable {
  package let before: Wording
  package let after: Wording
  /// What became of the clauses, in the order of the after text; deletions stand where the clause was.
  package let changes: [Change]
  /// Which clauses of the two wordings are the same clause, changed or not: what lineage is given along.
  package var links: [ClauseLink] {
    switch alignment {
    case .found(let clauses): clauses.links(before: before.clauses.count, after: after.clauses.count)
    case .given(let links): links
    }
  }

  /// For each clause of ``before`` the last clause of ``after`` that is the same one; -1 where none is. What ``links`` say, without
  /// a list for each clause.
  package var successors: [Int] {
    var successors = [Int](repeating: -1, count: before.clauses.count)
    switch alignment {
    case .found(let clauses):
      clauses.eachGroup(before: before.clauses.count, after: after.clauses.count) { old, new in
        for index in old { successors[index] = new.upperBound - 1 }
      }
    case .given(let links):
      for link in links {
        guard let last = link.after.last else { continue }
        for index in link.before where successors.indices.contains(index) { successors[index] = last }
      }
    }
    return successors
  }

  private enum Alignment {
    case found(AlignedClauses)
    case given([ClauseLink])
  }

  private let alignment: Alignment
  /// The differences that counted as dress.
  let foldings: CanonicalText.Foldings

  /// What the comparison may be told.
  package struct Options: Hashable, Sendable {
    /// The differences that count as dress, not as words; all of them unless told otherwise.
    package var foldings: CanonicalText.Foldings

    package init(foldings: CanonicalText.Foldings = .all) {
      self.foldings = foldings
    }
  }

  /// Compares two wordings of a document.
  package init(before: Wording, after: Wording, options: Options = Options()) {
    let outcome = Comparison.outcome(before, after, options)
    self.before = before
    self.after = after
    changes = outcome.changes
    alignment = .found(outcome.clauses)
    foldings = options.foldings
  }

  /// A redline that was found before, such as one kept in the record.
  package init(
    before: Wording, after: Wording, changes: [Change], links: [ClauseLink], foldings: CanonicalText.Foldings = .all
  ) {
    self.before = before
    self.after = after
    self.changes = changes
    alignment = .given(links)
    self.foldings = foldings
  }
}

/// The same clause in two wordings: one to one, or one to several where it split, several to one where they merged.
package struct ClauseLink: Hashable, Sendable {
  package let before: [Int]
  package let after: [Int]

  package init(before: [Int], after: [Int]) {
    self.before = before
    self.after = after
  }
}
