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

/// The tokens of a text, counted from 0, with places counted from the beginning of the text.
///
/// They are a view of a longer list, in which many texts stand one after the other: nothing is copied.
struct Tokens: RandomAccessCollection {
  private let list: ArraySlice<Token>
  /// Where the text begins in the bytes that the list's places are counted in.
  private let origin: Int32

  init(_ list: ArraySlice<Token>, origin: Int32) {
    self.list = list
    self.origin = origin
  }

  var startIndex: Int { 0 }
  var endIndex: Int { list.count }

  subscript(index: Int) -> Token {
    let token = list[list.startIndex + index]
    return Token(start: token.start - origin, end: token.end - origin, number: token.number)
  }

  /// Their numbers in the lexicon.
  var numbers: [UInt32] { list.map(\.number) }
}

/// A text to be compared: its bytes, and its tokens.
struct TokenText {
  let bytes: ArraySlice<UInt8>
  let tokens: Tokens

  /// A text that stands by itself.
  init(bytes: [UInt8], tokens: [Token]) {
    self.bytes = bytes[...]
    self.tokens = Tokens(tokens[...], origin: 0)
  }

  /// A text that stands among others in longer lists, whose places are counted from the beginning of the list.
  init(among bytes: ArraySlice<UInt8>, tokens: ArraySlice<Token>) {
    self.bytes = bytes
    self.tokens = Tokens(tokens, origin: Int32(bytes.startIndex))
  }

  /// The bytes from one place to another, counted from the beginning of the text.
  func bytes(_ from: Int32, _ to: Int32) -> ArraySlice<UInt8> {
    bytes[(bytes.startIndex + Int(from))..<(bytes.startIndex + Int(to))]
  }

  /// The first byte of a token.
  func first(_ token: Token) -> UInt8 { bytes[bytes.startIndex + Int(token.start)] }

  /// The words of a token as written.
  func text(_ token: Token) -> String { String(decoding: bytes(token.start, token.end), as: UTF8.self) }
}
