import Testing

@testable import Transparency

/// Checkpoints: what they say, what is believed of them, and that a log can only grow.
@Suite struct CheckpointTests {
  private static let origin = "example.com/terms"
  private static var key: NoteSigningKey {
    get throws { try NoteSigningKey(name: origin, seed: Array(0..<32)) }
  }
  private static var keys: [NoteVerifyingKey] {
    get throws { [try key.verifyingKey] }
  }

  private static func checkpoint(_ log: StoredLog, _ size: Int, origin: String = origin) throws -> Checkpoint {
    try Checkpoint(origin: origin, size: size, root: log.root(size))
  }

  /// A checkpoint of the checksum database of Go modules, the oldest log in this format, with its published key. The
  /// specification's own example is this one under another name, so that its signature is none.
  @Test func `a checkpoint of a log of the world outside verifies`() throws {
    let note = try SignedNote(
      parsing: """
        go.sum database tree
        20852163
        CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

        — sum.golang.org Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=

        """)
    let key = try NoteVerifyingKey(parsing: "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8")
    let checkpoint = try Checkpoint(opening: note, of: "go.sum database tree", keys: [key])
    #expect(checkpoint.size == 20_852_163)
    #expect("\(checkpoint.root)" == "0ac5186a91863e8e1d90c808014aa89bf5da8e3ee1d9f07630f0378f68f1ab62")
    #expect(checkpoint.text == note.text)

    let renamed = SignedNote(
      text: note.text.replacing("go.sum database tree", with: "example.com/behind-the-sofa"),
      signatures: note.signatures)
    #expect(throws: CheckpointError.note(.wrongSignature(name: "sum.golang.org", keyID: 0x033d_e0ae))) {
      try Checkpoint(opening: renamed, of: "example.com/behind-the-sofa", keys: [key])
    }
  }

  @Test func `a checkpoint is three lines, and its extensions`() throws {
    let root = MerkleHash.ofEmptyLog
    #expect(
      try Checkpoint(origin: Self.origin, size: 0, root: root).text
        == "example.com/terms\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")
    let extended = try Checkpoint(origin: "Größe und Form", size: 12, root: root, extensions: ["one", "two"])
    #expect(try Checkpoint(parsing: extended.text) == extended)
  }

  @Test(arguments: [
    ("", "line 1 of the checkpoint is not the log's name"),
    ("a\n", "line 2 of the checkpoint is not the number of entries"),
    ("a\n1\n", "line 3 of the checkpoint is not the root in Base64"),
    ("a\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", "line 3 of the checkpoint is not a whole line"),
    ("\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", "line 1 of the checkpoint is not the log's name"),
    ("a\n01\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", "line 2 of the checkpoint is not the number of entries"),
    ("a\n-1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", "line 2 of the checkpoint is not the number of entries"),
    ("a\n+1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", "line 2 of the checkpoint is not the number of entries"),
    (
      "a\n9223372036854775808\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
      "line 2 of the checkpoint is not the number of entries"
    ),
    ("a\n1\n47DEQpj8\n", "line 3 of the checkpoint is not the root in Base64"),
    ("a\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n", "line 3 of the checkpoint is not the root in Base64"),
    (
      "a\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\nb\n",
      "line 4 of the checkpoint is not a line that is not empty"
    ),
  ])
  func `what is no checkpoint is refused`(_ text: String, _ words: String) {
    let error = #expect(throws: CheckpointError.self) { try Checkpoint(parsing: text) }
    #expect(error?.description == words + "; get it anew, byte for byte")
  }

  @Test func `a checkpoint cannot be made of what are no lines`() {
    #expect(throws: CheckpointError.malformed(line: 1, expected: "the log's name")) {
      try Checkpoint(origin: "a\nb", size: 1, root: .ofEmptyLog)
    }
    #expect(throws: CheckpointError.malformed(line: 2, expected: "the number of entries")) {
      try Checkpoint(origin: "a", size: -1, root: .ofEmptyLog)
    }
    #expect(throws: CheckpointError.malformed(line: 5, expected: "a line that is not empty")) {
      try Checkpoint(origin: "a", size: 1, root: .ofEmptyLog, extensions: ["x", ""])
    }
  }

  @Test func `a checkpoint is believed of the log that is asked about, and signed by its key`() throws {
    let log = StoredLog(size: 7)
    let checkpoint = try Self.checkpoint(log, 7)
    let note = try SignedNote(parsing: checkpoint.signed(by: Self.key).encoded)
    #expect(try Checkpoint(opening: note, of: Self.origin, keys: Self.keys) == checkpoint)

    let other = #expect(throws: CheckpointError.self) {
      try Checkpoint(opening: note, of: "example.com/other", keys: Self.keys)
    }
    #expect(
      other?.description
        == "the checkpoint is one of the log 'example.com/terms', not of 'example.com/other'; ask the right one")
    #expect(throws: CheckpointError.note(.noKnownSignature)) {
      try Checkpoint(opening: note, of: Self.origin, keys: [])
    }
    let forged = SignedNote(text: note.text.replacing("\n7\n", with: "\n8\n"), signatures: note.signatures)
    #expect(throws: CheckpointError.self) { try Checkpoint(opening: forged, of: Self.origin, keys: Self.keys) }
  }

  @Test func `a checkpoint signed by an old and a new key is believed by who knows either`() throws {
    let log = StoredLog(size: 3)
    let new = try NoteSigningKey(name: Self.origin, seed: Array(repeating: 7, count: 32))
    let note = try Self.checkpoint(log, 3).signed(by: try Self.key).signed(by: new)
    for keys in try [Self.keys, [new.verifyingKey], Self.keys + [new.verifyingKey]] {
      #expect(try Checkpoint(opening: note, of: Self.origin, keys: keys).size == 3)
    }
  }

  // MARK: Growth

  @Test func `a log that only grew is shown to have grown, from every size to every size`() throws {
    let log = StoredLog(size: 20)
    for new in 0...20 {
      for old in 0...new {
        let proof = log.consistencyProof(old, new) ?? []
        #expect(throws: Never.self, "from \(old) to \(new)") {
          try Self.checkpoint(log, old).checkGrowth(to: Self.checkpoint(log, new), proof: proof)
        }
      }
    }
  }

  @Test func `what did not only grow is told by what was done to it`() throws {
    let log = StoredLog(size: 20)
    let rewritten = StoredLog(entries: (0..<20).map { Array("another \($0)".utf8) })
    let proof = log.consistencyProof(5, 9) ?? []
    let old = try Self.checkpoint(log, 5)
    func words(_ newer: Checkpoint, _ proof: [MerkleHash]) -> String {
      do {
        try old.checkGrowth(to: newer, proof: proof)
        return ""
      } catch {
        return error.description
      }
    }
    #expect(
      words(try Self.checkpoint(log, 4), [])
        == "the log had 5 entries and has 4 now: entries were taken back; keep both checkpoints as evidence")
    #expect(
      words(try Self.checkpoint(rewritten, 5), [])
        == "the log shows two different states of 5 entries; keep both checkpoints as evidence")
    let inconsistent =
      "the log of 9 entries is not shown to continue that of 5; ask for the proof again, and keep both checkpoints as "
      + "evidence if it stays so"
    #expect(words(try Self.checkpoint(log, 9), Array(proof.dropLast())) == inconsistent)
    #expect(words(try Self.checkpoint(rewritten, 9), proof) == inconsistent)
    #expect(words(try Self.checkpoint(rewritten, 9), rewritten.consistencyProof(5, 9) ?? []) == inconsistent)
    #expect(
      words(try Self.checkpoint(log, 9, origin: "example.com/other"), proof)
        == "the checkpoint is one of the log 'example.com/other', not of 'example.com/terms'; ask the right one")
  }

  @Test func `an empty log has one root, and grows without a proof`() throws {
    let log = StoredLog(size: 3)
    let wrong = try Checkpoint(origin: Self.origin, size: 0, root: log.root(1))
    #expect(throws: CheckpointError.inconsistent(from: 0, to: 3)) {
      try wrong.checkGrowth(to: Self.checkpoint(log, 3), proof: [])
    }
    #expect(throws: CheckpointError.inconsistent(from: 0, to: 3)) {
      try Self.checkpoint(log, 0).checkGrowth(to: Self.checkpoint(log, 3), proof: [log.root(3)])
    }
    #expect(throws: CheckpointError.inconsistent(from: 3, to: 3)) {
      try Self.checkpoint(log, 3).checkGrowth(to: Self.checkpoint(log, 3), proof: [log.root(3)])
    }
  }
}
