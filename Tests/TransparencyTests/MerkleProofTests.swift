import Testing

@testable import Transparency

/// The laws of proofs: each agrees with the definition, verifies, reads little, and verifies nothing else.
@Suite struct MerkleProofTests {
  @Test func `every root and proof of logs up to 40 entries is the one that RFC 6962 defines`() {
    let log = StoredLog(size: 40)
    for size in 0...log.size {
      let reference = ReferenceTree(leaves: (0..<size).map(log.leaf)[...])
      let root = reference.root
      #expect(log.root(size) == root, "\(size)")
      for index in 0..<size {
        let proof = log.inclusionProof(index, size)
        #expect(proof == reference.path(index), "entry \(index) of \(size)")
        #expect(
          MerkleTree.verifyInclusion(
            of: log.leaf(index), index: index, size: size, root: root, proof: proof ?? []), "entry \(index) of \(size)")
      }
      for old in stride(from: 1, through: size, by: 1) {
        let proof = log.consistencyProof(old, size)
        #expect(proof == reference.proof(old), "from \(old) to \(size)")
        #expect(
          MerkleTree.verifyConsistency(from: old, log.root(old), to: size, root, proof: proof ?? []),
          "from \(old) to \(size)")
      }
    }
  }

  @Test(arguments: [0x1d_0000, 0x1d_0001, 0x1d_0002, 0x1d_0003])
  func `proofs of logs of any size verify, and read no more than twice the tree's height`(_ seed: UInt64) throws {
    var random = SplitMix(seed: seed)
    let log = StoredLog(size: Int.random(in: 3000...20_000, using: &random))
    for _ in 0..<200 {
      let size = Int.random(in: 1...log.size, using: &random)
      let (index, old) = (Int.random(in: 0..<size, using: &random), Int.random(in: 1...size, using: &random))
      let height = (size - 1).bitWidth - (size - 1).leadingZeroBitCount
      let root = log.root(size)

      log.reads = 0
      let inclusion = try #require(log.inclusionProof(index, size))
      #expect(log.reads <= 2 * height + 1, "seed \(seed), entry \(index) of \(size)")
      #expect(inclusion.count <= height)
      #expect(
        MerkleTree.verifyInclusion(of: log.leaf(index), index: index, size: size, root: root, proof: inclusion),
        "seed \(seed), entry \(index) of \(size)")

      log.reads = 0
      let consistency = try #require(log.consistencyProof(old, size))
      #expect(log.reads <= 2 * height + 1, "seed \(seed), from \(old) to \(size)")
      #expect(consistency.count <= height + 1)
      #expect(
        MerkleTree.verifyConsistency(from: old, log.root(old), to: size, root, proof: consistency),
        "seed \(seed), from \(old) to \(size)")
    }
  }

  @Test func `a frontier taken up from stored hashes goes on as the one that grew`() {
    let log = StoredLog(size: 0)
    for size in 0..<200 {
      var resumed = MerkleFrontier(size: size, hash: log.hash)
      #expect(resumed == log.frontier, "\(size)")
      let entry = Array("entry \(size)".utf8)
      let completed = resumed.append(.leaf(entry))
      log.append(entry)
      #expect(resumed.root == log.frontier.root)
      #expect(completed.count == (size + 1).trailingZeroBitCount, "\(size)")
    }
  }

  @Test(arguments: [(-1, 4), (4, 4), (0, 0), (Int.max, 4), (Int.min, 4), (0, -1)])
  func `there is no proof of an entry that is not there`(_ index: Int, _ size: Int) {
    let log = StoredLog(size: 4)
    #expect(log.inclusionProof(index, size) == nil)
    #expect(!MerkleTree.verifyInclusion(of: log.leaf(0), index: index, size: size, root: log.root(4), proof: []))
  }

  @Test(arguments: [(0, 4), (5, 4), (-1, 4), (Int.min, Int.max)])
  func `there is no proof from a log that is no beginning`(_ old: Int, _ new: Int) {
    let log = StoredLog(size: 4)
    #expect(log.consistencyProof(old, new) == nil)
    #expect(!MerkleTree.verifyConsistency(from: old, log.root(0), to: new, log.root(4), proof: []))
  }

  @Test func `sizes beyond any log are refused and do not run for ever`() {
    let leaf = MerkleHash.leaf([])
    let long = Array(repeating: leaf, count: 10_000)
    #expect(!MerkleTree.verifyInclusion(of: leaf, index: Int.max - 1, size: Int.max, root: leaf, proof: []))
    #expect(!MerkleTree.verifyInclusion(of: leaf, index: 0, size: Int.max, root: leaf, proof: long))
    #expect(!MerkleTree.verifyConsistency(from: Int.max - 1, leaf, to: Int.max, leaf, proof: long))
    #expect(!MerkleTree.verifyConsistency(from: 1, leaf, to: Int.max, leaf, proof: []))
  }

  // MARK: Tampering

  /// Everything that can be done to a list of hashes without knowing better.
  private static func tampered(_ proof: [MerkleHash], _ random: inout SplitMix) -> [[MerkleHash]] {
    var forgeries: [[MerkleHash]] = []
    for place in proof.indices {
      var flipped = proof
      flipped[place] = Self.flipped(proof[place], &random)
      forgeries.append(flipped)
      var shortened = proof
      shortened.remove(at: place)
      forgeries.append(shortened)
      var doubled = proof
      doubled.insert(proof[place], at: place)
      forgeries.append(doubled)
      if place > 0 {
        var swapped = proof
        swapped.swapAt(place, place - 1)
        forgeries.append(swapped)
      }
    }
    forgeries.append(proof + [.ofEmptyLog])
    forgeries.append([.ofEmptyLog] + proof)
    return forgeries
  }

  private static func flipped(_ hash: MerkleHash, _ random: inout SplitMix) -> MerkleHash {
    var bytes = hash.bytes
    bytes[Int.random(in: 0..<32, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    return MerkleHash(bytes: bytes) ?? hash
  }

  @Test func `an altered proof, entry, place or root never shows that an entry is in the log`() throws {
    var random = SplitMix(seed: 0x7a3)
    let log = StoredLog(size: 33)
    for size in 1...log.size {
      let root = log.root(size)
      for index in 0..<size {
        let proof = try #require(log.inclusionProof(index, size))
        func verifies(_ leaf: MerkleHash, _ place: Int, _ root: MerkleHash, _ proof: [MerkleHash]) -> Bool {
          MerkleTree.verifyInclusion(of: leaf, index: place, size: size, root: root, proof: proof)
        }
        for forgery in Self.tampered(proof, &random) {
          #expect(!verifies(log.leaf(index), index, root, forgery), "entry \(index) of \(size)")
        }
        #expect(!verifies(Self.flipped(log.leaf(index), &random), index, root, proof))
        #expect(!verifies(log.leaf(index), index, Self.flipped(root, &random), proof))
        for other in 0..<size where other != index {
          #expect(!verifies(log.leaf(index), other, root, proof), "entry \(index) of \(size) as \(other)")
        }
      }
    }
  }

  @Test func `an altered proof or root never shows that a log only grew`() throws {
    var random = SplitMix(seed: 0x7a4)
    let log = StoredLog(size: 33)
    for new in 1...log.size {
      for old in 1...new {
        let proof = try #require(log.consistencyProof(old, new))
        let (oldRoot, newRoot) = (log.root(old), log.root(new))
        func verifies(_ oldRoot: MerkleHash, _ newRoot: MerkleHash, _ proof: [MerkleHash]) -> Bool {
          MerkleTree.verifyConsistency(from: old, oldRoot, to: new, newRoot, proof: proof)
        }
        for forgery in Self.tampered(proof, &random) {
          #expect(!verifies(oldRoot, newRoot, forgery), "from \(old) to \(new)")
        }
        #expect(!verifies(Self.flipped(oldRoot, &random), newRoot, proof))
        #expect(!verifies(oldRoot, Self.flipped(newRoot, &random), proof))
      }
    }
  }

  @Test func `a log in which one old entry was replaced is no continuation`() throws {
    let honest = StoredLog(size: 50)
    for forgedAt in [0, 1, 7, 19] {
      var entries = (0..<50).map { Array("entry \($0)".utf8) }
      entries[forgedAt] = Array("entry, rewritten".utf8)
      let forged = StoredLog(entries: entries)
      for old in [20, 32, 47, 50] {
        let proof = try #require(forged.consistencyProof(old, 50))
        #expect(!MerkleTree.verifyConsistency(from: old, honest.root(old), to: 50, forged.root(50), proof: proof))
      }
    }
  }
}
