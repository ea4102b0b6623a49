/// A fast hash, for finding candidates: equality is always checked on what was hashed.
enum ByteHash {
  static func of(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash = UInt64(bytes.count) &* 0x9E37_79B9_7F4A_7C15
    guard let base = UnsafeRawPointer(bytes.baseAddress) else { return hash }
    var at = 0
    while at + 8 <= bytes.count {
      hash = mix(hash ^ base.loadUnaligned(fromByteOffset: at, as: UInt64.self))
      at += 8
    }
    var tail: UInt64 = 0
    while at < bytes.count {
      tail = tail << 8 | UInt64(bytes[at])
      at += 1
    }
    return mix(hash ^ tail)
  }

  static func of(_ numbers: some Collection<UInt32>) -> UInt64 {
    var hash = UInt64(numbers.count) &* 0x9E37_79B9_7F4A_7C15
    for number in numbers { hash = mix(hash ^ UInt64(number)) }
    return hash
  }

  @inline(__always)
  private static func mix(_ value: UInt64) -> UInt64 {
    let product = (value ^ 0x2D35_8DCC_AA6C_78A5).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    return product.high ^ product.low
  }
}
