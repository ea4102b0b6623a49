import TermsModel
import TermsOperations
import Testing
import Transparency

@testable import TermsStore

/// The log on record as a tree: every act is provably in it, and it provably only grew.
@Suite struct LogTests {
  @Test func `every act is proved to be in the log, at every size, and the log to have grown`() async throws {
    let store = try TermsStore.inMemory()
    #expect(try await store.logSize() == 0)
    #expect(try await store.logRoot(size: 0) == .ofEmptyLog)
    try await Sample.store(store, developers: Array(1...9))
    let size = try await store.logSize()
    #expect(size == 20)
    let leaves = try await store.log(after: 0, limit: 100).map { entry in
      try MerkleHash.leaf(LogEntry.json(of: entry.act, on: entry.occasion, by: entry.actor))
    }
    #expect(leaves.count == size)
    for new in 1...size {
      let root = try #require(try await store.logRoot(size: new))
      for sequence in 1...new {
        let proof = try #require(try await store.inclusionProof(of: Int64(sequence), size: new))
        #expect(
          MerkleTree.verifyInclusion(
            of: leaves[sequence - 1], index: sequence - 1, size: new, root: root, proof: proof))
        let growth = try #require(try await store.consistencyProof(from: sequence, to: new))
        let oldRoot = try #require(try await store.logRoot(size: sequence))
        #expect(MerkleTree.verifyConsistency(from: sequence, oldRoot, to: new, root, proof: growth))
      }
    }
  }

  @Test func `there is no proof of acts that are not on record`() async throws {
    let store = try TermsStore.inMemory()
    try await Sample.store(store, developers: [1])
    #expect(try await store.logSize() == 4)
    #expect(try await store.logRoot(size: 5) == nil)
    #expect(try await store.logRoot(size: -1) == nil)
    #expect(try await store.inclusionProof(of: 5, size: 4) == nil)
    #expect(try await store.inclusionProof(of: 0, size: 4) == nil)
    #expect(try await store.inclusionProof(of: .min, size: 4) == nil)
    #expect(try await store.inclusionProof(of: 4, size: 5) == nil)
    #expect(try await store.consistencyProof(from: 0, to: 4) == nil)
    #expect(try await store.consistencyProof(from: 4, to: 5) == nil)
    #expect(try await store.consistencyProof(from: 4, to: 3) == nil)
  }
}
