package import TermsModel

/// By what acts an answer about a developer can change: where none of them was added, it did not, unless a day came on which it
/// changes by itself.
package struct BindingStamp: Hashable, Sendable {
  /// The number of the last act about the developer, or about any document or version.
  package let sequence: Int64
  /// What tells that act from one that has its number in another record, such as in one that went on from a backup.
  package let fingerprint: String
  /// What the log says of when its last act was recorded.
  package let lastRecordedAt: Instant

  package init(sequence: Int64, fingerprint: String, lastRecordedAt: Instant) {
    self.sequence = sequence
    self.fingerprint = fingerprint
    self.lastRecordedAt = lastRecordedAt
  }

  /// Whether an act was recorded after `moment`, as where the clock was set back: then it may count only later.
  package func isAhead(of moment: Instant) -> Bool { lastRecordedAt > moment }
}
