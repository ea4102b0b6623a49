extension ClauseBuilder {
  /// What was learnt when the clauses of a text were built.
  struct Notes: Sendable {
    var marks: LabelMarks
    var furniture: [Bool]
    /// The clauses before their roles were found.
    var drafts: [Draft]
    var headings: [String]
    var outline: Outline
    var checkpoints: [Checkpoint]
  }

  /// A place between two blocks, with what the clauses after it depend on.
  struct Checkpoint: Sendable {
    var block: Int
    var drafts: Int
    /// Where the clause before it ends, before the next one took a parenthesis from it.
    var lastEnd: Int
    var state: Outline.State
  }

  /// A checkpoint at every so many blocks: each costs a copy of the outline, and sharing begins and ends at one.
  private static let spacing = 4

  /// Builds the clauses, and gives what helps with a text like this; `nil` where the text holds no words.
  mutating func buildNoting() -> Notes? {
    readMarks()
    findFurniture()
    var checkpoints: [Checkpoint] = []
    checkpoints.reserveCapacity(blocks.count / Self.spacing + 1)
    for index in blocks.indices {
      if index.isMultiple(of: Self.spacing), isSettled, marks[index]?.lacksOpening != true {
        checkpoints.append(
          Checkpoint(block: index, drafts: drafts.count, lastEnd: drafts.last?.end ?? 0, state: outline.state))
      }
      add(block: index)
    }
    let notes = Notes(
      marks: marks, furniture: furniture, drafts: drafts, headings: headings, outline: outline, checkpoints: checkpoints
    )
    return complete() ? notes : nil
  }

  /// Builds the clauses, and takes over those that came of the same blocks in the same place of the other text.
  mutating func build(like other: ParsedText, _ runs: [BlockRun]) -> Bool {
    let notes = other.clauses
    readMarks(like: notes.marks, runs)
    findFurniture()
    headings = notes.headings
    outline = Outline(labels: notes.outline)
    var sharing = ClauseSharing(runs, notes, other.blocks, count: blocks.count)
    var index = 0
    while index < blocks.count {
      if isSettled, marks[index]?.lacksOpening != true,
        let same = sharing.stretch(at: index, marks, furniture, outline)
      {
        take(notes, same)
        index = same.last.block + same.shift.blocks
      } else {
        add(block: index)
        index += 1
      }
    }
    return complete()
  }

  /// Whether no clause waits for a block to come.
  private var isSettled: Bool { drafts.last?.isOpen != true }

  private mutating func take(_ notes: Notes, _ same: ClauseSharing.Stretch) {
    let (first, last) = (same.first.drafts, same.last.drafts)
    let offset = drafts.count - first
    let clause = { (index: Int) in index >= first ? index + offset : same.open.mine(of: index) }
    for draft in notes.drafts[first..<last] {
      var place = draft.place
      place.parent = place.parent.map(clause)
      if place.counter < first, place.counter != -1 { place.paragraph += same.open.counted(under: place.counter) }
      append(draft.shifted(same.shift, to: place))
    }
    if first < last { endLast(at: same.last.lastEnd + same.shift.bytes) }
    outline.resume(same.last.state, same.open, clause)
  }
}

/// nothing that decides lies further on and differs.
struct ClauseSharing {
  private let runs: [BlockRun]
  private let notes: ClauseBuilder.Notes
  private let others: [Block]
  private let count: Int
  /// The run that the block at hand stands in, or the next one.
  private var run = 0 { didSet { upper = nil } }
  /// The last block of the run that may be followed by a clause that is taken over.
  private var upper: Int?
  /// The checkpoint at the block at hand, or the next one.
  private var checkpoint = 0

  struct Stretch {
    var first: ClauseBuilder.Checkpoint
    var last: ClauseBuilder.Checkpoint
    var shift: Draft.Shift
    /// What is open at its beginning.
    var open: Outline.Counterparts
  }

  init(_ runs: [BlockRun], _ notes: ClauseBuilder.Notes, _ others: [Block], count: Int) {
    self.runs = runs
    self.notes = notes
    self.others = others
    self.count = count
  }

  /// The checkpoints between which the clauses are the same, if they are from the block `index` on.
  mutating func stretch(
    at index: Int, _ marks: LabelMarks, _ furniture: [Bool], _ outline: Outline
  ) -> Stretch? {
    while run < runs.count, runs[run].after.upperBound <= index { run += 1 }
    guard run < runs.count, runs[run].after.contains(index) else { return nil }
    let (before, shift) = (runs[run].before, runs[run].shift)
    let block = index - shift.blocks
    while checkpoint < notes.checkpoints.count, notes.checkpoints[checkpoint].block < block { checkpoint += 1 }
    guard checkpoint < notes.checkpoints.count, notes.checkpoints[checkpoint].block == block else { return nil }
    let first = notes.checkpoints[checkpoint]
    guard let open = outline.counterparts(of: first.state) else { return nil }
    let upper = upper ?? before.last { others[$0].kind != .rule } ?? before.lowerBound
    self.upper = upper
    var safe = block
    while safe < upper, furniture[safe + shift.blocks] == notes.furniture[safe], isAheadAlike(safe, shift, marks) {
      safe += 1
    }
    while checkpoint + 1 < notes.checkpoints.count, notes.checkpoints[checkpoint + 1].block <= safe { checkpoint += 1 }
    let last = notes.checkpoints[checkpoint]
    return last.block > block ? Stretch(first: first, last: last, shift: shift, open: open) : nil
  }

  /// Whether the labels further on that say what the label of a block is are the same in both texts.
  private func isAheadAlike(_ block: Int, _ shift: Draft.Shift, _ marks: LabelMarks) -> Bool {
    guard notes.marks.has(block) else { return true }
    let isWeak = notes.marks[block]?.isWeak == true
    var (old, new) = (notes.marks.nextAlike(block), marks.nextAlike(block + shift.blocks))
    for _ in 0..<(isWeak ? ClauseBuilder.likesAhead : 1) {
      if old == nil, new == nil { return true }
      guard let place = old, let other = new, isSame(place, other) else { return false }
      (old, new) = (notes.marks.nextAlike(place), marks.nextAlike(other))
    }
    return true
  }

  private func isSame(_ block: Int, _ index: Int) -> Bool {
    var (low, high) = (run, runs.count)
    while low < high {
      let middle = (low + high) / 2
      if runs[middle].before.upperBound <= block { low = middle + 1 } else { high = middle }
    }
    return low < runs.count && runs[low].before.contains(block) && block + runs[low].shift.blocks == index
  }
}
