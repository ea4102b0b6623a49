package import TermsModel

/// A text that was taken apart, with what was learnt on the way: a text like it is read only where it differs.
package struct ParsedText: Sendable {
  package let wording: Wording
  let blocks: [Block]
  let rests: [Rest]
  let clauses: ClauseBuilder.Notes
}

extension MarkdownParser {
  /// The wording that `bytes` hold, and what helps to read a text like it.
  package static func read(_ bytes: [UInt8]) throws(ParseError) -> ParsedText {
    try withView(of: bytes) { view throws(ParseError) in
      let source = try source(view)
      var scanner = BlockScanner(view)
      let (rests, stopped) = scanner.scanNotingRests(most: mostBlocks)
      if let line = stopped { throw .tooManyBlocks(limit: mostBlocks, line: line) }
      var builder = ClauseBuilder(view, source, scanner.blocks)
      guard let notes = builder.buildNoting() else { throw .empty }
      return ParsedText(
        wording: Wording(source: source, title: builder.title, clauses: builder.clauses), blocks: scanner.blocks,
        rests: rests, clauses: notes)
    }
  }

  /// The wording that `bytes` hold: the same as ``parse(_:)-([UInt8])`` gives, in less time where the text is like
  /// `other`.
  package static func parse(_ bytes: [UInt8], like other: ParsedText) throws(ParseError) -> Wording {
    try withView(of: bytes) { view throws(ParseError) in
      let source = try source(view)
      var before = other.wording.source
      let stretches = before.withUTF8 { before in Bytes(before).map { EqualStretches.find($0, view) } ?? [] }
      guard !stretches.isEmpty else { return try wording(view, source) }
      var scanner = BlockScanner(view)
      let (runs, stopped) = scanner.scan(most: mostBlocks, like: other.blocks, other.rests, stretches)
      // Where it stopped may lie before the line that is to be told.
      guard stopped == nil else { return try wording(view, source) }
      var builder = ClauseBuilder(view, source, scanner.blocks)
      guard builder.build(like: other, runs) else { throw .empty }
      return Wording(source: source, title: builder.title, clauses: builder.clauses)
    }
  }
}
