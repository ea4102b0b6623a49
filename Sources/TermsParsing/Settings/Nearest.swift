/// Finds what somebody meant who mistyped a name.
package enum Nearest {
  /// The name among `known` that takes the fewest letters to make of `word`, or `nil` where none is near.
  package static func name(to word: String, among known: some Sequence<String>) -> String? {
    let wanted = Array(word.lowercased().unicodeScalars.prefix(64))
    var best: (name: String, distance: Int)?
    for name in known {
      let distance = distance(wanted, Array(name.lowercased().unicodeScalars.prefix(64)))
      let bound = max(1, min(3, max(wanted.count, name.unicodeScalars.count) / 3))
      if distance <= bound, distance < best?.distance ?? .max { best = (name, distance) }
    }
    return best?.name
  }

  /// How many letters have to be inserted, deleted, replaced or swapped with their neighbour to make one of the other.
  private static func distance(_ one: [Unicode.Scalar], _ other: [Unicode.Scalar]) -> Int {
    var before = Array(repeating: 0, count: other.count + 1)
    var row = Array(0...other.count)
    for (i, letter) in one.enumerated() {
      var next = [i + 1]
      for (j, candidate) in other.enumerated() {
        var cost = min(row[j] + (letter == candidate ? 0 : 1), row[j + 1] + 1, next[j] + 1)
        if i > 0, j > 0, letter == other[j - 1], one[i - 1] == candidate { cost = min(cost, before[j - 1] + 1) }
        next.append(cost)
      }
      (before, row) = (row, next)
    }
    return row[other.count]
  }
}
