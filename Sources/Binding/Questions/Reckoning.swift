package import TermsModel

/// How a version stands for a developer who has been bound all along and was told of each version on the day of its posting,
/// or who has no address: what can be said of all developers without looking at any of them.
///
/// Nobody is bound by a change of it earlier than the earlier of the two, joining and acceptance aside.
/// - Returns: `nil` for a document's first version, which such a developer agreed to as a whole.
package func reckonedStanding(
  of version: VersionLabel, told telling: Announcement.Telling, document: Document, versions: [PostedVersion],
  question: BindingQuestion
) -> BindingAnswer.VersionStanding? {
  guard versions.first.map({ $0.label != version }) == true else { return nil }
  let facts = DeveloperFacts.reckoned(telling, document: document.slug, versions: versions)
  let answer = bindingAnswer(document: document, versions: versions, facts: facts, question: question)
  return answer.versions.last { $0.version == version }
}

/// How every version but the first stands for such a developer, in the order of posting.
package func reckonedStandings(
  told telling: Announcement.Telling, document: Document, versions: [PostedVersion], question: BindingQuestion
) -> [BindingAnswer.VersionStanding] {
  guard let first = versions.first?.label else { return [] }
  let facts = DeveloperFacts.reckoned(telling, document: document.slug, versions: versions)
  return bindingAnswer(document: document, versions: versions, facts: facts, question: question)
    .versions.filter { $0.version != first }
}

extension DeveloperFacts {
  /// What would be on record of a developer who agreed to the first version on its posting and was told of each later one
  /// on the day of its posting, beyond doubt; or who has no address, so that no notice was sent.
  static func reckoned(
    _ telling: Announcement.Telling, document: DocumentSlug, versions: [PostedVersion]
  ) -> DeveloperFacts {
    var facts = DeveloperFacts(developer: .anyone, document: document)
    guard let first = versions.first?.posting else { return facts }
    facts.acts = [Fact(.agreed, first)]
    guard telling == .individually else { return facts }
    facts.hasAddress = [Fact(true, first)]
    facts.notices = versions.dropFirst().map { version in
      let step = NoticeStep(
        version: version.label, channel: .email, event: .received(.expresslyAccepted, by: "the reckoning"))
      return Fact(step, version.posting)
    }
    return facts
  }
}

extension DeveloperFacts {
  /// What would be on record of a developer who agrees now, after all else that is on record.
  static func joining(_ document: DocumentSlug, at moment: Instant) -> DeveloperFacts {
    var facts = DeveloperFacts(developer: .anyone, document: document)
    facts.acts = [Fact(.agreed, Occasion(happenedAt: moment, recordedAt: moment, sequence: .max))]
    return facts
  }
}

extension DeveloperID {
  /// A developer who stands for all of a kind.
  fileprivate static let anyone: DeveloperID = {
    guard let id = DeveloperID(rawValue: "anyone") else { preconditionFailure("'anyone' is a plain identifier") }
    return id
  }()
}
