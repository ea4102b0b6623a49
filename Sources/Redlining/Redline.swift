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

  private enum Alignment {
    case found(AlignedClauses)
    case given([ClauseLink])
  }

  private let alignment: Alignment

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
  }

  package init(before: Wording, after: Wording, changes: [Change], links: [ClauseLink]) {
    self.before = before
    self.after = after
    self.changes = changes
    alignment = .given(links)
  }
}

/// What became of one clause, or of a few that split or merged.
package struct Change: Hashable, Sendable {
  package let kind: ChangeKind
  /// Indices in the before wording's clauses; empty for an insertion. For a renamed term, every clause that used
  /// it; for a renumbering, the clause and then those that cite it and were changed by nothing else.
  package private(set) var before: [Int]
  /// Indices in the after wording's clauses; empty for a deletion.
  package private(set) var after: [Int]
  package let edits: [Edit]
  /// The term and its new name, where that is what the change is.
  package let renamed: RenamedTerm?
  /// Clauses whose words follow from this change and were changed by nothing else, so that they are not told again:
  /// for a renamed term those that used it, for a renumbering those that cite the number.
  package private(set) var following: [Following]

  package init(
    kind: ChangeKind, before: [Int], after: [Int], edits: [Edit], renamed: RenamedTerm? = nil,
    following: [Following] = []
  ) {
    self.kind = kind
    self.before = before
    self.after = after
    self.edits = edits
    self.renamed = renamed
    self.following = following
  }

  /// Takes along a clause whose words changed only because of this change.
  mutating func follow(_ clause: Following) {
    before.append(clause.before)
    after.append(clause.after)
    following.append(clause)
  }
}

/// A clause whose words changed only because another change was made.
package struct Following: Hashable, Sendable {
  /// Its index in the before wording's clauses.
  package let before: Int
  /// Its index in the after wording's clauses.
  package let after: Int
  package let edits: [Edit]

  package init(before: Int, after: Int, edits: [Edit]) {
    self.before = before
    self.after = after
    self.edits = edits
  }
}

/// A run of text that both sides share, or that only one of them has.
package struct Edit: Hashable, Sendable, Codable {
  package enum Operation: String, Hashable, Sendable, Codable {
    case equal, delete, insert
  }

  package let op: Operation
  package let text: String

  package init(op: Operation, text: String) {
    self.op = op
    self.text = text
  }
}

/// A term renamed consistently through the whole text.
package struct RenamedTerm: Hashable, Sendable {
  package let before: String
  package let after: String
  package let occurrences: Int

  package init(before: String, after: String, occurrences: Int) {
    self.before = before
    self.after = after
    self.occurrences = occurrences
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
