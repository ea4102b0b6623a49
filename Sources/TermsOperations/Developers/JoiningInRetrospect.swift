package import TermsModel

/// What an operator should know where somebody's joining is recorded after versions that came later than it were: notices
/// are planned when a version is posted, for those who are on record as bound then.
package struct JoiningInRetrospect: Hashable, Sendable {
  /// Whether nothing was posted yet when the developer joined.
  package let joinedBeforeFirstVersion: Bool
  /// When the developer was registered, where they joined before. That is no contradiction: the registration says when they
  /// became known here, and agreements may be older.
  package let registeredLater: Instant?
  /// Versions posted after the joining, of which no notice to this developer is planned or on record, oldest first.
  package let untold: [VersionLabel]
}

extension TermsRegistry {
  /// What to tell of a joining that was just recorded as having happened at `moment`.
  package func joiningInRetrospect(
    of developer: DeveloperID, under slug: DocumentSlug, at moment: Instant
  ) async throws -> JoiningInRetrospect {
    let versions = try await record.versions(of: slug)
    let facts = try await record.facts(of: developer, document: slug)
    let told = Set(facts.notices.map(\.value.version))
    let joinings = facts.acts.filter(\.value.isJoining)
    let untold = versions.filter { version in
      version.posting.happenedAt > moment && !version.isWithdrawn && !told.contains(version.label)
        && !joinings.contains {
          $0.occasion.happenedAt <= version.posting.happenedAt
            && $0.occasion.recordedAt <= version.posting.recordedAt
        }
    }
    let registered = try await requireDeveloper(developer).added.happenedAt
    return JoiningInRetrospect(
      joinedBeforeFirstVersion: versions.first.map { moment < $0.posting.happenedAt } ?? true,
      registeredLater: moment < registered ? registered : nil,
      untold: untold.map(\.label))
  }
}
