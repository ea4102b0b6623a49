package import Binding
package import TermsModel

extension TermsRegistry {
  /// By which agreement over another document a document binds a developer, who has none of their own over it that runs
  /// (section 3.1, rule 12): whoever wants to end it ends that one.
  /// - Parameter moment: now where not given.
  package func bindingAlong(_ facts: DeveloperFacts, _ document: Document, at moment: Instant? = nil) -> AgreementAlong?
  {
    let (now, settings) = (now(), document.settings)
    let moment = min(moment ?? now, now)
    let along = facts.bindingAlong(at: moment, known: now, profile: settings.profile, zone: settings.zone)
    return along.flatMap { along in
      let life = AgreementLife(acts: along.acts, profile: settings.profile, zone: settings.zone)
      return life.period(at: moment) == nil ? nil : along
    }
  }

  /// The documents that a developer has or had to do with, and those that bind along with them now, by their names.
  package func documentsConcerning(_ developer: DeveloperID) async throws -> [DocumentSlug] {
    let own = try await record.documents(of: developer)
    var all = Set(own)
    for slug in own {
      for named in try await requireDocument(slug).settings.incorporated.map(\.document) where !all.contains(named) {
        guard try await record.document(named) != nil, try await !record.versions(of: named).isEmpty,
          try await answerBinding(of: developer, under: named).bound
        else { continue }
        all.insert(named)
      }
    }
    return all.sorted()
  }
}
