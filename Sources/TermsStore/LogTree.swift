internal import Foundation
internal import GRDB
internal import Transparency

/// The stored hashes of the log: those of the entries beside them, those of the subtrees in a table of their own.
struct LogTree {
  private let db: Database

  init(_ db: Database) {
    self.db = db
  }

  func frontier(size: Int) throws -> MerkleFrontier {
    try MerkleFrontier(size: size) { subtree in try hash(of: subtree) }
  }

  func hash(of subtree: Subtree) throws -> MerkleHash {
    let data: Data? =
      if subtree.level == 0 {
        try db.one(Data.self, "SELECT leaf_hash FROM acts WHERE sequence = ?", [subtree.position + 1])
      } else {
        try db.one(Data.self, "SELECT hash FROM subtrees WHERE number = ?", [subtree.storageIndex + 1])
      }
    guard let data, let hash = MerkleHash(bytes: Array(data)) else {
      throw StoreError.damaged(
        path: db.description,
        detail: "the log's hash at level \(subtree.level), position \(subtree.position) is missing")
    }
    return hash
  }
}

extension MerkleHash {
  var data: Data { Data(bytes) }
}
