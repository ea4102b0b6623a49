internal import TermsModel

/// Phrases whose every word counts, though each alone carries nothing: "as is" disclaims a warranty.
enum FixedPhrases {
  /// Keeps the hunks that a phrase straddles, on either side, from being cleared.
  ///
  /// A whole sentence that came, went or moved with its phrase is judged as a whole.
  static func keep(_ reading: Reading) {
    guard reading.kind != .inserted, reading.kind != .deleted,
      reading.comparison.hunks.contains(where: { $0.before.count + $0.after.count <= 8 })
    else { return }
    let (before, after) = (occurrences(reading.comparison.before), occurrences(reading.comparison.after))
    guard !before.isEmpty || !after.isEmpty else { return }
    for hunk in reading.comparison.hunks where hunk.before.count + hunk.after.count <= 8 {
      let isStraddled = { (range: Range<Int>, phrases: [Range<Int>]) in
        phrases.contains {
          $0.overlaps(range) && !(range.lowerBound <= $0.lowerBound && $0.upperBound < range.upperBound)
        }
      }
      if isStraddled(hunk.before, before) || isStraddled(hunk.after, after) { reading.keep(hunk) }
    }
  }

  private static func occurrences(_ passage: Passage) -> [Range<Int>] {
    guard passage.lists.contains(.as) || passage.lists.contains(.with) || passage.lists.contains(.time) else {
      return []
    }
    let words = passage.words
    return words.indices.compactMap { index in
      guard words[index].isIn(.as) || words[index].isIn(.with) || words[index].isIn(.time) else { return nil }
      return phrases.first { phrase in
        index + phrase.count <= words.count && phrase.indices.allSatisfy { words[index + $0].isIn(phrase[$0]) }
      }.map { index..<index + $0.count }
    }
  }

  private static let phrases: [[WordList]] = [
    [.as, .is], [.as, .available], [.with, .all, .faults], [.time, .is, .of, .the, .essence],
  ]
}
