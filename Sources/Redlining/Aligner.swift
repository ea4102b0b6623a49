internal import TermsModel

/// Finds which clauses of two wordings are the same, in stages; a clause that a stage has settled stays settled.
///
/// 1. Clauses at both ends that are alike byte for byte.
/// 2. Clauses alike byte for byte elsewhere: first those that occur once on each side, then their neighbours, then
///    repeated ones in order.
/// 3. The same once more with all dress folded away.
/// 4. Clauses that are alike in part: see ``Aligner/alignLike()``.
struct Aligner {
  var before: ClauseSide
  var after: ClauseSide
  var tokenizer: Tokenizer
  var alignment: Alignment
  /// Words renamed throughout, new to old: both read as the old one.
  var renamed: [UInt32: UInt32] = [:]

  init(before: ClauseSide, after: ClauseSide, foldings: Set<Folding>) {
    self.before = before
    self.after = after
    tokenizer = Tokenizer(foldings: foldings)
    alignment = Alignment(before: before.count, after: after.count)
  }

  mutating func align() {
    alignEnds()
    alignEqual(before.exactKeys, after.exactKeys, by: .bytes)
    tokenizeFree()
    alignFolded()
    alignLike()
  }

  // MARK: - 1. Both ends

  private mutating func alignEnds() {
    let shorter = min(before.count, after.count)
    var first = 0
    while first < shorter, isSame(first, first) {
      alignment.join(first, first)
      first += 1
    }
    var last = 0
    while last < shorter - first, isSame(before.count - 1 - last, after.count - 1 - last) {
      alignment.join(before.count - 1 - last, after.count - 1 - last)
      last += 1
    }
  }

  private func isSame(_ b: Int, _ a: Int) -> Bool {
    before.exactKeys[b] == after.exactKeys[a] && before.words[b].utf8.elementsEqual(after.words[a].utf8)
      && before.clause(b).label == after.clause(a).label
  }

  // MARK: - 2 and 3. Equal clauses

  mutating func tokenizeFree() {
    for index in 0..<before.count where alignment.isFree(before: index) {
      before.tokenize(index, with: &tokenizer)
    }
    for index in 0..<after.count where alignment.isFree(after: index) { after.tokenize(index, with: &tokenizer) }
  }

  mutating func alignFolded() {
    let beforeNumbers = before.numbers
    let afterNumbers = after.numbers.map { renamed[$0] ?? $0 }
    let beforeKeys = (0..<before.count).map { index -> UInt64 in
      alignment.isFree(before: index) ? ByteHash.of(beforeNumbers[before.range(index)]) : 0
    }
    let afterKeys = (0..<after.count).map { index -> UInt64 in
      alignment.isFree(after: index) ? ByteHash.of(afterNumbers[after.range(index)]) : 0
    }
    alignEqual(beforeKeys, afterKeys, by: .words)
  }

  /// What has to be the same for two clauses to be equal.
  private enum Measure { case bytes, words }

  private func isEqual(_ b: Int, _ a: Int, by measure: Measure) -> Bool {
    switch measure {
    case .bytes: before.words[b].utf8.elementsEqual(after.words[a].utf8)
    case .words: numbers(before: b).elementsEqual(numbers(after: a)) { $0 == renamed[$1] ?? $1 }
    }
  }

  private mutating func alignEqual(
    _ beforeKeys: [UInt64], _ afterKeys: [UInt64], by measure: Measure
  ) {
    struct Entry {
      var beforeCount = 0
      var before = -1
      var afterCount = 0
      var after = -1
    }
    var entries: [UInt64: Entry] = [:]
    for index in 0..<before.count where alignment.isFree(before: index) {
      entries[beforeKeys[index], default: Entry()].beforeCount += 1
      entries[beforeKeys[index], default: Entry()].before = index
    }
    guard !entries.isEmpty else { return }
    for index in 0..<after.count where alignment.isFree(after: index) {
      entries[afterKeys[index], default: Entry()].afterCount += 1
      entries[afterKeys[index], default: Entry()].after = index
    }
    // Once on each side: an anchor, wherever it stands, if it says enough; a short one only in order.
    var anchors: [HeaviestChain.Pair] = []
    for entry in entries.values where entry.beforeCount == 1 && entry.afterCount == 1 {
      if isEqual(entry.before, entry.after, by: measure) {
        anchors.append(.init(before: entry.before, after: entry.after, weight: weight(entry.before)))
      }
    }
    anchors.sort { $0.before < $1.before }
    let inChain = HeaviestChain.members(of: anchors)
    for (index, anchor) in anchors.enumerated() where inChain[index] || saysEnough(anchor.before) {
      alignment.join(anchor.before, anchor.after)
    }
    growEqual(beforeKeys, afterKeys, by: measure)
    // Repeated clauses in order, between what is aligned.
    for gap in gaps() {
      var script = WordScript()
      var names: [UInt64: UInt32] = [:]
      let b = gap.before.filter { alignment.isFree(before: $0) }
      let a = gap.after.filter { alignment.isFree(after: $0) }
      guard !b.isEmpty, !a.isEmpty else { continue }
      func name(_ key: UInt64) -> UInt32 {
        if let known = names[key] { return known }
        names[key] = UInt32(names.count)
        return UInt32(names.count - 1)
      }
      let bNames = b.map { name(beforeKeys[$0]) }
      let aNames = a.map { name(afterKeys[$0]) }
      let matches = bNames.withUnsafeBufferPointer { x in aNames.withUnsafeBufferPointer { y in script.compare(x, y) } }
      for match in matches {
        for offset in 0..<match.count where isEqual(b[match.before + offset], a[match.after + offset], by: measure) {
          alignment.join(b[match.before + offset], a[match.after + offset])
        }
      }
    }
    // What is left of equal clauses changed places.
    var left: [UInt64: [Int]] = [:]
    for index in (0..<before.count).reversed() where alignment.isFree(before: index) && saysEnough(index) {
      left[beforeKeys[index], default: []].append(index)
    }
    for index in 0..<after.count where alignment.isFree(after: index) {
      guard let other = left[afterKeys[index]]?.last, isEqual(other, index, by: measure) else { continue }
      left[afterKeys[index]]?.removeLast()
      alignment.join(other, index)
    }
    growEqual(beforeKeys, afterKeys, by: measure)
  }

  /// Equal clauses next to aligned ones are aligned.
  private mutating func growEqual(_ beforeKeys: [UInt64], _ afterKeys: [UInt64], by measure: Measure) {
    for index in 1..<max(1, before.count) where alignment.isFree(before: index) {
      guard let previous = alignment.after(of: index - 1), previous + 1 < after.count,
        alignment.isFree(after: previous + 1), beforeKeys[index] == afterKeys[previous + 1],
        isEqual(index, previous + 1, by: measure)
      else { continue }
      alignment.join(index, previous + 1)
    }
    for index in (0..<max(0, before.count - 1)).reversed() where alignment.isFree(before: index) {
      guard let next = alignment.after(of: index + 1), next > 0, alignment.isFree(after: next - 1),
        beforeKeys[index] == afterKeys[next - 1], isEqual(index, next - 1, by: measure)
      else { continue }
      alignment.join(index, next - 1)
    }
  }

  /// Whether a clause has words enough to be recognised wherever it stands.
  private func saysEnough(_ b: Int) -> Bool {
    var words = 0
    var inWord = false
    for byte in before.words[b].utf8 {
      let isWord = byte >= 0x30 && byte != 0x5F
      if isWord && !inWord { words += 1 }
      inWord = isWord
      if words >= Thresholds.fewestWordsToMove { return true }
    }
    return false
  }

  func weight(_ b: Int) -> Int { before.words[b].utf8.count }

  // MARK: - Order

  struct Gap {
    var before: Range<Int>
    var after: Range<Int>
  }

  /// The stretches between clauses that are aligned and in order.
  func gaps() -> [Gap] {
    var pairs: [HeaviestChain.Pair] = []
    for index in 0..<before.count {
      guard let other = alignment.after(of: index), alignment.before(of: other) == index else { continue }
      pairs.append(.init(before: index, after: other, weight: weight(index)))
    }
    let members = HeaviestChain.members(of: pairs)
    var gaps: [Gap] = []
    var (b, a) = (0, 0)
    for (index, pair) in pairs.enumerated() where members[index] {
      if pair.before > b && pair.after > a { gaps.append(Gap(before: b..<pair.before, after: a..<pair.after)) }
      (b, a) = (pair.before + 1, pair.after + 1)
    }
    if b < before.count && a < after.count { gaps.append(Gap(before: b..<before.count, after: a..<after.count)) }
    return gaps
  }
}
