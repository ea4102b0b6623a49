/// Turns the shared runs of two token lists into edits that cover both texts to the last byte.
///
/// What lies between two tokens goes with them: where a word was taken out, the white space after it goes too, so
/// that what is left reads on; where dress changed, the old dress is deleted and the new inserted.
struct EditWriter {
  private let before: TokenText
  private let after: TokenText
  private var edits: [Edit] = []
  private var deleted: [UInt8] = []
  private var inserted: [UInt8] = []
  private var kept: [UInt8] = []
  private var (b, a) = (0, 0)

  static func edits(from before: TokenText, to after: TokenText, matches: [Match]) -> [Edit] {
    var writer = EditWriter(before: before, after: after)
    writer.write(matches)
    return writer.edits
  }

  private init(before: TokenText, after: TokenText) {
    self.before = before
    self.after = after
  }

  private mutating func write(_ matches: [Match]) {
    var (i, j) = (0, 0)
    for match in matches + [Match(before: before.tokens.count, after: after.tokens.count, count: 0)] {
      change(i..<match.before, j..<match.after)
      keep(match)
      (i, j) = (match.before + match.count, match.after + match.count)
    }
    gap(to: before.bytes.count, after.bytes.count)
    flush()
  }

  private mutating func change(_ gone: Range<Int>, _ come: Range<Int>) {
    guard !gone.isEmpty || !come.isEmpty else { return }
    let leadBefore = b..<start(before, gone.lowerBound)
    let leadAfter = a..<start(after, come.lowerBound)
    let sameLead = before.bytes[leadBefore].elementsEqual(after.bytes[leadAfter])
    if sameLead { gap(to: leadBefore.upperBound, leadAfter.upperBound) }
    if !gone.isEmpty {
      // A pure deletion takes the white space after it along where the space before it stays.
      let end =
        come.isEmpty && sameLead && gone.upperBound < before.tokens.count
        ? start(before, gone.upperBound) : Int(before.tokens[gone.upperBound - 1].end)
      delete(to: end)
    }
    if !come.isEmpty {
      let end =
        gone.isEmpty && sameLead && come.upperBound < after.tokens.count
        ? start(after, come.upperBound) : Int(after.tokens[come.upperBound - 1].end)
      insert(to: end)
    }
  }

  private func start(_ text: TokenText, _ token: Int) -> Int {
    token < text.tokens.count ? Int(text.tokens[token].start) : text.bytes.count
  }

  private mutating func keep(_ match: Match) {
    for offset in 0..<match.count {
      let (x, y) = (before.tokens[match.before + offset], after.tokens[match.after + offset])
      gap(to: Int(x.start), Int(y.start))
      gap(to: Int(x.end), Int(y.end))
    }
  }

  /// Goes on to these places: what lies between is kept where it is the same and replaced where it is not.
  private mutating func gap(to beforeEnd: Int, _ afterEnd: Int) {
    if before.bytes[b..<beforeEnd].elementsEqual(after.bytes[a..<afterEnd]) {
      guard b < beforeEnd else { return }
      flushChanges()
      kept += before.bytes[b..<beforeEnd]
      (b, a) = (beforeEnd, afterEnd)
    } else {
      delete(to: beforeEnd)
      insert(to: afterEnd)
    }
  }

  private mutating func delete(to end: Int) {
    guard b < end else { return }
    flushKept()
    deleted += before.bytes[b..<end]
    b = end
  }

  private mutating func insert(to end: Int) {
    guard a < end else { return }
    flushKept()
    inserted += after.bytes[a..<end]
    a = end
  }

  private mutating func flushKept() {
    if !kept.isEmpty { edits.append(Edit(op: .equal, text: String(decoding: kept, as: UTF8.self))) }
    kept.removeAll(keepingCapacity: true)
  }

  private mutating func flushChanges() {
    if !deleted.isEmpty { edits.append(Edit(op: .delete, text: String(decoding: deleted, as: UTF8.self))) }
    if !inserted.isEmpty { edits.append(Edit(op: .insert, text: String(decoding: inserted, as: UTF8.self))) }
    deleted.removeAll(keepingCapacity: true)
    inserted.removeAll(keepingCapacity: true)
  }

  private mutating func flush() {
    flushChanges()
    flushKept()
  }
}
