internal import TermsModel

/// Makes clauses of blocks: gives each its label, heading, text and range.
struct ClauseBuilder {
  private let bytes: Bytes
  /// The same text as a string, whose parts the clauses show.
  private let source: String
  let blocks: [Block]
  private(set) var marks = LabelMarks()
  private(set) var furniture: [Bool] = []
  var outline = Outline()
  private(set) var drafts: [Draft] = []
  /// The headings of the drafts, kept apart so that a draft is copied without a count of references.
  var headings: [String] = []
  private(set) var clauses: [Clause] = []
  private(set) var title: String?

  init(_ bytes: Bytes, _ source: String, _ blocks: [Block]) {
    self.bytes = bytes
    self.source = source
    self.blocks = blocks
    drafts.reserveCapacity(blocks.count)
  }

  /// A heading's place in ``headings``.
  private mutating func add(heading: String) -> Int {
    guard !heading.isEmpty else { return -1 }
    headings.append(heading)
    return headings.count - 1
  }

  /// Builds the clauses; `false` where the text holds no words.
  mutating func build() -> Bool {
    readMarks()
    findFurniture()
    for index in blocks.indices { add(block: index) }
    return complete()
  }

  mutating func findFurniture() { furniture = Furniture.find(bytes, blocks, marks) }

  mutating func add(block index: Int) {
    guard hasWords(blocks[index]) else { return }
    if furniture[index] { addFurniture(blocks[index]) } else { add(index) }
  }

  /// Finds title and roles and makes clauses of the drafts; `false` where there are none.
  mutating func complete() -> Bool {
    guard !drafts.isEmpty else { return false }
    findTitle()
    markPreamble()
    finish()
    return true
  }

  // MARK: Clauses of a text like this

  mutating func append(_ draft: Draft) { drafts.append(draft) }

  /// Lets the last clause so far end where it ended before the next one took a parenthesis from it.
  mutating func endLast(at end: Int) { drafts[drafts.count - 1].end = end }

  // MARK: Labels

  mutating func readMarks() { marks = LabelMarks(bytes, blocks) }

  mutating func readMarks(like other: LabelMarks, _ runs: [BlockRun]) {
    marks = LabelMarks(bytes, blocks, like: other, runs)
  }

  /// How many labels of the same kind are asked whether the second of a list follows.
  static let likesAhead = 12

  /// Whether the second of a list follows its first within its next few likes.
  private func secondFollows(_ index: Int) -> Bool {
    guard let token = marks[index]?.tokens.first else { return false }
    var next = marks.nextAlike(index)
    for _ in 0..<Self.likesAhead {
      guard let place = next, let other = marks[place]?.tokens.first else { return false }
      if token.ordinal == 1, other.ordinal == 2 { return true }
      if token.roman == 1, other.roman == 2 { return true }
      next = marks.nextAlike(place)
    }
    return false
  }

  // MARK: Blocks

  private mutating func add(_ index: Int) {
    let block = blocks[index]
    if block.kind == .heading || block.kind == .paragraph, let mark = marks[index], addLabelled(index, block, mark) {
      return
    }
    switch block.kind {
    case .heading: addHeading(index, block)
    case .paragraph where isBoldTitle(block): addHeading(index, block)
    default: addPlain(index, block)
    }
  }

  /// A block of furniture is a clause by itself, so that a change to one link shows that link; it bears no label and
  /// stands under nothing.
  private mutating func addFurniture(_ block: Block) {
    if let last = drafts.indices.last { drafts[last].awaitsText = false }
    var draft = Draft(place: Outline.Place(label: 0, paragraph: 1, parent: nil), block)
    draft.role = .furniture
    drafts.append(draft)
  }

  private mutating func addLabelled(_ index: Int, _ block: Block, _ mark: LabelMark) -> Bool {
    let isHeading = block.kind == .heading
    let split = isHeading ? nil : HeadingReader(bytes).split(from: mark.end, to: block.end, openDress: mark.openDress)
    let isTitle = isHeading || isTitleLine(index, block, mark)
    let place = outline.place(
      Outline.Candidate(
        mark: mark, rank: isHeading ? Int(block.level) : Outline.bodyRank, depth: block.depth,
        column: block.column, isSection: isTitle || split?.textStart == block.end,
        isHeaded: isTitle || split != nil, isItem: block.numbered,
        clause: drafts.count, following: marks.nextAlike(index).flatMap { marks[$0]?.tokens.first },
        secondFollows: mark.isWeak && secondFollows(index)),
      bytes)
    guard let place else { return false }
    var draft = Draft(place: place, block)
    draft.isLabelled = true
    if mark.lacksOpening { mend(&draft) }
    if isTitle {
      let heading = HeadingReader(bytes).plain(mark.end..<block.end)
      draft.heading = add(heading: heading)
      draft.awaitsHeading = isHeading && heading.isEmpty
    } else if let split {
      draft.heading = add(heading: split.heading)
      if split.textStart < block.end { (draft.textBlock, draft.textStart) = (index, split.textStart) }
    } else if mark.end >= block.end {
      draft.awaitsText = true
    } else {
      (draft.textBlock, draft.textStart) = (index, mark.end)
      if let dress = mark.openDress { (draft.leadStart, draft.leadEnd) = (dress.lowerBound, dress.upperBound) }
    }
    if isHeading { draft.headingLevel = block.level }
    drafts.append(draft)
    return true
  }

  /// Takes over the parenthesis that a page converter left at the end of the clause before: `… Ireland.(`, `c) Export`.
  private func mendPosition() -> Int? {
    guard let last = drafts.last, last.end > last.start, bytes[last.end - 1] == ASCII.openParenthesis else {
      return nil
    }
    return last.end - 1
  }

  private mutating func mend(_ draft: inout Draft) {
    guard let at = mendPosition() else { return }
    drafts[drafts.count - 1].end = bytes.trimmedEnd(from: drafts[drafts.count - 1].start, to: at)
    draft.start = at
  }

  private mutating func addHeading(_ index: Int, _ block: Block) {
    if let last = drafts.indices.last, drafts[last].awaitsHeading, drafts[last].headingLevel == block.level {
      headings.append(HeadingReader(bytes).plain(block.content..<block.end))
      drafts[last].heading = headings.count - 1
      drafts[last].lastLine = block.lastLine
      drafts[last].end = block.end
      drafts[last].awaitsHeading = false
      return
    }
    let rank = block.kind == .heading ? Int(block.level) : Outline.bodyRank
    let place = outline.place(
      heading: rank, isAboveSection: rank == Outline.bodyRank && beginsSection(after: index), clause: drafts.count)
    var draft = Draft(place: place, block)
    draft.heading = add(heading: HeadingReader(bytes).plain(block.content..<block.end))
    draft.headingLevel = block.level
    drafts.append(draft)
  }

  private mutating func addPlain(_ index: Int, _ block: Block) {
    if block.kind == .paragraph, !block.bulleted, let last = drafts.last, last.awaitsText,
      !DateLine.matches(bytes, block.content..<block.end)
    {
      drafts[drafts.count - 1].textBlock = index
      drafts[drafts.count - 1].textStart = block.content
      drafts[drafts.count - 1].lastLine = block.lastLine
      drafts[drafts.count - 1].end = block.end
      drafts[drafts.count - 1].awaitsText = false
      return
    }
    if let last = drafts.indices.last { drafts[last].awaitsText = false }
    let place = outline.place(paragraphAt: block.depth, isItem: block.bulleted, clause: drafts.count)
    var draft = Draft(place: place, block)
    (draft.textBlock, draft.textStart) = (index, block.content)
    drafts.append(draft)
  }

  /// Whether a block is more than a mark: rules, empty headings and `&nbsp;` alone belong to the clause before them.
  private func hasWords(_ block: Block) -> Bool {
    switch block.kind {
    case .rule: false
    case .heading, .paragraph:
      block.end > block.content && !(block.end - block.content == 6 && bytes.has("&nbsp;", at: block.content))
    case .table, .code: true
    }
  }

  // MARK: Titles

  /// Whether a paragraph is one bold line that titles what follows.
  private func isBoldTitle(_ block: Block) -> Bool {
    guard !block.bulleted, block.depth == 0, block.line == block.lastLine, block.end - block.content <= 120,
      bytes[block.content] == ASCII.star || bytes[block.content] == ASCII.underscore,
      !DateLine.matches(bytes, block.content..<block.end)
    else { return false }
    return HeadingReader(bytes).isWhollyBold(block.content..<block.end)
  }

  /// Whether a labelled paragraph is the title of a section: `1. API`, followed by what stands under it.
  private func isTitleLine(_ index: Int, _ block: Block, _ mark: LabelMark) -> Bool {
    guard block.blankBefore, block.line == block.lastLine, mark.end < block.end, block.end - mark.end <= 80,
      mark.openDress == nil,
      mark.tokens.count == mark.decimals || mark.word != nil, HeadingReader(bytes).looksLikeTitle(mark.end..<block.end)
    else { return false }
    var next = index + 1
    while next < blocks.count, blocks[next].kind == .rule { next += 1 }
    guard next < blocks.count, !blocks[next].bulleted, blocks[next].kind != .heading,
      blocks[next].blankBefore || blocks[next].depth > block.depth
    else { return false }
    guard let other = marks[next], let token = mark.tokens.last, let following = other.tokens.first else { return true }
    return
      !(following.kind == token.kind && following.form == token.form && other.decimals <= mark.decimals
      && blocks[next].depth <= block.depth)
  }

  /// Whether the next block is the number of a section that counts on: what stands before it stands above it.
  private func beginsSection(after index: Int) -> Bool {
    var next = index + 1
    while next < blocks.count, blocks[next].kind == .rule { next += 1 }
    guard next < blocks.count, let mark = marks[next], let token = mark.tokens.first else { return false }
    return mark.decimals == 1 && token.form == .dot && token.ordinal > 1 && blocks[next].depth == 0
  }

  private mutating func findTitle() {
    let first = drafts.firstIndex { $0.headingLevel > 0 || $0.isLabelled }
    if let first, drafts[first].headingLevel > 0, !drafts[first].isLabelled {
      let level = drafts[first].headingLevel
      if level == 1 || !drafts[(first + 1)...].contains(where: { $0.headingLevel > 0 && $0.headingLevel <= level }) {
        title = drafts[first].heading < 0 ? nil : headings[drafts[first].heading]
        titleDraft = first
        return
      }
    }
    // Many pages lose the mark of their title: then it is a short line above the first sentence.
    for draft in drafts[..<(first ?? drafts.count)] where draft.role != .furniture {
      let index = draft.textBlock
      guard index >= 0, !isDateLine(draft) else { continue }
      let range = draft.textStart..<blocks[index].end
      let reader = HeadingReader(bytes)
      if range.count <= 80, blocks[index].line == blocks[index].lastLine, bytes[range.upperBound - 1] != ASCII.dot,
        reader.looksLikeTitle(range) || Furniture.namesLegalText(reader.plain(range).lowercased())
      {
        title = reader.plain(range)
      }
      return
    }
  }

  private var titleDraft: Int?

  private func isDateLine(_ draft: Draft) -> Bool {
    draft.heading < 0 && draft.textBlock >= 0
      && DateLine.matches(bytes, draft.textStart..<blocks[draft.textBlock].end)
  }

  /// The preamble is what stands above the first heading under the title or the first label, and every line that dates
  /// the document. Where there is no such heading or label, all but title and date is the terms themselves.
  private mutating func markPreamble() {
    let body = drafts.indices.first { index in
      index != titleDraft && (drafts[index].isLabelled || drafts[index].headingLevel > 0)
    }
    for index in drafts.indices where drafts[index].role != .furniture {
      if isDateLine(drafts[index]), !drafts[index].isLabelled {
        drafts[index].role = .preamble
        drafts[index].place = Outline.Place(
          label: 0, paragraph: drafts[index].place.paragraph, parent: titleDraft.flatMap { $0 < index ? $0 : nil })
      } else if let body, index < body {
        drafts[index].role = .preamble
      } else if index == titleDraft {
        drafts[index].role = .preamble
      }
    }
  }

  // MARK: Clauses

  private mutating func finish() {
    clauses.reserveCapacity(drafts.count)
    for index in drafts.indices {
      let draft = drafts[index]
      let start = index == 0 ? 0 : draft.start
      let end = index + 1 < drafts.count ? drafts[index + 1].start : bytes.count
      let place = placeOfText(draft)
      let own = place == nil ? ownText(draft) : nil
      clauses.append(
        Clause(
          label: outline.label(of: draft.place), paragraph: draft.place.paragraph,
          heading: draft.heading < 0 ? nil : headings[draft.heading], text: own ?? source,
          at: place ?? 0..<(own?.utf8.count ?? 0), lines: draft.line...max(draft.line, draft.lastLine),
          bytes: start..<end, parent: draft.place.parent, role: draft.role))
    }
  }

  /// Where in the source a clause's text stands, in one piece; `nil` where it does not.
  private func placeOfText(_ draft: Draft) -> Range<Int>? {
    if draft.role == .furniture { return draft.start..<draft.end }
    guard draft.textBlock >= 0 else { return draft.end..<draft.end }
    if blocks[draft.textBlock].dressed || draft.lead != nil { return nil }
    return draft.textStart..<endOfText(draft)
  }

  private func endOfText(_ draft: Draft) -> Int {
    min(blocks[draft.textBlock].end, max(draft.end, draft.textStart))
  }

  /// A text that is put together of parts of the source.
  private func ownText(_ draft: Draft) -> String {
    let range = draft.textStart..<endOfText(draft)
    let text = blocks[draft.textBlock].dressed ? undressed(range) : bytes.string(range)
    return draft.lead.map { bytes.string($0) + text } ?? text
  }

  /// The text without the indentation and quote marks of the containers that it stands in.
  private func undressed(_ range: Range<Int>) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(range.count)
    var at = range.lowerBound
    while at < range.upperBound {
      let end = min(bytes.endOfLine(from: at), range.upperBound)
      if at > range.lowerBound {
        while bytes[at] == ASCII.space || bytes[at] == ASCII.tab || bytes[at] == ASCII.greater, at < end { at += 1 }
      }
      result.append(contentsOf: UnsafeBufferPointer(start: bytes.base + at, count: end - at))
      if end < range.upperBound { result.append(ASCII.lineFeed) }
      at = end + 1
    }
    return String(decoding: result, as: UTF8.self)
  }
}
