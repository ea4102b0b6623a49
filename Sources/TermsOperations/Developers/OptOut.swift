internal import Binding
package import TermsModel

/// A clause whose earlier wording a developer can still keep (section 3.1, rule 8).
package struct OptOutOffer: Hashable, Sendable {
  /// The version that changed it.
  package let version: VersionLabel
  package let clause: ClauseSelector
  /// The last day for it; `nil` while none is known, since the change still waits for its notice.
  package let lastDay: CalendarDate?
}

extension TermsRegistry {
  /// Records that a developer keeps the wording last agreed of some clauses of a version (section 3.1, rule 8).
  ///
  /// The choices go on record together, all or none; one that is named twice is one.
  /// - Returns: the version meant.
  /// - Throws: a refusal where the rules offer no opting out of a clause, the version did not change it for this developer,
  ///   its last day has passed, or they opted out before: a choice without effect would only look like one.
  @discardableResult
  package func optOut(
    _ developer: DeveloperID, of slug: DocumentSlug, version: VersionLabel?, clauses: [ClauseSelector],
    at happenedAt: Instant? = nil
  ) async throws -> VersionLabel {
    let label = try await requireStanding(developer, slug, version)
    let recordedAt = now()
    let moment = happenedAt ?? recordedAt
    var choosing = OptingOut(
      document: try await requireDocument(slug), versions: try await record.versions(of: slug),
      facts: try await record.facts(of: developer, document: slug), moment: moment, recordedAt: recordedAt)
    var acts: [RecordedAct] = []
    for clause in clauses.uniqued() {
      try choosing.choose(clause, of: label)
      acts.append(RecordedAct(.agreement(developer, slug, .optedOut(label, clause)), happenedAt: moment))
    }
    try await perform(acts, at: recordedAt)
    return label
  }

  /// What a developer can opt out of now, by the version that changed it, oldest first: no more than what would count.
  package func optOutOffers(for developer: DeveloperID, under slug: DocumentSlug) async throws -> [OptOutOffer] {
    let moment = now()
    let choosing = OptingOut(
      document: try await requireDocument(slug), versions: try await record.versions(of: slug),
      facts: try await record.facts(of: developer, document: slug), moment: moment, recordedAt: moment)
    return choosing.offers
  }
}

/// The rules of opting out, asked about one developer at one moment.
private struct OptingOut {
  let document: Document
  let versions: [PostedVersion]
  var facts: DeveloperFacts
  let moment: Instant
  let recordedAt: Instant

  private var answer: BindingAnswer {
    bindingAnswer(
      document: document, versions: versions, facts: facts,
      question: BindingQuestion(at: moment, knownAt: recordedAt))
  }

  private func profile(of label: VersionLabel) -> RuleProfile {
    (versions.first { $0.label == label }?.settings ?? document.settings).profile
  }

  /// Takes a choice as if it were on record: what would come of it is the rules' own answer.
  mutating func choose(_ clause: ClauseSelector, of label: VersionLabel) throws {
    let touched = Self.touched(by: clause, in: answer.versions.first { $0.version == label })
    facts.acts.append(
      Fact(.optedOut(label, clause), Occasion(happenedAt: moment, recordedAt: recordedAt, sequence: .max)))
    let answer = answer
    guard answer.bound else { throw TermsRefusal.notBound(facts.developer, document.slug) }
    // A version that the developer agreed to as a whole, on joining, leaves no earlier wording to keep.
    guard label != answer.versions.first?.version else {
      throw TermsRefusal.nothingToKeep(clause, label, facts.developer)
    }
    for basis in answer.basis where basis.version == label {
      guard case .optOutFlawed(clause, _, let flaw) = basis.step else { continue }
      switch flaw {
      case .notOffered:
        throw TermsRefusal.optOutNotOffered(clause, offered: profile(of: label).optOut.flatMap(\.clauses))
      case .nothingToKeep: throw TermsRefusal.nothingToKeep(clause, label, facts.developer)
      case .tooLate(let lastDay): throw TermsRefusal.optOutTooLate(clause, label, lastDay: lastDay)
      }
    }
    if !touched.isEmpty, touched.allSatisfy({ $0.state == .optedOut }) {
      throw TermsRefusal.optedOutAlready(clause, label, facts.developer)
    }
  }

  var offers: [OptOutOffer] {
    answer.versions.dropFirst().flatMap { standing in
      profile(of: standing.version).optOut.flatMap { choice in
        choice.clauses.compactMap { clause -> OptOutOffer? in
          let touched = Self.touched(by: clause, in: standing)
          var asked = self
          guard touched.contains(where: { $0.state.day != nil }),
            (try? asked.choose(clause, of: standing.version)) != nil
          else { return nil }
          let days = touched.compactMap(\.state.settledDay)
          return OptOutOffer(
            version: standing.version, clause: clause, lastDay: days.max().map { $0.adding(days: choice.days) })
        }
      }
    }
  }

  private static func touched(
    by clause: ClauseSelector, in standing: BindingAnswer.VersionStanding?
  ) -> [BindingAnswer.ChangeStanding] {
    (standing?.changes ?? []).filter { clause.selects($0.change.label) }
  }
}
