package import TermsModel

/// An answer that was given, to be given again.
package struct RepeatableAnswer: Hashable, Sendable {
  package let status: Int
  package let location: String?
  package let body: String?

  package init(status: Int, location: String?, body: String?) {
    self.status = status
    self.location = location
    self.body = body
  }
}

/// What is known of a request that carries a key.
package enum RepeatedRequest: Hashable, Sendable {
  /// The first of its key: it is to be answered, and the answer kept.
  case first
  case answered(RepeatableAnswer)
  /// The first one is still being answered.
  case underway
  /// The key was used for another request.
  case different
}

/// Where answers to requests with an `Idempotency-Key` are kept for a day.
package protocol RepeatableAnswers: Sendable {
  /// Takes a key, or says what is known of it.
  func begin(_ key: String, of asker: String, requestSHA256: String, at moment: Instant) async throws -> RepeatedRequest
  /// Keeps the answer; with `nil` gives the key back, so that the request can be tried again.
  func finish(_ key: String, of asker: String, with answer: RepeatableAnswer?) async throws
}
