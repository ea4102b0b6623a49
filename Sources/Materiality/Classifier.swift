package import Redlining
package import TermsModel

/// Gives each change of a redline its class, with the grounds that led there.
///
/// `other` has to be earned: every changed word must be shown harmless by a rule, or weigh too little to bear an effect.
/// What cannot be shown is `material`; it is proposed as `legal-required` where the changed words themselves name the law
/// that drives it.
package struct Classifier: Sendable {
  let weights: WordWeights
  let disabled: Set<Rule>

  package init() {
    self.init(weights: .none, disabled: [])
  }

  /// A classifier that leaves out the rules of these names, to learn what each is worth.
  package init(without disabled: Set<Rule>) {
    self.init(weights: .none, disabled: disabled)
  }

  init(weights: WordWeights, disabled: Set<Rule>) {
    self.weights = weights
    self.disabled = disabled
  }

  /// The class of each change of `redline`, in the order of its changes.
  package func classify(_ redline: Redline) -> [Classification] {
    readings(of: redline).map(classification)
  }

  /// The gravest of the classes; `nil` where nothing changed.
  package static func gravest(_ classifications: [Classification]) -> ChangeClass? {
    classifications.map(\.changeClass).max()
  }

  // MARK: Reading

  func readings(of redline: Redline) -> [Reading] {
    var readings = redline.changes.enumerated().map { index, change in reading(index, change, redline) }
    let document = DocumentReading(readings, redline)
    let harmlessness = Harmlessness(document: document, disabled: disabled)
    for index in readings.indices { harmlessness.judge(&readings[index]) }
    return readings
  }

  private func reading(_ index: Int, _ change: Change, _ redline: Redline) -> Reading {
    let before = passage(change.before, redline.before)
    let after = passage(change.after, redline.after)
    let section = Section(headings: headings(change, redline))
    return Reading(
      index: index, kind: change.kind, comparison: WordComparison(before: before, after: after), section: section)
  }

  private func passage(_ clauses: [Int], _ wording: Wording) -> Passage {
    guard !clauses.isEmpty else { return .empty }
    let text = clauses.map { index in
      let clause = wording.clauses[index]
      guard let heading = clause.heading, !heading.isEmpty else { return clause.text }
      return "# " + heading.replacing("\n", with: " ") + "\n\n" + clause.text
    }.joined(separator: "\n\n")
    return PassageScanner.passage(heading: nil, text: text)
  }

  /// The headings above the clause, the nearest first; the document's title where there is none.
  private func headings(_ change: Change, _ redline: Redline) -> [String] {
    let wording = change.after.isEmpty ? redline.before : redline.after
    guard let first = change.after.first ?? change.before.first, first < wording.clauses.count else { return [] }
    var headings: [String] = []
    var at = wording.clauses[first].parent
    if let heading = wording.clauses[first].heading, !wording.clauses[first].text.isEmpty { headings.append(heading) }
    while let index = at {
      if let heading = wording.clauses[index].heading { headings.append(heading) }
      at = wording.clauses[index].parent
    }
    if headings.isEmpty, let title = wording.title { headings.append(title) }
    return headings
  }

  // MARK: Deciding

  func classification(_ reading: Reading) -> Classification {
    if reading.isProven {
      let findings =
        reading.findings.isEmpty
        ? [Reading.Finding(rule: .typography, evidence: typography(reading))] : reading.findings
      return Classification(
        changeClass: .other, grounds: findings.map { Ground(rule: $0.rule.rawValue, evidence: $0.evidence) })
    }
    if reading.comparison.before.isForeign || reading.comparison.after.isForeign {
      return Classification(
        changeClass: .material,
        grounds: [
          Ground(
            rule: Rule.otherLanguage.rawValue,
            evidence: "the words are not English: " + (reading.openHunks.first.map(reading.evidence) ?? ""))
        ])
    }
    let citations = lawCitations(reading)
    var findings = Evidence.findings(reading)
    if findings.isEmpty, let hunk = reading.openHunks.first {
      findings = [Reading.Finding(rule: .unproven, evidence: reading.evidence(hunk))]
    }
    let isLaw = citations.contains { $0.isNamed }
    let laws = citations.map { Reading.Finding(rule: $0.rule, evidence: $0.text) }
    return Classification(
      changeClass: isLaw ? .legalRequired : .material,
      grounds: ((isLaw ? laws : []) + findings).map { Ground(rule: $0.rule.rawValue, evidence: $0.evidence) })
  }

  func lawCitations(_ reading: Reading) -> [LawFinder.Citation] {
    let before = LawFinder.citations(in: reading.comparison.before) { reading.isOpen($0, .before) }
    let after = LawFinder.citations(in: reading.comparison.after) { reading.isOpen($0, .after) }
    return (after + before).filter { !disabled.contains($0.rule) }
  }

  private func typography(_ reading: Reading) -> String {
    let (before, after) = (reading.comparison.before, reading.comparison.after)
    if before.labels != after.labels {
      return "labels: \(before.labels.joined(separator: ", ")) → \(after.labels.joined(separator: ", "))"
    }
    if before.targets != after.targets { return "only the targets of links differ" }
    return "the words are the same"
  }
}
