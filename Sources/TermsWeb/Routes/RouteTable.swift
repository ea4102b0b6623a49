internal import HTTPTypes
internal import Hummingbird

/// The addresses of the service with their methods, so that HEAD answers wherever GET does, and a method that an address
/// does not have is told apart from an address that is not there.
final class RouteTable {
  typealias Handler = @Sendable (Request, WebContext) async throws -> any ResponseGenerator

  let router: Router<WebContext>
  private(set) var methods: [String: [HTTPRequest.Method]] = [:]

  init(_ router: Router<WebContext>) {
    self.router = router
  }

  /// - Parameter isQuick: Whether it is answered within some microseconds: then on the thread that reads the connection, where
  ///   the other connections wait for it. Everything else is answered on the threads of all tasks.
  func get(_ path: String, isQuick: Bool = false, _ handler: @escaping Handler) {
    add(.get, path, isQuick: isQuick, handler)
    add(.head, path, isQuick: isQuick, handler)
  }

  func post(_ path: String, _ handler: @escaping Handler) { add(.post, path, handler) }
  func put(_ path: String, _ handler: @escaping Handler) { add(.put, path, handler) }
  func delete(_ path: String, _ handler: @escaping Handler) { add(.delete, path, handler) }

  private func add(
    _ method: HTTPRequest.Method, _ path: String, isQuick: Bool = false, _ handler: @escaping Handler
  ) {
    methods[path, default: []].append(method)
    router.on(RouterPath(path), method: method) { request, context in
      if isQuick { return try await handler(request, context).response(from: request, context: context) }
      return try await withTaskExecutorPreference(globalConcurrentExecutor) {
        try await handler(request, context).response(from: request, context: context)
      }
    }
  }

  /// Methods of newer and of other standards.
  private static let others = ["QUERY", "PROPFIND", "REPORT", "SEARCH"].compactMap(HTTPRequest.Method.init(rawValue:))

  /// To be called once every address is known.
  func refuseOtherMethods() {
    let all: [HTTPRequest.Method] =
      [.get, .head, .post, .put, .delete, .patch, .options, .trace, .connect] + Self.others
    for (path, known) in methods {
      let allowed = all.filter(known.contains).map(\.rawValue).joined(separator: ", ")
      for method in all where !known.contains(method) {
        router.on(RouterPath(path), method: method) { _, _ -> Response in
          throw Problem(
            status: .methodNotAllowed, title: "Not that way",
            detail: "This address answers \(allowed); \(method.rawValue) is not among them.",
            headers: [.allow: allowed])
        }
      }
    }
  }
}

/// HEAD is answered like GET, without the body.
struct HeadAnswers: RouterMiddleware {
  typealias Context = WebContext

  func handle(
    _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
  ) async throws -> Response {
    let response = try await next(request, context)
    return request.method == .head ? response.createHeadResponse() : response
  }
}
