internal import ArgumentParser
internal import Foundation
internal import TermsOperations
internal import TermsStore
internal import Transparency

struct Initialize: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Make an empty record, and the key that signs its log.",
    discussion: """
      Where the file is a record already, nothing is changed. The key's file is for its owner alone; keep a copy of it apart \
      from the record.
      """)

  @OptionGroup var options: DatabaseOptions
  @OptionGroup var key: KeyOptions
  @OptionGroup var log: LogNameOptions

  func run() async throws {
    let composition = try await Composition(options)
    let file = composition.keyFile(key)
    do {
      let isNew = !FileManager.default.fileExists(atPath: composition.path)
      if isNew, file.exists { throw KeyFileFault.exists(path: file.path) }
      let store = try composition.store(.create)
      print("\(composition.path): ready")
      let keeper = composition.logKeeper(over: store)
      if try await keeper.keys().isEmpty { print(try await composition.createKey(in: file, log: log, keeper: keeper)) }
    } catch let error as StoreError where error == .alreadyExists(path: composition.path) {
      // Only a record of this program's schema counts as ready; anything else is told as what it is.
      let keys = try await composition.logKeeper(over: try composition.store(.openExisting)).keys()
      print("\(composition.path): a record already, nothing to do")
      if keys.isEmpty { print("it has no key yet to sign its log with; make one with 'tenor keys create'") }
    }
  }
}

struct Migrate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Bring a record to the newest schema.",
    discussion: "Forward only. Make a backup first: tenor backup FILE.")

  @OptionGroup var options: DatabaseOptions

  func run() async throws {
    let composition = try await Composition(options)
    let applied = try composition.store(.migrating).migrate()
    if applied.isEmpty {
      print("\(composition.path): nothing to do")
    } else {
      print("\(composition.path): applied \(applied.joined(separator: ", "))")
    }
  }
}

struct Backup: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Copy the record to a file, also while it is in use.",
    discussion: """
      The copy is complete as of one moment. An existing file is never overwritten. While it is being made it is called \
      FILE.tenor-part; what a backup that was killed left under such a name in the same folder is removed, and told of.
      """)

  @OptionGroup var options: DatabaseOptions
  @Argument(help: "The file to write.") var file: String

  func run() async throws {
    let composition = try await Composition(options)
    let removed = try composition.store(.readOnly).backup(to: file)
    for part in removed { print("\(part): removed; a backup that was cut short had left it") }
    print("\(composition.path): copied to \(file)")
  }
}

struct Verify: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Check the record: its schema, its log, the tables rebuilt from the log, and the states that were signed.",
    discussion: """
      Exits 4 and says what differs where the record is damaged. A checkpoint that was signed is compared with the log as it \
      stands: all that are on record, the one beside the key where there is one, and the one given with --checkpoint, such \
      as a copy that somebody else kept. So a record that was put back to an older state is noticed. A file that proves \
      nothing about this log, such as a letter without a checkpoint, is refused (exit 2).

      Who may use the web service (tokens), its drafts, repeated answers and sessions that were signed out are not in the log: of \
      them, only their form is checked.
      """)

  @OptionGroup var options: DatabaseOptions
  @OptionGroup var key: KeyOptions
  @Option(
    help: "A checkpoint of the log that somebody kept, or a letter that carries one: a file, or - for standard input.")
  var checkpoint: String?
  @Option(
    help: ArgumentHelp(
      "Also check time stamps, by the certificates of their authority (PEM); needs openssl.",
      discussion: "Default: TENOR_TIMESTAMP_CA.", valueName: "file"))
  var timestampCa: String?
  @Flag(help: "Print JSON.") var json = false

  func run() async throws {
    let composition = try await Composition(options)
    let store = try composition.store(.readOnly)
    var findings = try store.verify()
    if let timestampCa = timestampCa ?? composition.settings.timestampCA {
      try FileReading.requireFile(timestampCa)
      findings += try await timestampFindings(in: store, timestampCa)
    }
    let keeper = composition.logKeeper(over: store)
    var seen: [String] = []
    var unusable: [CheckpointFileRefusal] = []
    let keyFile = composition.keyFile(key)
    func compare(_ note: SignedNote, in file: String, _ refusal: (String, String) -> CheckpointFileRefusal) async throws
    {
      seen.append(file)
      switch try await keeper.comparison(with: note, held: try? keyFile.key().verifyingKey) {
      case .agrees: break
      case .contradicts(let finding): findings.append("the checkpoint in '\(file)': \(finding)")
      case .provesNothing(let cause): unusable.append(refusal(file, cause))
      }
    }
    do {
      if let note = try keyFile.lastSeen() {
        try await compare(note, in: keyFile.checkpointPath) { .kept(path: $0, cause: $1) }
      }
    } catch let refusal as CheckpointFileRefusal {
      unusable.append(refusal)
    }
    if let checkpoint {
      let bytes = try FileReading.bytes(of: checkpoint)
      do {
        try await compare(try CheckpointField.note(in: bytes), in: checkpoint) { .named(path: $0, cause: $1) }
      } catch let error as NoteError {
        let isMail = bytes.contains(UInt8(ascii: ":"))
        unusable.append(
          .named(
            path: checkpoint,
            cause: isMail ? "it is neither a signed state of a log nor a letter that carries one" : "\(error)"))
      }
    }
    let keys = try await keeper.keys()
    let last = try await store.lastCheckpoint()
    if json {
      try JSONOutput.print(
        VerifyJSON(
          sound: findings.isEmpty && unusable.isEmpty, findings: findings, refused: unusable.map(\.description),
          signedActs: last?.size, against: seen))
    } else {
      for finding in findings { print(finding) }
      if findings.isEmpty, unusable.isEmpty { print("\(composition.path): sound") }
      if keys.isEmpty {
        Terminal.complain("the log was never signed, as the record has no key; make one with 'tenor keys create'")
      }
    }
    for refusal in unusable { Terminal.complain("refused: \(refusal)") }
    guard findings.isEmpty else { throw Ending.damaged }
    guard unusable.isEmpty else { throw Ending.refused }
  }
}

extension Verify {
  /// What OpenSSL says against the time stamps on record.
  private func timestampFindings(in store: TermsStore, _ authority: String) async throws -> [String] {
    var findings: [String] = []
    for said in try await store.witnessed(upTo: Int.max) {
      guard case .timestamp(let source, let reply) = said.witness else { continue }
      if let problem = try TimestampAuthority.problem(with: reply, of: said.checkpoint.note, authority: authority) {
        findings.append(
          "act \(said.act): the time stamp of the checkpoint of \(said.checkpoint.size) acts, got from '\(source)', does not "
            + "hold: \(problem); where it never did, drop it with 'tenor checkpoint --drop-witness \(said.act)'")
      }
    }
    return findings
  }
}

struct VerifyJSON: Encodable {
  let sound: Bool
  let findings: [String]
  /// Why a checkpoint proves nothing about this record.
  let refused: [String]
  /// How many acts are under the last checkpoint.
  let signedActs: Int?
  /// The files with checkpoints that the log was compared with, beside those on record.
  let against: [String]
}
