/// A name or a title that is too long for what shows it: mail headers, lines of lists and pages, and every letter to its bearer.
package struct OverlongName: Error, Hashable, CustomStringConvertible {
  /// Scalars (what Unicode gives a number) of a name or a title, at most: a character may be made of any number of them.
  package static let limit = 200

  package let count: Int

  /// `nil` where the text is short enough.
  package init?(_ text: String) {
    count = text.unicodeScalars.count
    if count <= Self.limit { return nil }
  }

  package var description: String { "it has \(count) characters, and \(Self.limit) are the most; shorten it" }
}
