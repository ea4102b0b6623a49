package import TermsModel

/// Whom a question about a document or a version may concern.
package enum ConcernedDevelopers: Hashable, Sendable {
  /// Those bound to the document now, by whether they have an address.
  case bound(DocumentSlug, hasAddress: Bool)
  /// Those of whom anything is on record about a notice of the version.
  case noticed(DocumentSlug, VersionLabel)
  /// Those who joined, agreed or accepted a version at `since` or later; one of them may come several times.
  case consenting(DocumentSlug, since: Instant)
}

/// Some of them, in an order that does not change.
package struct ConcernedPage: Hashable, Sendable {
  package let developers: [DeveloperID]
  /// Where the page ends; `nil` where nobody comes after it.
  package let end: Int64?

  package init(developers: [DeveloperID], end: Int64?) {
    self.developers = developers
    self.end = end
  }
}

/// How many developers had a notice of a version that is not known to have failed, as far as anybody knows.
package struct NoticeHolders: Hashable, Sendable {
  /// They have an address, so that a superseding notice goes out by e-mail.
  package let withAddress: Int
  /// They have none, or none any more: they must be told as they were told before.
  package let withoutAddress: Int
  /// Notices of the version that were not sent yet: none of them has to be superseded.
  package let waiting: Int

  package init(withAddress: Int, withoutAddress: Int, waiting: Int) {
    self.withAddress = withAddress
    self.withoutAddress = withoutAddress
    self.waiting = waiting
  }
}

extension Act {
  /// The version of which developers were told something that holds no more once the act is on record.
  package var supersededVersion: (document: DocumentSlug, version: VersionLabel)? {
    switch self {
    case .versionWithdrawn(let slug, let label, _, _), .versionPostponed(let slug, let label, _, _),
      .changeReclassified(let slug, let label, _, _, _, _):
      (slug, label)
    default: nil
    }
  }
}
