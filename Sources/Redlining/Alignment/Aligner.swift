internal import TermsModel

/// Finds which clauses of two wordings are the same, in stages; what a stage has settled stays settled.
///
/// 1. Clauses written alike at both ends of the documents: they are left out from the beginning (``SharedEnds``).
/// 2. Clauses written alike elsewhere: those that occur once on each side, then their neighbours, then repeated ones
///    in order, then what is left of them in another place.
/// 3. The same once more by their words, with dress and labels left aside.
/// 4. Clauses with most of their words in common, the likest first, and those that split or merged
///    (`Aligner+Likeness.swift`).
///
/// Every stage takes time in proportion to what it is given, or close to it: nothing is compared with everything.
struct Aligner {
  var before: Sheet
  var after: Sheet
  var tokenizer: Tokenizer
  var alignment: Alignment
  /// Counts of words, for likeness; as long as the lexicon.
  var bag = Bag()
  var script = WordScript()

  init(before: Sheet, after: Sheet, foldings: CanonicalText.Foldings) {
    self.before = before
    self.after = after
    tokenizer = Tokenizer(foldings: foldings)
    alignment = Alignment(before: before.count, after: after.count)
  }

  mutating func align() {
    alignEqual(by: .lines)
    readFree()
    alignEqual(by: .words)
    alignLike()
  }

  /// Aligns what is free once more, after renamed terms were found.
  mutating func alignAgain() {
    alignEqual(by: .words)
    alignLike()
  }

  // MARK: - 2 and 3. Equal clauses

  /// What has to be the same for two clauses to be equal.
  enum Measure {
    /// The lines as written, label and dress included.
    case lines
    /// The tokens.
    case words
  }

  mutating func readFree() {
    before.reserve(for: (0..<before.count).filter { alignment.isFree(before: $0) })
    after.reserve(for: (0..<after.count).filter { alignment.isFree(after: $0) })
    for place in 0..<before.count where alignment.isFree(before: place) { before.read(place, with: &tokenizer) }
    for place in 0..<after.count where alignment.isFree(after: place) { after.read(place, with: &tokenizer) }
  }

  private func areEqual(_ b: Int, _ a: Int, by measure: Measure) -> Bool {
    switch measure {
    case .lines: Sheet.areSameLines(before, b, after, a)
    case .words: before.numbers[before.range(b)].elementsEqual(after.numbers[after.range(a)])
    }
  }

  private func key(of sheet: Sheet, _ place: Int, by measure: Measure) -> UInt64 {
    switch measure {
    case .lines: ByteHash.of(sheet.lines(place))
    case .words: ByteHash.of(sheet.numbers[sheet.range(place)])
    }
  }

  /// Names of equal clauses, and how often each occurs among the free ones.
  private struct Names {
    /// The name of each clause's key; -1 where it was aligned before.
    var before: [Int32]
    var after: [Int32]
    var countBefore: [Int32]
    var countAfter: [Int32]
    var lastBefore: [Int32]
    var lastAfter: [Int32]
  }

  private func names(by measure: Measure) -> Names? {
    let freeBefore = (0..<before.count).filter { alignment.isFree(before: $0) }
    let freeAfter = (0..<after.count).filter { alignment.isFree(after: $0) }
    guard !freeBefore.isEmpty, !freeAfter.isEmpty else { return nil }
    var keys = KeyNames(capacity: freeBefore.count + freeAfter.count)
    var names = Names(
      before: Array(repeating: -1, count: before.count), after: Array(repeating: -1, count: after.count),
      countBefore: [], countAfter: [], lastBefore: [], lastAfter: [])
    for place in freeBefore { names.before[place] = Int32(keys.name(of: key(of: before, place, by: measure))) }
    for place in freeAfter { names.after[place] = Int32(keys.name(of: key(of: after, place, by: measure))) }
    names.countBefore = Array(repeating: 0, count: keys.count)
    names.countAfter = names.countBefore
    names.lastBefore = names.countBefore
    names.lastAfter = names.countBefore
    for place in freeBefore {
      names.countBefore[Int(names.before[place])] += 1
      names.lastBefore[Int(names.before[place])] = Int32(place)
    }
    for place in freeAfter {
      names.countAfter[Int(names.after[place])] += 1
      names.lastAfter[Int(names.after[place])] = Int32(place)
    }
    return names
  }

  mutating func alignEqual(by measure: Measure) {
    guard let names = names(by: measure) else { return }
    // Once on each side: an anchor wherever it stands, if it says enough; a short one only in order.
    var anchors: [HeaviestChain.Pair] = []
    for place in 0..<before.count where names.before[place] >= 0 {
      let name = Int(names.before[place])
      guard names.countBefore[name] == 1, names.countAfter[name] == 1 else { continue }
      let other = Int(names.lastAfter[name])
      if areEqual(place, other, by: measure) {
        anchors.append(.init(before: place, after: other))
      }
    }
    let isInOrder = HeaviestChain.members(of: anchors) { before.weight($0.before) }
    for (index, anchor) in anchors.enumerated() where isInOrder[index] || saysEnough(anchor.before) {
      alignment.join(anchor.before, anchor.after)
    }
    growEqual(names, by: measure)
    alignRepeated(names, by: measure)
    alignDisplaced(names, by: measure)
    growEqual(names, by: measure)
  }

  /// Equal clauses next to aligned ones are aligned.
  private mutating func growEqual(_ names: Names, by measure: Measure) {
    for b in 0..<before.count where alignment.isFree(before: b) {
      let a = b == 0 ? 0 : (alignment.after(of: b - 1) ?? -2) + 1
      guard a >= 0, a < after.count, alignment.isFree(after: a), names.before[b] == names.after[a],
        areEqual(b, a, by: measure)
      else { continue }
      alignment.join(b, a)
    }
    for b in (0..<before.count).reversed() where alignment.isFree(before: b) {
      let a = b == before.count - 1 ? after.count - 1 : (alignment.after(of: b + 1) ?? 0) - 1
      guard a >= 0, a < after.count, alignment.isFree(after: a), names.before[b] == names.after[a],
        areEqual(b, a, by: measure)
      else { continue }
      alignment.join(b, a)
    }
  }

  /// Repeated clauses, in order, between clauses that are aligned.
  private mutating func alignRepeated(_ names: Names, by measure: Measure) {
    var script = WordScript()
    for gap in gaps() {
      let b = gap.before.filter { alignment.isFree(before: $0) && names.countAfter[Int(names.before[$0])] > 0 }
      let a = gap.after.filter { alignment.isFree(after: $0) && names.countBefore[Int(names.after[$0])] > 0 }
      guard !b.isEmpty, !a.isEmpty else { continue }
      let matches = script.compare(b.map { UInt32(names.before[$0]) }, a.map { UInt32(names.after[$0]) })
      for match in matches {
        for offset in 0..<match.count
        where areEqual(b[match.before + offset], a[match.after + offset], by: measure) {
          alignment.join(b[match.before + offset], a[match.after + offset])
        }
      }
    }
  }

  /// What is left of equal clauses changed places, the first to the first.
  private mutating func alignDisplaced(_ names: Names, by measure: Measure) {
    var next = Array(repeating: Int32(-1), count: before.count)
    var first = Array(repeating: Int32(-1), count: names.countBefore.count)
    for b in (0..<before.count).reversed()
    where alignment.isFree(before: b) && names.countAfter[Int(names.before[b])] > 0 {
      next[b] = first[Int(names.before[b])]
      first[Int(names.before[b])] = Int32(b)
    }
    for a in 0..<after.count where alignment.isFree(after: a) {
      let name = Int(names.after[a])
      guard first[name] >= 0, saysEnough(Int(first[name])), areEqual(Int(first[name]), a, by: measure) else { continue }
      let b = Int(first[name])
      first[name] = next[b]
      alignment.join(b, a)
    }
  }

  /// Whether a clause of before has words enough to be recognised wherever it stands.
  func saysEnough(_ b: Int) -> Bool {
    var words = 0
    var isInWord = false
    for byte in before.lines(b) {
      let isWord = byte >= 0x80 || (byte | 0x20) &- 0x61 < 26
      if isWord, !isInWord {
        words += 1
        if words >= Thresholds.fewestWordsToMove { return true }
      }
      isInWord = isWord
    }
    return false
  }

  // MARK: - Order

  /// A stretch on both sides between clauses that are aligned and stayed in order.
  struct Gap {
    var before: Range<Int>
    var after: Range<Int>
  }

  /// The groups in the order of before, each by its first clauses, and which of them kept their order.
  func order() -> (pairs: [HeaviestChain.Pair], isInOrder: [Bool]) {
    var pairs: [HeaviestChain.Pair] = []
    pairs.reserveCapacity(before.count)
    for place in 0..<before.count {
      guard let group = alignment.group(from: place) else { continue }
      pairs.append(.init(before: place, after: group.after.lowerBound))
    }
    let isInOrder = HeaviestChain.members(of: pairs) { pair in
      alignment.group(from: pair.before)?.before.reduce(0) { $0 + before.weight($1) } ?? 0
    }
    return (pairs, isInOrder)
  }

  /// The stretches with clauses on both sides.
  func gaps() -> [Gap] {
    let (pairs, isInOrder) = order()
    var gaps: [Gap] = []
    var (b, a) = (0, 0)
    for (index, pair) in pairs.enumerated() where isInOrder[index] {
      if pair.before > b, pair.after > a { gaps.append(Gap(before: b..<pair.before, after: a..<pair.after)) }
      guard let group = alignment.group(from: pair.before) else { continue }
      (b, a) = (group.before.upperBound, group.after.upperBound)
    }
    if b < before.count, a < after.count { gaps.append(Gap(before: b..<before.count, after: a..<after.count)) }
    return gaps
  }
}
