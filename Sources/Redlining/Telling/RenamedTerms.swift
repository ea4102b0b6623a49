/// Finds the terms that were renamed throughout a document.
///
/// A word exchanged for one and the same other word again and again, that is hardly met any more while the other was
/// hardly met before, was renamed.
struct RenamedTerms {
  struct Pair: Hashable {
    var before: UInt32
    var after: UInt32
  }

  private var counts: [Pair: Int] = [:]

  /// Notes the words that were exchanged one for one between two texts.
  mutating func note(_ before: Tokens, _ after: Tokens, _ matches: [Match]) {
    var (i, j) = (0, 0)
    for match in matches + [Match(before: before.count, after: after.count, count: 0)] {
      if match.before - i == match.after - j {
        for offset in 0..<(match.before - i) {
          let (old, new) = (before[i + offset], after[j + offset])
          if old.isWord, new.isWord { counts[Pair(before: old.number, after: new.number), default: 0] += 1 }
        }
      }
      (i, j) = (match.before + match.count, match.after + match.count)
    }
  }

  /// Pairs exchanged often enough to be a renaming, the most frequent first.
  var frequent: [Pair] {
    counts.filter { $0.value >= Thresholds.fewestRenamings }
      .sorted { ($0.value, $1.key.before, $1.key.after) > ($1.value, $0.key.before, $0.key.after) }
      .map(\.key)
  }

  /// Whether a word exchanged for another was renamed, by how often both occur in both texts.
  static func isRenaming(old: (before: Int, after: Int), new: (before: Int, after: Int)) -> Bool {
    Double(old.after) <= Thresholds.leftStanding * Double(old.before)
      && Double(new.before) <= Thresholds.leftStanding * Double(new.after)
  }

  /// Whether a word can be a term: it begins with a capital, and is no name of a month or a day.
  static func isTerm(_ word: String) -> Bool {
    word.first?.isUppercase == true && !calendar.contains(word)
  }

  private static let calendar: Set<String> = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
  ]
}
