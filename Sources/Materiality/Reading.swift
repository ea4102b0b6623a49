internal import TermsModel

/// A change under judgement: its words on both sides, which of them changed, and which of those were shown harmless.
final class Reading {
  /// Which side of a change a word stands on.
  enum Side: Sendable {
    case before, after

    var other: Side { self == .before ? .after : .before }
  }

  enum Mark: UInt8, Sendable {
    case same, changed, cleared
    /// Changed, and of a kind that no rule may clear.
    case kept
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
  /// Whether it may head others: some stand under it, or its own number is one of a section's.
  let isHeading: Bool
  /// The label it bore and the one it bears, as `3(c) → 3(d)`; `nil` where it is the same, or there is none.
  let renumbered: String?
  let comparison: WordComparison
  /// Where the clause stands, for rules that look at the heading above it.
  private(set) lazy var section = desk.section(before.first, after.first)
  /// What the words that came or went hold between them: a rule that needs what is not among them need not look.
  let changed: Gist
  /// Where the texts of its words stand.
  let desk: ReadingDesk
  /// The sentences in which words came or went, by side, and the blocks.
  private let sentencesBefore: [Stretch]
  private let sentencesAfter: [Stretch]
  private let blocksBefore: [ChangedBlock]
  private let blocksAfter: [ChangedBlock]
  private(set) var beforeMarks: [Mark]
  private(set) var afterMarks: [Mark]
  /// How many words of both sides changed and were not shown harmless.
  private var openCount = 0
  private(set) var findings: [Finding] = []

  /// A block in which words came or went, and its number.
  struct ChangedBlock {
    let number: Int
    let block: Block
    let gist: Gist

    var words: Range<Int> { block.words }
  }

  init(
    index: Int, kind: ChangeKind, before: [Int], after: [Int], place: ClosedRange<Int>,
    isUnderChangedHeading: Bool, isHeading: Bool, renumbered: String?, comparison: WordComparison, desk: ReadingDesk
  ) {
    self.index = index
    self.kind = kind
    self.before = before
    self.after = after
    self.place = place
    self.isUnderChangedHeading = isUnderChangedHeading
    self.isHeading = isHeading
    self.renumbered = renumbered
    self.comparison = comparison
    self.desk = desk
    sentencesBefore = Self.sentences(comparison.before, comparison.hunks, \.before)
    sentencesAfter = Self.sentences(comparison.after, comparison.hunks, \.after)
    blocksBefore = Self.blocks(comparison.before, comparison.hunks, \.before)
    blocksAfter = Self.blocks(comparison.after, comparison.hunks, \.after)
    beforeMarks = Array(repeating: .same, count: comparison.before.words.count)
    afterMarks = Array(repeating: .same, count: comparison.after.words.count)
    var changed = Gist()
    for hunk in comparison.hunks {
      for word in hunk.before {
        beforeMarks[word] = .changed
        changed.add(comparison.before.words[word])
      }
      for word in hunk.after {
        afterMarks[word] = .changed
        changed.add(comparison.after.words[word])
      }
      openCount += hunk.before.count + hunk.after.count
    }
    self.changed = changed
  }

  private static func sentences(
    _ passage: Passage, _ hunks: [WordComparison.Hunk], _ side: (WordComparison.Hunk) -> Range<Int>
  ) -> [Stretch] {
    var found: [Stretch] = []
    var next = 0
    for hunk in hunks {
      let range = side(hunk)
      guard let first = range.first, let last = range.last else { continue }
      let numbers = max(next, passage.words[first].sentence)..<max(next, passage.words[last].sentence + 1)
      for number in numbers {
        let words = passage.sentences[number]
        found.append(Stretch(words: words, gist: Gist(passage.words[words])))
      }
      next = numbers.upperBound
    }
    return found
  }

  private static func blocks(
    _ passage: Passage, _ hunks: [WordComparison.Hunk], _ side: (WordComparison.Hunk) -> Range<Int>
  ) -> [ChangedBlock] {
    var found: [ChangedBlock] = []
    var next = 0
    for hunk in hunks {
      let range = side(hunk)
      guard let first = range.first, let last = range.last else { continue }
      let numbers = max(next, passage.words[first].block)..<max(next, passage.words[last].block + 1)
      for number in numbers where !passage.blocks[number].words.isEmpty {
        let block = passage.blocks[number]
        found.append(ChangedBlock(number: number, block: block, gist: Gist(passage.words[block.words])))
      }
      next = numbers.upperBound
    }
    return found
  }

  /// The sentences in which words came or went, in order.
  func sentences(_ side: Side) -> [Stretch] { side == .before ? sentencesBefore : sentencesAfter }
  /// The blocks in which words came or went, in order.
  func blocks(_ side: Side) -> [ChangedBlock] { side == .before ? blocksBefore : blocksAfter }
  func words(_ side: Side) -> [Word] { passage(side).words }

  /// Whether either side is written in another language than English.
  var isForeign: Bool { comparison.before.isForeign || comparison.after.isForeign }

  func passage(_ side: Side) -> Passage { side == .before ? comparison.before : comparison.after }
  func marks(_ side: Side) -> [Mark] { side == .before ? beforeMarks : afterMarks }
  func range(_ hunk: WordComparison.Hunk, _ side: Side) -> Range<Int> { side == .before ? hunk.before : hunk.after }

  func isOpen(_ word: Int, _ side: Side) -> Bool {
    let mark = side == .before ? beforeMarks[word] : afterMarks[word]
    return mark == .changed || mark == .kept
  }

  func hasOpen(_ range: Range<Int>, _ side: Side) -> Bool { range.contains { isOpen($0, side) } }

  /// Whether every word of `range` came or went, and one at least was not shown harmless.
  func isWhole(_ range: Range<Int>, _ side: Side) -> Bool {
    let marks = marks(side)
    return hasOpen(range, side) && !range.contains { marks[$0] == .same }
  }

  /// The words of `range` that changed and were not shown harmless.
  func open(_ range: Range<Int>, _ side: Side) -> [Int] { range.filter { isOpen($0, side) } }

  /// The words of a hunk on one side that changed and were not shown harmless.
  func openWords(_ hunk: WordComparison.Hunk, _ side: Side) -> ArraySlice<Word> {
    let range = range(hunk, side)
    let words = passage(side).words
    if range.allSatisfy({ isOpen($0, side) }) { return words[range] }
    return range.filter { isOpen($0, side) }.map { words[$0] }[...]
  }

  /// Whether anything is left that was not shown harmless.
  var isProven: Bool { openCount == 0 }

  /// The hunks as far as they are still open, widened to nothing and parted where cleared words stand between.
  var openHunks: [WordComparison.Hunk] { comparison.hunks.filter { isOpen($0) } }

  /// Whether a word of the hunk is still open.
  func isOpen(_ hunk: WordComparison.Hunk) -> Bool { hasOpen(hunk.before, .before) || hasOpen(hunk.after, .after) }

  /// Whether a word of the same stem stands anywhere on a side.
  func hasStem(of word: Word, _ side: Side) -> Bool { passage(side).hasStem(word.stem) }

  /// Marks changed words as shown harmless; says so once in the findings.
  func clear(_ range: Range<Int>, _ side: Side, _ rule: Rule, _ evidence: @autoclosure () -> String) {
    if clear(range, side) { note(rule, evidence()) }
  }

  /// Marks changed words as shown harmless, and leaves it to the caller to say why.
  /// - Returns: whether there were any.
  @discardableResult
  func clear(_ range: Range<Int>, _ side: Side) -> Bool {
    let open = openCount
    for word in range where (side == .before ? beforeMarks[word] : afterMarks[word]) == .changed {
      if side == .before { beforeMarks[word] = .cleared } else { afterMarks[word] = .cleared }
      openCount -= 1
    }
    return openCount < open
  }

  /// Marks the changed words of a hunk as shown harmless; the evidence is the hunk, unless other words say it better.
  func clear(_ hunk: WordComparison.Hunk, _ rule: Rule, _ words: String? = nil) {
    let (gone, come) = (clear(hunk.before, .before), clear(hunk.after, .after))
    if gone || come { note(rule, words ?? evidence(hunk)) }
  }

  /// Marks the changed words of a hunk as such that no rule may clear.
  func keep(_ hunk: WordComparison.Hunk) {
    for word in hunk.before { beforeMarks[word] = .kept }
    for word in hunk.after { afterMarks[word] = .kept }
  }

  func isKept(_ hunk: WordComparison.Hunk) -> Bool {
    hunk.before.contains { beforeMarks[$0] == .kept } || hunk.after.contains { afterMarks[$0] == .kept }
  }

  func note(_ rule: Rule, _ evidence: String) {
    let finding = Finding(rule: rule, evidence: evidence)
    // More than a reader would read; a text of megabytes can have many thousands.
    if findings.count < 64, !findings.contains(finding) { findings.append(finding) }
  }

  /// The hunks that are still open, as evidence in one line.
  func openEvidence(limit: Int) -> String {
    let hunks = openHunks
    let shown = hunks.prefix(limit).map(evidence).joined(separator: "; ")
    return hunks.count > limit ? shown + "; …" : shown
  }

  /// What differs where the words do not: place, number, division, addresses, dress.
  var unworded: [Finding] {
    var found: [Finding] = []
    let (old, new) = (comparison.before, comparison.after)
    switch kind {
    case .moved:
      found.append(Finding(rule: .movedText, evidence: "the clause stands elsewhere: \(renumbered ?? "word for word")"))
    case .split:
      found.append(Finding(rule: .movedText, evidence: "one clause became \(after.count), its words the same"))
    case .merged:
      found.append(Finding(rule: .movedText, evidence: "\(before.count) clauses became one, their words the same"))
    default:
      if let renumbered { found.append(Finding(rule: .renumbering, evidence: renumbered)) }
    }
    found += addresses
    if found.isEmpty, old.labels != new.labels {
      let evidence = "\(old.labels.joined(separator: ", ")) → \(new.labels.joined(separator: ", "))"
      found.append(Finding(rule: .renumbering, evidence: "marks of items: \(evidence)"))
    }
    let isWhole = kind == .inserted || kind == .deleted
    if !isWhole, !old.hasTargets(of: new) {
      found.append(Finding(rule: .typography, evidence: "the targets of links differ"))
    }
    if isWhole, old.words.isEmpty, new.words.isEmpty {
      found.append(Finding(rule: .typography, evidence: "a clause without words"))
    }
    return found
  }

  /// Addresses that differ though they are compared as one word, since how to reach somebody is no rule.
  private var addresses: [Finding] {
    guard comparison.before.hasAddress else { return [] }
    var found: [Finding] = []
    var (i, j) = (0, 0)
    func compare(until end: Int) {
      while i < end, j < comparison.after.words.count, found.count < 4 {
        if comparison.before.words[i].isAddress {
          let (from, to) = (comparison.before.text(i..<i + 1), comparison.after.text(j..<j + 1))
          if from != to { found.append(Finding(rule: .contactDetails, evidence: "\(from) → \(to)")) }
        }
        (i, j) = (i + 1, j + 1)
      }
    }
    for hunk in comparison.hunks {
      compare(until: hunk.before.lowerBound)
      (i, j) = (hunk.before.upperBound, hunk.after.upperBound)
    }
    compare(until: comparison.before.words.count)
    return found
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
