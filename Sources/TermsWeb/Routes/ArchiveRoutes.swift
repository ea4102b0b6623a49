internal import Binding
internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Redlining
internal import TermsModel
internal import TermsOperations

/// The public archive: documents, versions, comparisons, clauses, search, as pages.
struct ArchiveRoutes {
  let registry: TermsRegistry
  let search: any SearchRecord

  func add(to routes: RouteTable) {
    routes.get("/") { _, _ in DocumentListPage(try await registry.overviewOfDocuments()).page }
    routes.get("/style.css") { _, _ in
      Answer(text: Stylesheet.css, type: "text/css; charset=utf-8", cached: "public, max-age=3600")
    }
    routes.get("/search") { request, _ in try await searchPage(request) }
    routes.get("/:slug") { _, context in
      try await versionPage(try context.identifier("slug", "document"), nil, .latest)
    }
    routes.get("/:slug/versions") { request, context in
      let slug: DocumentSlug = try context.identifier("slug", "document")
      // No path leads to a version that is called '..': browsers and proxies take it for a way up.
      if let label: VersionLabel = try Query(page: request, allowing: ["version"]).identifier("version") {
        return try await versionPage(slug, label, .named)
      }
      return HistoryPage(
        document: try await registry.requireDocument(slug), history: try await registry.history(of: slug)
      ).page
    }
    routes.get("/:slug/versions/:version") { _, context in try await version(context) }
    routes.get("/:slug/on/:date") { _, context in
      try await versionPage(
        try context.identifier("slug", "document"), postedBy: try context.parameters.require("date"))
    }
    routes.get("/:slug/clauses/:clause") { _, context in
      let slug: DocumentSlug = try context.identifier("slug", "document")
      let text = try context.parameters.require("clause")
      let name = text.removingPercentEncoding ?? text
      return ClausePage(
        document: try await registry.requireDocument(slug), name: name,
        lineages: try await registry.history(of: slug, clause: name)
      ).page
    }
    routes.get("/:slug/compare") { request, context in try chosen(request, context) }
    routes.get("/:slug/compare/:pair") { request, context in try await comparisonPage(request, context) }
  }

  // MARK: Versions

  private func version(_ context: WebContext) async throws -> any ResponseGenerator {
    let slug: DocumentSlug = try context.identifier("slug", "document")
    let name = try context.parameters.require("version")
    let label: VersionLabel = try context.identifier("version", "version")
    if name.hasSuffix(".md"), let posted = VersionLabel(rawValue: String(name.dropLast(3))),
      // An older record may have a version that is called so.
      !(try await registry.record.versions(of: slug).contains { $0.label == label })
    {
      let text = try await registry.text(of: slug, version: posted)
      return Answer(text: text.source, type: "text/markdown; charset=utf-8")
    }
    return try await versionPage(slug, label, .named)
  }

  private func versionPage(_ slug: DocumentSlug, _ version: VersionLabel?, _ occasion: VersionPage.Occasion)
    async throws
    -> Page
  {
    let document = try await registry.requireDocument(slug)
    let history = try await registry.history(of: slug)
    // The document's own address shows what stands: a version that was taken back can still be read under its own.
    if version == nil, let standing = try await registry.standingText(of: document) {
      return VersionPage(
        document: document, text: standing.text, history: history, occasion: occasion, departure: standing.departure
      ).page
    }
    return VersionPage(
      document: document, text: try await registry.text(of: slug, version: version), history: history,
      occasion: occasion, departure: nil
    ).page
  }

  /// The version that was the posted one at the end of a date; of today, the one that is by now.
  private func versionPage(_ slug: DocumentSlug, postedBy text: String) async throws -> Page {
    guard let date = CalendarDate(text) else {
      throw Problem.badRequest("No date", "'\(text)' is no date; write it as 2026-01-31.")
    }
    let document = try await registry.requireDocument(slug)
    let zone = document.settings.zone
    let today = zone.date(of: registry.now())
    guard date <= today else {
      throw Problem(
        status: .notFound, title: "Not over yet",
        detail: "\(date) is not over yet in \(document.settings.timeZone): it is not known yet what will be posted of "
          + "'\(slug)' by then. What is posted now is at /\(slug).")
    }
    let posted = try await registry.history(of: slug).filter { $0.postedOn <= date }
    // Later withdrawals change nothing about what was posted on a day: the address means the same for good.
    let standing = posted.lastIndex { entry in
      entry.version.withdrawal.map { date < zone.date(of: $0.occasion.happenedAt) } ?? true
    }
    guard let standing else {
      let labels = posted.map(\.version.label.rawValue).joined(separator: ", ")
      throw Problem(
        status: .notFound, title: "Not found",
        detail: posted.isEmpty
          ? "Nothing was posted of '\(slug)' by \(date)."
          : "What was posted of '\(slug)' by \(date) was withdrawn by then: \(labels).")
    }
    let takenBack = posted[(standing + 1)...].compactMap { $0.version.withdrawalWords(in: zone) }
    return try await versionPage(
      slug, posted[standing].version.label, .on(date, isOver: date < today, takenBack: takenBack))
  }

  // MARK: Comparisons

  /// From the form that chooses two versions to the address of their comparison.
  private func chosen(_ request: Request, _ context: WebContext) throws -> Response {
    let slug: DocumentSlug = try context.identifier("slug", "document")
    let query = try Query(page: request, allowing: ["before", "after"])
    guard let before: VersionLabel = try query.identifier("before"),
      let after: VersionLabel = try query.identifier("after")
    else { throw Problem.badRequest("No comparison", "Name two versions: before=2025-06-04&after=2025-12-17.") }
    return .redirect(to: "/\(slug)/compare/\(before)...\(after)", type: .normal)
  }

  private func comparisonPage(_ request: Request, _ context: WebContext) async throws -> Page {
    let slug: DocumentSlug = try context.identifier("slug", "document")
    let (before, after) = try await Self.pair(try context.parameters.require("pair"), of: slug, registry)
    let query = try Query(page: request, allowing: ["view", "show", "only"])
    let layout = RedlineMarkup.Layout(
      inColumns: query["view"] == "columns", isWhole: query["show"] == "whole",
      only: query["only"] == "grave" ? [.material, .legalRequired] : nil)
    let document = try await registry.requireDocument(slug)
    let comparison = try await registry.compare(slug, before, after)
    let versions = try await registry.record.versions(of: slug)
    let (dates, remark) = try await dates(of: comparison, before, after, document, versions)
    let events = Set([before, after]).sorted().flatMap { label in
      versions.first { $0.label == label }?.eventWords(in: document.settings.zone) ?? []
    }
    return ComparisonPage(
      document: document, before: before, after: after, comparison: comparison,
      dates: dates, remark: remark, events: events, layout: layout
    ).page
  }

  /// From when each change holds, in words, with what there is to say of these dates.
  private func dates(
    of comparison: Comparison, _ before: VersionLabel, _ after: VersionLabel, _ document: Document,
    _ versions: [PostedVersion]
  ) async throws -> (dates: [String], remark: String?) {
    let all = Dictionary(
      zip(versions.map(\.label), VersionDates.all(of: document, versions)), uniquingKeysWith: { $1 })
    if comparison.isDecided, let dates = all[after] {
      return (dates.changes.map { $0.datedWords(postedOn: dates.postedOn) }, nil)
    }
    guard before != after else { return ([], nil) }
    let steps = try await registry.changeSteps(document.slug, before, after, comparison.redline)
    guard steps.isForwards else {
      return (
        [],
        "\(before) was posted after \(after): these are the changes back, which no posting made, so they have no dates."
      )
    }
    return (
      steps.words(all),
      "Beside each change is the date of the last version that changed the clause; classes are those that the rules "
        + "propose for the two texts."
    )
  }

  /// The two versions of `a...b`. Labels in an older record may have dots of their own at the seam: those that were posted
  /// tell where it is.
  static func pair(
    _ text: String, of slug: DocumentSlug, _ registry: TermsRegistry
  ) async throws -> (VersionLabel, VersionLabel) {
    let text = Array((text.removingPercentEncoding ?? text).utf8)
    let pairs = text.indices.compactMap { at -> (VersionLabel, VersionLabel)? in
      guard text[at...].starts(with: "...".utf8),
        let before = VersionLabel(rawValue: String(decoding: text[..<at], as: UTF8.self)),
        let after = VersionLabel(rawValue: String(decoding: text[(at + 3)...], as: UTF8.self))
      else { return nil }
      return (before, after)
    }
    guard let first = pairs.first else {
      throw Problem.badRequest("No comparison", "Write the versions as 2025-06-04...2025-12-17.")
    }
    guard pairs.count > 1 else { return first }
    let posted = Set(try await registry.record.versions(of: slug).map(\.label))
    return pairs.first { posted.contains($0.0) && posted.contains($0.1) } ?? first
  }

  // MARK: Search

  private func searchPage(_ request: Request) async throws -> Page {
    let query = try Query(page: request, allowing: ["q", "document"])
    let words = (query["q"] ?? "").trimmingCharacters(in: .whitespaces)
    let document = query["document"].flatMap(DocumentSlug.init(rawValue:))
    var (hits, refusal): ([SearchHit], String?) = ([], nil)
    if !words.isEmpty {
      do {
        hits = try await search.search(try SearchWords(words).terms, in: document, limit: SearchPage.most)
      } catch let declined as SearchRefusal {
        refusal = PageWords.of(declined)
      }
    }
    return SearchPage(
      words: words, document: document, documents: try await registry.record.documents(), hits: hits, refusal: refusal
    ).page
  }
}
