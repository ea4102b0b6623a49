/// A place in a text that refers to clauses: `Section 7(b)`, `clauses 3 to 5`, `2(b), 2(c), 2(f) and 5–7`.
package struct CrossReference: Hashable, Sendable {
  /// What a reference refers to.
  package enum Scope: String, Hashable, Sendable, Codable {
    /// Clauses of the same document.
    case document
    /// A law or another document: `Section 3 of the Privacy Act`.
    case elsewhere
  }

  /// One label of the reference, or both ends of a run.
  package struct Target: Hashable, Sendable {
    /// As written: `7(b)`.
    package let label: String
    /// The last label of a run that begins with ``label``: `7` in `5–7`.
    package let last: String?
    /// The clauses found under the label, or under all labels of the run; empty where there is none.
    package let clauses: [Int]
    /// The label within the target that no clause bears: ``label`` or ``last``; `nil` where all is found.
    package let missing: String?
  }

  /// The words of the reference as they stand in the text.
  package let text: String
  package let scope: Scope
  package let targets: [Target]
  /// The index in ``Wording/clauses`` of the clause whose text refers.
  package let clause: Int
  /// The bytes of that clause's text.
  package let bytes: Range<Int>
  /// The line of the source, from 1.
  package let line: Int
}
