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
    for index in 0..<first { links.append(ClauseLink(before: [index], after: [index])) }
    for place in 0..<between.beforeCount {
      guard let group = between.group(from: place) else { continue }
      links.append(
        ClauseLink(before: group.before.map { $0 + first }, after: group.after.map { $0 + first }))
    }
    for index in 0..<last {
      links.append(ClauseLink(before: [before - last + index], after: [after - last + index]))
    }
    return links
  }
}
