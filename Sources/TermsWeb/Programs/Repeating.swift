internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import TermsModel
internal import TermsOperations
internal import Transparency

/// Does what a request asks for once, however often it arrives with the same `Idempotency-Key`.
struct Repeating: Sendable {
  let answers: any RepeatableAnswers
  let now: @Sendable () -> Instant

  /// - Parameter act: does it, and gives the answer. What it throws is no answer that is kept: the request can be sent again.
  func once(
    _ request: Request, by asker: Asker, bytes: [UInt8], _ act: () async throws -> Answer
  ) async throws -> Answer {
    guard let key = request.headers[.idempotencyKey] else { return try await act() }
    let plain = key.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    guard plain, (1...255).contains(key.utf8.count) else {
      throw Problem.badRequest("Not a key", "'Idempotency-Key' takes 1 to 255 visible ASCII characters.")
    }
    let digest = SHA256Hex.digest(of: Array("\(request.method.rawValue) \(request.uri.string)\n".utf8) + bytes)
    switch try await answers.begin(key, of: asker.actor, requestSHA256: digest, at: now()) {
    case .first: break
    case .answered(let kept): return Self.again(kept)
    case .underway:
      throw Problem(
        status: .conflict, title: "Still underway",
        detail: "The first request with this Idempotency-Key is still being answered; try again in a moment.",
        headers: [.retryAfter: "1"])
    case .different:
      throw Problem(
        status: .unprocessableContent, title: "Another request",
        detail: "This Idempotency-Key was used for another request; choose a new one.")
    }
    do {
      let answer = try await act()
      let kept = RepeatableAnswer(
        status: answer.status.code, location: answer.headers[.location], body: String(buffer: answer.bytes))
      try await answers.finish(key, of: asker.actor, with: kept)
      return answer
    } catch {
      try await answers.finish(key, of: asker.actor, with: nil)
      throw error
    }
  }

  private static func again(_ kept: RepeatableAnswer) -> Answer {
    var answer = Answer(text: kept.body ?? "", type: "application/json", cached: "no-store")
    answer.status = HTTPResponse.Status(code: kept.status)
    answer.headers[.location] = kept.location
    answer.headers[.idempotencyReplayed] = "true"
    return answer
  }
}
