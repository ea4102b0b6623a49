/// Gives equal keys equal names: 0, 1, 2 … in the order in which the keys are first met.
///
/// A slot keeps half of a key, so that the table stays small: of keys that share it, once in billions, two bear one name.
/// Whoever asks compares what the keys were made of.
struct KeyNames {
  private struct Slot {
    var tag: UInt32
    var name: Int32
  }

  private var slots: [Slot]
  private var mask: Int
  private(set) var count = 0

  /// - Parameter capacity: about how many different keys will be named.
  init(capacity: Int) {
    var size = 16
    while size < capacity * 2 { size *= 2 }
    slots = Array(repeating: Slot(tag: 0, name: -1), count: size)
    mask = size - 1
  }

  mutating func name(of key: UInt64) -> Int {
    let tag = Self.tag(key)
    var at = place(of: tag)
    while slots[at].name >= 0 {
      if slots[at].tag == tag { return Int(slots[at].name) }
      at = (at + 1) & mask
    }
    slots[at] = Slot(tag: tag, name: Int32(count))
    count += 1
    if count * 3 > slots.count * 2 { grow() }
    return count - 1
  }

  /// The name that `key` bears already.
  func known(_ key: UInt64) -> Int? {
    let tag = Self.tag(key)
    var at = place(of: tag)
    while slots[at].name >= 0 {
      if slots[at].tag == tag { return Int(slots[at].name) }
      at = (at + 1) & mask
    }
    return nil
  }

  private static func tag(_ key: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: key >> 32) }

  private func place(of tag: UInt32) -> Int { Int(tag &* 0x9E37_79B1) & mask }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: Slot(tag: 0, name: -1), count: old.count * 2)
    mask = slots.count - 1
    for slot in old where slot.name >= 0 {
      var at = place(of: slot.tag)
      while slots[at].name >= 0 { at = (at + 1) & mask }
      slots[at] = slot
    }
  }
}
