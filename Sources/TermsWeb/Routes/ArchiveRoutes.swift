internal import Foundation
internal import Hummingbird
internal import TermsModel
internal import TermsOperations

/// The public archive: documents, versions, comparisons, as pages.
struct ArchiveRoutes {
  let registry: TermsRegistry

  func add(to router: Router<BasicRequestContext>) {
    router.get("/") { _, _ in
      DocumentListPage(try await registry.overviewOfDocuments()).page
    }
    router.get("/style.css") { _, _ in
      Response(
        status: .ok, headers: [.contentType: "text/css; charset=utf-8", .cacheControl: "max-age=3600"],
        body: ResponseBody(byteBuffer: ByteBuffer(string: Stylesheet.css)))
    }
    router.get("/:slug") { _, context in
      try await versionPage(try slug(context), version: nil)
    }
    router.get("/:slug/versions/:version") { _, context in
      try await versionPage(try slug(context), version: try version(context.parameters.require("version")))
    }
    router.get("/:slug/compare/:pair") { _, context in
      try await comparisonPage(try slug(context), pair: try context.parameters.require("pair"))
    }
    router.get("/:slug/on/:date") { _, context in
      try await versionPage(try slug(context), postedBy: try context.parameters.require("date"))
    }
  }

  // MARK: Pages

  private func versionPage(_ slug: DocumentSlug, version: VersionLabel?) async throws -> Page {
    let document = try await registry.requireDocument(slug)
    return VersionPage(
      document: document, text: try await registry.text(of: slug, version: version),
      history: try await registry.history(of: slug)
    ).page
  }

  /// The version that was the posted one at the end of a date.
  private func versionPage(_ slug: DocumentSlug, postedBy text: String) async throws -> Page {
    guard let date = CalendarDate(text) else {
      throw Problem(status: .badRequest, title: "No date", detail: "'\(text)' is no date; write it as 2026-01-31.")
    }
    let entry = try await registry.history(of: slug).last { $0.postedOn <= date && !$0.version.isWithdrawn }
    guard let entry else {
      throw Problem(status: .notFound, title: "Not found", detail: "Nothing was posted of '\(slug)' by \(date).")
    }
    return try await versionPage(slug, version: entry.version.label)
  }

  private func comparisonPage(_ slug: DocumentSlug, pair: String) async throws -> Page {
    guard let dots = pair.range(of: "...") else {
      throw Problem(
        status: .badRequest, title: "No comparison", detail: "Write the versions as 2025-06-04...2025-12-17.")
    }
    let before = try version(String(pair[..<dots.lowerBound]))
    let after = try version(String(pair[dots.upperBound...]))
    return ComparisonPage(
      document: try await registry.requireDocument(slug), before: before, after: after,
      comparison: try await registry.compare(slug, before, after)
    ).page
  }

  // MARK: Names

  private func slug(_ context: BasicRequestContext) throws -> DocumentSlug {
    let text = try context.parameters.require("slug")
    guard let slug = DocumentSlug(rawValue: text) else {
      throw Problem(status: .notFound, title: "Not found", detail: "There is nothing at this address.")
    }
    return slug
  }

  private func version(_ text: String) throws -> VersionLabel {
    guard let version = VersionLabel(rawValue: text) else {
      throw Problem(status: .notFound, title: "Not found", detail: "There is no version of that name.")
    }
    return version
  }
}
