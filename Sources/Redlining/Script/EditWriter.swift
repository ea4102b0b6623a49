/// Turns the shared runs of two token lists into edits that cover both texts to the last byte.
///
/// What lies between two tokens goes with them: where a word was taken out, the white space after it goes too, so that
/// what is left reads on; where dress changed, the old dress is deleted and the new one inserted.
struct EditWriter {
  private let before: UnsafeBufferPointer<UInt8>
  private let after: UnsafeBufferPointer<UInt8>
  private var edits: [Edit] = []
  /// How far both texts have been read, and how far they have been told.
  private var (b, a) = (0, 0)
  private var (toldBefore, toldAfter) = (0, 0)
  /// Whether what was read and not yet told is shared.
  private var isShared = true

  static func edits(from before: TokenText, to after: TokenText, matches: [Match]) -> [Edit] {
    before.bytes.withUnsafeBufferPointer { old in
      after.bytes.withUnsafeBufferPointer { new in
        var writer = EditWriter(before: old, after: new)
        writer.write(before.tokens, after.tokens, matches)
        return writer.edits
      }
    }
  }

  private init(before: UnsafeBufferPointer<UInt8>, after: UnsafeBufferPointer<UInt8>) {
    self.before = before
    self.after = after
  }

  private mutating func write(_ old: Tokens, _ new: Tokens, _ matches: [Match]) {
    var (i, j) = (0, 0)
    for match in matches {
      change(old, i..<match.before, new, j..<match.after)
      keep(old, new, match)
      (i, j) = (match.before + match.count, match.after + match.count)
    }
    change(old, i..<old.count, new, j..<new.count)
    pass(to: before.count, after.count)
    tell()
  }

  private mutating func change(_ old: Tokens, _ gone: Range<Int>, _ new: Tokens, _ come: Range<Int>) {
    guard !gone.isEmpty || !come.isEmpty else { return }
    let lead = (start(of: gone.lowerBound, old, before), start(of: come.lowerBound, new, after))
    let isSameLead = areEqual(to: lead.0, lead.1)
    if isSameLead { pass(to: lead.0, lead.1) }
    if !gone.isEmpty {
      // What is only taken out takes the white space after it along where the white space before it stays.
      let takesNext = come.isEmpty && isSameLead && gone.upperBound < old.count
      delete(to: takesNext ? Int(old[gone.upperBound].start) : Int(old[gone.upperBound - 1].end))
    }
    if !come.isEmpty {
      let takesNext = gone.isEmpty && isSameLead && come.upperBound < new.count
      insert(to: takesNext ? Int(new[come.upperBound].start) : Int(new[come.upperBound - 1].end))
    }
  }

  private func start(of token: Int, _ tokens: Tokens, _ text: UnsafeBufferPointer<UInt8>) -> Int {
    token < tokens.count ? Int(tokens[token].start) : text.count
  }

  private mutating func keep(_ old: Tokens, _ new: Tokens, _ match: Match) {
    guard match.count > 0 else { return }
    let last = (old[match.before + match.count - 1], new[match.after + match.count - 1])
    if areEqual(to: Int(last.0.end), Int(last.1.end)) { return pass(to: Int(last.0.end), Int(last.1.end)) }
    for offset in 0..<match.count {
      let (x, y) = (old[match.before + offset], new[match.after + offset])
      pass(to: Int(x.start), Int(y.start))
      pass(to: Int(x.end), Int(y.end))
    }
  }

  private func areEqual(to beforeEnd: Int, _ afterEnd: Int) -> Bool {
    beforeEnd - b == afterEnd - a && before[b..<beforeEnd].elementsEqual(after[a..<afterEnd])
  }

  /// Goes on to these places: what lies between is kept where it is the same and replaced where it is not.
  private mutating func pass(to beforeEnd: Int, _ afterEnd: Int) {
    guard areEqual(to: beforeEnd, afterEnd) else {
      let (head, tail) = sharedDress(to: beforeEnd, afterEnd)
      if head > 0 { pass(to: b + head, a + head) }
      delete(to: beforeEnd - tail)
      insert(to: afterEnd - tail)
      if tail > 0 { pass(to: beforeEnd, afterEnd) }
      return
    }
    guard b < beforeEnd else { return }
    if !isShared { tell() }
    isShared = true
    (b, a) = (beforeEnd, afterEnd)
  }

  /// How many bytes of dress both begin and end with, cut where no word and no character is cut: of two long link targets
  /// only what differs is shown as changed.
  private func sharedDress(to beforeEnd: Int, _ afterEnd: Int) -> (head: Int, tail: Int) {
    let shorter = min(beforeEnd - b, afterEnd - a)
    var head = 0
    while head < shorter, before[b + head] == after[a + head] { head += 1 }
    while head > 0, !(isCut(before, b + head, beforeEnd) && isCut(after, a + head, afterEnd)) { head -= 1 }
    var tail = 0
    while tail < shorter - head, before[beforeEnd - tail - 1] == after[afterEnd - tail - 1] { tail += 1 }
    while tail > 0, !(isCut(before, beforeEnd - tail, beforeEnd) && isCut(after, afterEnd - tail, afterEnd)) {
      tail -= 1
    }
    // The white space after a bullet belongs to it.
    if isBullet(before[(b + head)..<(beforeEnd - tail)]), isBullet(after[(a + head)..<(afterEnd - tail)]) {
      while tail > 0, before[beforeEnd - tail] == UInt8(ascii: " ") { tail -= 1 }
    }
    return (head, tail)
  }

  private func isBullet(_ dress: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    guard dress.count == 1, let mark = dress.first else { return false }
    return mark == UInt8(ascii: "*") || mark == UInt8(ascii: "-") || mark == UInt8(ascii: "+")
  }

  /// Whether a text can be cut at a place: between two ASCII characters of which one at least is none of a word.
  private func isCut(_ text: UnsafeBufferPointer<UInt8>, _ at: Int, _ end: Int) -> Bool {
    guard at > 0, at < text.count else { return true }
    let (last, next) = (text[at - 1], text[at])
    return last < 0x80 && next < 0x80 && !(Self.isWord(last) && Self.isWord(next))
  }

  private static func isWord(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 }

  private mutating func delete(to end: Int) {
    guard b < end else { return }
    if isShared { tell() }
    isShared = false
    b = end
  }

  private mutating func insert(to end: Int) {
    guard a < end else { return }
    if isShared { tell() }
    isShared = false
    a = end
  }

  /// Makes edits of what was read.
  private mutating func tell() {
    if isShared {
      append(.equal, before, toldBefore..<b)
    } else {
      append(.delete, before, toldBefore..<b)
      append(.insert, after, toldAfter..<a)
    }
    (toldBefore, toldAfter) = (b, a)
  }

  private mutating func append(_ op: Edit.Operation, _ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    guard !range.isEmpty else { return }
    edits.append(Edit(op: op, text: String(decoding: UnsafeBufferPointer(rebasing: text[range]), as: UTF8.self)))
  }
}
