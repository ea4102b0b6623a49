internal import TermsModel

/// How many clauses two wordings begin with, and end with, that are written alike to the byte and cut alike: most of a
/// document, as a rule, and nothing more is asked about them.
struct SharedEnds {
  var first = 0
  var last = 0

  init(
    _ source: UnsafeBufferPointer<UInt8>, _ clauses: UnsafeBufferPointer<Clause>,
    _ other: UnsafeBufferPointer<UInt8>, _ others: UnsafeBufferPointer<Clause>
  ) {
    let shorter = min(clauses.count, others.count)
    let head = Self.sharedHead(source, other)
    while first < shorter, clauses[first].bytes.upperBound <= head, clauses[first].bytes == others[first].bytes {
      first += 1
    }
    let tail = Self.sharedTail(source, other)
    let shift = other.count - source.count
    while last < shorter - first {
      let (x, y) = (clauses[clauses.count - 1 - last].bytes, others[others.count - 1 - last].bytes)
      guard source.count - x.lowerBound <= tail, x.lowerBound + shift == y.lowerBound else { break }
      last += 1
    }
  }

  /// How many bytes both begin with.
  private static func sharedHead(_ one: UnsafeBufferPointer<UInt8>, _ other: UnsafeBufferPointer<UInt8>) -> Int {
    let shorter = min(one.count, other.count)
    guard let p = UnsafeRawPointer(one.baseAddress), let q = UnsafeRawPointer(other.baseAddress) else { return 0 }
    var at = 0
    while at + 8 <= shorter,
      p.loadUnaligned(fromByteOffset: at, as: UInt64.self) == q.loadUnaligned(fromByteOffset: at, as: UInt64.self)
    {
      at += 8
    }
    while at < shorter, one[at] == other[at] { at += 1 }
    return at
  }

  /// How many bytes both end with.
  private static func sharedTail(_ one: UnsafeBufferPointer<UInt8>, _ other: UnsafeBufferPointer<UInt8>) -> Int {
    let shorter = min(one.count, other.count)
    guard let p = UnsafeRawPointer(one.baseAddress), let q = UnsafeRawPointer(other.baseAddress) else { return 0 }
    var length = 0
    while length + 8 <= shorter,
      p.loadUnaligned(fromByteOffset: one.count - length - 8, as: UInt64.self)
        == q.loadUnaligned(fromByteOffset: other.count - length - 8, as: UInt64.self)
    {
      length += 8
    }
    while length < shorter, one[one.count - length - 1] == other[other.count - length - 1] { length += 1 }
    return length
  }
}
