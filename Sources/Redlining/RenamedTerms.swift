/// Finds the terms that were renamed throughout a document.
///
/// A word replaced by one and the same other word again and again, that is then hardly met any more, while the other
/// word was hardly met before, was renamed.
struct RenamedTerms {
  struct Pair: Hashable {
    var before: UInt32
    var after: UInt32
  }

  private(set) var counts: [Pair: Int] = [:]

  /// Notes the replacements of one word by one other between two texts.
  mutating func note(_ before: ComparedText, _ after: ComparedText, _ matches: [Match]) {
    var (i, j) = (0, 0)
    for match in matches + [Match(before: before.numbers.count, after: after.numbers.count, count: 0)] {
      if match.before - i == match.after - j {
        for offset in 0..<(match.before - i) {
          let pair = Pair(before: before.numbers[i + offset], after: after.numbers[j + offset])
          if pair.before >= Lexicon.firstWord && pair.after >= Lexicon.firstWord { counts[pair, default: 0] += 1 }
        }
      }
      (i, j) = (match.before + match.count, match.after + match.count)
    }
  }

  /// The renamed words, old and new, the most frequent first; `occurrences` counts a word in the before and after text.
  func found(isTerm: (UInt32) -> Bool, occurrences: (UInt32) -> (before: Int, after: Int)) -> [Pair] {
    counts.filter { $0.value >= Thresholds.fewestRenamings && isTerm($0.key.before) && isTerm($0.key.after) }
      .sorted { ($0.value, $1.key.before, $1.key.after) > ($1.value, $0.key.before, $0.key.after) }
      .filter { pair, count in
        let old = occurrences(pair.before)
        let new = occurrences(pair.after)
        return Double(old.after) <= Thresholds.leftStanding * Double(old.before)
          && Double(new.before) <= Thresholds.leftStanding * Double(new.after)
      }
      .map(\.key)
  }
}
