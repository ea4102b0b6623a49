internal import TermsModel

/// The act that posted a version, as programs read it; what it changed and what became of it is told beside it.
package struct PostingJSON: Encodable {
  let version: VersionLabel
  let postedOn: CalendarDate
  let postedAt: Instant
  let recordedAt: Instant
  let sha256: String
  let summary: String?

  package init(_ entry: HistoryEntry) {
    version = entry.version.label
    postedOn = entry.postedOn
    postedAt = entry.version.posting.happenedAt
    recordedAt = entry.version.posting.recordedAt
    sha256 = entry.sha256
    summary = entry.summary
  }
}
