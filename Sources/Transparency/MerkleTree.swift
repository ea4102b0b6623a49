internal import Crypto

/// The hash of a leaf or of a subtree of the log (RFC 6962, section 2.1): 32 bytes of SHA-256.
package struct MerkleHash: Hashable, Sendable, CustomStringConvertible {
  package let bytes: [UInt8]

  /// The hash with these bytes, or `nil` where they are not 32.
  package init?(bytes: [UInt8]) {
    guard bytes.count == 32 else { return nil }
    self.bytes = bytes
  }

  /// The hash that 64 hexadecimal digits stand for.
  package init?(hexadecimal text: String) {
    guard let bytes = SHA256Hex.bytes(of: text) else { return nil }
    self.init(bytes: bytes)
  }

  /// The hash in Base64, in its one canonical form.
  package init?(base64 text: some Sequence<UInt8>) {
    guard let bytes = Base64.bytes(of: text) else { return nil }
    self.init(bytes: bytes)
  }

  private init(_ digest: SHA256Digest) {
    bytes = Array(digest)
  }

  /// Lower-case hexadecimal.
  package var description: String { SHA256Hex.text(of: bytes) }

  /// In Base64, as proofs write hashes.
  package var base64: String { Base64.text(of: bytes) }

  /// The root of a log without entries: SHA-256 of nothing.
  package static let ofEmptyLog = MerkleHash(SHA256.hash(data: [UInt8]()))

  /// The hash of an entry: SHA-256 over 0x00 and its bytes.
  package static func leaf(_ entry: [UInt8]) -> MerkleHash {
    var hasher = SHA256()
    hasher.update(data: [0])
    hasher.update(data: entry)
    return MerkleHash(hasher.finalize())
  }

  /// The hash of two subtrees joined: SHA-256 over 0x01 and theirs.
  package static func node(_ left: MerkleHash, _ right: MerkleHash) -> MerkleHash {
    var hasher = SHA256()
    hasher.update(data: [1])
    hasher.update(data: left.bytes)
    hasher.update(data: right.bytes)
    return MerkleHash(hasher.finalize())
  }
}

/// A complete subtree of the log: the 2^level entries from position × 2^level on. Level 0 is the entries themselves.
package struct Subtree: Hashable, Sendable {
  package let level: Int
  package let position: Int

  package init(level: Int, position: Int) {
    self.level = level
    self.position = position
  }

  /// How many subtrees of level 1 and above were complete before this one, entries being appended one by one.
  ///
  /// It numbers the stored hashes from 0 without gaps in the order in which they come into being, so that storing one
  /// is always an append.
  ///
  /// - Precondition: ``level`` is 1 or more; the entries' own hashes are stored with them.
  package var storageIndex: Int {
    precondition(level >= 1, "the hash of an entry is stored with the entry")
    // Entry number `last` completes this subtree. Before it, each entry i completed as many subtrees as i has trailing
    // ones; these add up to last − popcount(last). Of its own, those of lower levels come first.
    let last = (position + 1) << level - 1
    return last - last.nonzeroBitCount + level - 1
  }
}

/// What a growing log must remember to go on growing: the hashes of the complete subtrees that make up its right edge.
package struct MerkleFrontier: Hashable, Sendable {
  /// How many entries the log has.
  package private(set) var size: Int
  /// The complete subtrees that the log is made of, largest first: one for each bit set in ``size``.
  private var edge: [MerkleHash]

  /// The frontier of a log without entries.
  package init() {
    size = 0
    edge = []
  }

  /// The frontier of a log of `size` entries, from its stored hashes.
  package init<Failure: Error>(size: Int, hash: (Subtree) throws(Failure) -> MerkleHash) throws(Failure) {
    self.size = size
    edge = []
    for subtree in MerkleTree.subtrees(from: 0, to: size) { edge.append(try hash(subtree)) }
  }

  /// Appends an entry's hash.
  /// - Returns: the subtrees of level 1 and above that it completes, lowest first, each with its hash.
  package mutating func append(_ leaf: MerkleHash) -> [(Subtree, MerkleHash)] {
    var completed: [(Subtree, MerkleHash)] = []
    var hash = leaf
    var (level, position) = (0, size)
    while position & 1 == 1, let left = edge.popLast() {
      hash = .node(left, hash)
      level += 1
      position >>= 1
      completed.append((Subtree(level: level, position: position), hash))
    }
    edge.append(hash)
    size += 1
    return completed
  }

  /// The root of the log as it stands.
  package var root: MerkleHash {
    guard var root = edge.last else { return .ofEmptyLog }
    for left in edge.dropLast().reversed() { root = .node(left, root) }
    return root
  }
}
