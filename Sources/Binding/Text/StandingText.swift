package import TermsModel

/// The text that stands of a document: what binds somebody who joins now (section 3.1, rules 5 and 11).
///
/// It is that of the last posted version, unless versions were withdrawn. What had taken effect of one on posting stays in
/// force, also for those who join; and where one was withdrawn after another had been posted on it, the later text still has
/// the words that were taken back, and they do not stand. The next version is compared with the text that stands.
package struct StandingText: Hashable, Sendable {
  /// The last version that was not withdrawn.
  package let version: PostedVersion
  /// The withdrawn versions of which words stay in force in the text; mostly none.
  package let remains: [VersionLabel]
  /// The withdrawn versions whose words stand in the posted text of ``version``, and not in this one; mostly none.
  package let removed: [VersionLabel]
  /// Under the label of ``version``, whose text it is, byte for byte, where nothing remains of others and nothing is removed.
  package let text: PostedText

  /// Whether it is the posted text of ``version``, byte for byte.
  package var isPosted: Bool { remains.isEmpty && removed.isEmpty }

  /// What it is where it is not the posted text of ``version``: `version v3, without the words of v2, withdrawn after it was
  /// posted`.
  package var departure: String? {
    if isPosted { return nil }
    func list(_ versions: [VersionLabel]) -> String { versions.map(\.rawValue).joined(separator: ", ") }
    var parts = ["version \(version.label)"]
    if !remains.isEmpty { parts.append("and what stays in force of \(list(remains)), withdrawn otherwise") }
    if !removed.isEmpty { parts.append("without the words of \(list(removed)), withdrawn after it was posted") }
    return parts.joined(separator: ", ")
  }
}

/// The text that stands of a document at a moment.
///
/// - Parameters:
///   - versions: all on record, in the order of posting.
///   - texts: those of the version by which who joins is bound, ``Swift/Array/base(joiningAt:)``, and of the ones after it;
///     others are ignored.
/// - Returns: `nil` where no version stands.
package func standingText(
  document: Document, versions: [PostedVersion], texts: [PostedText], at moment: Instant
) throws(ConsolidationError) -> StandingText? {
  guard let last = versions.lastIndex(where: { $0.stands(at: moment) }) else { return nil }
  let version = versions[last]
  guard let posted = texts.first(where: { $0.version == version.label }) else {
    throw .missingText(version.label)
  }
  let joining = DeveloperFacts.joining(document.slug, at: moment)
  let compiled = try consolidatedText(
    document: document, versions: versions, facts: joining, texts: texts,
    question: BindingQuestion(at: moment, knownAt: moment))
  guard let compiled, compiled.posted != version.label else {
    return StandingText(version: version, remains: [], removed: [], text: posted)
  }
  let sources = Set(compiled.clauses.map(\.version))
  return StandingText(
    version: version, remains: versions.filter { $0.isWithdrawn && sources.contains($0.label) }.map(\.label),
    removed: versions[..<last].filter { $0.hasLostWords(since: version, by: moment) }.map(\.label),
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
