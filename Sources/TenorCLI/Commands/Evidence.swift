internal import ArgumentParser
internal import Foundation
internal import TermsModel
internal import TermsOperations
internal import TermsStore
internal import Transparency

struct Evidence: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write one file that proves which words bound a developer, on any day.",
    discussion: """
      The file is a ZIP archive with a page to read (README.html), the words in force, every version as it was posted, what \
      each changed, every letter byte for byte, the delivery reports, and each act of the log that the answer rests on, with \
      the proof that it stands in the log as it was signed. 'tenor check' checks it anywhere, with no record and no network; \
      so does the program in Docs/check_bundle.py.

      With the key at hand, the log is signed first as it stands, so that everything is covered, and the bundle is sealed as \
      a whole. Without it, the last checkpoint must cover what is asked for, and nobody seals it. What witnesses said of the \
      log (time stamps, cosignatures) is in it, too. The bundle holds the developer's name and address: hand it to those alone \
      who may know them.
      """)

  @OptionGroup var options: DatabaseOptions
  @OptionGroup var key: KeyOptions
  @Argument(help: "The developer.", transform: Arguments.identifier) var id: DeveloperID
  @Option(help: "The document.", transform: Arguments.identifier) var document: DocumentSlug
  @Option(help: "The day or moment in question; now where left out.", transform: Arguments.moment) var at: AskedMoment?
  @Option(help: "As known then; now where left out.", transform: Arguments.instant) var knownAt: Instant?
  @Option(help: "The file to write; none is ever overwritten.") var out: String
  @Flag(help: "Print JSON about what was written.") var json = false

  func run() async throws {
    let composition = try await Composition(options)
    guard !FileManager.default.fileExists(atPath: out) else { throw OutputRefusal.exists(out) }
    let (store, signingKey) = try await composition.signedStoreAndKey(key)
    let exporter = EvidenceExporter(record: store, now: Composition.now, actor: composition.settings.actor)
    let bundle = try await exporter.bundle(of: id, under: document, at: at, knownAt: knownAt, sealedBy: signingKey)
    do throws(WholeFile.Fault) {
      try WholeFile.write(bundle.bytes, to: out, mode: 0o600)
    } catch {
      throw OutputRefusal.unwritable(out, cause: error.cause)
    }
    if json { return try JSONOutput.print(EvidenceJSON(bundle, path: out)) }
    print(
      "\(out): \(bundle.files) files, \(bundle.acts) acts of the \(bundle.size) that are signed, as known \(bundle.knownAt)"
    )
    if !bundle.isSealed {
      print("it is not sealed, as the log's key is not at hand: run this where the key is, or name it (--key-file)")
    }
    if bundle.absent > 0 {
      print("\(bundle.absent) letters, reports or replies are not in it, erased or never kept; the page says which")
    }
  }
}

/// A file that cannot be written.
enum OutputRefusal: Refusal, Hashable {
  case exists(String)
  case unwritable(String, cause: String)

  var description: String {
    switch self {
    case .exists(let path): "there is a file '\(path)' already, and none is overwritten; name another with --out"
    case .unwritable(let path, let cause):
      "'\(path)' cannot be written: \(cause); check its folder, its permissions and the room left"
    }
  }
}

struct EvidenceJSON: Encodable {
  let file: String
  let sha256: String
  let files: Int
  let acts: Int
  let signedActs: Int
  let knownAt: Instant
  let absent: Int
  /// Whether the platform signed it as a whole.
  let sealed: Bool

  init(_ bundle: EvidenceBundle, path: String) {
    file = path
    sha256 = SHA256Hex.digest(of: bundle.bytes)
    files = bundle.files
    acts = bundle.acts
    signedActs = bundle.size
    knownAt = bundle.knownAt
    absent = bundle.absent
    sealed = bundle.isSealed
  }
}

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check a bundle of evidence: no record, no network, nothing but the file.",
    discussion: """
      Checks that the file is whole, that each act in it stands in the log as it was signed, that every letter, report and \
      text is the one that the acts name, and computes the answer and every page again from the acts. Exits 4 where anything \
      is damaged; 2 where nothing is, but not everything is proved: pages that claim to be another program's wording, and \
      differ from this one's, or a key that has handed over to the one that signed.

      What a check cannot know is whether the key is the platform's: name the published one with --key, or compare it. Time \
      stamps are checked by the certificates of their authority (--timestamp-ca; needs openssl).
      """)

  @Argument(help: "The bundle; - for standard input.") var file: String
  @Option(help: "The public key that the platform published: NAME+ID+KEY.", transform: Arguments.logKey) var key:
    NoteVerifyingKey?
  @Option(
    help: ArgumentHelp(
      "Check the time stamps in it by the certificates of their authority (PEM); needs openssl.", valueName: "file"))
  var timestampCa: String?
  @Option(
    help: ArgumentHelp(
      "Write the pages that follow from the acts into a new folder: read these where those in the bundle are another program's.",
      valueName: "folder"))
  var pages: String?
  @Flag(help: "Print JSON.") var json = false

  func run() throws {
    if let timestampCa { try FileReading.requireFile(timestampCa) }
    if let pages, FileManager.default.fileExists(atPath: pages) { throw OutputRefusal.exists(pages) }
    var report = checkEvidence(try FileReading.bytes(of: file), trusted: key)
    try checkStamps(&report)
    if let pages, report.problems.isEmpty { try write(report.pages, into: pages) }
    if json {
      try JSONOutput.print(EvidenceReportJSON(report))
    } else {
      for passed in report.passed {
        print("\(passed.what)\(String(repeating: " ", count: max(1, 12 - passed.what.count)))\(passed.seen)")
      }
      for problem in report.problems { print("DAMAGED     \(problem)") }
      for doubt in report.doubts { print("NOT PROVED  \(doubt)") }
      if let answer = report.answer { print(answer) }
      for note in report.notes { print(note) }
      switch report.verdict {
      case .sound: print("\(file): sound")
      case .unproved where report.manifest == nil: print("\(file): not checked: see above")
      case .unproved: print("\(file): undamaged, but not all of it is proved: see above; it is not sound as it is")
      case .damaged: print("\(file): damaged; it proves nothing as it is")
      }
    }
    switch report.verdict {
    case .sound: return
    case .unproved: throw Ending.refused
    case .damaged: throw Ending.damaged
    }
  }

  /// What OpenSSL says of the time stamps.
  private func checkStamps(_ report: inout EvidenceReport) throws {
    for stamp in report.timestamps {
      let about = "the state of \(stamp.size) acts, by a time stamp got from '\(stamp.source)'"
      guard let timestampCa else {
        report.notes.append(
          "There is a time stamp of \(about), which was not checked: name the authority's certificates with --timestamp-ca."
        )
        continue
      }
      if let problem = try TimestampAuthority.problem(with: stamp.reply, of: stamp.note, authority: timestampCa) {
        report.problems.append(.badWitness(stamp.path, problem))
      } else {
        let time = try TimestampAuthority.time(of: stamp.reply)
        report.passed.append(.init(what: "stamped", seen: about + (time.map { ", of \($0)" } ?? "")))
      }
    }
  }

  private func write(_ pages: [StoredArchive.File], into folder: String) throws {
    let root = URL(fileURLWithPath: folder)
    for page in pages {
      let file = root.appending(path: page.path)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(page.bytes).write(to: file)
    }
  }
}

struct EvidenceReportJSON: Encodable {
  struct Passed: Encodable {
    let what: String
    let seen: String
  }

  let sound: Bool
  /// `sound`, `unproved` or `damaged`.
  let verdict: String
  let developer: String?
  let document: String?
  let at: String?
  let knownAt: Instant?
  let key: String?
  let signedActs: Int?
  let answer: String?
  let passed: [Passed]
  let problems: [String]
  /// Why an undamaged bundle is not sound.
  let doubts: [String]
  let notes: [String]

  init(_ report: EvidenceReport) {
    sound = report.isSound
    verdict = report.verdict.rawValue
    doubts = report.doubts.map(\.description)
    developer = report.manifest?.developer.rawValue
    document = report.manifest?.document.rawValue
    at = report.manifest?.at
    knownAt = report.manifest?.knownAt
    signedActs = report.manifest?.size
    key = report.key?.encoded
    answer = report.answer
    passed = report.passed.map { Passed(what: $0.what, seen: $0.seen) }
    problems = report.problems.map(\.description)
    notes = report.notes
  }
}
