internal import Foundation

/// Reads comma-separated values (RFC 4180) record by record, so that a file of any length needs the memory of one line.
///
/// Quoted fields may hold commas, doubled quotes and line breaks; line ends are LF or CRLF; a byte order mark is skipped.
struct CSVReader {
  /// One record, with the line on which it begins (from 1).
  struct Record {
    let line: Int
    let fields: [String]
  }

  private let next: () throws -> [UInt8]?
  private var buffer: [UInt8] = []
  private var position = 0
  private var line = 1

  /// - Parameter chunk: gives the next bytes, or `nil` at the end.
  init(chunk: @escaping () throws -> [UInt8]?) {
    next = chunk
  }

  init(contentsOf handle: FileHandle) {
    self.init {
      let data = try handle.read(upToCount: 1 << 20)
      return data.flatMap { $0.isEmpty ? nil : Array($0) }
    }
  }

  /// The next record that is not blank; `nil` at the end.
  mutating func record() throws -> Record? {
    while let record = try anyRecord() {
      if record.fields != [""] { return record }
    }
    return nil
  }

  private mutating func anyRecord() throws -> Record? {
    guard try peek() != nil else { return nil }
    if line == 1, position == 0, buffer.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    let start = line
    var fields: [String] = []
    while true {
      fields.append(try field(startingOn: start))
      guard let byte = try take() else { break }
      if byte == UInt8(ascii: ",") { continue }
      if byte == UInt8(ascii: "\r"), try peek() == UInt8(ascii: "\n") { _ = try take() }
      line += 1
      break
    }
    return Record(line: start, fields: fields)
  }

  private mutating func field(startingOn start: Int) throws -> String {
    var bytes: [UInt8] = []
    if try peek() == UInt8(ascii: "\"") {
      _ = try take()
      while true {
        guard let byte = try take() else { throw CSVFault.unclosedQuote(line: start) }
        if byte == UInt8(ascii: "\"") {
          guard try peek() == UInt8(ascii: "\"") else { break }
          _ = try take()
        }
        if byte == UInt8(ascii: "\n") { line += 1 }
        bytes.append(byte)
      }
      if let after = try peek(), ![UInt8(ascii: ","), UInt8(ascii: "\n"), UInt8(ascii: "\r")].contains(after) {
        throw CSVFault.textAfterQuote(line: line)
      }
    } else {
      while let byte = try peek(), ![UInt8(ascii: ","), UInt8(ascii: "\n"), UInt8(ascii: "\r")].contains(byte) {
        bytes.append(byte)
        position += 1
      }
    }
    guard let text = String(validating: bytes, as: UTF8.self) else { throw CSVFault.notUTF8(line: line) }
    return text
  }

  private mutating func peek() throws -> UInt8? {
    if position == buffer.count {
      guard let more = try next() else { return nil }
      buffer = more
      position = 0
    }
    return buffer[position]
  }

  private mutating func take() throws -> UInt8? {
    let byte = try peek()
    if byte != nil { position += 1 }
    return byte
  }
}

/// What is wrong with a file of comma-separated values.
enum CSVFault: Error, Hashable, CustomStringConvertible {
  case unclosedQuote(line: Int)
  case textAfterQuote(line: Int)
  case notUTF8(line: Int)

  var description: String {
    switch self {
    case .unclosedQuote(let line):
      "line \(line): a quoted field is never closed; double the quotes inside it and close it"
    case .textAfterQuote(let line):
      "line \(line): text follows a closing quote; double the quotes inside a quoted field"
    case .notUTF8(let line):
      "line \(line): the text is not UTF-8; save the file as UTF-8"
    }
  }
}
