internal import GRDB
internal import TermsModel

/// The documents that questions about developers are asked of, with those that name each as binding along; each looked up
/// once, as of the transaction that reads.
struct NamedDocuments {
  struct Named {
    let number: Int64
    let naming: [Naming]
  }

  /// A document that names another one, or did, with each change of that.
  struct Naming {
    let number: Int64
    let slug: DocumentSlug
    let names: [Fact<NamingAgreement.Reference>]
  }

  private let db: Database
  private var known: [DocumentSlug: Named?] = [:]

  init(_ db: Database) {
    self.db = db
  }

  /// `nil` where no document of that name is on record.
  subscript(slug: DocumentSlug) -> Named? {
    mutating get throws {
      if let found = known[slug] { return found }
      let number = try db.one(Int64.self, "SELECT id FROM documents WHERE slug = ?", [slug.rawValue])
      let found = try number.map { Named(number: $0, naming: try naming(slug)) }
      known[slug] = .some(found)
      return found
    }
  }

  private func naming(_ slug: DocumentSlug) throws -> [Naming] {
    let rows = try Dictionary(
      grouping: db.rows(HotQuery.namingDocuments, [slug.rawValue]), by: { $0["document_id"] as Int64 })
    return try rows.sorted { $0.key < $1.key }.compactMap { number, settings in
      guard let row = settings.first else { return nil }
      return Naming(
        number: number, slug: try row.identifier("slug"),
        names: try settings.map { Fact(try Self.reference($0), $0.occasion()) })
    }
  }

  /// How the document of a row of ``HotQuery/namingDocuments`` names the other one.
  static func reference(_ row: Row) throws -> NamingAgreement.Reference {
    guard let reference = row["reference"] as String? else { return .none }
    return reference.isEmpty ? .floating : .pinned(try row.identifier("reference"))
  }
}
