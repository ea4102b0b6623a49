package import TermsModel

/// The clauses that each version changed and that fell out of the text that stands: taken back with it, or written on what was
/// taken back (section 3.1, rule 11). The same for all developers, whomever it bound before.
///
/// - Parameter versions: those of the document that are known, in the order of posting, with what is known of them.
package func clausesTakenBack(document: Document, versions: [PostedVersion]) -> [VersionLabel: Set<LineageID>] {
  guard let first = versions.first, versions.contains(where: \.isWithdrawn) else { return [:] }
  let moments = versions.flatMap { version in
    [version.posting.recordedAt, version.posting.happenedAt] + version.events.map(\.occasion.recordedAt)
  }
  let last = moments.max() ?? first.posting.recordedAt
  let source = BindingAnswer.Source(
    document: document, versions: versions,
    facts: .reckoned(.byPosting, document: document.slug, versions: versions), incorporated: [])
  let computation = BindingComputation(source, BindingQuestion(at: last, knownAt: last))
  guard let (period, _) = computation.period else { return [:] }
  let course = computation.course(of: period)
  var clauses: [VersionLabel: Set<LineageID>] = [:]
  for entry in course.entries {
    let fallen = entry.steps.filter { course.falls[$0] != nil }.compactMap { course.steps[$0].clause }
    if !fallen.isEmpty { clauses[entry.version.label] = Set(fallen) }
  }
  return clauses
}
