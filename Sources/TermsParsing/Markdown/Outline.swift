internal import TermsModel

/// Where clauses stand: the headings and labels that are open at a place of the text, outermost first.
///
/// A label is placed by what came before it: `(i)` after `(h)` is the ninth letter where `(j)` follows, and the first
/// Roman numeral where `(ii)` does; `2.` after `1.` is its sibling, `(a)` after `1.` its child.
struct Outline {
  /// The rank of labels that no heading bears; headings have 1 to 6.
  static let bodyRank = 8

  enum Style: Equatable {
    case none
    case number(LabelToken.Form)
    case letter(LabelToken.Form, upper: Bool)
    case roman(LabelToken.Form, upper: Bool)
    case word
    /// A number with dots, which says itself where it stands.
    case decimal
  }

  struct Level: Equatable {
    /// Its label's place in ``Outline/labels``.
    var label: Int
    var style: Style
    var ordinal: Int
    var rank: Int
    var depth: Int
    var column: Int
    var clause: Int
    /// How many clauses stand under the label so far.
    var paragraphs = 1
    /// Whether it titles a section: a restart at 1 under it is a list of its own.
    var isSection: Bool
    /// Whether it has a heading, be it followed by text.
    var isHeaded = false
    /// Whether it is an item of an ordered list that holds what is indented under it.
    var isItem = false
    /// Whether it, or an item before it in its list, holds something indented: then what is not stands outside.
    var nests = false
    /// Whether its opening parenthesis is missing: `a)`.
    var lacksOpening = false
    /// For a number with dots: its first number, and how many steps stand above it.
    var root: Root?
    /// Whether it bears a label of its own.
    var isLabelled: Bool { style != .none }
  }

  struct Root: Equatable {
    var ordinal: Int
    var above: Int
  }

  /// Labels deeper than this are read as plain items, so that a path stays a path that a person can cite.
  private static let deepest = 24

  /// What a labelled clause brings along to be placed by.
  struct Candidate {
    var mark: LabelMark
    /// 1 to 6 for a heading, ``Outline/bodyRank`` for any other.
    var rank: Int
    /// List items that it stands in.
    var depth: Int
    /// The column of its first word.
    var column: Int
    /// Whether it titles a section.
    var isSection: Bool
    /// Whether it has a heading, be it followed by text.
    var isHeaded: Bool
    /// Whether it is an item of an ordered list.
    var isItem: Bool
    /// Its index among the clauses.
    var clause: Int
    /// The next label of the same kind and form in the text.
    var following: LabelToken?
    /// Whether the second of its list follows among its next few likes.
    var secondFollows: Bool
  }

  var levels: [Level] = []
  /// Every label that was given, the first of them for what bears none. Levels and places name a label by its place here,
  /// so that they are copied without a count of references.
  private(set) var labels: [ClauseLabel] = [.none]

  private mutating func add(_ path: [String]) -> Int {
    labels.append(ClauseLabel(path: path))
    return labels.count - 1
  }

  /// The label that a place names.
  func label(of place: Place) -> ClauseLabel { labels[place.label] }

  private func steps(_ level: Level) -> [String] { labels[level.label].path }

  /// The place of a clause: its label, its number among those under the label, and the clause that it stands under.
  struct Place {
    /// For ``Outline/label(of:)``.
    @Narrow var label: Int
    @Narrow var paragraph: Int
    @Narrow private var above: Int
    /// The clause whose paragraphs it was counted among; -1 where it is the first of its own, -2 where it stands under
    /// nothing.
    @Narrow private(set) var counter: Int

    init(label: Int, paragraph: Int, parent: Int?, counter: Int = -1) {
      self.label = label
      self.paragraph = paragraph
      above = parent ?? -1
      self.counter = counter
    }

    var parent: Int? {
      get { above < 0 ? nil : above }
      set { above = newValue ?? -1 }
    }
  }

  init() {}

  /// An outline that knows the labels of another, under the same numbers, and has nothing open.
  init(labels other: Outline) {
    labels = other.labels
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
    let label = levels.last?.label ?? 0
    let parent = levels.last?.clause
    levels.append(
      Level(label: label, style: .none, ordinal: 0, rank: rank, depth: 0, column: 0, clause: clause, isSection: true))
    return Place(label: label, paragraph: 1, parent: parent)
  }

  /// The place of a paragraph, item or table without a label, which stands in `depth` list items.
  mutating func place(paragraphAt depth: Int, isItem: Bool, clause: Int) -> Place {
    while let last = levels.last, last.rank == Self.bodyRank, isLeft(last, at: depth) { levels.removeLast() }
    noteNesting(depth)
    guard let last = levels.indices.last else {
      unplaced += 1
      return open(isItem, Place(label: 0, paragraph: unplaced, parent: nil, counter: -2), depth, clause)
    }
    // Count where the label is, so that the paragraphs of one label are numbered through.
    var owner = last
    while !levels[owner].isLabelled, !levels[owner].isSection, owner > 0 { owner -= 1 }
    levels[owner].paragraphs += 1
    let place = Place(
      label: levels[last].label, paragraph: levels[owner].paragraphs, parent: levels[last].clause,
      counter: levels[owner].clause)
    return open(isItem, place, depth, clause)
  }

  var unplaced = 0

  private mutating func open(_ isItem: Bool, _ place: Place, _ depth: Int, _ clause: Int) -> Place {
    if isItem {
      levels.append(
        Level(
          label: place.label, style: .none, ordinal: 0, rank: Self.bodyRank, depth: depth, column: 0, clause: clause,
          isSection: false))
    }
    return place
  }

  /// Whether an unlabelled clause at `depth` stands outside of what the level holds.
  ///
  /// A paragraph at the margin after `(a)` belongs to it: terms seldom indent. Where a list does indent what belongs to
  /// its items, a paragraph that is not indented stands outside of it.
  private func isLeft(_ level: Level, at depth: Int) -> Bool {
    if !level.isLabelled { return !level.isSection && level.depth >= depth }
    return level.depth > depth || (level.isItem && level.depth == depth && (depth > 0 || level.nests))
  }

  private mutating func noteNesting(_ depth: Int) {
    guard depth > 0 else { return }
    for index in levels.indices.reversed() {
      if levels[index].nests || levels[index].rank < Self.bodyRank { break }
      if levels[index].isItem, levels[index].depth < depth { levels[index].nests = true }
    }
  }

  private func isSectionNumber(_ level: Level) -> Bool {
    if case .number(.dot) = level.style { return level.depth == 0 && (level.isSection || level.isHeaded) }
    return level.style == .word
  }

  // MARK: Labelled clauses

  /// The place of a labelled clause, or `nil` where its label is too weak to stand here.
  mutating func place(_ candidate: Candidate, _ bytes: Bytes) -> Place? {
    if candidate.mark.isWeak, !isExpected(candidate) { return nil }
    var candidate = candidate
    candidate.rank = settledRank(of: candidate)
    if candidate.rank < Self.bodyRank {
      while let last = levels.last, last.rank > candidate.rank { levels.removeLast() }
    } else {
      while let last = levels.last, last.rank == Self.bodyRank, last.depth > candidate.depth { levels.removeLast() }
      noteNesting(candidate.depth)
    }
    if let word = candidate.mark.word { return place(word: bytes.string(word).capitalizedASCII, candidate, bytes) }
    if candidate.mark.decimals > 1 || candidate.mark.isGlued { return place(decimal: candidate, bytes) }
    var place: Place?
    for (index, token) in candidate.mark.tokens.enumerated() {
      var step = candidate
      if index > 0 { step.following = nil }
      place = self.place(token, step, bytes)
    }
    return place
  }

  /// The rank that a labelled heading has among the open ones.
  ///
  /// Page converters mix up the ranks of headings: a number that a deeper heading counts on to, and none of its own rank
  /// or above does, belongs there.
  private func settledRank(of candidate: Candidate) -> Int {
    guard candidate.rank < Self.bodyRank, candidate.mark.word == nil, candidate.mark.decimals == 1,
      let token = candidate.mark.tokens.first, token.ordinal > 1
    else { return candidate.rank }
    let reading = Reading(style: .number(token.form), ordinal: token.ordinal)
    if levels.contains(where: { $0.rank <= candidate.rank && countsOn($0, reading, candidate.rank) }) {
      return candidate.rank
    }
    let deeper = levels.last { $0.rank > candidate.rank && $0.rank < Self.bodyRank && countsOn($0, reading, $0.rank) }
    return deeper?.rank ?? candidate.rank
  }

  /// Whether some open level counts on to the label, or it is a first one whose second follows.
  private func isExpected(_ candidate: Candidate) -> Bool {
    guard let token = candidate.mark.tokens.first else { return false }
    if candidate.mark.decimals > 1 {
      // "11.9 30 days": a number of the section that is open.
      return levels.contains {
        $0.root?.ordinal == token.ordinal || ($0.style == .number(.dot) && $0.ordinal == token.ordinal)
      }
    }
    if token.isFirst, candidate.secondFollows { return true }
    let readings = readings(of: token)
    return levels.contains { level in readings.contains { countsOn(level, $0, candidate.rank) } }
  }

  /// What a token may be: a letter, a Roman numeral, or both.
  fileprivate struct Reading {
    var style: Style
    var ordinal: Int
  }

  /// The readings of one token: a Roman numeral before a letter.
  private struct Readings {
    var first: Reading?
    var second: Reading?

    func contains(where isWanted: (Reading) -> Bool) -> Bool { first(where: isWanted) != nil }

    func first(where isWanted: (Reading) -> Bool) -> Reading? {
      if let first, isWanted(first) { return first }
      if let second, isWanted(second) { return second }
      return nil
    }

    func last(where isWanted: (Reading) -> Bool) -> Reading? {
      if let second, isWanted(second) { return second }
      if let first, isWanted(first) { return first }
      return nil
    }
  }

  private func readings(of token: LabelToken) -> Readings {
    switch token.kind {
    case .number: return Readings(first: Reading(style: .number(token.form), ordinal: token.ordinal))
    case .lower, .upper:
      let isUpper = token.kind == .upper
      return Readings(
        first: token.roman > 0
          ? Reading(style: .roman(token.form, upper: isUpper), ordinal: token.roman) : nil,
        second: token.ordinal > 0
          ? Reading(style: .letter(token.form, upper: isUpper), ordinal: token.ordinal) : nil)
    }
  }

  private func countsOn(_ level: Level, _ reading: Reading, _ rank: Int) -> Bool {
    if level.style == reading.style { return level.ordinal + 1 == reading.ordinal }
    guard reading.style == .number(.dot), level.rank == rank, let root = level.root else { return false }
    return root.ordinal + 1 == reading.ordinal && !hasHeading(above: root.above, rank)
  }

  /// Whether a heading of a higher rank bears the number whose parts have `above` steps above it: then the next number
  /// is a heading, too.
  private func hasHeading(above: Int, _ rank: Int) -> Bool {
    levels.contains { $0.rank < rank && $0.isLabelled && steps($0).count == above + 1 }
  }

  private mutating func place(_ token: LabelToken, _ candidate: Candidate, _ bytes: Bytes) -> Place {
    let readings = readings(of: token)
    // 1. A level that counts on to it, the innermost first.
    for index in levels.indices.reversed() {
      let level = levels[index]
      if level.rank < Self.bodyRank, level.rank < candidate.rank, !(token.ordinal > 1 && level.isLabelled) { break }
      if let reading = readings.first(where: { countsOn(level, $0, candidate.rank) }),
        !isRomanChild(token, of: level, candidate)
      {
        return sibling(of: index, reading, token, candidate, bytes)
      }
    }
    // 2. A number of another form counts on where nothing else does: 1., 2., 3).
    if token.kind == .number, token.ordinal > 1, let index = levels.indices.last(where: { levels[$0].isLabelled }),
      case .number = levels[index].style, levels[index].ordinal + 1 == token.ordinal,
      levels[index].depth == candidate.depth
    {
      return sibling(of: index, Reading(style: levels[index].style, ordinal: token.ordinal), token, candidate, bytes)
    }
    // 3. A level of its style at its own place: a gap, or a list that starts again. Numbers that start again under
    // lettered items are a list of their own.
    if candidate.isSection, !token.isFirst, token.kind == .number {
      while let last = levels.last, last.rank == Self.bodyRank, !isSectionNumber(last) { levels.removeLast() }
    }
    // Where several levels have its style, one that it lies ahead of comes before one that it falls back in.
    for mayFallBack in [false, true] {
      for index in levels.indices.reversed() {
        let level = levels[index]
        if level.rank != candidate.rank || level.depth != candidate.depth { break }
        if token.isFirst, startsList(token, candidate, within: index) { continue }
        let reading = readings.first { reading in
          guard reading.style == level.style, mayFallBack || reading.ordinal > level.ordinal else { return false }
          if case .letter = reading.style { return token.roman != 1 || token.ordinal == 1 }
          return true
        }
        if let reading { return sibling(of: index, reading, token, candidate, bytes) }
      }
    }
    // 4. The first of a new level. "i" begins Roman numerals; another letter is a letter where it can be one.
    let reading =
      readings.first { token.isFirst && $0.ordinal == 1 } ?? readings.last { $0.ordinal > 0 }
      ?? Reading(style: .none, ordinal: token.ordinal)
    return push(reading, token, candidate, bytes)
  }

  /// Whether a first label of the style of an open level begins a list under it, instead of beginning that one again.
  private func startsList(_ token: LabelToken, _ candidate: Candidate, within index: Int) -> Bool {
    let level = levels[index]
    // A heading under a heading has a rank of its own: two of one rank and number are one number given twice.
    if candidate.rank < Self.bodyRank, level.rank == candidate.rank, level.ordinal == 1 { return false }
    return level.isSection || (token.kind == .number && index < levels.count - 1)
      || level.lacksOpening != candidate.mark.lacksOpening || candidate.column > level.column + 1
  }

  /// `(i)` right after `(h)`, where `(ii)` follows: the first Roman numeral under `(h)`.
  private func isRomanChild(_ token: LabelToken, of level: Level, _ candidate: Candidate) -> Bool {
    guard token.roman == 1, case .letter = level.style, let following = candidate.following else { return false }
    return following.roman == 2
  }

  private mutating func sibling(
    of index: Int, _ reading: Reading, _ token: LabelToken, _ candidate: Candidate, _ bytes: Bytes
  ) -> Place {
    let first = levels[index]
    levels.removeSubrange(index...)
    var candidate = candidate
    candidate.rank = first.rank
    if first.rank < Self.bodyRank { candidate.depth = 0 }
    if let root = first.root, reading.style != first.style {
      while let last = levels.last, last.isLabelled, steps(last).count > root.above { levels.removeLast() }
    }
    let above = levels.last.map(steps) ?? []
    return push(reading, token, candidate, bytes, above: above, nests: first.nests)
  }

  private mutating func push(
    _ reading: Reading, _ token: LabelToken, _ candidate: Candidate, _ bytes: Bytes, above: [String]? = nil,
    nests: Bool = false
  ) -> Place {
    var path = above ?? levels.last.map(steps) ?? []
    if path.count < Self.deepest {
      path.append(step(bytes.string(token.range), token.form, under: path.last, isDecimal: levels.last?.root != nil))
    }
    return push(path, reading, candidate, nests: nests)
  }

  private mutating func push(
    _ path: [String], _ reading: Reading, _ candidate: Candidate, nests: Bool = false,
    root: Root? = nil
  ) -> Place {
    let parent = levels.last { $0.clause != candidate.clause }?.clause
    let label = add(path)
    levels.append(
      Level(
        label: label, style: reading.style, ordinal: reading.ordinal, rank: candidate.rank, depth: candidate.depth,
        column: candidate.column, clause: candidate.clause, isSection: candidate.isSection,
        isHeaded: candidate.isHeaded, isItem: candidate.isItem,
        nests: nests, lacksOpening: candidate.mark.lacksOpening, root: root))
    return Place(label: label, paragraph: 1, parent: parent)
  }

  /// The step as it is cited under `above`: `7`, then `.2`, then `(a)`; `1.` under `Article 4` or `1.1` is its `(1)`.
  private func step(_ text: String, _ form: LabelToken.Form, under above: String?, isDecimal: Bool) -> String {
    guard form == .dot else { return "(\(text))" }
    guard let above else { return text }
    let isNumber = text.utf8.first.map(\.isDigit) ?? false
    return above.hasPrefix("Article") || above.hasSuffix(")") || (isDecimal && isNumber) ? "(\(text))" : ".\(text)"
  }

  // MARK: Words and decimals

  private mutating func place(word: String, _ candidate: Candidate, _ bytes: Bytes) -> Place {
    // Its like is its sibling, whatever ranks a page converter gave the two: Section 2 after Section 1.
    if let like = levels.firstIndex(where: { $0.style == .word && isLike(steps($0), word, candidate.mark) }) {
      levels.removeSubrange(like...)
    }
    while let last = levels.last, last.rank >= candidate.rank || last.rank == Self.bodyRank {
      // A Section may stand under an Article of the same rank.
      if last.style == .word, last.rank == candidate.rank, let above = steps(last).first, !above.hasPrefix(word) {
        break
      }
      levels.removeLast()
    }
    let path = candidate.mark.tokens.enumerated().map { index, token in
      let text = bytes.string(token.range)
      return index == 0 ? "\(word) \(text)" : token.form == .parenthesis ? "(\(text))" : ".\(text)"
    }
    let last = candidate.mark.tokens[candidate.mark.tokens.count - 1]
    let ordinal = last.kind == .number ? last.ordinal : max(last.roman, last.ordinal)
    return push(path, Reading(style: .word, ordinal: ordinal), candidate)
  }

  /// Whether a label begins with the word and has as many steps as the mark.
  private func isLike(_ path: [String], _ word: String, _ mark: LabelMark) -> Bool {
    path.count == mark.tokens.count && path[0].hasPrefix(word + " ")
  }

  private mutating func place(decimal candidate: Candidate, _ bytes: Bytes) -> Place {
    let mark = candidate.mark
    let printed = mark.tokens.enumerated().map { index, token in
      let text = bytes.string(token.range)
      if index == 0 || (mark.isGlued && index == mark.decimals) { return text }
      return index >= mark.decimals ? "(\(text))" : ".\(text)"
    }
    let base = base(of: mark.tokens[0], first: printed[0])
    let path = base + printed.dropFirst()
    while let last = levels.last, last.isLabelled || last.rank == Self.bodyRank {
      let above = steps(last)
      if above.count < path.count, !above.isEmpty, path.starts(with: above) { break }
      levels.removeLast()
    }
    let token = mark.tokens[mark.tokens.count - 1]
    let reading = mark.tokens.count > mark.decimals && !mark.isGlued ? readings(of: token).last { _ in true } : nil
    return push(
      path, reading ?? Reading(style: .decimal, ordinal: token.ordinal), candidate,
      root: Root(ordinal: mark.tokens[0].ordinal, above: base.count - 1))
  }

  /// The path of the section that the first part of a decimal number names.
  ///
  /// The open section of that number, where there is one; otherwise the number itself, under what is open around it and
  /// is no number: `2.1` in `Schedule 1` is the schedule's, `2.1` in `Article 3` stands for itself.
  private func base(of token: LabelToken, first: String) -> [String] {
    for level in levels.reversed() {
      switch level.style {
      case .number(.dot) where level.ordinal == token.ordinal: return steps(level)
      case .word where level.ordinal == token.ordinal && steps(level).count == 1: return steps(level)
      case .decimal:
        if let root = level.root, root.ordinal == token.ordinal {
          return Array(steps(level).prefix(root.above + 1))
        }
      default: break
      }
    }
    for level in levels.reversed() where level.rank < Self.bodyRank || level.style == .word {
      switch level.style {
      case .letter(_, upper: true), .roman(_, upper: true): return steps(level) + [".\(first)"]
      case .word where !steps(level)[0].hasPrefix("Article") && !steps(level)[0].hasPrefix("Section"):
        return steps(level) + [".\(first)"]
      default: continue
      }
    }
    return [first]
  }
}

extension LabelToken {
  /// Whether it may be the first of a list.
  fileprivate var isFirst: Bool { ordinal == 1 || roman == 1 }
}

extension String {
  /// The word with a capital first letter and small ones after it: `Article` for `ARTICLE`.
  fileprivate var capitalizedASCII: String { prefix(1).uppercased() + dropFirst().lowercased() }
}
