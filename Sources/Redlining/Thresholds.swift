/// Every number that decides what became of a clause, with its reason; nothing else in this target decides by number.
enum Thresholds {
  // MARK: - Which clauses are the same

  /// Two clauses that nothing but their words joins are the same from this likeness on. Two clauses of terms share
  /// a third of their words by speaking of the same parties in the same language; a rewritten clause keeps more.
  static let likenessAlone = 0.55
  /// The same where a neighbour is aligned with a neighbour, or both bear the same label in the same place.
  static let likenessInPlace = 0.35
  /// How much a place in common adds when several clauses compete. Less than one changed word of a short clause, so
  /// that of two clauses that read nearly alike the words decide.
  static let placeBonus = 0.02
  /// A clause shorter than this many words says too little to be recognised in another place by itself.
  static let fewestWordsToMove = 4
  /// How many of a clause's rarest words are looked up to find clauses like it.
  static let rareWords = 8
  /// A word in more clauses than this tells nothing about which of them is meant.
  static let commonWord = 48

  // MARK: - Splits and merges

  /// A clause became two where the two together are like it at least so much …
  static let likenessOfParts = 0.8
  /// … and at least so much more than the better one alone.
  static let gainOfPart = 0.04

  // MARK: - Renamed terms

  /// A word replaced by another at least so often …
  static let fewestRenamings = 3
  /// … and left standing in at most this share of its places was renamed.
  static let leftStanding = 0.2

  // MARK: - Words

  /// How many differences a shortest script may have; beyond it the comparison takes the furthest point instead.
  static let scriptEffort = 2048
}
