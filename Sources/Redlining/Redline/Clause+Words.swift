internal import TermsModel

extension Clause {
  /// The words that a change of the whole clause shows: heading and text, parted by a blank line.
  var words: String {
    guard let heading else { return text }
    return text.isEmpty ? heading : heading + "\n\n" + text
  }
}
