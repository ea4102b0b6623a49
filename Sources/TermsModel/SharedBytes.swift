/// How much two texts in memory begin with, and end with, that is the same to the byte.
package enum SharedBytes {
  /// How many bytes both begin with.
  package static func first(_ one: UnsafeBufferPointer<UInt8>, _ other: UnsafeBufferPointer<UInt8>) -> Int {
    let shorter = min(one.count, other.count)
    guard let p = UnsafeRawPointer(one.baseAddress), let q = UnsafeRawPointer(other.baseAddress) else { return 0 }
    var at = 0
    while at + 32 <= shorter, isSame(p + at, q + at) { at += 32 }
    while at < shorter, one[at] == other[at] { at += 1 }
    return at
  }

  /// How many bytes both end with.
  package static func last(_ one: UnsafeBufferPointer<UInt8>, _ other: UnsafeBufferPointer<UInt8>) -> Int {
    let shorter = min(one.count, other.count)
    guard let p = UnsafeRawPointer(one.baseAddress), let q = UnsafeRawPointer(other.baseAddress) else { return 0 }
    var length = 0
    while length + 32 <= shorter, isSame(p + (one.count - length - 32), q + (other.count - length - 32)) {
      length += 32
    }
    while length < shorter, one[one.count - length - 1] == other[other.count - length - 1] { length += 1 }
    return length
  }

  /// Whether 32 bytes are the same: looked at together, since equal texts are the common case.
  @inline(__always)
  private static func isSame(_ p: UnsafeRawPointer, _ q: UnsafeRawPointer) -> Bool {
    let first = (word(p, 0) ^ word(q, 0)) | (word(p, 8) ^ word(q, 8))
    let second = (word(p, 16) ^ word(q, 16)) | (word(p, 24) ^ word(q, 24))
    return first | second == 0
  }

  @inline(__always)
  private static func word(_ p: UnsafeRawPointer, _ offset: Int) -> UInt64 {
    p.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
  }
}
