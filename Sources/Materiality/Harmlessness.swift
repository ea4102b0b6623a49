/// Shows of changed words that they change no legal effect, rule by rule.
///
/// Each rule looks at the words that are still open and clears those of which it can show it. What no rule clears
/// counts as changed in substance.
struct Harmlessness {
  let document: DocumentReading
  let disabled: Set<Rule>

  func judge(_ reading: inout Reading) {
    guard !reading.isProven else { return }
    let steps: [(Rule, (inout Reading) -> Void)] = [
      (.movedText, movedText), (.heading, heading), (.textDate, textDate), (.textHistory, textHistory),
      (.contactDetails, contactDetails), (.renumbering, crossReferences), (.pageFurniture, pageFurniture),
      (.pointer, pointers),
      (.renamedTerm, renamedTerms), (.spelling, spelling), (.sameWord, sameWords), (.equalWords, equalWords),
      (.functionWords, functionWords),
    ]
    for (rule, step) in steps where !disabled.contains(rule) {
      step(&reading)
      if reading.isProven { return }
    }
  }

  private static let sides: [Reading.Side] = [.before, .after]

  // MARK: Moved text

  /// A sentence of four words or more that is also found among the changed sentences of the other side, here or in
  /// another clause, stands elsewhere.
  private func movedText(_ reading: inout Reading) {
    for side in Self.sides {
      let passage = reading.passage(side)
      for sentence in passage.sentences where sentence.count >= 4 && reading.hasOpen(sentence, side) {
        if document.holdsSentence(passage, sentence, side.other) {
          reading.clear(
            sentence, side, .movedText, "“\(passage.quoted(sentence, limit: 8))” stands elsewhere, word for word")
        }
      }
      for block in passage.blocks where block.words.count >= 4 && reading.hasOpen(block.words, side) {
        if document.holdsSentence(passage, block.words, side.other) {
          reading.clear(
            block.words, side, .movedText, "“\(passage.quoted(block.words, limit: 8))” stands elsewhere, word for word")
        }
      }
    }
  }

  // MARK: Headings

  private func heading(_ reading: inout Reading) {
    for side in Self.sides {
      let passage = reading.passage(side)
      for block in passage.blocks where reading.hasOpen(block.words, side) && isHeading(block, passage, reading) {
        reading.clear(block.words, side, .heading, "heading “\(passage.quoted(block.words))”")
      }
    }
  }

  private func isHeading(_ block: Block, _ passage: Passage, _ reading: Reading) -> Bool {
    let words = passage.words[block.words]
    if block.kind == .heading {
      // A rule dressed as a heading is still a rule.
      return !(words.count >= 8 && isRule(words))
    }
    return false
  }

  /// Whether the words lay down something: somebody may, must or will, or something is forbidden.
  private func isRule(_ words: ArraySlice<Word>) -> Bool {
    words.contains { Self.ruling.contains($0.key) }
  }

  private static let ruling: Set<String> = [
    "must", "shall", "may", "cannot", "prohibited", "required", "agree", "liable", "forbidden", "not",
  ]

  // MARK: Dates and history of the text

  /// In a sentence that says when the text was written or takes effect, dates and the words around them.
  private func textDate(_ reading: inout Reading) {
    for side in Self.sides {
      let passage = reading.passage(side)
      for sentence in passage.sentences where reading.hasOpen(sentence, side) && isDateLine(passage.words[sentence]) {
        let open = reading.open(sentence, side)
        let isAllowed = open.allSatisfy { index in
          let word = passage.words[index]
          return word.kind == .date || word.kind == .number || word.kind == .address
            || Self.dateWords.contains(word.key)
            || word.isLinked
        }
        if isAllowed {
          reading.clear(sentence, side, .textDate, "the text's own date: \(passage.quoted(sentence))")
        }
      }
    }
  }

  private func isDateLine(_ words: ArraySlice<Word>) -> Bool {
    var hasMarker = false
    var hasDate = false
    var hasRule = false
    for word in words {
      if word.kind == .date || word.kind == .number { hasDate = true }
      if Self.dateMarkers.contains(word.key) { hasMarker = true }
      if Self.ruling.contains(word.key) || word.kind == .sign && word.key != "§" { hasRule = true }
    }
    return hasMarker && hasDate && !hasRule && words.count <= 40
  }

  private static let dateMarkers: Set<String> = [
    "updated", "update", "effective", "revised", "revision", "modified", "version", "published", "publication",
    "posted", "amended",
    "dated", "date", "last", "latest", "formulated", "reviewed", "issued", "copyright", "©", "gmt", "utc", "as",
    "valid", "force",
  ]
  private static let dateWords: Set<String> = [
    "updated", "update", "effective", "revised", "revision", "modified", "version", "published", "publication",
    "posted", "amended",
    "dated", "date", "last", "latest", "formulated", "reviewed", "issued", "copyright", "gmt", "utc", "hkt", "pst",
    "est", "cet", "as",
    "of", "on", "from", "the", "this", "since", "until", "and", "further", "notice", "current", "previous", "archived",
    "archive",
    "view", "download", "pdf", "time", "am", "pm", "a", "our", "was", "is", "be", "were", "new", "in", "starting",
    "begins", "t", "z",
    "launched", "created", "entered", "into", "enacted", "link", "versions", "location", "at", "with", "effect", "by",
    "for", "all",
    "users", "document", "terms", "policy", "to",
  ]

  /// Accounts of versions: announcements of coming texts, lists of former ones, logs of what was changed.
  private func textHistory(_ reading: inout Reading) {
    for side in Self.sides {
      let passage = reading.passage(side)
      for sentence in passage.sentences where reading.hasOpen(sentence, side) {
        let keys = passage.words[sentence].map(\.key)
        if isHistory(keys, passage.words[sentence], passage, sentence) {
          reading.clear(sentence, side, .textHistory, "about versions of the text: “\(passage.quoted(sentence))”")
        }
      }
    }
  }

  private func isHistory(_ keys: [String], _ words: ArraySlice<Word>, _ passage: Passage, _ sentence: Range<Int>)
    -> Bool
  {
    let set = Set(keys)
    let namesText = !set.isDisjoint(with: Self.textNames)
    // "We are updating our terms on 1 May"; "we replaced our former policy with a new one".
    if namesText, !set.isDisjoint(with: ["updating", "updated", "replaced", "revised", "preview"]), keys.count <= 45,
      set.contains("we") || set.contains("preview"), words.contains(where: { $0.kind == .date || $0.isLinked }),
      set.isDisjoint(with: ["must", "may", "agree", "acceptance", "shall"])
    {
      return true
    }
    if set.contains("until"), set.contains("continue"), set.contains("apply"), namesText { return true }
    // "To view the previous version, click here"; "previous version of 2 May (archived)"; "click here for version 4.6".
    if !set.isDisjoint(with: ["version", "versions"]),
      !set.isDisjoint(with: ["previous", "older", "former", "archived", "earlier", "current", "here", "archive"]),
      keys.count <= 20, set.isDisjoint(with: ["must", "may", "prevail", "prevails", "control", "governs"])
    {
      return true
    }
    if !set.isDisjoint(with: ["preview", "summary"]), set.contains("changes") || namesText, keys.count <= 14 {
      return true
    }
    if set.contains("read"), set.contains("carefully"), namesText, keys.count <= 10 { return true }
    // An entry in a log of changes: begins with a date, or with what was done to which section.
    let block = passage.block(around: sentence.lowerBound)
    if Self.logVerbs.contains(keys[0]), keys.count <= 30, block.kind == .item,
      set.isDisjoint(with: ["may", "must", "only"])
    {
      return true
    }
    return false
  }

  private static let textNames: Set<String> = [
    "terms", "policy", "agreement", "notice", "conditions", "statement", "guidelines", "policies",
  ]
  private static let logVerbs: Set<String> = ["updated", "added", "clarified", "renamed", "corrected"]

  // MARK: Contact details

  private func contactDetails(_ reading: inout Reading) {
    // Addresses of every kind, wherever they stand, and what introduces them.
    for side in Self.sides {
      let passage = reading.passage(side)
      for (index, word) in passage.words.enumerated() where reading.isOpen(index, side) {
        if word.kind == .mail || word.kind == .telephone || word.kind == .address {
          reading.clear(index..<index + 1, side, .contactDetails, passage.text(index..<index + 1))
        }
      }
    }
    for hunk in reading.openHunks { clearContactWords(hunk, &reading) }
    for side in Self.sides {
      let passage = reading.passage(side)
      for block in passage.blocks where reading.hasOpen(block.words, side) && isAddressBlock(passage.words[block.words])
      {
        reading.clear(block.words, side, .contactDetails, passage.quoted(block.words))
      }
    }
  }

  /// Words around an address that say no more than how it is reached.
  private func clearContactWords(_ hunk: WordComparison.Hunk, _ reading: inout Reading) {
    var hasContact = false
    for side in Self.sides {
      let range = side == .before ? hunk.before : hunk.after
      let words = reading.passage(side).words
      for index in range {
        let word = words[index]
        if word.kind == .mail || word.kind == .telephone || word.kind == .address || Self.channels.contains(word.key) {
          hasContact = true
        }
        guard reading.isOpen(index, side) else { continue }
        let traits = Vocabulary.traits(word.stem)
        let isAllowed =
          !traits.isDisjoint(with: [.contact, .function, .preposition, .pointer])
          && traits.isDisjoint(with: [.modality, .negation])
          || Self.contactExtras.contains(word.key)
          || word.isLinked && traits.isDisjoint(with: Vocabulary.Traits.effects)
        if !isAllowed { return }
      }
    }
    if hasContact { reading.clear(hunk, .contactDetails) }
  }

  private static let channels: Set<String> = ["fax", "telephone", "phone", "email"]
  private static let contactExtras: Set<String> = [
    "or", "and", "us", "our", "your", "also", "can", "by", "opens", "new", "window", "here", "you",
  ]

  /// Whether a block is nothing but a postal address or a list of ways to get in touch.
  private func isAddressBlock(_ words: ArraySlice<Word>) -> Bool {
    guard words.count <= 45 else { return false }
    var clues = 0
    var capitals = 0
    var plain = 0
    for word in words {
      let traits = Vocabulary.traits(word.stem)
      if word.kind == .mail || word.kind == .telephone || word.kind == .address { clues += 2 }
      if word.kind == .number { clues += 1 }
      if Self.addressClues.contains(word.key) { clues += 1 }
      if Self.ruling.contains(word.key) || traits.contains(.modality) { return false }
      guard word.kind == .plain else { continue }
      plain += 1
      if word.isCapitalised || !traits.isDisjoint(with: [.contact, .preposition, .function]) { capitals += 1 }
    }
    return clues >= 2 && capitals * 10 >= plain * 9
  }

  private static let addressClues: Set<String> = [
    "street", "st", "road", "rd", "avenue", "ave", "suite", "floor", "box", "attn", "attention", "building", "drive",
    "lane",
    "square", "terrace", "boulevard", "blvd", "call", "phone", "tel", "telephone", "fax", "email",
  ]

  // MARK: References

  /// References to clauses that bear another number now.
  private func crossReferences(_ reading: inout Reading) {
    for hunk in reading.openHunks {
      let old = reading.open(hunk.before, .before).map { reading.comparison.before.words[$0] }
      let new = reading.open(hunk.after, .after).map { reading.comparison.after.words[$0] }
      guard !old.isEmpty || !new.isEmpty,
        (old + new).allSatisfy({
          $0.kind == .reference || $0.kind == .plain && PassageScanner.referring.contains($0.key)
            || Self.referenceGlue.contains($0.key)
        }),
        (old + new).contains(where: { $0.kind == .reference })
      else { continue }
      switch document.follows(
        old.filter { $0.kind == .reference }.map(\.key), new.filter { $0.kind == .reference }.map(\.key))
      {
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

  private static let referenceGlue: Set<String> = ["and", "to", "of", "the", "above", "below"]

  private func isLawNear(_ hunk: WordComparison.Hunk, _ reading: Reading) -> Bool {
    let words = reading.comparison.after.words
    let start = max(0, hunk.after.lowerBound - 6)
    let end = min(words.count, hunk.after.upperBound + 8)
    guard start < end else { return false }
    return words[start..<end].contains { LawFinder.isLawWord($0) }
  }

  // MARK: Furniture and pointers

  private func pageFurniture(_ reading: inout Reading) {
    for side in Self.sides {
      let passage = reading.passage(side)
      // A block that stands on both sides, changed within, is judged by what changed in it.
      for block in passage.blocks where reading.isWhole(block.words, side) {
        let words = passage.words[block.words]
        if Furniture.isFurniture(words, block, reading.section, run: document.run(of: reading, side)) {
          reading.clear(block.words, side, .pageFurniture, passage.quoted(block.words))
        }
      }
    }
    for hunk in reading.openHunks where Furniture.isControl(hunk, reading) {
      reading.clear(hunk, .pageFurniture)
    }
  }

  /// Sentences that say where to read more.
  private func pointers(_ reading: inout Reading) {
    for side in Self.sides {
      let passage = reading.passage(side)
      for sentence in passage.sentences
      where reading.hasOpen(sentence, side) && Furniture.isPointer(passage.words[sentence]) {
        reading.clear(sentence, side, .pointer, "“\(passage.quoted(sentence))”")
      }
    }
  }

  // MARK: Words

  private func renamedTerms(_ reading: inout Reading) {
    for hunk in reading.openHunks {
      guard let term = document.rename(hunk, reading) else { continue }
      reading.clear(hunk, .renamedTerm, "\(term.before) → \(term.after), throughout")
    }
  }

  private func spelling(_ reading: inout Reading) {
    for hunk in reading.openHunks {
      let old = reading.comparison.before.words[hunk.before]
      let new = reading.comparison.after.words[hunk.after]
      guard !old.isEmpty, !new.isEmpty, old.count <= 6, new.count <= 6 else { continue }
      if old.map(\.key).joined() == new.map(\.key).joined()
        || old.count == 1 && new.count == 1 && Spelling.isSlip(old[old.startIndex], new[new.startIndex])
      {
        reading.clear(hunk, .spelling)
      }
    }
  }

  private func sameWords(_ reading: inout Reading) {
    for hunk in reading.openHunks {
      let old = reading.open(hunk.before, .before).map { reading.comparison.before.words[$0] }
      let new = reading.open(hunk.after, .after).map { reading.comparison.after.words[$0] }
      guard !old.isEmpty, !new.isEmpty else { continue }
      let telling = { (words: [Word]) in words.filter { !EqualWords.isIdle($0) }.map(\.stem) }
      if telling(old) == telling(new), !telling(old).isEmpty {
        reading.clear(hunk, .sameWord)
      }
    }
  }

  private func equalWords(_ reading: inout Reading) {
    for hunk in reading.openHunks {
      let old = reading.open(hunk.before, .before).map { reading.comparison.before.words[$0] }
      let new = reading.open(hunk.after, .after).map { reading.comparison.after.words[$0] }
      guard old.count <= 12, new.count <= 12 else { continue }
      if EqualWords.areEqual(old, new) { reading.clear(hunk, .equalWords) }
    }
  }

  private func functionWords(_ reading: inout Reading) {
    for hunk in reading.openHunks {
      let old = reading.open(hunk.before, .before).map { reading.comparison.before.words[$0] }
      let new = reading.open(hunk.after, .after).map { reading.comparison.after.words[$0] }
      guard (old + new).allSatisfy(EqualWords.isIdle) else { continue }
      reading.clear(hunk, .functionWords)
    }
  }
}
