package import TermsModel

extension TermsRegistry {
  /// Records that a developer moved to another region, which decides who contracts with them from then on (section 3.1,
  /// rule 12).
  /// - Throws: a refusal where the developer is unknown, erased, or in that region already.
  @discardableResult
  package func moveDeveloper(_ id: DeveloperID, to region: Region, at happenedAt: Instant? = nil) async throws
    -> Occasion
  {
    let entry = try await requireDeveloper(id)
    if entry.region == region { throw TermsRefusal.inRegionAlready(id, region) }
    if let happenedAt, happenedAt < entry.added.happenedAt {
      throw TermsRefusal.beforeRegistration(id, registered: entry.added.happenedAt, given: happenedAt)
    }
    return try await perform(.developerMoved(id, to: region), happenedAt: happenedAt)
  }
}
