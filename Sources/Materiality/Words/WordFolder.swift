/// Folds raw words into ``Word``s: dates, telephone numbers and references become one word each, contractions two,
/// and a number is the same in digits and spelt out.
struct WordFolder {
  private let scalars: UnsafeBufferPointer<Unicode.Scalar>
  private let raw: [PassageScanner.RawWord]
  private(set) var words: [Word] = []
  private(set) var sentences: [Range<Int>] = []
  /// The lists that any of the words is in, and the kinds that they are of.
  private(set) var lists = WordLists()
  private(set) var kinds: UInt8 = 0
  private var sentenceStart = 0
  /// Whether the last word points at a clause, so that the next may be its number.
  private var mayRefer = false

  init(scalars: UnsafeBufferPointer<Unicode.Scalar>, raw: [PassageScanner.RawWord]) {
    self.scalars = scalars
    self.raw = raw
  }

  mutating func fold(_ lexicon: inout Lexicon) {
    words.reserveCapacity(raw.count + 4)
    var index = 0
    while index < raw.count {
      let facts = lexicon.raw(raw[index].term)
      if facts.shape.contains(.simple) {
        let taken = simple(at: index, facts, &lexicon)
        if taken == 1 {
          if raw[index].endsSentence { closeSentence() }
          index &+= 1
          continue
        }
        if raw[index..<index + taken].contains(where: \.endsSentence) { closeSentence() }
        index += taken
        continue
      }
      let taken =
        date(at: index, facts, &lexicon) ?? telephone(at: index, &lexicon) ?? hiddenMail(at: index, &lexicon)
        ?? single(at: index, facts, &lexicon)
      if raw[index..<index + taken].contains(where: \.endsSentence) { closeSentence() }
      index += taken
    }
    closeSentence()
  }

  private mutating func closeSentence() {
    guard sentenceStart < words.count else { return }
    sentences.append(sentenceStart..<words.count)
    sentenceStart = words.count
  }

  private mutating func append(
    _ kind: Word.Kind, _ key: Term, from first: Int, to last: Int, _ lexicon: inout Lexicon
  ) {
    let facts = lexicon.facts(key)
    mayRefer = kind == .reference || facts.lists.contains(.referring)
    lists.formUnion(facts.lists)
    kinds |= 1 &<< kind.rawValue
    words.append(
      Word(
        kind: kind, key: key, facts: facts, range: raw[first].first..<raw[last].end, sentence: sentences.count,
        block: raw[first].block, dress: raw[first].dress))
  }

  private mutating func append(
    _ kind: Word.Kind, _ key: String, from first: Int, to last: Int, _ lexicon: inout Lexicon
  ) {
    append(kind, lexicon.term(key), from: first, to: last, &lexicon)
  }

  /// The words that a raw one stands for, where it stands for itself.
  @inline(__always)
  private mutating func appendParts(of index: Int, _ facts: RawFacts, _ lexicon: inout Lexicon) {
    append(.plain, facts.part, from: index, to: index, &lexicon)
    if facts.secondPart != .none { append(.plain, facts.secondPart, from: index, to: index, &lexicon) }
  }

  /// A word of letters, which is no date, no number and no address whatever stands around it.
  @inline(__always)
  private mutating func simple(at index: Int, _ facts: RawFacts, _ lexicon: inout Lexicon) -> Int {
    if mayRefer, let taken = reference(at: index, facts, &lexicon) { return taken }
    appendParts(of: index, facts, &lexicon)
    return 1
  }

  // MARK: Several raw words that make one

  private func facts(_ index: Int, _ lexicon: inout Lexicon) -> RawFacts { lexicon.raw(raw[index].term) }

  private func isWord(_ index: Int, _ key: Term, _ lexicon: inout Lexicon) -> Bool {
    facts(index, &lexicon).key == key
  }

  /// A date in any of its usual forms: `July 24, 2025`, `24 July 2025`, `3rd March`, `August 2022`, `2025-07-24`, `30.04.2024`.
  private mutating func date(at index: Int, _ first: RawFacts, _ lexicon: inout Lexicon) -> Int? {
    if first.month > 0 {
      // "May" and "March" are words, too: a month wants a day or a year behind it.
      guard index + 1 < raw.count, raw[index + 1].block == raw[index].block,
        !raw[index].endsSentence || !isWord(index, lexicon.known.may, &lexicon)
      else { return nil }
      let next = facts(index + 1, &lexicon)
      if next.day > 0 {
        if index + 2 < raw.count, isNear(index + 1, index + 2) {
          let year = facts(index + 2, &lexicon).year
          if year > 0 {
            append(.date, "§date\(year)-\(first.month)-\(next.day)", from: index, to: index + 2, &lexicon)
            return 3
          }
        }
        guard isNear(index, index + 1) else { return nil }
        append(.date, "§date-\(first.month)-\(next.day)", from: index, to: index + 1, &lexicon)
        return 2
      }
      if next.year > 0, isNear(index, index + 1) {
        append(.date, "§date\(next.year)-\(first.month)", from: index, to: index + 1, &lexicon)
        return 2
      }
      return nil
    }
    if first.day > 0, index + 1 < raw.count, isNear(index, index + 1) {
      var at = index + 1
      if isWord(at, lexicon.known.of, &lexicon), at + 1 < raw.count { at += 1 }
      let month = facts(at, &lexicon).month
      if month > 0, raw[at].block == raw[index].block {
        if at + 1 < raw.count, isNear(at, at + 1) {
          let year = facts(at + 1, &lexicon).year
          if year > 0 {
            append(.date, "§date\(year)-\(month)-\(first.day)", from: index, to: at + 1, &lexicon)
            return at + 2 - index
          }
        }
        append(.date, "§date-\(month)-\(first.day)", from: index, to: at, &lexicon)
        return at + 1 - index
      }
    }
    return numericDate(at: index, &lexicon)
  }

  private mutating func numericDate(at index: Int, _ lexicon: inout Lexicon) -> Int? {
    guard ("0"..."9").contains(scalars[raw[index].range.lowerBound]) else { return nil }
    // `30.04.2024` is one raw word; `28/10/2022` and `2025-07-24` are three.
    if scalars[raw[index].range].count(where: { $0 == "." }) >= 2 {
      let parts = text(index).split(separator: ".").map { Int($0) }
      if parts.count == 3, let a = parts[0], let b = parts[1], let c = parts[2], CalendarWords.isDate(a, b, c) {
        append(.date, "§date\(a)-\(b)-\(c)", from: index, to: index, &lexicon)
        return 1
      }
    }
    guard index + 2 < raw.count, isJoined(index, index + 1), isJoined(index + 1, index + 2),
      let a = digits(index), let b = digits(index + 1)
    else { return nil }
    // `2024-04-18T23:32:25Z` carries a time behind the date.
    let third = text(index + 2)
    guard let c = Int(third.prefix { $0.isNumber }), CalendarWords.isDate(a, b, c) else { return nil }
    var end = index + 2
    while end + 1 < raw.count, third.contains("T"), isJoined(end, end + 1, by: ":") { end += 1 }
    append(.date, "§date\(a)-\(b)-\(c)", from: index, to: end, &lexicon)
    return end + 1 - index
  }

  private func text(_ index: Int) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[raw[index].range])
    return String(view)
  }

  private func digits(_ index: Int) -> Int? {
    let range = raw[index].range
    guard (1...4).contains(range.count), scalars[range].allSatisfy({ ("0"..."9").contains($0) }) else { return nil }
    return scalars[range].reduce(0) { $0 * 10 + Int($1.value - 0x30) }
  }

  /// Whether only a comma, a point or space parts the two.
  private func isNear(_ left: Int, _ right: Int) -> Bool {
    let gap = raw[left].range.upperBound..<raw[right].range.lowerBound
    return gap.count <= 4
      && scalars[gap].allSatisfy {
        ScalarKinds.all[$0].contains(.white) || $0 == "," || $0 == "." || $0 == "_" || $0 == "*"
      }
  }

  private func isJoined(_ left: Int, _ right: Int, by joint: Unicode.Scalar? = nil) -> Bool {
    let gap = raw[left].range.upperBound..<raw[right].range.lowerBound
    guard gap.count == 1 else { return false }
    let scalar = scalars[gap.lowerBound]
    return joint.map { $0 == scalar }
      ?? (scalar == "/" || scalar == "-" || scalar == "\u{2011}" || scalar == "\u{2013}")
  }

  /// A telephone number: groups of digits, nine or more in all, parted by spaces, hyphens and brackets.
  private mutating func telephone(at index: Int, _ lexicon: inout Lexicon) -> Int? {
    var end = index
    var count = 0
    while end < raw.count, facts(end, &lexicon).shape.contains(.digits) {
      if end > index {
        let gap = raw[end - 1].range.upperBound..<raw[end].range.lowerBound
        let isSeparator = scalars[gap].allSatisfy {
          $0 == " " || $0 == "-" || $0 == "(" || $0 == ")" || $0 == "/" || $0 == "\u{A0}" || $0 == "\u{2011}"
            || $0 == "\u{2013}"
        }
        guard gap.count <= 3, isSeparator else { break }
      }
      count += raw[end].range.count
      end += 1
    }
    guard end > index, count >= 9, end - index >= 2 || count >= 10 && raw[index].range.count >= 10 else { return nil }
    append(.telephone, KnownWords.telephone, from: index, to: end - 1, &lexicon)
    return end - index
  }

  /// `[email protected]`: what a web page shows in place of an address that it hides from robots.
  private mutating func hiddenMail(at index: Int, _ lexicon: inout Lexicon) -> Int? {
    guard index + 1 < raw.count, isWord(index, lexicon.known.email, &lexicon),
      isWord(index + 1, lexicon.known.protected, &lexicon)
    else {
      return nil
    }
    append(.mail, KnownWords.mail, from: index, to: index + 1, &lexicon)
    return 2
  }

  // MARK: One raw word

  private mutating func single(at index: Int, _ facts: RawFacts, _ lexicon: inout Lexicon) -> Int {
    if let kind = facts.address {
      append(kind, kind == .mail ? KnownWords.mail : KnownWords.address, from: index, to: index, &lexicon)
      return 1
    }
    if let taken = reference(at: index, facts, &lexicon) { return taken }
    if facts.shape.contains(.sign) {
      append(.sign, facts.key, from: index, to: index, &lexicon)
      return 1
    }
    if facts.number != .none {
      // "thirty (30)" is one number, not two.
      if raw[index].isBracketed, let last = words.last, last.kind == .number, last.key == facts.number { return 1 }
      append(.number, facts.number, from: index, to: index, &lexicon)
      return 1
    }
    if facts.shape.contains(.initials), let initials = initials(at: index, lexicon.text(facts.key)) {
      append(.plain, initials, from: index, to: index, &lexicon)
      return 1
    }
    appendParts(of: index, facts, &lexicon)
    return 1
  }

  /// One key for `US` and `U.S.`, and for `UK` and `U.K.`: told from "us" by its capitals, unless all around is capitals.
  private func initials(at index: Int, _ key: String) -> String? {
    if key.contains("."), key.allSatisfy({ $0 == "." || $0.isLetter }) {
      let letters = key.filter { $0 != "." }
      return letters == "us" ? "u.s." : letters
    }
    guard key == "us", scalars[raw[index].range].allSatisfy({ ScalarKinds.all[$0].contains(.capital) }) else {
      return nil
    }
    let neighbours = [index - 1, index + 1].filter { raw.indices.contains($0) && raw[$0].block == raw[index].block }
    let isShouted = neighbours.contains { at in
      let letters = scalars[raw[at].range].filter { ScalarKinds.all[$0].contains(.letter) }
      return letters.count > 2 && letters.allSatisfy { ScalarKinds.all[$0].contains(.capital) }
    }
    return isShouted ? nil : "u.s."
  }

  /// The number behind "section", "article" and the like, with its brackets: `9(h)` and `9.h` are one reference.
  private mutating func reference(at index: Int, _ facts: RawFacts, _ lexicon: inout Lexicon) -> Int? {
    guard index > 0, raw[index - 1].block == raw[index].block, let last = words.last,
      last.isIn(.referring) || (last.kind == .reference && isReferenceChain(index)),
      facts.shape.contains(.numbered) || facts.shape.contains(.roman)
        || facts.shape.contains(.single) && ScalarKinds.all[scalars[raw[index].range.lowerBound]].contains(.capital)
    else { return nil }
    var end = index
    var reference = "§ref" + lexicon.text(facts.key)
    while end + 1 < raw.count, raw[end + 1].block == raw[index].block, raw[end + 1].range.count <= 3 {
      let gap = raw[end].range.upperBound..<raw[end + 1].range.lowerBound
      guard gap.count <= 3, scalars[gap].contains("(") || scalars[gap].contains("."), !scalars[gap].contains(" ") else {
        break
      }
      end += 1
      reference += "." + lexicon.text(self.facts(end, &lexicon).key)
    }
    append(.reference, reference, from: index, to: end, &lexicon)
    return end + 1 - index
  }

  /// "sections 3, 4 and 5": a number that a comma, "and", "or" or "to" ties to a reference before it.
  private func isReferenceChain(_ index: Int) -> Bool {
    let gap = scalars[raw[index - 1].range.upperBound..<raw[index].range.lowerBound]
    return gap.count <= 2 && gap.contains(",") || gap.count == 1 && (gap.first == "-" || gap.first == "\u{2013}")
  }
}
