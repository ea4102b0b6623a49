internal import Foundation
internal import GRDB
internal import TermsModel
internal import TermsOperations
internal import Transparency

extension Projection {
  /// What is done about the log itself. Signatures are verified where acts are made and where the record is checked.
  func apply(_ act: LogAct, on occasion: Occasion) throws {
    switch act {
    case .keyAdopted(let key):
      try db.run("INSERT INTO log_keys (sequence, key) VALUES (?, ?)", [occasion.sequence, key.encoded])
    case .keyRotated(let key, let handover):
      try db.run(
        "INSERT INTO log_keys (sequence, key, handover) VALUES (?, ?, ?)",
        [occasion.sequence, key.encoded, handover.encoded])
    case .checkpointSigned(let size, let note):
      let checkpoint = try Checkpoint(parsing: note.text)
      guard checkpoint.size == size else {
        throw CheckpointError.malformed(line: 2, expected: "the number of entries that its act names")
      }
      try db.run(
        "INSERT INTO checkpoints (sequence, size, root, note) VALUES (?, ?, ?, ?)",
        [occasion.sequence, size, checkpoint.root.data, note.encoded])
    case .checkpointWitnessed(let size, let witness):
      let (kind, name, bytes): (String, String, [UInt8]) =
        switch witness {
        case .cosignature(let key, let note): ("cosignature", key, Array(note.encoded.utf8))
        case .timestamp(let source, let reply): ("timestamp", source, reply)
        }
      try db.run(
        "INSERT INTO witnesses (sequence, size, kind, witness, bytes) VALUES (?, ?, ?, ?, ?)",
        [occasion.sequence, size, kind, name, Data(bytes)])
    case .witnessDropped(let witness, let reason):
      try db.run(
        "INSERT INTO witness_drops (sequence, witness, reason) VALUES (?, ?, ?)",
        [occasion.sequence, witness, reason])
    }
  }
}
