internal import ArgumentParser
internal import TermsModel
internal import TermsOperations
internal import TermsStore
internal import Transparency

/// The option of commands that sign.
struct KeyOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "The file with the key that signs the log.", discussion: "Default: TENOR_KEY_FILE, else DATABASE.key."))
  var keyFile: String?
}

struct Keys: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The key that signs the log.",
    discussion: """
      The log of everything that is done is signed now and then ('tenor checkpoint'), so that nothing in it can be altered \
      afterwards without anybody seeing it. The key (Ed25519) stands in a file of its own, never in the record: keep a \
      copy of it apart from both. Its public half is for everybody who checks what you show them.
      """,
    subcommands: [Show.self, Create.self, Rotate.self], defaultSubcommand: Show.self)

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show the public keys of the log, the one that signs now last.")

    @OptionGroup var options: DatabaseOptions
    @OptionGroup var key: KeyOptions
    @Flag(help: "Print JSON.") var json = false

    func run() async throws {
      let composition = try await Composition(options)
      let keys = try await composition.logKeeper(over: try composition.store(.readOnly)).keys()
      let file = composition.keyFile(key)
      if json { return try JSONOutput.print(KeysJSON(keys, file: file)) }
      guard let current = keys.last else { throw LogRefusal.noKey }
      var table = Table("signs since act", "public key")
      for key in keys { table.add("\(key.sequence)", key.key.encoded) }
      print(table.text)
      do {
        let held = try file.key(of: nil).verifyingKey
        print(held == current.key ? "its file: \(file.path)" : "\(file.path) holds another key: \(held.encoded)")
      } catch {
        print("its file: \(error)")
      }
    }
  }

  struct Create: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make the first key of a record that has none.",
      discussion: "For records that an older tenor made; 'tenor init' does it for new ones.")

    @OptionGroup var options: DatabaseOptions
    @OptionGroup var key: KeyOptions
    @OptionGroup var log: LogNameOptions

    func run() async throws {
      let composition = try await Composition(options)
      let store = try composition.store(.openExisting)
      let keeper = composition.logKeeper(over: store)
      if let key = try await keeper.keys().last { throw LogRefusal.hasKey(key.key) }
      print(try await composition.createKey(in: composition.keyFile(key), log: log, keeper: keeper))
    }
  }

  struct Rotate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Replace the key by a new one.",
      discussion: """
        The old key signs the log as it stands, and the new one's name; both signatures go on record, so that who trusts \
        the old one can trust the new one. The old key is gone from its file afterwards. Where the old key is lost, or \
        somebody else has it, tell those who check your log yourself: no signature can do that for you.
        """)

    @OptionGroup var options: DatabaseOptions
    @OptionGroup var key: KeyOptions

    func run() async throws {
      let composition = try await Composition(options)
      let keeper = composition.logKeeper(over: try composition.store(.openExisting))
      guard let current = try await keeper.keys().last else { throw LogRefusal.noKey }
      let file = composition.keyFile(key)
      let old = try file.key(of: current.key)
      let new = try Composition.makeKey(name: current.key.name)
      try file.prepareNext(new)
      do {
        try await keeper.rotate(from: old, to: new)
      } catch {
        file.dropNext()
        throw error
      }
      try file.activateNext()
      if let checkpoint = try await keeper.log.lastCheckpoint() { try file.keep(checkpoint.note) }
      print("\(file.path): a new key, which the old one has vouched for")
      print("publish it: \(new.verifyingKey.encoded)")
    }
  }
}

/// What a log is called.
struct LogNameOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What the log is called in everything that it signs: like a web address without https://, no other log's.",
      discussion: "Default: TENOR_BASE_URL's, else a name by chance."))
  var logName: String?

  func validate() throws {
    if let logName, (try? NoteVerifyingKey(name: logName, bytes: Array(repeating: 1, count: 32))) == nil {
      throw ValidationError(
        "--log-name '\(logName)': a log's name has no white space and no '+', such as terms.example/log")
    }
  }
}

struct KeysJSON: Encodable {
  struct Key: Encodable {
    let key: String
    let sinceAct: Int64
  }

  let log: String?
  let keys: [Key]
  let file: String

  init(_ keys: [LogKey], file: KeyFile) {
    log = keys.last?.key.name
    self.keys = keys.map { Key(key: $0.key.encoded, sinceAct: $0.sequence) }
    self.file = file.path
  }
}
