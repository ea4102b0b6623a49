internal import TermsModel

/// What stands elsewhere or bears another number or heading.
extension Harmlessness {
  // MARK: Moved text

  /// A sentence of four words or more that is also found among the changed sentences of the other side, here or in
  /// another clause, stands elsewhere.
  func movedText(_ reading: Reading) {
    for side in Self.sides {
      let passage = reading.passage(side)
      for stretch in reading.sentences(side)
      where stretch.words.count >= 4 && reading.hasOpen(stretch.words, side) {
        let sentence = stretch.words
        if document.holdsSentence(stretch.gist, side.other) {
          reading.clear(
            sentence, side, .movedText, "“\(passage.quoted(sentence, limit: 8))” stands elsewhere, word for word")
        }
      }
      for block in reading.blocks(side) where block.words.count >= 4 && reading.hasOpen(block.words, side) {
        if document.holdsSentence(block.gist, side.other) {
          reading.clear(
            block.words, side, .movedText, "“\(passage.quoted(block.words, limit: 8))” stands elsewhere, word for word")
        }
      }
    }
  }

  /// A piece between commas that left one place of its block and came to another: the list is the same in another order.
  func reordered(_ reading: Reading) {
    guard reading.comparison.hunks.count > 1 else { return }
    let hunks = reading.openHunks
    guard hunks.contains(where: { $0.before.isEmpty && $0.after.count <= 8 }),
      hunks.contains(where: { $0.after.isEmpty && $0.before.count <= 8 })
    else { return }
    var came: [[Term]: [WordComparison.Hunk]] = [:]
    for come in hunks where come.before.isEmpty && (1...8).contains(come.after.count) {
      came[Self.item(reading.comparison.after.words[come.after]), default: []].append(come)
    }
    for gone in hunks where gone.after.isEmpty && (1...8).contains(gone.before.count) {
      let old = Self.item(reading.comparison.before.words[gone.before])
      for come in came[old, default: []].prefix(20) {
        guard
          abs(come.after.lowerBound - gone.before.lowerBound) < 80,
          isListed(gone.before, reading.comparison.before), isListed(come.after, reading.comparison.after),
          isItem(reading.comparison.before.words[gone.before]),
          isOneList(gone.before.lowerBound, come.before.lowerBound, reading.comparison.before),
          isOneList(come.after.lowerBound, gone.after.lowerBound, reading.comparison.after)
        else { continue }
        reading.clear(gone, .movedText, "“\(reading.comparison.before.text(gone.before))” stands elsewhere in its list")
        reading.clear(come, .movedText, "“\(reading.comparison.before.text(gone.before))” stands elsewhere in its list")
      }
    }
  }

  /// An item's words, with the "and" or "or" that ties it to its list put last, on whichever side of it that stands.
  private static func item(_ words: ArraySlice<Word>) -> [Term] {
    let keys = words.map(\.key)
    if let first = words.first, first.isIn(.andOr), keys.count > 1 { return keys.dropFirst() + [first.key] }
    return keys
  }

  /// Two items of one list that changed places: "France or Spain" and "Spain or France".
  func swapped(_ reading: Reading) {
    guard reading.comparison.hunks.count > 1 else { return }
    let (before, after) = (reading.comparison.before, reading.comparison.after)
    let telling = { (words: ArraySlice<Word>) in words.filter { !EqualWords.isIdle($0) }.map(\.key) }
    let hunks = reading.openHunks.filter { (1...5).contains($0.before.count) && (1...5).contains($0.after.count) }
    for (one, other) in zip(hunks, hunks.dropFirst()) {
      let (a, b) = (telling(before.words[one.before]), telling(before.words[other.before]))
      guard !a.isEmpty, !b.isEmpty, a == telling(after.words[other.after]), b == telling(after.words[one.after]),
        isList(one.before.upperBound..<other.before.lowerBound, before),
        isList(one.after.upperBound..<other.after.lowerBound, after)
      else { continue }
      reading.clear(one, .movedText)
      reading.clear(other, .movedText)
    }
  }

  /// Whether nothing but commas, "and", "or" and further items stands between two items of one sentence: "the buyer, at its
  /// cost, indemnifies the seller" is no list, and in one that is told off "respectively" each place counts.
  func isList(_ between: Range<Int>, _ passage: Passage) -> Bool {
    guard between.count <= 12, between.lowerBound > 0, between.upperBound < passage.words.count,
      passage.words[between.lowerBound - 1].sentence == passage.words[between.upperBound].sentence,
      !passage.words[passage.sentence(near: between.upperBound)].contains(where: { $0.isIn(.respectively) })
    else { return false }
    // Every item follows upon a comma, "and" or "or", an article left aside.
    let parts = between.lowerBound - 1..<between.upperBound
    guard
      let last = parts.last(where: {
        $0 < between.lowerBound || !passage.words[$0].isIn(.article) && !passage.words[$0].isIn(.the)
      })
    else { return false }
    let isJoint = { (word: Int) in
      passage.gap(after: word).contains(",") || word >= between.lowerBound && passage.words[word].isIn(.andOr)
    }
    let isOpened = isJoint(between.lowerBound - 1) || between.first.map { passage.words[$0].isIn(.andOr) } ?? false
    return isOpened && isJoint(last) && isItem(passage.words[between])
  }

  /// Whether words are such as an item of a list has: none that says when, how or whether.
  private func isItem(_ words: ArraySlice<Word>) -> Bool {
    let ruling: Vocabulary.Traits = [.modality, .negation, .exception, .standard, .period]
    let opening = words.first { !$0.isIn(.andOr) }
    return !words.contains { !$0.traits.isDisjoint(with: ruling) } && opening?.traits.contains(.preposition) != true
  }

  /// Whether a word and the place in front of another stand in one sentence, or in items of one list.
  private func isOneList(_ word: Int, _ place: Int, _ passage: Passage) -> Bool {
    let one = passage.words[word]
    let neighbours = [place - 1, place].filter { passage.words.indices.contains($0) }.map { passage.words[$0] }
    if neighbours.contains(where: { $0.sentence == one.sentence }) {
      return !passage.words[passage.sentence(near: word)].contains { $0.isIn(.respectively) }
    }
    return neighbours.contains { other in
      (min(one.block, other.block)...max(one.block, other.block)).allSatisfy { passage.blocks[$0].kind == .item }
    }
  }

  func isListed(_ range: Range<Int>, _ passage: Passage) -> Bool {
    let before = range.lowerBound > 0 ? passage.gap(after: range.lowerBound - 1) : []
    let after = passage.gap(after: range.upperBound - 1)
    return before.contains(",") || after.contains(",") || before.contains(";") || after.contains(";")
  }

  // MARK: Headings

  func heading(_ reading: Reading) {
    for side in Self.sides {
      let passage = reading.passage(side)
      for changed in reading.blocks(side) {
        let block = changed.block
        guard reading.hasOpen(block.words, side),
          isHeading(block, passage, reading) || reading.isWhole(block.words, side) && isTitleAgain(block, passage)
        else { continue }
        reading.clear(block.words, side, .heading, "heading “\(passage.quoted(block.words))”")
      }
    }
  }

  /// A line that repeats the document's title and says nothing more: the last step of a trail of links, a page's header.
  private func isTitleAgain(_ block: Block, _ passage: Passage) -> Bool {
    guard let last = block.words.last, passage.words[block.words.lowerBound].isCapitalised else { return false }
    let end = passage.gap(after: last).prefix { $0 != "\n" }
    return !end.contains { $0 == "." || $0 == ";" || $0 == "," } && document.isTitle(passage.words[block.words])
  }

  func isHeading(_ block: Block, _ passage: Passage, _ reading: Reading) -> Bool {
    let words = passage.words[block.words]
    if block.kind == .heading {
      // A rule dressed as a heading is still a rule.
      return !(words.count >= 8 && isRule(words))
    }
    // "2. Your Obligations": a number, a few words with capitals, no verb, no full stop.
    // Alone under its number it is an item of a list; a heading has something to head.
    guard reading.isHeading && words.count > 1 || passage.blocks.count > 1 else { return false }
    guard reading.section.isLabelled || block.kind == .item && !passage.labels.isEmpty, (1...8).contains(words.count),
      block.words.upperBound > 0
    else { return false }
    let end = passage.gap(after: block.words.upperBound - 1)
    return !end.contains(".") && !end.contains(";") && !end.contains(",")
      && words.allSatisfy {
        $0.kind == .plain
          && ($0.isCapitalised || !$0.traits.isEmpty && $0.traits.isSubset(of: [.function, .preposition, .connective]))
      }
  }

  /// Whether the words lay down something: somebody may, must or will, or something is forbidden.
  func isRule(_ words: ArraySlice<Word>) -> Bool {
    words.contains { $0.isIn(.ruling) }
  }

  // MARK: References

  /// References to clauses that bear another number now.
  func crossReferences(_ reading: Reading) {
    if reading.changed.has(.number) { clearLabels(reading) }
    guard reading.comparison.before.has(.reference) || reading.comparison.after.has(.reference) else { return }
    followReferences(reading)
  }

  private func clearLabels(_ reading: Reading) {
    for side in Self.sides {
      let passage = reading.passage(side)
      // "9.1 Fees": a number with points that opens a block or a sentence is its label.
      for range in reading.blocks(side).map(\.words) + reading.sentences(side).map(\.words) {
        guard let first = range.first, reading.isOpen(first, side) else { continue }
        // Alone it is one where a full stop closes it: `**3.3.** If …`.
        guard range.count > 1 || passage.gap(after: first).first == "." else { continue }
        if passage.words[first].kind == .number, passage.words[first].shape.contains(.pointed) {
          reading.clear(first..<first + 1, side, .renumbering, passage.text(first..<first + 1))
        }
      }
    }
  }

  private func followReferences(_ reading: Reading) {
    for hunk in reading.comparison.hunks where reading.isOpen(hunk) {
      if isTitleOfReference(hunk, reading) {
        reading.clear(hunk, .crossReferenceFollowed)
        continue
      }
      let (old, new) = (reading.openWords(hunk, .before), reading.openWords(hunk, .after))
      let isReference = { (word: Word) in word.kind == .reference }
      let isOfReference = { (word: Word) in
        word.kind == .reference || word.kind == .plain && word.isIn(.referring) || word.isIn(.referenceGlue)
      }
      guard old.contains(where: isReference) || new.contains(where: isReference), old.allSatisfy(isOfReference),
        new.allSatisfy(isOfReference)
      else { continue }
      let desk = reading.desk
      let numbers = { (words: ArraySlice<Word>) in words.filter(isReference).map { desk.text($0.key) } }
      switch document.follows(numbers(old), numbers(new)) {
      case .follows:
        reading.clear(hunk, .crossReferenceFollowed)
      case .unknown:
        // A passage whose document numbers nothing cannot show where it points; a law's article is never ours.
        if !isLawNear(hunk, reading) { reading.clear(hunk, .crossReferenceFollowed) }
      case .redirected:
        let evidence = reading.evidence(hunk)
        reading.note(.crossReferenceRedirected, evidence)
      }
    }
  }

  /// "Section 6.4 (Other Content; Feedback)": words dropped from, or added to, the title that follows a reference.
  func isTitleOfReference(_ hunk: WordComparison.Hunk, _ reading: Reading) -> Bool {
    guard hunk.before.isEmpty != hunk.after.isEmpty else { return false }
    let (range, passage) =
      hunk.after.isEmpty ? (hunk.before, reading.comparison.before) : (hunk.after, reading.comparison.after)
    guard range.count <= 6, range.lowerBound > 0, range.upperBound < passage.words.count else { return false }
    var open = range.lowerBound - 1
    while open > 0, passage.words[open].kind != .reference, range.lowerBound - open < 8 { open -= 1 }
    guard passage.words[open].kind == .reference, passage.gap(after: open).contains("(") else { return false }
    // The bracket must still be open, and the title keep a word of its own.
    for index in open..<range.upperBound - 1 where index > open && passage.gap(after: index).contains(")") {
      return false
    }
    return open < range.lowerBound - 1 || !passage.gap(after: range.upperBound - 1).contains(")")
  }

  func isLawNear(_ hunk: WordComparison.Hunk, _ reading: Reading) -> Bool {
    for (range, words) in [
      (hunk.before, reading.comparison.before.words), (hunk.after, reading.comparison.after.words),
    ] {
      let start = max(0, range.lowerBound - 6)
      let end = min(words.count, range.upperBound + 8)
      if start < end, words[start..<end].contains(where: LawFinder.isLawWord) { return true }
    }
    return false
  }
}
