/// Reads Markdown into the words of a ``Passage``.
///
/// It knows just as much of Markdown as is needed to tell words from dress, and never fails: what it cannot read as
/// markup counts as text.
struct PassageScanner {
  let scalars: [Unicode.Scalar]
  var position = 0
  var raw: [RawWord] = []
  var blocks: [Block] = []
  var targets: [String] = []
  var labels: [String] = []
  var kind = Block.Kind.paragraph
  var blockStart = 0
  /// Ends of link texts whose target is skipped when they are reached: the text's end, and where reading goes on.
  var linkEnds: [(close: Int, resume: Int)] = []

  /// A word before it is folded.
  struct RawWord {
    var range: Range<Int>
    var isLinked: Bool
    var block: Int
    /// Whether a sentence ends after it.
    var endsSentence = false
    /// Whether it stood in brackets that hold nothing else: the `30` of "thirty (30)".
    var isBracketed = false
  }

  private let lexicon: Lexicon

  /// - Parameter lexicon: what is known of words already; one serves all passages of a document.
  init(_ text: String, lexicon: Lexicon = Lexicon()) {
    scalars = Array(text.unicodeScalars)
    self.lexicon = lexicon
  }

  /// The passage that `heading` and `text` make together.
  static func passage(heading: String?, text: String, lexicon: Lexicon = Lexicon()) -> Passage {
    guard let heading, !heading.isEmpty else {
      var scanner = PassageScanner(text, lexicon: lexicon)
      return scanner.passage()
    }
    // The heading becomes a block of its own, told apart by its marker.
    var scanner = PassageScanner("# " + heading.replacing("\n", with: " ") + "\n\n" + text, lexicon: lexicon)
    return scanner.passage()
  }

  mutating func passage() -> Passage {
    var line = 0
    while line < scalars.count {
      let end = lineEnd(from: line)
      read(line: line..<end, next: end + 1)
      line = end + 1
    }
    closeBlock()
    var folder = WordFolder(scalars: scalars, raw: raw, lexicon: lexicon)
    let words = folder.folded()
    return Passage(
      scalars: scalars, words: words.words, blocks: regrouped(words.words), sentences: words.sentences,
      targets: targets,
      labels: labels, isForeign: Language.isForeign(words.words))
  }

  // MARK: Lines

  func lineEnd(from start: Int) -> Int {
    var end = start
    while end < scalars.count, scalars[end] != "\n" { end += 1 }
    return end
  }

  mutating func read(line: Range<Int>, next: Int) {
    var start = line.lowerBound
    skipSpace(&start, line.upperBound)
    guard start < line.upperBound else { return closeBlock() }
    if isRule(start..<line.upperBound) {
      // The underline of a heading makes the block before it one; any other rule is dress.
      if isUnderline(start..<line.upperBound), !raw.isEmpty, blockStart < raw.count { kind = .heading }
      return closeBlock()
    }
    var isFresh = blockStart == raw.count
    while start < line.upperBound, scalars[start] == ">" {
      start += 1
      skipSpace(&start, line.upperBound)
    }
    if start < line.upperBound, scalars[start] == "#" {
      var after = start
      while after < line.upperBound, scalars[after] == "#" { after += 1 }
      // A heading pasted behind its own marker, and one without the space that Markdown wants, are still headings.
      if after == line.upperBound || isSpace(scalars[after]) {
        closeBlock()
        (kind, isFresh, start) = (.heading, true, after)
        skipSpace(&start, line.upperBound)
      }
    }
    if start + 1 < line.upperBound, "*+-•·–".unicodeScalars.contains(scalars[start]), isSpace(scalars[start + 1]) {
      closeBlock()
      (kind, isFresh) = (.item, true)
      start += 1
      skipSpace(&start, line.upperBound)
    }
    if start < line.upperBound, scalars[start] == "|" {
      closeBlock()
      (kind, isFresh) = (.row, true)
    }
    if isFresh, let end = labelEnd(from: start, limit: line.upperBound) {
      if kind == .paragraph { kind = .item }
      start = end
    }
    position = start
    readWords(until: line.upperBound)
    if kind == .row || (kind == .heading && scalars[line.lowerBound] == "#") { closeBlock() }
  }

  mutating func closeBlock() {
    if blockStart < raw.count {
      raw[raw.count - 1].endsSentence = true
      blocks.append(Block(kind: kind, words: blockStart..<raw.count))
      blockStart = raw.count
    }
    kind = .paragraph
  }

  /// The blocks with the ranges that folding left: a word may have become two, or two one.
  func regrouped(_ words: [Word]) -> [Block] {
    var grouped = blocks.map { Block(kind: $0.kind, words: 0..<0) }
    var start = 0
    for block in grouped.indices {
      var end = start
      while end < words.count, words[end].block == block { end += 1 }
      grouped[block].words = start..<end
      start = end
    }
    return grouped
  }

  func isRule(_ range: Range<Int>) -> Bool {
    let dress: Set<Unicode.Scalar> = ["-", "=", "_", "*", "|", ":", " ", "\t", "\u{A0}", "#", "\r"]
    return range.allSatisfy { dress.contains(scalars[$0]) }
      && range.contains { !isSpace(scalars[$0]) && scalars[$0] != "|" }
  }

  func isUnderline(_ range: Range<Int>) -> Bool {
    range.allSatisfy { scalars[$0] == "-" || isSpace(scalars[$0]) }
      || range.allSatisfy { scalars[$0] == "=" || isSpace(scalars[$0]) }
  }

  /// Where the text begins behind the label of an item (`1.`, `4\.`, `(a)`, `**2.13**`, `ii.`), if it has one.
  mutating func labelEnd(from start: Int, limit: Int) -> Int? {
    var at = start
    while at < limit, scalars[at] == "*" || scalars[at] == "_" || scalars[at] == "\\" || scalars[at] == "[" { at += 1 }
    let first = at
    var opened = false
    if at < limit, scalars[at] == "(" {
      opened = true
      at += 1
    }
    let body = at
    while at < limit,
      isLabelBody(scalars[at]) || (scalars[at] == "." && at > body && at + 1 < limit && isLabelBody(scalars[at + 1]))
    {
      at += 1
    }
    let bodyEnd = at
    guard bodyEnd > body else { return nil }
    let text = string(body..<bodyEnd)
    let isNumeric =
      text.unicodeScalars.allSatisfy {
        $0.properties.numericType != nil || $0 == "." || ("a"..."z").contains($0) || ("A"..."Z").contains($0)
      }
      && text.unicodeScalars.first?.properties.numericType != nil
    let isLetters = text.unicodeScalars.count <= 4 && (text.unicodeScalars.count == 1 || Numerals.isRoman(text))
    guard isNumeric || isLetters else { return nil }
    while at < limit, scalars[at] == "\\" || scalars[at] == "*" || scalars[at] == "_" { at += 1 }
    var closed = false
    while at < limit, scalars[at] == "." || scalars[at] == ")" || scalars[at] == ":" {
      closed = true
      at += 1
    }
    // `2.13 Authorization` needs no mark behind it; a bare `15` or `a` is a word.
    guard closed || (isNumeric && text.contains(".") && text.filter { $0 == "." }.count <= 3) else { return nil }
    if closed && !opened && scalars[at - 1] == ")" && first == body && isNumeric && text.contains(".") && text.count > 8
    {
      return nil
    }
    // `1.5 million` and `12.50` are amounts: a label is followed by space, dress or the end.
    guard at >= limit || isSpace(scalars[at]) || "*_[]".unicodeScalars.contains(scalars[at]) || scalars[at] == "\\"
    else { return nil }
    if isYearLike(text) { return nil }
    labels.append(text)
    // The bracket of a link that begins before the label is read as dress; its end is looked for from the text on.
    return scalars[start..<first].contains("[") ? skippedBracket(start, first, at) : at
  }

  mutating func skippedBracket(_ start: Int, _ first: Int, _ at: Int) -> Int {
    if let open = (start..<first).last(where: { scalars[$0] == "[" }), let link = link(from: open) {
      linkEnds.append(link)
    }
    return at
  }

  func isYearLike(_ text: String) -> Bool {
    guard let number = Int(text) else { return false }
    return number > 1900 && number < 2100
  }

  func isLabelBody(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII ? isWordScalar(scalar) : scalar.properties.isAlphabetic
  }

  // MARK: Words

  mutating func readWords(until limit: Int) {
    while position < limit {
      if let last = linkEnds.last, position >= last.close {
        linkEnds.removeAll { $0.close <= position }
        position = max(position, last.resume)
        continue
      }
      let scalar = scalars[position]
      switch scalar {
      case "\\":
        // What follows a backslash is no markup.
        position += position + 1 < limit && !isWordScalar(scalars[position + 1]) ? 2 : 1
      case "*", "`", "~", "|":
        position += 1
      case "!" where position + 1 < limit && scalars[position + 1] == "[":
        // A picture is dress, its description too.
        if let link = link(from: position + 1) { position = link.resume } else { position += 1 }
      case "[":
        if let link = link(from: position) { linkEnds.append(link) }
        position += 1
      case "<":
        if let end = tagEnd(from: position, limit: limit) { position = end } else { position += 1 }
      case "&":
        readEntity(limit: limit)
      case "(":
        if let end = enumerationEnd(from: position, limit: limit) { position = end } else { position += 1 }
      case ".", "!", "?", ";", "。":
        endSentence(at: position, limit: limit)
        position += 1
      case "$", "€", "£", "¥", "%", "§", "©":
        append(position..<position + 1)
        position += 1
      default:
        if isWordScalar(scalar) { readWord(limit: limit) } else { position += 1 }
      }
    }
  }

  mutating func append(_ range: Range<Int>, isBracketed: Bool = false) {
    raw.append(RawWord(range: range, isLinked: !linkEnds.isEmpty, block: blocks.count, isBracketed: isBracketed))
  }

  mutating func readWord(limit: Int) {
    let start = position
    if let end = addressEnd(from: start, limit: limit) {
      append(start..<end)
      position = end
      return
    }
    var at = start
    let bound = linkEnds.last.map { min($0.close, limit) } ?? limit
    while at < bound {
      let scalar = scalars[at]
      if isWordScalar(scalar) || Self.isInvisible(scalar) {
        at += 1
      } else if at + 1 < bound, isApostrophe(scalar), at > start, isWordScalar(scalars[at + 1]),
        scalars[at - 1].properties.isAlphabetic
      {
        at += 1
      } else if at + 1 < bound, scalar == "." || scalar == ",", at > start, isDigit(scalars[at - 1]),
        isDigit(scalars[at + 1])
      {
        at += 1
      } else if scalar == ".", at > start, isInitials(start..<at), at + 1 < bound,
        isUppercase(scalars[at + 1]) || isInitials(start..<at, closing: true)
      {
        at += 1
      } else {
        break
      }
    }
    append(start..<at, isBracketed: start > 0 && scalars[start - 1] == "(" && at < scalars.count && scalars[at] == ")")
    position = max(at, start + 1)
  }

  /// Whether the letters so far are initials with points between them: the `U` of `U.S.`, then the `U.S`.
  func isInitials(_ range: Range<Int>, closing: Bool = false) -> Bool {
    var letters = 0
    for (offset, index) in range.enumerated() {
      if offset % 2 == 0 {
        guard isUppercase(scalars[index]) else { return false }
        letters += 1
      } else if scalars[index] != "." {
        return false
      }
    }
    return range.count % 2 == 1 && (!closing || letters > 1)
  }

  mutating func endSentence(at index: Int, limit: Int) {
    guard !raw.isEmpty, blockStart < raw.count else { return }
    if scalars[index] == ";" {
      guard index + 1 >= limit || isSpace(scalars[index + 1]) || scalars[index + 1] == "*" else { return }
      raw[raw.count - 1].endsSentence = true
      return
    }
    // A full stop ends a sentence before a capital; `e.g. by`, `No. 5` and `Inc. may` go on.
    var at = index + 1
    while at < limit, !isWordScalar(scalars[at]) {
      if scalars[at] == "(" || scalars[at] == "[" { break }
      at += 1
    }
    guard at < limit else { raw[raw.count - 1].endsSentence = true; return }
    let follows = scalars[at]
    guard at > index + 1 || !isWordScalar(follows) else { return }
    if scalars[index] == ".", Self.abbreviations.contains(string(raw[raw.count - 1].range).lowercased()) { return }
    if isUppercase(follows) || follows == "[" || follows == "(" || isDigit(follows) || !follows.isASCII {
      raw[raw.count - 1].endsSentence = true
    }
  }

  private static let abbreviations: Set<String> = [
    "inc", "ltd", "corp", "no", "art", "arts", "sec", "e.g", "i.e", "g", "eg", "etc", "vs", "st", "mr", "mrs", "ms",
    "dr", "co",
    "para", "nos", "pub", "ann", "stat", "rev", "cal", "civ", "cir",
  ]

  /// The end of an enumeration mark inside a sentence: `(a)`, `(iv)`, `(2)`. It is a label, not a word.
  mutating func enumerationEnd(from open: Int, limit: Int) -> Int? {
    var at = open + 1
    while at < limit, at - open <= 5, isLabelBody(scalars[at]) { at += 1 }
    guard at < limit, scalars[at] == ")", at > open + 1 else { return nil }
    let text = string(open + 1..<at)
    if let number = Int(text) {
      // `thirty (30) days`: a number behind a number says the same again, and is no label.
      guard number <= 40, let last = raw.last, blockStart < raw.count else {
        return number <= 40 ? label(text, at) : nil
      }
      return Numerals.value(string(last.range).lowercased()) == nil ? label(text, at) : nil
    }
    guard text.unicodeScalars.count == 1 || Numerals.isRoman(text) else { return nil }
    // `word(s)` is a plural.
    if open > 0, isWordScalar(scalars[open - 1]), text == "s" || text == "es" { return at + 1 }
    if let last = raw.last, blockStart < raw.count, Self.referring.contains(string(last.range).lowercased()) {
      return nil
    }
    if let last = raw.last, blockStart < raw.count, raw.count > blockStart + 1, isDigit(scalars[last.range.lowerBound]),
      Self.referring.contains(string(raw[raw.count - 2].range).lowercased())
    {
      return nil
    }
    return label(text, at)
  }

  mutating func label(_ text: String, _ close: Int) -> Int {
    labels.append(text)
    return close + 1
  }

  /// Words that point at a clause by its number.
  static let referring: Set<String> = [
    "section", "sections", "clause", "clauses", "article", "articles", "paragraph", "paragraphs", "schedule",
    "schedules",
    "annex", "appendix", "exhibit", "part", "chapter", "subsection", "subsections", "art", "arts", "§",
  ]

  mutating func readEntity(limit: Int) {
    var at = position + 1
    while at < limit, at - position < 9,
      scalars[at].properties.isAlphabetic || isDigit(scalars[at]) || scalars[at] == "#"
    { at += 1 }
    if at < limit, scalars[at] == ";", at > position + 1 {
      let name = string(position + 1..<at)
      if name == "amp" { append(position..<at + 1) }
      position = at + 1
    } else {
      append(position..<position + 1)
      position += 1
    }
  }
}
