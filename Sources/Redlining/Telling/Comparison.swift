internal import TermsModel

/// Compares two wordings: aligns the clauses, compares their words, and names what happened.
struct Comparison {
  private var aligner: Aligner
  /// What the words of each group came to, by its first clause of before; `nil` where it was not looked at.
  private var compared: ComparedGroups
  private var renamings: [Renaming] = []
  private var script = WordScript()

  /// Two texts and what they share.
  struct ComparedWords {
    var before: TokenText
    var after: TokenText
    /// Shared runs, with a renamed term counted as shared.
    var matches: [Match]
    /// Shared runs, with a renamed term counted as changed: what the edits show.
    var plainMatches: [Match]

    /// Whether the words differ otherwise than by renamed terms.
    var differs: Bool { Self.differs(matches, before, after) }
    /// Whether the words differ.
    var differsPlainly: Bool { Self.differs(plainMatches, before, after) }

    private static func differs(_ matches: [Match], _ before: TokenText, _ after: TokenText) -> Bool {
      matches.reduce(0) { $0 + $1.count } * 2 != before.tokens.count + after.tokens.count
    }
  }

  struct Renaming {
    var old: UInt32
    var new: UInt32
    var before: String
    var after: String
  }

  static func outcome(_ before: Wording, _ after: Wording, _ options: Redline.Options) -> (
    changes: [Change], clauses: AlignedClauses
  ) {
    var (source, other) = (before.source, after.source)
    return source.withUTF8 { source in
      other.withUTF8 { other in
        before.clauses.withUnsafeBufferPointer { clauses in
          after.clauses.withUnsafeBufferPointer { others in
            let ends = SharedEnds(source, clauses, other, others)
            let window = ends.first..<(clauses.count - ends.last)
            let otherWindow = ends.first..<(others.count - ends.last)
            var comparison = Comparison(
              Sheet(source: source, clauses: clauses, window: window),
              Sheet(source: other, clauses: others, window: otherWindow), options)
            let changes = window.isEmpty && otherWindow.isEmpty ? [] : comparison.run()
            return (
              changes, AlignedClauses(first: ends.first, last: ends.last, between: comparison.aligner.alignment)
            )
          }
        }
      }
    }
  }

  private init(_ before: Sheet, _ after: Sheet, _ options: Redline.Options) {
    aligner = Aligner(before: before, after: after, foldings: options.foldings)
    compared = ComparedGroups(count: before.count)
  }

  private mutating func run() -> [Change] {
    aligner.align()
    compareWords()
    if findRenamedTerms() {
      aligner.alignAgain()
      compareWords()
    }
    return ChangeTeller(aligner, compared, renamings).changes()
  }

  // MARK: - Words

  /// Compares the words of every group that was not, or that may have a renamed term in it.
  private mutating func compareWords() {
    var groups: [Alignment.Group] = []
    for place in 0..<aligner.before.count {
      guard let group = aligner.alignment.group(from: place) else { continue }
      if group.before.count == 1, group.after.count == 1,
        Sheet.areSameLines(aligner.before, place, aligner.after, group.after.lowerBound)
      {
        continue
      }
      if compared[place] == nil || !renamings.isEmpty { groups.append(group) }
    }
    // All are read before the first is compared: the texts to be compared are views of what was read.
    for group in groups {
      for place in group.before { aligner.before.read(place, with: &aligner.tokenizer) }
      for place in group.after { aligner.after.read(place, with: &aligner.tokenizer) }
    }
    for group in groups { compared[group.before.lowerBound] = compare(group) }
  }

  private mutating func compare(_ group: Alignment.Group) -> ComparedWords {
    let (x, y) = texts(of: group)
    if let lines = linesThatCount(in: group, x, y) { return lines }
    guard !renamings.isEmpty else {
      let matches = script.compare(x.tokens.numbers, y.tokens.numbers)
      return ComparedWords(before: x, after: y, matches: matches, plainMatches: matches)
    }
    let names = Dictionary(uniqueKeysWithValues: renamings.map { ($0.new, $0.old) })
    let matches = script.compare(x.tokens.numbers, y.tokens.map { names[$0.number] ?? $0.number })
    return ComparedWords(
      before: x, after: y, matches: matches, plainMatches: Self.parting(matches, x, y))
  }

  /// The texts of a group that are compared: without a heading that is the same on both sides, and with the label where
  /// only one side was read as having one.
  private mutating func texts(of group: Alignment.Group) -> (TokenText, TokenText) {
    guard group.before.count == 1, group.after.count == 1 else {
      return (aligner.before.text(group.before, headings: true), aligner.after.text(group.after, headings: true))
    }
    let (b, a) = (group.before.lowerBound, group.after.lowerBound)
    let (old, new) = (aligner.before[b], aligner.after[a])
    if (old.heading == nil) != (new.heading == nil)
      || (aligner.before.ownLabel(b) == nil) != (aligner.after.ownLabel(a) == nil)
    {
      return (lines(of: aligner.before, b), lines(of: aligner.after, a))
    }
    let isSameHeading =
      (old.heading ?? "").utf8.elementsEqual((new.heading ?? "").utf8) && old.hasText && new.hasText
    return (
      aligner.before.text(group.before, headings: !isSameHeading),
      aligner.after.text(group.after, headings: !isSameHeading)
    )
  }

  /// The lines of a clause whose words stayed, where they differ in a dress that counts as words; `nil` elsewhere. Dress
  /// outside the words, such as the shape of a bullet, is found in the lines alone.
  private mutating func linesThatCount(in group: Alignment.Group, _ x: TokenText, _ y: TokenText) -> ComparedWords? {
    let (b, a) = (group.before.lowerBound, group.after.lowerBound)
    guard aligner.tokenizer.foldings != .all, group.before.count == 1, group.after.count == 1, x.bytes == y.bytes,
      aligner.before[b].label == aligner.after[a].label
    else { return nil }
    let (old, new) = (lines(of: aligner.before, b), lines(of: aligner.after, a))
    guard !haveSameWords(old, new) else { return nil }
    let matches = script.compare(old.tokens.numbers, new.tokens.numbers)
    return ComparedWords(before: old, after: new, matches: matches, plainMatches: matches)
  }

  private func haveSameWords(_ old: TokenText, _ new: TokenText) -> Bool {
    CanonicalText.haveSameWords(
      String(decoding: old.bytes, as: UTF8.self), String(decoding: new.bytes, as: UTF8.self),
      folding: aligner.tokenizer.foldings)
  }

  private mutating func lines(of sheet: Sheet, _ place: Int) -> TokenText {
    let lines = sheet.lines(place)
    var tokens: [Token] = []
    aligner.tokenizer.append(lines, offset: 0, to: &tokens)
    return TokenText(bytes: Array(lines), tokens: tokens)
  }

  /// Shared runs without the tokens that count as shared only because a term was renamed.
  private static func parting(_ matches: [Match], _ before: TokenText, _ after: TokenText) -> [Match] {
    var result: [Match] = []
    for match in matches {
      var start = 0
      for offset in 0...match.count {
        if offset < match.count,
          before.tokens[match.before + offset].number == after.tokens[match.after + offset].number
        {
          continue
        }
        if offset > start {
          result.append(Match(before: match.before + start, after: match.after + start, count: offset - start))
        }
        start = offset + 1
      }
    }
    return result
  }

  // MARK: - Renamed terms

  /// Finds the terms that were renamed, and lets both sheets know; whether there are any.
  private mutating func findRenamedTerms() -> Bool {
    var terms = RenamedTerms()
    for words in compared.all where words.differs {
      terms.note(words.before.tokens, words.after.tokens, words.matches)
    }
    let frequent = terms.frequent
    guard !frequent.isEmpty else { return false }
    let wanted = Set(frequent.flatMap { [$0.before, $0.after] })
    let texts = words(of: wanted)
    guard frequent.contains(where: { isPair($0, texts) }) else { return false }
    var taken: Set<UInt32> = []
    for pair in frequent where isPair(pair, texts) && !taken.contains(pair.before) && !taken.contains(pair.after) {
      guard let before = texts[pair.before], let after = texts[pair.after] else { continue }
      let old = (before: aligner.before.occurrences(of: before), after: aligner.after.occurrences(of: before))
      let new = (before: aligner.before.occurrences(of: after), after: aligner.after.occurrences(of: after))
      guard RenamedTerms.isRenaming(old: old, new: new) else { continue }
      renamings.append(Renaming(old: pair.before, new: pair.after, before: before, after: after))
      taken.formUnion([pair.before, pair.after])
    }
    guard !renamings.isEmpty else { return false }
    aligner.after.rename(Dictionary(uniqueKeysWithValues: renamings.map { ($0.new, $0.old) }))
    return true
  }

  private func isPair(_ pair: RenamedTerms.Pair, _ texts: [UInt32: String]) -> Bool {
    guard let before = texts[pair.before], let after = texts[pair.after] else { return false }
    return RenamedTerms.isTerm(before) && RenamedTerms.isTerm(after)
  }

  /// The words of the tokens with these numbers.
  private func words(of wanted: Set<UInt32>) -> [UInt32: String] {
    var texts: [UInt32: String] = [:]
    for words in compared.all where words.differs {
      for text in [words.before, words.after] {
        for token in text.tokens where wanted.contains(token.number) && texts[token.number] == nil {
          texts[token.number] = text.text(token)
        }
      }
    }
    return texts
  }
}
