/// Gives each distinct word of a comparison one number, so that words are compared as numbers from then on.
///
/// Numbers below ``firstWord`` are single ASCII characters and stand for themselves.
struct Lexicon {
  /// The least number of a word; smaller ones are punctuation marks, by their ASCII code.
  static let firstWord: UInt32 = 128

  /// Words of up to this many bytes are their own key, length first; longer ones are hashed, and then compared.
  private static let packed = 7

  private struct Slot {
    var key: UInt64
    /// 0 where the slot is empty.
    var number: UInt32
  }

  /// Where the bytes of a word stand that was too long to be its own key; length 0 for the others.
  private struct Span {
    var start: UInt32
    var length: UInt32
  }

  private var slots: [Slot]
  private var mask: Int
  private var spans: [Span] = []
  private var longWords: [UInt8] = []

  /// One more than the greatest number given out.
  var count: Int { Int(Self.firstWord) + spans.count }

  init() {
    slots = Array(repeating: Slot(key: 0, number: 0), count: 256)
    mask = 255
  }

  /// The number of the word with these bytes: the same for equal bytes, and for no others.
  mutating func number(of word: UnsafeBufferPointer<UInt8>) -> UInt32 {
    let key = Self.key(word)
    var at = Int(truncatingIfNeeded: key &* 0x9E37_79B9_7F4A_7C15 >> 32) & mask
    while slots[at].number != 0 {
      if slots[at].key == key, isEqual(word, slots[at].number) { return slots[at].number }
      at = (at + 1) & mask
    }
    let number = UInt32(count)
    slots[at] = Slot(key: key, number: number)
    if word.count > Self.packed {
      spans.append(Span(start: UInt32(longWords.count), length: UInt32(word.count)))
      longWords.append(contentsOf: word)
    } else {
      spans.append(Span(start: 0, length: 0))
    }
    if spans.count * 2 > slots.count { grow() }
    return number
  }

  mutating func number(of word: String) -> UInt32 {
    var word = word
    return word.withUTF8 { number(of: $0) }
  }

  @inline(__always)
  private static func key(_ word: UnsafeBufferPointer<UInt8>) -> UInt64 {
    guard word.count <= packed, let base = word.baseAddress else { return ByteHash.of(word) }
    var key: UInt64 = 0
    for offset in 0..<word.count { key |= UInt64(base[offset]) &<< UInt64(8 * offset) }
    return key | UInt64(word.count) &<< 56
  }

  private func isEqual(_ word: UnsafeBufferPointer<UInt8>, _ number: UInt32) -> Bool {
    let span = spans[Int(number - Self.firstWord)]
    if span.length == 0 { return word.count <= Self.packed }
    guard Int(span.length) == word.count else { return false }
    return longWords.withUnsafeBufferPointer { long in
      for offset in 0..<word.count where long[Int(span.start) + offset] != word[offset] { return false }
      return true
    }
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: Slot(key: 0, number: 0), count: old.count * 2)
    mask = slots.count - 1
    for slot in old where slot.number != 0 {
      var at = Int(truncatingIfNeeded: slot.key &* 0x9E37_79B9_7F4A_7C15 >> 32) & mask
      while slots[at].number != 0 { at = (at + 1) & mask }
      slots[at] = slot
    }
  }
}
