/// What a failure says, so that each is met in its own way (RFC 3463 for the codes).
package enum FailureClass: String, Hashable, Sendable, Codable, CaseIterable {
  /// Nobody is behind the address: no second try; the developer needs another channel.
  case addressDead = "address-dead"
  /// This message could not be taken, the address may be good: one more try a day later, then another channel.
  case messageOnly = "message-only"
  /// We did something wrong, or are not trusted: it concerns every notice, and says nothing of the address.
  case ours
  /// Not now.
  case temporary
  /// Failed, and nobody knows why: a person looks.
  case unknown
}
