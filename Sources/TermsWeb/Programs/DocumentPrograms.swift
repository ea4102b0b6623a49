internal import Foundation
internal import Hummingbird
internal import Redlining
internal import TermsModel
internal import TermsOperations
internal import Transparency

/// Documents, versions and comparisons for programs; public.
struct DocumentPrograms {
  let registry: TermsRegistry
  let search: any SearchRecord

  func add(to routes: RouteTable) {
    routes.get("/v1/documents") { request, _ in
      _ = try Query(request, allowing: [])
      let overviews = try await registry.overviewOfDocuments()
      return try JSONAnswer.of(ListJSON(items: overviews.map(DocumentJSON.init), next: nil))
    }
    routes.get("/v1/documents/:slug") { request, context in
      _ = try Query(request, allowing: [])
      return try JSONAnswer.of(
        DocumentJSON(try await registry.overview(of: try context.identifier("slug", "document"))))
    }
    routes.get("/v1/documents/:slug/versions") { request, context in try await versions(request, context) }
    routes.get("/v1/documents/:slug/versions/:version") { request, context in
      _ = try Query(request, allowing: [])
      let document = try await registry.requireDocument(try context.identifier("slug", "document"))
      let label: VersionLabel = try context.identifier("version", "version")
      let text = try await registry.text(of: document.slug, version: label)
      let history = try await registry.history(of: document.slug)
      let told = try ToldVersion.all(of: document, history).first { $0.label == label }.orNotFound()
      return try JSONAnswer.of(VersionJSON(told, text: text))
    }
    routes.get("/v1/documents/:slug/compare/:pair") { request, context in
      _ = try Query(request, allowing: [])
      let slug: DocumentSlug = try context.identifier("slug", "document")
      let (before, after) = try await ArchiveRoutes.pair(try context.parameters.require("pair"), of: slug, registry)
      let comparison = try await registry.compare(slug, before, after)
      let document = try await registry.requireDocument(slug)
      let dates = comparison.isDecided ? try await registry.dates(of: after, of: document) : nil
      let versions = try await registry.record.versions(of: slug)
      let isWithdrawn = { (label: VersionLabel) in versions.contains { $0.label == label && $0.isWithdrawn } }
      var json = ""
      RedlineJSON(
        comparison.redline, classes: comparison.classifications,
        hashes: (
          SHA256Hex.digest(of: comparison.redline.before.source), SHA256Hex.digest(of: comparison.redline.after.source)
        ), effects: dates?.changes.map(RedlineJSON.Effect.init) ?? [],
        withdrawn: (isWithdrawn(before), isWithdrawn(after))
      ).write(to: &json)
      return Answer(text: json, type: "application/json")
    }
    routes.get("/v1/search") { request, _ in
      let query = try Query(request, allowing: ["q", "document", "limit"])
      guard let words = query["q"] else {
        throw Problem.badRequest("Nothing to look for", "Give the words as q=WORDS.")
      }
      let document: DocumentSlug? = try query.identifier("document")
      if let document { _ = try await registry.requireDocument(document) }
      let hits = try await search.search(
        try SearchWords(words).terms, in: document, limit: try query.number("limit", in: 1...1000, or: 50))
      return try JSONAnswer.of(ListJSON(items: hits.map(HitJSON.init), next: nil))
    }
  }

  /// The latest one first.
  private func versions(_ request: Request, _ context: WebContext) async throws -> Answer {
    let document = try await registry.requireDocument(try context.identifier("slug", "document"))
    let query = try Query(request, allowing: ["cursor", "limit"])
    let limit = try query.number("limit", in: 1...1000, or: 100)
    var told = ToldVersion.all(of: document, try await registry.history(of: document.slug)).reversed()[...]
    let cursor = PageCursor(list: "versions of \(document.slug)")
    if let last: VersionLabel = try cursor.name(in: query) {
      guard let place = told.firstIndex(where: { $0.label == last }) else { throw PageCursor.unknown }
      told = told[told.index(after: place)...]
    }
    let page = told.prefix(limit)
    return try JSONAnswer.of(
      ListJSON(
        items: page.map { VersionJSON($0) },
        next: page.count < told.count ? page.last.map { cursor.text(after: $0.label) } : nil))
  }
}
