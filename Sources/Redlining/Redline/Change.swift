package import TermsModel

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
