@testable import Transparency

/// A log that remembers what the record's tables remember: the hashes of its entries, and those of complete subtrees in
/// the order in which they came into being. It counts how many of them are read.
final class StoredLog {
  private var leaves: [MerkleHash] = []
  private var subtrees: [MerkleHash] = []
  private(set) var frontier = MerkleFrontier()
  var reads = 0

  init(entries: [[UInt8]]) {
    for entry in entries { append(entry) }
  }

  /// A log of so many entries, each its number in text.
  convenience init(size: Int) {
    self.init(entries: (0..<size).map { Array("entry \($0)".utf8) })
  }

  var size: Int { leaves.count }

  func append(_ entry: [UInt8]) {
    let leaf = MerkleHash.leaf(entry)
    leaves.append(leaf)
    for (subtree, hash) in frontier.append(leaf) {
      precondition(subtree.storageIndex == subtrees.count, "the hashes are stored without gaps: \(subtree)")
      subtrees.append(hash)
    }
  }

  func leaf(_ index: Int) -> MerkleHash { leaves[index] }

  func hash(_ subtree: Subtree) -> MerkleHash {
    reads += 1
    return subtree.level == 0 ? leaves[subtree.position] : subtrees[subtree.storageIndex]
  }

  func root(_ size: Int) -> MerkleHash { MerkleTree.root(size: size, hash: hash) }

  func inclusionProof(_ index: Int, _ size: Int) -> [MerkleHash]? {
    MerkleTree.inclusionProof(index: index, size: size, hash: hash)
  }

  func consistencyProof(_ old: Int, _ new: Int) -> [MerkleHash]? {
    MerkleTree.consistencyProof(from: old, to: new, hash: hash)
  }
}

/// Roots and proofs word for word as RFC 6962, section 2.1, defines them, over all leaves: slow and plain.
struct ReferenceTree {
  let leaves: ArraySlice<MerkleHash>

  var root: MerkleHash {
    guard leaves.count > 1 else { return leaves.first ?? .ofEmptyLog }
    let (left, right) = halves
    return .node(left.root, right.root)
  }

  /// PATH(m, D[n]).
  func path(_ index: Int) -> [MerkleHash] {
    guard leaves.count > 1 else { return [] }
    let (left, right) = halves
    let k = left.leaves.count
    return index < k ? left.path(index) + [right.root] : right.path(index - k) + [left.root]
  }

  /// PROOF(m, D[n]) = SUBPROOF(m, D[n], true).
  func proof(_ old: Int) -> [MerkleHash] { subproof(old, true) }

  private func subproof(_ m: Int, _ isWhole: Bool) -> [MerkleHash] {
    if m == leaves.count { return isWhole ? [] : [root] }
    let (left, right) = halves
    let k = left.leaves.count
    return m <= k ? left.subproof(m, isWhole) + [right.root] : right.subproof(m - k, false) + [left.root]
  }

  private var halves: (ReferenceTree, ReferenceTree) {
    var k = 1
    while k * 2 < leaves.count { k *= 2 }
    return (ReferenceTree(leaves: leaves.prefix(k)), ReferenceTree(leaves: leaves.dropFirst(k)))
  }
}
