/// Why a text could not be taken apart into clauses.
package enum ParseError: Error, Hashable, Sendable {
  /// The file holds nothing but white space.
  case empty
  /// The bytes at `offset` (from 0), on `line` (from 1), are not UTF-8.
  case notUTF8(offset: Int, line: Int)
  /// A NUL byte: the file is UTF-16, or no text at all.
  case nulByte(offset: Int, line: Int)
  /// More bytes than ``MarkdownParser/limit``.
  case tooLarge(bytes: Int, limit: Int)
  /// More paragraphs, items and headings than ``MarkdownParser/mostBlocks``; the one on `line` is the first too many.
  case tooManyBlocks(limit: Int, line: Int)
}

extension ParseError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .empty:
      "the text is empty: line 1 and all after it hold no words; check that the right file was given"
    case .notUTF8(let offset, let line):
      "line \(line): byte \(offset) is not UTF-8; save the file as UTF-8, or convert it with 'iconv -t UTF-8'"
    case .nulByte(let offset, let line):
      "line \(line): byte \(offset) is NUL, which no text holds; save the file as UTF-8 (it may be UTF-16 or no text)"
    case .tooLarge(let bytes, let limit):
      "the text has \(bytes) bytes, more than the \(limit) that one document may have; split it into several documents"
    case .tooManyBlocks(let limit, let line):
      "line \(line): the text has more than \(limit) paragraphs, items and headings; split it into several documents, or check "
        + "that the right file was given"
    }
  }
}
