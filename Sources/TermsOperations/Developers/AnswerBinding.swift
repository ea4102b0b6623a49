package import Binding
package import TermsModel

/// A moment as asked for: a date stands for its first moment in the document's zone.
package enum AskedMoment: Hashable, Sendable, CustomStringConvertible {
  case date(CalendarDate)
  case instant(Instant)

  /// The moment meant, for a document that counts its days in `zone`.
  package func instant(in zone: CivilZone) -> Instant {
    switch self {
    case .date(let date): zone.firstMoment(of: date)
    case .instant(let instant): instant
    }
  }

  package var description: String {
    switch self {
    case .date(let date): "\(date)"
    case .instant(let instant): "\(instant)"
    }
  }
}

extension TermsRegistry {
  /// Which words of a document bind a developer at a moment, from what was on record at another.
  ///
  /// - Parameters:
  ///   - moment: now where not given.
  ///   - knownAt: now where not given.
  /// - Throws: a refusal where the developer or the document is unknown.
  package func answerBinding(
    of developer: DeveloperID, under slug: DocumentSlug, at moment: AskedMoment? = nil, knownAt: Instant? = nil
  ) async throws -> BindingAnswer {
    _ = try await requireDeveloper(developer)
    let document = try await requireDocument(slug)
    let versions = try await record.versions(of: slug)
    let facts = try await record.facts(of: developer, document: slug)
    let now = now()
    if let knownAt, knownAt > now { throw TermsRefusal.notKnownYet(knownAt, now: now) }
    let question = BindingQuestion(
      at: moment?.instant(in: document.settings.zone) ?? now, knownAt: knownAt ?? now)
    return bindingAnswer(
      document: document, versions: versions, facts: facts,
      incorporated: try await incorporated(in: document, for: developer), question: question)
  }

  /// What is on record of the documents that bind along with one. One that is not on record here is left out: the answer
  /// says so.
  private func incorporated(in document: Document, for developer: DeveloperID) async throws -> [IncorporatedRecord] {
    var records: [IncorporatedRecord] = []
    for reference in document.settings.incorporated where reference.pinned == nil {
      guard let named = try await record.document(reference.document) else { continue }
      records.append(
        IncorporatedRecord(
          document: named, versions: try await record.versions(of: named.slug),
          facts: try await record.facts(of: developer, document: named.slug)))
    }
    return records
  }

  /// The documents over which the developer has an agreement, or had one.
  package func documents(of developer: DeveloperID) async throws -> [DocumentSlug] {
    _ = try await requireDeveloper(developer)
    let documents = try await record.documents(of: developer)
    guard !documents.isEmpty else { throw TermsRefusal.noAgreements(developer) }
    return documents
  }
}
