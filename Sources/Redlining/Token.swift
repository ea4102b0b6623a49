/// What a reader takes in at one glance: a word, a number, a punctuation mark.
///
/// White space and dress are no tokens: they are the gaps between them.
struct Token {
  /// Where its bytes begin and end in the text.
  var start: Int32
  var end: Int32
  /// Its number in the lexicon.
  var number: UInt32

  var isWord: Bool { number >= Lexicon.firstWord }
}

/// A text to be compared: its bytes, and its tokens with their places in them.
struct TokenText {
  var bytes: [UInt8] = []
  var tokens: [Token] = []

  /// The words of a token as written.
  func text(_ token: Token) -> String {
    String(decoding: bytes[Int(token.start)..<Int(token.end)], as: UTF8.self)
  }
}
