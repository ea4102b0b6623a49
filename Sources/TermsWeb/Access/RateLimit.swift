internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import Synchronization

/// So many requests a second from one asker, with room for a burst; beyond it 429 with the seconds to wait.
final class RateLimit: RouterMiddleware {
  typealias Context = WebContext

  private struct Bucket {
    var tokens: Double
    var filledAt: ContinuousClock.Instant
  }

  private let perSecond: Double
  private let burst: Double
  private let isBehindProxy: Bool
  private let buckets = Mutex<[String: Bucket]>([:])
  /// Askers remembered at most; past it those who have rested longest are forgotten, and begin anew.
  private static let mostAskers = 50_000

  init(perSecond: Int, isBehindProxy: Bool) {
    self.isBehindProxy = isBehindProxy
    self.perSecond = Double(perSecond)
    burst = Double(perSecond) * 4
  }

  func handle(
    _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
  ) async throws -> Response {
    if let wait = wait(of: asker(request, context), at: .now) {
      throw Problem(
        status: .tooManyRequests, title: "Too many requests",
        detail: "More than \(Int(perSecond)) requests a second; try again in \(wait) s.",
        headers: [.retryAfter: "\(wait)"])
    }
    return try await next(request, context)
  }

  /// Seconds until the next request is taken; `nil` where this one is.
  func wait(of asker: String, at moment: ContinuousClock.Instant) -> Int? {
    buckets.withLock { buckets in
      if buckets.count >= Self.mostAskers {
        buckets = buckets.filter { moment - $0.value.filledAt < .seconds(4) }
        if buckets.count >= Self.mostAskers { buckets.removeAll() }
      }
      var bucket = buckets[asker] ?? Bucket(tokens: burst, filledAt: moment)
      let passed = (moment - bucket.filledAt) / .seconds(1)
      bucket.tokens = min(burst, bucket.tokens + passed * perSecond)
      bucket.filledAt = moment
      defer { buckets[asker] = bucket }
      guard bucket.tokens >= 1 else { return max(1, Int(((1 - bucket.tokens) / perSecond).rounded(.up))) }
      bucket.tokens -= 1
      return nil
    }
  }

  /// An address counts as one asker, whatever tokens it sends: guessing tokens is slow, too.
  private func asker(_ request: Request, _ context: WebContext) -> String {
    if isBehindProxy, let name = HTTPField.Name("X-Forwarded-For"),
      let last = request.headers[values: name].last?.split(separator: ",").last
    {
      return last.trimmingSpaces()
    }
    return context.remoteAddress?.ipAddress ?? "unknown"
  }
}
