package import TermsModel

/// The words in force for one developer at one moment: every clause in the wording that binds, and no other.
///
/// A compilation: it is put together from posted versions, and each clause says which. Where nothing is pending it is the
/// posted text itself, byte for byte.
package struct ConsolidatedText: Hashable, Sendable {
  /// The words of one clause that bind.
  package struct InForce: Hashable, Sendable {
    package let clause: PostedText.Clause
    /// The version that the words came with: that of the change, or the one agreed to on joining.
    package let version: VersionLabel
    /// The class of the change that brought them; `nil` where they were agreed to on joining.
    package let changeClass: ChangeClass?
    /// The date from which on they bind.
    package let since: CalendarDate
  }

  /// What a later version makes of a clause and what does not bind yet, or not this developer.
  package struct Pending: Hashable, Sendable {
    package let version: VersionLabel
    package let changeClass: ChangeClass
    package let state: BindingAnswer.State
    /// The words to come; `nil` where the version has the clause no longer.
    package let clause: PostedText.Clause?
  }

  /// A clause: what binds of it, and what is pending.
  package struct Passage: Hashable, Sendable {
    package let clause: LineageID
    /// `nil` for a clause that is new and not in force yet.
    package let inForce: InForce?
    package let pending: [Pending]
  }

  package let developer: DeveloperID
  package let document: DocumentSlug
  package let question: BindingQuestion
  /// Whether the agreement has ended, so that these are the clauses that survive.
  package let isSurviving: Bool
  /// The version whose posted text this is, byte for byte; `nil` for a compilation of several, and for surviving clauses.
  package let posted: VersionLabel?
  /// In the order of the document.
  package let passages: [Passage]
  /// The text itself, without any mark: the sources of the clauses in force, joined.
  package let source: String

  /// What binds, clause by clause.
  package var clauses: [InForce] { passages.compactMap(\.inForce) }
}

/// Why a consolidated text cannot be put together.
package enum ConsolidationError: Error, Hashable {
  /// The text of a version that binds in whole or in part was not given.
  case missingText(VersionLabel)
}

extension ConsolidationError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .missingText(let version):
      "the text of version \(version) is missing, and words of it bind; give the texts of all versions posted by then"
    }
  }
}

/// Puts together the words in force for a developer at a moment.
///
/// - Parameter texts: those of the versions posted by then, from the one agreed to on joining on; others are ignored.
/// - Returns: `nil` where nothing binds: there was never an agreement, or nothing was posted.
package func consolidatedText(
  document: Document, versions: [PostedVersion], facts: DeveloperFacts, texts: [PostedText], question: BindingQuestion
) throws(ConsolidationError) -> ConsolidatedText? {
  let source = BindingAnswer.Source(document: document, versions: versions, facts: facts, incorporated: [])
  let computation = BindingComputation(source, question)
  guard let (period, hasEnded) = computation.period else { return nil }
  let course = computation.course(of: period)
  let reading = computation.reading(of: period)
  guard let agreed = computation.agreed(course), agreed.version.posting.happenedAt <= reading.instant else {
    return nil
  }
  var compiler = TextCompiler(course: course, reading: reading, texts: texts)
  try compiler.begin(with: agreed.version.label, since: agreed.since)
  for entry in course.entries where entry.version.posting.happenedAt <= reading.instant {
    try compiler.apply(entry)
  }
  let passages = compiler.passages()
  guard hasEnded else {
    return ConsolidatedText(
      developer: facts.developer, document: document.slug, question: question, isSurviving: false,
      posted: compiler.posted, passages: passages, source: compiler.source(of: passages))
  }
  let surviving = computation.profile.survival
  let kept = passages.filter { passage in
    guard let label = passage.inForce?.clause.label else { return false }
    return surviving.contains { $0.selects(label) }
  }.map { ConsolidatedText.Passage(clause: $0.clause, inForce: $0.inForce, pending: []) }
  return ConsolidatedText(
    developer: facts.developer, document: document.slug, question: question, isSurviving: true, posted: nil,
    passages: kept, source: compiler.source(of: kept))
}
