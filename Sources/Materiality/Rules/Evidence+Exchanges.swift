/// One word put in the place of another of its kind: who for whom, what for what.
extension Evidence {
  /// The rules that an exchange of words in a hunk meets by itself.
  static func exchanges(
    _ hunk: WordComparison.Hunk, _ old: ArraySlice<Word>, _ new: ArraySlice<Word>, _ reading: Reading
  ) -> [Rule] {
    var rules: [Rule] = []
    if old.count <= 6, new.count <= 6, isOther(.ourselvesAll, .reader, old, new) { rules.append(.obligation) }
    if exchanged(old, new, where: { $0.isIn(.role) }) { rules.append(.party) }
    if exchanged(old, new, where: { $0.isIn(.currency) }) { rules.append(.payment) }
    if exchanged(old, new, where: { $0.traits.contains(.period) }) { rules.append(.numberChanged) }
    if isOptingOtherwise(hunk, old, new, reading) { rules.append(.negation) }
    if differs(old, new, where: { $0.isIn(.noticeWay) }), standsIn(.amendment, hunk, reading) {
      rules.append(.amendment)
    }
    if isOtherForum(hunk, old, new, reading) { rules.append(.dispute) }
    if isOtherActor(old, new) { rules.append(.party) }
    if isOtherWord(hunk, old, new, reading) || isOtherRole(hunk, old, new, reading) { rules.append(.exchangedWord) }
    if isQualification(hunk, old, new, reading) { rules.append(.qualifyingPhrase) }
    return rules
  }

  /// "The courts of Paris" for "the courts of Dublin": other words in a sentence that says which court decides, where and by
  /// what law. No list knows every city; whatever no rule shows to be the same is another one.
  private static func isOtherForum(
    _ hunk: WordComparison.Hunk, _ old: ArraySlice<Word>, _ new: ArraySlice<Word>, _ reading: Reading
  ) -> Bool {
    let telling = { (word: Word) in !EqualWords.isIdle(word) }
    guard old.contains(where: telling), new.contains(where: telling), differs(old, new, where: telling) else {
      return false
    }
    return [(hunk.before, reading.comparison.before), (hunk.after, reading.comparison.after)].allSatisfy {
      range, passage in
      passage.words[passage.sentence(near: range.lowerBound)].contains { $0.isIn(.forum) }
    }
  }

  // MARK: Words of which no list knows what they bear on

  /// "Held by us" for "held by the customer".
  private static func isOtherActor(_ old: ArraySlice<Word>, _ new: ArraySlice<Word>) -> Bool {
    guard old.count <= 3, new.count <= 3 else { return false }
    let isUs = { (words: ArraySlice<Word>) in words.contains { $0.isIn(.ourselvesAll) } }
    let isActor = { (words: ArraySlice<Word>) in
      words.contains { $0.isIn(.role) || $0.isIn(.person) && !$0.isIn(.ourselvesAll) && !$0.isIn(.reader) }
    }
    return isUs(old) && !isActor(old) && isActor(new) && !isUs(new)
      || isUs(new) && !isActor(new) && isActor(old) && !isUs(old)
  }

  /// "The Agency" for "the Client": a name with an article before it is no brand but a part that somebody plays, or a thing
  /// that the agreement calls so.
  private static func isOtherRole(
    _ hunk: WordComparison.Hunk, _ old: ArraySlice<Word>, _ new: ArraySlice<Word>, _ reading: Reading
  ) -> Bool {
    let (gone, come) = (old.filter { !EqualWords.isIdle($0) }, new.filter { !EqualWords.isIdle($0) })
    guard let one = gone.first, let other = come.first, gone.count == 1, come.count == 1, one.stem != other.stem else {
      return false
    }
    let isName = { (word: Word) in word.kind == .plain && word.isCapitalised && !word.traits.contains(.document) }
    let hasArticle = { (words: [Word], range: Range<Int>) in
      words[max(0, range.lowerBound - 1)..<range.upperBound].contains { $0.isIn(.the) || $0.isIn(.article) }
    }
    return isName(one) && isName(other) && hasArticle(reading.comparison.before.words, hunk.before)
      && hasArticle(reading.comparison.after.words, hunk.after)
  }

  /// "Reviewed by machines" for "reviewed by humans": a few words for a few others, which no rule showed to mean the same, and
  /// on either side one that the other side has nowhere. Names are left to be weighed: brands change theirs.
  private static func isOtherWord(
    _ hunk: WordComparison.Hunk, _ old: ArraySlice<Word>, _ new: ArraySlice<Word>, _ reading: Reading
  ) -> Bool {
    let isFew = { (words: ArraySlice<Word>) in
      (1...mostExchanged).contains(words.count { !EqualWords.isIdle($0) })
    }
    guard isFew(old), isFew(new), !isHeading(hunk.before, reading.comparison.before),
      !isHeading(hunk.after, reading.comparison.after)
    else { return false }
    return old.contains { isTelling($0) && !reading.hasStem(of: $0, .after) }
      && new.contains { isTelling($0) && !reading.hasStem(of: $0, .before) }
  }

  private static let mostExchanged = 6

  /// Whether a word names a thing, an act or a quality by itself; one with a capital only if it is known to bear on something.
  private static func isTelling(_ word: Word) -> Bool {
    word.kind == .plain && !word.isLinked && !EqualWords.isIdle(word)
      && (!word.isCapitalised || !word.traits.isDisjoint(with: Vocabulary.Traits.effects))
      && word.traits.isDisjoint(with: [.function, .preposition, .pronoun])
  }

  /// "You may use the logo [in print]", "… [to members]", "… [for your records]": a phrase that opens with a preposition says
  /// to whom, for what, where or how long; with it the rule covers less.
  private static func isQualification(
    _ hunk: WordComparison.Hunk, _ old: ArraySlice<Word>, _ new: ArraySlice<Word>, _ reading: Reading
  ) -> Bool {
    guard old.isEmpty != new.isEmpty else { return false }
    let side: Reading.Side = old.isEmpty ? .after : .before
    let (words, range) = (old.isEmpty ? new : old, reading.range(hunk, side))
    // Where rules cleared some of its words, what is left is no phrase.
    guard words.count == range.count, (2...8).contains(words.count), words.first?.traits.contains(.preposition) == true,
      words.allSatisfy({ $0.kind == .plain && !$0.isCapitalised && !$0.isLinked }),
      !isHeading(range, reading.passage(side))
    else { return false }
    return words.contains {
      isTelling($0) && !$0.traits.contains(.document) && !reading.hasStem(of: $0, side.other)
    }
  }

  private static func isHeading(_ range: Range<Int>, _ passage: Passage) -> Bool {
    range.first.map { passage.block(around: $0).kind == .heading } ?? false
  }

  // MARK: Of a kind

  /// Words of one kind on both sides, and not the same ones.
  private static func exchanged(
    _ old: ArraySlice<Word>, _ new: ArraySlice<Word>, where isMeant: (Word) -> Bool
  ) -> Bool {
    old.contains { word in isMeant(word) && !new.contains { $0.stem == word.stem } }
      && new.contains { word in isMeant(word) && !old.contains { $0.stem == word.stem } }
  }

  /// Whether one side has words of the one list alone, and the other of the other alone: "we" for "you".
  private static func isOther(
    _ one: WordList, _ other: WordList, _ old: ArraySlice<Word>, _ new: ArraySlice<Word>
  ) -> Bool {
    let has = { (words: ArraySlice<Word>, list: WordList) in words.contains { $0.isIn(list) } }
    return has(old, one) && !has(old, other) && has(new, other) && !has(new, one)
      || has(old, other) && !has(old, one) && has(new, one) && !has(new, other)
  }

  /// "opt out" for "opt in".
  private static func isOptingOtherwise(
    _ hunk: WordComparison.Hunk, _ old: ArraySlice<Word>, _ new: ArraySlice<Word>, _ reading: Reading
  ) -> Bool {
    guard isOther(.inward, .outward, old, new) else { return false }
    let start = max(0, hunk.before.lowerBound - 1)
    return reading.comparison.before.words[start..<hunk.before.upperBound].contains { $0.isIn(.opting) }
  }

  /// Whether the sentence around a hunk has a word of a trait, on either side.
  private static func standsIn(_ trait: Vocabulary.Traits, _ hunk: WordComparison.Hunk, _ reading: Reading) -> Bool {
    for (range, passage) in [(hunk.before, reading.comparison.before), (hunk.after, reading.comparison.after)] {
      guard let first = range.first else { continue }
      if passage.words[passage.sentence(near: first)].contains(where: { $0.traits.contains(trait) }) { return true }
    }
    return false
  }

  /// "The seller indemnifies the buyer" for "the buyer indemnifies the seller": who and whom changed places, and no rule showed
  /// that they stand in a list.
  static func crossed(_ reading: Reading) -> [Reading.Finding] {
    guard reading.comparison.hunks.count > 1 else { return [] }
    let (before, after) = (reading.comparison.before.words, reading.comparison.after.words)
    let told = { (words: ArraySlice<Word>) in words.lazy.filter { !EqualWords.isIdle($0) }.map(\.key) }
    let isShort = { (range: Range<Int>) in (1...4).contains(range.count) }
    let hunks = reading.openHunks.filter { isShort($0.before) && isShort($0.after) }
    return zip(hunks, hunks.dropFirst()).compactMap { one, other in
      guard told(before[one.before]).elementsEqual(told(after[other.after])),
        told(before[other.before]).elementsEqual(told(after[one.after])), !told(before[one.before]).isEmpty,
        !told(after[one.after]).isEmpty,
        before[one.before.lowerBound].sentence == before[other.before.lowerBound].sentence,
        after[one.after.lowerBound].sentence == after[other.after.lowerBound].sentence
      else { return nil }
      return Reading.Finding(rule: .obligation, evidence: reading.evidence(one) + "; " + reading.evidence(other))
    }
  }
}
