package import Redlining
package import TermsModel

/// Gives each change of a redline its class, with the grounds that led there.
///
/// `other` has to be earned: every changed word must be shown harmless by a rule, or the words that are left must weigh too
/// little to bear an effect. What cannot be shown is `material`; it is proposed as `legal-required` where the changed words
/// themselves name the law that drives it.
package struct Classifier: Sendable {
  let weights: WordWeights
  let disabled: Set<Rule>

  package init() {
    self.init(without: [])
  }

  /// A classifier that leaves out some rules, to learn what each is worth.
  package init(without disabled: Set<Rule>) {
    self.init(weights: .trained, disabled: disabled)
  }

  init(weights: WordWeights, disabled: Set<Rule>) {
    self.weights = weights
    self.disabled = disabled
  }

  /// The class of each change of `redline`, in the order of its changes.
  package func classify(_ redline: Redline) -> [Classification] {
    let readings = readings(of: redline)
    let impact = DefinitionImpact(redline)
    var verdicts = readings.map { Verdict($0, decisive: decisive($0), citations: lawCitations($0), weights: weights) }
    assignLaws(readings, &verdicts)
    return zip(readings, verdicts).map { reading, verdict in
      Classification(changeClass: verdict.changeClass, grounds: grounds(reading, verdict, impact))
    }
  }

  /// The gravest of the classes; `nil` where nothing changed.
  package static func gravest(_ classifications: [Classification]) -> ChangeClass? {
    classifications.map(\.changeClass).max()
  }

  // MARK: Deciding

  /// What one change came to, before its grounds are written down.
  struct Verdict {
    var changeClass: ChangeClass
    let decisive: [Reading.Finding]
    /// The laws and authorities that its own words name.
    let citations: [LawFinder.Citation]
    /// Those that a neighbour names, where the law behind it is the neighbour's.
    var neighbouring: [LawFinder.Citation] = []

    init(_ reading: Reading, decisive: [Reading.Finding], citations: [LawFinder.Citation], weights: WordWeights) {
      self.decisive = decisive
      self.citations = citations
      if reading.isProven {
        changeClass = .other
      } else if reading.isForeign || !decisive.isEmpty || weights.showsEffect(Features(reading)) {
        changeClass = .material
      } else {
        changeClass = .other
      }
    }
  }

  func decisive(_ reading: Reading) -> [Reading.Finding] {
    guard !reading.isProven, !reading.isForeign else { return [] }
    return (Evidence.decisive(reading) + Evidence.wholeClause(reading)).filter { !disabled.contains($0.rule) }
  }

  func lawCitations(_ reading: Reading) -> [LawFinder.Citation] {
    guard !reading.isProven, !reading.isForeign else { return [] }
    let before = LawFinder.citations(in: reading.comparison.before) { reading.isOpen($0, .before) }
    let after = LawFinder.citations(in: reading.comparison.after) { reading.isOpen($0, .after) }
    return before.isEmpty && after.isEmpty ? [] : (after + before).filter { !disabled.contains($0.rule) }
  }

  /// Proposes as legally required what stands together and names, together, the law that drives it.
  ///
  /// A reader takes what was rewritten in one place as one: a notice that a law demands was put there by that law, though
  /// only one of its paragraphs names it. A numbered clause whose own words show an effect (a number, a duty, a party) is
  /// agreed for itself, whatever came to stand beside it.
  private func assignLaws(_ readings: [Reading], _ verdicts: inout [Verdict]) {
    for together in Self.together(readings) {
      let grave = together.filter { verdicts[$0].changeClass == .material && !readings[$0].isForeign }
      let citations = grave.flatMap { verdicts[$0].citations }
      guard !citations.isEmpty else { continue }
      let open = together.filter { !readings[$0].isProven && !readings[$0].isForeign }
      let features = Features.law(open.map { readings[$0] }, citations: open.flatMap { verdicts[$0].citations })
      guard weights.law.answersYes(features) else { continue }
      for index in grave where follows(readings[index], verdicts[index].citations, verdicts[index].decisive) {
        verdicts[index].changeClass = .legalRequired
        if verdicts[index].citations.isEmpty { verdicts[index].neighbouring = citations }
      }
    }
  }

  /// Whether a change goes with the law that was found where it stands.
  func follows(_ reading: Reading, _ citations: [LawFinder.Citation], _ decisive: [Reading.Finding]) -> Bool {
    let isWhole = reading.kind == .inserted || reading.kind == .deleted
    return !citations.isEmpty || isWhole || !reading.section.isLabelled
      || !decisive.contains { Self.ofItself.contains($0.rule) }
  }

  /// Rules that show an effect which a clause has by itself.
  private static let ofItself: Set<Rule> = [.numberChanged, .party, .modality, .negation, .listItem, .standard]

  /// Runs of changes that no unchanged clause parts, a dozen at most.
  static func together(_ readings: [Reading]) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var start = 0
    while start < readings.count {
      var end = start + 1
      var place = readings[start].place
      while end < readings.count, end - start < mostTogether, readings[end].place.isNear(place) {
        place =
          min(place.lowerBound, readings[end].place.lowerBound)...max(place.upperBound, readings[end].place.upperBound)
        end += 1
      }
      runs.append(start..<end)
      start = end
    }
    return runs
  }

  /// How many neighbouring changes are laid at one law's door at most.
  private static let mostTogether = 12

  // MARK: Grounds

  private func grounds(_ reading: Reading, _ verdict: Verdict, _ impact: DefinitionImpact) -> [Ground] {
    var findings: [Reading.Finding] = []
    switch verdict.changeClass {
    case .other:
      findings = reading.findings + reading.unworded
      if !reading.isProven {
        findings.append(Reading.Finding(rule: .harmlessRewording, evidence: reading.openEvidence(limit: 4)))
      } else if findings.isEmpty {
        findings.append(Reading.Finding(rule: .typography, evidence: "the words are the same"))
      }
    case .legalRequired, .material:
      if verdict.changeClass == .legalRequired {
        findings += verdict.citations.map { Reading.Finding(rule: $0.rule, evidence: $0.text) }
        findings += verdict.neighbouring.prefix(2).map {
          Reading.Finding(rule: $0.rule, evidence: "\($0.text), named by the change that it stands with")
        }
      }
      if reading.isForeign {
        findings.append(Reading.Finding(rule: .otherLanguage, evidence: reading.openEvidence(limit: 1)))
      } else {
        findings +=
          verdict.decisive + impact.findings(reading) + reading.findings.filter { $0.rule.speaksFor == .material }
        findings += Evidence.findings(reading)
      }
      if !findings.contains(where: { $0.rule.speaksFor == .material }) {
        findings.append(Reading.Finding(rule: .unproven, evidence: reading.openEvidence(limit: 2)))
      }
    }
    return Self.unique(findings, most: 10).map { Ground(rule: $0.rule.rawValue, evidence: $0.evidence) }
  }

  private static func unique(_ findings: [Reading.Finding], most: Int) -> [Reading.Finding] {
    var kept: [Reading.Finding] = []
    for finding in findings where kept.count < most && !finding.evidence.isEmpty && !kept.contains(finding) {
      kept.append(finding)
    }
    return kept
  }
}

extension ClosedRange<Int> {
  /// Whether no whole clause lies between the two places, which are told in half clauses.
  fileprivate func isNear(_ other: ClosedRange<Int>) -> Bool {
    lowerBound <= other.upperBound + 2 && other.lowerBound <= upperBound + 2
  }
}
