internal import Foundation
package import TermsModel
internal import Transparency

/// A secret that signs messages to a webhook (Standard Webhooks): `whsec_` and 24 to 64 bytes in base64.
package struct WebhookSecret: Hashable, Sendable {
  private let key: [UInt8]

  package static let prefix = "whsec_"

  /// - Throws: ``WebhookSecretError``, which never repeats the text.
  package init(_ text: String) throws(WebhookSecretError) {
    guard text.hasPrefix(Self.prefix) else { throw .noPrefix }
    guard let data = Data(base64Encoded: String(text.dropFirst(Self.prefix.count))) else { throw .notBase64 }
    guard (24...64).contains(data.count) else { throw .length(data.count) }
    key = Array(data)
  }

  /// `v1,` and the HMAC-SHA256 over identifier, timestamp and body with full stops between them, in base64.
  package func signature(id: String, timestamp: Int64, body: [UInt8]) -> String {
    let code = KeyedHash.bytes(of: Array("\(id).\(timestamp).".utf8) + body, key: key)
    return "v1,\(Data(code).base64EncodedString())"
  }
}

extension WebhookSecret: CustomStringConvertible, CustomReflectable {
  /// Says nothing of the key, so that no log line does.
  package var description: String { "whsec_…" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}

/// Why a text is no secret.
package enum WebhookSecretError: Error, Hashable, CustomStringConvertible {
  case noPrefix
  case notBase64
  case length(Int)

  package var description: String {
    let make = "make one with: echo \"whsec_$(openssl rand -base64 32)\""
    return switch self {
    case .noPrefix: "a secret begins with whsec_; \(make)"
    case .notBase64: "what follows whsec_ is not base64; \(make)"
    case .length(let count): "a secret has 24 to 64 bytes, this one \(count); \(make)"
    }
  }
}

extension WebhookMessage {
  /// The fields of a request that carries the message: its identifier, which stays the same at every try, the moment of this
  /// try, and a signature by each secret, so that the other side may know the old one or the new one.
  package func fields(signedBy secrets: [WebhookSecret], at moment: Instant) -> [(name: String, value: String)] {
    let timestamp = moment.milliseconds / 1000
    let signatures = secrets.map { $0.signature(id: id, timestamp: timestamp, body: body) }
    return [
      ("webhook-id", id), ("webhook-timestamp", "\(timestamp)"),
      ("webhook-signature", signatures.joined(separator: " ")), ("content-type", "application/json"),
    ]
  }
}
