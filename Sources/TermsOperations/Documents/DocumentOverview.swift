package import TermsModel

/// A document with a count of its versions.
package struct DocumentOverview: Hashable, Sendable {
  package let document: Document
  package let versions: Int
  /// The latest version that was not taken back.
  package let latest: VersionLabel?
  /// The one posted last, taken back or not.
  package let lastPosted: VersionLabel?
}

extension TermsRegistry {
  package func overviewOfDocuments() async throws -> [DocumentOverview] {
    var overviews: [DocumentOverview] = []
    for document in try await record.documents() { overviews.append(try await overview(of: document)) }
    return overviews
  }

  package func overview(of slug: DocumentSlug) async throws -> DocumentOverview {
    try await overview(of: try await requireDocument(slug))
  }

  private func overview(of document: Document) async throws -> DocumentOverview {
    let versions = try await record.versions(of: document.slug)
    return DocumentOverview(
      document: document, versions: versions.count, latest: versions.last { !$0.isWithdrawn }?.label,
      lastPosted: versions.last?.label)
  }
}
