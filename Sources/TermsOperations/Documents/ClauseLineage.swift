package import Binding
package import Redlining
package import TermsModel

/// A clause through the versions of its document, each wording beside what became of the one before.
package struct ClauseLineage: Sendable {
  package struct Entry: Sendable {
    package let wording: ClauseHistory.Wording
    package let postedOn: CalendarDate
    /// Whether it was taken back with the version, or stood on what was. What took effect on posting stays.
    package let isWithdrawn: Bool
    /// Against the wording before that was not taken back; `nil` for the first one.
    package let redline: Redline?
    /// The gravest class of the changes, after all corrections; `nil` where the version has it for the first time without a
    /// change told of.
    package let changeClass: ChangeClass?
    /// What the clauses are called that it split into or merged with.
    package let related: [String]
  }

  package let document: DocumentSlug
  package let lineage: LineageID
  package let entries: [Entry]

  /// What the clause is called through time, each name once: `7(a)`, `10.1`.
  package var names: [String] {
    entries.compactMap { $0.wording.clause }.map { $0.label.isEmpty ? $0.heading ?? "–" : $0.label.description }
      .uniqued()
  }
}

extension TermsRegistry {
  /// The wordings of a clause through all versions, whatever number it bore.
  ///
  /// - Parameters:
  ///   - moment: only versions posted by then; all where not given.
  ///   - knownAt: only what was on record by then; all where not given.
  ///   - name: its label (`7(a)`) or heading, in the latest version that has such a clause.
  /// - Returns: one for each clause of that name: paragraphs under one label are clauses of their own.
  /// - Throws: a refusal where no version has such a clause.
  package func history(
    of slug: DocumentSlug, clause name: String, at moment: AskedMoment? = nil, knownAt: Instant? = nil
  ) async throws -> [ClauseLineage] {
    let document = try await document(slug, knownAt: knownAt)
    let versions = try await versions(of: document, at: moment, knownAt: knownAt)
    guard !versions.isEmpty else { throw TermsRefusal.nothingPosted(slug) }
    var texts: [VersionLabel: PostedText] = [:]
    for version in versions { texts[version.label] = try await record.text(of: slug, version: version.label) }
    let histories = clauseHistories(named: name, versions: versions, texts: Array(texts.values))
    guard !histories.isEmpty else {
      let known = texts[versions[versions.count - 1].label]?.clauses ?? []
      throw TermsRefusal.unknownClause(
        name, slug,
        known: known.filter { $0.role == .provision && !$0.label.isEmpty }.map(\.label.description).uniqued())
    }
    let takenBack = clausesTakenBack(document: document, versions: versions)
    return histories.map { history in
      var before: PostedText.Clause?
      let entries = history.wordings.map { wording in
        let isTakenBack = takenBack[wording.version]?.contains(history.clause) == true
        // What comes after is compared with what stands.
        defer { if !isTakenBack { before = wording.clause ?? before } }
        let version = versions.first { $0.label == wording.version }
        return ClauseLineage.Entry(
          wording: wording, postedOn: document.settings.zone.date(of: wording.posting.happenedAt),
          isWithdrawn: isTakenBack,
          redline: before.map { Redline(before: alone($0), after: alone(wording.clause)) },
          changeClass: wording.changes.compactMap { change in version.map { $0.currentClass(of: change) } }.max(),
          related: wording.related.compactMap { lineage in
            texts[wording.version]?.clauses.first { $0.lineage == lineage }?.label.description
          })
      }
      return ClauseLineage(document: slug, lineage: history.clause, entries: entries)
    }
  }

  /// A clause as a text by itself.
  private func alone(_ clause: PostedText.Clause?) -> Wording {
    guard let clause else { return Wording(source: "", title: nil, clauses: []) }
    let single = PostedText.Clause(
      lineage: clause.lineage, label: clause.label, paragraph: clause.paragraph, heading: clause.heading,
      text: clause.text, source: clause.source, parent: nil, role: clause.role)
    return PostedText(version: VersionLabel(date: CalendarDate(dayNumber: 0), ordinal: 1), clauses: [single]).wording
  }
}
