/// Takes texts apart into scalars, one behind the other.
struct ScalarDecoder {
  private let scalars: UnsafeMutableBufferPointer<Unicode.Scalar>
  private(set) var count = 0

  /// - Parameter scalars: has room for a scalar a byte of all texts.
  init(_ scalars: UnsafeMutableBufferPointer<Unicode.Scalar>) {
    self.scalars = scalars
  }

  /// - Parameter inOneLine: whether line feeds become spaces.
  mutating func append(_ text: Substring, inOneLine: Bool = false) {
    var text = text
    text.withUTF8 { append($0, lineFeed: inOneLine ? " " : "\n") }
  }

  mutating func append(_ text: StaticString) {
    text.withUTF8Buffer { append($0, lineFeed: "\n") }
  }

  /// The bytes come from a string and are well formed.
  private mutating func append(_ bytes: UnsafeBufferPointer<UInt8>, lineFeed: Unicode.Scalar) {
    var place = 0
    while place < bytes.count {
      let first = bytes[place]
      var length = 1
      var scalar = Unicode.Scalar(first)
      if first >= 0x80 {
        length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        var value = UInt32(first) & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07)
        for offset in 1..<length { value = value &<< 6 | UInt32(bytes[place &+ offset] & 0x3F) }
        scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
      } else if first == UInt8(ascii: "\n") {
        scalar = lineFeed
      }
      scalars.initializeElement(at: count, to: scalar)
      count &+= 1
      place &+= length
    }
  }
}
