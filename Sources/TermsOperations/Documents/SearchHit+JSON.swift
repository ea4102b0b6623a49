internal import TermsModel

/// A clause found, as programs read it.
package struct HitJSON: Encodable {
  let document: DocumentSlug
  let version: VersionLabel
  let alsoIn: [VersionLabel]
  let label: String?
  let heading: String?
  let excerpt: String

  package init(_ hit: SearchHit) {
    document = hit.document
    version = hit.version
    alsoIn = hit.alsoIn
    label = hit.label.isEmpty ? nil : "\(hit.label)"
    heading = hit.heading
    excerpt = hit.excerpt(marking: "", "")
  }
}
