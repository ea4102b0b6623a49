package import TermsModel

/// A version in a document's history.
package struct HistoryEntry: Hashable, Sendable {
  package let version: PostedVersion
  package let postedOn: CalendarDate
  package let sha256: String
  package let summary: String?
  /// How many changes of each class it made, after all corrections.
  package let counts: [ChangeClass: Int]
}

extension TermsRegistry {
  /// Every version of a document, the first one first.
  ///
  /// - Parameters:
  ///   - moment: only what had happened by then; everything where not given.
  ///   - knownAt: only what was on record by then; everything where not given.
  package func history(
    of slug: DocumentSlug, at moment: AskedMoment? = nil, knownAt: Instant? = nil
  ) async throws -> [HistoryEntry] {
    let document = try await document(slug, knownAt: knownAt)
    var entries: [HistoryEntry] = []
    for version in try await versions(of: document, at: moment, knownAt: knownAt) {
      let posting = try await record.posting(of: slug, version: version.label)
      entries.append(
        HistoryEntry(
          version: version, postedOn: document.settings.zone.date(of: version.posting.happenedAt),
          sha256: posting?.sha256 ?? "", summary: posting?.summary,
          counts: Dictionary(grouping: version.changes, by: { version.currentClass(of: $0) }).mapValues(\.count)))
    }
    return entries
  }

  /// The document by its rules at a moment of knowledge; by those of now where none is given, or none were on record then.
  func document(_ slug: DocumentSlug, knownAt: Instant?) async throws -> Document {
    let current = try await requireDocument(slug)
    guard let knownAt else { return current }
    return try await record.document(slug, knownAt: knownAt) ?? current
  }

  /// The versions of a document with what happened to them, as far as it had happened by a moment and was known at another.
  func versions(of document: Document, at moment: AskedMoment?, knownAt: Instant?) async throws -> [PostedVersion] {
    let known = try self.moment(ofKnowledge: knownAt)
    let asked = moment?.instant(in: document.settings.zone)
    func counts(_ occasion: Occasion) -> Bool {
      occasion.recordedAt <= known && asked.map { occasion.happenedAt <= $0 } != false
    }
    return try await record.versions(of: document.slug).filter { counts($0.posting) }.map { version in
      var version = version
      version.events = version.events.filter { counts($0.occasion) }
      return version
    }
  }
}
