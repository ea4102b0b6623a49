internal import TermsModel

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// One wording as the comparison sees it: its clauses in order, and the tokens of those that had to be read.
struct Sheet {
  /// The bytes of the source; they outlive this value.
  let source: UnsafeBufferPointer<UInt8>
  /// All clauses of the wording.
  private let all: UnsafeBufferPointer<Clause>
  /// Those that are compared, a run of ``all``; a clause's place is counted from its beginning.
  let window: Range<Int>
  /// Where the clause's own bytes begin and end in the source, without blank lines around them.
  private var spans: [Range<Int32>] = []

  /// The words of the clauses that were read, one after the other, and their tokens.
  private(set) var arena: [UInt8] = []
  private(set) var tokens: [Token] = []
  /// The numbers of the tokens; those of a renamed term are the old term's.
  private(set) var numbers: [UInt32] = []
  private var readings: [Reading?] = []

  /// What is known of a clause that was read.
  private struct Reading {
    var bytes: Range<Int32>
    var tokens: Range<Int32>
    /// Where its text begins, after a heading that stands in the same paragraph.
    var text: (byte: Int32, token: Int32)
    var words: Int32
  }

  init(source: UnsafeBufferPointer<UInt8>, clauses: UnsafeBufferPointer<Clause>, window: Range<Int>) {
    self.source = source
    self.window = window
    all = clauses
    spans.reserveCapacity(window.count)
    for index in window {
      var (start, end) = (Int(clauses[index].place.firstByte), Int(clauses[index].place.endByte))
      while end > start, Self.isBlank(source[end - 1]) { end -= 1 }
      while start < end, source[start] == UInt8(ascii: "\n") { start += 1 }
      spans.append(Int32(start)..<Int32(end))
    }
    readings = Array(repeating: nil, count: window.count)
  }

  /// White space that no clause ends with. Other control characters are part of the words, though nobody sees them.
  static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\n") || byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
  }

  /// How many clauses are compared.
  var count: Int { window.count }

  /// The index in the wording's clauses.
  func index(_ place: Int) -> Int { window.lowerBound + place }

  func indices(_ places: Range<Int>) -> [Int] { places.map { window.lowerBound + $0 } }

  subscript(place: Int) -> Clause { all[window.lowerBound + place] }

  /// The index in the wording's clauses of the one that a clause stands under.
  func parentIndex(_ place: Int) -> Int? { all[window.lowerBound + place].parent }

  /// Whether a clause is a heading and nothing else.
  func isHeading(_ place: Int) -> Bool {
    let index = window.lowerBound + place
    return all[index].heading != nil && !all[index].hasText
  }

  /// The label that a clause bears itself: the last step of its path, unless it only stands under it.
  func ownLabel(_ place: Int) -> String? {
    let index = window.lowerBound + place
    guard all[index].paragraph == 1, let own = all[index].label.path.last else { return nil }
    if let parent = all[index].parent, all[parent].label == all[index].label { return nil }
    return own
  }

  // MARK: - Lines as written

  /// What a clause weighs in the question which of two clauses moved past the other: its words, which are told here by
  /// the spaces between them, so that long link targets weigh nothing, and something for being a clause or a heading.
  func weight(_ place: Int) -> Int {
    lines(place).reduce(isHeading(place) ? Thresholds.weightOfHeading : Thresholds.weightOfClause) {
      $0 + ($1 == UInt8(ascii: " ") ? 1 : 0)
    }
  }

  func lines(_ place: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: source[Int(spans[place].lowerBound)..<Int(spans[place].upperBound)])
  }

  /// Whether two clauses are written alike to the byte, label and dress included.
  static func areSameLines(_ one: Sheet, _ place: Int, _ other: Sheet, _ place2: Int) -> Bool {
    let (x, y) = (one.lines(place), other.lines(place2))
    guard x.count == y.count else { return false }
    guard let p = x.baseAddress, let q = y.baseAddress else { return true }
    return memcmp(p, q, x.count) == 0
  }

  /// Hashes of all runs of letters and figures in the lines of a clause, link targets included, in ascending order.
  func written(_ place: Int) -> [UInt64] {
    let lines = lines(place)
    var hashes: [UInt64] = []
    var at = 0
    while at < lines.count {
      let start = at
      while at < lines.count, lines[at] >= 0x80 || (lines[at] | 0x20) &- 0x61 < 26 || lines[at] &- 0x30 < 10 { at += 1 }
      if at > start { hashes.append(ByteHash.of(UnsafeBufferPointer(rebasing: lines[start..<at]))) } else { at += 1 }
    }
    return hashes.sorted()
  }

  /// How often a word stands in the source by itself, in link targets too.
  func occurrences(of word: String) -> Int {
    var word = word
    return word.withUTF8 { word in
      guard let needle = word.baseAddress, let base = source.baseAddress else { return 0 }
      var (count, at) = (0, 0)
      while at + word.count <= source.count, let found = memchr(base + at, Int32(needle[0]), source.count - at) {
        let start = UnsafeRawPointer(base).distance(to: UnsafeRawPointer(found))
        at = start + 1
        guard start + word.count <= source.count, memcmp(base + start, needle, word.count) == 0 else { continue }
        if !isWord(start - 1), !isWord(start + word.count) { count += 1 }
      }
      return count
    }
  }

  /// Whether the document defines `phrase`: it stands somewhere between quotation marks.
  func defines(_ phrase: String) -> Bool {
    Self.quotes.contains { open, close in
      var quoted = open + phrase + close
      return quoted.withUTF8 { quoted in
        guard let needle = quoted.baseAddress, let base = source.baseAddress else { return false }
        var at = 0
        while at + quoted.count <= source.count, let found = memchr(base + at, Int32(needle[0]), source.count - at) {
          let start = UnsafeRawPointer(base).distance(to: UnsafeRawPointer(found))
          if start + quoted.count <= source.count, memcmp(base + start, needle, quoted.count) == 0 { return true }
          at = start + 1
        }
        return false
      }
    }
  }

  private static let quotes = [
    ("“", "”"), ("\"", "\""), ("“**", "**”"), ("\"**", "**\""), ("**“", "”**"), ("**\"", "\"**"),
  ]

  private func isWord(_ at: Int) -> Bool {
    guard at >= 0, at < source.count else { return false }
    let byte = source[at]
    return byte >= 0x80 && !isMark(at) || (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == UInt8(ascii: "_")
  }

  /// Whether a character beyond ASCII is none of a word: its lead byte tells the block of quotation marks and dashes.
  private func isMark(_ at: Int) -> Bool {
    var start = at
    while start > 0, source[start] & 0xC0 == 0x80 { start -= 1 }
    return !Scalar(source, at: start).isWord
  }

  // MARK: - Words

  /// Makes room for the words of clauses that will be read, so that the lists do not grow by doubling.
  mutating func reserve(for places: [Int]) {
    // Where a heading stands in the paragraph, a blank line is put after it.
    let bytes = places.reduce(0) { $0 + lines($1).count + 2 }
    arena.reserveCapacity(arena.count + bytes)
    tokens.reserveCapacity(tokens.count + bytes / Self.bytesOfToken)
    numbers.reserveCapacity(numbers.count + bytes / Self.bytesOfToken)
  }

  /// About how many bytes of a text make a token, the space after it included.
  private static let bytesOfToken = 5

  /// Reads the words of a clause, unless that is done.
  mutating func read(_ place: Int, with tokenizer: inout Tokenizer) {
    guard readings[place] == nil else { return }
    let clause = all[window.lowerBound + place]
    let (firstByte, firstToken) = (arena.count, tokens.count)
    var text = (byte: Int32(firstByte), token: Int32(firstToken))
    if let heading = clause.heading {
      append(heading[...], with: &tokenizer)
      if clause.hasText {
        arena += [UInt8(ascii: "\n"), UInt8(ascii: "\n")]
        text = (Int32(arena.count), Int32(tokens.count))
      }
    }
    if clause.hasText || clause.heading == nil { append(clause.textInPlace, with: &tokenizer) }
    var words: Int32 = 0
    for token in tokens[firstToken...] {
      numbers.append(token.number)
      if token.isWord { words += 1 }
    }
    readings[place] = Reading(
      bytes: Int32(firstByte)..<Int32(arena.count), tokens: Int32(firstToken)..<Int32(tokens.count), text: text,
      words: words)
  }

  private mutating func append(_ words: Substring, with tokenizer: inout Tokenizer) {
    let start = arena.count
    var words = words
    words.withUTF8 { bytes in
      arena.append(contentsOf: bytes)
      tokenizer.append(bytes, offset: start, to: &tokens)
    }
  }

  /// Where the tokens of a clause that was read stand in ``tokens`` and ``numbers``.
  func range(_ place: Int) -> Range<Int> {
    guard let tokens = readings[place]?.tokens else { return 0..<0 }
    return Int(tokens.lowerBound)..<Int(tokens.upperBound)
  }

  /// How many words a clause has that was read.
  func words(_ place: Int) -> Int { Int(readings[place]?.words ?? 0) }

  /// Lets every token of a new name count as one of the old name.
  mutating func rename(_ names: [UInt32: UInt32]) {
    for index in numbers.indices { if let old = names[numbers[index]] { numbers[index] = old } }
  }

  /// The words of clauses as they are compared, paragraphs parted by a blank line. Those of one clause are a view of what
  /// was read: as long as one is held, no further clause may be read.
  ///
  /// - Parameter headings: whether a heading that stands in the paragraph is among them.
  func text(_ places: Range<Int>, headings: Bool) -> TokenText {
    if places.count == 1, let reading = readings[places.lowerBound] {
      let from = headings ? (byte: reading.bytes.lowerBound, token: reading.tokens.lowerBound) : reading.text
      return TokenText(
        among: arena[Int(from.byte)..<Int(reading.bytes.upperBound)],
        tokens: tokens[Int(from.token)..<Int(reading.tokens.upperBound)])
    }
    var (bytes, list): ([UInt8], [Token]) = ([], [])
    for place in places {
      guard let reading = readings[place] else { continue }
      if !bytes.isEmpty { bytes += [UInt8(ascii: "\n"), UInt8(ascii: "\n")] }
      let shift = Int32(bytes.count) - reading.bytes.lowerBound
      bytes += arena[Int(reading.bytes.lowerBound)..<Int(reading.bytes.upperBound)]
      for token in tokens[Int(reading.tokens.lowerBound)..<Int(reading.tokens.upperBound)] {
        list.append(Token(start: token.start + shift, end: token.end + shift, number: token.number))
      }
    }
    return TokenText(bytes: bytes, tokens: list)
  }
}
