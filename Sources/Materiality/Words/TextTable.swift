/// Gives each distinct text a number, from 0 on; texts are told apart by their bytes, none of which is 0.
struct TextTable: Sendable {
  private struct Slot: Sendable {
    /// The first eight bytes of the text, or all it has.
    var head: UInt64 = 0
    /// The upper half of its hash.
    var tag: UInt32 = 0
    /// Its number and one; 0 where the slot is empty.
    var number: UInt32 = 0
  }

  private struct Span: Sendable {
    let start: Int32
    let count: Int32
  }

  private var slots: [Slot]
  private var bytes: [UInt8] = []
  private var spans: [Span] = []

  var count: Int { spans.count }

  init(capacity: Int = 512) {
    slots = Array(repeating: Slot(), count: capacity)
  }

  /// What a text is found by, worked out once for several tables.
  struct Key {
    let text: UnsafeBufferPointer<UInt8>
    let hash: UInt64
    let head: UInt64

    @inline(__always)
    init(_ text: UnsafeBufferPointer<UInt8>) {
      self.text = text
      head = Self.eight(text, from: 0)
      var hash = head &* 0x9E37_79B9_7F4A_7C15
      var place = 8
      while place < text.count {
        hash = (hash ^ hash &>> 29 ^ Self.eight(text, from: place)) &* 0x9E37_79B9_7F4A_7C15
        place &+= 8
      }
      self.hash = hash ^ hash &>> 32
    }

    @inline(__always)
    private static func eight(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> UInt64 {
      if start &+ 8 <= text.count {
        return UInt64(bigEndian: UnsafeRawBufferPointer(text).loadUnaligned(fromByteOffset: start, as: UInt64.self))
      }
      var eight: UInt64 = 0
      for place in start..<max(start, min(start &+ 8, text.count)) { eight = eight &<< 8 | UInt64(text[place]) }
      return eight
    }
  }

  /// The number of a text; `nil` where it was not added.
  @inline(__always)
  func number(of key: Key) -> Int? {
    let mask = slots.count &- 1
    let tag = UInt32(truncatingIfNeeded: key.hash &>> 32)
    var place = Int(truncatingIfNeeded: key.hash) & mask
    while slots[place].number != 0 {
      if slots[place].head == key.head, slots[place].tag == tag {
        let number = Int(slots[place].number) &- 1
        if isEqual(number, key.text) { return number }
      }
      place = (place &+ 1) & mask
    }
    return nil
  }

  @inline(__always)
  private func isEqual(_ number: Int, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let span = spans[number]
    guard Int(span.count) == text.count else { return false }
    var offset = 8
    while offset < text.count {
      if bytes[Int(span.start) &+ offset] != text[offset] { return false }
      offset &+= 1
    }
    return true
  }

  /// The number of a text of eight bytes at most; `nil` where it was not added.
  /// - Parameter head: its bytes, the last in the lowest place.
  @inline(__always)
  func number(ofShort head: UInt64, count: Int) -> Int? {
    let mask = slots.count &- 1
    var hash = head &* 0x9E37_79B9_7F4A_7C15
    hash ^= hash &>> 32
    var place = Int(truncatingIfNeeded: hash) & mask
    while slots[place].number != 0 {
      if slots[place].head == head {
        let number = Int(slots[place].number) &- 1
        if Int(spans[number].count) == count { return number }
      }
      place = (place &+ 1) & mask
    }
    return nil
  }

  /// Adds a text that has no number yet.
  mutating func add(_ key: Key) -> Int {
    let number = spans.count
    spans.append(Span(start: Int32(bytes.count), count: Int32(key.text.count)))
    bytes.append(contentsOf: key.text)
    Self.put(number, key, in: &slots)
    if spans.count * 2 > slots.count { grow() }
    return number
  }

  private static func put(_ number: Int, _ key: Key, in slots: inout [Slot]) {
    var place = Int(truncatingIfNeeded: key.hash) & (slots.count - 1)
    while slots[place].number != 0 { place = (place + 1) & (slots.count - 1) }
    slots[place] = Slot(
      head: key.head, tag: UInt32(truncatingIfNeeded: key.hash &>> 32), number: UInt32(number + 1))
  }

  private mutating func grow() {
    var larger = [Slot](repeating: Slot(), count: slots.count * 4)
    for number in spans.indices { withBytes(number) { Self.put(number, Key($0), in: &larger) } }
    slots = larger
  }

  /// The bytes of the text with that number.
  func withBytes<Result>(_ number: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    let span = spans[number]
    return bytes.withUnsafeBufferPointer {
      body(UnsafeBufferPointer(rebasing: $0[Int(span.start)..<Int(span.start + span.count)]))
    }
  }

  /// The text with that number.
  func text(_ number: Int) -> String { withBytes(number) { String(decoding: $0, as: UTF8.self) } }
}
