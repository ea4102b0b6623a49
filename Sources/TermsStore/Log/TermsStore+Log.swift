internal import GRDB
package import TermsOperations
package import Transparency

/// The log as a tree (RFC 6962): its root, and proofs from the stored hashes, in as many reads as the tree is high.
extension TermsStore {
  package func line(_ sequence: Int64) async throws -> LogLine? {
    try await read { db in
      try db.one(String.self, "SELECT json FROM acts WHERE sequence = ?", [sequence]).map { json in
        LogLine(sequence: sequence, json: Array(json.utf8))
      }
    }
  }

  /// How many acts are on record.
  package func logSize() async throws -> Int {
    try await read { db in try Self.logSize(db) }
  }

  /// The root over the log's first `size` acts; `nil` where it has not so many.
  package func logRoot(size: Int) async throws -> MerkleHash? {
    try await read { db in
      guard size >= 0, try size <= Self.logSize(db) else { return nil }
      return try MerkleTree.root(size: size) { subtree in try LogTree(db).hash(of: subtree) }
    }
  }

  /// The proof that the act numbered `sequence` (from 1) is among the log's first `size`; `nil` where it is not.
  ///
  /// Proofs count entries from 0: the act's index is `sequence` − 1.
  package func inclusionProof(of sequence: Int64, size: Int) async throws -> [MerkleHash]? {
    try await read { db in
      guard sequence >= 1, let index = Int(exactly: sequence - 1), try size <= Self.logSize(db) else { return nil }
      return try MerkleTree.inclusionProof(index: index, size: size) { subtree in
        try LogTree(db).hash(of: subtree)
      }
    }
  }

  /// The proof that the log's first `newSize` acts begin with its first `oldSize`; `nil` where it has not so many, or
  /// not 1 ≤ `oldSize` ≤ `newSize`.
  package func consistencyProof(from oldSize: Int, to newSize: Int) async throws -> [MerkleHash]? {
    try await read { db in
      guard try newSize <= Self.logSize(db) else { return nil }
      return try MerkleTree.consistencyProof(from: oldSize, to: newSize) { subtree in
        try LogTree(db).hash(of: subtree)
      }
    }
  }

  static func logSize(_ db: Database) throws -> Int {
    try db.one(Int.self, "SELECT coalesce(max(sequence), 0) FROM acts", []) ?? 0
  }
}
