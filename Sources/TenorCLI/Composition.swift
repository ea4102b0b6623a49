internal import ArgumentParser
internal import Crypto
internal import Foundation
internal import NoticeMail
internal import TermsModel
internal import TermsOperations
internal import TermsStore
internal import Transparency

/// The option that every command on the record has.
struct DatabaseOptions: ParsableArguments {
  @Option(name: .long, help: ArgumentHelp("The record.", discussion: "Default: TENOR_DATABASE, else tenor.sqlite."))
  var database: String?
}

/// The one place where clocks, randomness, files and the network come in.
struct Composition: Sendable {
  let settings: Settings
  let path: String

  init(_ options: DatabaseOptions) async throws {
    settings = try await Settings.load(environment: ProcessInfo.processInfo.environment)
    path = options.database ?? settings.database
  }

  func store(_ mode: TermsStore.Mode) throws -> TermsStore {
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      throw RecordIsFolder(path: path)
    }
    let store = try TermsStore(path: path, mode: mode)
    // Whoever is to be told has to be known to the record before the act that they are told of.
    if mode == .openExisting, let webhooks = settings.webhooks { try store.subscribe(webhooks.map(\.subscription)) }
    return store
  }

  /// The acts over an existing record.
  func registry() throws -> TermsRegistry {
    registry(over: try store(.openExisting))
  }

  /// The questions to an existing record, also to one on a read-only disk.
  func reader() throws -> TermsRegistry {
    registry(over: try store(.readOnly))
  }

  func registry(over store: TermsStore) -> TermsRegistry {
    TermsRegistry(record: store, now: Self.now, makeSalt: Self.makeSalt, actor: settings.actor)
  }

  /// The acts on the log itself.
  func logKeeper(over store: TermsStore) -> LogKeeper {
    LogKeeper(log: store, now: Self.now, actor: settings.actor)
  }

  func keyFile(_ options: KeyOptions) -> KeyFile {
    KeyFile(path: options.keyFile ?? settings.keyFile ?? path + ".key")
  }

  /// A new key for the log of that name.
  static func makeKey(name: String) throws -> NoteSigningKey {
    let seed = SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
    return try NoteSigningKey(name: name, seed: seed)
  }

  /// Makes the first key of a log and has the log say so.
  /// - Returns: what to tell the operator.
  func createKey(in file: KeyFile, log: LogNameOptions, keeper: LogKeeper) async throws -> String {
    let ofService = settings.baseURL.map { $0.replacing(/^https?:\/\//, with: "") + "/log" }
    let key = try Self.makeKey(name: log.logName ?? ofService ?? "log-\(Self.makeSalt().prefix(16))")
    try file.create(key)
    try await keeper.adopt(key.verifyingKey)
    return """
      \(file.path): the key that signs the log; keep a copy apart from the record, and show it to nobody
      publish its public half: \(key.verifyingKey.encoded)
      """
  }

  /// Signs the log with the key of the settings, and keeps the checkpoint beside it.
  func checkpoint(with keeper: LogKeeper, _ options: KeyOptions) async throws -> (
    checkpoint: StoredCheckpoint, isNew: Bool
  ) {
    guard let current = try await keeper.keys().last else { throw LogRefusal.noKey }
    let file = keyFile(options)
    try await requireNoRollback(keeper, file)
    let made = try await keeper.checkpoint(by: try file.key(of: current.key))
    try file.keep(made.checkpoint.note)
    return made
  }

  /// The record with its log signed as it stands, where the key is at hand; else as it was signed last, to be read only.
  func signedStore(_ options: KeyOptions) async throws -> TermsStore {
    try await signedStoreAndKey(options).store
  }

  /// The same with the key, where it is at hand.
  func signedStoreAndKey(_ options: KeyOptions) async throws -> (store: TermsStore, key: NoteSigningKey?) {
    let file = keyFile(options)
    let store = try store(file.exists ? .openExisting : .readOnly)
    guard file.exists, let current = try await store.logKeys().last else { return (store, nil) }
    _ = try await checkpoint(with: logKeeper(over: store), options)
    return (store, try file.key(of: current.key))
  }

  /// Whether the record still holds what was signed last, as the copy beside the key has it.
  /// - Throws: ``RolledBack``.
  func requireNoRollback(_ keeper: LogKeeper, _ file: KeyFile) async throws {
    guard let seen = try file.lastSeen() else { return }
    switch try await keeper.comparison(with: seen, held: try? file.key().verifyingKey) {
    case .agrees: break
    case .contradicts(let finding): throw RolledBack(checkpoint: file.checkpointPath, finding: finding)
    case .provesNothing(let cause): throw CheckpointFileRefusal.kept(path: file.checkpointPath, cause: cause)
    }
  }

  /// The way out for notices, by the settings.
  func transport() throws -> any CheckedTransport {
    switch settings.mail.transport {
    case .folder: FolderTransport(folder: settings.mailFolder)
    case .smtp: SMTPTransport(settings: try settings.mail.smtp())
    case .sendmail:
      SendmailTransport(program: settings.mail.program, deliveryReports: settings.mail.reports == .wire)
    }
  }

  /// Where developers' own pages are, for the notices to say; `nil` where no address of the service is set.
  func links(over store: TermsStore) async throws -> DeveloperLinks? {
    guard let base = settings.baseURL else { return nil }
    return DeveloperLinks(base: base, key: try await access(over: store).linkKey())
  }

  /// The acts on tokens.
  func access(over store: TermsStore) -> AccessRegistry {
    AccessRegistry(record: store, now: Self.now, makeSecret: Self.makeSalt, actor: settings.actor)
  }

  func mailSettings() throws -> MailSettings {
    MailSettings(
      from: settings.mailFrom, fromName: settings.mailFromName, replyTo: settings.mailReplyTo,
      returnAddress: try settings.mail.returnAddress())
  }

  /// Who writes the letters: the built-in wording, with what the operator's templates replace.
  func composer() throws -> MailComposer {
    let templates =
      try settings.mail.templates.map { folder in try LetterTemplates(folder: folder) } ?? LetterTemplates.builtIn()
    return MailComposer(settings: try mailSettings(), templates: templates)
  }

  static let now: @Sendable () -> Instant = {
    Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
  }

  static let makeSalt: @Sendable () -> String = {
    SymmetricKey(size: .bits256).withUnsafeBytes { bytes in
      bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
  }
}

/// What was named as the record is a folder.
struct RecordIsFolder: Refusal, Hashable {
  let path: String

  var description: String {
    "'\(path)' is a folder; name the record's file in it, such as --database \(path.hasSuffix("/") ? path : path + "/")tenor.sqlite"
  }
}

/// The record is an older one than the checkpoint beside the key.
struct RolledBack: Error, Hashable, CustomStringConvertible {
  let checkpoint: String
  let finding: String

  var description: String {
    "the record contradicts the checkpoint in '\(checkpoint)': \(finding); nothing was signed; run 'tenor verify'"
  }
}
