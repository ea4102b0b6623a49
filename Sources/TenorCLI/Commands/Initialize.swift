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
    discussion: "The copy is complete as of one moment. An existing file is never overwritten.")

  @OptionGroup var options: DatabaseOptions
  @Argument(help: "The file to write.") var file: String

  func run() async throws {
    let composition = try await Composition(options)
    try composition.store(.readOnly).backup(to: file)
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
      as a copy that somebody else kept. So a record that was put back to an older state is noticed.
      """)

  @OptionGroup var options: DatabaseOptions
  @OptionGroup var key: KeyOptions
  @Option(
    help: "A checkpoint of the log that somebody kept, or a letter that carries one: a file, or - for standard input.")
  var checkpoint: String?
  @Option(
    help: ArgumentHelp(
      "Also check time stamps, by the certificates of their authority (PEM); needs openssl.", valueName: "file"))
  var timestampCa: String?
  @Flag(help: "Print JSON.") var json = false

  func run() async throws {
    let composition = try await Composition(options)
    let store = try composition.store(.readOnly)
    var findings = try store.verify()
    if let timestampCa {
      try FileReading.requireFile(timestampCa)
      findings += try await timestampFindings(in: store, timestampCa)
    }
    let keeper = composition.logKeeper(over: store)
    var seen: [String] = []
    let beside = composition.keyFile(key).checkpointPath
    let files = (FileManager.default.fileExists(atPath: beside) ? [beside] : []) + [checkpoint].compactMap(\.self)
    for file in files {
      seen.append(file)
      let note: SignedNote
      do {
        note = try CheckpointField.note(in: try FileReading.bytes(of: file))
      } catch let error as NoteError {
        findings.append("the checkpoint in '\(file)': \(error)")
        continue
      }
      if let finding = try await keeper.contradiction(to: note) {
        findings.append("the checkpoint in '\(file)': \(finding)")
      }
    }
    let keys = try await keeper.keys()
    let last = try await store.lastCheckpoint()
    if json {
      try JSONOutput.print(
        VerifyJSON(sound: findings.isEmpty, findings: findings, signedActs: last?.size, against: seen))
    } else {
      for finding in findings { print(finding) }
      if findings.isEmpty { print("\(composition.path): sound") }
      if keys.isEmpty {
        Terminal.complain("the log was never signed, as the record has no key; make one with 'tenor keys create'")
      }
    }
    guard findings.isEmpty else { throw Ending.damaged }
  }
}

extension Verify {
  /// What OpenSSL says against the time stamps on record.
  private func timestampFindings(in store: TermsStore, _ authority: String) async throws -> [String] {
    var findings: [String] = []
    for (checkpoint, witness) in try await store.allWitnesses() {
      guard case .timestamp(let source, let reply) = witness else { continue }
      if let problem = try TimestampAuthority.problem(with: reply, of: checkpoint.note, authority: authority) {
        findings.append(
          "the time stamp of the checkpoint of \(checkpoint.size) acts, got from '\(source)', does not hold: \(problem)"
        )
      }
    }
    return findings
  }
}

struct VerifyJSON: Encodable {
  let sound: Bool
  let findings: [String]
  /// How many acts are under the last checkpoint.
  let signedActs: Int?
  /// The files with checkpoints that the log was compared with, beside those on record.
  let against: [String]
}
