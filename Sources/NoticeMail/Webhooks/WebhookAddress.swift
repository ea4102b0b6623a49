internal import CCurlShim
internal import Foundation

/// An address that messages to a webhook may be sent to.
package struct WebhookAddress: Hashable, Sendable {
  package let url: String
  package let host: String
  /// Whether it names this machine, where plain HTTP is as good as TLS.
  package let isLoopback: Bool

  /// - Throws: ``WebhookAddressError``.
  package init(_ url: String) throws(WebhookAddressError) {
    guard url.utf8.allSatisfy({ (33...126).contains($0) }), let parts = URLComponents(string: url),
      let scheme = parts.scheme?.lowercased(), ["http", "https"].contains(scheme),
      let host = parts.host.map({ $0.trimmingCharacters(in: CharacterSet(charactersIn: "[]")) }), !host.isEmpty
    else { throw .noAddress(url) }
    guard parts.user == nil, parts.password == nil else { throw .holdsPassword(host: host) }
    guard parts.port.map({ (1...65_535).contains($0) }) ?? true else { throw .noPort(url) }
    guard parts.fragment == nil else { throw .noAddress(url) }
    let isLoopback = host.lowercased() == "localhost" || Kind(host) == .loopback
    guard scheme == "https" || isLoopback else { throw .inClear(url) }
    self.url = url
    self.host = host
    self.isLoopback = isLoopback
  }

  /// The kinds of addresses, by the registries of special ones (RFC 6890).
  package enum Kind: Int32, Hashable, Sendable {
    case none, `public`, loopback, other

    package init(_ text: String) { self = Kind(rawValue: tenor_http_address_kind(text)) ?? .none }
  }
}

/// Why an address is none for a webhook.
package enum WebhookAddressError: Error, Hashable, CustomStringConvertible {
  case noAddress(String)
  case noPort(String)
  case inClear(String)
  case holdsPassword(host: String)

  package var description: String {
    switch self {
    case .noAddress(let text): "'\(text)' is no address; give one such as https://hooks.example/terms"
    case .noPort(let text): "'\(text)' names a port that there is not; give one from 1 to 65535, or none"
    case .inClear(let text):
      "'\(text)' would be sent in clear over the network; only an address of this machine may begin with http://"
    case .holdsPassword(let host):
      "the address at '\(host)' holds a user or password; messages are signed, and need neither"
    }
  }
}
