package import TermsModel

/// How much of a redline is shown to a person.
package struct RedlineView: Hashable, Sendable {
  /// How many unchanged words are kept on each side of a changed one; all where `nil`.
  package var context: Int?
  /// The classes shown; all where `nil`.
  package var only: Set<ChangeClass>?

  package init(context: Int? = 12, only: Set<ChangeClass>? = nil) {
    self.context = context
    self.only = only
  }

  /// Calls `show` with every change that the view shows, one after the other, so that a long redline needs no copy.
  func forEach(
    of redline: Redline, _ classes: [Classification?], _ show: (ToldChange) -> Void
  ) {
    for (index, change) in redline.changes.enumerated() {
      let classification = index < classes.count ? classes[index] : nil
      if let only, classification.map({ only.contains($0.changeClass) }) != true { continue }
      show(ToldChange(change, in: redline, classification: classification, context: context))
    }
  }
}
