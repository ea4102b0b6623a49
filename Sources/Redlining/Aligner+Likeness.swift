internal import TermsModel

extension Aligner {
  /// A clause of before and one or two of after, or the mirror, with how alike their words are.
  private struct Candidate {
    var before: [Int]
    var after: [Int]
    var likeness: Double
    var inPlace: Bool
    var score: Double
  }

  /// Aligns clauses that are alike in part, the likest first; then looks for clauses that split or merged.
  ///
  /// Candidates come from an index of each clause's rarest words, from the neighbours of aligned clauses and from
  /// equal labels, so that nothing is compared with everything.
  mutating func alignLike() {
    let index = RareWords(self)
    for _ in 0..<3 {
      var candidates: [Candidate] = []
      var bag = Bag(size: Int(tokenizer.lexicon.count))
      for b in 0..<before.count where alignment.isFree(before: b) {
        var others = index.clauses(like: b, self)
        others += neighbours(of: b)
        guard !others.isEmpty else { continue }
        bag.fill(numbers(before: b))
        for a in Set(others) where alignment.isFree(after: a) {
          let likeness = bag.likeness(to: numbers(after: a))
          let inPlace = isInPlace(b, a)
          let needed = inPlace ? Thresholds.likenessInPlace : Thresholds.likenessAlone
          let isHeading = before.clause(b).text.isEmpty && after.clause(a).text.isEmpty
          if likeness >= needed || isHeading && inPlace && sameLabel(b, a) {
            let score = likeness + (inPlace ? Thresholds.placeBonus : 0)
            candidates.append(Candidate(before: [b], after: [a], likeness: likeness, inPlace: inPlace, score: score))
          }
        }
        bag.clear(numbers(before: b))
      }
      if candidates.isEmpty { break }
      candidates += parts(of: candidates)
      candidates.sort {
        ($0.score, -$0.before[0], -$0.after[0]) > ($1.score, -$1.before[0], -$1.after[0])
      }
      for candidate in candidates
      where candidate.before.allSatisfy({ alignment.isFree(before: $0) })
        && candidate.after.allSatisfy({ alignment.isFree(after: $0) })
      {
        alignment.join(candidate.before, candidate.after)
      }
    }
  }

  func numbers(before b: Int) -> ArraySlice<UInt32> { before.numbers[before.range(b)] }
  func numbers(after a: Int) -> ArraySlice<UInt32> { after.numbers[after.range(a)] }

  private func sameLabel(_ b: Int, _ a: Int) -> Bool {
    let (x, y) = (before.clause(b), after.clause(a))
    return !x.label.isEmpty && x.label == y.label && x.paragraph == y.paragraph
  }

  /// Whether the clauses next to both are aligned with one another.
  private func isInPlace(_ b: Int, _ a: Int) -> Bool {
    if b == 0 && a == 0 || b == before.count - 1 && a == after.count - 1 { return true }
    if b > 0, a > 0, let group = group(before: b - 1), alignment.groupOfAfter[a - 1] == group { return true }
    if b + 1 < before.count, a + 1 < after.count, let group = group(before: b + 1),
      alignment.groupOfAfter[a + 1] == group
    {
      return true
    }
    return sameLabel(b, a)
  }

  private func group(before b: Int) -> Int? {
    let group = alignment.groupOfBefore[b]
    return group < 0 ? nil : group
  }

  private func neighbours(of b: Int) -> [Int] {
    var found: [Int] = []
    if b == 0, after.count > 0 { found.append(0) }
    if b == before.count - 1, after.count > 0 { found.append(after.count - 1) }
    if b > 0, let group = group(before: b - 1), let last = alignment.groups[group]?.after.last, last + 1 < after.count {
      found.append(last + 1)
    }
    if b + 1 < before.count, let group = group(before: b + 1), let first = alignment.groups[group]?.after.first,
      first > 0
    {
      found.append(first - 1)
    }
    return found
  }

  /// Splits and merges: a candidate whose likeness rises by taking the free neighbour of one side along.
  private func parts(of candidates: [Candidate]) -> [Candidate] {
    var found: [Candidate] = []
    var bag = Bag(size: Int(tokenizer.lexicon.count))
    for candidate in candidates {
      let (b, a) = (candidate.before[0], candidate.after[0])
      for next in [a - 1, a + 1] where next >= 0 && next < after.count && alignment.isFree(after: next) {
        bag.fill(numbers(before: b))
        let parts = [min(a, next), max(a, next)]
        let likeness = bag.likeness(to: numbers(after: parts[0]), numbers(after: parts[1]))
        bag.clear(numbers(before: b))
        if likeness >= Thresholds.likenessOfParts && likeness >= candidate.likeness + Thresholds.gainOfPart {
          found.append(
            Candidate(
              before: [b], after: parts, likeness: likeness, inPlace: true, score: likeness + Thresholds.placeBonus))
        }
      }
      for next in [b - 1, b + 1] where next >= 0 && next < before.count && alignment.isFree(before: next) {
        bag.fill(numbers(after: a))
        let parts = [min(b, next), max(b, next)]
        let likeness = bag.likeness(to: numbers(before: parts[0]), numbers(before: parts[1]))
        bag.clear(numbers(after: a))
        if likeness >= Thresholds.likenessOfParts && likeness >= candidate.likeness + Thresholds.gainOfPart {
          found.append(
            Candidate(
              before: parts, after: [a], likeness: likeness, inPlace: true, score: likeness + Thresholds.placeBonus))
        }
      }
    }
    return found
  }
}

/// How often each word occurs in one clause, kept in a table as long as the lexicon so that counting is one step a word.
struct Bag {
  private var counts: [Int32]
  private var total = 0

  init(size: Int) { counts = Array(repeating: 0, count: size) }

  mutating func fill(_ numbers: ArraySlice<UInt32>) {
    for number in numbers where number >= Lexicon.firstWord { counts[Int(number)] += 1 }
    total = numbers.reduce(0) { $0 + ($1 >= Lexicon.firstWord ? 1 : 0) }
  }

  mutating func clear(_ numbers: ArraySlice<UInt32>) {
    for number in numbers { counts[Int(number)] = 0 }
  }

  /// Dice's coefficient of the words: twice what both have, by what they have together.
  mutating func likeness(to numbers: ArraySlice<UInt32>, _ more: ArraySlice<UInt32> = []) -> Double {
    var common = 0
    var others = 0
    for part in [numbers, more] {
      for number in part where number >= Lexicon.firstWord {
        others += 1
        counts[Int(number)] -= 1
        if counts[Int(number)] >= 0 { common += 1 }
      }
    }
    for part in [numbers, more] {
      for number in part where number >= Lexicon.firstWord { counts[Int(number)] += 1 }
    }
    return total + others == 0 ? 0 : Double(2 * common) / Double(total + others)
  }
}

/// For each word, the free clauses of after that have it.
private struct RareWords {
  private var starts: [Int32]
  private var postings: [Int32]

  init(_ aligner: Aligner) {
    let size = Int(aligner.tokenizer.lexicon.count)
    var counts = Array(repeating: Int32(0), count: size + 1)
    var last = Array(repeating: Int32(-1), count: size)
    for a in 0..<aligner.after.count where aligner.alignment.isFree(after: a) {
      for number in aligner.numbers(after: a) where number >= Lexicon.firstWord && last[Int(number)] != Int32(a) {
        last[Int(number)] = Int32(a)
        counts[Int(number) + 1] += 1
      }
    }
    for index in 1...size { counts[index] += counts[index - 1] }
    starts = counts
    postings = Array(repeating: 0, count: Int(counts[size]))
    var next = counts
    last = Array(repeating: Int32(-1), count: size)
    for a in 0..<aligner.after.count where aligner.alignment.isFree(after: a) {
      for number in aligner.numbers(after: a) where number >= Lexicon.firstWord && last[Int(number)] != Int32(a) {
        last[Int(number)] = Int32(a)
        postings[Int(next[Int(number)])] = Int32(a)
        next[Int(number)] += 1
      }
    }
  }

  /// The clauses of after that share the rarest words of `b`, the likeliest four.
  func clauses(like b: Int, _ aligner: Aligner) -> [Int] {
    var rare: [(count: Int32, number: UInt32)] = []
    for number in Set(aligner.numbers(before: b)) where number >= Lexicon.firstWord {
      let count = starts[Int(number) + 1] - starts[Int(number)]
      if count > 0 && count <= Int32(Thresholds.commonWord) { rare.append((count, number)) }
    }
    rare.sort { ($0.count, $0.number) < ($1.count, $1.number) }
    var scores: [Int32: Double] = [:]
    for (count, number) in rare.prefix(Thresholds.rareWords) {
      for posting in postings[Int(starts[Int(number)])..<Int(starts[Int(number) + 1])] {
        scores[posting, default: 0] += 1 / Double(count)
      }
    }
    return scores.sorted { ($0.value, -$0.key) > ($1.value, -$1.key) }.prefix(4).map { Int($0.key) }
  }
}
