/// Gives equal keys equal names: 0, 1, 2 … in the order in which the keys are first met.
struct KeyNames {
  private struct Slot {
    var key: UInt64
    var name: Int32
  }

  private var slots: [Slot]
  private let mask: Int
  private(set) var count = 0

  /// - Parameter capacity: the most keys that will be named.
  init(capacity: Int) {
    var size = 16
    while size < capacity * 2 { size *= 2 }
    slots = Array(repeating: Slot(key: 0, name: -1), count: size)
    mask = size - 1
  }

  mutating func name(of key: UInt64) -> Int {
    var at = Int(truncatingIfNeeded: key) & mask
    while slots[at].name >= 0 {
      if slots[at].key == key { return Int(slots[at].name) }
      at = (at + 1) & mask
    }
    slots[at] = Slot(key: key, name: Int32(count))
    count += 1
    return count - 1
  }

  /// The name that `key` bears already.
  func known(_ key: UInt64) -> Int? {
    var at = Int(truncatingIfNeeded: key) & mask
    while slots[at].name >= 0 {
      if slots[at].key == key { return Int(slots[at].name) }
      at = (at + 1) & mask
    }
    return nil
  }
}
