/// By what acts an answer about a developer can change: where none of them was added, it did not, unless a day came on which it
/// changes by itself.
package struct BindingStamp: Hashable, Sendable {
  /// The number of the last act about the developer, or about any document or version.
  package let sequence: Int64
  /// What tells that act from one that has its number in another record, such as in one that went on from a backup.
  package let fingerprint: String
  /// Whether the log says of its last act that it was recorded after the moment asked about, as where the clock was set back:
  /// then an act may count only later.
  package let isAhead: Bool

  package init(sequence: Int64, fingerprint: String, isAhead: Bool) {
    self.sequence = sequence
    self.fingerprint = fingerprint
    self.isAhead = isAhead
  }
}
