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

      With the key at hand, the log is signed first as it stands, so that everything is covered. Without it, the last \
      checkpoint must cover what is asked for. The bundle holds the developer's name and address: hand it to those alone \
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
    let store = try await composition.signedStore(key)
    let exporter = EvidenceExporter(record: store, now: Composition.now, actor: composition.settings.actor)
    let bundle = try await exporter.bundle(of: id, under: document, at: at, knownAt: knownAt)
    do throws(WholeFile.Fault) {
      try WholeFile.write(bundle.bytes, to: out, mode: 0o600)
    } catch {
      throw OutputRefusal.unwritable(out, cause: error.cause)
    }
    if json { return try JSONOutput.print(EvidenceJSON(bundle, path: out)) }
    print(
      "\(out): \(bundle.files) files, \(bundle.acts) acts of the \(bundle.size) that are signed, as known \(bundle.knownAt)"
    )
    if bundle.absent > 0 {
      print("\(bundle.absent) letters or reports are not in it, erased or never kept; the page says which")
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

  init(_ bundle: EvidenceBundle, path: String) {
    file = path
    sha256 = SHA256Hex.digest(of: bundle.bytes)
    files = bundle.files
    acts = bundle.acts
    signedActs = bundle.size
    knownAt = bundle.knownAt
    absent = bundle.absent
  }
}

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check a bundle of evidence: no record, no network, nothing but the file.",
    discussion: """
      Checks that the file is whole, that each act in it stands in the log as it was signed, that every letter, report and \
      text is the one that the acts name, and computes the answer again from the acts. Exits 4 where anything is damaged.

      What a check cannot know is whether the key is the platform's: name the published one with --key, or compare it.
      """)

  @Argument(help: "The bundle; - for standard input.") var file: String
  @Option(help: "The public key that the platform published: NAME+ID+KEY.", transform: Self.key) var key:
    NoteVerifyingKey?
  @Flag(help: "Print JSON.") var json = false

  private static func key(_ text: String) throws -> NoteVerifyingKey {
    do {
      return try NoteVerifyingKey(parsing: text)
    } catch {
      throw ValidationError("\(error)")
    }
  }

  func run() throws {
    let report = checkEvidence(try FileReading.bytes(of: file), trusted: key)
    if json {
      try JSONOutput.print(EvidenceReportJSON(report))
    } else {
      for passed in report.passed {
        print("\(passed.what)\(String(repeating: " ", count: max(1, 12 - passed.what.count)))\(passed.seen)")
      }
      for problem in report.problems { print("DAMAGED     \(problem)") }
      if let answer = report.answer { print(answer) }
      for note in report.notes { print(note) }
      print(report.isSound ? "\(file): sound" : "\(file): damaged; it proves nothing as it is")
    }
    guard report.isSound else { throw Ending.damaged }
  }
}

struct EvidenceReportJSON: Encodable {
  struct Passed: Encodable {
    let what: String
    let seen: String
  }

  let sound: Bool
  let developer: String?
  let document: String?
  let at: String?
  let knownAt: Instant?
  let key: String?
  let signedActs: Int?
  let answer: String?
  let passed: [Passed]
  let problems: [String]
  let notes: [String]

  init(_ report: EvidenceReport) {
    sound = report.isSound
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
