internal import TermsModel

/// Where clauses stand: the headings and labels that are open at a place of the text, outermost first.
///
/// A label is placed by what came before it: `(i)` after `(h)` is the ninth letter where `(j)` follows, and the first
/// Roman numeral where `(ii)` does; `2.` after `1.` is its sibling, `(a)` after `1.` its child.
struct Outline {
  /// The rank of labels that no heading bears; headings have 1 to 6.
  static let bodyRank = 8

  private enum Style: Equatable {
    case none
    case number(LabelToken.Form)
    case letter(LabelToken.Form, upper: Bool)
    case roman(LabelToken.Form, upper: Bool)
    case word
    /// A number with dots, which says itself where it stands.
    case decimal
  }

  private struct Level {
    var label: ClauseLabel
    var style: Style
    var ordinal: Int
    var rank: Int
    var depth: Int
    var clause: Int
    /// How many clauses stand under the label so far.
    var paragraphs = 1
    /// Whether it titles a section: a restart at 1 under it is a list of its own.
    var isSection: Bool
    /// Whether it bears a label of its own.
    var isLabelled: Bool { style != .none }
  }

  /// Labels deeper than this are read as plain items, so that a path stays a path that a person can cite.
  private static let deepest = 24

  private var levels: [Level] = []

  /// The place of a clause: its label, its number among those under the label, and the clause that it stands under.
  struct Place {
    var label: ClauseLabel
    var paragraph: Int
    var parent: Int?
  }

  // MARK: Unlabelled clauses

  /// The place of a heading without a label.
  ///
  /// - Parameter isAboveSection: Whether the next block begins a section: then the heading stands above sections.
  mutating func place(heading rank: Int, isAboveSection: Bool, clause: Int) -> Place {
    if rank < Self.bodyRank {
      while let last = levels.last, last.rank >= rank { levels.removeLast() }
    } else {
      // A bold line within a section ends the items before it, never the section.
      while let last = levels.last, last.rank >= Self.bodyRank, isAboveSection || !isSectionNumber(last) {
        levels.removeLast()
      }
    }
    let label = levels.last?.label ?? .none
    let parent = levels.last?.clause
    levels.append(
      Level(label: label, style: .none, ordinal: 0, rank: rank, depth: 0, clause: clause, isSection: true))
    return Place(label: label, paragraph: 1, parent: parent)
  }

  /// The place of a paragraph, item or table without a label, which stands in `depth` list items.
  mutating func place(paragraphAt depth: Int, isItem: Bool, clause: Int) -> Place {
    while let last = levels.last, last.rank == Self.bodyRank,
      last.isLabelled ? last.depth > depth : !last.isSection && last.depth >= depth
    {
      levels.removeLast()
    }
    guard let last = levels.indices.last else {
      unplaced += 1
      return open(isItem, Place(label: .none, paragraph: unplaced, parent: nil), depth, clause)
    }
    // Count where the label is, so that the paragraphs of one label are numbered through.
    var owner = last
    while !levels[owner].isLabelled, !levels[owner].isSection, owner > 0 { owner -= 1 }
    levels[owner].paragraphs += 1
    let place = Place(
      label: levels[last].label, paragraph: levels[owner].paragraphs, parent: levels[last].clause)
    return open(isItem, place, depth, clause)
  }

  private var unplaced = 0

  private mutating func open(_ isItem: Bool, _ place: Place, _ depth: Int, _ clause: Int) -> Place {
    if isItem {
      levels.append(
        Level(
          label: place.label, style: .none, ordinal: 0, rank: Self.bodyRank, depth: depth, clause: clause,
          isSection: false))
    }
    return place
  }

  private func isSectionNumber(_ level: Level) -> Bool {
    if level.style == .none { return false }
    if case .number(.dot) = level.style { return level.depth == 0 }
    return level.style == .word
  }

  /// Whether a level is an item that no section stands under: `(a)`, `b.`
  private func isItem(_ level: Level) -> Bool {
    switch level.style {
    case .letter, .roman, .number(.parenthesis): return !level.isSection
    case .none: return !level.isSection
    case .number(.dot), .word, .decimal: return false
    }
  }

  // MARK: Labelled clauses

  /// The place of a labelled clause, or `nil` where its label is too weak to stand here.
  ///
  /// - Parameter following: The next label of the same kind and form in the text.
  mutating func place(
    _ mark: LabelMark, _ bytes: Bytes, rank: Int, depth: Int, isSection: Bool, clause: Int, following: LabelToken?,
    secondFollows: Bool
  ) -> Place? {
    if mark.isWeak, !isExpected(mark, rank: rank, secondFollows: secondFollows) { return nil }
    if rank < Self.bodyRank {
      while let last = levels.last, last.rank > rank { levels.removeLast() }
    } else {
      while let last = levels.last, last.rank == Self.bodyRank, last.depth > depth { levels.removeLast() }
    }
    if let word = mark.word {
      return place(
        word: bytes.string(word), mark, bytes, rank: rank, depth: depth, isSection: isSection, clause: clause)
    }
    if mark.decimals > 1 {
      return place(decimal: mark, bytes, rank: rank, depth: depth, isSection: isSection, clause: clause)
    }
    var place: Place?
    for (index, token) in mark.tokens.enumerated() {
      place = self.place(
        token, bytes, rank: rank, depth: depth, isSection: isSection, clause: clause,
        following: index == 0 ? following : nil)
    }
    return place
  }

  /// Whether some open level counts on to the label, or it is a first one whose second follows.
  private func isExpected(_ mark: LabelMark, rank: Int, secondFollows: Bool) -> Bool {
    guard let token = mark.tokens.first else { return false }
    if (token.ordinal == 1 || token.roman == 1), secondFollows { return true }
    return levels.contains { level in
      styles(of: token).contains { $0.style == level.style && $0.ordinal == level.ordinal + 1 }
    }
  }

  private func styles(of token: LabelToken) -> [(style: Style, ordinal: Int)] {
    switch token.kind {
    case .number: return [(.number(token.form), token.ordinal)]
    case .lower, .upper:
      var found: [(Style, Int)] = []
      if token.roman > 0 { found.append((.roman(token.form, upper: token.kind == .upper), token.roman)) }
      if token.ordinal > 0 { found.append((.letter(token.form, upper: token.kind == .upper), token.ordinal)) }
      return found
    }
  }

  private mutating func place(
    _ token: LabelToken, _ bytes: Bytes, rank: Int, depth: Int, isSection: Bool, clause: Int, following: LabelToken?
  ) -> Place {
    let candidates = styles(of: token)
    // 1. A level that counts on to it, the innermost first.
    for index in levels.indices.reversed() {
      let level = levels[index]
      if level.rank < rank, rank < Self.bodyRank || level.rank < Self.bodyRank, !countsOnAcross(level, token, rank) {
        break
      }
      for candidate in candidates where candidate.style == level.style && candidate.ordinal == level.ordinal + 1 {
        if isRomanChild(token, of: level, following: following) { continue }
        return sibling(
          of: index, candidate, token, bytes, rank: rank, depth: depth, isSection: isSection, clause: clause)
      }
    }
    // 2. A level of its style at its own place: a gap, or a list that starts again. Numbers that start again under
    // lettered items are a list of their own.
    let isFirst = token.ordinal == 1 || token.roman == 1
    if isSection, !isFirst, token.kind == .number {
      while let last = levels.last, last.rank == Self.bodyRank, isItem(last) { levels.removeLast() }
    }
    for index in levels.indices.reversed() {
      let level = levels[index]
      if level.rank != rank || level.depth != depth { break }
      for candidate in candidates where candidate.style == level.style {
        if case .letter = candidate.style, isFirst, token.roman == 1, token.ordinal != 1 { continue }
        if isFirst, level.isSection || (token.kind == .number && index < levels.count - 1) { continue }
        return sibling(
          of: index, candidate, token, bytes, rank: rank, depth: depth, isSection: isSection, clause: clause)
      }
    }
    // 3. The first of a new level. "i" begins Roman numerals; another letter is a letter where it can be one.
    let chosen =
      candidates.first { isFirst ? $0.ordinal == 1 : false }
      ?? candidates.last { $0.ordinal > 0 } ?? (.none, token.ordinal)
    return push(chosen, token, bytes, rank: rank, depth: depth, isSection: isSection, clause: clause)
  }

  /// Whether a label that begins no list goes on the count of a level further out than headings of its rank reach.
  private func countsOnAcross(_ level: Level, _ token: LabelToken, _ rank: Int) -> Bool {
    token.ordinal > 1 && level.isLabelled
  }

  /// `(i)` right after `(h)`, where `(ii)` follows: the first Roman numeral under `(h)`.
  private func isRomanChild(_ token: LabelToken, of level: Level, following: LabelToken?) -> Bool {
    guard token.roman == 1, case .letter = level.style, let following else { return false }
    return following.roman == 2
  }

  private mutating func sibling(
    of index: Int, _ chosen: (style: Style, ordinal: Int), _ token: LabelToken, _ bytes: Bytes, rank: Int, depth: Int,
    isSection: Bool, clause: Int
  ) -> Place {
    let first = levels[index]
    levels.removeSubrange(index...)
    return push(
      chosen, token, bytes, rank: first.rank, depth: first.rank == Self.bodyRank ? depth : 0, isSection: isSection,
      clause: clause)
  }

  private mutating func push(
    _ chosen: (style: Style, ordinal: Int), _ token: LabelToken, _ bytes: Bytes, rank: Int, depth: Int, isSection: Bool,
    clause: Int
  ) -> Place {
    let above = levels.last
    var path = above?.label.path ?? []
    if path.count < Self.deepest { path.append(step(bytes.string(token.range), token.form, under: path.last)) }
    return push(path, chosen.style, chosen.ordinal, rank: rank, depth: depth, isSection: isSection, clause: clause)
  }

  private mutating func push(
    _ path: [String], _ style: Style, _ ordinal: Int, rank: Int, depth: Int, isSection: Bool, clause: Int
  ) -> Place {
    let parent = levels.last { $0.clause != clause }?.clause
    let label = ClauseLabel(path: path)
    levels.append(
      Level(
        label: label, style: style, ordinal: ordinal, rank: rank, depth: depth, clause: clause, isSection: isSection))
    return Place(label: label, paragraph: 1, parent: parent)
  }

  /// The step as it is cited under `above`: `7`, then `.2`, then `(a)`; `1.` under `Article 4` is its `(1)`.
  private func step(_ text: String, _ form: LabelToken.Form, under above: String?) -> String {
    guard form == .dot else { return "(\(text))" }
    guard let above else { return text }
    return above.hasPrefix("Article") || above.hasSuffix(")") ? "(\(text))" : ".\(text)"
  }

  // MARK: Words and decimals

  private mutating func place(
    word: String, _ mark: LabelMark, _ bytes: Bytes, rank: Int, depth: Int, isSection: Bool, clause: Int
  ) -> Place {
    while let last = levels.last, last.rank >= rank || last.rank == Self.bodyRank {
      // A Section may stand under an Article of the same rank.
      if last.style == .word, last.rank == rank, let above = last.label.path.first,
        !above.hasPrefix(word.capitalizedASCII)
      {
        break
      }
      levels.removeLast()
    }
    var path: [String] = []
    for (index, token) in mark.tokens.enumerated() {
      let text = bytes.string(token.range)
      path.append(
        index == 0 ? "\(word.capitalizedASCII) \(text)" : token.form == .parenthesis ? "(\(text))" : ".\(text)")
    }
    let last = mark.tokens[mark.tokens.count - 1]
    let ordinal = last.kind == .number ? last.ordinal : max(last.roman, last.ordinal)
    return push(path, .word, ordinal, rank: rank, depth: depth, isSection: isSection, clause: clause)
  }

  private mutating func place(
    decimal mark: LabelMark, _ bytes: Bytes, rank: Int, depth: Int, isSection: Bool, clause: Int
  ) -> Place {
    let steps = mark.tokens.enumerated().map { index, token in
      let text = bytes.string(token.range)
      return index == 0 ? text : index >= mark.decimals ? "(\(text))" : ".\(text)"
    }
    let path = base(of: mark.tokens[0], first: steps[0]) + steps.dropFirst()
    while let last = levels.last, last.isLabelled || last.rank == Self.bodyRank {
      let above = last.label.path
      if above.count < path.count, !above.isEmpty, path.starts(with: above) { break }
      levels.removeLast()
    }
    let token = mark.tokens[mark.tokens.count - 1]
    let style = mark.tokens.count > mark.decimals ? styles(of: token).last : nil
    return push(
      path, style?.style ?? .decimal, style?.ordinal ?? token.ordinal, rank: rank, depth: depth, isSection: isSection,
      clause: clause)
  }

  /// The path of the section that the first part of a decimal number names.
  ///
  /// The open section of that number, where there is one; otherwise the number itself, under what is open around it and
  /// is no number: `2.1` in `Schedule 1` is the schedule's, `2.1` in `Article 3` stands for itself.
  private func base(of token: LabelToken, first: String) -> [String] {
    for level in levels.reversed() where level.ordinal == token.ordinal {
      switch level.style {
      case .number(.dot): return level.label.path
      case .word where level.label.path.count == 1: return level.label.path
      case .decimal where level.label.path.last == first: return level.label.path
      default: break
      }
    }
    for level in levels.reversed() where level.rank < Self.bodyRank || level.style == .word {
      switch level.style {
      case .letter(_, upper: true), .roman(_, upper: true): return level.label.path + [".\(first)"]
      case .word where !level.label.path[0].hasPrefix("Article") && !level.label.path[0].hasPrefix("Section"):
        return level.label.path + [".\(first)"]
      default: continue
      }
    }
    return [first]
  }
}

extension String {
  /// The word with a capital first letter and small ones after it: `Article` for `ARTICLE`.
  var capitalizedASCII: String { prefix(1).uppercased() + dropFirst().lowercased() }
}
