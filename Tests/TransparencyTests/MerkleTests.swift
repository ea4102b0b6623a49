import Testing

@testable import Transparency

@Suite struct `The tree over the log` {
  @Test func `the empty log and a leaf of nothing hash as RFC 6962 has it`() {
    #expect(
      "\(MerkleHash.ofEmptyLog)" == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect("\(MerkleHash.leaf([]))" == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")
  }
}
