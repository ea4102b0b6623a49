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
  ///   ``TermsRefusal/unprintableTitle(_:of:)``.
  @discardableResult
  package func addDocument(_ document: Document, at happenedAt: Instant? = nil) async throws -> Occasion {
    guard !Self.reservedSlugs.contains(document.slug.rawValue) else { throw TermsRefusal.reservedSlug(document.slug) }
    try Self.requirePrintableTitle(document)
    return try await perform(.documentAdded(document), happenedAt: happenedAt)
  }

  /// Puts a document's new title or settings on record, where they differ from those in force.
  /// - Returns: whether there was anything to change.
  /// - Throws: ``TermsRefusal/unprintableTitle(_:of:)``.
  @discardableResult
  package func changeDocument(_ document: Document) async throws -> Bool {
    let known = try await requireDocument(document.slug)
    guard known != document else { return false }
    if known.title != document.title { try Self.requirePrintableTitle(document) }
    try await perform(.documentChanged(document), happenedAt: nil)
    return true
  }

  private static func requirePrintableTitle(_ document: Document) throws {
    guard let character = UnprintableCharacter(in: document.title) else { return }
    throw TermsRefusal.unprintableTitle(character, of: document.slug)
  }
}
