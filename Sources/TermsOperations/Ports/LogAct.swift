package import Transparency

/// What is done about the log itself, and goes on record in it.
package enum LogAct: Hashable, Sendable {
  /// The log is signed with that key (`NAME+ID+KEY`) from now on, the first one that it has.
  case keyAdopted(NoteVerifyingKey)
  /// The key hands over to the next one, by a note that both have signed.
  case keyRotated(to: NoteVerifyingKey, handover: SignedNote)
  /// The log as it was before this entry, signed.
  case checkpointSigned(size: Int, note: SignedNote)
  /// Somebody else witnessed the checkpoint of that size.
  case checkpointWitnessed(size: Int, Witness)
  /// What a witness said, recorded by the act of that number, turned out to be worth nothing: it stays on record, and counts
  /// no more.
  case witnessDropped(act: Int64, reason: String)

  /// What an outside witness said of a checkpoint.
  package enum Witness: Hashable, Sendable {
    /// A cosignature (C2SP, `tlog-cosignature`): the witness's key as it is published, and the checkpoint's note with its
    /// signature.
    case cosignature(key: String, note: SignedNote)
    /// A time stamp (RFC 3161) over the checkpoint's note: where it was got, and the authority's reply.
    case timestamp(source: String, reply: [UInt8])
  }
}

/// A checkpoint on record.
package struct StoredCheckpoint: Hashable, Sendable {
  /// The number of the act that recorded it.
  package let sequence: Int64
  /// How many acts are under it: those before that one.
  package let size: Int
  package let root: MerkleHash
  /// As it was signed, without what witnesses added.
  package let note: SignedNote

  package init(sequence: Int64, size: Int, root: MerkleHash, note: SignedNote) {
    self.sequence = sequence
    self.size = size
    self.root = root
    self.note = note
  }
}

/// A key of the log, with the number of the act from which on it signs.
package struct LogKey: Hashable, Sendable {
  package let sequence: Int64
  package let key: NoteVerifyingKey
  /// The note by which the key before handed over; `nil` for the first one.
  package let handover: SignedNote?

  package init(sequence: Int64, key: NoteVerifyingKey, handover: SignedNote?) {
    self.sequence = sequence
    self.key = key
    self.handover = handover
  }
}

/// The log as one transaction finds it, for what is to be signed and appended in the same one.
package struct LogState: Sendable {
  package let size: Int
  package let root: MerkleHash
  package let keys: [LogKey]
  package let lastCheckpoint: StoredCheckpoint?
  /// The proof (RFC 6962, section 2.1.2) that the log continues that of ``lastCheckpoint``; empty where there is none.
  package let growth: [MerkleHash]
  /// Whether anything but checkpoints and what witnesses said of them was recorded since the last checkpoint.
  package let hasNews: Bool

  package init(
    size: Int, root: MerkleHash, keys: [LogKey], lastCheckpoint: StoredCheckpoint?, growth: [MerkleHash], hasNews: Bool
  ) {
    self.size = size
    self.root = root
    self.keys = keys
    self.lastCheckpoint = lastCheckpoint
    self.growth = growth
    self.hasNews = hasNews
  }
}
