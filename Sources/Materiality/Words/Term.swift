/// The text of a word as a number: equal where the texts are, within one ``Lexicon``.
struct Term: Hashable, Sendable {
  let number: UInt32

  @inline(__always)
  init(_ number: Int) { self.number = UInt32(truncatingIfNeeded: number) }

  @inline(__always)
  var index: Int { Int(number) }

  /// Stands for no word.
  static let none = Term(Int(UInt32.max))
}
