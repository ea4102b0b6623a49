internal import TermsModel

/// What belongs to the page, and what only explains.
extension Harmlessness {
  // MARK: Furniture and pointers

  func pageFurniture(_ reading: Reading) {
    for side in Self.sides {
      let passage = reading.passage(side)
      // A block that stands on both sides, changed within, is judged by what changed in it.
      for block in reading.blocks(side) where reading.isWhole(block.words, side) {
        let words = passage.words[block.words]
        let run = document.run(of: reading, side)
        if !words.allSatisfy(\.isLinked), reading.desk.isIntroduced(reading) { continue }
        if Furniture.isFurniture(words, block.gist, passage, reading.section, run: run, reading.desk) {
          reading.clear(block.words, side, .pageFurniture, passage.quoted(block.words))
        }
      }
    }
    for hunk in reading.comparison.hunks where reading.isOpen(hunk) && isEntryOfContents(hunk, reading) {
      reading.clear(hunk, .pageFurniture)
    }
    for hunk in reading.comparison.hunks where reading.isOpen(hunk) && Furniture.isControl(hunk, reading) {
      reading.clear(hunk, .pageFurniture)
    }
  }

  /// Whether a hunk holds nothing but links among links that a table or a list of contents is made of.
  func isEntryOfContents(_ hunk: WordComparison.Hunk, _ reading: Reading) -> Bool {
    guard !reading.section.isClause else { return false }
    return [(hunk.before, reading.comparison.before), (hunk.after, reading.comparison.after)].allSatisfy {
      range, passage in
      guard let first = range.first else { return true }
      let block = passage.block(around: first)
      return block.kind != .paragraph && block.words.count >= 3 && block.words.contains(range.upperBound - 1)
        && passage.words[block.words].allSatisfy(\.isLinked)
    }
  }

  /// Sentences that say where to read more.
  func pointers(_ reading: Reading) {
    for side in Self.sides {
      let passage = reading.passage(side)
      for stretch in reading.sentences(side)
      where reading.hasOpen(stretch.words, side) && Furniture.isPointer(passage.words[stretch.words], stretch.gist) {
        let sentence = stretch.words
        // Under a heading of its own, "more information is available here" is all that is said of what the heading names.
        if sentence.count <= 8, reading.isUnderChangedHeading { continue }
        reading.clear(sentence, side, .pointer, "“\(passage.quoted(sentence))”")
      }
    }
  }

  // MARK: Summaries and explanations

  func summaries(_ reading: Reading) {
    guard reading.section.isSummary else { return }
    for side in Self.sides {
      let passage = reading.passage(side)
      for block in reading.blocks(side) where reading.hasOpen(block.words, side) {
        reading.clear(block.words, side, .summary, "in a summary: “\(passage.quoted(block.words))”")
      }
    }
  }

  /// An entry of a glossary that says what a word of the law or of the trade means in general.
  func explanations(_ reading: Reading) {
    guard reading.kind == .inserted || reading.kind == .deleted else { return }
    let side: Reading.Side = reading.kind == .inserted ? .after : .before
    let passage = reading.passage(side)
    let first = passage.sentences.first { range in passage.block(around: range.lowerBound).kind != .heading }
    guard let first, let opening = passage.words[first].first, passage.words.count <= 90 else { return }
    let hasOwnHeading = (1...4).contains(reading.section.nearestLength)
    let isAbbreviation = Abbreviation.isDefinition(passage.words[first], reading.desk)
    guard isAbbreviation || hasOwnHeading && opening.isIn(.article) else { return }
    // What a law or an authority is called says which one binds.
    let namesLaw = passage.words[first].contains(where: LawFinder.isLawWord)
    guard isAbbreviation && !namesLaw || namesNobody(passage.words[first.lowerBound...]) else { return }
    reading.clear(
      0..<passage.words.count, side, .explanation, "explains “\(passage.quoted(0..<passage.words.count, limit: 6))”")
  }

  func namesNobody(_ words: ArraySlice<Word>) -> Bool {
    for (index, word) in words.enumerated() {
      if word.isIn(.personOrDuty) || LawFinder.isLawWord(word) && !word.isIn(.law) || word.kind == .number {
        return false
      }
      let startsSentence = index == 0 || words[words.startIndex + index - 1].sentence != word.sentence
      if word.isCapitalised, !startsSentence { return false }
    }
    return true
  }

  func abbreviations(_ reading: Reading) {
    for hunk in reading.comparison.hunks where reading.isOpen(hunk) && isAlias(hunk, reading) {
      reading.clear(hunk, .abbreviation)
    }
    for hunk in reading.comparison.hunks where reading.isOpen(hunk) {
      let old = reading.comparison.before.words[hunk.before]
      let new = reading.comparison.after.words[hunk.after]
      let isPair = Abbreviation.isPair(old, new, reading.desk) || Abbreviation.isPair(new, old, reading.desk)
      if isPair { reading.clear(hunk, .abbreviation) }
    }
    for hunk in reading.comparison.hunks where !hunk.before.isEmpty && !hunk.after.isEmpty && reading.isOpen(hunk) {
      clearAlias(in: hunk, reading)
    }
  }

  /// A short name in brackets that came or went in front of other words: `Acme Tools (“AT”) includes` for `Acme Tools include`.
  private func clearAlias(in hunk: WordComparison.Hunk, _ reading: Reading) {
    let aliases = Self.sides.map { side in
      Self.openingAlias(of: reading.range(hunk, side), reading.passage(side))
    }
    // Another alias for one that stood there is another name.
    guard (aliases[0] == nil) != (aliases[1] == nil) else { return }
    for (side, alias) in zip(Self.sides, aliases) {
      if let alias { reading.clear(alias, side, .abbreviation, "new: " + reading.passage(side).text(alias)) }
    }
  }

  /// The alias in brackets and quotation marks that a range begins with.
  private static func openingAlias(of range: Range<Int>, _ passage: Passage) -> Range<Int>? {
    guard let first = range.first, first > 0, passage.gap(after: first - 1).contains("("),
      let last = range.prefix(5).first(where: { passage.gap(after: $0).contains(")") }),
      passage.gap(after: last).contains(where: { quotes.contains($0) }),
      passage.words[first...last].allSatisfy({ $0.isCapitalised || $0.isIn(.aliasArticle) })
    else { return nil }
    return first..<last + 1
  }

  /// `("APS")`, `(the “App”)`: a short name in brackets and quotation marks behind what it names.
  func isAlias(_ hunk: WordComparison.Hunk, _ reading: Reading) -> Bool {
    guard hunk.before.isEmpty != hunk.after.isEmpty else { return false }
    let (range, passage) =
      hunk.after.isEmpty ? (hunk.before, reading.comparison.before) : (hunk.after, reading.comparison.after)
    guard range.count <= 5, range.lowerBound > 0 else { return false }
    guard passage.gap(after: range.lowerBound - 1).contains("(") else { return false }
    let closing = passage.gap(after: range.upperBound - 1)
    return closing.contains(")") && closing.contains { Self.quotes.contains($0) }
      && passage.words[range].allSatisfy {
        $0.isCapitalised || $0.isIn(.aliasArticle)
      }
  }

  private static let quotes: [Unicode.Scalar] = [
    "\"", "\u{201C}", "\u{201D}", "\u{2018}", "\u{2019}", "'", "\u{AB}",
  ]

  /// The name of the service before its own things: "the Service" and "the Acme Service" are one.
  func ownNames(_ reading: Reading) {
    var added: [Term: Int] = [:]
    for hunk in reading.comparison.hunks where reading.isOpen(hunk) && hunk.before.isEmpty != hunk.after.isEmpty {
      let words = hunk.after.isEmpty ? reading.comparison.before.words : reading.comparison.after.words
      let range = hunk.after.isEmpty ? hunk.before : hunk.after
      if range.count == 1, range.upperBound < words.count, words[range.upperBound].hasStem(in: .ownThing) {
        added[words[range.lowerBound].key, default: 0] += 1
      }
    }
    for hunk in reading.comparison.hunks where reading.isOpen(hunk) && hunk.before.isEmpty != hunk.after.isEmpty {
      let (range, words, other) =
        hunk.after.isEmpty
        ? (hunk.before, reading.comparison.before.words, reading.comparison.after.words)
        : (hunk.after, reading.comparison.after.words, reading.comparison.before.words)
      guard range.count <= 2, range.upperBound < words.count,
        // What follows must be a thing of the service, as the document calls it.
        words[range.upperBound].hasStem(in: .ownThing),
        words[range].allSatisfy({ $0.kind == .plain && $0.isCapitalised && $0.traits.isEmpty }),
        let name = words[range].first?.key,
        document.isOwnName(name) || other.filter({ $0.key == name }).count >= 2 || added[name, default: 0] >= 2
      else { continue }
      reading.clear(hunk, .ownName)
    }
  }
}
