package import TermsModel

/// A term that a text gives a meaning of its own.
package struct Definition: Hashable, Sendable {
  /// The term as it is defined: `Connector Request`.
  package let term: String
  /// The index in ``Wording/clauses`` of the clause that defines it.
  package let clause: Int
  /// The line of the source, from 1.
  package let line: Int
}

/// What a text says about itself: its definitions and its cross-references.
package struct Structure: Hashable, Sendable {
  /// In the order of the text; a term defined twice stands twice.
  package let definitions: [Definition]
  /// In the order of the text.
  package let references: [CrossReference]

  /// Reads the structure of a wording. Linear in the length of its text.
  package init(of wording: Wording) {
    var reader = ReferenceReader(wording, LabelIndex(wording))
    reader.read()
    references = reader.references
    var terms = TermReader(wording)
    terms.read()
    definitions = terms.definitions
  }
}
