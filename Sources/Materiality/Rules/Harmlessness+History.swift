internal import TermsModel

/// When the text was written, and what became of it.
extension Harmlessness {
  /// In a sentence that says when the text was written or takes effect, dates and the words around them.
  func textDate(_ reading: Reading) {
    var lines: [String] = []
    defer {
      if !lines.isEmpty { reading.note(.textDate, "the text's own date: " + lines.joined(separator: " → ")) }
    }
    for side in Self.sides {
      let passage = reading.passage(side)
      for stretch in reading.sentences(side) where isDateLine(stretch) && reading.hasOpen(stretch.words, side) {
        let sentence = stretch.words
        let isLine = passage.words[sentence.lowerBound].isIn(.dateMarker) && sentence.count <= 16
        let isAllowed =
          tellsOwnEffect(stretch)
          || sentence.allSatisfy { index in
            let word = passage.words[index]
            return !reading.isOpen(index, side)
              || isLine && word.traits.contains(.place) || isLine && word.isIn(.outside)
              || word.kind == .date || word.kind == .number || word.kind == .address || word.isIn(.copyrightSign)
              || word.isIn(.dateWord) || isLine && word.isShouted
              || word.isLinked
          }
        if isAllowed {
          reading.clear(sentence, side)
          lines.append(passage.quoted(sentence))
        }
      }
    }
  }

  func isDateLine(_ sentence: Stretch) -> Bool {
    let gist = sentence.gist
    return gist.has(.dateMarker) && (gist.has(.date) || gist.has(.number)) && !gist.has(.ruling)
      && !gist.hasRulingSign && sentence.words.count <= 40
  }

  /// "The changes to this agreement are effective as of 15 August": when the text itself takes effect, and nothing else.
  func tellsOwnEffect(_ sentence: Stretch) -> Bool {
    let gist = sentence.gist
    return gist.has(.effective) && gist.has(.date) && gist.has(.ownChange) && gist.has(.textName)
      && sentence.words.count <= 30
      && gist.traits.isDisjoint(with: [.payment, .modality, .negation, .termination, .dispute, .licence])
  }

  /// Accounts of versions: announcements of coming texts, lists of former ones, logs of what was changed.
  func textHistory(_ reading: Reading) {
    tablesOfChanges(reading)
    let isLog = reading.section.isHistory || reading.section.isDated || reading.section.saysChange
    for side in Self.sides {
      let passage = reading.passage(side)
      for stretch in reading.sentences(side) where reading.hasOpen(stretch.words, side) {
        if isHistory(stretch, passage, isLog: isLog) || isVersionEntry(passage.words[stretch.words], reading.section) {
          let quote = passage.quoted(stretch.words)
          reading.clear(stretch.words, side, .textHistory, "about versions of the text: “\(quote)”")
        }
      }
    }
  }

  /// A table whose first row says "Version", "Section", "Changes", "Date": an account of what was changed when.
  func tablesOfChanges(_ reading: Reading) {
    for side in Self.sides {
      let passage = reading.passage(side)
      guard let first = passage.blocks.first(where: { !$0.words.isEmpty }), first.kind == .row,
        passage.words[first.words].allSatisfy({ $0.isIn(.column) }),
        passage.words[first.words].contains(where: { $0.isIn(.changes) || $0.isIn(.change) })
      else { continue }
      for block in reading.blocks(side) where block.block.kind == .row && reading.hasOpen(block.words, side) {
        reading.clear(block.words, side, .textHistory, "in a table of changes: “\(passage.quoted(block.words))”")
      }
    }
  }

  func isHistory(_ sentence: Stretch, _ passage: Passage, isLog: Bool) -> Bool {
    let (said, words) = (sentence.gist, passage.words)
    let (count, opening) = (sentence.words.count, words[sentence.words.lowerBound])
    let namesText = said.has(.textName)
    if opening.kind == .date, count <= 30, count == 1 || said.hasAny(.logVerb, .replaced), !said.has(.mayOrMust) {
      return true
    }
    // "We are updating our terms on 1 May"; "we replaced our former policy with a new one".
    if namesText, said.has(.renewing), count <= 45, said.hasAny(.we, .preview), said.has(.date) || said.hasLink,
      !said.has(.agreeing)
    {
      return true
    }
    // "We are updating our terms"; "these updates will go into effect on 1 May"; "a list of all revisions of our terms".
    if count <= 16, !said.has(.binding) {
      if namesText, said.has(.updating), said.has(.we) { return true }
      if said.hasAny(.updates, .changes), said.has(.effect), said.has(.date) { return true }
    }
    if said.has(.list), said.has(.revisions), namesText, count <= 30, !said.has(.binding) { return true }
    // "Later paragraphs renumbered."
    if count <= 6, said.has(.renumbered) { return true }
    if said.has(.until), said.has(.continue), said.has(.apply), namesText { return true }
    // "These updated terms will be effective 1 May"; "until then you can view our current terms".
    if namesText, said.has(.date), said.has(.updated), said.hasAny(.effective, .effect), count <= 25,
      !said.has(.binding)
    {
      return true
    }
    if namesText, said.has(.until), said.has(.effectiveThen), said.has(.viewing), count <= 25, !said.has(.binding) {
      return true
    }
    // "10 March 2023: section 8 added, later paragraphs renumbered": an entry of a log that opens with its date.
    if opening.kind == .date, said.hasAny(.logVerb, .logWord), count <= 60, !said.has(.readerDuty),
      passage.gap(after: sentence.words.lowerBound).contains(":")
    {
      return true
    }
    // "To view the previous version, click here"; "previous version of 2 May (archived)"; "click here for version 4.6".
    if said.has(.versionWord), said.has(.formerly), count <= 20, !said.has(.prevailing) { return true }
    if said.hasAny(.preview, .summary), said.has(.changes) || namesText, count <= 14 { return true }
    if said.has(.read), said.has(.carefully), namesText, count <= 10 { return true }
    // An entry in a log of changes: begins with a date, or with what was done to which section.
    return opening.isIn(.logVerb) && count <= 30 && !said.has(.mayOrMust)
      && (isLog || passage.block(around: sentence.words.lowerBound).kind == .item)
  }

  /// In a section that lists versions: links, dates and the words of a list.
  func isVersionEntry(_ words: ArraySlice<Word>, _ section: Section) -> Bool {
    section.isHistory && words.count <= 30
      && words.allSatisfy { word in
        word.isLinked || word.kind == .date || word.kind == .number
          || word.traits.isDisjoint(with: Vocabulary.Traits.effects.subtracting([.amendment, .connective]))
      }
  }
}
