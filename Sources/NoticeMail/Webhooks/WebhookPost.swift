internal import CCurlShim
internal import Dispatch
internal import Foundation
package import TermsOperations

/// Posts messages to webhooks, one at a time, over connections that are used again.
///
/// No redirection is followed and no proxy used; a name that stands for an address that the public network does not know is
/// refused at the moment of connecting, whatever it stood for before.
package final class WebhookPost: WebhookTransport {
  /// How one webhook is reached.
  package struct Route: Hashable, Sendable {
    package let address: WebhookAddress
    /// Whether it may be in a private network.
    package let allowsPrivate: Bool
    /// Certificates to trust, in PEM; the system's where `nil`.
    package let certificates: String?

    package init(address: WebhookAddress, allowsPrivate: Bool = false, certificates: String? = nil) {
      self.address = address
      self.allowsPrivate = allowsPrivate
      self.certificates = certificates
    }
  }

  private let routes: [String: Route]
  private let seconds: Int
  private let connection = Connection()

  /// - Parameters:
  ///   - routes: by the names of the webhooks.
  ///   - seconds: for which an answer is awaited.
  package init(routes: [String: Route], seconds: Int = 20) {
    self.routes = routes
    self.seconds = seconds
  }

  package func post(
    _ body: [UInt8], fields: [(name: String, value: String)], to message: WebhookMessage
  ) async -> WebhookReply {
    // The address of the settings, and not of the record: who is not in them is told nothing.
    guard let route = routes[message.webhook], route.address.url == message.url else {
      return WebhookReply(.unavailable, says: "the settings name no such address any more")
    }
    let lines = fields.map { "\($0.name): \($0.value)" } + ["user-agent: tenor"]
    let result = await connection.run(route, seconds: seconds) { handle, options, result in
      let copies = lines.map { strdup($0) }
      defer { for copy in copies { free(copy) } }
      let pointers = copies.map { UnsafePointer($0) }
      body.withUnsafeBufferPointer {
        tenor_http_post(handle, &options, pointers, pointers.count, $0.baseAddress, $0.count, &result)
      }
    }
    return result.reply(from: route.address.host, seconds: seconds)
  }

  /// Connects to a webhook and sends nothing.
  /// - Returns: what stands in the way; `nil` where nothing does.
  package func obstacle(to name: String) async -> String? {
    guard let route = routes[name] else { return "the settings name no such webhook" }
    let result = await connection.run(route, seconds: seconds) { tenor_http_probe($0, &$1, &$2) }
    return result.code == 0 ? nil : result.reply(from: route.address.host, seconds: seconds).says
  }
}

/// What libcurl said of one request.
struct HTTPResult: Hashable, Sendable {
  var code: Int32
  var status: Int
  var retryAfter: Int64
  var allHanded: Bool
  var refusedAddress: Bool
  var words: String
}

extension HTTPResult {
  /// libcurl's results that are told apart.
  private static let timedOut: Int32 = 28
  private static let badCertificate: Set<Int32> = [51, 58, 60, 77, 83, 90, 91]

  /// What it means. An answer counts by its status, also where its body was cut off.
  func reply(from host: String, seconds: Int) -> WebhookReply {
    func ended(_ outcome: WebhookReply.Outcome, _ words: String) -> WebhookReply {
      WebhookReply(
        outcome, status: status == 0 ? nil : status, says: "\(host) \(words)",
        retryAfter: retryAfter > 0 ? retryAfter : nil)
    }
    switch status {
    case 200..<300: return ended(.accepted, "answered \(status)")
    case 410: return ended(.gone, "answered 410: it wants no more messages, and gets none")
    case 408, 425, 429, 500...: return ended(.unavailable, "answered \(status)")
    case 300..<400:
      return ended(.refused, "answered \(status), a redirection, and none is followed; name the address it leads to")
    case 1...:
      return ended(.refused, "answered \(status); see why, then run 'tenor webhooks resume'")
    default: break
    }
    if refusedAddress {
      return ended(
        .unavailable,
        "stands for an address that is not of the public network; set allowPrivate where that is meant")
    }
    if allHanded {
      return ended(
        .unknown,
        code == Self.timedOut
          ? "took the message and did not answer within \(seconds) s" : "took the message and cut the line (\(words))")
    }
    if Self.badCertificate.contains(code) { return ended(.unavailable, "cannot prove its name (\(words))") }
    return ended(.unavailable, "is not to be had (\(words))")
  }
}

/// A handle of libcurl, which blocks, and the queue on which it is used.
private final class Connection: @unchecked Sendable {
  private let queue = DispatchQueue(label: "webhooks")
  /// Touched on the queue only.
  private var handle: OpaquePointer?

  deinit { tenor_http_close(handle) }

  func run(
    _ route: WebhookPost.Route, seconds: Int,
    _ act: @escaping @Sendable (OpaquePointer, inout tenor_http_options, inout tenor_http_result) -> Void
  ) async -> HTTPResult {
    await withCheckedContinuation { continuation in
      queue.async { continuation.resume(returning: self.perform(route, seconds: seconds, act)) }
    }
  }

  private func perform(
    _ route: WebhookPost.Route, seconds: Int,
    _ act: (OpaquePointer, inout tenor_http_options, inout tenor_http_result) -> Void
  ) -> HTTPResult {
    if handle == nil { handle = tenor_http_open() }
    guard let handle else {
      return HTTPResult(
        code: 27, status: 0, retryAfter: 0, allHanded: false, refusedAddress: false,
        words: "no memory for a connection")
    }
    let url = strdup(route.address.url)
    let certificates = route.certificates.flatMap { strdup($0) }
    defer {
      free(url)
      free(certificates)
    }
    var options = tenor_http_options(
      url: url, ca_file: certificates, allows_loopback: route.address.isLoopback ? 1 : 0,
      allows_private: route.allowsPrivate ? 1 : 0, connect_timeout: min(10, seconds), timeout: seconds)
    var result = tenor_http_result()
    act(handle, &options, &result)
    return HTTPResult(
      code: result.rc, status: result.status, retryAfter: result.retry_after, allHanded: result.all_handed != 0,
      refusedAddress: result.refused_address != 0,
      words: withUnsafeBytes(of: &result.error) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
  }
}
