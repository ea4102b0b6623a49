internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

extension RequestBody {
  /// The whole body, within the time that a body may take however large it is and however slowly it comes.
  ///
  /// - Throws: a problem (408), upon which the connection is closed; an error of HTTP where it is too large.
  consuming func whole(_ context: WebContext) async throws -> ByteBuffer {
    let body = self
    return try await withThrowingTaskGroup(of: ByteBuffer?.self) { group in
      group.addTask { try await body.collect(upTo: context.maxUploadSize) }
      group.addTask {
        try await Task.sleep(for: .seconds(WebContext.bodySeconds))
        return nil
      }
      defer { group.cancelAll() }
      guard let first = try await group.next(), let bytes = first else {
        throw Problem(
          status: .requestTimeout, title: "Too slow",
          detail: "The body did not arrive within \(WebContext.bodySeconds) s; send it again.",
          headers: [.connection: "close"])
      }
      return bytes
    }
  }
}
