internal import Binding
internal import TermsModel
package import Transparency

/// Everything in a bundle that follows from the acts in it: the answer, the texts, the redlines, the page to read. Made here
/// where a bundle is written, and made again where it is checked.
struct EvidenceContents {
  let manifest: EvidenceManifest
  let facts: RecordedFacts
  let answer: BindingAnswer
  let text: ConsolidatedText?
  /// The words of the documents that bind along, as far as any do.
  let along: [(document: DocumentSlug, version: VersionLabel?, source: String)]
  /// Who the developer is; `nil` once erased.
  let person: Person?
  /// What mail systems said of tries in full, by the tries' acts.
  let replies: [Int64: AttemptReply]

  /// - Throws: ``EvidenceProblem`` where the acts do not tell what the bundle is about.
  init(
    _ manifest: EvidenceManifest, _ entries: [LogEntry], person: Person?, replies: [Int64: AttemptReply]
  ) throws(EvidenceProblem) {
    self.manifest = manifest
    self.replies = replies
    self.person = person
    facts = RecordedFacts(entries, quiet: Set(manifest.quiet))
    guard let asked = manifest.askedMoment else { throw .badManifest("'at' is neither a date nor a moment") }
    guard let document = facts.document(manifest.document, knownAt: manifest.knownAt) else {
      throw .missingAct("of adding the document '\(manifest.document)'")
    }
    guard !facts.facts(of: manifest.developer, document: manifest.document).regions.isEmpty else {
      throw .missingAct("of registering the developer '\(manifest.developer)'")
    }
    let question = BindingQuestion(at: asked.instant(in: document.settings.zone), knownAt: manifest.knownAt)
    let developerFacts = facts.facts(of: manifest.developer, document: manifest.document)
    let versions = facts.versions(of: manifest.document)
    var incorporated: [BindingRecord] = []
    for reference in document.settings.incorporated where reference.pinned == nil {
      guard let named = facts.document(reference.document, knownAt: manifest.knownAt) else { continue }
      incorporated.append(
        BindingRecord(
          document: named, versions: facts.versions(of: named.slug),
          facts: facts.facts(of: manifest.developer, document: named.slug)))
    }
    answer = bindingAnswer(
      document: document, versions: versions, facts: developerFacts, incorporated: incorporated, question: question)
    do throws(ConsolidationError) {
      text = try consolidatedText(
        document: document, versions: versions, facts: developerFacts, texts: facts.texts(of: manifest.document),
        question: question)
    } catch {
      throw .missingAct("of posting a version whose words bind (\(error))")
    }
    along = try Self.along(answer, facts, manifest, question)
  }

  private static func along(
    _ answer: BindingAnswer, _ facts: RecordedFacts, _ manifest: EvidenceManifest, _ question: BindingQuestion
  ) throws(EvidenceProblem) -> [(document: DocumentSlug, version: VersionLabel?, source: String)] {
    var along: [(document: DocumentSlug, version: VersionLabel?, source: String)] = []
    for named in answer.incorporated {
      let texts = facts.texts(of: named.document)
      if named.isPinned {
        guard let text = texts.first(where: { $0.version == named.version }) else { continue }
        along.append((named.document, named.version, text.clauses.map(\.source).joined()))
        continue
      }
      guard let document = facts.document(named.document, knownAt: manifest.knownAt) else { continue }
      do throws(ConsolidationError) {
        let text = try consolidatedText(
          document: document, versions: facts.versions(of: named.document),
          facts: facts.facts(of: manifest.developer, document: named.document), texts: texts, question: question)
        if let text { along.append((named.document, text.posted, text.source)) }
      } catch {
        throw .missingAct("of posting a version of '\(named.document)' whose words bind along (\(error))")
      }
    }
    return along
  }

  /// The answer as programs read it (`tenor binding --json`), in canonical JSON.
  func answerJSON() throws -> [UInt8] {
    try CanonicalJSON(encoding: BindingJSON(answer, at: manifest.at)).encoded()
  }

  /// What any program makes of the acts in the same way: the posted texts, and the keys.
  func fixedFiles() -> [StoredArchive.File] {
    var files = facts.postings(of: manifest.document).map { posting in
      StoredArchive.File(
        path: EvidencePath.version(posting.value.label), bytes: Array(posting.value.clauses.map(\.source).joined().utf8)
      )
    }
    let keys = facts.entries.compactMap { entry -> String? in
      switch entry.act {
      case .log(.keyAdopted(let key)), .log(.keyRotated(let key, _)): key.encoded + "\n"
      default: nil
      }
    }
    files.append(.init(path: EvidencePath.keys, bytes: Array(keys.joined().utf8)))
    return files
  }

  /// What this program makes of the acts in its own words: the answer, the text in force, the redlines, the page to read.
  func pages() throws -> [StoredArchive.File] {
    var files = [StoredArchive.File(path: EvidencePath.answer, bytes: try answerJSON())]
    files += texts()
    for posting in facts.postings(of: manifest.document) where posting.value.basedOn != nil {
      files.append(
        .init(path: EvidencePath.redline(posting.value.label), bytes: Array(RedlinePage(posting).html.utf8)))
    }
    files.append(.init(path: EvidencePath.readme, bytes: Array(EvidencePage(self).html.utf8)))
    return files
  }

  /// The words that bind: what any program makes of the acts in the same way.
  func texts() -> [StoredArchive.File] {
    (text.map { [.init(path: EvidencePath.text, bytes: Array($0.source.utf8))] } ?? [])
      + along.map { .init(path: EvidencePath.along($0.document), bytes: Array($0.source.utf8)) }
  }

  /// What acts are bound to that stands apart from the log.
  struct Mail {
    let act: Int64
    let kind: EvidenceManifest.Absence.Kind
    /// Of its bytes; of a reply the commitment.
    let sha256: String
    /// Whether it can be missing only by being erased.
    let wasKept: Bool

    var path: String { kind == .reply ? EvidencePath.reply(act) : EvidencePath.mail(kind, sha256) }
  }

  /// The mails to which acts are bound: letters as sent, what came back, and what was said of tries.
  static func mails(_ entries: [LogEntry]) -> [Mail] {
    entries.flatMap { entry -> [Mail] in
      let number = entry.occasion.sequence
      switch entry.act {
      case .noticeAttempted(_, _, let attempt):
        return [
          attempt.messageSHA256.map { Mail(act: number, kind: .letter, sha256: $0, wasKept: attempt.letterKept) },
          attempt.replyCommitment.map { Mail(act: number, kind: .reply, sha256: $0, wasKept: true) },
        ].compactMap(\.self)
      case .notice(_, _, let notice):
        return notice.messageSHA256.map { [Mail(act: number, kind: .letter, sha256: $0, wasKept: false)] } ?? []
      case .mailReturned(_, _, let mail):
        return [Mail(act: number, kind: .report, sha256: mail.mailSHA256, wasKept: true)]
      default: return []
      }
    }
  }
}

/// Where things stand in a bundle.
enum EvidencePath {
  static let readme = "README.html"
  static let answer = "answer.json"
  static let checkpoint = "checkpoint.txt"
  static let keys = "keys.txt"
  static let person = "person.json"
  static let text = "text-in-force.md"
  static let seal = "seal.txt"

  /// The words of a document that binds along.
  static func along(_ document: DocumentSlug) -> String { "incorporated/\(document).md" }
  /// A state of the log that others witnessed, as it was signed.
  static func witnessed(_ size: Int) -> String { "witnesses/\(padded(Int64(size))).txt" }
  /// The proof that the bundle's checkpoint continues it.
  static func growth(_ size: Int) -> String { "witnesses/\(padded(Int64(size))).consistency" }

  static func witness(_ witness: EvidenceManifest.Witness) -> String {
    "witnesses/\(padded(Int64(witness.size)))-\(padded(witness.act))"
      + (witness.kind == .cosignature ? ".cosignature" : ".tsr")
  }

  static func act(_ number: Int64) -> String { "acts/\(padded(number)).json" }
  static func proof(_ number: Int64) -> String { "proofs/\(padded(number)).\(LogProof.fileExtension)" }
  static func version(_ label: VersionLabel) -> String { "versions/\(label).md" }
  static func redline(_ label: VersionLabel) -> String { "redlines/\(label).html" }

  /// What a mail system said of the try of an act.
  static func reply(_ act: Int64) -> String { "\(replies)\(padded(act)).json" }
  static let replies = "replies/"

  static func mail(_ kind: EvidenceManifest.Absence.Kind, _ sha256: String) -> String {
    "\(kind == .letter ? "letters" : "reports")/\(sha256).eml"
  }

  private static func padded(_ number: Int64) -> String {
    String(repeating: "0", count: max(0, 8 - "\(number)".count)) + "\(number)"
  }
}

/// What is wrong with a bundle.
package enum EvidenceProblem: Error, Hashable {
  case archive(StoredArchiveError)
  case noManifest
  case badManifest(String)
  case otherFormat(String)
  case missingFile(String)
  case strangeFile(String)
  case otherHash(String)
  case badFile(String, String)
  /// An act is not there without which nothing can be answered.
  case missingAct(String)
  case otherContent(String)
  case otherAnswer
  case otherKey(expected: String, found: String)
  /// What a witness is said to have said does not hold.
  case badWitness(String, String)
}

extension EvidenceProblem: CustomStringConvertible {
  package var description: String {
    switch self {
    case .archive(let error): "the file is no whole bundle: \(error)"
    case .noManifest: "the bundle has no manifest.json, so that nobody can say what belongs to it; get it anew"
    case .badManifest(let what): "manifest.json is not as it was written: \(what); get the bundle anew"
    case .otherFormat(let format): EvidenceDoubt.otherFormat(format).description
    case .missingFile(let path): "\(path) is missing, though it belongs to the bundle"
    case .strangeFile(let path): "\(path) does not belong to the bundle"
    case .otherHash(let path): "\(path) was altered: it has not the hash that the manifest names"
    case .badFile(let path, let what): "\(path) proves nothing: \(what)"
    case .missingAct(let what): "the bundle lacks the act \(what), and so proves no answer"
    case .otherContent(let path): "\(path) does not say what the acts in the bundle say"
    case .otherAnswer: "answer.json does not give the answer that follows from the acts in the bundle"
    case .otherKey(let expected, let found):
      "the bundle is signed with \(found), not with the key that you named, \(expected); believe nothing of it, "
        + "unless the platform published that one, too, when the bundle was made: then name it"
    case .badWitness(let path, let what): "\(path) is no witness's word: \(what)"
    }
  }
}

/// Why a bundle in which nothing is damaged is not called sound.
package enum EvidenceDoubt: Error, Hashable {
  /// Pages that differ from what this program makes of the acts, and claim to be another program's.
  case notCompared(program: String, files: [String], isSealed: Bool)
  /// The key that was named has handed over to another one, which signed.
  case formerKey(String, until: Int64, now: String)
  /// Nothing was checked.
  case otherFormat(String)
}

extension EvidenceDoubt: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notCompared(let program, let files, let isSealed):
      "not compared: \(files.joined(separator: ", ")). The bundle says that they are the wording of another program "
        + "(\(program)), "
        + (isSealed
          ? "and they are what the platform sealed, which is its word and no proof"
          : "and anybody can say that: rely on none of their words")
        + ". Read the pages that this program makes of the acts (--pages FOLDER), or check the bundle with the program that "
        + "wrote it"
    case .formerKey(let key, let act, let now):
      "the key that you named, \(key), signed up to act \(act), and handed over to the one that signed this, \(now); "
        + "compare that one with what the platform published, and name it"
    case .otherFormat(let format):
      "the bundle is of the format '\(format.prefix(40))', which this program does not know, so that nothing was checked; "
        + "check it with a newer one"
    }
  }
}
