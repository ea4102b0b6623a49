internal import Redlining
internal import TermsModel

/// Finds changed definitions, and how far they reach: a term's meaning binds in every clause that uses it.
struct DefinitionImpact {
  private let redline: Redline

  init(_ redline: Redline) {
    self.redline = redline
  }

  /// A ground for each term whose definition the change touches.
  func findings(_ reading: Reading) -> [Reading.Finding] {
    var found: [Reading.Finding] = []
    for side in [Reading.Side.after, .before] {
      let passage = reading.passage(side)
      for stretch in reading.sentences(side) where stretch.gist.hasAny(.means, .mean) {
        let sentence = stretch.words
        guard found.count < 8, reading.hasOpen(sentence, side), let term = Self.definedTerm(passage, sentence),
          !found.contains(where: { $0.evidence.contains("“\(term)”") })
        else { continue }
        found.append(Reading.Finding(rule: .definitionChanged, evidence: evidence(term, sentence, side, reading)))
      }
    }
    return found
  }

  private func evidence(_ term: String, _ sentence: Range<Int>, _ side: Reading.Side, _ reading: Reading) -> String {
    let what: String
    let other = reading.passage(side.other)
    let stands = other.sentences.contains { Self.definedTerm(other, $0) == term }
    if !stands {
      what = side == .after ? "newly defined" : "no longer defined"
    } else {
      let gone = reading.openHunks.contains { !$0.before.isEmpty }
      let come = reading.openHunks.contains { !$0.after.isEmpty }
      what = gone && come ? "defined otherwise" : come ? "defined with more words" : "defined with fewer words"
    }
    let uses = clausesUsing(term, reading)
    return "the term “\(term)” is \(what); used in \(uses) \(uses == 1 ? "other clause" : "other clauses")"
  }

  /// The term that a sentence defines: `“App” means …`, `**App** means …`.
  static func definedTerm(_ passage: Passage, _ sentence: Range<Int>) -> String? {
    let words = passage.words
    guard let verb = sentence.prefix(8).first(where: { words[$0].isIn(.means) || words[$0].isIn(.mean) }),
      verb > sentence.lowerBound
    else { return nil }
    // The quotation marks or the emphasis close right before the verb.
    let closing = passage.gap(after: verb - 1)
    guard closing.contains(where: { Self.closings.contains($0) }) else { return nil }
    let term = passage.text(sentence.lowerBound..<verb).trimmingQuotes
    return term.isEmpty ? nil : term
  }

  /// In how many clauses of the later wording, the change's own left out, the term stands as written.
  private func clausesUsing(_ term: String, _ reading: Reading) -> Int {
    let wording = reading.after.isEmpty ? redline.before : redline.after
    let own = Set(reading.after.isEmpty ? reading.before : reading.after)
    return wording.clauses.indices.count {
      !own.contains($0) && TermSearch.holds(wording.clauses[$0].textInPlace, term)
    }
  }

  private static let closings: [Unicode.Scalar] = ["\"", "\u{201D}", "\u{2019}", "'", "*", "»"]
}

/// Looks for a term in a text as a word of its own.
enum TermSearch {
  static func holds(_ text: Substring, _ term: String) -> Bool { count(text, term, limit: 1) > 0 }

  /// How often `term` stands in `text` as written, with no letter or digit on either side; a plural counts. Stops at `limit`.
  static func count(_ text: Substring, _ term: String, limit: Int = .max) -> Int {
    let needle = Array(term.utf8)
    guard !needle.isEmpty else { return 0 }
    var text = text
    return text.withUTF8 { bytes in
      var found = 0
      var at = 0
      while found < limit, let start = place(of: needle[0], in: bytes, from: at), start + needle.count <= bytes.count {
        guard matches(bytes, start, needle) else {
          at = start + 1
          continue
        }
        var end = start + needle.count
        if end < bytes.count, bytes[end] == UInt8(ascii: "s") { end += 1 }
        if (start == 0 || !isWord(bytes[start - 1])) && (end >= bytes.count || !isWord(bytes[end])) { found += 1 }
        at = start + needle.count
      }
      return found
    }
  }

  /// Where a byte stands next, looked for eight at a time.
  private static func place(of byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    guard let first = bytes.baseAddress else { return nil }
    let pattern = UInt64(byte) &* 0x0101_0101_0101_0101
    var at = start
    while at + 8 <= bytes.count {
      let eight = UInt64(littleEndian: UnsafeRawPointer(first + at).loadUnaligned(as: UInt64.self)) ^ pattern
      // The lowest byte that was the one looked for is the lowest whose high bit is set here.
      let zeroes = (eight &- 0x0101_0101_0101_0101) & ~eight & 0x8080_8080_8080_8080
      if zeroes != 0 { return at + zeroes.trailingZeroBitCount / 8 }
      at += 8
    }
    return bytes[min(at, bytes.count)...].firstIndex(of: byte)
  }

  private static func matches(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int, _ needle: [UInt8]) -> Bool {
    for offset in needle.indices where bytes[at + offset] != needle[offset] { return false }
    return true
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    byte >= 128 || (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
  }
}

extension String {
  /// The string without quotation marks and space at its ends.
  fileprivate var trimmingQuotes: String {
    let dress: Set<Character> = ["\"", "“", "”", "‘", "’", "'", " ", "«", "»", "*"]
    return String(drop { dress.contains($0) }.reversed().drop { dress.contains($0) }.reversed())
  }
}
