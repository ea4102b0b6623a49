/// The heaviest set of pairs that keeps its order on both sides: what stayed in place while the rest moved.
enum HeaviestChain {
  struct Pair {
    var before: Int
    var after: Int
  }

  /// Which of the pairs are in the chain, in the order given.
  ///
  /// `pairs` are sorted by `before`, each with a `before` and an `after` of its own. Takes n log n steps, and no more
  /// than n, without asking for any weight, where all are in order.
  static func members(of pairs: [Pair], weight: (Pair) -> Int = { _ in 1 }) -> [Bool] {
    var isInOrder = true
    for index in pairs.indices.dropFirst() where pairs[index].after < pairs[index - 1].after {
      isInOrder = false
      break
    }
    if isInOrder { return Array(repeating: true, count: pairs.count) }
    let ranks = pairs.indices.sorted { pairs[$0].after < pairs[$1].after }
    var rankOf = Array(repeating: 0, count: pairs.count)
    for (rank, index) in ranks.enumerated() { rankOf[index] = rank + 1 }
    // A Fenwick tree of the heaviest chain that ends at or before a rank: its weight, and the pair it ends with.
    var tree = Array(repeating: (weight: 0, pair: -1), count: pairs.count + 1)
    var previous = Array(repeating: -1, count: pairs.count)
    var best = (weight: 0, pair: -1)
    for index in pairs.indices {
      var found = (weight: 0, pair: -1)
      var rank = rankOf[index] - 1
      while rank > 0 {
        if tree[rank].weight > found.weight { found = tree[rank] }
        rank -= rank & -rank
      }
      previous[index] = found.pair
      let own = (weight: found.weight + max(1, weight(pairs[index])), pair: index)
      if own.weight > best.weight { best = own }
      rank = rankOf[index]
      while rank <= pairs.count {
        if own.weight > tree[rank].weight { tree[rank] = own }
        rank += rank & -rank
      }
    }
    var isMember = Array(repeating: false, count: pairs.count)
    var at = best.pair
    while at >= 0 {
      isMember[at] = true
      at = previous[at]
    }
    return isMember
  }
}
