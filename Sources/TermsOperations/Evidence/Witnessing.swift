package import TermsModel
package import Transparency

extension LogKeeper {
  /// Puts a witness's cosignature of a checkpoint on record, once it has been verified.
  ///
  /// - Returns: the size of the checkpoint, and when the witness saw it.
  /// - Throws: ``WitnessRefusal``.
  @discardableResult
  package func recordCosignature(_ note: SignedNote, by witness: WitnessKey) async throws -> (size: Int, at: Instant) {
    let checkpoint = try await checkpoint(of: note.text)
    let seconds: UInt64
    do throws(NoteError) {
      seconds = try witness.cosigned(note)
    } catch {
      throw WitnessRefusal.badCosignature(witness: witness.name, cause: error)
    }
    guard let moment = Int64(exactly: seconds).flatMap({ $0 < 1 << 40 ? Instant(milliseconds: $0 * 1000) : nil }),
      let own = note.only(witness)
    else { throw WitnessRefusal.badCosignature(witness: witness.name, cause: .noKnownSignature) }
    let act = LogAct.Witness.cosignature(key: witness.encoded, note: own)
    if try await !log.witnesses(of: checkpoint.size).contains(act) {
      _ = try await log.record(by: actor, at: now()) { _ in [.checkpointWitnessed(size: checkpoint.size, act)] }
    }
    return (checkpoint.size, moment)
  }

  /// Puts a time stamp of a checkpoint on record.
  ///
  /// It is looked at only for the hash that it is about; whose stamp it is and when it was made is for `openssl ts` to say.
  /// - Parameter source: where it was got.
  /// - Throws: ``WitnessRefusal/otherTimestamp`` where it is not about the checkpoint.
  package func recordTimestamp(_ reply: [UInt8], of checkpoint: StoredCheckpoint, from source: String) async throws {
    guard Timestamp.isAbout(checkpoint.note, reply) else { throw WitnessRefusal.otherTimestamp(size: checkpoint.size) }
    let act = LogAct.Witness.timestamp(source: source, reply: reply)
    if try await !log.witnesses(of: checkpoint.size).contains(act) {
      _ = try await log.record(by: actor, at: now()) { _ in [.checkpointWitnessed(size: checkpoint.size, act)] }
    }
  }

  /// Puts on record that what a witness said is worth nothing, such as a time stamp that does not hold: it stays there, and
  /// counts no more.
  ///
  /// - Parameter act: the act that recorded it.
  /// - Throws: ``WitnessRefusal/noWitness(act:)`` where no such act recorded any, or it was dropped before.
  @discardableResult
  package func drop(witnessOf act: Int64, reason: String) async throws -> Occasion {
    guard let entry = try await log.line(act).map({ try LogEntry(json: $0.json) }),
      case .log(.checkpointWitnessed(let size, let witness)) = entry.act,
      try await log.witnesses(of: size).contains(witness)
    else { throw WitnessRefusal.noWitness(act: act) }
    return try await log.record(by: actor, at: now()) { _ in [.witnessDropped(act: act, reason: reason)] }[0]
  }

  /// The checkpoint on record with that text.
  private func checkpoint(of text: String) async throws -> StoredCheckpoint {
    guard let read = try? Checkpoint(parsing: text), let stored = try await log.checkpoint(size: read.size),
      stored.note.text == text
    else { throw WitnessRefusal.otherCheckpoint }
    return stored
  }
}

/// A time stamp's reply (RFC 3161), as far as it is looked at without OpenSSL.
package enum Timestamp {
  /// Whether the reply holds the SHA-256 of the note, as a stamp of it must: `messageImprint` in its DER.
  package static func isAbout(_ note: SignedNote, _ reply: [UInt8]) -> Bool {
    guard let hash = SHA256Hex.bytes(of: SHA256Hex.digest(of: note.encoded)) else { return false }
    return reply.indices.contains { reply[$0...].starts(with: hash) }
  }
}

/// Why what a witness said cannot go on record.
package enum WitnessRefusal: Refusal, Hashable {
  case otherCheckpoint
  case badCosignature(witness: String, cause: NoteError)
  case otherTimestamp(size: Int)
  /// OpenSSL says that it does not hold by the authority's certificates.
  case badTimestamp(authority: String, cause: String)
  case noWitness(act: Int64)
}

extension WitnessRefusal {
  package var description: String {
    switch self {
    case .otherCheckpoint: "the note is no checkpoint that this record signed; have the witness sign one that it did"
    case .badCosignature(let witness, let cause): "'\(witness)' has not cosigned the checkpoint: \(cause)"
    case .otherTimestamp(let size):
      "the time stamp is not about the checkpoint of \(size) acts; stamp the file that 'tenor checkpoint' keeps, byte for byte"
    case .badTimestamp(let authority, let cause):
      "the time stamp does not hold by the certificates in '\(authority)': \(cause); nothing of it was recorded; name the "
        + "authority's own certificates, or get another stamp"
    case .noWitness(let act):
      "act \(act) recorded no witness's word, or it was dropped before; 'tenor checkpoint --json' shows which acts did"
    }
  }
}
