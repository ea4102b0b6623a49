internal import TermsModel

/// A document in a list, as programs read it.
package struct DocumentJSON: Encodable {
  let slug: DocumentSlug
  let title: String
  let profile: String
  let timeZone: String
  let versions: Int
  /// The latest one that was not taken back.
  let latest: VersionLabel?
  /// The one posted last, where it was taken back.
  let latestWithdrawn: VersionLabel?

  package init(_ overview: DocumentOverview) {
    slug = overview.document.slug
    title = overview.document.title
    profile = overview.document.settings.profile.name
    timeZone = overview.document.settings.timeZone
    versions = overview.versions
    latest = overview.latest
    latestWithdrawn = overview.lastPosted == overview.latest ? nil : overview.lastPosted
  }
}
