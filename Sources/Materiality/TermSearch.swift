internal import TermsModel

/// Looks for a term in a text as a word of its own.
enum TermSearch {
  /// How often `term` stands in `text` as written, with no letter or digit on either side; a plural counts. Stops at `limit`.
  static func count(_ text: String, _ term: String, limit: Int) -> Int {
    var found = 0
    var text = text
    text.withUTF8 { bytes in
      places(of: Array(term.utf8), in: bytes) { _ in
        found += 1
        return found < limit ? nil : bytes.count
      }
    }
    return found
  }

  /// Calls `body` with each place where a term stands as a word of its own; it says where to go on, if not right behind.
  static func places(of term: [UInt8], in bytes: UnsafeBufferPointer<UInt8>, _ body: (Int) -> Int?) {
    guard let first = term.first else { return }
    var at = 0
    while let start = place(of: first, in: bytes, from: at), start + term.count <= bytes.count {
      guard matches(bytes, start, term) else {
        at = start + 1
        continue
      }
      var end = start + term.count
      if end < bytes.count, bytes[end] == UInt8(ascii: "s") { end += 1 }
      at = start + term.count
      if start == 0 || !isWord(bytes[start - 1]), end >= bytes.count || !isWord(bytes[end]), let next = body(start) {
        at = next
      }
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

/// The texts of all clauses of a wording one behind the other, to be looked through for many terms.
struct ClauseTexts {
  private var bytes: [UInt8] = []
  /// Where the text of each clause begins, and behind the last where all end.
  private var starts: [Int] = [0]

  init(_ wording: Wording) {
    bytes.reserveCapacity(wording.source.utf8.count)
    starts.reserveCapacity(wording.clauses.count + 1)
    for index in wording.clauses.indices {
      var text = wording.clauses[index].textInPlace
      text.withUTF8 { bytes.append(contentsOf: $0) }
      // No word goes on from one clause to the next, and no term has all three bytes.
      bytes += [0, 0xFF, 0]
      starts.append(bytes.count)
    }
  }

  /// In how many clauses the term stands as written, those in `own` left out.
  func count(using term: String, besides own: [Int]) -> Int {
    let own = Set(own)
    var found = 0
    var clause = 0
    bytes.withUnsafeBufferPointer { bytes in
      TermSearch.places(of: Array(term.utf8), in: bytes) { place in
        clause = self.clause(at: place, from: clause)
        if !own.contains(clause) { found += 1 }
        return starts[clause + 1]
      }
    }
    return found
  }

  /// The clause whose text a place lies in, the first that is looked at being `first`.
  private func clause(at place: Int, from first: Int) -> Int {
    var (low, high) = (first, starts.count - 2)
    while low < high {
      let middle = (low + high + 1) / 2
      if starts[middle] <= place { low = middle } else { high = middle - 1 }
    }
    return low
  }
}
