internal import TermsModel

extension Redline {
  /// The two sources as one run of edits, from their first byte to their last: the equal and delete edits joined give
  /// the before source, the equal and insert edits the after source. A clause that moved is deleted in one place and
  /// inserted in the other.
  package func wholeEdits() -> [Edit] { [] }
}
