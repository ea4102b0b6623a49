import Testing

@testable import Transparency

/// The tree against vectors that others published.
///
/// The eight entries and their roots and proofs are those of the test suite of Google's certificate-transparency, which
/// every implementation of RFC 6962 and RFC 9162 is tried with.
@Suite struct MerkleTests {
  private static let entries: [[UInt8]] = [
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
  ].map { SHA256Hex.bytes(of: $0)! }

  private static let roots = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
  ]

  @Test func `the empty log and a leaf of nothing hash as RFC 6962 has it`() {
    #expect("\(MerkleHash.ofEmptyLog)" == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect("\(MerkleHash.leaf([]))" == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")
    #expect(MerkleFrontier().root == .ofEmptyLog)
    #expect(StoredLog(entries: []).root(0) == .ofEmptyLog)
  }

  @Test func `the roots of one to eight entries, grown one by one and read from stored hashes`() {
    var frontier = MerkleFrontier()
    let log = StoredLog(entries: Self.entries)
    for (index, entry) in Self.entries.enumerated() {
      _ = frontier.append(.leaf(entry))
      #expect("\(frontier.root)" == Self.roots[index], "\(index + 1) entries, grown")
      #expect("\(log.root(index + 1))" == Self.roots[index], "\(index + 1) entries, read")
    }
  }

  @Test(arguments: [
    (0, 1, [], "a log of one entry is its own proof"),
    (
      0, 8,
      [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
      ], "the first of a complete tree: all siblings on the right"
    ),
    (
      5, 8,
      [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      ], "siblings on both sides"
    ),
    (
      2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
      "the last of an odd number skips a level"
    ),
    (
      1, 5,
      [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
      ], "the last sibling is a lone entry"
    ),
  ])
  func `published proofs that an entry is in the log`(
    _ index: Int, _ size: Int, _ expected: [String], _ because: String
  ) throws {
    let log = StoredLog(entries: Self.entries)
    let proof = try #require(log.inclusionProof(index, size))
    #expect(proof.map(\.description) == expected, "\(because)")
    let root = try #require(MerkleHash(hexadecimal: Self.roots[size - 1]))
    #expect(
      MerkleTree.verifyInclusion(
        of: .leaf(Self.entries[index]), index: index, size: size, root: root, proof: proof))
  }

  @Test(arguments: [
    (1, 1, [], "a log is the beginning of itself"),
    (
      1, 8,
      [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
      ], "the old log is one complete tree, which the proof does not repeat"
    ),
    (
      6, 8,
      [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      ], "the old log is two complete trees"
    ),
    (
      2, 5,
      [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
      ], "the new log ends with a lone entry"
    ),
  ])
  func `published proofs that one log is the beginning of another`(
    _ old: Int, _ new: Int, _ expected: [String], _ because: String
  ) throws {
    let proof = try #require(StoredLog(entries: Self.entries).consistencyProof(old, new))
    #expect(proof.map(\.description) == expected, "\(because)")
    let (oldRoot, newRoot) = (
      try #require(MerkleHash(hexadecimal: Self.roots[old - 1])),
      try #require(MerkleHash(hexadecimal: Self.roots[new - 1]))
    )
    #expect(MerkleTree.verifyConsistency(from: old, oldRoot, to: new, newRoot, proof: proof))
  }

  /// The example of RFC 6962, section 2.1.3: seven entries, named after its figure.
  @Test func `the proofs of the tree of seven in RFC 6962, section 2.1.3`() throws {
    let entries = (0..<7).map { [UInt8]("d\($0)".utf8) }
    let log = StoredLog(entries: entries)
    let (a, b, c, d, e, f, j) = (
      log.leaf(0), log.leaf(1), log.leaf(2), log.leaf(3), log.leaf(4), log.leaf(5), log.leaf(6)
    )
    let (g, h, i) = (MerkleHash.node(a, b), MerkleHash.node(c, d), MerkleHash.node(e, f))
    let (k, l) = (MerkleHash.node(g, h), MerkleHash.node(i, j))
    #expect(log.inclusionProof(0, 7) == [b, h, l])
    #expect(log.inclusionProof(3, 7) == [c, g, l])
    #expect(log.inclusionProof(4, 7) == [f, j, k])
    #expect(log.inclusionProof(6, 7) == [i, k])
    #expect(log.consistencyProof(3, 7) == [c, d, g, l])
    #expect(log.consistencyProof(4, 7) == [l])
    #expect(log.consistencyProof(6, 7) == [i, j, k])
  }

  @Test func `a leaf can never pass for a node`() {
    let (left, right) = (MerkleHash.leaf([1]), MerkleHash.leaf([2]))
    #expect(MerkleHash.leaf(left.bytes + right.bytes) != .node(left, right))
    #expect(MerkleHash.leaf([1] + left.bytes + right.bytes) != .node(left, right))
  }

  @Test(
    arguments: [
      ("", nil), ("00", nil), (String(repeating: "0", count: 63), nil), (String(repeating: "g", count: 64), nil),
      (String(repeating: "0", count: 66), nil),
      (String(repeating: "AB", count: 32), String(repeating: "ab", count: 32)),
    ] as [(String, String?)])
  func `a hash is 64 hexadecimal digits and nothing else`(_ text: String, _ expected: String?) {
    #expect(MerkleHash(hexadecimal: text)?.description == expected)
  }
}
