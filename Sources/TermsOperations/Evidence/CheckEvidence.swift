internal import Binding
internal import TermsModel
package import Transparency

/// What a check of a bundle found.
package struct EvidenceReport: Hashable, Sendable {
  /// What was checked and holds, in the order of checking: a word for it, and what was seen.
  package struct Passed: Hashable, Sendable {
    package let what: String
    package let seen: String
  }

  package var passed: [Passed] = []
  package var problems: [EvidenceProblem] = []
  /// What the reader should know beside.
  package var notes: [String] = []
  package var manifest: EvidenceManifest?
  /// The key that signed the checkpoint.
  package var key: NoteVerifyingKey?
  /// The answer in a few words; `nil` where it could not be computed.
  package var answer: String?

  package var isSound: Bool { problems.isEmpty }
}

/// Checks a bundle of evidence alone: no record, no network, nothing but its bytes.
///
/// What holds is told as far as the check came; the first kind of damage that makes the rest meaningless ends it.
/// - Parameter trusted: the key that must have signed; any key of the bundle's own where not given, and then its reader has
///   to compare it.
package func checkEvidence(_ bytes: [UInt8], trusted: NoteVerifyingKey? = nil) -> EvidenceReport {
  var check = EvidenceCheck(trusted: trusted)
  do throws(EvidenceProblem) {
    try check.run(bytes)
  } catch {
    check.report.problems.append(error)
  }
  return check.report
}

private struct EvidenceCheck {
  let trusted: NoteVerifyingKey?
  var report = EvidenceReport()

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
    let contents = try EvidenceContents(manifest, entries)
    try checkMails(contents, archive)
    try checkPerson(contents, archive)
    try checkContents(contents, archive)
  }

  private mutating func pass(_ what: String, _ seen: String) {
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
      format != EvidenceManifest.currentFormat
    {
      throw .otherFormat(format)
    }
    guard let manifest = try? value.decoded(as: EvidenceManifest.self) else {
      throw .badManifest("a member is missing or is not what it must be")
    }
    guard let again = try? manifest.encoded(), again == bytes else {
      throw .badManifest("it is not canonical JSON, or has a member that no manifest has")
    }
    return manifest
  }

  private mutating func checkFiles(_ archive: StoredArchive, _ manifest: EvidenceManifest) throws(EvidenceProblem) {
    let named = Dictionary(manifest.files.map { ($0.path, $0) }) { first, _ in first }
    for file in archive.files where file.path != EvidenceManifest.path {
      guard let entry = named[file.path] else { throw .strangeFile(file.path) }
      guard entry.bytes == file.bytes.count, entry.sha256 == SHA256Hex.digest(of: file.bytes) else {
        throw .otherHash(file.path)
      }
    }
    let sorted = manifest.files.map(\.path)
    for path in sorted where archive[path] == nil { throw .missingFile(path) }
    guard sorted == archive.files.map(\.path).filter({ $0 != EvidenceManifest.path }) else {
      throw .badManifest("its files are not in the order of their names")
    }
    pass("whole", "\(archive.files.count) files, each with the hash that the manifest names")
  }

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
      guard proof.index == Int(number) - 1, proof.checkpoint == signed.note, Array(proof.encoded.utf8) == bytes,
        isIncluded
      else {
        throw .badFile(path, "\(LogProofError.notIncluded(index: Int(number) - 1, size: signed.checkpoint.size))")
      }
      entries.append(entry)
    }
    for file in archive.files where file.path.hasPrefix("proofs/") {
      let act = "acts/" + file.path.dropFirst("proofs/".count).prefix { $0 != "." } + ".json"
      guard archive[act] != nil else { throw .strangeFile(file.path) }
    }
    pass("in the log", "\(entries.count) acts, each proved to be among the \(manifest.size) that were signed")
    return entries
  }

  /// The keys that the log itself tells of, each vouched for by the one before it.
  private mutating func checkKeys(
    _ entries: [LogEntry], _ signed: (note: SignedNote, checkpoint: Checkpoint), _ manifest: EvidenceManifest
  ) throws(EvidenceProblem) {
    var keys: [NoteVerifyingKey] = []
    for entry in entries {
      let path = EvidencePath.act(entry.occasion.sequence)
      switch entry.act {
      case .log(.keyAdopted(let key)):
        guard keys.isEmpty else { throw .badFile(path, "the log had a key already") }
        keys.append(key)
      case .log(.keyRotated(let key, let note)):
        do throws(KeyHandoverError) {
          let handover = try KeyHandover(opening: note)
          guard handover.old == keys.last, handover.new == key else { throw KeyHandoverError.otherKeys }
        } catch {
          throw .badFile(path, "\(error)")
        }
        keys.append(key)
      default: continue
      }
    }
    guard let key = keys.last else { throw .missingAct("that names the key of the log") }
    do throws(CheckpointError) {
      _ = try Checkpoint(opening: signed.note, of: manifest.log, keys: [key])
    } catch {
      throw .badFile(EvidencePath.checkpoint, "\(error)")
    }
    report.key = key
    if let trusted {
      guard keys.contains(trusted) else { throw .otherKey(expected: trusted.encoded, found: key.encoded) }
      pass("signed", "by the key that you named" + (trusted == key ? "" : ", and those that it handed over to"))
    } else {
      pass("signed", "the state of \(manifest.size) acts, with the key \(key.encoded)")
      report.notes.append(
        "Compare the key with the one that the platform published (or name it with --key): everything above rests on it."
      )
    }
  }

  // MARK: What the acts are about

  private mutating func checkMails(_ contents: EvidenceContents, _ archive: StoredArchive) throws(EvidenceProblem) {
    var bound: Set<String> = []
    let isErased = contents.facts.erasure(of: contents.manifest.developer) != nil
    var absent = contents.manifest.absent
    for mail in contents.mails {
      let path = EvidencePath.mail(mail.kind, mail.sha256)
      if let bytes = archive[path] {
        guard SHA256Hex.digest(of: bytes) == mail.sha256 else { throw .otherContent(path) }
        bound.insert(path)
        continue
      }
      if let place = absent.firstIndex(where: { $0.act == mail.act && $0.kind == mail.kind && $0.sha256 == mail.sha256 }
      ) {
        // What the log says was kept can be missing only by being erased.
        guard absent[place].reason == .erased ? isErased : !mail.wasKept else { throw .missingFile(path) }
        absent.remove(at: place)
      } else if !contents.manifest.absent.contains(where: { $0.kind == mail.kind && $0.sha256 == mail.sha256 }) {
        throw .missingFile(path)
      }
    }
    guard absent.isEmpty else { throw .badManifest("it tells of missing letters or reports that no act names") }
    for file in archive.files where file.path.hasPrefix("letters/") || file.path.hasPrefix("reports/") {
      guard bound.contains(file.path) else { throw .strangeFile(file.path) }
    }
    let letters = bound.count { $0.hasPrefix("letters/") }
    pass(
      "letters",
      "\(letters) as they were sent, \(bound.count - letters) that came back, each named by its hash in an act")
    for absence in contents.manifest.absent {
      let thing = absence.kind == .letter ? "letter" : "message that came back"
      report.notes.append(
        absence.reason == .erased
          ? "The \(thing) of act \(absence.act) was erased with the developer's name and address; its hash stays in the log."
          : "The \(thing) of act \(absence.act) was never kept; its hash stays in the log.")
    }
    if !contents.manifest.quiet.isEmpty {
      report.notes.append(
        "That notices \(contents.manifest.quiet.map { "\($0)" }.joined(separator: ", ")) told of something else than the "
          + "version itself is the platform's word; older acts do not say it.")
    }
  }

  private mutating func checkPerson(_ contents: EvidenceContents, _ archive: StoredArchive) throws(EvidenceProblem) {
    let path = EvidencePath.person
    let developer = contents.manifest.developer
    guard let commitment = contents.facts.commitment(of: developer) else {
      guard archive[path] == nil else { throw .strangeFile(path) }
      if let entry = contents.facts.erasure(of: developer) {
        report.notes.append(
          "Name and address of '\(developer)' were erased at \(entry.occasion.happenedAt) (act \(entry.occasion.sequence))."
        )
      }
      return
    }
    guard let bytes = archive[path] else { throw .missingFile(path) }
    guard let person = Person(openedJSON: bytes), person.commitment == commitment else { throw .otherContent(path) }
    pass("person", "the name and address that the log is bound to, by a salted hash")
  }

  private mutating func checkContents(_ contents: EvidenceContents, _ archive: StoredArchive) throws(EvidenceProblem) {
    var known: Set<String> = [EvidenceManifest.path, EvidencePath.checkpoint, EvidencePath.person]
    for file in contents.fixedFiles() {
      guard let bytes = archive[file.path] else { throw .missingFile(file.path) }
      guard bytes == file.bytes else { throw .otherContent(file.path) }
      known.insert(file.path)
    }
    for posting in contents.facts.postings(of: contents.manifest.document) {
      let path = EvidencePath.version(posting.value.label)
      guard archive[path].map({ SHA256Hex.digest(of: $0) }) == posting.value.sha256 else { throw .otherContent(path) }
    }
    let pages: [StoredArchive.File]
    do {
      pages = try contents.pages()
    } catch {
      throw .badManifest("\(error)")
    }
    let isOurs = contents.manifest.pages == EvidenceManifest.currentPages
    for file in pages {
      guard let bytes = archive[file.path] else { throw .missingFile(file.path) }
      known.insert(file.path)
      guard bytes != file.bytes else { continue }
      guard !isOurs, file.path != EvidencePath.text else { throw .otherContent(file.path) }
      guard file.path != EvidencePath.answer || Self.isSameAnswer(bytes, file.bytes) else { throw .otherAnswer }
    }
    for file in archive.files
    where !known.contains(file.path)
      && !["acts/", "proofs/", "letters/", "reports/"].contains(where: file.path.hasPrefix)
    {
      throw .strangeFile(file.path)
    }
    let versions = contents.facts.postings(of: contents.manifest.document).count
    pass("texts", "\(versions) versions, word for word as they were posted")
    pass("answer", "computed again from the acts alone: the same")
    if !isOurs {
      report.notes.append(
        "The pages were written by another program (\(contents.manifest.pages)); their hashes hold, and the answer and the "
          + "texts were compared, the pages' wording was not.")
    }
    report.answer = Self.words(contents.answer, at: contents.manifest.at)
  }

  /// Whether two answers say the same but for the words of their reasons, which later programs may put otherwise.
  private static func isSameAnswer(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    func substance(_ bytes: [UInt8]) -> CanonicalJSON.Members? {
      guard case .object(var members)? = try? CanonicalJSON(parsing: bytes) else { return nil }
      members["basis"] = nil
      return members
    }
    return substance(left) != nil && substance(left) == substance(right)
  }

  private static func words(_ answer: BindingAnswer, at moment: String) -> String {
    let about = "\(answer.developer) · \(answer.document) · \(moment): "
    guard answer.bound else { return about + (answer.surviving == nil ? "not bound" : "ended, with surviving clauses") }
    let version = answer.version.map { "version \($0)" } ?? "parts of several versions"
    return about + version + (answer.entity.map { ", with \($0)" } ?? "")
  }
}

extension Person {
  /// Reads what ``openedJSON`` writes, and nothing else.
  fileprivate init?(openedJSON bytes: [UInt8]) {
    guard case .object(let members)? = try? CanonicalJSON(parsing: bytes), case .string(let salt)? = members["salt"]
    else { return nil }
    var (name, email) = (String?.none, EmailAddress?.none)
    if case .string(let text)? = members["name"] { name = text }
    if case .string(let text)? = members["email"] { email = EmailAddress(rawValue: text) }
    self.init(name: name, email: email, salt: salt)
    guard Array(openedJSON.utf8) == bytes else { return nil }
  }
}
