internal import TermsModel

/// A run of whole lines that stand in two texts to the byte.
struct EqualStretch: Equatable {
  var before: Int
  var after: Int
  var count: Int
}

/// Finds whole lines that two texts share, in order: a fast guess at where they differ, for whoever need not find all.
struct EqualStretches {
  private let before: UnsafeBufferPointer<UInt8>
  private let after: UnsafeBufferPointer<UInt8>
  private var found: [EqualStretch] = []

  /// Shorter lines are met too often to say where in the text they stand.
  private static let shortestLine = 16

  static func find(_ before: Bytes, _ after: Bytes) -> [EqualStretch] {
    var stretches = EqualStretches(
      before: UnsafeBufferPointer(start: before.base, count: before.count),
      after: UnsafeBufferPointer(start: after.base, count: after.count))
    stretches.find()
    return stretches.found
  }

  private init(before: UnsafeBufferPointer<UInt8>, after: UnsafeBufferPointer<UInt8>) {
    self.before = before
    self.after = after
  }

  private mutating func find() {
    var (i, j) = extend(0, 0, before.count, after.count)
    if i == before.count, j == after.count { return }
    let tail = sharedTail(from: i, j)
    let (beforeEnd, afterEnd) = (before.count - tail, after.count - tail)
    var lines: LineTable?
    while i < beforeEnd, j < afterEnd {
      if lines == nil { lines = LineTable(before, i..<beforeEnd, shortest: Self.shortestLine) }
      guard let next = lines.flatMap({ resume($0, i, j, beforeEnd, afterEnd) }) else { break }
      (i, j) = extend(next.before, next.after, beforeEnd, afterEnd)
    }
    if tail > 0 { append(EqualStretch(before: beforeEnd, after: afterEnd, count: tail)) }
  }

  /// Notes the lines that both have from here on, and gives where they end.
  private mutating func extend(_ i: Int, _ j: Int, _ beforeEnd: Int, _ afterEnd: Int) -> (Int, Int) {
    let old = UnsafeBufferPointer(rebasing: before[i..<beforeEnd])
    let new = UnsafeBufferPointer(rebasing: after[j..<afterEnd])
    var count = SharedBytes.first(old, new)
    if !(i + count == before.count && j + count == after.count) {
      while count > 0, old[count - 1] != ASCII.lineFeed { count -= 1 }
    }
    if count > 0 { append(EqualStretch(before: i, after: j, count: count)) }
    return (i + count, j + count)
  }

  private mutating func append(_ stretch: EqualStretch) {
    if let last = found.last, last.before + last.count == stretch.before, last.after + last.count == stretch.after {
      found[found.count - 1].count += stretch.count
    } else {
      found.append(stretch)
    }
  }

  /// The length of the whole lines that both end with, from the places `i` and `j` on.
  private func sharedTail(from i: Int, _ j: Int) -> Int {
    let old = UnsafeBufferPointer(rebasing: before[i...])
    let new = UnsafeBufferPointer(rebasing: after[j...])
    var tail = SharedBytes.last(old, new)
    func begins(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
      tail == text.count || text[text.count - tail - 1] == ASCII.lineFeed
    }
    while tail > 0, !(begins(old) && begins(new)) { tail -= 1 }
    return tail
  }

  /// The beginning of the line of after that `place` stands in, or `least` where that begins later.
  private func startOfLine(_ place: Int, from least: Int) -> Int {
    var start = place
    while start > least, after[start - 1] != ASCII.lineFeed { start -= 1 }
    return start
  }

  /// The next line of after, from `j` on, that stands in before from `i` on as well.
  private func resume(_ lines: LineTable, _ i: Int, _ j: Int, _ beforeEnd: Int, _ afterEnd: Int) -> EqualStretch? {
    var start = j
    while start < afterEnd {
      let end = LineTable.endOfLine(after, from: start, to: afterEnd)
      if end - start >= Self.shortestLine,
        let place = lines.place(of: UnsafeBufferPointer(rebasing: after[start..<end])),
        place >= i
      {
        let shared = SharedBytes.first(
          UnsafeBufferPointer(rebasing: before[place..<beforeEnd]),
          UnsafeBufferPointer(rebasing: after[start..<afterEnd]))
        // What is passed over is lost to sharing: a short line far away is rather one that moved.
        if shared > end - start {
          if shared >= (place - i) / 8 { return EqualStretch(before: place, after: start, count: shared) }
          // Every line of what moved would be found and left again.
          start = startOfLine(start + shared, from: end + 1)
          continue
        }
      }
      start = end + 1
    }
    return nil
  }
}

/// Where the lines of a stretch of text stand, by a hash of their bytes; those that occur twice are left out.
private struct LineTable {
  private var slots: [Slot]
  private let mask: Int

  private struct Slot {
    var hash: UInt32 = 0
    /// -1 where the slot is empty, -2 where several lines share it.
    var place: Int32 = -1
  }

  init(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, shortest: Int) {
    var starts: [(hash: UInt64, place: Int)] = []
    var start = range.lowerBound
    while start < range.upperBound {
      let end = Self.endOfLine(text, from: start, to: range.upperBound)
      if end - start >= shortest { starts.append((Self.hash(UnsafeBufferPointer(rebasing: text[start..<end])), start)) }
      start = end + 1
    }
    var size = 16
    while size < starts.count * 2 { size *= 2 }
    slots = Array(repeating: Slot(), count: size)
    mask = size - 1
    for (hash, place) in starts {
      let tag = UInt32(truncatingIfNeeded: hash >> 32)
      var at = Int(truncatingIfNeeded: hash) & mask
      while slots[at].place != -1, slots[at].hash != tag { at = (at + 1) & mask }
      slots[at] = Slot(hash: tag, place: slots[at].place == -1 ? Int32(truncatingIfNeeded: place) : -2)
    }
  }

  /// Where a line with the same hash stands, and no other.
  func place(of line: UnsafeBufferPointer<UInt8>) -> Int? {
    let hash = Self.hash(line)
    let tag = UInt32(truncatingIfNeeded: hash >> 32)
    var at = Int(truncatingIfNeeded: hash) & mask
    while slots[at].place != -1 {
      if slots[at].hash == tag { return slots[at].place < 0 ? nil : Int(slots[at].place) }
      at = (at + 1) & mask
    }
    return nil
  }

  static func endOfLine(_ text: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int) -> Int {
    let rest = Bytes(UnsafeBufferPointer(rebasing: text[start..<end]))
    return rest.map { start + $0.endOfLine(from: 0) } ?? end
  }

  private static func hash(_ line: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var value = UInt64(line.count)
    guard let base = UnsafeRawPointer(line.baseAddress) else { return value }
    var at = 0
    while at + 8 <= line.count {
      value = mix(value ^ base.loadUnaligned(fromByteOffset: at, as: UInt64.self))
      at += 8
    }
    if line.count >= 8 { value = mix(value ^ base.loadUnaligned(fromByteOffset: line.count - 8, as: UInt64.self)) }
    return value
  }

  @inline(__always)
  private static func mix(_ value: UInt64) -> UInt64 {
    let product = (value ^ 0xA076_1D64_78BD_642F).multipliedFullWidth(by: 0xE703_7ED1_A0B4_28DB)
    return product.high ^ product.low
  }
}
