/// A run of tokens that both texts share.
struct Match: Equatable {
  var before: Int
  var after: Int
  var count: Int
}

/// Finds which tokens two texts share, in order: a shortest script where it can be had at a bearable cost.
///
/// Long texts are first cut at phrases that occur once on each side (``Anchors``). Between them the middle of a shortest
/// script is searched from both ends at once (Myers 1986, the linear-space refinement); its cost grows with the length of
/// the texts times the number of differences. Past ``Thresholds/scriptEffort`` the search takes the furthest point that
/// it reached: the script is still right, though no longer a shortest.
struct WordScript {
  private var forward: [Int32] = []
  private var backward: [Int32] = []
  private var matches: [Match] = []
  private var work: [Box] = []

  /// A part of both texts that is still to be compared, or a shared run to be noted on the way.
  private struct Box {
    var a: Range<Int>
    var b: Range<Int>
    var isShared = false
    /// A box with more tokens than this lies in one without anchors and has hardly any of its own.
    var longestWithAnchors = Int.max

    var count: Int { a.count + b.count }
  }

  /// How many tokens may still be read in the search for anchors: texts that have few must not be searched for ever.
  private var phraseEffort = 0

  /// The shared runs of `a` and `b`, in order; no two of them touch on both sides.
  mutating func compare(_ a: [UInt32], _ b: [UInt32]) -> [Match] {
    matches.removeAll(keepingCapacity: true)
    a.withUnsafeBufferPointer { a in
      b.withUnsafeBufferPointer { b in
        compare(Box(a: 0..<a.count, b: 0..<b.count), a, b)
      }
    }
    return matches
  }

  private mutating func compare(_ whole: Box, _ a: UnsafeBufferPointer<UInt32>, _ b: UnsafeBufferPointer<UInt32>) {
    work.removeAll(keepingCapacity: true)
    work.append(whole)
    phraseEffort = Thresholds.phraseEffort * whole.count
    while let box = work.popLast() {
      if box.isShared {
        note(Match(before: box.a.lowerBound, after: box.b.lowerBound, count: box.a.count))
        continue
      }
      var rest = trim(box, a, b)
      guard !rest.a.isEmpty, !rest.b.isEmpty else { continue }
      if rest.count > Thresholds.longText, rest.count <= rest.longestWithAnchors, rest.count <= phraseEffort {
        phraseEffort -= rest.count
        if cut(rest, a, b) { continue }
        rest.longestWithAnchors = rest.count / 2
      }
      let (x, y) = middle(rest, a, b)
      // A middle in a corner would leave the same box again.
      if x == rest.a.lowerBound, y == rest.b.lowerBound { continue }
      if x == rest.a.upperBound, y == rest.b.upperBound { continue }
      let longest = rest.longestWithAnchors
      work.append(Box(a: x..<rest.a.upperBound, b: y..<rest.b.upperBound, longestWithAnchors: longest))
      work.append(Box(a: rest.a.lowerBound..<x, b: rest.b.lowerBound..<y, longestWithAnchors: longest))
    }
  }

  /// Notes what both begin with, puts off what both end with, and gives what lies between.
  private mutating func trim(_ box: Box, _ a: UnsafeBufferPointer<UInt32>, _ b: UnsafeBufferPointer<UInt32>) -> Box {
    var (aLow, aHigh) = (box.a.lowerBound, box.a.upperBound)
    var (bLow, bHigh) = (box.b.lowerBound, box.b.upperBound)
    while aLow < aHigh, bLow < bHigh, a[aLow] == b[bLow] {
      aLow += 1
      bLow += 1
    }
    note(Match(before: box.a.lowerBound, after: box.b.lowerBound, count: aLow - box.a.lowerBound))
    while aLow < aHigh, bLow < bHigh, a[aHigh - 1] == b[bHigh - 1] {
      aHigh -= 1
      bHigh -= 1
    }
    if aHigh < box.a.upperBound {
      work.append(Box(a: aHigh..<box.a.upperBound, b: bHigh..<box.b.upperBound, isShared: true))
    }
    return Box(a: aLow..<aHigh, b: bLow..<bHigh, longestWithAnchors: box.longestWithAnchors)
  }

  private mutating func note(_ match: Match) {
    guard match.count > 0 else { return }
    if let last = matches.last, last.before + last.count == match.before, last.after + last.count == match.after {
      matches[matches.count - 1].count += match.count
    } else {
      matches.append(match)
    }
  }

  /// Cuts a long box at its anchors; `false` where it has none.
  private mutating func cut(
    _ box: Box, _ a: UnsafeBufferPointer<UInt32>, _ b: UnsafeBufferPointer<UInt32>
  ) -> Bool {
    let anchors = Anchors.find(
      UnsafeBufferPointer(rebasing: a[box.a]), UnsafeBufferPointer(rebasing: b[box.b]))
    guard !anchors.isEmpty else { return false }
    var (aHigh, bHigh) = (box.a.upperBound, box.b.upperBound)
    for anchor in anchors.reversed() {
      let (x, y) = (box.a.lowerBound + anchor.before, box.b.lowerBound + anchor.after)
      work.append(Box(a: (x + anchor.count)..<aHigh, b: (y + anchor.count)..<bHigh))
      work.append(Box(a: x..<(x + anchor.count), b: y..<(y + anchor.count), isShared: true))
      (aHigh, bHigh) = (x, y)
    }
    work.append(Box(a: box.a.lowerBound..<aHigh, b: box.b.lowerBound..<bHigh))
    return true
  }

  /// A point on a shortest script of the box, or the furthest that was reached within the effort allowed.
  private mutating func middle(
    _ box: Box, _ a: UnsafeBufferPointer<UInt32>, _ b: UnsafeBufferPointer<UInt32>
  ) -> (Int, Int) {
    let (aLow, bLow) = (box.a.lowerBound, box.b.lowerBound)
    let (n, m) = (box.a.count, box.b.count)
    let delta = n - m
    let isOdd = delta & 1 != 0
    let allowed = n + m > Thresholds.longText ? Thresholds.scriptEffortLong : Thresholds.scriptEffort
    let effort = min((n + m + 1) / 2, allowed)
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
        var furthest = (sum: 0, x: n, y: 0)
        for d in 0...effort {
          // Diagonals beyond the box's corners are left out.
          let (low, high) = (-d + 2 * max(0, d - m), d - 2 * max(0, d - n))
          var k = low
          while k <= high {
            var x =
              k == -d || (k != d && forward[zero + k - 1] < forward[zero + k + 1])
              ? Int(forward[zero + k + 1]) : Int(forward[zero + k - 1]) + 1
            var y = x - k
            while x < n, y < m, a[aLow + x] == b[bLow + y] {
              x += 1
              y += 1
            }
            forward[zero + k] = Int32(truncatingIfNeeded: x)
            if x <= n, y <= m {
              if d == effort, x + y > furthest.sum { furthest = (x + y, x, y) }
              let mirrored = delta - k
              if isOdd, mirrored > -d, mirrored < d, x + Int(backward[zero + mirrored]) >= n {
                return (aLow + x, bLow + y)
              }
            }
            k += 2
          }
          k = low
          while k <= high {
            var x =
              k == -d || (k != d && backward[zero + k - 1] < backward[zero + k + 1])
              ? Int(backward[zero + k + 1]) : Int(backward[zero + k - 1]) + 1
            var y = x - k
            while x < n, y < m, a[aLow + n - 1 - x] == b[bLow + m - 1 - y] {
              x += 1
              y += 1
            }
            backward[zero + k] = Int32(truncatingIfNeeded: x)
            if x <= n, y <= m {
              let mirrored = delta - k
              if !isOdd, mirrored >= -d, mirrored <= d, x + Int(forward[zero + mirrored]) >= n {
                return (aLow + n - x, bLow + m - y)
              }
            }
            k += 2
          }
        }
        return (aLow + furthest.x, bLow + furthest.y)
      }
    }
  }
}
