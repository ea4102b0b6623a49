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
}

extension WitnessRefusal {
  package var description: String {
    switch self {
    case .otherCheckpoint: "the note is no checkpoint that this record signed; have the witness sign one that it did"
    case .badCosignature(let witness, let cause): "'\(witness)' has not cosigned the checkpoint: \(cause)"
    case .otherTimestamp(let size):
      "the time stamp is not about the checkpoint of \(size) acts; stamp the file that 'tenor checkpoint' keeps, byte for byte"
    }
  }
}
