/// Reads Markdown into the words of a ``Passage``.
///
/// It knows just as much of Markdown as is needed to tell words from dress, and never fails: what it cannot read as
/// markup counts as text.
struct PassageScanner {
  let scalars: UnsafeBufferPointer<Unicode.Scalar>
  let kinds = ScalarKinds.all
  var position = 0
  var raw: [RawWord] = []
  var blocks: [Block] = []
  /// The links and pictures met so far.
  var links: [Link] = []
  var labels: [String] = []
  var kind = Block.Kind.paragraph
  var blockStart = 0
  /// Ends of link texts whose target is skipped when they are reached: the text's end, and where reading goes on.
  var linkEnds: [(close: Int, resume: Int)] = []

  /// A word before it is folded.
  struct RawWord {
    let first: Int32
    let end: Int32
    /// Its number in the lexicon.
    let term: Term
    let block: Int32
    let dress: Word.Dress
    /// Whether a sentence ends after it.
    var endsSentence = false
    /// Whether it stood in brackets that hold nothing else: the `30` of "thirty (30)".
    let isBracketed: Bool

    var range: Range<Int> { Int(first)..<Int(end) }
  }

  init(_ scalars: UnsafeBufferPointer<Unicode.Scalar>) {
    self.scalars = scalars
    raw.reserveCapacity(scalars.count / 5 + 2)
  }

  /// - Parameter lexicon: what is known of words already; one serves all passages of a redline.
  mutating func read(_ lexicon: inout Lexicon) {
    var line = 0
    while line < scalars.count {
      let end = lineEnd(from: line)
      read(line: line..<end, &lexicon)
      line = end + 1
    }
    closeBlock()
  }

  // MARK: Lines

  private func lineEnd(from start: Int) -> Int {
    var end = start
    while end < scalars.count, scalars[end] != "\n" { end &+= 1 }
    return end
  }

  private mutating func read(line: Range<Int>, _ lexicon: inout Lexicon) {
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
    if start + 1 < line.upperBound, isBullet(scalars[start]), isSpace(scalars[start + 1]) {
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
    readWords(until: line.upperBound, &lexicon)
    if kind == .row || (kind == .heading && scalars[line.lowerBound] == "#") { closeBlock() }
  }

  private mutating func closeBlock() {
    if blockStart < raw.count {
      raw[raw.count - 1].endsSentence = true
      blocks.append(Block(kind: kind, words: blockStart..<raw.count))
      blockStart = raw.count
    }
    kind = .paragraph
  }

  private func isBullet(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "*", "+", "-", "•", "·", "–": true
    default: false
    }
  }

  private func isRule(_ range: Range<Int>) -> Bool {
    var isSeen = false
    for place in range {
      switch scalars[place] {
      case "-", "=", "_", "*", ":", "#": isSeen = true
      case "|", " ", "\t", "\u{A0}", "\r": continue
      default: return false
      }
    }
    return isSeen
  }

  private func isUnderline(_ range: Range<Int>) -> Bool {
    range.allSatisfy { scalars[$0] == "-" || isSpace(scalars[$0]) }
      || range.allSatisfy { scalars[$0] == "=" || isSpace(scalars[$0]) }
  }

  // MARK: Words

  private mutating func readWords(until limit: Int, _ lexicon: inout Lexicon) {
    while position < limit {
      if let last = linkEnds.last, position >= last.close {
        linkEnds.removeAll { $0.close <= position }
        position = max(position, last.resume)
        continue
      }
      let scalar = scalars[position]
      if isPlain(scalar) || !scalar.isASCII && kind(of: scalar).contains(.word) {
        readWord(limit: limit, &lexicon)
        continue
      }
      switch scalar {
      case " ", ",":
        position += 1
      case "\\":
        // What follows a backslash is no markup.
        position += position + 1 < limit && !isWordScalar(scalars[position + 1]) ? 2 : 1
      case "!" where position + 1 < limit && scalars[position + 1] == "[":
        // A picture is dress, its description too.
        if let link = link(from: position + 1) {
          links[links.count - 1].isPicture = true
          position = link.resume
        } else {
          position += 1
        }
      case "[":
        if let link = link(from: position) { linkEnds.append(link) }
        position += 1
      case "<":
        if let end = tagEnd(from: position, limit: limit) { position = end } else { position += 1 }
      case "&":
        readEntity(limit: limit, &lexicon)
      case "(":
        if let end = enumerationEnd(from: position, limit: limit, &lexicon) { position = end } else { position += 1 }
      case ".", "!", "?", ";", "。":
        endSentence(at: position, limit: limit, &lexicon)
        position += 1
      case "$", "€", "£", "¥", "%", "§", "©":
        append(position..<position + 1, &lexicon)
        position += 1
      default:
        position += 1
      }
    }
  }

  private mutating func append(_ range: Range<Int>, _ lexicon: inout Lexicon, isBracketed: Bool = false) {
    append(lexicon.term(of: UnsafeBufferPointer(rebasing: scalars[range])), range, isBracketed: isBracketed)
  }

  @inline(__always)
  private mutating func append(_ word: (term: Term, shape: RawShape), _ range: Range<Int>, isBracketed: Bool) {
    let (term, shape) = word
    var dress: Word.Dress = []
    if !linkEnds.isEmpty { dress.insert(.linked) }
    if shape.contains(.capitalised) { dress.insert(.capitalised) }
    if shape.contains(.shouted) { dress.insert(.shouted) }
    raw.append(
      RawWord(
        first: Int32(truncatingIfNeeded: range.lowerBound), end: Int32(truncatingIfNeeded: range.upperBound),
        term: term,
        block: Int32(truncatingIfNeeded: blocks.count), dress: dress, isBracketed: isBracketed))
  }

  private mutating func readWord(limit: Int, _ lexicon: inout Lexicon) {
    let start = position
    let bound = linkEnds.last.map { min($0.close, limit) } ?? limit
    var at = start
    while at < bound, isPlain(scalars[at]) { at &+= 1 }
    // A few letters or digits with nothing behind them that a word or an address could go on with: most words.
    let isPlain = at > start && endsPlainly(at, start, bound, limit)
    if !isPlain {
      if let end = addressEnd(from: start, limit: limit) {
        append(start..<end, &lexicon)
        position = end
        return
      }
      at = wordEnd(from: start, bound: bound)
    }
    let isBracketed = start > 0 && scalars[start - 1] == "(" && at < scalars.count && scalars[at] == ")"
    let word = UnsafeBufferPointer(rebasing: scalars[start..<at])
    append(isPlain ? lexicon.term(ofPlain: word) : lexicon.term(of: word), start..<at, isBracketed: isBracketed)
    position = max(at, start + 1)
  }

  /// Whether neither a word nor an address goes on behind the letters and digits from `start` to `at`.
  private func endsPlainly(_ at: Int, _ start: Int, _ bound: Int, _ limit: Int) -> Bool {
    guard at < bound else { return true }
    let next = kind(of: scalars[at])
    if !next.contains(.address) { return next.isDisjoint(with: [.apostrophe, .invisible]) }
    // A mark of the sentence falls away, unless what may stand in an address follows it.
    guard next.contains(.trailing), !next.contains(.apostrophe) else { return false }
    return at + 1 >= limit || !kind(of: scalars[at + 1]).contains(.address)
  }

  private func wordEnd(from start: Int, bound: Int) -> Int {
    var at = start
    while at < bound {
      let scalar = scalars[at]
      if !kind(of: scalar).isDisjoint(with: [.word, .invisible]) {
        at += 1
      } else if at + 1 < bound, isApostrophe(scalar), at > start, isWordScalar(scalars[at + 1]),
        kind(of: scalars[at - 1]).contains(.letter)
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
    return at
  }

  /// Whether the letters so far are initials with points between them: the `U` of `U.S.`, then the `U.S`.
  private func isInitials(_ range: Range<Int>, closing: Bool = false) -> Bool {
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

  private mutating func endSentence(at index: Int, limit: Int, _ lexicon: inout Lexicon) {
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
    if scalars[index] == ".", lexicon.raw(raw[raw.count - 1].term).shape.contains(.abbreviation) { return }
    if isUppercase(follows) || follows == "[" || follows == "(" || isDigit(follows) || !follows.isASCII {
      raw[raw.count - 1].endsSentence = true
    }
  }

  private mutating func readEntity(limit: Int, _ lexicon: inout Lexicon) {
    var at = position + 1
    while at < limit, at - position < 9,
      !kind(of: scalars[at]).isDisjoint(with: [.letter, .digit]) || scalars[at] == "#"
    { at += 1 }
    if at < limit, scalars[at] == ";", at > position + 1 {
      if at == position + 4, scalars[position + 1] == "a", scalars[position + 2] == "m", scalars[position + 3] == "p" {
        append(position..<at + 1, &lexicon)
      }
      position = at + 1
    } else {
      append(position..<position + 1, &lexicon)
      position += 1
    }
  }
}
