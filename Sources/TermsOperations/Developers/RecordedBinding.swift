package import Binding

/// All that is on record of a developer and a document, as a question needs it.
package struct RecordedBinding: Sendable {
  package let record: BindingRecord
  /// The same of the documents that bind along with it, but for those that are named in one version for good, or not on
  /// record here.
  package let incorporated: [BindingRecord]

  /// By what it can be known whether all this is still so.
  package let stamp: BindingStamp

  package init(_ record: BindingRecord, incorporated: [BindingRecord], stamp: BindingStamp) {
    self.record = record
    self.incorporated = incorporated
    self.stamp = stamp
  }
}
