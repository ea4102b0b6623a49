internal import TermsModel

/// Names what became of the clauses, in the reader's words.
///
/// A change that is several things is told by the gravest of them: that the clause split or merged, then that it moved,
/// then that its words changed, then its number, then its dress.
struct ChangeTeller {
  private var aligner: Aligner
  private let compared: ComparedGroups
  private let renamings: [Comparison.Renaming]
  private let references: CrossReferences
  private let displaced: Set<Int>
  private let littleWords: Set<UInt32>

  /// A clause whose words follow from a renumbering or a renaming, with the old label or the old term that it follows.
  private struct Follower {
    var following: Following
    var cited: String
  }

  init(_ aligner: Aligner, _ compared: ComparedGroups, _ renamings: [Comparison.Renaming]) {
    self.aligner = aligner
    self.compared = compared
    self.renamings = renamings
    references = CrossReferences(labels: Self.labels(aligner))
    displaced = Self.displaced(aligner)
    var lexicon = aligner.tokenizer.lexicon
    littleWords = Set(Self.littleWords.map { lexicon.number(of: $0) })
  }

  /// Words that carry no meaning by themselves.
  private static let littleWords = [
    "a", "an", "and", "any", "as", "at", "be", "by", "for", "in", "is", "it", "of", "on", "or", "that", "the", "this",
    "to", "we", "with", "you", "your", "our",
  ]

  /// The changes in the order of the after text, deletions where the clause was, renamed terms first.
  func changes() -> [Change] {
    var told: [Change] = []
    var renumberings: [String: Int] = [:]
    var followers: [Follower] = []
    var renamed: [Following] = []
    tellDeletions(after: nil, in: &told)
    for a in 0..<aligner.after.count {
      guard let b = aligner.alignment.before(of: a), let group = aligner.alignment.group(from: b) else {
        told.append(inserted(a))
        continue
      }
      guard group.after.upperBound == a + 1 else { continue }
      defer { if !displaced.contains(b) { tellDeletions(after: group, in: &told) } }
      guard let kind = kind(of: group) else { continue }
      let edits = self.edits(of: group)
      if kind == .modified, let words = compared[b], group.before.count == 1, group.after.count == 1 {
        let following = Following(before: aligner.before.index(b), after: aligner.after.index(a), edits: edits)
        if !words.differs, words.differsPlainly {
          renamed.append(following)
          continue
        }
        if let cited = citedLabels(words) {
          followers.append(Follower(following: following, cited: cited))
          continue
        }
      }
      if kind == .renumbered { renumberings[Self.citation(aligner.before[b].label)] = told.count }
      told.append(
        Change(
          kind: kind, before: aligner.before.indices(group.before), after: aligner.after.indices(group.after),
          edits: edits))
    }
    tell(followers, under: renumberings, in: &told)
    return renamings.map { change(of: $0, renamed) } + told
  }

  /// Tells the clauses that went from between a group that kept its order and the next such group.
  private func tellDeletions(after group: Alignment.Group?, in told: inout [Change]) {
    for place in (group?.before.upperBound ?? 0)..<aligner.before.count {
      if aligner.alignment.isFree(before: place) {
        told.append(deleted(place))
      } else if let first = aligner.alignment.first(before: place), !displaced.contains(first) {
        return
      }
    }
  }

  // MARK: - Changes

  private func inserted(_ a: Int) -> Change {
    Change(kind: .inserted, before: [], after: [aligner.after.index(a)], edits: whole(aligner.after, a, .insert))
  }

  private func deleted(_ b: Int) -> Change {
    Change(kind: .deleted, before: [aligner.before.index(b)], after: [], edits: whole(aligner.before, b, .delete))
  }

  private func whole(_ sheet: Sheet, _ place: Int, _ op: Edit.Operation) -> [Edit] {
    let words = sheet[place].words
    return words.isEmpty ? [] : [Edit(op: op, text: words)]
  }

  private func edits(of group: Alignment.Group) -> [Edit] {
    guard let words = compared[group.before.lowerBound] else {
      return whole(aligner.after, group.after.lowerBound, .equal)
    }
    guard words.differsPlainly else {
      return EditWriter.edits(from: words.before, to: words.after, matches: words.plainMatches)
    }
    let renamed = Set(renamings.map(\.old))
    let readability = Readability(words.before, words.after, littleWords: littleWords, renamed: renamed) {
      phrase, isBefore in
      isBefore ? aligner.before.defines(phrase) : aligner.after.defines(phrase)
    }
    return EditWriter.edits(from: words.before, to: words.after, matches: readability.improve(words.plainMatches))
  }

  /// What became of a group; `nil` where nothing did.
  private func kind(of group: Alignment.Group) -> ChangeKind? {
    if group.after.count > 1 { return .split }
    if group.before.count > 1 { return .merged }
    let (b, a) = (group.before.lowerBound, group.after.lowerBound)
    if displaced.contains(b) { return .moved }
    guard let words = compared[b] else { return nil }
    if words.differs { return .modified }
    if isRenumbered(b, a) { return .renumbered }
    if words.differsPlainly { return .modified }
    if words.before.bytes != words.after.bytes { return isDress(words) ? .formatting : .modified }
    guard aligner.before[b].label == aligner.after[a].label, !isSameLabel(b, a) else { return nil }
    return .formatting
  }

  /// Whether two clauses of the same words differ in nothing but backslashes: `\(a\)` and `(a)` are the same characters
  /// (CommonMark 0.31, section 2.4), and beside the words there is nothing to show of them.
  private func isSameLabel(_ b: Int, _ a: Int) -> Bool {
    guard aligner.tokenizer.foldings.contains(.escapes) else { return false }
    return CanonicalText.haveSameWords(
      String(decoding: aligner.before.lines(b), as: UTF8.self), String(decoding: aligner.after.lines(a), as: UTF8.self),
      folding: CanonicalText.Foldings(.escapes))
  }

  /// Whether texts of the same tokens differ in nothing but what is folded: white space is no token, and may count.
  private func isDress(_ words: Comparison.ComparedWords) -> Bool {
    let foldings = aligner.tokenizer.foldings
    if foldings == .all { return true }
    let (old, new) = (words.before.bytes, words.after.bytes)
    return CanonicalText.haveSameWords(
      String(decoding: old, as: UTF8.self), String(decoding: new, as: UTF8.self), folding: foldings)
  }

  /// Whether both bear numbers of their own, and not the same. A number that only follows from that of the clause above,
  /// as 8.1 does from 8, is not told again.
  private func isRenumbered(_ b: Int, _ a: Int) -> Bool {
    guard let old = aligner.before.ownLabel(b), let new = aligner.after.ownLabel(a) else { return false }
    return Self.bare(old) != Self.bare(new)
  }

  /// A step of a label without its dress: `(a)`, `a.` and `a` are one.
  private static func bare(_ step: String) -> String { step.filter { $0.isLetter || $0.isNumber } }

  /// The first clauses of the groups that did not keep their order.
  private static func displaced(_ aligner: Aligner) -> Set<Int> {
    let (pairs, isInOrder) = aligner.order()
    var displaced: Set<Int> = []
    for (index, pair) in pairs.enumerated() where !isInOrder[index] { displaced.insert(pair.before) }
    return displaced
  }

  // MARK: - Renamed terms

  private func change(of renaming: Comparison.Renaming, _ following: [Following]) -> Change {
    var (befores, afters): ([Int], [Int]) = ([], [])
    var occurrences = 0
    for b in 0..<aligner.before.count {
      guard let words = compared[b], let group = aligner.alignment.group(from: b) else { continue }
      let count = words.after.tokens.reduce(0) { $0 + ($1.number == renaming.new ? 1 : 0) }
      guard count > 0, words.before.tokens.contains(where: { $0.number == renaming.old }) else { continue }
      occurrences += count
      befores += aligner.before.indices(group.before)
      afters += aligner.after.indices(group.after)
    }
    let own = renaming.old == renamings[0].old ? following : []
    return Change(
      kind: .renamedTerm, before: befores, after: afters.sorted(),
      edits: [Edit(op: .delete, text: renaming.before), Edit(op: .insert, text: renaming.after)],
      renamed: RenamedTerm(before: renaming.before, after: renaming.after, occurrences: occurrences), following: own)
  }

  // MARK: - Cross-references

  /// A label as it is cited, without a word such as "Section" before it.
  private static func citation(_ label: ClauseLabel) -> String {
    let text = label.description
    guard let space = text.lastIndex(of: " ") else { return text }
    return String(text[text.index(after: space)...])
  }

  /// Old label to new, of every clause that bears another label now.
  private static func labels(_ aligner: Aligner) -> [String: String] {
    var labels: [String: String] = [:]
    for b in 0..<aligner.before.count {
      guard let a = aligner.alignment.after(of: b), aligner.before.ownLabel(b) != nil else { continue }
      if Sheet.areSameLines(aligner.before, b, aligner.after, a) { continue }
      let (old, new) = (citation(aligner.before[b].label), citation(aligner.after[a].label))
      if old != new, labels[old] == nil { labels[old] = new }
    }
    return labels
  }

  /// The old label that a text cites, where it differs from the old text only by citing clauses under new numbers.
  private func citedLabels(_ words: Comparison.ComparedWords) -> String? {
    guard !references.isEmpty, onlyLabelsChanged(words) else { return nil }
    let (updated, cited) = references.updated(words.before.tokens.map(words.before.text))
    guard let first = cited.first else { return nil }
    // Compared as the words stand, with renamed terms under their old name.
    let names = Dictionary(renamings.map { ($0.after, $0.before) }, uniquingKeysWith: { first, _ in first })
    let now = words.after.tokens.map { token in
      let text = words.after.text(token)
      return names[text] ?? text
    }
    guard updated.count == now.count else { return nil }
    let isSame = zip(updated, now).allSatisfy { old, new in old == new || isSameMark(old, new) }
    return isSame ? first : nil
  }

  /// Whether every changed word may be part of a citation: a number, a few letters, or a word such as "Section".
  private func onlyLabelsChanged(_ words: Comparison.ComparedWords) -> Bool {
    var (i, j) = (0, 0)
    for match in words.matches + [Match(before: words.before.tokens.count, after: words.after.tokens.count, count: 0)] {
      for token in words.before.tokens[i..<match.before] where !mayBeLabel(token, words.before) { return false }
      for token in words.after.tokens[j..<match.after] where !mayBeLabel(token, words.after) { return false }
      (i, j) = (match.before + match.count, match.after + match.count)
    }
    return true
  }

  private func mayBeLabel(_ token: Token, _ text: TokenText) -> Bool {
    token.end - token.start <= 4 || text.first(token) &- 0x30 < 10
      || CrossReferences.announces(text.text(token))
  }

  /// Whether two tokens differ only in the shape of a quotation mark or the like.
  private func isSameMark(_ old: String, _ new: String) -> Bool {
    var tokenizer = aligner.tokenizer
    return tokenizer.numbers(of: old) == tokenizer.numbers(of: new)
  }

  /// Adds the clauses that only cite a renumbered clause to the change that they follow.
  private func tell(_ followers: [Follower], under renumberings: [String: Int], in told: inout [Change]) {
    for follower in followers {
      guard let index = renumberings[follower.cited] ?? renumberings.values.min() else {
        told.append(
          Change(
            kind: .modified, before: [follower.following.before], after: [follower.following.after],
            edits: follower.following.edits))
        continue
      }
      told[index].follow(follower.following)
    }
  }
}
