internal import CZlib

/// Packs bytes that are kept (raw DEFLATE, RFC 1951): a letter becomes a third of itself.
enum Deflate {
  /// The packed bytes; `nil` where they would not be fewer.
  static func packed(_ bytes: [UInt8]) -> [UInt8]? {
    var stream = z_stream()
    let version = ZLIB_VERSION
    guard
      deflateInit2_(
        &stream, 6, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, version, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { return nil }
    defer { deflateEnd(&stream) }
    var (input, output) = (bytes, [UInt8](repeating: 0, count: bytes.count))
    let inputCount = bytes.count
    let outputCount = output.count
    let status = input.withUnsafeMutableBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        stream.next_in = input.baseAddress
        stream.avail_in = uInt(inputCount)
        stream.next_out = output.baseAddress
        stream.avail_out = uInt(outputCount)
        return deflate(&stream, Z_FINISH)
      }
    }
    guard status == Z_STREAM_END, Int(stream.total_out) < bytes.count else { return nil }
    return Array(output.prefix(Int(stream.total_out)))
  }

  /// The largest thing that is ever unpacked.
  static let byteLimit = 64 * 1024 * 1024

  /// The bytes that were packed; `nil` where these are none that were, or others follow them.
  static func unpacked(_ bytes: [UInt8]) -> [UInt8]? {
    var stream = z_stream()
    guard inflateInit2_(&stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else { return nil }
    defer { inflateEnd(&stream) }
    var input = bytes
    var result: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 65_536)
    let isWhole = input.withUnsafeMutableBufferPointer { input in
      stream.next_in = input.baseAddress
      stream.avail_in = uInt(input.count)
      while true {
        let status = block.withUnsafeMutableBufferPointer { block in
          stream.next_out = block.baseAddress
          stream.avail_out = uInt(block.count)
          return inflate(&stream, Z_NO_FLUSH)
        }
        result += block.prefix(block.count - Int(stream.avail_out))
        if status == Z_STREAM_END { return stream.avail_in == 0 }
        guard status == Z_OK, result.count <= byteLimit else { return false }
      }
    }
    return isWhole ? result : nil
  }
}
