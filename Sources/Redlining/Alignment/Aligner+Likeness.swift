internal import TermsModel

extension Aligner {
  /// Clauses of both sides that may be the same, with how alike they are.
  struct Candidate {
    var before: Range<Int>
    var after: Range<Int>
    /// Likeness, raised a little where the place speaks for it.
    var score: Double
  }

  /// Aligns clauses that are alike in part.
  ///
  /// Candidates come from the stretches between aligned clauses, from the spots of aligned sections and from an index of
  /// rare words. The likest pair is aligned first; then the search is repeated, since there are more neighbours now.
  mutating func alignLike() {
    bag.fit(tokenizer.lexicon.count)
    alignInStep()
    var index: RareWords?
    for _ in 0..<Thresholds.rounds {
      let free = (0..<before.count).filter { alignment.isFree(before: $0) }
      guard !free.isEmpty, (0..<after.count).contains(where: { alignment.isFree(after: $0) }) else { return }
      if index == nil { index = RareWords(self) }
      guard alignBest(of: candidates(for: free, &index)) else { return }
    }
  }

  /// Aligns the candidates, the likest first; whether there were any. Those that only their place speaks for wait until
  /// no others are left, for by then more places are known.
  private mutating func alignBest(of candidates: [Candidate]) -> Bool {
    let strong = candidates.filter { $0.score >= Thresholds.likenessInPlace }
    let ordered = (strong.isEmpty ? candidates : strong).sorted {
      ($0.score, $1.before.lowerBound, $1.after.lowerBound) > ($1.score, $0.before.lowerBound, $0.after.lowerBound)
    }
    for candidate in ordered
    where candidate.before.allSatisfy({ alignment.isFree(before: $0) })
      && candidate.after.allSatisfy({ alignment.isFree(after: $0) })
    {
      alignment.join(candidate.before, candidate.after)
    }
    return !ordered.isEmpty
  }

  // MARK: - In step

  /// Pairs off clauses that stand between the same neighbours in equal number, each very much like the other: what a
  /// revision that touches every clause by a word leaves.
  private mutating func alignInStep() {
    for gap in gaps() {
      let b = gap.before.filter { alignment.isFree(before: $0) }
      let a = gap.after.filter { alignment.isFree(after: $0) }
      guard b.count == a.count, !b.isEmpty else { continue }
      let isInStep = zip(b, a).allSatisfy { likeness($0, $1) >= Thresholds.likenessInStep }
      if isInStep { for (b, a) in zip(b, a) { alignment.join(b, a) } }
    }
  }

  private mutating func likeness(_ b: Int, _ a: Int) -> Double {
    bag.fill(before.numbers, before.range(b))
    let shared = bag.shared(after.numbers, after.range(a))
    bag.empty(before.numbers, before.range(b))
    return Redlining.likeness(shared: shared, before.words(b), after.words(a))
  }

  // MARK: - Candidates

  private mutating func candidates(for free: [Int], _ index: inout RareWords?) -> [Candidate] {
    var others = placesNear(free)
    var found: [Candidate] = []
    var partial: [(b: Int, a: Int, likeness: Double)] = []
    for b in free {
      var near = others[b] ?? []
      near += index?.clauses(like: b, in: before) ?? []
      others[b] = nil
      guard !near.isEmpty else { continue }
      near.sort()
      bag.fill(before.numbers, before.range(b))
      for (position, a) in near.enumerated()
      where alignment.isFree(after: a) && (position == 0 || near[position - 1] != a) {
        let (one, other) = (before.words(b), after.words(a))
        if min(one, other) < Thresholds.fewestWordsToMove, let candidate = dressed(b, a) {
          found.append(candidate)
          continue
        }
        // The most that they can have in common, before they are compared.
        let most = Redlining.likeness(shared: min(one, other), one, other)
        let needed = neededLikeness(b, a)
        guard most >= min(needed, Thresholds.likenessOfPart) else { continue }
        let shared = bag.shared(after.numbers, after.range(a))
        let likeness = Redlining.likeness(shared: shared, one, other)
        let isInPlace = needed < Thresholds.likenessAlone
        if likeness >= needed || !isInPlace && haveCommonOrder(b, a, likeness) {
          if isInPlace || shared >= Thresholds.fewestWordsToMove {
            let score = likeness + (isInPlace ? Thresholds.placeBonus : 0)
            found.append(Candidate(before: b..<(b + 1), after: a..<(a + 1), score: score))
          }
        }
        if likeness >= Thresholds.likenessOfPart, shared >= Thresholds.fewestWordsToMove {
          partial.append((b, a, likeness))
        }
      }
      bag.empty(before.numbers, before.range(b))
    }
    return found + parts(of: partial)
  }

  /// Two clauses of hardly any words that stand in the same place and show or link to the same, such as a picture that was
  /// given a description: they are compared by all that is written in them.
  private func dressed(_ b: Int, _ a: Int) -> Candidate? {
    guard alignment.follow(b, a) || alignment.precede(b, a) else { return nil }
    let (old, new) = (before.written(b), after.written(a))
    var shared = 0
    var (i, j) = (0, 0)
    while i < old.count, j < new.count {
      if old[i] == new[j] {
        shared += 1
        (i, j) = (i + 1, j + 1)
      } else if old[i] < new[j] {
        i += 1
      } else {
        j += 1
      }
    }
    let likeness = Redlining.likeness(shared: shared, old.count, new.count)
    guard likeness >= Thresholds.likenessInPlace, shared > 0 else { return nil }
    return Candidate(before: b..<(b + 1), after: a..<(a + 1), score: likeness)
  }

  /// Whether two longer clauses share so many words in the same order that one must have been written from the other.
  private mutating func haveCommonOrder(_ b: Int, _ a: Int, _ likeness: Double) -> Bool {
    guard likeness >= Thresholds.likenessInOrder, min(before.words(b), after.words(a)) >= Thresholds.fewestWordsInOrder
    else { return false }
    let old = before.numbers[before.range(b)].filter { $0 >= Lexicon.firstWord }
    let new = after.numbers[after.range(a)].filter { $0 >= Lexicon.firstWord }
    let shared = script.compare(old, new).reduce(0) { $0 + $1.count }
    return Redlining.likeness(shared: shared, old.count, new.count) >= Thresholds.likenessInOrder
  }

  /// How alike two clauses have to be to be the same, by what their places say.
  private func neededLikeness(_ b: Int, _ a: Int) -> Double {
    let (follows, precedes) = (alignment.follow(b, a), alignment.precede(b, a))
    let isSameSpot = isSameSpot(b, a)
    if before.isHeading(b), after.isHeading(a) {
      // A heading has few words; where it stands says which it is.
      if follows && precedes || isSameSpot && before.ownLabel(b) != nil { return 0 }
    } else if before.isHeading(b) != after.isHeading(a) {
      return Thresholds.likenessInStep
    }
    if follows && precedes { return Thresholds.likenessBetween }
    if follows || precedes || isSameSpot { return Thresholds.likenessInPlace }
    return Thresholds.likenessAlone
  }

  /// Whether both stand under the same clause with the same number.
  private func isSameSpot(_ b: Int, _ a: Int) -> Bool {
    let (old, new) = (before[b], after[a])
    guard old.paragraph == new.paragraph, old.label.path.last == new.label.path.last else { return false }
    guard let parent = old.parent, let other = new.parent else {
      return old.parent == nil && new.parent == nil && !old.label.isEmpty
    }
    // Parents before the part that is compared are the same at the same index.
    let (x, y) = (parent - before.window.lowerBound, other - after.window.lowerBound)
    if x < 0 || y < 0 { return parent == other }
    return alignment.after(of: x) == y && alignment.before(of: y) == x
  }

  /// For each free clause, the free clauses of after that stand where it would: between the same neighbours, next to an
  /// aligned neighbour, or in the same spot of an aligned section.
  private func placesNear(_ free: [Int]) -> [Int: [Int]] {
    var near: [Int: [Int]] = [:]
    for gap in gaps() {
      let b = gap.before.filter { alignment.isFree(before: $0) }
      let a = gap.after.filter { alignment.isFree(after: $0) }
      guard !b.isEmpty, !a.isEmpty else { continue }
      if b.count * a.count <= Thresholds.pairsInGap {
        for place in b { near[place, default: []] += a }
      } else if b.count == a.count {
        for (place, other) in zip(b, a) { near[place, default: []].append(other) }
      }
    }
    for b in free {
      let previous = b == 0 ? -1 : alignment.after(of: b - 1)
      let next = b + 1 == before.count ? after.count : alignment.after(of: b + 1)
      for place in [previous.map { $0 + 1 }, next.map { $0 - 1 }] {
        if let place, place >= 0, place < after.count, alignment.isFree(after: place) {
          near[b, default: []].append(place)
        }
      }
    }
    return near
  }

  // MARK: - Splits and merges

  /// Candidates in which one clause is covered by several that stand together on the other side.
  private mutating func parts(of partial: [(b: Int, a: Int, likeness: Double)]) -> [Candidate] {
    var found: [Candidate] = []
    for (b, a, alone) in partial {
      if before.words(b) > after.words(a), let (parts, likeness) = coveringRun(of: b, from: a, alone, isSplit: true) {
        found.append(Candidate(before: b..<(b + 1), after: parts, score: likeness + Thresholds.placeBonus))
      }
      if after.words(a) > before.words(b), let (parts, likeness) = coveringRun(of: a, from: b, alone, isSplit: false) {
        found.append(Candidate(before: parts, after: a..<(a + 1), score: likeness + Thresholds.placeBonus))
      }
    }
    return found
  }

  /// The run of free clauses around `part` that together are most like the clause `place` of the other side, where it
  /// has more than one: of after where `place` split, of before where it was merged.
  private mutating func coveringRun(
    of place: Int, from part: Int, _ alone: Double, isSplit: Bool
  ) -> (Range<Int>, Double)? {
    let whole = isSplit ? before : after
    let other = isSplit ? after : before
    bag.fill(whole.numbers, whole.range(place))
    defer { bag.empty(whole.numbers, whole.range(place)) }
    var range = part..<(part + 1)
    var shared = bag.take(other.numbers, other.range(part))
    var total = other.words(part)
    var best = alone
    while range.count < Thresholds.mostParts {
      var extended: (range: Range<Int>, place: Int, likeness: Double)?
      for next in [range.lowerBound - 1, range.upperBound] where next >= 0 && next < other.count {
        guard isSplit ? alignment.isFree(after: next) : alignment.isFree(before: next) else { continue }
        let gained = bag.shared(other.numbers, other.range(next))
        guard Double(gained) >= Thresholds.coverOfPart * Double(other.words(next)) else { continue }
        let likeness = Redlining.likeness(shared: shared + gained, whole.words(place), total + other.words(next))
        if likeness >= best + Thresholds.gainOfPart, likeness > extended?.likeness ?? 0 {
          extended = (min(next, range.lowerBound)..<max(next + 1, range.upperBound), next, likeness)
        }
      }
      guard let extended else { break }
      shared += bag.take(other.numbers, other.range(extended.place))
      total += other.words(extended.place)
      (range, best) = (extended.range, extended.likeness)
    }
    return range.count > 1 && best >= Thresholds.likenessOfParts ? (range, best) : nil
  }
}
