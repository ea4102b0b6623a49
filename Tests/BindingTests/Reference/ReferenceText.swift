import TermsModel

extension ReferenceModel {
  /// The words of each clause that binds: those agreed to, then version by version what is in force of it. After the end of
  /// the agreement, those that survive. `nil` where nothing binds.
  func words(_ texts: [VersionLabel: PostedText], by clauses: ReferenceClauses?) -> [LineageID: PlainWords]? {
    guard let clauses, let (agreement, reading, hasEnded) = agreement(), let agreed = agreedVersion(of: agreement),
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
    for index in clauses.indices where versions[index].posting.happenedAt <= reading {
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
    guard hasEnded else { return words }
    return words.filter { clause, _ in
      labels[clause].map { label in document.settings.profile.survival.contains { $0.selects(label) } } ?? false
    }
  }
}
