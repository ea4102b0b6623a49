/// Phrases that occur once in each of two long texts, in order: where both can be cut without losing much.
///
/// Of very long texts only some phrases are looked at, chosen by what they are and not by where they stand, so that the
/// same ones are chosen in both.
enum Anchors {
  /// The shared runs around such phrases; each holds the phrase and what is equal next to it.
  static func find(_ a: UnsafeBufferPointer<UInt32>, _ b: UnsafeBufferPointer<UInt32>) -> [Match] {
    let length = Thresholds.phrase
    guard a.count >= length, b.count >= length else { return [] }
    let sieve: UInt64 = a.count + b.count > Thresholds.veryLongText ? Thresholds.sieve - 1 : 0
    var keys = KeyNames(capacity: sieve == 0 ? a.count : a.count / Int(sieve + 1))
    // For each phrase where it stands in each text; -1 where it does not, -2 where it does more than once.
    var inA: [Int32] = []
    for start in 0...(a.count - length) {
      let key = key(a, start, length)
      guard key & sieve == 0 else { continue }
      let name = keys.name(of: key)
      if name == inA.count { inA.append(Int32(start)) } else { inA[name] = -2 }
    }
    var inB = Array(repeating: Int32(-1), count: inA.count)
    for start in 0...(b.count - length) {
      let key = key(b, start, length)
      guard key & sieve == 0, let name = keys.known(key) else { continue }
      inB[name] = inB[name] == -1 ? Int32(start) : -2
    }
    var pairs: [HeaviestChain.Pair] = []
    for name in inA.indices where inA[name] >= 0 && inB[name] >= 0 {
      let (x, y) = (Int(inA[name]), Int(inB[name]))
      if (0..<length).allSatisfy({ a[x + $0] == b[y + $0] }) { pairs.append(.init(before: x, after: y)) }
    }
    let members = HeaviestChain.members(of: pairs)
    var matches: [Match] = []
    var (aEnd, bEnd) = (0, 0)
    for (index, pair) in pairs.enumerated() where members[index] && pair.before >= aEnd && pair.after >= bEnd {
      var (x, y) = (pair.before, pair.after)
      while x > aEnd, y > bEnd, a[x - 1] == b[y - 1] {
        x -= 1
        y -= 1
      }
      var (u, v) = (pair.before + length, pair.after + length)
      while u < a.count, v < b.count, a[u] == b[v] {
        u += 1
        v += 1
      }
      matches.append(Match(before: x, after: y, count: u - x))
      (aEnd, bEnd) = (u, v)
    }
    return matches
  }

  private static func key(_ numbers: UnsafeBufferPointer<UInt32>, _ start: Int, _ length: Int) -> UInt64 {
    ByteHash.of(numbers[start..<(start + length)])
  }
}
