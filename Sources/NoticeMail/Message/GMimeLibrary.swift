internal import CGMime
internal import CGMimeShim

/// What this package needs of GMime beside single calls.
enum GMimeLibrary {
  private static let started: Void = g_mime_init()

  /// Starts the library, once in a process.
  static func start() { started }

  /// The object as its base type: C knows no inheritance, and every GMime object begins with that of its base.
  static func object<Derived>(_ pointer: UnsafeMutablePointer<Derived>) -> UnsafeMutablePointer<GMimeObject> {
    UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: GMimeObject.self)
  }

  /// The object as bytes with CRLF line ends; a line of an encoded part that begins with `From ` begins with `=46rom `, since
  /// mailbox files put a mark before such lines, which breaks signatures and hashes (RFC 2049, section 3).
  static func written(_ object: UnsafeMutablePointer<GMimeObject>) -> [UInt8]? {
    guard let options = g_mime_format_options_new() else { return nil }
    defer { g_mime_format_options_free(options) }
    g_mime_format_options_set_newline_format(options, GMIME_NEWLINE_FORMAT_DOS)
    return collected { stream in
      guard let filtered = g_mime_stream_filter_new(stream),
        let filter = g_mime_filter_from_new(GMIME_FILTER_FROM_MODE_ARMOR)
      else { return -1 }
      defer {
        tenor_gmime_release(filter)
        tenor_gmime_release(filtered)
      }
      g_mime_stream_filter_add(
        UnsafeMutableRawPointer(filtered).assumingMemoryBound(to: GMimeStreamFilter.self), filter)
      let written = g_mime_object_write_to_stream(object, options, filtered)
      return g_mime_stream_flush(filtered) == 0 ? written : -1
    }
  }

  /// What `write` puts into the stream given to it; `nil` where it says by a negative result that it failed.
  static func collected(_ write: (UnsafeMutablePointer<GMimeStream>) -> Int) -> [UInt8]? {
    guard let stream = g_mime_stream_mem_new() else { return nil }
    defer { tenor_gmime_release(stream) }
    guard write(stream) >= 0 else { return nil }
    let memory = UnsafeMutableRawPointer(stream).assumingMemoryBound(to: GMimeStreamMem.self)
    guard let array = g_mime_stream_mem_get_byte_array(memory) else { return nil }
    return Array(UnsafeBufferPointer(start: array.pointee.data, count: Int(array.pointee.len)))
  }

  /// Reads `bytes` by a parser that lives as long as `body` runs.
  static func withParser<Result>(
    over bytes: [UInt8], _ body: (UnsafeMutablePointer<GMimeParser>) -> Result?
  ) -> Result? {
    guard !bytes.isEmpty else { return nil }
    // The stream copies the bytes.
    let copied = bytes.withUnsafeBytes { buffer in
      g_mime_stream_mem_new_with_buffer(buffer.bindMemory(to: CChar.self).baseAddress, buffer.count)
    }
    guard let stream = copied else { return nil }
    defer { tenor_gmime_release(stream) }
    guard let parser = g_mime_parser_new_with_stream(stream) else { return nil }
    defer { tenor_gmime_release(parser) }
    return body(parser)
  }
}
