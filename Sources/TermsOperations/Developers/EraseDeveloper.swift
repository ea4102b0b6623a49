package import TermsModel

extension TermsRegistry {
  /// Erases a developer's name and address, and every letter and report that holds them. What they did stays on record, and
  /// so do the hashes, so that every proof and every answer is what it was.
  ///
  /// Notices that still wait for them are cancelled: there is nowhere left to send them.
  /// - Parameter reason: why, as it will stand in the log for good: nothing personal.
  /// - Throws: a refusal where the developer is unknown or was erased already.
  @discardableResult
  package func eraseDeveloper(_ id: DeveloperID, reason: String) async throws -> Occasion {
    guard try await !requireDeveloper(id).erased else { throw TermsRefusal.erasedAlready(id) }
    return try await perform(.developerErased(id, reason: reason), happenedAt: nil)
  }
}
