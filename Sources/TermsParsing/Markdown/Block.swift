/// A run of whole lines that stand together: a paragraph, a list item's first paragraph, a heading, a table, code.
struct Block {
  enum Kind: UInt8 {
    case paragraph, heading, table, code
    /// A line across the page, or the furniture of containers: it has no words.
    case rule
  }

  var kind: Kind
  /// 1 to 6 for a heading; 0 otherwise.
  var level: UInt8 = 0
  /// Whether the block begins with a bullet of its own.
  var bulleted = false
  /// Whether the lines after the first carry indentation or quote marks that are no part of the words.
  var dressed = false
  /// Whether a blank line, a heading or the beginning of the text stands before it.
  var blankBefore = true
  /// List items that the block stands in; for an item, those around it.
  @Narrow var depth: Int
  /// Whether it begins with the marker of an ordered list, which holds what is indented under it.
  var numbered = false
  /// The column of its first word, from 0.
  @Narrow var column: Int
  /// The first byte of its first line.
  @Narrow var start: Int
  /// Its first word: after indentation, quote marks and bullets; for an ordered item, at the number.
  @Narrow var content: Int
  /// The end of its last word.
  @Narrow var end: Int
  @Narrow var line: Int
  @Narrow var lastLine: Int

  /// The same block where it stands in another text, so many bytes and lines further on.
  func shifted(bytes: Int, lines: Int) -> Block {
    var block = self
    block.start += bytes
    block.content += bytes
    block.end += bytes
    block.line += lines
    block.lastLine += lines
    return block
  }
}
