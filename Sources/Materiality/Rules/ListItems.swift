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
    let telling = words[range].filter { !EqualWords.isIdle($0) && $0.key != "and" && $0.key != "or" }
    guard !telling.isEmpty, telling.contains(where: { $0.kind == .plain }) else { return false }
    if !evenInExamples && isExample(range, passage) { return false }
    let joins: Set<String> = ["and", "or"]
    let beginsJoined = joins.contains(words[first].key)
    let endsJoined = joins.contains(words[last].key)
    let before = first > 0 ? passage.gap(after: first - 1) : []
    let after = passage.gap(after: last)
    let commaBefore = before.contains(",") || first > 0 && joins.contains(words[first - 1].key)
    let commaAfter = after.contains(",") || last + 1 < words.count && joins.contains(words[last + 1].key)
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
    let rest = range.upperBound..<min(sentence.upperBound, range.upperBound + 5)
    return rest.dropFirst().contains { ["and", "or"].contains(passage.words[$0].key) }
      || rest.dropLast().contains { passage.gap(after: $0).contains(",") }
  }

  /// Whether the place stands behind "such as", "for example", "like", "e.g." or "including" in its sentence.
  static func isExample(_ range: Range<Int>, _ passage: Passage) -> Bool {
    guard let first = range.first else { return false }
    let sentence = passage.sentence(around: first)
    let start = max(sentence.lowerBound, first - 25)
    var index = range.upperBound - 1
    while index >= start {
      switch passage.words[index].key {
      case "example", "examples", "instance", "like", "including", "includes", "include":
        if index <= first { return true }
      case "such":
        if index + 1 < passage.words.count, passage.words[index + 1].key == "as", index <= first { return true }
      case "g": if index > 0, passage.words[index - 1].key == "e" { return true }
      case "without", "not":
        if index + 1 < passage.words.count, ["limitation", "limited"].contains(passage.words[index + 1].key) {
          return true
        }
      default: break
      }
      index -= 1
    }
    return false
  }
}
