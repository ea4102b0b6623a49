package import TermsModel

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Takes the Markdown of a document apart into its clauses.
///
/// A clause is a heading, a labelled paragraph or list item, or a further paragraph, item, table or code block under
/// either. A heading stands alone: what is under it can be moved, taken out or renumbered apart from it. The clauses' byte ranges cover the normalised source once, in order and without
/// gaps. The parse is linear in the size of the text, whatever the text, and uses no recursion.
package enum MarkdownParser {
  /// The most bytes that one document may have: 50 MiB, some hundred times the longest terms in use.
  package static let limit = 50 * 1024 * 1024
  /// The most paragraphs, items and headings that one document may have: a hundred times those of the longest terms in
  /// use. The bound keeps a file of bare line marks from filling the memory.
  package static let mostBlocks = 500_000

  /// The wording that `bytes` hold as UTF-8; a byte order mark is dropped and line ends become line feeds.
  package static func parse(_ bytes: [UInt8]) throws(ParseError) -> Wording {
    try withView(of: bytes) { view throws(ParseError) in try wording(view, try source(view)) }
  }

  /// The wording of `text`.
  package static func parse(_ text: String) throws(ParseError) -> Wording {
    try parse(Array(text.utf8))
  }

  /// Hands on the bytes as they are read: without a byte order mark, with line feeds for line ends.
  static func withView<Value>(
    of bytes: [UInt8], _ body: (Bytes) throws(ParseError) -> Value
  ) throws(ParseError) -> Value {
    let result: Result<Value, ParseError> = bytes.withUnsafeBufferPointer { buffer in
      guard let view = Bytes(buffer) else { return .failure(.empty) }
      do throws(ParseError) {
        try check(view)
        guard needsNormalising(view) else { return .success(try body(view)) }
        return .success(
          try normalised(view).withUnsafeBufferPointer { buffer throws(ParseError) in
            guard let view = Bytes(buffer) else { throw .empty }
            return try body(view)
          })
      } catch {
        // The place is told in the file as handed in, before its line ends were made equal.
        guard case .notUTF8 = error else { return .failure(error) }
        let offset = firstInvalid(view)
        return .failure(.notUTF8(offset: offset, line: line(of: offset, in: view)))
      }
    }
    return try result.get()
  }

  static func wording(_ view: Bytes, _ source: String) throws(ParseError) -> Wording {
    var scanner = BlockScanner(view)
    if let line = scanner.scan(most: mostBlocks) { throw .tooManyBlocks(limit: mostBlocks, line: line) }
    var builder = ClauseBuilder(view, source, scanner.blocks)
    guard builder.build() else { throw .empty }
    return Wording(source: source, title: builder.title, clauses: builder.clauses)
  }

  static func source(_ view: Bytes) throws(ParseError) -> String {
    guard let source = string(view) else { throw .notUTF8(offset: 0, line: 1) }
    return source
  }

  /// The text as a string; `nil` where it is no UTF-8.
  private static func string(_ view: Bytes) -> String? {
    let buffer = UnsafeBufferPointer(start: view.base, count: view.count)
    guard #available(macOS 26, *) else { return String(validating: buffer, as: UTF8.self) }
    guard firstInvalid(view) == view.count else { return nil }
    return String(copying: UTF8Span(unchecked: buffer.span))
  }

  // MARK: What is no text

  private static func check(_ view: Bytes) throws(ParseError) {
    if view.count > limit { throw .tooLarge(bytes: view.count, limit: limit) }
    if let found = memchr(view.base, 0, view.count) {
      let offset = UnsafeRawPointer(view.base).distance(to: UnsafeRawPointer(found))
      throw .nulByte(offset: offset, line: line(of: offset, in: view))
    }
  }

  private static func needsNormalising(_ view: Bytes) -> Bool {
    hasByteOrderMark(view) || memchr(view.base, Int32(ASCII.carriageReturn), view.count) != nil
  }

  private static func hasByteOrderMark(_ view: Bytes) -> Bool {
    view[0] == 0xEF && view[1] == 0xBB && view[2] == 0xBF
  }

  private static func normalised(_ view: Bytes) -> [UInt8] {
    var at = hasByteOrderMark(view) ? 3 : 0
    return [UInt8](unsafeUninitializedCapacity: view.count) { buffer, count in
      while at < view.count {
        var byte = view.base[at]
        at += 1
        if byte == ASCII.carriageReturn {
          if view[at] == ASCII.lineFeed { at += 1 }
          byte = ASCII.lineFeed
        }
        buffer[count] = byte
        count += 1
      }
    }
  }

  private static func line(of offset: Int, in view: Bytes) -> Int {
    var line = 1
    for at in 0..<min(offset, view.count)
    where view[at] == ASCII.lineFeed || (view[at] == ASCII.carriageReturn && view[at + 1] != ASCII.lineFeed) {
      line += 1
    }
    return line
  }

  /// The offset of the first byte that begins no well-formed character (Unicode 16.0, table 3-7).
  private static func firstInvalid(_ view: Bytes) -> Int {
    var at = 0
    while at < view.count {
      at = endOfASCII(view, from: at)
      guard at < view.count else { break }
      let length = wellFormedLength(view, at)
      if length == 0 { return at }
      at += length
    }
    return view.count
  }

  /// The first byte from `start` on that is not ASCII: most texts hold few.
  private static func endOfASCII(_ view: Bytes, from start: Int) -> Int {
    let words = UnsafeRawPointer(view.base)
    var at = start
    while at + 32 <= view.count {
      let first = words.loadUnaligned(fromByteOffset: at, as: UInt64.self)
      let second = words.loadUnaligned(fromByteOffset: at + 8, as: UInt64.self)
      let third = words.loadUnaligned(fromByteOffset: at + 16, as: UInt64.self)
      let fourth = words.loadUnaligned(fromByteOffset: at + 24, as: UInt64.self)
      if (first | second | third | fourth) & 0x8080_8080_8080_8080 != 0 { break }
      at += 32
    }
    while at < view.count, view.base[at] < 0x80 { at += 1 }
    return at
  }

  private static func wellFormedLength(_ view: Bytes, _ at: Int) -> Int {
    let second = view[at + 1]
    let trail = { (offset: Int) in view[at + offset] & 0xC0 == 0x80 }
    switch view[at] {
    case 0x00...0x7F: return 1
    case 0xC2...0xDF: return trail(1) ? 2 : 0
    case 0xE0: return (0xA0...0xBF).contains(second) && trail(2) ? 3 : 0
    case 0xED: return (0x80...0x9F).contains(second) && trail(2) ? 3 : 0
    case 0xE1...0xEF: return trail(1) && trail(2) ? 3 : 0
    case 0xF0: return (0x90...0xBF).contains(second) && trail(2) && trail(3) ? 4 : 0
    case 0xF1...0xF3: return trail(1) && trail(2) && trail(3) ? 4 : 0
    case 0xF4: return (0x80...0x8F).contains(second) && trail(2) && trail(3) ? 4 : 0
    default: return 0
    }
  }
}
