package import TermsModel

/// What a bundle of evidence is made of, beside the answers that the record gives anyway.
package protocol EvidenceRecord: TermsRecord, LogRecord {
  /// The acts that an answer about a developer and documents can rest on, and those about the log's keys: in the order of
  /// the log, the first `size` of it and no later ones.
  func acts(about developer: DeveloperID, _ documents: [DocumentSlug], upTo size: Int) async throws -> [LogLine]
  /// The developer's name and address with the salt of their commitment; `nil` once erased.
  func person(_ developer: DeveloperID) async throws -> Person?
  /// What was said in full of the try that the act is about; `nil` where nothing was kept, or it was erased.
  func reply(toAttempt act: Int64) async throws -> AttemptReply?
  /// The developer's notices of a document that give no notice of their version.
  func quietNotices(to developer: DeveloperID, of document: DocumentSlug) async throws -> Set<Int64>
  /// What witnesses said of the states of the log's first `size` acts, in the order of recording; without what was dropped
  /// since.
  func witnessed(upTo size: Int) async throws -> [WitnessedCheckpoint]
}

/// What a witness said of a checkpoint.
package struct WitnessedCheckpoint: Hashable, Sendable {
  /// The act that put it on record.
  package let act: Int64
  package let checkpoint: StoredCheckpoint
  package let witness: LogAct.Witness

  package init(act: Int64, checkpoint: StoredCheckpoint, witness: LogAct.Witness) {
    self.act = act
    self.checkpoint = checkpoint
    self.witness = witness
  }
}

/// An entry of the log, byte for byte.
package struct LogLine: Hashable, Sendable {
  package let sequence: Int64
  /// The canonical JSON that the leaf hash is taken over.
  package let json: [UInt8]

  package init(sequence: Int64, json: [UInt8]) {
    self.sequence = sequence
    self.json = json
  }
}
