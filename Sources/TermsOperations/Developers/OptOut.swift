internal import Binding
package import TermsModel

extension TermsRegistry {
  /// Records that a developer keeps the wording last agreed of some clauses of a version (section 3.1, rule 8).
  ///
  /// The choices go on record together, all or none; one that is named twice is one.
  /// - Returns: the version meant.
  /// - Throws: a refusal where the rules offer no opting out of a clause, the version did not change it for this developer,
  ///   or its last day has passed: a choice without effect would only look like one.
  @discardableResult
  package func optOut(
    _ developer: DeveloperID, of slug: DocumentSlug, version: VersionLabel?, clauses: [ClauseSelector],
    at happenedAt: Instant? = nil
  ) async throws -> VersionLabel {
    let label = try await requireStanding(developer, slug, version)
    let document = try await requireDocument(slug)
    let versions = try await record.versions(of: slug)
    let recordedAt = now()
    let moment = happenedAt ?? recordedAt
    var facts = try await record.facts(of: developer, document: slug)
    var acts: [RecordedAct] = []
    for clause in clauses.uniqued() {
      let act = AgreementAct.optedOut(label, clause)
      // As if it were on record: what would come of it is the rules' own answer.
      facts.acts.append(Fact(act, Occasion(happenedAt: moment, recordedAt: recordedAt, sequence: .max)))
      let answer = bindingAnswer(
        document: document, versions: versions, facts: facts,
        question: BindingQuestion(at: moment, knownAt: recordedAt))
      guard answer.bound else { throw TermsRefusal.notBound(developer, slug) }
      // A version that the developer agreed to as a whole, on joining, leaves no earlier wording to keep.
      guard label != answer.versions.first?.version else {
        throw TermsRefusal.nothingToKeep(clause, label, developer)
      }
      for basis in answer.basis where basis.version == label {
        guard case .optOutFlawed(clause, _, let flaw) = basis.step else { continue }
        switch flaw {
        case .notOffered:
          let profile = (versions.first { $0.label == label }?.settings ?? document.settings).profile
          throw TermsRefusal.optOutNotOffered(clause, offered: profile.optOut.flatMap(\.clauses))
        case .nothingToKeep: throw TermsRefusal.nothingToKeep(clause, label, developer)
        case .tooLate(let lastDay): throw TermsRefusal.optOutTooLate(clause, label, lastDay: lastDay)
        }
      }
      acts.append(RecordedAct(.agreement(developer, slug, act), happenedAt: moment))
    }
    try await perform(acts, at: recordedAt)
    return label
  }
}
