import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import TermsModel
import TermsOperations
import TermsStore
import Testing
import Transparency

@testable import TermsWeb

/// The log's signed states and the proofs over it, for programs that check it.
@Suite struct LogProgramTests {
  private static func key(_ number: UInt8 = 1) throws -> NoteSigningKey {
    try NoteSigningKey(name: "terms.example/log", seed: Array(repeating: number, count: 32))
  }

  /// A service whose log was signed twice, at seven acts and at nine.
  private static func harbor() async throws -> WebHarbor {
    let harbor = try await WebHarbor(host: "0.0.0.0")
    let keeper = LogKeeper(log: harbor.store, now: { harbor.clock.now }, actor: "tester")
    try await keeper.adopt(key().verifyingKey)
    _ = try await keeper.checkpoint(by: key())
    try await harbor.registry.addDeveloper(
      NewDeveloper(
        id: DeveloperID(rawValue: "ada").unsafelyUnwrapped, email: nil, name: nil,
        region: Region(rawValue: "US").unsafelyUnwrapped, at: nil))
    _ = try await keeper.checkpoint(by: key())
    return harbor
  }

  @Test func `whoever has the key checks the log with nothing but these answers`() async throws {
    let harbor = try await Self.harbor()
    let keys = try await harbor.ask(.get, "/v1/log/keys").json()
    let published = try #require((keys["items"] as? [[String: Any]])?.first?["key"] as? String)
    let key = try NoteVerifyingKey(parsing: published)
    #expect(key == (try Self.key().verifyingKey))
    func checkpoint(_ path: String) async throws -> Checkpoint {
      let reply = try await harbor.ask(.get, path)
      #expect(reply.headers[.contentType] == "text/plain; charset=utf-8")
      return try Checkpoint(opening: SignedNote(parsing: reply.body), of: key.name, keys: [key])
    }
    let new = try await checkpoint("/v1/log/checkpoint")
    let old = try await checkpoint("/v1/log/checkpoint?size=\(new.size - 2)")
    let growth = try await harbor.ask(.get, "/v1/log/proof?from=\(old.size)&to=\(new.size)")
    #expect(growth.headers[.contentType] == "application/json")
    let hashes = try #require(try growth.json()["hashes"] as? [String]).map { text in
      try #require(MerkleHash(bytes: Array(Data(base64Encoded: text) ?? Data())))
    }
    try old.checkGrowth(to: new, proof: hashes)
    #expect(try await harbor.ask(.get, "/v1/log/proof?from=\(old.size)").body == growth.body)
    for entry in try await harbor.store.log(after: 0, limit: 100) where entry.occasion.sequence <= new.size {
      let reply = try await harbor.ask(.get, "/v1/log/proof?act=\(entry.occasion.sequence)")
      let proof = try LogProof(parsing: reply.body)
      let leaf = try #require(MerkleHash(hexadecimal: entry.leafHash))
      #expect(try proof.verify(leaf, in: key.name, keys: [key]) == new)
    }
    let early = try await harbor.ask(.get, "/v1/log/proof?act=1&size=\(old.size)")
    #expect(try LogProof(parsing: early.body).checkpoint.text == old.text)
  }

  @Test(arguments: [
    ("/v1/log/checkpoint?size=3", 404, "No state of 3 acts was signed; leave 'size' out for the last one that was."),
    ("/v1/log/checkpoint?size=x", 400, "'size' takes a number"),
    (
      "/v1/log/proof", 400,
      "Give act=NUMBER for a proof that an act is in the log, or from=SIZE and to=SIZE for one that the log only grew."
    ),
    ("/v1/log/proof?act=1&from=1", 400, "Give act=NUMBER"), ("/v1/log/proof?act=1&to=1", 400, "Give act=NUMBER"),
    ("/v1/log/proof?from=1&size=1", 400, "Give act=NUMBER"), ("/v1/log/proof?act=0", 400, "'act' takes a number"),
    ("/v1/log/proof?act=99", 404, "Act 99 is not among the"),
    ("/v1/log/proof?act=9223372036854775807", 404, "is not among the"),
    ("/v1/log/proof?from=3&to=2", 404, "There is no proof from 3 to 2 acts"),
    ("/v1/log/proof?from=3&to=99", 404, "nor 'to' after the log's end"),
  ])
  func `a question that cannot be answered says why`(_ path: String, _ status: Int, _ words: String) async throws {
    let reply = try await Self.harbor().ask(.get, path)
    #expect(reply.status == status, "\(reply.body)")
    #expect(reply.body.contains(words), "\(reply.body)")
  }

  @Test func `a bundle is handed out to those who may read it, and checks`() async throws {
    let harbor = try await Self.harbor()
    let path = "/v1/developers/dev-42/evidence?document=connector-terms&at=2026-01-15"
    #expect(try await harbor.ask(.get, path).status == 401)
    let other = try await harbor.bearer(.developer(DeveloperID(rawValue: "ada").unsafelyUnwrapped))
    #expect(try await harbor.ask(.get, path, headers: other).status == 403)
    let own = try await harbor.bearer(.developer(WebHarbor.developer))
    let bytes = try await Application(router: harbor.service.makeRouter()).test(.router) { client in
      try await client.execute(uri: path, method: .get, headers: own) { response in
        #expect(response.status == .ok)
        #expect(response.headers[.contentType] == "application/zip")
        #expect(response.headers[.contentDisposition] == "attachment; filename=\"evidence-connector-terms.zip\"")
        return Array(response.body.readableBytesView)
      }
    }
    let report = checkEvidence(bytes, trusted: try Self.key().verifyingKey)
    #expect(report.problems == [])
    #expect(report.answer == "dev-42 · connector-terms · 2026-01-15: version 2025-12-17")
    let without = try await harbor.ask(.get, "/v1/developers/dev-42/evidence", headers: own)
    #expect(without.status == 400 && without.body.contains("Add document=SLUG."))
    let unsigned = try await WebHarbor()
    let refused = try await unsigned.ask(.get, path, headers: try await unsigned.bearer(.operator))
    #expect(
      refused.status == 422 && refused.body.contains("the operator signs one with 'tenor checkpoint'"),
      "\(refused.body)")
  }

  @Test func `a log that was never signed says so`() async throws {
    let harbor = try await WebHarbor()
    for path in ["/v1/log/checkpoint", "/v1/log/proof?act=1", "/v1/log/proof?from=1"] {
      let reply = try await harbor.ask(.get, path)
      #expect(reply.status == 404)
      #expect(
        reply.body.contains(
          "No state of the log was signed yet; the operator signs one with 'tenor checkpoint'."), "\(reply.body)")
    }
    #expect(try await harbor.ask(.get, "/v1/log/keys").json()["items"] as? [String] == [])
  }
}
