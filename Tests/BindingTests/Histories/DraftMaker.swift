import TermsModel

/// A text on the way from one version to the next, changed by lot, with what was changed.
struct DraftMaker {
  private(set) var clauses: [PostedText.Clause]
  private(set) var changes: [PostedChange] = []
  let label: VersionLabel
  /// The number of the next new clause.
  private(set) var next: Int

  init(clauses: [PostedText.Clause], label: VersionLabel, next: Int) {
    self.clauses = clauses
    self.label = label
    self.next = next
  }

  private static let labels: [ClauseLabel] = ["1", "2", "5", "9(a)", "9(b)", "6"]

  /// The text of a first version; of one after all others were withdrawn.
  static func first(_ label: VersionLabel, _ index: Int) -> [PostedText.Clause] {
    labels.enumerated().map { place, name in
      clause(LineageID(rawValue: place + 1 + index * 1_000), name, "as of \(label)")
    }
  }

  private static func clause(_ lineage: LineageID, _ label: ClauseLabel, _ words: String) -> PostedText.Clause {
    let text = "Clause \(lineage.rawValue) \(words)."
    return PostedText.Clause(
      lineage: lineage, label: label, heading: nil, text: text, source: "\(label) \(text)\n\n", role: .provision)
  }

  mutating func change(number: Int, _ lot: inout SeededGenerator) {
    let changeClass: ChangeClass = lot.one(of: [.material, .material, .material, .other, .other, .legalRequired])
    let kind = lot.one(of: [ChangeKind.modified, .modified, .modified, .modified] + ChangeKind.allCases)
    guard clauses.count > 2 || kind == .inserted else { return }
    let place = clauses.isEmpty ? 0 : lot.number(0...(clauses.count - 1))
    var (before, after): ([LineageID], [LineageID])
    var labels: [LineageID: ClauseLabel] = [:]
    var name: ClauseLabel
    switch kind {
    case .inserted:
      name = lot.one(of: ["3", "9(c)", "7"])
      insert(name, at: lot.number(0...clauses.count))
      (before, after) = ([], [LineageID(rawValue: next - 1)])
    case .deleted:
      if isNew(place) { return }
      name = clauses[place].label
      (before, after) = ([clauses[place].lineage], [])
      clauses.remove(at: place)
    case .split:
      name = clauses[place].label
      (before, after) = ([clauses[place].lineage], [clauses[place].lineage, LineageID(rawValue: next)])
      rewrite(place, number)
      insert(name, at: place + 1)
    case .merged:
      let gone = place == 0 ? 1 : place - 1
      if isNew(gone) { return }
      name = clauses[place].label
      (before, after) = ([clauses[gone].lineage, clauses[place].lineage], [clauses[place].lineage])
      labels = [clauses[gone].lineage: clauses[gone].label]
      rewrite(place, number)
      clauses.remove(at: gone)
    case .moved:
      rewrite(place, number)
      name = clauses[place].label
      (before, after) = ([clauses[place].lineage], [clauses[place].lineage])
      let clause = clauses.remove(at: place)
      clauses.insert(clause, at: lot.number(0...clauses.count))
    case .renamedTerm:
      let places = clauses.indices.filter { _ in lot.once(in: 2) }
      let touched = places.isEmpty ? [place] : places
      name = clauses[touched[0]].label
      before = touched.map { clauses[$0].lineage }
      after = before
      for place in touched {
        labels[clauses[place].lineage] = clauses[place].label
        rewrite(place, number)
      }
    case .renumbered:
      name = lot.one(of: ["9(d)", "8", "2(b)"])
      (before, after) = ([clauses[place].lineage], [clauses[place].lineage])
      rewrite(place, number, as: name)
    case .modified, .formatting:
      name = clauses[place].label
      (before, after) = ([clauses[place].lineage], [clauses[place].lineage])
      rewrite(place, number)
    }
    changes.append(
      PostedChange(
        number: number, kind: kind, changeClass: changeClass, before: before, after: after, label: name,
        legalBasis: changeClass == .legalRequired ? "a law" : nil, labels: labels))
  }

  /// Whether the version itself brings the clause: then it does not take it away as well.
  private func isNew(_ place: Int) -> Bool {
    let clause = clauses[place].lineage
    return changes.contains { $0.after.contains(clause) && !$0.before.contains(clause) }
  }

  private mutating func rewrite(_ place: Int, _ number: Int, as name: ClauseLabel? = nil) {
    clauses[place] = Self.clause(
      clauses[place].lineage, name ?? clauses[place].label, "as of \(label), change \(number)")
  }

  private mutating func insert(_ name: ClauseLabel, at place: Int) {
    clauses.insert(Self.clause(LineageID(rawValue: next), name, "new in \(label)"), at: place)
    next += 1
  }
}
