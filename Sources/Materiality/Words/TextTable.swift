/// Gives each distinct text a number, from 0 on; texts are told apart by their bytes.
struct TextTable: Sendable {
  /// The upper half of a text's hash, and its number and one; 0 where the slot is empty.
  private var slots: [UInt64]
  private var bytes: [UInt8] = []
  private var spans: [Span] = []

  private struct Span: Sendable {
    let start: Int32
    let count: Int32
  }

  var count: Int { spans.count }

  init(capacity: Int = 256) {
    slots = Array(repeating: 0, count: capacity)
  }

  /// The hash under which ``number(of:hash:)`` finds a text.
  @inline(__always)
  static func hash(_ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash = UInt64(truncatingIfNeeded: text.count)
    var place = 0
    while place < text.count {
      // Eight bytes at a time.
      var eight: UInt64 = 0
      let end = min(place &+ 8, text.count)
      while place < end {
        eight = eight &<< 8 | UInt64(text[place])
        place &+= 1
      }
      hash = (hash ^ eight) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash &>> 29
    }
    return hash
  }

  @inline(__always)
  private static func tag(_ hash: UInt64) -> UInt64 { hash & 0xFFFF_FFFF_0000_0000 }

  /// The number of a text; `nil` where it was not added.
  @inline(__always)
  func number(of text: UnsafeBufferPointer<UInt8>, hash: UInt64) -> Int? {
    let mask = slots.count &- 1
    var place = Int(truncatingIfNeeded: hash) & mask
    while slots[place] != 0 {
      if Self.tag(slots[place]) == Self.tag(hash) {
        let number = Int(slots[place] & 0xFFFF_FFFF) &- 1
        if isEqual(number, text) { return number }
      }
      place = (place &+ 1) & mask
    }
    return nil
  }

  @inline(__always)
  private func isEqual(_ number: Int, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let span = spans[number]
    guard Int(span.count) == text.count else { return false }
    for offset in 0..<text.count where bytes[Int(span.start) &+ offset] != text[offset] { return false }
    return true
  }

  /// Adds a text that has no number yet.
  mutating func add(_ text: UnsafeBufferPointer<UInt8>, hash: UInt64) -> Int {
    let number = spans.count
    spans.append(Span(start: Int32(bytes.count), count: Int32(text.count)))
    bytes.append(contentsOf: text)
    Self.put(Self.tag(hash) | UInt64(number + 1), at: hash, in: &slots)
    if spans.count * 2 > slots.count { grow() }
    return number
  }

  private static func put(_ slot: UInt64, at hash: UInt64, in slots: inout [UInt64]) {
    var place = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[place] != 0 { place = (place + 1) & (slots.count - 1) }
    slots[place] = slot
  }

  private mutating func grow() {
    var larger = [UInt64](repeating: 0, count: slots.count * 4)
    for (number, span) in spans.enumerated() {
      let hash = bytes.withUnsafeBufferPointer {
        Self.hash(UnsafeBufferPointer(rebasing: $0[Int(span.start)..<Int(span.start + span.count)]))
      }
      Self.put(Self.tag(hash) | UInt64(number + 1), at: hash, in: &larger)
    }
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
