/// Folds raw words into ``Word``s: dates, telephone numbers and references become one word each, contractions two,
/// and a number is the same in digits and spelt out.
struct WordFolder {
  private let scalars: [Unicode.Scalar]
  private let raw: [PassageScanner.RawWord]
  private var words: [Word] = []
  private var sentences: [Range<Int>] = []
  private var sentenceStart = 0
  /// What is known of each raw word.
  private let entries: [Lexicon.Entry]

  init(scalars: [Unicode.Scalar], raw: [PassageScanner.RawWord], lexicon: Lexicon) {
    self.scalars = scalars
    self.raw = raw
    entries = raw.map { lexicon.entry($0.range, of: scalars) }
  }

  private func entry(_ index: Int) -> Lexicon.Entry { entries[index] }

  mutating func folded() -> (words: [Word], sentences: [Range<Int>]) {
    words.reserveCapacity(raw.count)
    var index = 0
    while index < raw.count {
      let taken =
        entry(index).isSimple
        ? simple(at: index)
        : date(at: index) ?? telephone(at: index) ?? hiddenMail(at: index) ?? single(at: index)
      if raw[index..<index + taken].contains(where: \.endsSentence) { closeSentence() }
      index += taken
    }
    closeSentence()
    return (words, sentences)
  }

  private mutating func closeSentence() {
    guard sentenceStart < words.count else { return }
    sentences.append(sentenceStart..<words.count)
    sentenceStart = words.count
  }

  private mutating func append(_ kind: Word.Kind, _ key: String, from first: Int, to last: Int) {
    let range = raw[first].range.lowerBound..<raw[last].range.upperBound
    let entry = entry(first)
    let stem = kind == .plain ? Stem.of(key) : key
    words.append(
      Word(
        kind: kind, key: key, stem: stem, traits: kind == .plain ? Vocabulary.traits(stem) : [], range: range,
        sentence: sentences.count,
        block: raw[first].block, isLinked: raw[first].isLinked,
        isCapitalised: entry.isCapitalised, isShouted: entry.isShouted))
  }

  /// The words that a raw one stands for, where it stands for itself.
  private mutating func appendParts(of index: Int) {
    let entry = entry(index)
    for part in entry.parts {
      words.append(
        Word(
          kind: .plain, key: part.key, stem: part.stem, traits: part.traits, range: raw[index].range,
          sentence: sentences.count, block: raw[index].block, isLinked: raw[index].isLinked,
          isCapitalised: entry.isCapitalised, isShouted: entry.isShouted))
    }
  }

  /// A word of letters, which is no date, no number and no address whatever stands around it.
  private mutating func simple(at index: Int) -> Int {
    if let taken = reference(at: index, key: entry(index).key) { return taken }
    appendParts(of: index)
    return 1
  }

  // MARK: Several raw words that make one

  private func folded(_ index: Int) -> String { entry(index).key }

  /// A date in any of its usual forms: `July 24, 2025`, `24 July 2025`, `3rd March`, `August 2022`, `2025-07-24`, `30.04.2024`.
  private mutating func date(at index: Int) -> Int? {
    let first = folded(index)
    if let month = entry(index).month {
      // "May" and "March" are words, too: a month wants a day or a year behind it.
      guard index + 1 < raw.count, raw[index + 1].block == raw[index].block, !raw[index].endsSentence || first != "may"
      else { return nil }
      let next = entry(index + 1)
      if let day = next.day {
        if index + 2 < raw.count, let year = entry(index + 2).year, isNear(index + 1, index + 2) {
          append(.date, "§date\(year)-\(month)-\(day)", from: index, to: index + 2)
          return 3
        }
        guard isNear(index, index + 1) else { return nil }
        append(.date, "§date-\(month)-\(day)", from: index, to: index + 1)
        return 2
      }
      if let year = next.year, isNear(index, index + 1) {
        append(.date, "§date\(year)-\(month)", from: index, to: index + 1)
        return 2
      }
      return nil
    }
    if let day = entry(index).day, index + 1 < raw.count, isNear(index, index + 1) {
      var at = index + 1
      if folded(at) == "of", at + 1 < raw.count { at += 1 }
      if let month = entry(at).month, raw[at].block == raw[index].block {
        if at + 1 < raw.count, let year = entry(at + 1).year, isNear(at, at + 1) {
          append(.date, "§date\(year)-\(month)-\(day)", from: index, to: at + 1)
          return at + 2 - index
        }
        append(.date, "§date-\(month)-\(day)", from: index, to: at)
        return at + 1 - index
      }
    }
    return numericDate(at: index)
  }

  private mutating func numericDate(at index: Int) -> Int? {
    guard ("0"..."9").contains(scalars[raw[index].range.lowerBound]) else { return nil }
    // `30.04.2024` is one raw word; `28/10/2022` and `2025-07-24` are three.
    let parts = String(String.UnicodeScalarView(scalars[raw[index].range])).split(separator: ".").map { Int($0) }
    if parts.count == 3, let a = parts[0], let b = parts[1], let c = parts[2], CalendarWords.isDate(a, b, c) {
      append(.date, "§date\(a)-\(b)-\(c)", from: index, to: index)
      return 1
    }
    guard index + 2 < raw.count, let a = digits(index), let b = digits(index + 1),
      isJoined(index, index + 1), isJoined(index + 1, index + 2)
    else { return nil }
    // `2024-04-18T23:32:25Z` carries a time behind the date.
    let third = String(String.UnicodeScalarView(scalars[raw[index + 2].range]))
    guard let c = Int(third.prefix { $0.isNumber }), CalendarWords.isDate(a, b, c) else { return nil }
    var end = index + 2
    while end + 1 < raw.count, third.contains("T"), isJoined(end, end + 1, by: ":") { end += 1 }
    append(.date, "§date\(a)-\(b)-\(c)", from: index, to: end)
    return end + 1 - index
  }

  private func digits(_ index: Int) -> Int? {
    let range = raw[index].range
    guard range.count <= 4, scalars[range].allSatisfy({ ("0"..."9").contains($0) }) else { return nil }
    return Int(String(String.UnicodeScalarView(scalars[range])))
  }

  /// Whether only a comma, a point or space parts the two.
  private func isNear(_ left: Int, _ right: Int) -> Bool {
    let gap = raw[left].range.upperBound..<raw[right].range.lowerBound
    return gap.count <= 4
      && scalars[gap].allSatisfy { $0.properties.isWhitespace || $0 == "," || $0 == "." || $0 == "_" || $0 == "*" }
  }

  private func isJoined(_ left: Int, _ right: Int, by joint: Unicode.Scalar? = nil) -> Bool {
    let gap = raw[left].range.upperBound..<raw[right].range.lowerBound
    guard gap.count == 1 else { return false }
    let scalar = scalars[gap.lowerBound]
    return joint.map { $0 == scalar }
      ?? (scalar == "/" || scalar == "-" || scalar == "\u{2011}" || scalar == "\u{2013}")
  }

  /// A telephone number: groups of digits, nine or more in all, parted by spaces, hyphens and brackets.
  private mutating func telephone(at index: Int) -> Int? {
    var end = index
    var count = 0
    while end < raw.count, entry(end).isDigits {
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
    append(.telephone, "§telephone", from: index, to: end - 1)
    return end - index
  }

  /// `[email protected]`: what a web page shows in place of an address that it hides from robots.
  private mutating func hiddenMail(at index: Int) -> Int? {
    guard index + 1 < raw.count, folded(index) == "email", folded(index + 1) == "protected" else { return nil }
    append(.mail, "§mail", from: index, to: index + 1)
    return 2
  }

  // MARK: One raw word

  private mutating func single(at index: Int) -> Int {
    let entry = entry(index)
    let key = entry.key
    if let kind = entry.address {
      append(kind, kind == .mail ? "§mail" : "§address", from: index, to: index)
      return 1
    }
    if let taken = reference(at: index, key: key) { return taken }
    if entry.isSign {
      append(.sign, key, from: index, to: index)
      return 1
    }
    if let number = entry.number {
      // "thirty (30)" is one number, not two.
      if raw[index].isBracketed, let last = words.last, last.kind == .number, last.key == number { return 1 }
      append(.number, number, from: index, to: index)
      return 1
    }
    if entry.mayBeInitials, let place = initials(at: index, key: key) {
      append(.plain, place, from: index, to: index)
      return 1
    }
    appendParts(of: index)
    return 1
  }

  /// One key for `US` and `U.S.`, and for `UK` and `U.K.`: told from "us" by its capitals, unless all around is capitals.
  private func initials(at index: Int, key: String) -> String? {
    if key.contains("."), key.allSatisfy({ $0 == "." || $0.isLetter }) {
      let letters = key.filter { $0 != "." }
      return letters == "us" ? "u.s." : letters
    }
    guard key == "us", scalars[raw[index].range].allSatisfy({ $0.properties.isUppercase }) else { return nil }
    let neighbours = [index - 1, index + 1].filter { raw.indices.contains($0) && raw[$0].block == raw[index].block }
    let isShouted = neighbours.contains { at in
      let letters = scalars[raw[at].range].filter { $0.properties.isAlphabetic }
      return letters.count > 2 && letters.allSatisfy { $0.properties.isUppercase }
    }
    return isShouted ? nil : "u.s."
  }

  /// The number behind "section", "article" and the like, with its brackets: `9(h)` and `9.h` are one reference.
  private mutating func reference(at index: Int, key: String) -> Int? {
    guard index > 0, raw[index - 1].block == raw[index].block, let last = words.last,
      PassageScanner.referring.contains(last.key) || (last.kind == .reference && isReferenceChain(index))
    else { return nil }
    guard let scalar = key.unicodeScalars.first,
      ("0"..."9").contains(scalar) || entry(index).isRoman
        || (key.unicodeScalars.count == 1 && scalars[raw[index].range.lowerBound].properties.isUppercase)
    else { return nil }
    var end = index
    var reference = key
    while end + 1 < raw.count, raw[end + 1].block == raw[index].block, raw[end + 1].range.count <= 3 {
      let gap = raw[end].range.upperBound..<raw[end + 1].range.lowerBound
      guard gap.count <= 3, scalars[gap].contains("(") || scalars[gap].contains("."), !scalars[gap].contains(" ") else {
        break
      }
      end += 1
      reference += "." + folded(end)
    }
    append(.reference, "§ref" + reference, from: index, to: end)
    return end + 1 - index
  }

  /// "sections 3, 4 and 5": a number that a comma, "and", "or" or "to" ties to a reference before it.
  private func isReferenceChain(_ index: Int) -> Bool {
    let gap = scalars[raw[index - 1].range.upperBound..<raw[index].range.lowerBound]
    return gap.count <= 2 && gap.contains(",") || gap.count == 1 && (gap.first == "-" || gap.first == "\u{2013}")
  }
}
