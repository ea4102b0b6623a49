package import TermsModel

/// The text that stands of a document: what binds somebody who joins now (section 3.1, rules 5 and 11).
///
/// It is the last posted version, unless versions were withdrawn since of which something had taken effect on posting. That
/// stays in force, also for those who join, and the next version is compared with a text that has it.
package struct StandingText: Hashable, Sendable {
  /// The last version that was not withdrawn.
  package let version: PostedVersion
  /// The withdrawn versions after it of which words stay in force; mostly none.
  package let remains: [VersionLabel]
  /// Under the label of ``version``, whose text it is, byte for byte, where nothing remains of others.
  package let text: PostedText
}

/// The text that stands of a document at a moment.
///
/// - Parameters:
///   - versions: all on record, in the order of posting.
///   - texts: those of the last version that was not withdrawn, and of the ones after it; others are ignored.
/// - Returns: `nil` where no version stands.
package func standingText(
  document: Document, versions: [PostedVersion], texts: [PostedText], at moment: Instant
) throws(ConsolidationError) -> StandingText? {
  guard let version = versions.last(where: { $0.stands(at: moment) }) else { return nil }
  guard let posted = texts.first(where: { $0.version == version.label }) else {
    throw .missingText(version.label)
  }
  let joining = DeveloperFacts.joining(document.slug, at: moment)
  let compiled = try consolidatedText(
    document: document, versions: versions, facts: joining, texts: texts,
    question: BindingQuestion(at: moment, knownAt: moment))
  guard let compiled, compiled.posted == nil else {
    return StandingText(version: version, remains: [], text: posted)
  }
  let others = Set(compiled.clauses.map(\.version)).subtracting([version.label])
  return StandingText(
    version: version, remains: versions.map(\.label).filter(others.contains),
    text: PostedText(version: version.label, title: posted.title, clauses: compiled.postable(from: texts)))
}

extension ConsolidatedText {
  /// The clauses in force as those of one text: each under the one that it stands under where its words were taken from, and
  /// parted by a blank line from one that it never stood beside.
  fileprivate func postable(from texts: [PostedText]) -> [PostedText.Clause] {
    let words = clauses
    let places = Dictionary(
      words.enumerated().map { ($1.clause.lineage, $0) }, uniquingKeysWith: { first, _ in first })
    return words.indices.map { index in
      let clause = words[index].clause
      let origin = texts.first { $0.version == words[index].version }?.clauses ?? []
      let parent = clause.parent.flatMap { origin.indices.contains($0) ? places[origin[$0].lineage] : nil }
      var source = clause.source
      if index + 1 < words.count, words[index + 1].version != words[index].version {
        while !source.hasSuffix("\n\n") { source += "\n" }
      }
      return PostedText.Clause(
        lineage: clause.lineage, label: clause.label, paragraph: clause.paragraph, heading: clause.heading,
        text: clause.text, source: source, parent: parent.flatMap { $0 < index ? $0 : nil }, role: clause.role)
    }
  }
}
