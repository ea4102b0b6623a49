internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

extension Request {
  /// The whole body, within the time that a body may take however large it is and however slowly it comes. One that is
  /// announced larger than allowed is refused before any of it is read.
  ///
  /// - Throws: a problem (408, 413), upon which the connection is closed; an error of HTTP where it grows too large.
  func wholeBody(_ context: WebContext) async throws -> ByteBuffer {
    if let length = headers[.contentLength].flatMap({ Int($0) }), length > context.maxUploadSize {
      throw Problem.bodyTooLarge
    }
    let body = body
    return try await withThrowingTaskGroup(of: ByteBuffer?.self) { group in
      group.addTask { try await body.collect(upTo: context.maxUploadSize) }
      group.addTask {
        try await Task.sleep(for: .seconds(context.patience))
        return nil
      }
      defer { group.cancelAll() }
      guard let first = try await group.next(), let bytes = first else {
        throw Problem(
          status: .requestTimeout, title: "Too slow",
          detail: "The body did not arrive within \(context.patience) s; send it again.",
          headers: [.connection: "close"])
      }
      return bytes
    }
  }
}

extension Problem {
  static let bodyTooLarge = Problem(
    status: .contentTooLarge, title: "Too large",
    detail: "A body has at most \(WebContext.mostBodyBytes / 1_048_576) MB.", headers: [.connection: "close"])
}

/// Lets what reads a request know how long it may take.
struct Patience: RouterMiddleware {
  typealias Context = WebContext

  let seconds: Int

  func handle(
    _ request: Request, context: Context, next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    var context = context
    context.patience = seconds
    return try await next(request, context)
  }
}
