internal import Binding
package import TermsModel

/// What an operator should know where somebody's joining is recorded after versions that came later than it were: notices
/// are planned when a version is posted, for those who are on record as bound then, and otherwise with the joining.
package struct JoiningInRetrospect: Hashable, Sendable {
  /// Whether nothing was posted yet when the developer joined.
  package let joinedBeforeFirstVersion: Bool
  /// When the developer was registered, where they joined before. That is no contradiction: the registration says when they
  /// became known here, and agreements may be older.
  package let registeredLater: Instant?
  /// Versions posted after the joining whose notice to this developer waits to be sent, oldest first.
  package let planned: [VersionLabel]
  /// Versions posted after the joining that wait for their notice, and none to this developer is planned or on record: no
  /// address is. Oldest first.
  package let untold: [VersionLabel]
}

extension TermsRegistry {
  /// What to tell of a joining that was just recorded as having happened at `moment`.
  package func joiningInRetrospect(
    of developer: DeveloperID, under slug: DocumentSlug, at moment: Instant
  ) async throws -> JoiningInRetrospect {
    let versions = try await record.versions(of: slug)
    let facts = try await record.facts(of: developer, document: slug)
    let now = now()
    let answer = bindingAnswer(
      document: try await requireDocument(slug), versions: versions, facts: facts,
      question: BindingQuestion(at: now, knownAt: now))
    let posted = Set(versions.filter { $0.posting.happenedAt > moment }.map(\.label))
    var (planned, untold): ([VersionLabel], [VersionLabel]) = ([], [])
    for version in answer.untoldVersions(by: facts.notices) where posted.contains(version) {
      switch try await record.notice(of: slug, version: version, to: developer)?.state {
      case nil, .cancelled: untold.append(version)
      default: planned.append(version)
      }
    }
    let registered = try await requireDeveloper(developer).added.happenedAt
    return JoiningInRetrospect(
      joinedBeforeFirstVersion: versions.first.map { moment < $0.posting.happenedAt } ?? true,
      registeredLater: moment < registered ? registered : nil,
      planned: planned, untold: untold)
  }
}
