internal import TermsModel
internal import Transparency

/// Who else stands for a bundle: the platform under all of it, and outsiders under states of the log.
extension EvidenceCheck {
  mutating func checkSeal(_ archive: StoredArchive, _ manifest: EvidenceManifest) throws(EvidenceProblem) {
    if let sealed = manifest.sealed, sealed != (archive[EvidencePath.seal] != nil) {
      throw sealed ? .missingFile(EvidencePath.seal) : .strangeFile(EvidencePath.seal)
    }
    guard let bytes = archive[EvidencePath.seal] else {
      report.notes.append(
        "Nobody has sealed the bundle as a whole: it was made without the log's key, as the web service makes them. What is said "
          + "here was computed from the acts, which are signed. Whoever wants the platform's signature under all of it asks for "
          + "a bundle made with 'tenor evidence' where the key is.")
      return
    }
    guard let key = keys.last?.key, let listed = archive[EvidenceManifest.path] else { return }
    if let problem = EvidenceSeal.problem(with: bytes, manifest: listed, log: manifest.log, key: key) {
      throw .badFile(EvidencePath.seal, problem)
    }
    pass("sealed", "as a whole, with the same key: this is what the platform handed out")
  }

  mutating func checkWitnesses(
    _ archive: StoredArchive, _ manifest: EvidenceManifest, _ checkpoint: Checkpoint
  ) throws(EvidenceProblem) {
    var known: Set<String> = []
    var states: [Int: (note: SignedNote, checkpoint: Checkpoint)] = [:]
    guard zip(manifest.witnesses, manifest.witnesses.dropFirst()).allSatisfy({ $0.act < $1.act }) else {
      throw .badManifest("its witnesses are not in the order of their acts")
    }
    for witness in manifest.witnesses {
      let state: (note: SignedNote, checkpoint: Checkpoint)
      if let read = states[witness.size] {
        state = read
      } else {
        state = try witnessedState(witness.size, archive, manifest, checkpoint)
        states[witness.size] = state
        known.formUnion([EvidencePath.witnessed(witness.size), EvidencePath.growth(witness.size)])
      }
      let path = EvidencePath.witness(witness)
      guard let bytes = archive[path] else { throw .missingFile(path) }
      known.insert(path)
      switch witness.kind {
      case .cosignature: try checkCosignature(bytes, path, by: witness, of: state.note)
      case .timestamp:
        guard Timestamp.isAbout(state.note, bytes) else {
          throw .badWitness(path, "it is a time stamp of something else")
        }
        report.timestamps.append(
          .init(path: path, size: witness.size, source: witness.by, note: state.note, reply: bytes))
      }
    }
    for file in archive.files where file.path.hasPrefix("witnesses/") && !known.contains(file.path) {
      throw .strangeFile(file.path)
    }
  }

  private mutating func checkCosignature(
    _ bytes: [UInt8], _ path: String, by witness: EvidenceManifest.Witness, of state: SignedNote
  ) throws(EvidenceProblem) {
    do throws(NoteError) {
      let key = try WitnessKey(parsing: witness.by)
      let note = try SignedNote(parsing: bytes)
      guard note.text == state.text, note.signatures.count == 1, Array(note.encoded.utf8) == bytes else {
        throw .noKnownSignature
      }
      let seconds = try key.cosigned(note)
      guard let moment = Int64(exactly: seconds).flatMap({ $0 < 1 << 40 ? Instant(milliseconds: $0 * 1000) : nil })
      else {
        throw .noKnownSignature
      }
      pass(
        "witnessed",
        "the state of \(witness.size) acts, by \(key.name), who says that it was there at \(moment)")
      report.notes.append("Whoever relies on the witness \(key.name) compares its key: \(witness.by)")
    } catch {
      throw .badWitness(path, "\(error)")
    }
  }

  /// A state of the log that others witnessed: signed with the key of its time, and continued by the bundle's own.
  private func witnessedState(
    _ size: Int, _ archive: StoredArchive, _ manifest: EvidenceManifest, _ newer: Checkpoint
  ) throws(EvidenceProblem) -> (note: SignedNote, checkpoint: Checkpoint) {
    let (path, growth) = (EvidencePath.witnessed(size), EvidencePath.growth(size))
    guard let bytes = archive[path] else { throw .missingFile(path) }
    guard let lines = archive[growth] else { throw .missingFile(growth) }
    do {
      guard let key = keys.last(where: { $0.since <= Int64(size) })?.key else { throw NoteError.noKnownSignature }
      let note = try SignedNote(parsing: bytes)
      let checkpoint = try Checkpoint(opening: note, of: manifest.log, keys: [key])
      guard note.signatures.count == 1, checkpoint.extensions.isEmpty, checkpoint.size == size,
        Array(note.encoded.utf8) == bytes
      else { throw CheckpointError.malformed(line: 2, expected: "the number of acts in its file's name") }
      try checkpoint.checkGrowth(to: newer, proof: try Self.hashes(lines))
      return (note, checkpoint)
    } catch {
      throw .badWitness(path, "\(error)")
    }
  }

  /// The hashes of a proof, one in Base64 a line.
  private static func hashes(_ bytes: [UInt8]) throws(CheckpointError) -> [MerkleHash] {
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard lines.popLast()?.isEmpty == true || bytes.isEmpty else {
      throw .malformed(line: lines.count + 1, expected: "a whole line")
    }
    var hashes: [MerkleHash] = []
    for (place, line) in lines.enumerated() {
      guard let hash = MerkleHash(base64: line) else {
        throw .malformed(line: place + 1, expected: "a hash in Base64")
      }
      hashes.append(hash)
    }
    return hashes
  }
}
