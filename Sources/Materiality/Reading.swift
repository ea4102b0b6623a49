internal import TermsModel

/// A change under judgement: its words on both sides, which of them changed, and which of those were shown harmless.
struct Reading: Sendable {
  /// Which side of a change a word stands on.
  enum Side: Sendable {
    case before, after

    var other: Side { self == .before ? .after : .before }
  }

  enum Mark: UInt8, Sendable {
    case same, changed, cleared
  }

  /// A rule that was met, with the words that met it.
  struct Finding: Hashable, Sendable {
    let rule: Rule
    let evidence: String
  }

  /// The place of the change in the redline.
  let index: Int
  let kind: ChangeKind
  /// Its clauses in either wording.
  let before: [Int]
  let after: [Int]
  /// Where it stands in the later text, in half clauses: a clause that is gone stands behind the one that was above it.
  let place: ClosedRange<Int>
  /// Whether it came or went together with the heading above it.
  let isUnderChangedHeading: Bool
  let comparison: WordComparison
  /// Where the clause stands, for rules that look at the heading above it.
  let section: Section
  private(set) var beforeMarks: [Mark]
  private(set) var afterMarks: [Mark]
  private(set) var findings: [Finding] = []

  init(
    index: Int, kind: ChangeKind, before: [Int], after: [Int], place: ClosedRange<Int>,
    isUnderChangedHeading: Bool, comparison: WordComparison, section: Section
  ) {
    self.index = index
    self.kind = kind
    self.before = before
    self.after = after
    self.place = place
    self.isUnderChangedHeading = isUnderChangedHeading
    self.comparison = comparison
    self.section = section
    beforeMarks = Array(repeating: .same, count: comparison.before.words.count)
    afterMarks = Array(repeating: .same, count: comparison.after.words.count)
    for hunk in comparison.hunks {
      for word in hunk.before { beforeMarks[word] = .changed }
      for word in hunk.after { afterMarks[word] = .changed }
    }
  }

  /// Whether either side is written in another language than English.
  var isForeign: Bool { comparison.before.isForeign || comparison.after.isForeign }

  func passage(_ side: Side) -> Passage { side == .before ? comparison.before : comparison.after }
  func marks(_ side: Side) -> [Mark] { side == .before ? beforeMarks : afterMarks }

  func isOpen(_ word: Int, _ side: Side) -> Bool {
    (side == .before ? beforeMarks[word] : afterMarks[word]) == .changed
  }

  func hasOpen(_ range: Range<Int>, _ side: Side) -> Bool { range.contains { isOpen($0, side) } }

  /// Whether every word of `range` came or went, and one at least was not shown harmless.
  func isWhole(_ range: Range<Int>, _ side: Side) -> Bool {
    let marks = marks(side)
    return hasOpen(range, side) && !range.contains { marks[$0] == .same }
  }

  /// The words of `range` that changed and were not shown harmless.
  func open(_ range: Range<Int>, _ side: Side) -> [Int] { range.filter { isOpen($0, side) } }

  /// Whether anything is left that was not shown harmless.
  var isProven: Bool { !beforeMarks.contains(.changed) && !afterMarks.contains(.changed) }

  /// The hunks as far as they are still open, widened to nothing and parted where cleared words stand between.
  var openHunks: [WordComparison.Hunk] {
    comparison.hunks.filter { hasOpen($0.before, .before) || hasOpen($0.after, .after) }
  }

  /// Marks changed words as shown harmless; says so once in the findings.
  mutating func clear(_ range: Range<Int>, _ side: Side, _ rule: Rule, _ evidence: @autoclosure () -> String) {
    var any = false
    for word in range where isOpen(word, side) {
      if side == .before { beforeMarks[word] = .cleared } else { afterMarks[word] = .cleared }
      any = true
    }
    if any { note(rule, evidence()) }
  }

  /// Marks the changed words of a hunk as shown harmless; the evidence is the hunk, unless other words say it better.
  mutating func clear(_ hunk: WordComparison.Hunk, _ rule: Rule, _ words: String? = nil) {
    let evidence = words ?? evidence(hunk)
    var any = false
    for word in hunk.before where isOpen(word, .before) {
      beforeMarks[word] = .cleared
      any = true
    }
    for word in hunk.after where isOpen(word, .after) {
      afterMarks[word] = .cleared
      any = true
    }
    if any { note(rule, evidence) }
  }

  mutating func note(_ rule: Rule, _ evidence: String) {
    let finding = Finding(rule: rule, evidence: evidence)
    if !findings.contains(finding) { findings.append(finding) }
  }

  /// The hunks that are still open, as evidence in one line.
  func openEvidence(limit: Int) -> String {
    let hunks = openHunks
    let shown = hunks.prefix(limit).map(evidence).joined(separator: "; ")
    return hunks.count > limit ? shown + "; …" : shown
  }

  /// What differs where the words do not.
  var dress: String {
    let (old, new) = (comparison.before, comparison.after)
    if old.labels != new.labels {
      return "labels: \(old.labels.joined(separator: ", ")) → \(new.labels.joined(separator: ", "))"
    }
    if old.targets != new.targets { return "only the targets of links differ" }
    return "the words are the same"
  }

  /// The hunk as `before → after`, `new: …` or `gone: …`.
  func evidence(_ hunk: WordComparison.Hunk) -> String {
    let old = comparison.before.quoted(hunk.before)
    let new = comparison.after.quoted(hunk.after)
    if old.isEmpty { return "new: \(new)" }
    if new.isEmpty { return "gone: \(old)" }
    return "\(old) → \(new)"
  }
}
