package import Binding
package import TermsModel

/// A notice that the rules require for a version to bind a developer, and that nobody planned: their joining went on record
/// after the version, though it came before.
package struct OwedNotice: Hashable, Sendable {
  package let developer: DeveloperID
  package let document: DocumentSlug
  package let version: VersionLabel

  package init(developer: DeveloperID, document: DocumentSlug, version: VersionLabel) {
    self.developer = developer
    self.document = document
    self.version = version
  }
}

extension BindingAnswer {
  /// The versions of which a change waits for its notice, and of none of which anything was told, by the notices on record:
  /// whether one is planned is the outbox's to say. Oldest first.
  package func untoldVersions(by notices: [Fact<NoticeStep>]) -> [VersionLabel] {
    versions.filter { version in
      version.changes.contains(where: \.state.isAwaitingNotice)
        && !notices.contains { $0.value.version == version.version }
    }.map(\.version)
  }
}

extension TermsRegistry {
  /// Plans the notices that developers of a document are owed and nobody planned, as after an import of developers who joined
  /// before a version was posted. Looks at every developer who is bound to it and has an address.
  ///
  /// - Parameters:
  ///   - only: one developer; all where `nil`.
  ///   - isTrial: whether to write nothing.
  ///   - tell: called with each notice.
  ///   - looked: called with the number of developers looked at since the last call.
  /// - Returns: how many are owed, or were planned.
  @discardableResult
  package func planOwedNotices(
    of slug: DocumentSlug, to only: DeveloperID? = nil, isTrial: Bool, tell: (OwedNotice) -> Void = { _ in },
    looked: (Int) -> Void = { _ in }
  ) async throws -> Int {
    _ = try await requireDocument(slug)
    if let only {
      _ = try await requireDeveloper(only)
      return try await planOwed(to: [only], of: slug, isTrial: isTrial, tell)
    }
    var (count, place): (Int, Int64?) = (0, nil)
    repeat {
      let page = try await record.developers(.bound(slug, hasAddress: true), after: place, limit: 500)
      count += try await planOwed(to: page.developers, of: slug, isTrial: isTrial, tell)
      looked(page.developers.count)
      place = page.end
    } while place != nil
    return count
  }

  private func planOwed(
    to developers: [DeveloperID], of slug: DocumentSlug, isTrial: Bool, _ tell: (OwedNotice) -> Void
  ) async throws -> Int {
    let owed =
      isTrial
      ? try await record.owedNotices(to: developers, of: slug, at: now())
      : try await record.planOwedNotices(to: developers, of: slug, by: actor, at: now())
    owed.forEach(tell)
    return owed.count
  }
}
