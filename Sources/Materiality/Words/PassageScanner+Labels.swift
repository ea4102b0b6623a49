/// Labels of items, in front of a line and within a sentence.
extension PassageScanner {
  /// Where the text begins behind the label of an item (`1.`, `4\.`, `(a)`, `**2.13**`, `ii.`), if it has one.
  mutating func labelEnd(from start: Int, limit: Int) -> Int? {
    var at = start
    while at < limit, isLabelDress(scalars[at]) || scalars[at] == "[" { at += 1 }
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
    let text = body..<at
    guard !text.isEmpty else { return nil }
    let isNumeric =
      kind(of: scalars[body]).contains(.numeric)
      && text.allSatisfy {
        let kind = kind(of: scalars[$0])
        return !kind.isDisjoint(with: [.numeric, .plain]) || scalars[$0] == "."
      }
    let isLetters = text.count <= 4 && (text.count == 1 || isRoman(text))
    guard isNumeric || isLetters else { return nil }
    while at < limit, isLabelDress(scalars[at]) { at += 1 }
    var closed = false
    while at < limit, scalars[at] == "." || scalars[at] == ")" || scalars[at] == ":" {
      closed = true
      at += 1
    }
    let points = text.count { scalars[$0] == "." }
    // `2.13 Authorization` needs no mark behind it; a bare `15` or `a` is a word.
    guard closed || (isNumeric && points > 0 && points <= 3) else { return nil }
    if closed && !opened && scalars[at - 1] == ")" && first == body && isNumeric && points > 0,
      string(text).count > 8
    {
      return nil
    }
    // `1.5 million` and `12.50` are amounts: a label is followed by space, dress or the end.
    guard at >= limit || isSpace(scalars[at]) || isLabelEnd(scalars[at]) else { return nil }
    if isYearLike(text) { return nil }
    labels.append(string(text))
    // The bracket of a link that begins before the label is read as dress; its end is looked for from the text on.
    if let open = (start..<first).last(where: { scalars[$0] == "[" }), let link = link(from: open) {
      linkEnds.append(link)
    }
    return at
  }

  private func isLabelDress(_ scalar: Unicode.Scalar) -> Bool { scalar == "*" || scalar == "_" || scalar == "\\" }

  private func isLabelEnd(_ scalar: Unicode.Scalar) -> Bool {
    isLabelDress(scalar) || scalar == "[" || scalar == "]"
  }

  private func isLabelBody(_ scalar: Unicode.Scalar) -> Bool {
    kind(of: scalar).contains(scalar.isASCII ? .word : .letter)
  }

  private func isRoman(_ text: Range<Int>) -> Bool {
    guard
      text.allSatisfy({
        switch scalars[$0] {
        case "i", "v", "x", "I", "V", "X": true
        default: false
        }
      })
    else { return false }
    return Numerals.isRoman(string(text))
  }

  /// The number in digits and nothing else, no greater than a million; `nil` for other texts.
  private func number(_ text: Range<Int>) -> Int? {
    guard text.allSatisfy({ isDigit(scalars[$0]) }) else { return nil }
    return text.reduce(0) { min($0 * 10 + Int(scalars[$1].value - 0x30), 1_000_000) }
  }

  private func isYearLike(_ text: Range<Int>) -> Bool {
    guard let number = number(text) else { return false }
    return number > 1900 && number < 2100
  }

  /// The end of an enumeration mark inside a sentence: `(a)`, `(iv)`, `(2)`. It is a label, not a word.
  mutating func enumerationEnd(from open: Int, limit: Int, _ lexicon: inout Lexicon) -> Int? {
    var at = open + 1
    while at < limit, at - open <= 5, isLabelBody(scalars[at]) { at += 1 }
    guard at < limit, scalars[at] == ")", at > open + 1 else { return nil }
    let text = open + 1..<at
    if let number = number(text) {
      // `thirty (30) days`: a number behind a number says the same again, and is no label.
      guard number <= 40 else { return nil }
      guard let last = raw.last, blockStart < raw.count else { return label(text) }
      return lexicon.raw(last.term).shape.contains(.numeral) ? nil : label(text)
    }
    guard text.count == 1 || isRoman(text) else { return nil }
    // `word(s)` is a plural.
    if open > 0, isWordScalar(scalars[open - 1]), text.count == 1, scalars[open + 1] == "s" { return at + 1 }
    // `section 9(h)`: the letter belongs to the reference.
    if let last = raw.last, blockStart < raw.count, lexicon.raw(last.term).shape.contains(.referring) { return nil }
    if let last = raw.last, raw.count > blockStart + 1, isDigit(scalars[Int(last.first)]),
      lexicon.raw(raw[raw.count - 2].term).shape.contains(.referring)
    {
      return nil
    }
    return label(text)
  }

  private mutating func label(_ text: Range<Int>) -> Int {
    labels.append(string(text))
    return text.upperBound + 1
  }
}
