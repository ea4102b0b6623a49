internal import Binding
internal import TermsModel
package import Transparency

/// What a check of a bundle found.
package struct EvidenceReport: Hashable, Sendable {
  /// What was checked and holds, in the order of checking: a word for it, and what was seen.
  package struct Passed: Hashable, Sendable {
    package let what: String
    package let seen: String

    package init(what: String, seen: String) {
      self.what = what
      self.seen = seen
    }
  }

  package var passed: [Passed] = []
  package var problems: [EvidenceProblem] = []
  /// What keeps an undamaged bundle from being called sound.
  package var doubts: [EvidenceDoubt] = []
  /// What the reader should know beside.
  package var notes: [String] = []
  package var manifest: EvidenceManifest?
  /// The key that signed the checkpoint.
  package var key: NoteVerifyingKey?
  /// The answer in a few words; `nil` where it could not be computed.
  package var answer: String?
  /// The time stamps in it, each with the note that it must be of: whose they are is for OpenSSL to say.
  package var timestamps: [Stamp] = []
  /// What this program makes of the acts, by the paths in the bundle: pages that can be read whoever wrote those in it.
  package var pages: [StoredArchive.File] = []

  package struct Stamp: Hashable, Sendable {
    package let path: String
    /// How many acts were signed.
    package let size: Int
    /// Where it was got.
    package let source: String
    package let note: SignedNote
    package let reply: [UInt8]
  }

  package enum Verdict: String, Hashable, Sendable {
    /// Nothing is damaged, and everything was compared.
    case sound
    /// Nothing is damaged, but not everything is proved.
    case unproved
    case damaged
  }

  package var verdict: Verdict { problems.isEmpty ? doubts.isEmpty ? .sound : .unproved : .damaged }
  package var isSound: Bool { verdict == .sound }
}

/// Checks a bundle of evidence alone: no record, no network, nothing but its bytes.
///
/// What holds is told as far as the check came; the first kind of damage that makes the rest meaningless ends it.
/// - Parameter trusted: the key that must have signed the log's state, and no earlier one that handed over to it; any key of
///   the bundle's own where not given, and then its reader has to compare it.
package func checkEvidence(_ bytes: [UInt8], trusted: NoteVerifyingKey? = nil) -> EvidenceReport {
  var check = EvidenceCheck(trusted: trusted)
  do throws(EvidenceProblem) {
    try check.run(bytes)
  } catch {
    // Of what is not understood nobody can say that it is damaged.
    if case .otherFormat(let format) = error {
      check.report.doubts.append(.otherFormat(format))
    } else {
      check.report.problems.append(error)
    }
  }
  return check.report
}

/// The steps of a check.
struct EvidenceCheck {
  private let trusted: NoteVerifyingKey?
  var report = EvidenceReport()
  /// The log's keys, each with the act from which on it signs.
  var keys: [(since: Int64, key: NoteVerifyingKey)] = []

  init(trusted: NoteVerifyingKey?) {
    self.trusted = trusted
  }

  mutating func run(_ bytes: [UInt8]) throws(EvidenceProblem) {
    let archive: StoredArchive
    do throws(StoredArchiveError) {
      archive = try StoredArchive(parsing: bytes)
    } catch {
      throw .archive(error)
    }
    let manifest = try readManifest(archive)
    report.manifest = manifest
    try checkFiles(archive, manifest)
    let checkpoint = try readCheckpoint(archive, manifest)
    let entries = try checkActs(archive, manifest, checkpoint)
    try checkKeys(entries, checkpoint, manifest)
    try checkSeal(archive, manifest)
    try checkWitnesses(archive, manifest, checkpoint.checkpoint)
    let person = try checkPerson(RecordedFacts(entries), archive, manifest)
    let contents = try EvidenceContents(manifest, entries, person: person, replies: try openReplies(entries, archive))
    try checkMails(contents, archive)
    try checkContents(contents, archive)
  }

  mutating func pass(_ what: String, _ seen: String) {
    report.passed.append(.init(what: what, seen: seen))
  }

  // MARK: The bundle as a whole

  private func readManifest(_ archive: StoredArchive) throws(EvidenceProblem) -> EvidenceManifest {
    guard let bytes = archive[EvidenceManifest.path] else { throw .noManifest }
    let value: CanonicalJSON
    do throws(CanonicalJSONError) {
      value = try CanonicalJSON(parsing: bytes)
    } catch {
      throw .badManifest("\(error)")
    }
    if case .object(let members) = value, case .string(let format)? = members["format"],
      ![EvidenceManifest.currentFormat, EvidenceManifest.formerFormat].contains(format)
    {
      throw .otherFormat(format)
    }
    guard let manifest = try? value.decoded(as: EvidenceManifest.self) else {
      throw .badManifest("a member is missing or is not what it must be")
    }
    guard let again = try? manifest.encoded(), again == bytes,
      (manifest.sealed == nil) == (manifest.format == EvidenceManifest.formerFormat)
    else {
      throw .badManifest("it is not canonical JSON, or has a member that no manifest has")
    }
    return manifest
  }

  private mutating func checkFiles(_ archive: StoredArchive, _ manifest: EvidenceManifest) throws(EvidenceProblem) {
    let named = Dictionary(manifest.files.map { ($0.path, $0) }) { first, _ in first }
    for file in archive.files where !Self.isUnlisted(file.path) {
      guard let entry = named[file.path] else { throw .strangeFile(file.path) }
      guard entry.bytes == file.bytes.count, entry.sha256 == SHA256Hex.digest(of: file.bytes) else {
        throw .otherHash(file.path)
      }
    }
    let sorted = manifest.files.map(\.path)
    for path in sorted where archive[path] == nil { throw .missingFile(path) }
    guard sorted == archive.files.map(\.path).filter({ !Self.isUnlisted($0) }) else {
      throw .badManifest("its files are not in the order of their names")
    }
    pass("whole", "\(archive.files.count) files, each with the hash that the manifest names")
  }

  /// Whether a file is none of those that the manifest lists: itself, and the seal under it.
  private static func isUnlisted(_ path: String) -> Bool { path == EvidenceManifest.path || path == EvidencePath.seal }

  // MARK: The log

  private func readCheckpoint(_ archive: StoredArchive, _ manifest: EvidenceManifest) throws(EvidenceProblem)
    -> (note: SignedNote, checkpoint: Checkpoint)
  {
    let path = EvidencePath.checkpoint
    guard let bytes = archive[path] else { throw .missingFile(path) }
    let (note, checkpoint): (SignedNote, Checkpoint)
    do {
      note = try SignedNote(parsing: bytes)
      checkpoint = try Checkpoint(parsing: note.text)
    } catch {
      throw .badFile(path, "\(error)")
    }
    guard Array(note.encoded.utf8) == bytes, checkpoint.origin == manifest.log, checkpoint.size == manifest.size else {
      throw .badFile(path, "it is not of the log and the size that the manifest names")
    }
    guard note.signatures.count == 1, checkpoint.extensions.isEmpty else {
      throw .badFile(path, "it is more than three lines and the log's own signature")
    }
    return (note, checkpoint)
  }

  /// Reads the acts and verifies that each is in the log of the checkpoint; whose signature it bears is checked later.
  private mutating func checkActs(
    _ archive: StoredArchive, _ manifest: EvidenceManifest, _ signed: (note: SignedNote, checkpoint: Checkpoint)
  ) throws(EvidenceProblem) -> [LogEntry] {
    var entries: [LogEntry] = []
    for file in archive.files where file.path.hasPrefix("acts/") {
      let entry: LogEntry
      do throws(LogFormatError) {
        entry = try LogEntry(json: file.bytes)
      } catch {
        throw .badFile(file.path, "it \(error)")
      }
      let number = entry.occasion.sequence
      guard file.path == EvidencePath.act(number) else { throw .badFile(file.path, "it is act \(number)") }
      let path = EvidencePath.proof(number)
      guard let bytes = archive[path] else { throw .missingFile(path) }
      let proof: LogProof
      do throws(LogProofError) {
        proof = try LogProof(parsing: bytes)
      } catch {
        throw .badFile(path, "\(error)")
      }
      let isIncluded = MerkleTree.verifyInclusion(
        of: MerkleHash.leaf(file.bytes), index: Int(number) - 1, size: signed.checkpoint.size,
        root: signed.checkpoint.root, proof: proof.hashes)
      guard proof.index == Int(number) - 1, proof.extra == nil, proof.checkpoint == signed.note,
        Array(proof.encoded.utf8) == bytes, isIncluded
      else {
        throw .badFile(path, "\(LogProofError.notIncluded(index: Int(number) - 1, size: signed.checkpoint.size))")
      }
      entries.append(entry)
    }
    for file in archive.files where file.path.hasPrefix("proofs/") {
      guard entries.contains(where: { EvidencePath.proof($0.occasion.sequence) == file.path }) else {
        throw .strangeFile(file.path)
      }
    }
    pass("in the log", "\(entries.count) acts, each proved to be among the \(manifest.size) that were signed")
    return entries
  }

  /// The keys that the log itself tells of, each vouched for by the one before it.
  private mutating func checkKeys(
    _ entries: [LogEntry], _ signed: (note: SignedNote, checkpoint: Checkpoint), _ manifest: EvidenceManifest
  ) throws(EvidenceProblem) {
    for entry in entries {
      let path = EvidencePath.act(entry.occasion.sequence)
      switch entry.act {
      case .log(.keyAdopted(let key)):
        guard keys.isEmpty else { throw .badFile(path, "the log had a key already") }
        keys.append((entry.occasion.sequence, key))
      case .log(.keyRotated(let key, let note)):
        do throws(KeyHandoverError) {
          let handover = try KeyHandover(opening: note)
          guard handover.old == keys.last?.key, handover.new == key, handover.size == Int(entry.occasion.sequence) - 1
          else { throw KeyHandoverError.otherKeys }
        } catch {
          throw .badFile(path, "\(error)")
        }
        keys.append((entry.occasion.sequence, key))
      default: continue
      }
    }
    guard let key = keys.last?.key else { throw .missingAct("that names the key of the log") }
    do throws(CheckpointError) {
      _ = try Checkpoint(opening: signed.note, of: manifest.log, keys: [key])
    } catch {
      throw .badFile(EvidencePath.checkpoint, "\(error)")
    }
    report.key = key
    if let trusted {
      guard let place = keys.firstIndex(where: { $0.key == trusted }) else {
        throw .otherKey(expected: trusted.encoded, found: key.encoded)
      }
      if place + 1 < keys.count {
        report.doubts.append(
          .formerKey(trusted.encoded, until: keys[place + 1].since - 1, now: key.encoded))
      }
      pass(
        "signed",
        "the state of \(manifest.size) acts, "
          + (trusted == key ? "with the key that you named" : "with \(key.encoded)"))
    } else {
      pass("signed", "the state of \(manifest.size) acts, with the key \(key.encoded)")
      report.notes.append(
        "Compare the key with the one that the platform published (or name it with --key): everything above rests on it."
      )
    }
  }
}
