/// Which clauses of two wordings are the same clause. A clause is in at most one group.
struct Alignment: Sendable {
  /// One clause to one; one to the several that it split into; the several that merged to one. Parts stand together.
  struct Group: Equatable {
    var before: Range<Int>
    var after: Range<Int>
  }

  /// For each clause of before the first clause of after in its group, and the reverse; -1 for a free clause.
  private var afterOf: [Int32]
  private var beforeOf: [Int32]
  /// How many parts a clause split into, or merged from, where that is more than one.
  private var parts: [Int: Int] = [:]
  private var mergedFrom: [Int: Int] = [:]

  var beforeCount: Int { afterOf.count }

  init(before: Int, after: Int) {
    afterOf = Array(repeating: -1, count: before)
    beforeOf = Array(repeating: -1, count: after)
  }

  func isFree(before place: Int) -> Bool { afterOf[place] < 0 }
  func isFree(after place: Int) -> Bool { beforeOf[place] < 0 }

  /// The first clause of after that `place` became.
  func after(of place: Int) -> Int? { afterOf[place] < 0 ? nil : Int(afterOf[place]) }
  func before(of place: Int) -> Int? { beforeOf[place] < 0 ? nil : Int(beforeOf[place]) }

  /// The first clause of before in the group of `place`.
  func first(before place: Int) -> Int? { after(of: place).flatMap(before(of:)) }

  mutating func join(_ before: Int, _ after: Int) {
    afterOf[before] = Int32(after)
    beforeOf[after] = Int32(before)
  }

  mutating func join(_ before: Range<Int>, _ after: Range<Int>) {
    for place in before { afterOf[place] = Int32(after.lowerBound) }
    for place in after { beforeOf[place] = Int32(before.lowerBound) }
    if after.count > 1 { parts[before.lowerBound] = after.count }
    if before.count > 1 { mergedFrom[after.lowerBound] = before.count }
  }

  /// The group whose first clause of before is `place`; `nil` where it is free or a further part.
  func group(from place: Int) -> Group? {
    guard let after = after(of: place), beforeOf[after] == Int32(place) else { return nil }
    let count = mergedFrom.isEmpty ? 1 : mergedFrom[after] ?? 1
    let others = parts.isEmpty ? 1 : parts[place] ?? 1
    return Group(before: place..<(place + count), after: after..<(after + others))
  }

  /// Whether the clauses right before both, or right after both, are in one group.
  func areNeighbours(_ b: Int, _ a: Int) -> Bool {
    follow(b, a) || precede(b, a)
  }

  /// Whether the clauses right before both are in one group, or both stand first.
  func follow(_ b: Int, _ a: Int) -> Bool {
    if b == 0 || a == 0 { return b == a }
    return isSameGroup(b - 1, a - 1)
  }

  /// Whether the clauses right after both are in one group, or both stand last.
  func precede(_ b: Int, _ a: Int) -> Bool {
    if b + 1 == afterOf.count || a + 1 == beforeOf.count { return b + 1 == afterOf.count && a + 1 == beforeOf.count }
    return isSameGroup(b + 1, a + 1)
  }

  private func isSameGroup(_ b: Int, _ a: Int) -> Bool {
    guard let after = after(of: b), let before = before(of: a) else { return false }
    return self.after(of: before) == after
  }
}
