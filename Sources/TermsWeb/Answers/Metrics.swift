internal import HTTPTypes
internal import Hummingbird
internal import Synchronization

/// Counts requests by route and status, for `/metrics` in Prometheus' text format. Routes are patterns, never addresses, so
/// that nothing about anybody is in them.
final class Metrics: RouterMiddleware {
  typealias Context = WebContext

  private struct Key: Hashable {
    let method: String
    let route: String
    let status: Int
  }

  private struct Count {
    var requests = 0
    var seconds = 0.0
    var within = [Int](repeating: 0, count: Metrics.bounds.count)

    mutating func add(_ seconds: Double) {
      requests += 1
      self.seconds += seconds
      for (index, bound) in Metrics.bounds.enumerated() where seconds <= bound { within[index] += 1 }
    }
  }

  private static let known: Set<HTTPRequest.Method> = [.get, .head, .post, .put, .delete, .patch, .options]
  private static let bounds: [Double] = [0.001, 0.005, 0.025, 0.1, 0.5, 2.5]
  private let counts = Mutex<[Key: Count]>([:])

  func handle(
    _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
  ) async throws -> Response {
    let start = ContinuousClock.now
    let response = try await next(request, context)
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    let key = Key(
      method: Self.known.contains(request.method) ? request.method.rawValue : "other",
      route: context.endpointPath ?? "none", status: response.status.code)
    counts.withLock { $0[key, default: Count()].add(seconds) }
    return response
  }

  /// The counts so far.
  func text() -> String {
    let counts = counts.withLock { $0 }.sorted {
      ($0.key.route, $0.key.method, $0.key.status) < ($1.key.route, $1.key.method, $1.key.status)
    }
    var lines = [
      "# HELP tenor_http_request_seconds How long requests took to answer.",
      "# TYPE tenor_http_request_seconds histogram",
    ]
    for (key, count) in counts {
      let labels = "method=\"\(key.method)\",route=\"\(key.route)\",status=\"\(key.status)\""
      for (bound, within) in zip(Self.bounds, count.within) {
        lines.append("tenor_http_request_seconds_bucket{\(labels),le=\"\(bound)\"} \(within)")
      }
      lines.append("tenor_http_request_seconds_bucket{\(labels),le=\"+Inf\"} \(count.requests)")
      lines.append("tenor_http_request_seconds_sum{\(labels)} \(count.seconds)")
      lines.append("tenor_http_request_seconds_count{\(labels)} \(count.requests)")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
