internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import TermsOperations
internal import TermsParsing

/// Turns every error into an answer, in one place: a refusal goes to the asker with its words, a fault to the log with its
/// cause and to the asker as a reference.
struct ErrorAnswers: RouterMiddleware {
  typealias Context = WebContext

  func handle(
    _ request: Request, context: Context, next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    do {
      return try await next(request, context)
    } catch let needed as SignInNeeded {
      let next = needed.next.map { "?next=\($0)" } ?? ""
      return Response(status: .seeOther, headers: [.location: "/sign-in\(next)", .cacheControl: "no-store"])
    } catch {
      let isProgram = Self.isForPrograms(request.uri.path)
      let problem = Self.problem(
        error, path: request.uri.path, context: context, words: isProgram ? HTTPWords.of : PageWords.of)
      if isProgram { return problem.json() }
      return try problem.page().response(from: request, context: context)
    }
  }

  private static func isForPrograms(_ path: String) -> Bool {
    path.hasPrefix("/v1/") || ["/v1", "/healthz", "/metrics", "/openapi.json"].contains(path)
  }

  private static func problem(
    _ error: any Error, path: String, context: Context, words: (any Refusal) -> String
  ) -> Problem {
    switch error {
    case let problem as Problem:
      return problem
    case let refusal as TermsRefusal where refusal.isUnknownName:
      return Problem(status: .notFound, title: "Not found", detail: words(refusal))
    case let error as ParseError:
      return Problem(status: .unprocessableContent, title: "Unreadable text", detail: "\(error)")
    case let refusal as any Refusal:
      return Problem(status: .unprocessableContent, title: "Refused", detail: words(refusal))
    case let error as any HTTPResponseError where error.status.code < 500:
      let found = error.status == .notFound
      if error.status == .contentTooLarge { return .bodyTooLarge }
      return Problem(
        status: error.status, title: found ? "Not found" : error.status.reasonPhrase,
        detail: found ? "There is nothing at this address." : "The request could not be read.")
    default:
      context.logger.error("unhandled error", metadata: ["error": "\(error)", "path": "\(path)"])
      return Problem(
        status: .internalServerError, title: "Something is broken",
        detail: "It is in the log under the reference \(context.id).")
    }
  }
}

extension TermsRefusal {
  /// Whether what was asked for does not exist.
  var isUnknownName: Bool {
    switch self {
    case .unknownDocument, .unknownVersion, .unknownDeveloper, .nothingPosted, .unknownConnector, .unknownClause: true
    default: false
    }
  }
}

/// What every answer tells a browser: no scripts, no frames, no guessing of types.
struct SecurityHeaders<Context: RequestContext>: RouterMiddleware {
  private let headers: [(HTTPField.Name, String)] = [
    (
      .contentSecurityPolicy,
      "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    (.xContentTypeOptions, "nosniff"),
    (.referrerPolicy, "no-referrer"),
  ]

  func handle(
    _ request: Request, context: Context, next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    var response = try await next(request, context)
    for (name, value) in headers { response.headers[name] = value }
    return response
  }
}
