package import TermsModel

/// A version in a document's history.
package struct HistoryEntry: Hashable, Sendable {
  package let version: PostedVersion
  package let postedOn: CalendarDate
  package let sha256: String
  package let summary: String?
  /// How many changes of each class it made.
  package let counts: [ChangeClass: Int]
}

extension TermsRegistry {
  /// Every version of a document, the first one first.
  package func history(of slug: DocumentSlug) async throws -> [HistoryEntry] {
    let document = try await requireDocument(slug)
    var entries: [HistoryEntry] = []
    for version in try await record.versions(of: slug) {
      let posting = try await record.posting(of: slug, version: version.label)
      entries.append(
        HistoryEntry(
          version: version, postedOn: document.settings.zone.date(of: version.posting.happenedAt),
          sha256: posting?.sha256 ?? "", summary: posting?.summary,
          counts: Dictionary(grouping: version.changes, by: \.changeClass).mapValues(\.count)))
    }
    return entries
  }
}
