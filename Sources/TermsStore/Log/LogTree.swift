internal import Foundation
internal import GRDB
internal import Synchronization
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

/// The right edge of the log as this process last left it, so that a run of acts need not read it back for each.
///
/// The log is only ever appended to: an edge of as many entries as the log has is the log's.
final class LogEdge: Sendable {
  private let edge = Mutex<MerkleFrontier?>(nil)

  /// That of the last committed act.
  var last: MerkleFrontier? {
    get { edge.withLock { $0 } }
    set { edge.withLock { $0 = newValue } }
  }
}

extension MerkleHash {
  var data: Data { Data(bytes) }
}
