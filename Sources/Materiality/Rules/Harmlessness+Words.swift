internal import TermsModel

/// Words that mean the same.
extension Harmlessness {
  func renamedTerms(_ reading: Reading) {
    guard document.hasRenames else { return }
    for hunk in reading.comparison.hunks where reading.isOpen(hunk) {
      // A name before "Inc." is a company's: who the company is, no rename can show.
      guard !Evidence.isCompany(hunk, reading), document.isRename(hunk, reading) else { continue }
      reading.clear(hunk, .renamedTerm, reading.evidence(hunk) + ", throughout")
    }
  }

  func spelling(_ reading: Reading) {
    for hunk in reading.comparison.hunks where reading.isOpen(hunk) {
      let old = reading.comparison.before.words[hunk.before]
      let new = reading.comparison.after.words[hunk.after]
      let isLetter = { (word: Word) in
        word.kind == .plain && word.length == 1 && !word.isIn(.a) && !word.isIn(.i)
      }
      if isDoubled(hunk, reading) || old.allSatisfy(isLetter) && new.allSatisfy(isLetter) {
        reading.clear(hunk, .spelling)
        continue
      }
      guard !old.isEmpty, !new.isEmpty, old.count <= 6, new.count <= 6 else { continue }
      if reading.desk.areRunTogether(old, new)
        || old.count == 1 && new.count == 1
          && Spelling.isSlip(old[old.startIndex], new[new.startIndex], reading.desk)
      {
        reading.clear(hunk, .spelling)
      }
    }
  }

  /// A word written twice, or no longer.
  func isDoubled(_ hunk: WordComparison.Hunk, _ reading: Reading) -> Bool {
    guard hunk.before.isEmpty != hunk.after.isEmpty else { return false }
    let (range, words) =
      hunk.after.isEmpty ? (hunk.before, reading.comparison.before.words) : (hunk.after, reading.comparison.after.words)
    guard range.count <= 12 else { return false }
    guard words[range].allSatisfy({ $0.kind == .plain }) else { return false }
    let before = words[max(0, range.lowerBound - range.count)..<range.lowerBound]
    let after = words[range.upperBound..<min(words.count, range.upperBound + range.count)]
    return words[range].elementsEqual(before) { $0.key == $1.key }
      || words[range].elementsEqual(after) { $0.key == $1.key }
  }

  func sameWords(_ reading: Reading) {
    for hunk in reading.comparison.hunks where reading.isOpen(hunk) {
      let (old, new) = (reading.openWords(hunk, .before), reading.openWords(hunk, .after))
      guard !old.isEmpty, !new.isEmpty else { continue }
      let telling = { (words: ArraySlice<Word>) in words.lazy.filter { !EqualWords.isIdle($0) }.map(\.stem) }
      if telling(old).elementsEqual(telling(new)), old.contains(where: { !EqualWords.isIdle($0) }) {
        reading.clear(hunk, .sameWord)
      }
    }
  }

  func equalWords(_ reading: Reading) {
    for hunk in reading.comparison.hunks where reading.isOpen(hunk) {
      let (old, new) = (reading.openWords(hunk, .before), reading.openWords(hunk, .after))
      guard old.count <= 12, new.count <= 12 else { continue }
      if EqualWords.areEqual(old, new) || isPairOfEquals(hunk, reading) { reading.clear(hunk, .equalWords) }
    }
  }

  /// "to [access and] use", "privacy [notice → policy]": with the next word, or the one before, a phrase on either side, and
  /// the two mean the same.
  private func isPairOfEquals(_ hunk: WordComparison.Hunk, _ reading: Reading) -> Bool {
    let (before, after) = (reading.comparison.before.words, reading.comparison.after.words)
    guard hunk.before.count <= 3, hunk.after.count <= 3 else { return false }
    if hunk.before.upperBound < before.count, hunk.after.upperBound < after.count,
      EqualWords.areOnePhrase(
        before[hunk.before.lowerBound...hunk.before.upperBound], after[hunk.after.lowerBound...hunk.after.upperBound])
    {
      return true
    }
    return hunk.before.lowerBound > 0 && hunk.after.lowerBound > 0
      && EqualWords.areOnePhrase(
        before[hunk.before.lowerBound - 1..<hunk.before.upperBound],
        after[hunk.after.lowerBound - 1..<hunk.after.upperBound])
  }

  func functionWords(_ reading: Reading) {
    for hunk in reading.comparison.hunks where reading.isOpen(hunk) && isConnectiveOfList(hunk, reading) {
      reading.clear(hunk, .functionWords)
    }
    for hunk in reading.comparison.hunks where reading.isOpen(hunk) {
      guard reading.openWords(hunk, .before).allSatisfy(EqualWords.isIdle),
        reading.openWords(hunk, .after).allSatisfy(EqualWords.isIdle)
      else { continue }
      reading.clear(hunk, .functionWords)
    }
  }

  /// "A, B, and C, and D": an "and" before an item of a list that goes on with the same word, or with none, joins nothing anew.
  func isConnectiveOfList(_ hunk: WordComparison.Hunk, _ reading: Reading) -> Bool {
    guard hunk.before.isEmpty != hunk.after.isEmpty else { return false }
    let (range, passage) =
      hunk.after.isEmpty ? (hunk.before, reading.comparison.before) : (hunk.after, reading.comparison.after)
    if endsItem(range, passage) { return true }
    guard range.count == 1, let place = range.first, place > 0 else { return false }
    let word = passage.words[place]
    guard word.isIn(.andOr), passage.gap(after: place - 1).contains(",") else { return false }
    let sentence = passage.sentence(around: place)
    let near = max(sentence.lowerBound, place - 15)..<min(sentence.upperBound, place + 15)
    let opposite: WordList = word.isIn(.and) ? .or : .and
    return !near.contains { passage.words[$0].isIn(opposite) }
  }

  /// "… your name; and" at the end of a list's item: the next item follows with the word or without it.
  private func endsItem(_ range: Range<Int>, _ passage: Passage) -> Bool {
    guard let last = range.last, last > 0, range.allSatisfy({ passage.words[$0].isIn(.and) })
    else {
      return false
    }
    let block = passage.block(around: last)
    let gap = passage.gap(after: range.lowerBound - 1)
    // An item that is a clause by itself stands here without its marker; no other text ends in a semicolon and "and".
    return last == block.words.upperBound - 1 && (gap.contains(";") || block.kind == .item && gap.contains(","))
  }

  // MARK: Examples

  /// "(such as fair use)", "– like our app for iOS –", "(e.g. by post)": in brackets or between dashes whole, and of nothing
  /// that is done with data or paid, where the examples are what the reader learns of the rule.
  func examples(_ reading: Reading) {
    for hunk in reading.comparison.hunks where reading.isOpen(hunk) && hunk.before.isEmpty != hunk.after.isEmpty {
      let (range, passage) =
        hunk.after.isEmpty ? (hunk.before, reading.comparison.before) : (hunk.after, reading.comparison.after)
      guard isBracketed(range, passage) || isDashed(range, passage), isExampleOpening(passage.words[range]),
        range.count <= 20
      else { continue }
      let around = passage.words[passage.sentence(near: range.lowerBound)]
      let bearing: Vocabulary.Traits = [.dataUse, .payment, .eligibility, .place, .law, .period, .modality, .negation]
      guard
        !passage.words[range].contains(where: {
          $0.kind == .number || $0.kind == .sign
            || !$0.traits.isDisjoint(with: Vocabulary.Traits.effects.subtracting([.connective]))
              && !$0.isIn(.like)
        }), !around.contains(where: { !$0.traits.isDisjoint(with: bearing.subtracting([.modality])) })
      else { continue }
      reading.clear(hunk, .example)
    }
  }

  func isBracketed(_ range: Range<Int>, _ passage: Passage) -> Bool {
    guard let first = range.first, first > 0 else { return false }
    let inner = range.dropLast().contains { passage.gap(after: $0).contains(")") }
    return !inner && passage.gap(after: first - 1).contains("(")
      && passage.gap(after: range.upperBound - 1).contains(")")
  }

  /// Whether a dash with space around it stands on either side, and none between.
  private func isDashed(_ range: Range<Int>, _ passage: Passage) -> Bool {
    guard let first = range.first, first > 0 else { return false }
    let isDash = { (word: Int) in
      let gap = passage.gap(after: word)
      return gap.contains(" ") && gap.contains { $0 == "-" || $0 == "\u{2013}" || $0 == "\u{2014}" }
    }
    return isDash(first - 1) && isDash(range.upperBound - 1) && !range.dropLast().contains(where: isDash)
      && passage.words[first - 1].sentence == passage.words[first].sentence
  }

  func isExampleOpening(_ words: ArraySlice<Word>) -> Bool {
    guard let first = words.first else { return false }
    if first.isIn(.like) { return true }
    guard let second = words.dropFirst().first else { return false }
    return first.isIn(.such) && second.isIn(.as) || first.isIn(.e) && second.isIn(.g)
      || first.isIn(.for) && (second.isIn(.example) || second.isIn(.instance))
  }
}
