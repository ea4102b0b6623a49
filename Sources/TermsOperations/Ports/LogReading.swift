package import TermsModel
package import Transparency

/// The log of acts, to be looked through.
package protocol LogReading: Sendable {
  /// Entries after the one numbered `sequence`, in order.
  func log(after sequence: Int64, limit: Int) async throws -> [LogEntry]
}

/// The log as a tree, with its keys and its checkpoints.
package protocol LogRecord: LogReading {
  /// An entry, byte for byte; `nil` where there is none of that number.
  func line(_ sequence: Int64) async throws -> LogLine?
  /// How many acts are on record.
  func logSize() async throws -> Int
  /// The root over the log's first `size` acts; `nil` where it has not so many.
  func logRoot(size: Int) async throws -> MerkleHash?
  /// The proof that the act numbered `sequence` (from 1) is among the log's first `size`; `nil` where it is not.
  func inclusionProof(of sequence: Int64, size: Int) async throws -> [MerkleHash]?
  /// The proof that the log's first `newSize` acts begin with its first `oldSize`; `nil` where it has not so many, or not
  /// 1 ≤ `oldSize` ≤ `newSize`.
  func consistencyProof(from oldSize: Int, to newSize: Int) async throws -> [MerkleHash]?
  /// The keys of the log, in the order in which they signed; none where it never had one.
  func logKeys() async throws -> [LogKey]
  func lastCheckpoint() async throws -> StoredCheckpoint?
  /// The first checkpoint that the act numbered `sequence` is under; `nil` where none is yet.
  func firstCheckpoint(covering sequence: Int64) async throws -> StoredCheckpoint?
  func checkpoint(size: Int) async throws -> StoredCheckpoint?
  /// What witnesses said of the checkpoint of a size, in the order of recording.
  func witnesses(of size: Int) async throws -> [LogAct.Witness]
  /// Puts acts on record that depend on how the log stands, in the transaction that looks.
  /// - Parameter make: is handed how the log stands, and gives the acts; none for nothing to do.
  func record(
    by actor: String, at recordedAt: Instant, _ make: @escaping @Sendable (LogState) throws -> [LogAct]
  ) async throws -> [Occasion]
}
