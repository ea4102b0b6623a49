/// Finds items that a list within a sentence gained or lost.
enum ListItems {
  /// Whether a hunk is such an item: one side only, with a comma, "and" or "or" that ties it to its neighbours.
  ///
  /// Items of a list of examples are left out, unless `evenInExamples` is set.
  static func isItem(_ hunk: WordComparison.Hunk, _ reading: Reading, evenInExamples: Bool = false) -> Bool {
    guard hunk.before.isEmpty != hunk.after.isEmpty else { return false }
    let (range, passage) =
      hunk.after.isEmpty ? (hunk.before, reading.comparison.before) : (hunk.after, reading.comparison.after)
    return isItem(range, passage, evenInExamples: evenInExamples)
  }

  static func isItem(_ range: Range<Int>, _ passage: Passage, evenInExamples: Bool = false) -> Bool {
    guard let first = range.first, let last = range.last, range.count <= 10 else { return false }
    let words = passage.words
    guard words[range].contains(where: { $0.kind == .plain && !EqualWords.isIdle($0) && !$0.isIn(.andOr) }) else {
      return false
    }
    if !evenInExamples && isExample(range, passage) { return false }
    let beginsJoined = words[first].isIn(.andOr)
    let endsJoined = words[last].isIn(.andOr)
    let before = first > 0 ? passage.gap(after: first - 1) : []
    let after = passage.gap(after: last)
    let commaBefore = before.contains(",") || first > 0 && words[first - 1].isIn(.andOr)
    let commaAfter = after.contains(",") || last + 1 < words.count && words[last + 1].isIn(.andOr)
    if !commaBefore, commaAfter, !beginsJoined, opensList(range, passage) { return true }
    // "store, send, receive or share": between commas; "or rent", "and improve": tied by its own word.
    return beginsJoined || endsJoined || commaBefore && (commaAfter || after.contains(")") || after.contains("."))
  }

  /// "any [unavailability,] interruption or delay": a word or two before the first of a few that a comma, "and" or "or" ties.
  private static func opensList(_ range: Range<Int>, _ passage: Passage) -> Bool {
    guard let first = range.first, range.count <= 3, passage.gap(after: range.upperBound - 1).contains(",") else {
      return false
    }
    let sentence = passage.sentence(around: first)
    guard first > sentence.lowerBound, !passage.words[range].contains(where: { $0.traits.contains(.exception) }) else {
      return false
    }
    // What came or went may reach into the next sentence.
    let rest = range.upperBound..<max(range.upperBound, min(sentence.upperBound, range.upperBound + 5))
    return rest.dropFirst().contains { passage.words[$0].isIn(.andOr) }
      || rest.dropLast().contains { passage.gap(after: $0).contains(",") }
  }

  /// Whether the place stands behind "such as", "for example", "like", "e.g." or "including" in its sentence.
  static func isExample(_ range: Range<Int>, _ passage: Passage) -> Bool {
    guard let first = range.first else { return false }
    let sentence = passage.sentence(around: first)
    let start = max(sentence.lowerBound, first - 25)
    var index = range.upperBound - 1
    while index >= start {
      let word = passage.words[index]
      let next = index + 1 < passage.words.count ? passage.words[index + 1] : nil
      if word.isIn(.exampleWord), index <= first { return true }
      if word.isIn(.such), index <= first, let next, next.isIn(.as) { return true }
      if word.isIn(.g), index > 0, passage.words[index - 1].isIn(.e) { return true }
      if word.isIn(.without) || word.isIn(.not), let next, next.isIn(.limiting) { return true }
      index -= 1
    }
    return false
  }
}
