/// Several files in one: a ZIP archive (APPNOTE 6.3.4) in exactly one way of writing it, so that not a byte of it says
/// nothing.
///
/// The files are stored, not packed, in the order of their names' bytes; no comment, no extra field, no date, no attribute.
/// Any program that reads ZIP archives opens it; this reader takes no other than its writer makes.
package struct StoredArchive: Hashable, Sendable {
  package struct File: Hashable, Sendable {
    /// ASCII letters, digits and `._-`, parts separated by `/`.
    package let path: String
    package let bytes: [UInt8]

    package init(path: String, bytes: [UInt8]) {
      self.path = path
      self.bytes = bytes
    }
  }

  /// In the order of their paths.
  package let files: [File]

  /// - Throws: ``StoredArchiveError`` where a path is none, or there twice.
  package init(_ files: [File]) throws(StoredArchiveError) {
    let sorted = files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    for file in sorted where !Self.isPath(file.path) { throw .badPath(file.path) }
    for (file, next) in zip(sorted, sorted.dropFirst()) where file.path == next.path { throw .twice(file.path) }
    guard sorted.count < 65_535 else { throw .tooLarge }
    self.files = sorted
  }

  package subscript(path: String) -> [UInt8]? {
    var (low, high) = (0, files.count)
    while low < high {
      let middle = (low + high) / 2
      if files[middle].path == path { return files[middle].bytes }
      if files[middle].path.utf8.lexicographicallyPrecedes(path.utf8) { low = middle + 1 } else { high = middle }
    }
    return nil
  }

  /// What it has at most: the format's own limit.
  private static let byteLimit = Int(UInt32.max)

  private static func isPath(_ path: String) -> Bool {
    !path.isEmpty && path.utf8.count < 256
      && path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
        !part.isEmpty && part != "." && part != ".."
          && part.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
              UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
              true
            default: false
            }
          }
      }
  }

  // MARK: Writing

  /// The archive's bytes: the same for the same files.
  package func encoded() throws(StoredArchiveError) -> [UInt8] {
    let size = files.reduce(22) { $0 + 76 + 2 * $1.path.utf8.count + $1.bytes.count }
    guard size <= Self.byteLimit else { throw .tooLarge }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size)
    var directory: [UInt8] = []
    for file in files {
      let common = Self.common(file)
      let offset = UInt32(bytes.count)
      bytes += Self.little(0x0403_4B50 as UInt32) + common + file.path.utf8
      bytes += file.bytes
      // Made by nobody's system in particular; no comment, first disk, no attributes.
      directory += Self.little(0x0201_4B50 as UInt32) + Self.little(20 as UInt16) + common
      directory += Array(repeating: 0, count: 10) + Self.little(offset) + file.path.utf8
    }
    let start = UInt32(bytes.count)
    bytes += directory
    bytes += Self.little(0x0605_4B50 as UInt32) + [0, 0, 0, 0]
    bytes += Self.little(UInt16(files.count)) + Self.little(UInt16(files.count))
    bytes += Self.little(UInt32(directory.count)) + Self.little(start) + [0, 0]
    return bytes
  }

  /// The fields that a file's header and its entry in the directory share: version 2.0, no flags, stored, 1980-01-01,
  /// checksum, sizes, length of the name, no extra field.
  private static func common(_ file: File) -> [UInt8] {
    let size = little(UInt32(file.bytes.count))
    return little(20 as UInt16) + [0, 0, 0, 0, 0, 0] + little(0x21 as UInt16) + little(CRC32.checksum(of: file.bytes))
      + size + size + little(UInt16(file.path.utf8.count)) + [0, 0]
  }

  private static func little<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
    withUnsafeBytes(of: number.littleEndian, Array.init)
  }

  // MARK: Reading

  /// Reads what ``encoded()`` writes, and nothing else: each byte is either content or what must stand there.
  /// - Throws: ``StoredArchiveError/altered(_:)`` with the first file whose checksum does not fit,
  ///   ``StoredArchiveError/malformed(position:)`` with the first byte that is not as it must be.
  package init(parsing bytes: [UInt8]) throws(StoredArchiveError) {
    var files: [File] = []
    var position = 0
    var altered: String?
    while Self.number(bytes, at: position, 4) == 0x0403_4B50 {
      guard let size = Self.number(bytes, at: position + 18, 4), let length = Self.number(bytes, at: position + 26, 2)
      else { throw .malformed(position: bytes.count) }
      let start = position + 30 + length
      guard start + size <= bytes.count else { throw .malformed(position: bytes.count) }
      guard let path = String(validating: bytes[(position + 30)..<start], as: UTF8.self), Self.isPath(path) else {
        throw .malformed(position: position + 30)
      }
      let file = File(path: path, bytes: Array(bytes[start..<(start + size)]))
      // What is packed in another way is another archive: the whole of it shows that below.
      if altered == nil, Self.number(bytes, at: position + 6, 4) == 0,
        Self.number(bytes, at: position + 14, 4) != Int(CRC32.checksum(of: file.bytes))
      {
        altered = path
      }
      files.append(file)
      position = start + size
    }
    try self.init(files)
    if let altered { throw .altered(altered) }
    // Whatever else it could hold shows where it differs from what these files are written as.
    let written = try encoded()
    guard written == bytes else {
      let place = zip(written, bytes).enumerated().first { $0.element.0 != $0.element.1 }?.offset
      throw .malformed(position: place ?? min(written.count, bytes.count))
    }
  }

  private static func number(_ bytes: [UInt8], at position: Int, _ count: Int) -> Int? {
    guard position + count <= bytes.count else { return nil }
    return bytes[position..<(position + count)].reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}

/// Why files make no archive, or bytes are none.
package enum StoredArchiveError: Error, Hashable {
  case badPath(String)
  case twice(String)
  case tooLarge
  /// Positions count bytes from 0.
  case malformed(position: Int)
  /// A file, or its checksum, is not as it was packed.
  case altered(String)
}

extension StoredArchiveError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .badPath(let path):
      "'\(path)' cannot be the name of a file in an archive; use letters, digits, '.', '-' and '_'"
    case .twice(let path): "the archive would hold '\(path)' twice; name one of them otherwise"
    case .tooLarge: "the archive would be larger than 4 GB or hold more than 65,534 files; make several"
    case .altered(let path): "'\(path)' was altered since it was packed; get the file anew, byte for byte"
    case .malformed(let position):
      "byte \(position) of the archive is not as it was written; get the file anew, byte for byte"
    }
  }
}

/// The checksum of ZIP archives (ISO 3309): against accidents alone, the manifest's hashes are against everything else.
enum CRC32 {
  private static let table: [UInt32] = (0..<256).map { number in
    (0..<8).reduce(UInt32(number)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
  }

  static func checksum(of bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~UInt32(0)) { table[Int(($0 ^ UInt32($1)) & 0xFF)] ^ ($0 >> 8) }
  }
}
