internal import ArgumentParser
internal import Crypto
internal import Foundation
internal import NoticeMail
internal import TermsModel
internal import TermsOperations
internal import TermsStore

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
    try TermsStore(path: path, mode: mode)
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
