/// Which clauses of two wordings are the same, kept small: links are made of it when somebody asks.
struct AlignedClauses: Sendable {
  /// How many clauses both begin and end with that are the same one by one.
  let first: Int
  let last: Int
  /// The clauses between.
  let between: Alignment

  /// The groups of the same clause, in the order of the before wording, as indices in the wordings' clauses.
  func links(before: Int, after: Int) -> [ClauseLink] {
    var links: [ClauseLink] = []
    links.reserveCapacity(before)
    eachGroup(before: before, after: after) { links.append(ClauseLink(before: Array($0), after: Array($1))) }
    return links
  }

  /// Calls `body` with the groups of the same clause, in the order of the before wording.
  func eachGroup(before: Int, after: Int, _ body: (Range<Int>, Range<Int>) -> Void) {
    for index in 0..<first { body(index..<index + 1, index..<index + 1) }
    for place in 0..<between.beforeCount {
      guard let group = between.group(from: place) else { continue }
      body(
        group.before.lowerBound + first..<group.before.upperBound + first,
        group.after.lowerBound + first..<group.after.upperBound + first)
    }
    for index in 0..<last {
      let (old, new) = (before - last + index, after - last + index)
      body(old..<old + 1, new..<new + 1)
    }
  }
}
