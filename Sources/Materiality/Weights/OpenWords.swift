internal import TermsModel

/// The changed words that were not shown harmless, and those among them that the other side does not know.
struct OpenWords {
  /// All but idle words.
  private(set) var telling: [Word] = []
  /// Of the telling ones, those whose stem the other side of the change has nowhere.
  private(set) var novel: [Word] = []
  /// Whether words are open on one side alone.
  let isOneSided: Bool
  /// How many sentences came or went whole.
  let sentences: Int

  init(_ reading: Reading) {
    var (isOpen, whole) = ([false, false], 0)
    for (place, side) in [Reading.Side.before, .after].enumerated() {
      let words = reading.words(side)
      for hunk in reading.comparison.hunks {
        for index in reading.range(hunk, side) where reading.isOpen(index, side) {
          isOpen[place] = true
          let word = words[index]
          guard !EqualWords.isIdle(word) else { continue }
          telling.append(word)
          if !reading.hasStem(of: word, side.other) { novel.append(word) }
        }
      }
      whole += reading.sentences(side).count { reading.isWhole($0.words, side) }
    }
    isOneSided = isOpen[0] != isOpen[1]
    sentences = whole
  }
}
