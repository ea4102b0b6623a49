internal import GRDB
internal import TermsOperations
internal import Transparency

extension Verification {
  /// The log's tree against its signed states, and the keys against each other.
  static func logFindings(_ db: Database) throws -> [String] {
    var findings: [String] = []
    let keys = try TermsStore.logKeys(db)
    for (before, key) in zip([nil] + keys.map(Optional.some), keys) {
      if let problem = handoverProblem(of: key, after: before) {
        findings.append("act \(key.sequence): the key \(key.key.encoded) \(problem)")
      }
    }
    let size = try TermsStore.logSize(db)
    var last: (size: Int, root: MerkleHash)?
    let rows = try Row.fetchCursor(db, sql: "SELECT * FROM checkpoints ORDER BY sequence")
    while let row = try rows.next() {
      let stored = try TermsStore.checkpoint(row)
      let name = "act \(stored.sequence): the checkpoint of \(stored.size) acts"
      guard let key = keys.last(where: { $0.sequence < stored.sequence }) else {
        findings.append("\(name) was signed before the log had a key")
        continue
      }
      do throws(CheckpointError) {
        _ = try Checkpoint(opening: stored.note, of: key.key.name, keys: [key.key])
      } catch {
        findings.append("\(name) does not hold: \(error)")
        continue
      }
      guard stored.size <= size else {
        findings.append("\(name) is of more acts than there are")
        continue
      }
      let root = try MerkleTree.root(size: stored.size) { try LogTree(db).hash(of: $0) }
      if root != stored.root { findings.append("\(name) is not of this log: acts under it were altered since") }
      if let last, last.size > 0 {
        let proof = try MerkleTree.consistencyProof(from: last.size, to: stored.size) { try LogTree(db).hash(of: $0) }
        let grew = MerkleTree.verifyConsistency(
          from: last.size, last.root, to: stored.size, stored.root, proof: proof ?? [])
        if !grew { findings.append("\(name) does not continue the one of \(last.size)") }
      }
      last = (stored.size, stored.root)
    }
    return findings + (try witnessFindings(db))
  }

  /// What witnesses said against the checkpoints that they said it of.
  private static func witnessFindings(_ db: Database) throws -> [String] {
    var findings: [String] = []
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT checkpoints.*, witnesses.sequence AS said, kind, witness, bytes
        FROM witnesses JOIN checkpoints USING (size)
        WHERE witnesses.sequence NOT IN (SELECT witness FROM witness_drops) ORDER BY witnesses.sequence
        """)
    while let row = try rows.next() {
      let checkpoint = try TermsStore.checkpoint(row)
      let name = "act \(row["said"] as Int64): the checkpoint of \(checkpoint.size) acts was not witnessed"
      switch try TermsStore.witness(row) {
      case .cosignature(let key, let note):
        do throws(NoteError) {
          guard note.text == checkpoint.note.text else { throw .noKnownSignature }
          _ = try WitnessKey(parsing: key).cosigned(note)
        } catch {
          findings.append("\(name): \(error)")
        }
      case .timestamp(_, let reply):
        if !Timestamp.isAbout(checkpoint.note, reply) {
          findings.append("\(name): the time stamp is about something else")
        }
      }
    }
    return findings
  }

  private static func handoverProblem(of key: LogKey, after before: LogKey?) -> String? {
    switch (before, key.handover) {
    case (nil, nil): return nil
    case (nil, _?): return "was handed over to by a key that the log never had"
    case (_?, nil): return "stands in the log without a word of the key before it"
    case (let before?, let note?):
      do throws(KeyHandoverError) {
        let handover = try KeyHandover(opening: note)
        guard handover.old == before.key, handover.new == key.key, handover.size == Int(key.sequence) - 1 else {
          return "was handed over to by another note than the log's"
        }
        return nil
      } catch {
        return "was not handed over to: \(error)"
      }
    }
  }
}
