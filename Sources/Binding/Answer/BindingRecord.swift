package import TermsModel

/// What is on record of a document, and of one developer in respect of it: what an answer is computed from.
package struct BindingRecord: Sendable {
  /// By its rules at the moment of knowledge.
  package let document: Document
  package let versions: [PostedVersion]
  package let facts: DeveloperFacts

  package init(document: Document, versions: [PostedVersion], facts: DeveloperFacts) {
    self.document = document
    self.versions = versions
    self.facts = facts
  }
}
