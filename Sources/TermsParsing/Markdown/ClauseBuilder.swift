internal import TermsModel

/// Makes clauses of blocks: gives each its label, heading, text and range.
struct ClauseBuilder {
  private let bytes: Bytes
  /// The same text as a string, whose parts are copied without being checked again.
  private let source: String
  private let blocks: [Block]
  private var marks: [LabelMark?] = []
  private var outline = Outline()
  private(set) var clauses: [Clause] = []
  private(set) var title: String?

  /// A clause while its range and role are still open.
  private struct Draft {
    var place: Outline.Place
    var heading: String?
    var headingLevel = 0
    /// The block that holds its text and where in it the text begins; `nil` for a bare heading.
    var text: (block: Int, from: Int)?
    /// What is put before the text: an emphasis that its label took with it.
    var lead = ""
    var start: Int
    var line: Int
    var lastLine: Int
    var end: Int
    /// A label alone on its line: the next paragraph is its text.
    var awaitsText = false
    /// A label alone as a heading: the next heading of its level has its words.
    var awaitsHeading = false
    var isLabelled = false
    var role = Clause.Role.provision
  }

  private var drafts: [Draft] = []
  private var furniture: [Bool] = []

  init(_ bytes: Bytes, _ source: String, _ blocks: [Block]) {
    self.bytes = bytes
    self.source = source
    self.blocks = blocks
  }

  /// Builds the clauses; `false` where the text holds no words.
  mutating func build() -> Bool {
    readMarks()
    furniture = Furniture.find(bytes, blocks, marks)
    drafts.reserveCapacity(blocks.count)
    for index in blocks.indices where hasWords(blocks[index]) {
      if furniture[index] { addFurniture(blocks[index]) } else { add(index) }
    }
    guard !drafts.isEmpty else { return false }
    findTitle()
    markPreamble()
    finish()
    return true
  }

  // MARK: Labels

  /// For each block, the index of the next block whose label has the same kind and form.
  private var nextAlike: [Int32] = []

  private mutating func readMarks() {
    marks = blocks.map { block in
      guard block.kind == .paragraph || block.kind == .heading else { return nil }
      return LabelReader.read(bytes, at: block.content, to: block.end, isHeading: block.kind == .heading)
    }
    nextAlike = Array(repeating: -1, count: blocks.count)
    var last = [Int32](repeating: -1, count: 6)
    for index in blocks.indices.reversed() {
      guard let token = marks[index]?.tokens.first else { continue }
      let key = Int(token.kind.rawValue) * 2 + Int(token.form.rawValue)
      nextAlike[index] = last[key]
      last[key] = Int32(index)
    }
  }

  /// Whether the second of a list follows its first within its next few likes.
  private func secondFollows(_ index: Int) -> Bool {
    guard let token = marks[index]?.tokens.first else { return false }
    var next = Int(nextAlike[index])
    for _ in 0..<12 {
      guard next >= 0, let other = marks[next]?.tokens.first else { return false }
      if token.ordinal == 1, other.ordinal == 2 { return true }
      if token.roman == 1, other.roman == 2 { return true }
      next = Int(nextAlike[next])
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
    drafts.append(
      Draft(
        place: Outline.Place(label: .none, paragraph: 1, parent: nil), start: block.start, line: block.line,
        lastLine: block.lastLine, end: block.end, role: .furniture))
  }

  private mutating func addLabelled(_ index: Int, _ block: Block, _ mark: LabelMark) -> Bool {
    let isHeading = block.kind == .heading
    let split = isHeading ? nil : HeadingReader(bytes).split(from: mark.end, to: block.end, openDress: mark.openDress)
    let isTitle = isHeading || isTitleLine(index, block, mark)
    let next = Int(nextAlike[index])
    let place = outline.place(
      Outline.Candidate(
        mark: mark, rank: isHeading ? Int(block.level) : Outline.bodyRank, depth: Int(block.depth),
        column: Int(block.column), isSection: isTitle || split?.textStart == block.end,
        isHeaded: isTitle || split != nil, isItem: block.numbered,
        clause: drafts.count, following: next >= 0 ? marks[next]?.tokens.first : nil,
        secondFollows: mark.isWeak && secondFollows(index)),
      bytes)
    guard let place else { return false }
    var draft = Draft(
      place: place, start: block.start, line: block.line, lastLine: block.lastLine, end: block.end, isLabelled: true)
    if mark.lacksOpening { mend(&draft) }
    if isTitle {
      let heading = HeadingReader(bytes).plain(mark.end..<block.end)
      draft.heading = heading.isEmpty ? nil : heading
      draft.awaitsHeading = isHeading && heading.isEmpty
    } else if let split {
      draft.heading = split.heading
      if split.textStart < block.end { draft.text = (index, split.textStart) }
    } else if mark.end >= block.end {
      draft.awaitsText = true
    } else {
      draft.text = (index, mark.end)
      if let dress = mark.openDress { draft.lead = bytes.string(dress) }
    }
    if isHeading { draft.headingLevel = Int(block.level) }
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
    if let last = drafts.indices.last, drafts[last].awaitsHeading, drafts[last].headingLevel == Int(block.level) {
      drafts[last].heading = HeadingReader(bytes).plain(block.content..<block.end)
      drafts[last].lastLine = block.lastLine
      drafts[last].end = block.end
      drafts[last].awaitsHeading = false
      return
    }
    let rank = block.kind == .heading ? Int(block.level) : Outline.bodyRank
    let place = outline.place(
      heading: rank, isAboveSection: rank == Outline.bodyRank && beginsSection(after: index), clause: drafts.count)
    let heading = HeadingReader(bytes).plain(block.content..<block.end)
    drafts.append(
      Draft(
        place: place, heading: heading.isEmpty ? nil : heading, headingLevel: Int(block.level), start: block.start,
        line: block.line, lastLine: block.lastLine, end: block.end))
  }

  private mutating func addPlain(_ index: Int, _ block: Block) {
    if block.kind == .paragraph, !block.bulleted, let last = drafts.last, last.awaitsText,
      !DateLine.matches(bytes, block.content..<block.end)
    {
      drafts[drafts.count - 1].text = (index, block.content)
      drafts[drafts.count - 1].lastLine = block.lastLine
      drafts[drafts.count - 1].end = block.end
      drafts[drafts.count - 1].awaitsText = false
      return
    }
    if let last = drafts.indices.last { drafts[last].awaitsText = false }
    let place = outline.place(paragraphAt: Int(block.depth), isItem: block.bulleted, clause: drafts.count)
    drafts.append(
      Draft(
        place: place, text: (index, block.content), start: block.start, line: block.line, lastLine: block.lastLine,
        end: block.end))
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
        title = drafts[first].heading
        titleDraft = first
        return
      }
    }
    // Many pages lose the mark of their title: then it is a short line above the first sentence.
    for draft in drafts[..<(first ?? drafts.count)] where draft.role != .furniture {
      guard let (index, from) = draft.text, !isDateLine(draft) else { continue }
      let range = from..<blocks[index].end
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
    draft.heading == nil && draft.text.map { DateLine.matches(bytes, $0.from..<blocks[$0.block].end) } ?? false
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
          label: .none, paragraph: drafts[index].place.paragraph, parent: titleDraft.flatMap { $0 < index ? $0 : nil })
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
      clauses.append(
        Clause(
          label: draft.place.label, paragraph: draft.place.paragraph, heading: draft.heading, text: text(of: draft),
          lines: draft.line...max(draft.line, draft.lastLine), bytes: start..<end, parent: draft.place.parent,
          role: draft.role))
    }
  }

  private func text(of draft: Draft) -> String {
    if draft.role == .furniture { return bytes.string(draft.start..<draft.end) }
    guard let (index, from) = draft.text else { return "" }
    let block = blocks[index]
    let end = min(block.end, max(draft.end, from))
    let text = block.dressed ? undressed(from..<end, block) : string(from..<end)
    return draft.lead.isEmpty ? text : draft.lead + text
  }

  private func string(_ range: Range<Int>) -> String {
    let utf8 = source.utf8
    let start = utf8.index(utf8.startIndex, offsetBy: range.lowerBound)
    return String(source[start..<utf8.index(start, offsetBy: range.count)])
  }

  /// The text without the indentation and quote marks of the containers that it stands in.
  private func undressed(_ range: Range<Int>, _ block: Block) -> String {
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
