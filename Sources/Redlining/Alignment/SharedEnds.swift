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
    let head = SharedBytes.first(source, other)
    while first < shorter {
      let (x, y) = (clauses[first].place, others[first].place)
      guard x.endByte <= head, x.firstByte == y.firstByte, x.endByte == y.endByte else { break }
      first += 1
    }
    let tail = SharedBytes.last(source, other)
    let shift = other.count - source.count
    while last < shorter - first {
      let (x, y) = (clauses[clauses.count - 1 - last].place, others[others.count - 1 - last].place)
      guard source.count - Int(x.firstByte) <= tail, Int(x.firstByte) + shift == y.firstByte else { break }
      last += 1
    }
  }
}
