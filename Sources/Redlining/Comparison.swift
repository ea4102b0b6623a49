internal import TermsModel

/// Compares two wordings: aligns the clauses, compares their words, and names what happened.
struct Comparison {
  private var aligner: Aligner
  /// What the words of each aligned group came to.
  private var compared: [Compared?] = []
  private var renamings: [Renaming] = []
  private let before: Wording
  private let after: Wording

  private struct Compared {
    var before: ComparedText
    var after: ComparedText
    var matches: [Match]
    /// Whether the words differ otherwise than in their dress and in renamed terms.
    var differs: Bool { matches.reduce(0) { $0 + $1.count } * 2 != before.tokens.count + after.tokens.count }
  }

  private struct Renaming {
    var pair: RenamedTerms.Pair
    var before: String
    var after: String
  }

  init(before: Wording, after: Wording, foldings: Set<Folding>) {
    self.before = before
    self.after = after
    aligner = Aligner(before: ClauseSide(before), after: ClauseSide(after), foldings: foldings)
  }

  mutating func run() -> (changes: [Change], links: [ClauseLink]) {
    if before.source.utf8.elementsEqual(after.source.utf8), before.clauses == after.clauses {
      let links = aligner.before.clauses.map { ClauseLink(before: [$0], after: [$0]) }
      return ([], links)
    }
    aligner.align()
    compareWords()
    findRenamedTerms()
    return (changes(), links())
  }

  // MARK: - Words

  private mutating func compareWords() {
    compared = Array(repeating: nil, count: aligner.alignment.groups.count)
    var script = WordScript()
    for (index, group) in aligner.alignment.groups.enumerated() {
      guard let group else { continue }
      if group.before.count == 1, group.after.count == 1,
        aligner.before.words[group.before[0]].utf8.elementsEqual(aligner.after.words[group.after[0]].utf8)
      {
        continue
      }
      compared[index] = compare(group, &script)
    }
  }

  private mutating func compare(_ group: Alignment.Group, _ script: inout WordScript) -> Compared {
    var (x, y) = (ComparedText(), ComparedText())
    for b in group.before {
      aligner.before.tokenize(b, with: &aligner.tokenizer)
      x.append(aligner.before.words[b], aligner.before.tokens[aligner.before.range(b)])
    }
    for a in group.after {
      aligner.after.tokenize(a, with: &aligner.tokenizer)
      y.append(aligner.after.words[a], aligner.after.tokens[aligner.after.range(a)])
    }
    x.number(renamed: [:])
    y.number(renamed: aligner.renamed)
    let matches = x.numbers.withUnsafeBufferPointer { p in
      y.numbers.withUnsafeBufferPointer { q in script.compare(p, q) }
    }
    return Compared(before: x, after: y, matches: matches)
  }

  // MARK: - Renamed terms

  private mutating func findRenamedTerms() {
    var terms = RenamedTerms()
    var texts: [UInt32: String] = [:]
    for case let compared? in compared where compared.differs {
      terms.note(compared.before, compared.after, compared.matches)
    }
    let wanted = Set(
      terms.counts.filter { $0.value >= Thresholds.fewestRenamings }.flatMap { [$0.key.before, $0.key.after] })
    guard !wanted.isEmpty else { return }
    for case let compared? in compared {
      for token in compared.before.tokens where wanted.contains(token.number) && texts[token.number] == nil {
        texts[token.number] = String(decoding: compared.before.bytes[Int(token.start)..<Int(token.end)], as: UTF8.self)
      }
      for token in compared.after.tokens where wanted.contains(token.number) && texts[token.number] == nil {
        texts[token.number] = String(decoding: compared.after.bytes[Int(token.start)..<Int(token.end)], as: UTF8.self)
      }
    }
    var (inBefore, inAfter): ([UInt32: Int], [UInt32: Int]) = ([:], [:])
    for b in 0..<aligner.before.count {
      aligner.before.tokenize(b, with: &aligner.tokenizer)
      for number in aligner.numbers(before: b) where wanted.contains(number) { inBefore[number, default: 0] += 1 }
    }
    for a in 0..<aligner.after.count {
      aligner.after.tokenize(a, with: &aligner.tokenizer)
      for number in aligner.numbers(after: a) where wanted.contains(number) { inAfter[number, default: 0] += 1 }
    }
    let pairs = terms.found(
      isTerm: { texts[$0].map { $0.first?.isUppercase == true } ?? false },
      occurrences: { (inBefore[$0] ?? 0, inAfter[$0] ?? 0) })
    for pair in pairs where aligner.renamed[pair.after] == nil {
      guard let old = texts[pair.before], let new = texts[pair.after] else { continue }
      aligner.renamed[pair.after] = pair.before
      renamings.append(Renaming(pair: pair, before: old, after: new))
    }
    guard !renamings.isEmpty else { return }
    aligner.alignFolded()
    aligner.alignLike()
    compareWords()
  }

  // MARK: - What happened

  private func links() -> [ClauseLink] {
    aligner.alignment.groups.compactMap { group in
      group.map { group in
        ClauseLink(
          before: group.before.map { aligner.before.clauses[$0] }, after: group.after.map { aligner.after.clauses[$0] })
      }
    }.sorted { $0.before[0] < $1.before[0] }
  }

  private func changes() -> [Change] {
    let moved = movedGroups()
    var changes: [Change] = []
    var followers: [Int: [Following]] = [:]
    var firstRenumbered: Int?
    let labels = labelMap()
    // Renamed terms stand first: they are said of the whole document.
    for renaming in renamings { changes.append(change(of: renaming)) }
    var crossReferences: [Following] = []
    var nextDeleted = 0
    func deletions(upTo end: Int) {
      while nextDeleted < end {
        if aligner.alignment.isFree(before: nextDeleted) {
          changes.append(
            Change(
              kind: .deleted, before: [aligner.before.clauses[nextDeleted]], after: [],
              edits: Self.whole(aligner.before.words[nextDeleted], .delete)))
        }
        nextDeleted += 1
      }
    }
    for a in 0..<aligner.after.count {
      let index = aligner.alignment.groupOfAfter[a]
      guard index >= 0, let group = aligner.alignment.groups[index] else {
        changes.append(
          Change(
            kind: .inserted, before: [], after: [aligner.after.clauses[a]],
            edits: Self.whole(aligner.after.words[a], .insert)))
        continue
      }
      guard group.after[0] == a else { continue }
      if !moved.contains(index) { deletions(upTo: group.before[0]) }
      guard let kind = kind(of: group, index, isMoved: moved.contains(index)) else { continue }
      let edits: [Edit]
      if let compared = compared[index] {
        edits = EditWriter.edits(from: compared.before, to: compared.after, matches: plainMatches(compared))
      } else {
        edits = Self.whole(aligner.after.words[a], .equal)
      }
      let befores = group.before.map { aligner.before.clauses[$0] }
      let afters = group.after.map { aligner.after.clauses[$0] }
      if kind == .modified, let compared = compared[index] {
        if !compared.differs {
          // Nothing but renamed terms: told once, by the renaming.
          followers[0, default: []].append(Following(before: befores[0], after: afters[0], edits: edits))
          continue
        }
        if onlyCrossReferences(compared, labels) {
          crossReferences.append(Following(before: befores[0], after: afters[0], edits: edits))
          continue
        }
      }
      if kind == .renumbered && firstRenumbered == nil { firstRenumbered = changes.count }
      changes.append(Change(kind: kind, before: befores, after: afters, edits: edits))
    }
    deletions(upTo: aligner.before.count)
    for (index, followers) in followers where index < changes.count { changes[index].following = followers }
    if !crossReferences.isEmpty {
      if let firstRenumbered {
        changes[firstRenumbered].following = crossReferences
      } else {
        changes += crossReferences.map {
          Change(kind: .modified, before: [$0.before], after: [$0.after], edits: $0.edits)
        }
      }
    }
    return changes
  }

  /// The shared runs with renamed terms shown as changed, as the edits of a change show every word.
  private func plainMatches(_ compared: Compared) -> [Match] {
    guard !renamings.isEmpty else { return compared.matches }
    var matches: [Match] = []
    for match in compared.matches {
      var start = 0
      for offset in 0..<match.count
      where compared.before.tokens[match.before + offset].number != compared.after.tokens[match.after + offset].number {
        if offset > start {
          matches.append(Match(before: match.before + start, after: match.after + start, count: offset - start))
        }
        start = offset + 1
      }
      if match.count > start {
        matches.append(Match(before: match.before + start, after: match.after + start, count: match.count - start))
      }
    }
    return matches
  }

  private func change(of renaming: Renaming) -> Change {
    var (befores, afters): ([Int], [Int]) = ([], [])
    var occurrences = 0
    for b in 0..<aligner.before.count where aligner.numbers(before: b).contains(renaming.pair.before) {
      befores.append(aligner.before.clauses[b])
    }
    for a in 0..<aligner.after.count {
      let count = aligner.numbers(after: a).reduce(0) { $0 + ($1 == renaming.pair.after ? 1 : 0) }
      if count > 0 { afters.append(aligner.after.clauses[a]) }
      occurrences += count
    }
    return Change(
      kind: .renamedTerm, before: befores, after: afters,
      edits: [Edit(op: .delete, text: renaming.before), Edit(op: .insert, text: renaming.after)],
      renamed: RenamedTerm(before: renaming.before, after: renaming.after, occurrences: occurrences))
  }

  private static func whole(_ text: String, _ op: Edit.Operation) -> [Edit] {
    text.isEmpty ? [] : [Edit(op: op, text: text)]
  }

  /// What became of an aligned group; `nil` where nothing did.
  private func kind(of group: Alignment.Group, _ index: Int, isMoved: Bool) -> ChangeKind? {
    if group.after.count > 1 { return .split }
    if group.before.count > 1 { return .merged }
    if isMoved { return .moved }
    if let compared = compared[index] {
      if compared.differs { return .modified }
      let hasRenamed = !renamings.isEmpty && plainMatches(compared) != compared.matches
      if hasRenamed { return .modified }
    }
    let (old, new) = (aligner.before.clause(group.before[0]), aligner.after.clause(group.after[0]))
    if isRenumbered(group.before[0], group.after[0]) { return .renumbered }
    if compared[index] != nil || !dress(old, before).elementsEqual(dress(new, after)) { return .formatting }
    return nil
  }

  /// A clause's own bytes in the source, without the blank lines after it.
  private func dress(_ clause: Clause, _ wording: Wording) -> Substring.UTF8View {
    let source = wording.source.utf8
    let start = source.index(source.startIndex, offsetBy: clause.bytes.lowerBound)
    var end = source.index(source.startIndex, offsetBy: clause.bytes.upperBound)
    while end > start, source[source.index(before: end)] <= 0x20 { end = source.index(before: end) }
    return Substring(wording.source[start..<end]).utf8
  }

  /// Whether a clause bears another number of its own: one that no renumbered clause above it explains.
  private func isRenumbered(_ b: Int, _ a: Int) -> Bool {
    let (old, new) = (aligner.before.clause(b), aligner.after.clause(a))
    guard old.label != new.label, old.paragraph == 1 || new.paragraph == 1 else { return false }
    guard let own = old.label.path.last, let now = new.label.path.last else { return old.paragraph == new.paragraph }
    return own != now
  }

  private func movedGroups() -> Set<Int> {
    var pairs: [HeaviestChain.Pair] = []
    var indices: [Int] = []
    for b in 0..<aligner.before.count {
      let index = aligner.alignment.groupOfBefore[b]
      guard index >= 0, let group = aligner.alignment.groups[index], group.before[0] == b else { continue }
      pairs.append(.init(before: b, after: group.after[0], weight: aligner.weight(b)))
      indices.append(index)
    }
    let members = HeaviestChain.members(of: pairs)
    return Set(indices.indices.filter { !members[$0] }.map { indices[$0] })
  }

  // MARK: - Cross-references

  /// Old label to new, of every aligned clause that bears one.
  private func labelMap() -> [String: String] {
    var map: [String: String] = [:]
    for case let group? in aligner.alignment.groups {
      let (old, new) = (aligner.before.clause(group.before[0]), aligner.after.clause(group.after[0]))
      if old.paragraph == 1, !old.label.isEmpty, old.label != new.label { map["\(old.label)"] = "\(new.label)" }
    }
    return map
  }

  private func onlyCrossReferences(_ compared: Compared, _ labels: [String: String]) -> Bool {
    guard !labels.isEmpty else { return false }
    var (i, j) = (0, 0)
    for match in compared.matches + [
      Match(before: compared.before.tokens.count, after: compared.after.tokens.count, count: 0)
    ] {
      guard match.before - i == match.after - j else { return false }
      for offset in 0..<(match.before - i) {
        let old = text(compared.before, i + offset)
        let new = text(compared.after, j + offset)
        guard follows(old, new, labels) else { return false }
      }
      (i, j) = (match.before + match.count, match.after + match.count)
    }
    return true
  }

  private func follows(_ old: String, _ new: String, _ labels: [String: String]) -> Bool {
    if labels[old] == new { return true }
    let (x, y) = (old.split(separator: "."), new.split(separator: "."))
    guard x.count == y.count, x.count > 1, x.dropFirst().elementsEqual(y.dropFirst()) else { return false }
    return labels[String(x[0])] == String(y[0])
  }

  private func text(_ compared: ComparedText, _ token: Int) -> String {
    String(decoding: compared.bytes[Int(compared.tokens[token].start)..<Int(compared.tokens[token].end)], as: UTF8.self)
  }
}
