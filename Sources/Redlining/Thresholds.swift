/// Every number that decides what became of a clause, with its reason; nothing else in this target decides by number.
///
/// A likeness is Dice's coefficient of the words of two clauses: 1 where both have the same words equally often, 0 where
/// they share none.
enum Thresholds {
  // MARK: - Which clauses are the same

  /// Two clauses that nothing but their words joins are the same from this likeness on. Clauses of terms share a third
  /// to two fifths of their words by speaking of the same parties in the same language; one that was rewritten, with a
  /// third of its words exchanged, keeps more.
  static let likenessAlone = 0.55
  /// The same for clauses that have at least so much in common in the same order: two clauses that only speak of the same
  /// things share their words in any order, and hardly a third of them in one.
  static let likenessInOrder = 0.42
  /// Shorter clauses have too few words for their order to say anything.
  static let fewestWordsInOrder = 20
  /// The same where a neighbour is aligned with a neighbour, or where both stand in the same spot of the same section.
  static let likenessInPlace = 0.35
  /// The same where both neighbours are aligned, so that one clause went and one came in exactly one place.
  static let likenessBetween = 0.25
  /// As likely as this, clauses that stand between the same neighbours in equal number are paired off in order.
  static let likenessInStep = 0.8
  /// How much a place in common adds when several clauses compete: less than one changed word of a short clause, so
  /// that of two clauses that read nearly alike the words decide.
  static let placeBonus = 0.02
  /// A clause of fewer words says too little to be recognised in another place by itself.
  static let fewestWordsToMove = 4
  /// What a clause weighs besides its words, where either it or others moved: a reader would rather hear of one move than
  /// of several …
  static let weightOfClause = 10
  /// … and rather that a paragraph moved past a heading than a heading past a paragraph.
  static let weightOfHeading = 60
  /// How many of a clause's rarest words are looked up to find clauses like it.
  static let rareWords = 8
  /// A word in more clauses than this does not tell which of them is meant.
  static let commonWord = 48
  /// How many of the clauses found so are compared.
  static let candidates = 4
  /// Between the same neighbours all clauses are compared with all, while there are at most so many pairs.
  static let pairsInGap = 64
  /// How often the search for like clauses is repeated: each time more neighbours are known.
  static let rounds = 4

  // MARK: - Splits and merges

  /// A clause became several where all of them together are like it at least so much …
  static let likenessOfParts = 0.8
  /// … where each further part adds at least so much to the likeness …
  static let gainOfPart = 0.03
  /// … and has at least this share of its words from what the other parts leave of the clause.
  static let coverOfPart = 0.6
  /// A clause with so much in common may be one of the parts.
  static let likenessOfPart = 0.2
  /// The most parts of one clause.
  static let mostParts = 12

  // MARK: - Renamed terms

  /// A word exchanged for another at least so often …
  static let fewestRenamings = 3
  /// … and left standing in at most this share of its places was renamed.
  static let leftStanding = 0.2

  // MARK: - Words

  /// Texts of more tokens together than this are first cut at phrases that occur once in each.
  static let longText = 4096
  /// The length of such a phrase in tokens: long enough to be rare, short enough to stand between two differences.
  static let phrase = 4
  /// Of texts of more tokens together than this only some phrases are looked at …
  static let veryLongText = 1 << 18
  /// … one of so many (a power of two): there are far more of them than are needed.
  static let sieve: UInt64 = 8
  /// How often, on average, each token may be read in the search for such phrases; what they do not part then is taken
  /// as hopeless.
  static let phraseEffort = 24
  /// How many differences are searched for from each end; beyond it the comparison takes the furthest point instead.
  static let scriptEffort = 2048
  /// The same for long texts without such phrases, which are hopeless to compare well.
  static let scriptEffortLong = 64

  // MARK: - Reading

  /// How far an insertion or a deletion is moved to where a phrase begins.
  static let furthestShift = 24
  /// An island of more shared words than this may be meant.
  static let longestIsland = 2
  /// An island goes under only between two replacements of at least so many words on both sides: between shorter ones
  /// a kept "the" helps the reader.
  static let longReplacement = 4
}
