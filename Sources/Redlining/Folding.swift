/// A difference between two texts that is dress, not words, and that the comparison therefore folds away.
///
/// A clause that differs only by what is folded is a change of kind `formatting`. Switching a folding off makes its
/// difference count as words.
package enum Folding: String, Hashable, Sendable, Codable, CaseIterable {
  /// Emphasis and code marks: `**word**`, `_word_`, `` `word` ``.
  case emphasis
  /// The target and the brackets of a link: `[words](target)` reads as `words`.
  case links
  /// The shapes of bullets, and marks of headings, quotations and rules at the beginning of a line.
  case bullets
  /// The backslash before a punctuation mark.
  case escapes
  /// Straight, curly, low and angle quotation marks; apostrophes.
  case quotes
  /// Hyphens that differ in whether a line may break after them.
  case hyphens
  /// White space of any kind and amount, line breaks included.
  case spaces
  /// Zero-width spaces and joiners, soft hyphens, direction marks.
  case invisible
}
