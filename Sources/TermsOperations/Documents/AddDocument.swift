package import TermsModel

extension TermsRegistry {
  /// Puts a new document on record, with its rules and without any version yet.
  /// - Throws: ``TermsRefusal/documentExists(_:)``.
  @discardableResult
  package func addDocument(_ document: Document, at happenedAt: Instant? = nil) async throws -> Occasion {
    try await perform(.documentAdded(document), happenedAt: happenedAt)
  }

  /// Puts a document's new title or settings on record, where they differ from those in force.
  /// - Returns: whether there was anything to change.
  @discardableResult
  package func changeDocument(_ document: Document) async throws -> Bool {
    guard try await requireDocument(document.slug) != document else { return false }
    try await perform(.documentChanged(document), happenedAt: nil)
    return true
  }
}
