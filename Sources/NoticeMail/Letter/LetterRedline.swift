internal import Redlining
internal import TermsModel
internal import TermsOperations

/// How much of a redline a letter shows, and how it cuts.
enum LetterRedline {
  /// What is left to fill of a letter. Webmail hides what follows after about 100 kB, and nobody reads so far.
  struct Room {
    var changes = 120
    var characters = 24_000
  }

  /// The most that one change may take.
  static let charactersPerChange = 6_000
  /// Unchanged words kept on each side of a change, in characters.
  static let context = 200

  static func paragraphs(of text: String) -> [String] {
    text.split(whereSeparator: \.isNewline).map { PlainLine.cleaned(String($0)) }.filter { !$0.isEmpty }
  }
}

extension Letter.ShownChange {
  /// The change as a letter shows it; `nil` where no room is left for it.
  init?(_ change: VersionPosting.DecidedChange, within room: inout LetterRedline.Room) {
    guard room.changes > 0, room.characters > 0 else { return nil }
    let unchanged = change.edits.allSatisfy { $0.op == .equal }
    let isRenaming = change.kind == .renamedTerm
    // A heading that came or went stands in the title already.
    let isInTitle =
      change.edits.count == 1 && change.heading.map(PlainLine.cleaned) == PlainLine.cleaned(change.edits[0].text)
    var pieces = unchanged || isRenaming || isInTitle ? [] : Piece.pieces(of: change.edits)
    let limit = min(LetterRedline.charactersPerChange, room.characters)
    let cutWords = Piece.cut(&pieces, to: limit)
    room.changes -= 1
    room.characters -= pieces.reduce(0) { $0 + $1.text.count } + 40

    label = change.label.isEmpty ? nil : PlainLine.cleaned(change.label.description)
    clause = label.map(ClauseNames.title)
    heading = change.heading.map(PlainLine.cleaned)
    isInserted = change.kind == .inserted
    isDeleted = change.kind == .deleted
    isMoved = change.kind == .moved
    isRenumbered = change.kind == .renumbered
    isSplit = change.kind == .split
    isMerged = change.kind == .merged
    isFormatting = change.kind == .formatting
    renamed =
      isRenaming ? Letter.Renamed(before: change.joined(.delete), after: change.joined(.insert)) : nil
    wordsUnchanged = unchanged
    legalBasis = change.legalBasis.map(PlainLine.cleaned)
    lines = Piece.lines(of: pieces)
    cut = cutWords == 0 ? nil : Letter.Count(cutWords)
    hasMarks = !isInserted && !isDeleted && !isRenaming && !unchanged
  }
}

extension VersionPosting.DecidedChange {
  /// How a list names the change: its label, else its heading, else its first words.
  var shortName: String {
    if kind == .renamedTerm { return "the name “\(joined(.delete))”" }
    if !label.isEmpty { return PlainLine.cleaned(label.description) }
    if let heading { return "“\(PlainLine.cleaned(heading))”" }
    // The words as they read now; those of a clause that went, as they read before.
    let now = edits.filter { $0.op != .delete }.map(\.text).joined()
    let words = (now.isEmpty ? edits.map(\.text).joined() : now).split(whereSeparator: \.isWhitespace)
    return "“" + PlainLine.cleaned(words.prefix(4).joined(separator: " ")) + (words.count > 4 ? " …”" : "”")
  }

  func joined(_ operation: Edit.Operation) -> String {
    PlainLine.cleaned(edits.filter { $0.op == operation }.map(\.text).joined())
  }
}

/// A run of words on its way into a letter.
private struct Piece {
  enum Part { case kept, removed, added, gap }

  var part: Part
  var text: String

  /// The edits with long unchanged stretches cut down to their ends.
  static func pieces(of edits: [Edit]) -> [Piece] {
    let edits = joined(edits)
    return edits.indices.flatMap { index in
      let edit = edits[index]
      switch edit.op {
      case .delete: return [Piece(part: .removed, text: edit.text)]
      case .insert: return [Piece(part: .added, text: edit.text)]
      case .equal: return kept(edit.text, isFirst: index == 0, isLast: index == edits.count - 1)
      }
    }
  }

  /// The edits with neighbours of the same kind made one.
  private static func joined(_ edits: [Edit]) -> [Edit] {
    edits.reduce(into: []) { joined, edit in
      if let last = joined.last, last.op == edit.op {
        joined[joined.count - 1] = Edit(op: edit.op, text: last.text + edit.text)
      } else {
        joined.append(edit)
      }
    }
  }

  private static func kept(_ text: String, isFirst: Bool, isLast: Bool) -> [Piece] {
    let sides = (isFirst ? 0 : 1) + (isLast ? 0 : 1)
    guard text.count > LetterRedline.context * sides + 40 else { return [Piece(part: .kept, text: text)] }
    var pieces: [Piece] = []
    if !isFirst { pieces.append(Piece(part: .kept, text: beginning(of: text))) }
    pieces.append(Piece(part: .gap, text: ""))
    if !isLast { pieces.append(Piece(part: .kept, text: ending(of: text))) }
    return pieces
  }

  /// The beginning of a text, cut after a word, with a space at the end.
  private static func beginning(of text: String) -> String {
    let head = text.prefix(LetterRedline.context)
    let end = head.lastIndex(where: \.isWhitespace) ?? head.endIndex
    return String(head[..<end]) + " "
  }

  private static func ending(of text: String) -> String {
    let tail = text.suffix(LetterRedline.context)
    guard let start = tail.firstIndex(where: \.isWhitespace) else { return " " + tail }
    return " " + tail[tail.index(after: start)...]
  }

  /// Leaves out what exceeds `limit` characters, after a word; gives the number of words left out.
  static func cut(_ pieces: inout [Piece], to limit: Int) -> Int {
    var rest = limit
    for index in pieces.indices {
      let count = pieces[index].text.count
      guard count > rest else {
        rest -= count
        continue
      }
      let head = pieces[index].text.prefix(rest)
      let end = head.lastIndex(where: \.isWhitespace) ?? head.startIndex
      let tail = pieces[index].text[end...] + pieces[(index + 1)...].map(\.text).joined()
      pieces[index].text = String(head[..<end])
      pieces.removeSubrange((index + 1)...)
      return tail.split(whereSeparator: \.isWhitespace).count
    }
    return 0
  }

  /// The pieces line by line: a mark is closed at the end of a line and opened anew on the next.
  static func lines(of pieces: [Piece]) -> [Letter.Line] {
    var lines: [[Letter.Run]] = [[]]
    for piece in pieces {
      let parts =
        piece.part == .gap ? [""] : piece.text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      for (index, text) in parts.enumerated() {
        if index > 0 { lines.append([]) }
        piece.add(text, to: &lines[lines.count - 1])
      }
    }
    while let last = lines.last, last.isEmpty { lines.removeLast() }
    return lines.drop(while: \.isEmpty).map(Letter.Line.init)
  }

  private func add(_ text: Substring, to line: inout [Letter.Run]) {
    var text = PlainLine.withoutControls(String(text))[...]
    let lead = text.prefix(while: \.isWhitespace)
    text = text.dropFirst(lead.count)
    let trail = String(text.reversed().prefix(while: \.isWhitespace))
    text = text.dropLast(trail.count)
    guard part == .gap || !text.isEmpty else {
      // White space alone separates words and is no change worth a mark.
      if let last = line.indices.last { line[last].trail += lead }
      return
    }
    var space = String(lead)
    let followsMark = line.last.map { $0.isRemoved || $0.isAdded } ?? false
    if part == .removed || part == .added, followsMark, space.isEmpty, line.last?.trail.isEmpty == true {
      space = " "
    }
    line.append(
      Letter.Run(
        lead: space, text: String(text), trail: trail, isKept: part == .kept, isRemoved: part == .removed,
        isAdded: part == .added, isGap: part == .gap))
  }
}
