package import TermsModel

/// Compares two texts word by word, without asking what clauses they have.
package enum TextComparison {
  /// Edits that cover both texts.
  package static func edits(from before: String, to after: String, folding foldings: CanonicalText.Foldings = .all)
    -> [Edit]
  {
    if before == after, before.utf8.elementsEqual(after.utf8) {
      return before.isEmpty ? [] : [Edit(op: .equal, text: before)]
    }
    var tokenizer = Tokenizer(foldings: foldings)
    var script = WordScript()
    let (old, new) = (tokenizer.tokenText(before), tokenizer.tokenText(after))
    let matches = script.compare(old.tokens.numbers, new.tokens.numbers)
    return EditWriter.edits(from: old, to: new, matches: matches)
  }
}
