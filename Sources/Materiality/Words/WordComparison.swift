/// The differences between the words of two passages.
struct WordComparison {
  /// A place where the passages differ: words that went, words that came, or both.
  struct Hunk: Hashable, Sendable {
    var before: Range<Int>
    var after: Range<Int>
  }

  let before: Passage
  let after: Passage
  /// The places, in order, parted by words that are the same on both sides.
  let hunks: [Hunk]

  /// - Parameter desk: where the keys of the words stand.
  init(before: Passage, after: Passage, desk: ReadingDesk) {
    self.before = before
    self.after = after
    if before === after {
      hunks = []
      return
    }
    // Of several shortest scripts one is chosen; which one must not depend on which text is the older.
    if Self.precedes(before.words, after.words, desk) {
      hunks = Self.differences(before.words, after.words)
    } else {
      hunks = Self.differences(after.words, before.words).map { Hunk(before: $0.after, after: $0.before) }
    }
  }

  private static func precedes(_ left: [Word], _ right: [Word], _ desk: ReadingDesk) -> Bool {
    if left.count != right.count { return left.count < right.count }
    for place in left.indices where left[place].key != right[place].key {
      return desk.text(left[place].key) < desk.text(right[place].key)
    }
    return true
  }

  /// The longest common run of words, found with Myers's algorithm within what remains between the common ends.
  private static func differences(_ before: [Word], _ after: [Word]) -> [Hunk] {
    var start = 0
    while start < before.count, start < after.count, before[start].key == after[start].key { start += 1 }
    var end = 0
    while end < before.count - start, end < after.count - start,
      before[before.count - 1 - end].key == after[after.count - 1 - end].key
    { end += 1 }
    let (gone, come) = (start..<before.count - end, start..<after.count - end)
    if gone.isEmpty && come.isEmpty { return [] }
    if gone.isEmpty || come.isEmpty { return [Hunk(before: gone, after: come)] }
    return matched(before[gone].map(\.key), after[come].map(\.key), start)
  }

  /// Gives up on a shortest script beyond so many edits: the middle then counts as replaced, which is the safe reading.
  private static let limit = 1500

  private static func matched(_ a: [Term], _ b: [Term], _ start: Int) -> [Hunk] {
    var trace: [[Int32]] = []
    let most = min(a.count + b.count, limit)
    var reach = [Int32](repeating: 0, count: 2 * most + 3)
    let offset = most + 1
    var found = false
    search: for steps in 0...most {
      trace.append(Array(reach[offset - steps - 1...offset + steps + 1]))
      for diagonal in stride(from: -steps, through: steps, by: 2) {
        var x: Int
        if diagonal == -steps || (diagonal != steps && reach[offset + diagonal - 1] < reach[offset + diagonal + 1]) {
          x = Int(reach[offset + diagonal + 1])
        } else {
          x = Int(reach[offset + diagonal - 1]) + 1
        }
        while x < a.count, x - diagonal < b.count, a[x] == b[x - diagonal] { x += 1 }
        reach[offset + diagonal] = Int32(x)
        if x >= a.count, x - diagonal >= b.count {
          found = true
          break search
        }
      }
    }
    guard found else { return [Hunk(before: start..<start + a.count, after: start..<start + b.count)] }
    return hunks(from: trace, a.count, b.count, start)
  }

  private static func hunks(from trace: [[Int32]], _ oldCount: Int, _ newCount: Int, _ start: Int) -> [Hunk] {
    var deleted = [Bool](repeating: false, count: oldCount)
    var inserted = [Bool](repeating: false, count: newCount)
    var (x, y) = (oldCount, newCount)
    for steps in trace.indices.reversed() where steps > 0 {
      let reach = trace[steps]
      let centre = steps + 1
      let diagonal = x - y
      let down =
        diagonal == -steps || (diagonal != steps && reach[centre + diagonal - 1] < reach[centre + diagonal + 1])
      let previous = down ? diagonal + 1 : diagonal - 1
      let fromX = Int(reach[centre + previous])
      let fromY = fromX - previous
      if down { inserted[fromY] = true } else { deleted[fromX] = true }
      (x, y) = (fromX, fromY)
    }
    var hunks: [Hunk] = []
    var (i, j) = (0, 0)
    while i < oldCount || j < newCount {
      if (i < oldCount && deleted[i]) || (j < newCount && inserted[j]) {
        let (fromI, fromJ) = (i, j)
        while i < oldCount, deleted[i] { i += 1 }
        while j < newCount, inserted[j] { j += 1 }
        hunks.append(Hunk(before: start + fromI..<start + i, after: start + fromJ..<start + j))
      } else {
        i += 1
        j += 1
      }
    }
    return hunks
  }
}
