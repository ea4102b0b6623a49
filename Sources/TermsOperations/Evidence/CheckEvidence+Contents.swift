internal import Binding
internal import TermsModel
internal import Transparency

/// What the acts in a bundle are about: the mails and the person that they bind by hashes, and what follows from them.
extension EvidenceCheck {
  mutating func checkMails(_ contents: EvidenceContents, _ archive: StoredArchive) throws(EvidenceProblem) {
    var bound: Set<String> = []
    let isErased = contents.facts.erasure(of: contents.manifest.developer) != nil
    var absent = contents.manifest.absent
    for mail in EvidenceContents.mails(contents.facts.entries) {
      let path = mail.path
      if let bytes = archive[path] {
        // Replies were compared when they were opened.
        guard mail.kind == .reply || SHA256Hex.digest(of: bytes) == mail.sha256 else { throw .otherContent(path) }
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
    for file in archive.files where ["letters/", "reports/", EvidencePath.replies].contains(where: file.path.hasPrefix)
    {
      guard bound.contains(file.path) else { throw .strangeFile(file.path) }
    }
    let letters = bound.count { $0.hasPrefix("letters/") }
    let reports = bound.count { $0.hasPrefix("reports/") }
    pass(
      "letters",
      "\(letters) as they were sent, \(reports) that came back, each named by its hash in an act"
        + (bound.count > letters + reports ? "; what mail systems answered, by salted hashes" : ""))
    for absence in contents.manifest.absent {
      let thing =
        switch absence.kind {
        case .letter: "letter"
        case .report: "message that came back"
        case .reply: "mail system's answer in full"
        }
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

  /// What mail systems said of tries in full, by the tries' acts, as far as it is here.
  func openReplies(_ entries: [LogEntry], _ archive: StoredArchive) throws(EvidenceProblem) -> [Int64: AttemptReply] {
    var replies: [Int64: AttemptReply] = [:]
    for mail in EvidenceContents.mails(entries) where mail.kind == .reply {
      guard let bytes = archive[mail.path] else { continue }
      guard let reply = AttemptReply(openedJSON: bytes), reply.commitment == mail.sha256 else {
        throw .otherContent(mail.path)
      }
      replies[mail.act] = reply
    }
    return replies
  }

  /// The developer's name and address, which the log is bound to; `nil` once erased.
  mutating func checkPerson(
    _ facts: RecordedFacts, _ archive: StoredArchive, _ manifest: EvidenceManifest
  ) throws(EvidenceProblem) -> Person? {
    let path = EvidencePath.person
    let developer = manifest.developer
    guard let commitment = facts.commitment(of: developer) else {
      guard archive[path] == nil else { throw .strangeFile(path) }
      if let entry = facts.erasure(of: developer) {
        report.notes.append(
          "Name and address of '\(developer)' were erased at \(entry.occasion.happenedAt) (act \(entry.occasion.sequence))."
        )
      }
      return nil
    }
    guard let bytes = archive[path] else { throw .missingFile(path) }
    guard let person = Person(openedJSON: bytes), person.commitment == commitment else { throw .otherContent(path) }
    pass("person", "the name and address that the log is bound to, by a salted hash")
    return person
  }

  mutating func checkContents(_ contents: EvidenceContents, _ archive: StoredArchive) throws(EvidenceProblem) {
    var known: Set<String> = [
      EvidenceManifest.path, EvidencePath.checkpoint, EvidencePath.person, EvidencePath.seal,
    ]
    for file in contents.fixedFiles() + contents.texts() {
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
    report.pages = pages
    var notCompared: [String] = []
    for file in pages {
      guard let bytes = archive[file.path] else { throw .missingFile(file.path) }
      known.insert(file.path)
      guard bytes != file.bytes else { continue }
      // Pages that claim to be this program's are what it writes; those of another one are at best not compared.
      guard contents.manifest.pages != EvidenceManifest.currentPages else {
        throw file.path == EvidencePath.answer ? .otherAnswer : .otherContent(file.path)
      }
      guard file.path != EvidencePath.answer || Self.isSameAnswer(bytes, file.bytes) else { throw .otherAnswer }
      notCompared.append(file.path == EvidencePath.answer ? "the words of the reasons in answer.json" : file.path)
    }
    for file in archive.files
    where !known.contains(file.path)
      && !["acts/", "proofs/", "letters/", "reports/", EvidencePath.replies, "witnesses/"].contains(
        where: file.path.hasPrefix)
    {
      throw .strangeFile(file.path)
    }
    let versions = contents.facts.postings(of: contents.manifest.document).count
    pass("texts", "\(versions) versions, word for word as they were posted, and the words in force")
    pass("answer", "computed again from the acts alone: the same")
    if notCompared.isEmpty {
      pass("pages", "made again from the acts: the same, byte for byte")
    } else {
      report.doubts.append(
        .notCompared(
          program: contents.manifest.pages, files: notCompared, isSealed: archive[EvidencePath.seal] != nil))
    }
    report.answer = Self.words(contents.answer, at: contents.manifest.at)
  }

  /// Whether two answers say the same: everything, but that later programs may put the words of their reasons otherwise. The
  /// rules in their order, the facts that they were applied to, and every number in the words are the same even then. Earlier
  /// programs told the whole way to a folder, where later ones tell its name.
  private static func isSameAnswer(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    func substance(_ bytes: [UInt8]) -> CanonicalJSON? {
      guard case .object(var members)? = try? CanonicalJSON(parsing: bytes), case .array(let basis)? = members["basis"]
      else { return nil }
      members["basis"] = .array(
        basis.map { step in
          guard case .object(var parts) = step, case .string(var says)? = parts["says"] else { return step }
          if case .object(var data)? = parts["data"], case .object(var notice)? = data["notice"],
            case .string(let witness)? = notice["witness"]
          {
            notice["witness"] = .string(WitnessWords.of(witness))
            data["notice"] = .object(notice)
            parts["data"] = .object(data)
            says = says.replacing(witness, with: WitnessWords.of(witness))
          }
          let figures = says.split { !$0.isNumber }.map { CanonicalJSON.string(String($0)) }
          parts["says"] = .array(figures)
          return .object(parts)
        })
      return .object(members)
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
