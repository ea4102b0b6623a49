internal import Foundation
internal import GRDB
package import TermsModel
package import TermsOperations
internal import Transparency

/// The log's keys and signed states.
extension TermsStore {
  package func logKeys() async throws -> [LogKey] {
    try await read(Self.logKeys)
  }

  package func lastCheckpoint() async throws -> StoredCheckpoint? {
    try await read(Self.lastCheckpoint)
  }

  package func firstCheckpoint(covering sequence: Int64) async throws -> StoredCheckpoint? {
    try await read { db in
      // The act that records a checkpoint comes after all that is under it.
      try db.row("SELECT * FROM checkpoints WHERE sequence > ? ORDER BY sequence LIMIT 1", [sequence])
        .map(Self.checkpoint)
    }
  }

  package func checkpoint(size: Int) async throws -> StoredCheckpoint? {
    try await read { db in
      try db.row("SELECT * FROM checkpoints WHERE size = ?", [size]).map(Self.checkpoint)
    }
  }

  package func witnesses(of size: Int) async throws -> [LogAct.Witness] {
    try await read { db in
      try db.rows(
        """
        SELECT * FROM witnesses WHERE size = ? AND sequence NOT IN (SELECT witness FROM witness_drops) ORDER BY sequence
        """, [size]
      ).map(Self.witness)
    }
  }

  package func witnessed(upTo size: Int) async throws -> [WitnessedCheckpoint] {
    try await read { db in
      try db.rows(
        """
        SELECT checkpoints.*, witnesses.sequence AS said, kind, witness, bytes
        FROM witnesses JOIN checkpoints USING (size)
        WHERE size <= ? AND witnesses.sequence NOT IN (SELECT witness FROM witness_drops) ORDER BY witnesses.sequence
        """, [size]
      ).map { row in
        WitnessedCheckpoint(act: row["said"], checkpoint: try Self.checkpoint(row), witness: try Self.witness(row))
      }
    }
  }

  package func record(
    by actor: String, at recordedAt: Instant, _ make: @escaping @Sendable (LogState) throws -> [LogAct]
  ) async throws -> [Occasion] {
    try await write { db in
      var recorder = try ActRecorder(db, actor: actor, at: recordedAt)
      return try make(try Self.state(of: recorder.frontier, in: db)).map { act in
        try recorder.append(.log(act), happenedAt: recorder.recordedAt)
      }
    }
  }
}

// MARK: - Rows

extension TermsStore {
  private static func state(of frontier: MerkleFrontier, in db: Database) throws -> LogState {
    let last = try lastCheckpoint(db)
    var (growth, hasNews) = ([MerkleHash](), frontier.size > 0)
    if let last {
      if last.size > 0 {
        growth =
          try MerkleTree.consistencyProof(from: last.size, to: frontier.size) { try LogTree(db).hash(of: $0) } ?? []
      }
      let said =
        try db.one(
          Int.self,
          """
          SELECT (SELECT count(*) FROM witnesses WHERE sequence > ?1) + (SELECT count(*) FROM witness_drops WHERE sequence > ?1)
          """, [last.sequence]) ?? 0
      hasNews = frontier.size > Int(last.sequence) + said
    }
    return LogState(
      size: frontier.size, root: frontier.root, keys: try logKeys(db), lastCheckpoint: last, growth: growth,
      hasNews: hasNews)
  }

  static func logKeys(_ db: Database) throws -> [LogKey] {
    try db.rows("SELECT * FROM log_keys ORDER BY sequence").map { row in
      let (text, handover): (String, String?) = (row["key"], row["handover"])
      do {
        return LogKey(
          sequence: row["sequence"], key: try NoteVerifyingKey(parsing: text),
          handover: try handover.map { try SignedNote(parsing: $0) })
      } catch {
        throw row.malformed("key", text)
      }
    }
  }

  static func lastCheckpoint(_ db: Database) throws -> StoredCheckpoint? {
    try db.row("SELECT * FROM checkpoints ORDER BY sequence DESC LIMIT 1").map(checkpoint)
  }

  static func checkpoint(_ row: Row) throws -> StoredCheckpoint {
    let note: String = row["note"]
    guard let root = MerkleHash(bytes: Array(row["root"] as Data)), let signed = try? SignedNote(parsing: note) else {
      throw row.malformed("note", note)
    }
    return StoredCheckpoint(sequence: row["sequence"], size: row["size"], root: root, note: signed)
  }

  static func witness(_ row: Row) throws -> LogAct.Witness {
    let (name, bytes) = (row["witness"] as String, Array(row["bytes"] as Data))
    guard row["kind"] == "cosignature" else { return .timestamp(source: name, reply: bytes) }
    guard let note = try? SignedNote(parsing: bytes) else { throw row.malformed("bytes", "a note that is none") }
    return .cosignature(key: name, note: note)
  }
}
