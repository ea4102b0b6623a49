import TermsModel

extension ReferenceModel {
  /// The words of each clause that binds: those agreed to, then version by version what is in force of it. After the end of
  /// the agreement, those that survive. `nil` where nothing binds.
  func words(by clauses: ReferenceClauses?) -> [LineageID: PlainWords]? {
    guard let clauses, let (_, _, hasEnded) = agreement(), let (words, labels) = wordsAndLabels(clauses, before: nil)
    else { return nil }
    guard hasEnded else { return words }
    return words.filter { clause, _ in
      labels[clause].map { label in document.settings.profile.survival.contains { $0.selects(label) } } ?? false
    }
  }

  /// The words that bind but for what a version and those after it bring.
  func words(by clauses: ReferenceClauses, before index: Int) -> [LineageID: String]? {
    wordsAndLabels(clauses, before: index)?.words.mapValues(\.source)
  }

  /// The words that a version was compared with when it was posted: those that would have bound whoever joined then.
  func wordsComparedWith(_ index: Int) -> [LineageID: String]? {
    let posting = versions[index].posting
    let before = versions[..<index].map { version in
      var version = version
      version.events = version.events.filter { $0.occasion.sequence < posting.sequence }
      return version
    }
    var facts = DeveloperFacts(developer: "somebody", document: document.slug)
    facts.acts = [Fact(.agreed, Occasion(happenedAt: .endOfTime, recordedAt: .endOfTime, sequence: .max))]
    let model = ReferenceModel(document, before, facts, texts: texts, at: .endOfTime, known: .endOfTime)
    return model.words(by: model.clauses())?.mapValues(\.source)
  }

  private func wordsAndLabels(_ clauses: ReferenceClauses, before limit: Int?) -> (
    words: [LineageID: PlainWords], labels: [LineageID: ClauseLabel]
  )? {
    guard let (agreement, reading, _) = agreement(), let agreed = agreedVersion(of: agreement),
      versions[agreed].posting.happenedAt <= reading
    else { return nil }
    let since = zone.date(of: max(agreement.joined.occasion.happenedAt, versions[agreed].posting.happenedAt))
    var words: [LineageID: PlainWords] = [:]
    var labels: [LineageID: ClauseLabel] = [:]
    for clause in texts[versions[agreed].label]?.clauses ?? [] {
      words[clause.lineage] = PlainWords(
        source: clause.source, version: versions[agreed].label, changeClass: nil, since: since)
      labels[clause.lineage] = clause.label
    }
    for index in clauses.indices
    where versions[index].posting.happenedAt <= reading && limit.map({ index < $0 }) != false {
      let label = versions[index].label
      for piece in clauses.pieces[index] {
        guard let clause = piece.clause, case .inForce(let day) = clauses.state(of: piece, in: index, at: reading)
        else {
          continue
        }
        let posted = texts[label]?.clauses.first { $0.lineage == clause }
        words[clause] = posted.map {
          PlainWords(
            source: $0.source, version: label, changeClass: clauses.changeClass(of: piece, in: index), since: day)
        }
        labels[clause] = posted?.label
      }
    }
    return (words, labels)
  }
}
