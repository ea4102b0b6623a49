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

  /// - Throws: ``EvidenceProblem`` where the acts do not tell what the bundle is about.
  init(_ manifest: EvidenceManifest, _ entries: [LogEntry]) throws(EvidenceProblem) {
    self.manifest = manifest
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
    var incorporated: [IncorporatedRecord] = []
    for reference in document.settings.incorporated where reference.pinned == nil {
      guard let named = facts.document(reference.document, knownAt: manifest.knownAt) else { continue }
      incorporated.append(
        IncorporatedRecord(
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
    if let text { files.append(.init(path: EvidencePath.text, bytes: Array(text.source.utf8))) }
    for posting in facts.postings(of: manifest.document) where posting.value.basedOn != nil {
      files.append(
        .init(path: EvidencePath.redline(posting.value.label), bytes: Array(RedlinePage(posting).html.utf8)))
    }
    files.append(.init(path: EvidencePath.readme, bytes: Array(EvidencePage(self).html.utf8)))
    return files
  }

  /// The mails to which acts are bound: letters as sent, and what came back.
  var mails: [(act: Int64, kind: EvidenceManifest.Absence.Kind, sha256: String, wasKept: Bool)] {
    facts.entries.compactMap { entry in
      let number = entry.occasion.sequence
      switch entry.act {
      case .noticeAttempted(_, _, let attempt):
        return attempt.messageSHA256.map { (number, .letter, $0, attempt.letterKept) }
      case .notice(_, _, let notice): return notice.messageSHA256.map { (number, .letter, $0, false) }
      case .mailReturned(_, _, let mail): return (number, .report, mail.mailSHA256, true)
      default: return nil
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

  static func act(_ number: Int64) -> String { "acts/\(padded(number)).json" }
  static func proof(_ number: Int64) -> String { "proofs/\(padded(number)).\(LogProof.fileExtension)" }
  static func version(_ label: VersionLabel) -> String { "versions/\(label).md" }
  static func redline(_ label: VersionLabel) -> String { "redlines/\(label).html" }

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
}

extension EvidenceProblem: CustomStringConvertible {
  package var description: String {
    switch self {
    case .archive(let error): "the file is no whole bundle: \(error)"
    case .noManifest: "the bundle has no manifest.json, so that nobody can say what belongs to it; get it anew"
    case .badManifest(let what): "manifest.json is not as it was written: \(what); get the bundle anew"
    case .otherFormat(let format):
      "the bundle is of the format '\(format.prefix(40))', which this program does not know; check it with a newer one"
    case .missingFile(let path): "\(path) is missing, though it belongs to the bundle"
    case .strangeFile(let path): "\(path) does not belong to the bundle"
    case .otherHash(let path): "\(path) was altered: it has not the hash that the manifest names"
    case .badFile(let path, let what): "\(path) proves nothing: \(what)"
    case .missingAct(let what): "the bundle lacks the act \(what), and so proves no answer"
    case .otherContent(let path): "\(path) does not say what the acts in the bundle say"
    case .otherAnswer: "answer.json does not give the answer that follows from the acts in the bundle"
    case .otherKey(let expected, let found):
      "the bundle is signed with \(found), not with the key that you named, \(expected); believe nothing of it"
    }
  }
}
