internal import HTTPTypes
internal import Hummingbird
internal import TermsModel
internal import TermsOperations
internal import Transparency

/// The log's signed states and the proofs over it, for whoever checks it; public, as they say nothing of what the acts are.
struct LogPrograms {
  let log: any LogRecord

  private static let text = "text/plain; charset=utf-8"

  func add(to routes: RouteTable) {
    routes.get("/v1/log/checkpoint") { request, _ in
      let query = try Query(request, allowing: ["size"])
      let checkpoint = try await checkpoint(
        try query["size"].map { _ in try query.number("size", in: 0...Int.max, or: 0) })
      return Answer(text: checkpoint.note.encoded, type: Self.text)
    }
    routes.get("/v1/log/proof") { request, _ in
      let query = try Query(request, allowing: ["act", "size", "from", "to"])
      switch (query["act"], query["from"]) {
      case (_?, nil) where query["to"] == nil: return try await inclusion(query)
      case (nil, _?) where query["size"] == nil: return try await consistency(query)
      default:
        throw Problem.badRequest(
          "Which proof?",
          "Give act=NUMBER for a proof that an act is in the log, or from=SIZE and to=SIZE for one that the log only grew."
        )
      }
    }
    routes.get("/v1/log/keys") { request, _ in
      _ = try Query(request, allowing: [])
      let keys = try await log.logKeys()
      return try JSONAnswer.of(
        ListJSON(items: keys.map { LogKeyJSON(key: $0.key.encoded, sinceAct: $0.sequence) }, next: nil))
    }
  }

  private func checkpoint(_ size: Int?) async throws -> StoredCheckpoint {
    guard let size else {
      guard let last = try await log.lastCheckpoint() else { throw Self.noCheckpoint }
      return last
    }
    guard let checkpoint = try await log.checkpoint(size: size) else {
      throw Problem(
        status: .notFound, title: "No such checkpoint",
        detail: "No state of \(size) acts was signed; leave 'size' out for the last one that was.")
    }
    return checkpoint
  }

  /// A proof that stands by itself: with the checkpoint that it leads to (C2SP, `tlog-proof`).
  private func inclusion(_ query: Query) async throws -> Answer {
    let act = try query.number("act", in: 1...Int.max, or: 1)
    let checkpoint = try await checkpoint(
      try query["size"].map { _ in try query.number("size", in: 0...Int.max, or: 0) })
    guard let hashes = try await log.inclusionProof(of: Int64(act), size: checkpoint.size) else {
      throw Problem(
        status: .notFound, title: "No such act",
        detail: "Act \(act) is not among the \(checkpoint.size) under that checkpoint.")
    }
    let proof = LogProof(index: act - 1, hashes: hashes, checkpoint: checkpoint.note)
    return Answer(text: proof.encoded, type: Self.text)
  }

  private func consistency(_ query: Query) async throws -> Answer {
    let from = try query.number("from", in: 1...Int.max, or: 1)
    let last = query["to"] == nil ? try await checkpoint(nil).size : 0
    let to = try query.number("to", in: 1...Int.max, or: last)
    guard let hashes = try await log.consistencyProof(from: from, to: to) else {
      throw Problem(
        status: .notFound, title: "No such proof",
        detail:
          "There is no proof from \(from) to \(to) acts: 'from' must not come after 'to', nor 'to' after the log's end."
      )
    }
    return try JSONAnswer.of(ConsistencyJSON(from: from, to: to, hashes: hashes.map(\.base64)))
  }

  private static let noCheckpoint = Problem(
    status: .notFound, title: "No checkpoint",
    detail: "No state of the log was signed yet; the operator signs one with 'tenor checkpoint'.")
}

struct LogKeyJSON: Encodable {
  let key: String
  /// The number of the act from which on it signs.
  let sinceAct: Int64
}

/// That the first `from` acts of the log are the beginning of its first `to` (RFC 6962, section 2.1.2).
struct ConsistencyJSON: Encodable {
  let from: Int
  let to: Int
  /// In Base64.
  let hashes: [String]
}
