/// Gives each distinct word of a comparison one number, so that words are compared as numbers from then on.
///
/// Numbers below ``firstWord`` are single ASCII characters and stand for themselves.
struct Lexicon {
  /// The least number of a word; smaller ones are punctuation marks, by their ASCII code.
  static let firstWord: UInt32 = 128

  /// Words of up to this many bytes are their own key, length first; longer ones are hashed, and then compared.
  private static let packed = 7

  /// One slot of the table: the word's key and its number; number 0 marks an empty slot.
  private struct Slot {
    var key: UInt64
    var number: UInt32
  }

  private var slots: [Slot]
  private var mask: Int
  private(set) var count: UInt32 = Lexicon.firstWord
  /// The bytes of the words longer than ``packed`` bytes, whose key is only a hash.
  private var long: [UInt8] = []
  /// Where the bytes of a long word begin in `long`, and how many they are, by number; length 0 for a short word.
  private var spans: [(start: UInt32, length: UInt32)] = []

  init(capacity: Int = 512) {
    var size = 256
    while size < capacity * 2 { size *= 2 }
    slots = Array(repeating: Slot(key: 0, number: 0), count: size)
    mask = size - 1
    spans.reserveCapacity(capacity)
  }

  /// The number of the word with these bytes, the same for equal bytes and for no others.
  mutating func number(of bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
    let length = bytes.count
    var key: UInt64
    if length <= Self.packed {
      key = UInt64(length)
      for byte in bytes { key = key << 8 | UInt64(byte) }
    } else {
      key = 0xCBF2_9CE4_8422_2325
      for byte in bytes { key = (key ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    }
    return number(key: key, bytes: bytes)
  }

  private mutating func number(key: UInt64, bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
    var at = Int(truncatingIfNeeded: Self.spread(key)) & mask
    while true {
      let slot = slots[at]
      if slot.number == 0 { break }
      if slot.key == key, isEqual(bytes, slot.number) { return slot.number }
      at = (at + 1) & mask
    }
    let number = count
    count += 1
    slots[at] = Slot(key: key, number: number)
    if bytes.count > Self.packed {
      spans.append((UInt32(long.count), UInt32(bytes.count)))
      long.append(contentsOf: bytes)
    } else {
      spans.append((0, 0))
    }
    if Int(count - Self.firstWord) * 2 > slots.count { grow() }
    return number
  }

  private func isEqual(_ bytes: UnsafeBufferPointer<UInt8>, _ number: UInt32) -> Bool {
    let span = spans[Int(number - Self.firstWord)]
    if span.length == 0 { return bytes.count <= Self.packed }
    guard Int(span.length) == bytes.count else { return false }
    return long[Int(span.start)..<Int(span.start + span.length)].elementsEqual(bytes)
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: Slot(key: 0, number: 0), count: old.count * 2)
    mask = slots.count - 1
    for slot in old where slot.number != 0 {
      var at = Int(truncatingIfNeeded: Self.spread(slot.key)) & mask
      while slots[at].number != 0 { at = (at + 1) & mask }
      slots[at] = slot
    }
  }

  private static func spread(_ key: UInt64) -> UInt64 {
    let mixed = key &* 0x9E37_79B9_7F4A_7C15
    return mixed ^ mixed >> 29
  }
}
