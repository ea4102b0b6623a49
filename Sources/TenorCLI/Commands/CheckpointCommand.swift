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
      --cosigned takes in a checkpoint that a witness has cosigned (C2SP tlog-cosignature), with the witness's key.
      """)

  @OptionGroup var options: DatabaseOptions
  @OptionGroup var key: KeyOptions
  @Option(
    help: ArgumentHelp(
      "Have it time-stamped: the authority's web address, or a file with its reply to a query for the file that is kept.",
      valueName: "url-or-file"))
  var timestamp: String?
  @Option(help: ArgumentHelp("Take in a checkpoint of this log that a witness has cosigned.", valueName: "file"))
  var cosigned: String?
  @Option(help: "The witness's public key: NAME+ID+KEY.", transform: Self.witness) var witness: WitnessKey?
  @Flag(help: "Print JSON.") var json = false

  private static func witness(_ text: String) throws -> WitnessKey {
    do {
      return try WitnessKey(parsing: text)
    } catch {
      throw ValidationError("\(error)")
    }
  }

  func validate() throws {
    guard (cosigned == nil) == (witness == nil) else {
      throw ValidationError("--cosigned and --witness go together: the checkpoint, and the key of whoever cosigned it")
    }
    if cosigned != nil, timestamp != nil {
      throw ValidationError("--cosigned and --timestamp are two things to do; do one")
    }
  }

  func run() async throws {
    let composition = try await Composition(options)
    let keeper = composition.logKeeper(over: try composition.store(.openExisting))
    if let cosigned, let witness { return try await takeIn(cosigned, witness, keeper) }
    let made = try await composition.checkpoint(with: keeper, key)
    if let timestamp {
      let reply = try await TimestampAuthority(source: timestamp).reply(to: made.checkpoint.note)
      try await keeper.recordTimestamp(reply, of: made.checkpoint, from: timestamp)
    }
    if json {
      let witnesses = try await keeper.log.witnesses(of: made.checkpoint.size)
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
  }

  let size: Int
  let root: String
  /// The number of the act that recorded it.
  let act: Int64
  let new: Bool
  /// The signed note, byte for byte.
  let note: String
  let witnesses: [Witness]

  init(_ checkpoint: StoredCheckpoint, isNew: Bool, witnesses: [LogAct.Witness]) {
    size = checkpoint.size
    root = checkpoint.root.description
    act = checkpoint.sequence
    new = isNew
    note = checkpoint.note.encoded
    self.witnesses = witnesses.map { witness in
      switch witness {
      case .cosignature(let key, _): Witness(kind: "cosignature", by: key)
      case .timestamp(let source, _): Witness(kind: "timestamp", by: source)
      }
    }
  }
}
