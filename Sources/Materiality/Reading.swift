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
  let comparison: WordComparison
  /// Where the clause stands, for rules that look at the heading above it.
  let section: Section
  private(set) var beforeMarks: [Mark]
  private(set) var afterMarks: [Mark]
  private(set) var findings: [Finding] = []

  init(index: Int, kind: ChangeKind, comparison: WordComparison, section: Section) {
    self.index = index
    self.kind = kind
    self.comparison = comparison
    self.section = section
    beforeMarks = Array(repeating: .same, count: comparison.before.words.count)
    afterMarks = Array(repeating: .same, count: comparison.after.words.count)
    for hunk in comparison.hunks {
      for word in hunk.before { beforeMarks[word] = .changed }
      for word in hunk.after { afterMarks[word] = .changed }
    }
  }

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

  /// The hunk as `before → after`, `new: …` or `gone: …`.
  func evidence(_ hunk: WordComparison.Hunk) -> String {
    let old = comparison.before.quoted(hunk.before)
    let new = comparison.after.quoted(hunk.after)
    if old.isEmpty { return "new: \(new)" }
    if new.isEmpty { return "gone: \(old)" }
    return "\(old) → \(new)"
  }
}

/// The headings above a clause.
struct Section: Sendable {
  /// Stems of the words of the headings, the nearest first, and of the document's title where no heading stands between.
  let stems: [String]
  /// Whether nothing but a title that says "terms" or the like stands above.
  let isBare: Bool
  /// Whether it is a table of contents or a page's menu.
  let isContents: Bool

  static let bare = Section(stems: [], isBare: true, isContents: false)

  init(stems: [String], isBare: Bool, isContents: Bool) {
    self.stems = stems
    self.isBare = isBare
    self.isContents = isContents
  }

  init(headings: [String]) {
    let words = headings.flatMap { PassageScanner.passage(heading: nil, text: $0).words }
    stems = words.map(\.stem)
    let telling = words.filter {
      !Vocabulary.traits($0.stem).isSubset(of: [.function, .preposition]) || $0.kind != .plain
    }
    isBare = telling.allSatisfy { Section.titleStems.contains($0.stem) }
    let keys = Set(words.map(\.key))
    isContents = keys.contains("contents") || keys.contains("navigation") || keys.contains("menu")
  }

  private static let titleStems: Set<String> = Set(
    ["terms", "conditions", "service", "services", "use", "of", "and", "agreement", "user"].map(Stem.of))
}
