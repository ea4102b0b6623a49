package import TermsModel

extension TermsRegistry {
  /// First words of addresses that the web service keeps for itself, now or by its design: a document's pages stand at
  /// `/SLUG`.
  package static let reservedSlugs: Set<String> = [
    "v1", "healthz", "metrics", "desk", "developers", "search", "feeds", "me", "documents", "sign-in", "sign-out", "in",
    "drafts", "log",
  ]

  /// Puts a new document on record, with its rules and without any version yet.
  /// - Throws: ``TermsRefusal/documentExists(_:)``, ``TermsRefusal/reservedSlug(_:)``,
  ///   ``TermsRefusal/unprintableTitle(_:of:)``, ``TermsRefusal/overlongTitle(_:of:)``.
  @discardableResult
  package func addDocument(_ document: Document, at happenedAt: Instant? = nil) async throws -> Occasion {
    guard !Self.reservedSlugs.contains(document.slug.rawValue) else { throw TermsRefusal.reservedSlug(document.slug) }
    try Self.requireFitTitle(document)
    return try await perform(.documentAdded(document), happenedAt: happenedAt)
  }

  /// Puts a document's new title or settings on record, where they differ from those in force.
  /// - Returns: whether there was anything to change.
  /// - Throws: ``TermsRefusal/unprintableTitle(_:of:)``, ``TermsRefusal/overlongTitle(_:of:)``.
  @discardableResult
  package func changeDocument(_ document: Document) async throws -> Bool {
    let known = try await requireDocument(document.slug)
    guard known != document else { return false }
    if known.title != document.title { try Self.requireFitTitle(document) }
    try await perform(.documentChanged(document), happenedAt: nil)
    return true
  }

  private static func requireFitTitle(_ document: Document) throws {
    if let character = UnprintableCharacter(in: document.title) {
      throw TermsRefusal.unprintableTitle(character, of: document.slug)
    }
    if let length = OverlongName(document.title) { throw TermsRefusal.overlongTitle(length, of: document.slug) }
  }
}
