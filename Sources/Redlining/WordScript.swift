/// A run of tokens that both texts share.
struct Match: Equatable {
  var before: Int
  var after: Int
  var count: Int
}

/// Finds which tokens two texts share, in order: a shortest script where it can be had at a bearable cost.
///
/// The middle of a shortest script is searched from both ends at once (Myers 1986, the linear-space refinement); its
/// cost grows with the length of the texts times the number of differences. Past ``Thresholds/scriptEffort`` the
/// search takes the furthest point reached instead: the result is still a right script, though no longer a shortest.
struct WordScript {
  private var forward: [Int32] = []
  private var backward: [Int32] = []
  private(set) var matches: [Match] = []

  /// The shared runs of `a` and `b`, in order, not touching one another on both sides.
  mutating func compare(_ a: UnsafeBufferPointer<UInt32>, _ b: UnsafeBufferPointer<UInt32>) -> [Match] {
    matches.removeAll(keepingCapacity: true)
    // Ranges still to be compared, last first; a range of `after == -1` marks a shared run to be noted on the way.
    var work: [Box] = [Box(a: 0..<a.count, b: 0..<b.count, isMatch: false)]
    while let box = work.popLast() {
      if box.isMatch {
        note(box.a.lowerBound, box.b.lowerBound, box.a.count)
        continue
      }
      var (aLow, aHigh, bLow, bHigh) = (box.a.lowerBound, box.a.upperBound, box.b.lowerBound, box.b.upperBound)
      let start = aLow
      while aLow < aHigh, bLow < bHigh, a[aLow] == b[bLow] {
        aLow += 1
        bLow += 1
      }
      note(start, bLow - (aLow - start), aLow - start)
      let end = aHigh
      while aLow < aHigh, bLow < bHigh, a[aHigh - 1] == b[bHigh - 1] {
        aHigh -= 1
        bHigh -= 1
      }
      if end > aHigh {
        work.append(Box(a: aHigh..<end, b: bHigh..<(bHigh + end - aHigh), isMatch: true))
      }
      guard aLow < aHigh, bLow < bHigh else { continue }
      let (x, y) = middle(a, aLow..<aHigh, b, bLow..<bHigh)
      // A middle in a corner would leave the same box again.
      if (x == aLow && y == bLow) || (x == aHigh && y == bHigh) { continue }
      work.append(Box(a: x..<aHigh, b: y..<bHigh, isMatch: false))
      work.append(Box(a: aLow..<x, b: bLow..<y, isMatch: false))
    }
    return matches
  }

  private struct Box {
    var a: Range<Int>
    var b: Range<Int>
    var isMatch: Bool
  }

  private mutating func note(_ before: Int, _ after: Int, _ count: Int) {
    guard count > 0 else { return }
    if let last = matches.last, last.before + last.count == before, last.after + last.count == after {
      matches[matches.count - 1].count += count
    } else {
      matches.append(Match(before: before, after: after, count: count))
    }
  }

  /// A point on a shortest script of the two ranges, or the best that was found within the effort allowed.
  private mutating func middle(
    _ a: UnsafeBufferPointer<UInt32>, _ aRange: Range<Int>, _ b: UnsafeBufferPointer<UInt32>, _ bRange: Range<Int>
  ) -> (Int, Int) {
    let (aLow, bLow) = (aRange.lowerBound, bRange.lowerBound)
    let (n, m) = (aRange.count, bRange.count)
    let delta = n - m
    let isOdd = delta & 1 != 0
    let bound = (n + m + 1) / 2
    let effort = min(bound, Thresholds.scriptEffort)
    let size = 2 * effort + 3
    if forward.count < size {
      forward = Array(repeating: 0, count: size)
      backward = Array(repeating: 0, count: size)
    }
    let zero = effort + 1
    return forward.withUnsafeMutableBufferPointer { forward in
      backward.withUnsafeMutableBufferPointer { backward in
        forward[zero + 1] = 0
        backward[zero + 1] = 0
        var best = (sum: -1, x: 0, y: 0)
        for d in 0...effort {
          // Diagonals outside the box are passed over.
          var k = -d + 2 * max(0, d - m)
          while k <= d - 2 * max(0, d - n) {
            var x: Int
            if k == -d || (k != d && forward[zero + k - 1] < forward[zero + k + 1]) {
              x = Int(forward[zero + k + 1])
            } else {
              x = Int(forward[zero + k - 1]) + 1
            }
            var y = x - k
            while x < n, y < m, a[aLow + x] == b[bLow + y] {
              x += 1
              y += 1
            }
            forward[zero + k] = Int32(x)
            if d == effort, x <= n, y <= m, x + y > best.sum { best = (x + y, x, y) }
            let mirrored = delta - k
            if isOdd, x <= n, y <= m, mirrored >= -(d - 1), mirrored <= d - 1,
              x + Int(backward[zero + mirrored]) >= n
            {
              return (aLow + x, bLow + y)
            }
            k += 2
          }
          k = -d + 2 * max(0, d - m)
          while k <= d - 2 * max(0, d - n) {
            var x: Int
            if k == -d || (k != d && backward[zero + k - 1] < backward[zero + k + 1]) {
              x = Int(backward[zero + k + 1])
            } else {
              x = Int(backward[zero + k - 1]) + 1
            }
            var y = x - k
            while x < n, y < m, a[aLow + n - 1 - x] == b[bLow + m - 1 - y] {
              x += 1
              y += 1
            }
            backward[zero + k] = Int32(x)
            let mirrored = delta - k
            if !isOdd, x <= n, y <= m, mirrored >= -d, mirrored <= d, x + Int(forward[zero + mirrored]) >= n {
              return (aLow + n - x, bLow + m - y)
            }
            k += 2
          }
        }
        return best.sum > 0 ? (aLow + best.x, bLow + best.y) : (aLow + n, bLow)
      }
    }
  }
}
