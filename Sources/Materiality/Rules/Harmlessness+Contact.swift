internal import TermsModel

/// How to reach somebody.
extension Harmlessness {
  func contactDetails(_ reading: Reading) {
    // Addresses of every kind, wherever they stand, and what introduces them.
    let covered = coveredAddresses(reading)
    for side in Self.sides {
      let passage = reading.passage(side)
      for sentence in reading.sentences(side) where sentence.gist.hasAddress {
        for index in sentence.words where reading.isOpen(index, side) && passage.words[index].isAddress {
          guard !(side == .before ? covered.before : covered.after).contains(index) else { continue }
          reading.clear(index..<index + 1, side, .contactDetails, passage.text(index..<index + 1))
        }
      }
    }
    if reading.changed.hasAddress || reading.changed.has(.channel) {
      for hunk in reading.comparison.hunks
      where reading.isOpen(hunk) && !hunk.before.contains(where: covered.before.contains)
        && !hunk.after.contains(where: covered.after.contains)
      {
        clearContactWords(hunk, reading)
      }
    }
    for hunk in reading.comparison.hunks where reading.isOpen(hunk) && isOccasion(hunk, reading) {
      reading.clear(hunk, .contactDetails)
    }
    for hunk in reading.comparison.hunks where reading.isOpen(hunk) && isPostal(hunk, reading) {
      reading.clear(hunk, .contactDetails)
    }
    for side in Self.sides {
      let passage = reading.passage(side)
      for stretch in reading.sentences(side)
      where stretch.gist.has(.mail) || stretch.gist.has(.telephone) {
        let sentence = stretch.words
        guard reading.hasOpen(sentence, side), isContactSentence(passage.words[sentence]) else { continue }
        let isWhole = reading.isWhole(sentence, side)
        if !sentence.contains(where: { reading.isOpen($0, side) && rules(passage.words[$0], whole: isWhole) }) {
          reading.clear(sentence, side, .contactDetails, passage.quoted(sentence))
        }
      }
      for block in reading.blocks(side)
      where reading.hasOpen(block.words, side) && isAddressBlock(passage.words[block.words], block.gist) {
        reading.clear(block.words, side, .contactDetails, passage.quoted(block.words))
      }
    }
  }

  /// Web addresses that came or went in a list of them: "the sites a.example, b.example and c.example" says what the terms
  /// cover.
  private func coveredAddresses(_ reading: Reading) -> (before: [Int], after: [Int]) {
    var covered: (before: [Int], after: [Int]) = ([], [])
    guard reading.changed.has(.address) else { return covered }
    for hunk in reading.comparison.hunks where reading.isOpen(hunk) && hunk.before.isEmpty != hunk.after.isEmpty {
      let side: Reading.Side = hunk.before.isEmpty ? .after : .before
      let passage = reading.passage(side)
      let range = side == .before ? hunk.before : hunk.after
      for index in range.prefix(12) where passage.words[index].kind == .address && !passage.words[index].isLinked {
        let near = passage.sentence(near: index, reach: 12)
        guard near.contains(where: { passage.words[$0].kind == .address && reading.marks(side)[$0] == .same }) else {
          continue
        }
        if side == .before { covered.before.append(index) } else { covered.after.append(index) }
      }
    }
    return covered
  }

  /// "Questions, comments[, complaints] and requests should be addressed to …": another occasion to write, in a sentence that
  /// says where to write and nothing else.
  private func isOccasion(_ hunk: WordComparison.Hunk, _ reading: Reading) -> Bool {
    for (range, passage) in [(hunk.before, reading.comparison.before), (hunk.after, reading.comparison.after)] {
      guard passage.words[range].allSatisfy({ $0.isIn(.occasion) || EqualWords.isIdle($0) }) else {
        return false
      }
      guard let first = range.first ?? (hunk.before.isEmpty ? hunk.after.first : hunk.before.first) else { continue }
      guard !range.isEmpty else { continue }
      let words = passage.words[passage.sentence(near: first)]
      guard words.contains(where: { $0.isIn(.questions) }), words.contains(where: { $0.isIn(.writing) }),
        !isRule(words)
      else { return false }
    }
    return true
  }

  /// Words around an address that say no more than how it is reached.
  func clearContactWords(_ hunk: WordComparison.Hunk, _ reading: Reading) {
    var hasContact = false
    for side in Self.sides {
      let range = side == .before ? hunk.before : hunk.after
      let words = reading.passage(side).words
      for index in range {
        let word = words[index]
        if word.isAddress || word.isIn(.channel) {
          hasContact = true
        }
        guard reading.isOpen(index, side) else { continue }
        let traits = word.traits
        let isAllowed =
          !traits.isDisjoint(with: [.contact, .function, .preposition, .pointer])
          && traits.isDisjoint(with: [.modality, .negation])
          || word.isIn(.contactExtra)
          || word.isLinked && traits.isDisjoint(with: Vocabulary.Traits.effects)
        if !isAllowed { return }
      }
    }
    // The ways to reach somebody are no rule, but an address is a kind of data, too.
    if hasContact, !speaksOfData(hunk, reading), !isWayOfNotice(hunk, reading) { reading.clear(hunk, .contactDetails) }
  }

  /// "Call 555-0100 to order", "you can write to help@example.com": how to reach somebody, and nothing that is granted.
  func isContactSentence(_ words: ArraySlice<Word>) -> Bool {
    guard words.count <= 25, words.contains(where: { $0.kind == .mail || $0.kind == .telephone }) else { return false }
    let bearing = Vocabulary.Traits.effects.subtracting([.modality, .exception, .quantifier, .connective])
    // "You may also call us at …" leaves open how, and grants nothing.
    let isInvitation = zip(words, words.dropFirst(2)).contains { $0.isIn(.inviting) && $1.isIn(.reaching) }
    return !words.contains {
      !$0.isLinked && !$0.traits.isDisjoint(with: bearing)
        || $0.isIn(.ruling) && !(isInvitation && $0.isIn(.may))
    }
  }

  /// Whether a changed word of a contact sentence may rule something: a number above all, for a deadline may hide there.
  private func rules(_ word: Word, whole: Bool) -> Bool {
    if word.kind == .number || word.kind == .sign || word.kind == .date { return true }
    let operative: Vocabulary.Traits = [.modality, .negation, .exception, .quantifier, .standard, .period, .connective]
    return !whole && !word.isLinked && !word.traits.isDisjoint(with: operative)
  }

  /// "Notice is given by registered mail": which way is part of what was agreed; an address there is none.
  private func isWayOfNotice(_ hunk: WordComparison.Hunk, _ reading: Reading) -> Bool {
    for (range, passage) in [(hunk.before, reading.comparison.before), (hunk.after, reading.comparison.after)] {
      guard let first = range.first else { continue }
      if passage.words[range].contains(where: \.isAddress) { return false }
      if passage.words[range].contains(where: { $0.isIn(.noticeWay) }),
        passage.words[passage.sentence(near: first)].contains(where: { $0.traits.contains(.amendment) })
      {
        return true
      }
    }
    return false
  }

  func speaksOfData(_ hunk: WordComparison.Hunk, _ reading: Reading) -> Bool {
    for (range, passage) in [(hunk.before, reading.comparison.before), (hunk.after, reading.comparison.after)] {
      guard let first = range.first else { continue }
      if passage.words[range].contains(where: \.isAddress) { return false }
      if passage.words[passage.sentence(near: first)].contains(where: { $0.hasStem(in: .data) }) {
        return true
      }
    }
    return false
  }

  /// Whether a hunk is a piece of a postal address: numbers and names with capitals, in a sentence that holds one.
  func isPostal(_ hunk: WordComparison.Hunk, _ reading: Reading) -> Bool {
    var clues = 0
    var streets = 0
    var numbers = 0
    for side in Self.sides {
      let range = side == .before ? hunk.before : hunk.after
      let passage = reading.passage(side)
      guard range.count <= 20 else { return false }
      for index in range {
        let word = passage.words[index]
        let traits = word.traits
        guard !traits.contains(.party), word.kind != .sign, word.kind != .date else { return false }
        guard
          word.kind == .number || word.isCapitalised || traits.contains(.contact) || traits.contains(.preposition)
            || traits.contains(.place) || word.length <= 3 && traits.isDisjoint(with: Vocabulary.Traits.effects)
        else { return false }
      }
      // The clue may stand in the hunk or a few words around it.
      guard !passage.words.isEmpty else { continue }
      let start = max(0, range.lowerBound - 8)
      let end = min(passage.words.count, range.upperBound + 8)
      for index in start..<max(start, end) {
        let word = passage.words[index]
        if word.kind == .number || word.shape.contains(.numbered) { numbers += 1 }
        let isClue = word.isIn(.addressClue)
        if isClue, word.isCapitalised, !word.isIn(.channel) { streets += 1 }
        if isClue, word.isCapitalised || word.isIn(.postalVerb) { clues += 1 }
        if word.isIn(.postalVerb) { clues += 1 }
      }
    }
    return streets >= 1 && clues >= 2 && numbers >= 2 || streets >= 1 && clues >= 3 && numbers >= 1
  }

  /// Whether a block is nothing but a postal address or a list of ways to get in touch.
  func isAddressBlock(_ words: ArraySlice<Word>, _ gist: Gist) -> Bool {
    guard words.count <= 45, gist.hasAddress || gist.has(.addressClue), !gist.has(.ruling),
      gist.traits.isDisjoint(with: [.modality, .party])
    else { return false }
    var clues = 0
    var numbers = 0
    var capitals = 0
    var plain = 0
    for word in words {
      let traits = word.traits
      if word.isAddress { clues += 2 }
      if word.kind == .number { numbers += 1 }
      if word.isIn(.addressClue) { clues += 1 }
      guard word.kind == .plain else { continue }
      plain += 1
      if word.isCapitalised || !traits.isDisjoint(with: [.contact, .preposition, .function])
        || word.isIn(.streetParticle)
      {
        capitals += 1
      }
    }
    return clues >= 1 && clues + numbers >= 2 && capitals * 10 >= plain * 9
  }
}
