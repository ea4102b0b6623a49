import Testing

@testable import Transparency

/// A proof that stands alone: entry, proof and public key decide, and nothing else.
@Suite struct LogProofTests {
  private static let origin = "example.com/terms"
  private static var key: NoteSigningKey {
    get throws { try NoteSigningKey(name: origin, seed: Array(0..<32)) }
  }
  private static var keys: [NoteVerifyingKey] {
    get throws { [try key.verifyingKey] }
  }

  private static func proof(_ index: Int, of log: StoredLog, extra: [UInt8]? = nil) throws -> LogProof {
    let checkpoint = try Checkpoint(origin: origin, size: log.size, root: log.root(log.size))
    return LogProof(
      index: index, hashes: try #require(log.inclusionProof(index, log.size)),
      checkpoint: try checkpoint.signed(by: key), extra: extra)
  }

  @Test func `a proof reads as the specification shows one`() throws {
    let log = StoredLog(size: 2)
    let proof = try Self.proof(1, of: log, extra: Array("act.json".utf8))
    let lines = proof.encoded.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(
      lines.prefix(8) == [
        "c2sp.org/tlog-proof@v1", "extra YWN0Lmpzb24=", "index 1",
        Substring(Base64.text(of: log.leaf(0).bytes)), "", "example.com/terms", "2",
        Substring(Base64.text(of: log.root(2).bytes)),
      ])
    #expect(lines.count == 11 && lines[8].isEmpty && lines[9].hasPrefix("— example.com/terms ") && lines[10].isEmpty)
  }

  @Test func `every entry of logs of up to twenty is proved, written, read and checked`() throws {
    for size in 1...20 {
      let log = StoredLog(size: size)
      for index in 0..<size {
        let proof = try Self.proof(index, of: log, extra: index.isMultiple(of: 2) ? nil : [])
        let read = try LogProof(parsing: proof.encoded)
        #expect(read == proof)
        #expect(try read.verify(log.leaf(index), in: Self.origin, keys: Self.keys).size == size)
      }
    }
  }

  @Test func `another entry, another log and another key are told`() throws {
    let log = StoredLog(size: 9)
    let (proof, keys) = (try Self.proof(4, of: log), try Self.keys)
    func words(_ leaf: MerkleHash, _ origin: String, _ keys: [NoteVerifyingKey]) -> String {
      do {
        try proof.verify(leaf, in: origin, keys: keys)
        return ""
      } catch {
        return error.description
      }
    }
    #expect(
      words(log.leaf(5), Self.origin, keys)
        == "the entry is not shown to be number 5 of the log's 9; compare it with what was recorded")
    #expect(
      words(log.leaf(4), "example.com/other", keys)
        == "the checkpoint is one of the log 'example.com/terms', not of 'example.com/other'; ask the right one")
    #expect(
      words(log.leaf(4), Self.origin, [])
        == "none of the known keys has signed the note; name the key of whoever should have")
  }

  @Test func `no byte of a proof can be changed`() throws {
    let log = StoredLog(size: 5)
    let bytes = Array(try Self.proof(3, of: log).encoded.utf8)
    for place in bytes.indices {
      for bit in 0..<8 {
        var changed = bytes
        changed[place] ^= 1 << UInt8(bit)
        let accepted = try? LogProof(parsing: changed).verify(log.leaf(3), in: Self.origin, keys: Self.keys)
        #expect(accepted == nil, "bit \(bit) of byte \(place)")
      }
      let shortened = bytes[..<place]
      #expect((try? LogProof(parsing: shortened).verify(log.leaf(3), in: Self.origin, keys: Self.keys)) == nil)
    }
  }

  private static let root = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="

  @Test(arguments: [
    ("", "line 1 of the proof is not 'c2sp.org/tlog-proof@v1'"),
    ("c2sp.org/tlog-proof@v2\nindex 0\n\n", "line 1 of the proof is not 'c2sp.org/tlog-proof@v1'"),
    ("c2sp.org/tlog-proof@v1\r\nindex 0\n\n", "line 1 of the proof is not 'c2sp.org/tlog-proof@v1'"),
    ("c2sp.org/tlog-proof@v1\n", "line 2 of the proof is not 'index' and the entry's number"),
    ("c2sp.org/tlog-proof@v1\nindex 00\n\n", "line 2 of the proof is not 'index' and the entry's number"),
    ("c2sp.org/tlog-proof@v1\nindex -1\n\n", "line 2 of the proof is not 'index' and the entry's number"),
    ("c2sp.org/tlog-proof@v1\nindex\n\n", "line 2 of the proof is not 'index' and the entry's number"),
    ("c2sp.org/tlog-proof@v1\nextra !\nindex 0\n\n", "line 2 of the proof is not 'extra' and Base64"),
    (
      "c2sp.org/tlog-proof@v1\nextra \nextra \nindex 0\n\n",
      "line 3 of the proof is not 'index' and the entry's number"
    ),
    ("c2sp.org/tlog-proof@v1\nindex 0\nabcd\n\n", "line 3 of the proof is not a hash in Base64"),
    (
      "c2sp.org/tlog-proof@v1\nindex 0\n" + String(repeating: root + "\n", count: 64) + "\n",
      "line 66 of the proof is not a hash in Base64"
    ),
  ])
  func `what is no proof is refused`(_ text: String, _ words: String) {
    let error = #expect(throws: LogProofError.self) { try LogProof(parsing: text) }
    #expect(error?.description == words + "; get it anew, byte for byte")
  }

  @Test func `a proof without its checkpoint is refused`() {
    #expect(throws: LogProofError.checkpoint(.note(.noSignatures))) {
      try LogProof(parsing: "c2sp.org/tlog-proof@v1\nindex 0\n\n")
    }
  }
}
