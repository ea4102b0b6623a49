internal import ArgumentParser
internal import Foundation
internal import TermsModel
internal import TermsOperations
internal import TermsStore
internal import Transparency

struct CheckpointCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "checkpoint",
    abstract: "Sign the log as it stands, and print the signed state.",
    discussion: """
      A checkpoint (C2SP tlog-checkpoint) is three lines and a signature that bind you to every act before it. It is first \
      checked that the log continues the one that was signed last. It goes on record, and is kept beside the key. Hand it \
      to others, the more the better: whoever has it will notice if anything under it is altered. For cron, as often as \
      you like: where nothing happened since, the last one is printed again.

      --timestamp has an authority stamp it (RFC 3161; needs openssl), so that nobody can say that you signed it later. \
      With --timestamp-ca the stamp is checked by the authority's certificates before it goes on record. \
      --cosigned takes in a checkpoint that a witness has cosigned (C2SP tlog-cosignature), with the witness's key. \
      --drop-witness says of a stamp or a cosignature on record that it is worth nothing: it stays there, and counts no more.
      """)

  @OptionGroup var options: DatabaseOptions
  @OptionGroup var key: KeyOptions
  @Option(
    help: ArgumentHelp(
      "Have it time-stamped: the authority's web address, or a file with its reply to a query for the file that is kept.",
      valueName: "url-or-file"))
  var timestamp: String?
  @Option(
    help: ArgumentHelp(
      "The certificates of the authority that stamps (PEM).", discussion: "Default: TENOR_TIMESTAMP_CA.",
      valueName: "file"))
  var timestampCa: String?
  @Option(help: ArgumentHelp("Take in a checkpoint of this log that a witness has cosigned.", valueName: "file"))
  var cosigned: String?
  @Option(help: "The witness's public key: NAME+ID+KEY.", transform: Arguments.witnessKey) var witness: WitnessKey?
  @Option(help: ArgumentHelp("Drop what the act of that number recorded of a witness.", valueName: "act"))
  var dropWitness: Int64?
  @Option(help: "Why it is dropped.") var reason: String?
  @Flag(help: "Print JSON.") var json = false

  func validate() throws {
    guard (cosigned == nil) == (witness == nil) else {
      throw ValidationError("--cosigned and --witness go together: the checkpoint, and the key of whoever cosigned it")
    }
    if [cosigned != nil, timestamp != nil, dropWitness != nil].count(where: { $0 }) > 1 {
      throw ValidationError("--cosigned, --timestamp and --drop-witness are different things to do; do one")
    }
    if timestampCa != nil, timestamp == nil { throw ValidationError("--timestamp-ca goes with --timestamp") }
    guard (dropWitness == nil) == (reason == nil), reason.map({ !$0.allSatisfy(\.isWhitespace) }) != false else {
      throw ValidationError(
        "--drop-witness and --reason go together: the act, and why what it recorded is worth nothing")
    }
  }

  func run() async throws {
    let composition = try await Composition(options)
    let store = try composition.store(.openExisting)
    let keeper = composition.logKeeper(over: store)
    if let dropWitness, let reason {
      let occasion = try await keeper.drop(witnessOf: dropWitness, reason: reason)
      return print(
        "dropped what act \(dropWitness) recorded of a witness (act \(occasion.sequence)); it stays on record")
    }
    if let cosigned, let witness { return try await takeIn(cosigned, witness, keeper) }
    let made = try await composition.checkpoint(with: keeper, key)
    if let timestamp {
      let authority = timestampCa ?? composition.settings.timestampCA
      if let authority { try FileReading.requireFile(authority) }
      let reply = try await TimestampAuthority(source: timestamp).reply(to: made.checkpoint.note)
      guard Timestamp.isAbout(made.checkpoint.note, reply) else {
        throw WitnessRefusal.otherTimestamp(size: made.checkpoint.size)
      }
      if let authority,
        let problem = try TimestampAuthority.problem(with: reply, of: made.checkpoint.note, authority: authority)
      {
        throw WitnessRefusal.badTimestamp(authority: authority, cause: problem)
      }
      try await keeper.recordTimestamp(reply, of: made.checkpoint, from: timestamp)
      Terminal.complain(
        authority.map { "the time stamp holds by the certificates in '\($0)'" }
          ?? "the time stamp is about this checkpoint; whose it is was not checked: name the authority's certificates with "
          + "--timestamp-ca or TENOR_TIMESTAMP_CA")
    }
    if json {
      let size = made.checkpoint.size
      let witnesses = try await store.witnessed(upTo: size).filter { $0.checkpoint.size == size }
      try JSONOutput.print(CheckpointJSON(made.checkpoint, isNew: made.isNew, witnesses: witnesses))
    } else {
      print(made.checkpoint.note.encoded, terminator: "")
    }
  }

  private func takeIn(_ file: String, _ witness: WitnessKey, _ keeper: LogKeeper) async throws {
    let note = try CheckpointField.note(in: try FileReading.bytes(of: file))
    let seen = try await keeper.recordCosignature(note, by: witness)
    print("recorded that '\(witness.name)' saw the checkpoint of \(seen.size) acts at \(seen.at)")
  }
}

struct CheckpointJSON: Encodable {
  struct Witness: Encodable {
    /// `cosignature` or `timestamp`.
    let kind: String
    let by: String
    /// The act that recorded it.
    let act: Int64
  }

  let size: Int
  let root: String
  /// The number of the act that recorded it.
  let act: Int64
  let new: Bool
  /// The signed note, byte for byte.
  let note: String
  let witnesses: [Witness]

  init(_ checkpoint: StoredCheckpoint, isNew: Bool, witnesses: [WitnessedCheckpoint]) {
    size = checkpoint.size
    root = checkpoint.root.description
    act = checkpoint.sequence
    new = isNew
    note = checkpoint.note.encoded
    self.witnesses = witnesses.map { said in
      switch said.witness {
      case .cosignature(let key, _): Witness(kind: "cosignature", by: key, act: said.act)
      case .timestamp(let source, _): Witness(kind: "timestamp", by: source, act: said.act)
      }
    }
  }
}
