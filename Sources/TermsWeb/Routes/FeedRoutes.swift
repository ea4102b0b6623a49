internal import Hummingbird
internal import TermsModel
internal import TermsOperations

/// Feeds of versions and calendars of their dates, for all documents or one.
struct FeedRoutes {
  let registry: TermsRegistry
  let baseURL: String?

  func add(to routes: RouteTable) {
    routes.get("/feeds/:name") { request, context in
      let name = try context.parameters.require("name")
      guard let dot = name.lastIndex(of: ".") else { throw Problem.notFound }
      let base = baseURL ?? Self.base(of: request)
      // Links that are made of the asker's words are for nobody else.
      let cached = baseURL == nil ? Answer.personal : Answer.revalidated
      let (what, kind) = (String(name[..<dot]), String(name[dot...]))
      switch (what, kind) {
      case ("all", ".atom"): return try await atom(nil, base, cached)
      case (_, ".atom"): return try await atom(DocumentSlug(rawValue: what).orNotFound(), base, cached)
      case ("all", ".ics"): return try await calendar(nil, base, cached)
      case (_, ".ics"): return try await calendar(DocumentSlug(rawValue: what).orNotFound(), base, cached)
      default: throw Problem.notFound
      }
    }
  }

  private func versions(_ slug: DocumentSlug?) async throws -> (documents: [Document], versions: [ToldVersion]) {
    let documents: [Document] =
      if let slug { [try await registry.requireDocument(slug)] } else { try await registry.record.documents() }
    var versions: [ToldVersion] = []
    for document in documents {
      versions += ToldVersion.all(of: document, try await registry.history(of: document.slug))
    }
    return (documents, versions)
  }

  private func atom(_ slug: DocumentSlug?, _ base: String, _ cached: String) async throws -> Answer {
    let (documents, versions) = try await versions(slug)
    let feed = AtomFeed(
      title: slug == nil ? "Terms: new versions" : "\(documents[0].title): new versions",
      name: slug?.rawValue ?? "all documents", base: base, path: "/feeds/\(slug?.rawValue ?? "all").atom",
      page: slug.map { "/\($0)/versions" } ?? "/", versions: versions)
    return Answer(text: feed.text, type: "application/atom+xml; charset=utf-8", cached: cached)
  }

  private func calendar(_ slug: DocumentSlug?, _ base: String, _ cached: String) async throws -> Answer {
    let (documents, versions) = try await versions(slug)
    let feed = CalendarFeed(
      title: slug == nil ? "Terms: dates" : "\(documents[0].title): dates",
      days: CalendarFeed.days(of: versions, base: base))
    return Answer(text: feed.text, type: "text/calendar; charset=utf-8", cached: cached)
  }

  /// The address under which the request came, for links where none is set.
  static func base(of request: Request) -> String { "http://\(request.head.authority ?? "localhost")" }
}

extension Optional {
  func orNotFound() throws -> Wrapped {
    guard let value = self else { throw Problem.notFound }
    return value
  }
}
