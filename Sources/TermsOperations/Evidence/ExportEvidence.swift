internal import Binding
package import TermsModel
package import Transparency

/// Makes bundles of evidence.
package struct EvidenceExporter: Sendable {
  private let registry: TermsRegistry
  private let record: any EvidenceRecord

  package init(record: any EvidenceRecord, now: @escaping @Sendable () -> Instant, actor: String) {
    self.record = record
    registry = TermsRegistry(record: record, now: now, makeSalt: { "" }, actor: actor)
  }

  /// A bundle with the answer which words of a document bind a developer, and everything that proves it.
  ///
  /// - Parameters:
  ///   - moment: the day or the moment in question; the moment of knowledge where not given.
  ///   - knownAt: the moment of knowledge; the present where not given.
  ///   - key: the log's key, where it is at hand, to seal the bundle with.
  /// - Returns: the archive, and what the answer is.
  /// - Throws: a refusal where developer or document is unknown, where no state of the log was signed, or where the facts
  ///   asked for are not under a signed one yet.
  package func bundle(
    of developer: DeveloperID, under slug: DocumentSlug, at moment: AskedMoment?, knownAt: Instant?,
    sealedBy key: NoteSigningKey? = nil
  ) async throws -> EvidenceBundle {
    _ = try await registry.requireDeveloper(developer)
    let document = try await registry.requireDocument(slug)
    guard let checkpoint = try await record.lastCheckpoint() else { throw LogRefusal.noCheckpoint }
    let documents = try await self.documents(along: document, developer)
    let known = try await self.moment(ofKnowledge: knownAt, checkpoint, developer, documents)
    let lines = try await record.acts(about: developer, documents, upTo: checkpoint.size)
    let entries = try lines.map { try LogEntry(json: $0.json) }

    var quiet: Set<Int64> = []
    for document in documents { quiet.formUnion(try await record.quietNotices(to: developer, of: document)) }
    let facts = RecordedFacts(entries)
    var (mails, absent) = ([StoredArchive.File](), [EvidenceManifest.Absence]())
    var replies: [Int64: AttemptReply] = [:]
    // Of no use where the log in the bundle knows of another key.
    let isSealed = key != nil && facts.lastKey == key?.verifyingKey
    let (witnesses, witnessFiles) = try await witnesses(of: lines.map(\.sequence), checkpoint)
    let draft = EvidenceManifest(
      format: EvidenceManifest.currentFormat, pages: EvidenceManifest.currentPages,
      log: try Checkpoint(parsing: checkpoint.note.text).origin, developer: developer, document: slug,
      at: (moment ?? .instant(known)).description, knownAt: known, size: checkpoint.size, absent: [],
      quiet: Self.unsaid(quiet, in: entries), sealed: isSealed, witnesses: witnesses, files: [])
    let person = facts.erasure(of: developer) == nil ? try await record.person(developer) : nil
    for mail in EvidenceContents.mails(entries) {
      if mails.contains(where: { $0.path == mail.path }) { continue }
      if mail.kind == .reply { replies[mail.act] = try await record.reply(toAttempt: mail.act) }
      if let bytes = try await bytes(of: mail, entries, replies) {
        mails.append(.init(path: mail.path, bytes: bytes))
      } else {
        absent.append(
          .init(
            act: mail.act, kind: mail.kind, sha256: mail.sha256,
            reason: facts.erasure(of: developer) != nil ? .erased : .notKept))
      }
    }
    let contents = try EvidenceContents(
      draft.with(absent: absent, files: []), entries, person: person, replies: replies)
    try await requireSameAnswer(contents, checkpoint)
    var files = contents.fixedFiles() + mails + witnessFiles + (try contents.pages())
    files.append(.init(path: EvidencePath.checkpoint, bytes: Array(checkpoint.note.encoded.utf8)))
    if let person {
      files.append(.init(path: EvidencePath.person, bytes: Array(person.openedJSON.utf8)))
    }
    for line in lines {
      guard let hashes = try await record.inclusionProof(of: line.sequence, size: checkpoint.size) else {
        throw LogRefusal.notUnderCheckpoint(act: line.sequence, size: checkpoint.size)
      }
      let proof = LogProof(index: Int(line.sequence) - 1, hashes: hashes, checkpoint: checkpoint.note)
      files.append(.init(path: EvidencePath.act(line.sequence), bytes: line.json))
      files.append(.init(path: EvidencePath.proof(line.sequence), bytes: Array(proof.encoded.utf8)))
    }
    let sorted = try StoredArchive(files).files
    let manifest = draft.with(
      absent: absent,
      files: sorted.map { .init(path: $0.path, bytes: $0.bytes.count, sha256: SHA256Hex.digest(of: $0.bytes)) })
    let manifestBytes = try manifest.encoded()
    files.append(.init(path: EvidenceManifest.path, bytes: manifestBytes))
    if isSealed, let key {
      let seal = try EvidenceSeal.make(manifest: manifestBytes, by: key)
      files.append(.init(path: EvidencePath.seal, bytes: Array(seal.encoded.utf8)))
    }
    return EvidenceBundle(
      bytes: try StoredArchive(files).encoded(), files: files.count, acts: lines.count, size: checkpoint.size,
      knownAt: known, absent: absent.count, isSealed: isSealed)
  }

  /// What outsiders said of the first witnessed state of the log that each act is under: the earliest moment at which others
  /// can say that it was on record.
  private func witnesses(of acts: [Int64], _ checkpoint: StoredCheckpoint) async throws -> (
    [EvidenceManifest.Witness], [StoredArchive.File]
  ) {
    let all = try await record.witnessed(upTo: checkpoint.size)
    let states = all.map(\.checkpoint.size)
    let first = Set(acts.compactMap { act in states.filter { $0 >= Int(act) }.min() })
    var (witnesses, files) = ([EvidenceManifest.Witness](), [StoredArchive.File]())
    for said in all.sorted(by: { $0.act < $1.act }) where first.contains(said.checkpoint.size) {
      let (kind, by, bytes): (EvidenceManifest.Witness.Kind, String, [UInt8]) =
        switch said.witness {
        case .cosignature(let key, let note): (.cosignature, key, Array(note.encoded.utf8))
        case .timestamp(let source, let reply): (.timestamp, source, reply)
        }
      let witness = EvidenceManifest.Witness(act: said.act, kind: kind, size: said.checkpoint.size, by: by)
      witnesses.append(witness)
      files.append(.init(path: EvidencePath.witness(witness), bytes: bytes))
    }
    for size in first.sorted() {
      guard let witnessed = all.first(where: { $0.checkpoint.size == size })?.checkpoint,
        let growth = try await record.consistencyProof(from: size, to: checkpoint.size)
      else { throw EvidenceFault.otherAnswer(acts: checkpoint.size) }
      files.append(.init(path: EvidencePath.witnessed(size), bytes: Array(witnessed.note.encoded.utf8)))
      files.append(.init(path: EvidencePath.growth(size), bytes: Array(growth.map { $0.base64 + "\n" }.joined().utf8)))
    }
    return (witnesses, files)
  }

  /// The documents that an answer about one can rest on: itself, those that it names, and those that name any of them.
  private func documents(along document: Document, _ developer: DeveloperID) async throws -> [DocumentSlug] {
    var documents = [document.slug] + document.settings.incorporated.map(\.document)
    for slug in documents {
      documents += try await record.facts(of: developer, document: slug).naming.map(\.document)
    }
    return documents.uniqued()
  }

  /// The moment of knowledge, all of whose facts must be under the checkpoint.
  private func moment(
    ofKnowledge given: Instant?, _ checkpoint: StoredCheckpoint, _ developer: DeveloperID, _ documents: [DocumentSlug]
  ) async throws -> Instant {
    let now = registry.now()
    if let given, given > now { throw TermsRefusal.notKnownYet(given, now: now) }
    let later = try await record.acts(about: developer, documents, upTo: Int.max).filter {
      $0.sequence > checkpoint.size
    }
    let first = try later.first { line in
      guard case .log = try LogEntry(json: line.json).act else { return true }
      return false
    }
    guard let first else { return given ?? now }
    // Never an answer for an earlier moment than was asked for: whoever wants that one names it.
    guard let given, given < (try LogEntry(json: first.json).occasion.recordedAt) else {
      throw LogRefusal.notUnderCheckpoint(act: first.sequence, size: checkpoint.size)
    }
    return given
  }

  /// The notices that give no notice, of which the log does not say so itself.
  private static func unsaid(_ quiet: Set<Int64>, in entries: [LogEntry]) -> [Int64] {
    let said = entries.compactMap { entry -> Int64? in
      if case .noticeAttempted(_, _, let attempt) = entry.act, !attempt.givesNoNotice, quiet.contains(attempt.notice) {
        attempt.notice
      } else {
        nil
      }
    }
    return Set(said).sorted()
  }

  private func bytes(
    of mail: EvidenceContents.Mail, _ entries: [LogEntry], _ replies: [Int64: AttemptReply]
  ) async throws -> [UInt8]? {
    switch mail.kind {
    case .reply: return replies[mail.act].map { Array($0.openedJSON.utf8) }
    case .report: return try await record.returnedBytes(sha256: mail.sha256)
    case .letter:
      for entry in entries {
        guard case .noticeAttempted(_, _, let attempt) = entry.act else { continue }
        if let letter = try await record.letters(of: attempt.notice)[mail.sha256] { return letter }
      }
      return nil
    }
  }

  /// What follows from the acts alone must be what the tables say.
  private func requireSameAnswer(_ contents: EvidenceContents, _ checkpoint: StoredCheckpoint) async throws {
    let manifest = contents.manifest
    let answer = try await registry.answerBinding(
      of: manifest.developer, under: manifest.document, at: manifest.askedMoment, knownAt: manifest.knownAt)
    guard answer == contents.answer, answer.basis.map(\.says) == contents.answer.basis.map(\.says) else {
      throw EvidenceFault.otherAnswer(acts: checkpoint.size)
    }
  }
}

/// A bundle as it is written.
package struct EvidenceBundle: Hashable, Sendable {
  package let bytes: [UInt8]
  package let files: Int
  package let acts: Int
  /// How many acts the checkpoint covers.
  package let size: Int
  package let knownAt: Instant
  /// How many letters and reports are missing from it, erased or never kept.
  package let absent: Int
  /// Whether the platform signed it as a whole.
  package let isSealed: Bool
}

/// A bundle cannot be made, as the record contradicts itself.
package enum EvidenceFault: Error, Hashable {
  case otherAnswer(acts: Int)
}

extension EvidenceFault: CustomStringConvertible {
  package var description: String {
    switch self {
    case .otherAnswer(let acts):
      "the tables give another answer than the \(acts) acts of the log that were signed; run 'tenor verify'"
    }
  }
}

extension EvidenceManifest {
  fileprivate func with(absent: [Absence], files: [File]) -> EvidenceManifest {
    EvidenceManifest(
      format: format, pages: pages, log: log, developer: developer, document: document, at: at, knownAt: knownAt,
      size: size, absent: absent, quiet: quiet, sealed: sealed, witnesses: witnesses, files: files)
  }
}

extension Person {
  /// What opens the commitment: the personal data with the salt, in canonical JSON.
  var openedJSON: String {
    "{\"email\":\(email.map { CanonicalJSON.quoted($0.rawValue) } ?? "null"),"
      + "\"name\":\(name.map(CanonicalJSON.quoted) ?? "null"),\"salt\":\(CanonicalJSON.quoted(salt))}"
  }
}
