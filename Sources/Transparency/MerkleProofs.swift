/// Roots and proofs over a log (RFC 6962, section 2.1), from the stored hashes of its complete subtrees: each reads and
/// computes a number of hashes that grows with the logarithm of the log's size.
package enum MerkleTree {
  /// The complete subtrees that make up the entries from `start` up to `end`, left to right.
  ///
  /// - Precondition: `start` is where a subtree of the size of the rest can begin, as the proofs below have it.
  static func subtrees(from start: Int, to end: Int) -> [Subtree] {
    var parts: [Subtree] = []
    var next = start
    while next < end {
      var level = (end - next).bitWidth - 1 - (end - next).leadingZeroBitCount
      if next > 0 { level = min(level, next.trailingZeroBitCount) }
      parts.append(Subtree(level: level, position: next >> level))
      next += 1 << level
    }
    return parts
  }

  /// The root of the log's first `size` entries.
  package static func root<Failure: Error>(
    size: Int, hash: (Subtree) throws(Failure) -> MerkleHash
  ) throws(Failure) -> MerkleHash {
    try range(0, size, hash)
  }

  /// The hashes that prove that the entry at `index` (from 0) is in the log of `size` entries, from the leaf upwards.
  /// `nil` where there is no such entry.
  package static func inclusionProof<Failure: Error>(
    index: Int, size: Int, hash: (Subtree) throws(Failure) -> MerkleHash
  ) throws(Failure) -> [MerkleHash]? {
    guard index >= 0, index < size else { return nil }
    var proof: [MerkleHash] = []
    var (start, end) = (0, size)
    while end - start > 1 {
      let middle = start + split(end - start)
      if index < middle {
        proof.append(try range(middle, end, hash))
        end = middle
      } else {
        proof.append(try range(start, middle, hash))
        start = middle
      }
    }
    return proof.reversed()
  }

  /// The hashes that prove that the log of `oldSize` entries is the beginning of the log of `newSize`, in the order of
  /// RFC 6962, section 2.1.2. `nil` where it is not 1 ≤ `oldSize` ≤ `newSize`.
  package static func consistencyProof<Failure: Error>(
    from oldSize: Int, to newSize: Int, hash: (Subtree) throws(Failure) -> MerkleHash
  ) throws(Failure) -> [MerkleHash]? {
    guard oldSize >= 1, oldSize <= newSize else { return nil }
    var proof: [MerkleHash] = []
    var (start, end) = (0, newSize)
    // Whether the part in hand is a whole tree of the old log, whose root the reader knows.
    var isOldRoot = true
    while end != oldSize {
      let middle = start + split(end - start)
      if oldSize <= middle {
        proof.append(try range(middle, end, hash))
        end = middle
      } else {
        proof.append(try range(start, middle, hash))
        start = middle
        isOldRoot = false
      }
    }
    if !isOldRoot { proof.append(try range(start, end, hash)) }
    return proof.reversed()
  }

  /// Whether `proof` shows that the entry with hash `leaf` is the one at `index` (from 0) of the log with that root.
  package static func verifyInclusion(
    of leaf: MerkleHash, index: Int, size: Int, root: MerkleHash, proof: [MerkleHash]
  ) -> Bool {
    guard index >= 0, index < size else { return false }
    var (position, last) = (index, size - 1)
    var hash = leaf
    for sibling in proof {
      guard last > 0 else { return false }
      if position & 1 == 1 || position == last {
        hash = .node(sibling, hash)
        while position & 1 == 0, position > 0 {
          position >>= 1
          last >>= 1
        }
      } else {
        hash = .node(hash, sibling)
      }
      position >>= 1
      last >>= 1
    }
    return last == 0 && hash == root
  }

  /// Whether `proof` shows that the log of `oldSize` entries with `oldRoot` is the beginning of the other.
  package static func verifyConsistency(
    from oldSize: Int, _ oldRoot: MerkleHash, to newSize: Int, _ newRoot: MerkleHash, proof: [MerkleHash]
  ) -> Bool {
    guard oldSize >= 1, oldSize <= newSize else { return false }
    if oldSize == newSize { return proof.isEmpty && oldRoot == newRoot }
    var path = proof[...]
    var (position, last) = (oldSize - 1, newSize - 1)
    while position & 1 == 1 {
      position >>= 1
      last >>= 1
    }
    // Where the old log is one complete tree, its root begins the path; the proof does not repeat it.
    guard let first = position > 0 ? path.popFirst() : oldRoot else { return false }
    var (oldHash, newHash) = (first, first)
    for sibling in path {
      guard last > 0 else { return false }
      if position & 1 == 1 || position == last {
        oldHash = .node(sibling, oldHash)
        newHash = .node(sibling, newHash)
        while position & 1 == 0, position > 0 {
          position >>= 1
          last >>= 1
        }
      } else {
        newHash = .node(newHash, sibling)
      }
      position >>= 1
      last >>= 1
    }
    return last == 0 && oldHash == oldRoot && newHash == newRoot
  }

  /// The root over the entries from `start` up to `end`.
  private static func range<Failure: Error>(
    _ start: Int, _ end: Int, _ hash: (Subtree) throws(Failure) -> MerkleHash
  ) throws(Failure) -> MerkleHash {
    guard end > start else { return .ofEmptyLog }
    var hashes: [MerkleHash] = []
    for subtree in subtrees(from: start, to: end) { hashes.append(try hash(subtree)) }
    var root = hashes[hashes.count - 1]
    for left in hashes.dropLast().reversed() { root = .node(left, root) }
    return root
  }

  /// The largest power of two smaller than `count`, which must be 2 or more.
  private static func split(_ count: Int) -> Int {
    1 << ((count - 1).bitWidth - 1 - (count - 1).leadingZeroBitCount)
  }
}
