internal import TermsModel

/// Who a developer is, as programs read it; what they build is told beside it.
package struct DeveloperPersonJSON: Encodable {
  let id: DeveloperID
  let region: Region
  let name: String?
  let email: String?
  let erased: Bool

  package init(_ entry: DeveloperEntry) {
    id = entry.id
    region = entry.region
    name = entry.name
    email = entry.email?.rawValue
    erased = entry.erased
  }
}
