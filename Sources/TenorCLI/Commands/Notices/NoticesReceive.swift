internal import ArgumentParser
internal import Foundation
internal import NoticeMail
internal import TermsModel
internal import TermsOperations
internal import TermsStore

/// Reads what came back: delivery reports, answers.
struct NoticesReceive: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "receive",
    abstract: "Read what came back for notices: delivery reports go on record, with what they prove.",
    discussion: """
      One message on standard input, as a mail system pipes it; or files; or a Maildir, whose new messages are put away \
      once they are on record. The same message again changes nothing. What was not sent to an address of a notice is not \
      kept: of a Maildir it is flagged, on standard input it is refused with 2. Where the record is out of reach for now, \
      75 lets the mail system try again.
      """)

  @OptionGroup var options: DatabaseOptions
  @Argument(help: "Files, or Maildirs; standard input where left out, or for '-'.") var paths: [String] = []
  @Flag(help: "Print JSON.") var json = false

  func run() async throws {
    let composition = try await Composition(options)
    guard let returnAddress = try composition.settings.mail.returnAddress() else {
      throw SettingsFault.missing(
        key: "mail.return.domain", because: "reports are told by the address they come back to")
    }
    let reader = NoticeMailReader(returnAddress: returnAddress, rules: composition.settings.mail.reportRules)
    var tally = ReceivingTally(json: json)
    do {
      let registry = try composition.registry()
      for path in paths.isEmpty ? ["-"] : paths {
        try await receive(path, registry, reader, &tally)
      }
    } catch let error as StoreError where error.isPassing {
      // What was read so far is on record; a mail system keeps the rest and tries again.
      tally.show()
      Terminal.complain("error: \(error)")
      throw Ending.tryAgain
    } catch {
      tally.show()
      throw error
    }
    tally.show()
    // A mail system learns of a message refused; of a Maildir each was flagged.
    if tally.refusedAlone { throw Ending.refused }
  }

  private func receive(
    _ path: String, _ registry: TermsRegistry, _ reader: NoticeMailReader, _ tally: inout ReceivingTally
  ) async throws {
    guard let maildir = Maildir(path: path) else {
      let bytes = try FileReading.bytes(of: path)
      let message = ReturnedMessage(bytes, with: reader, ingestedAt: registry.now())
      tally.add(try await registry.receive([message])[0], sha256: message.sha256, from: path, alone: true)
      return
    }
    try await MaildirReception(maildir: maildir, registry: registry, reader: reader).receiveAll {
      reception, message, file in
      tally.add(reception, sha256: message.sha256, from: file, alone: false)
    }
  }
}

/// What a run of receiving came to.
struct ReceivingTally {
  /// Those that are shown one by one; of ten thousand that went well nobody wants to read each.
  private var messages: [ReceptionJSON] = []
  private var counts: [String: Int] = [:]
  private let json: Bool
  private(set) var refusedAlone = false

  init(json: Bool) { self.json = json }

  mutating func add(_ reception: Reception, sha256: String, from path: String, alone: Bool) {
    let message = ReceptionJSON(reception, sha256: sha256, from: path)
    counts[message.outcome, default: 0] += 1
    if json || message.deservesALine { messages.append(message) }
    if alone, !reception.isOurs { refusedAlone = true }
  }

  /// JSON; or a line for each message that a person should know of, and one for all.
  func show() {
    if json {
      try? JSONOutput.print(messages)
      return
    }
    for message in messages { print(message.line) }
    guard !counts.isEmpty else { return }
    print("received: " + counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", "))
  }
}

/// What became of one message, for programs and, as a line, for people.
struct ReceptionJSON: Encodable {
  let file: String
  let sha256: String
  /// `received`, `failed`, `delayed`, `handed-on`, `disputed`, `reply`, `unrecognised`, `known`, `trial`, `stranger`, `forged`,
  /// `no-such-notice`.
  let outcome: String
  let notice: Int64?
  let developer: DeveloperID?
  let document: DocumentSlug?
  let version: VersionLabel?
  let says: String

  init(_ reception: Reception, sha256: String, from path: String) {
    file = path
    self.sha256 = sha256
    if case .recorded(let notice, _, _, _) = reception {
      (self.notice, developer, document, version) = (notice.number, notice.developer, notice.document, notice.version)
    } else {
      (notice, developer, document, version) = (nil, nil, nil, nil)
    }
    (outcome, says) = Self.words(reception)
  }

  var deservesALine: Bool {
    !["received", "known", "handed-on", "delayed"].contains(outcome)
  }

  var line: String {
    let about = notice.map { "notice \($0) to developer '\(developer?.rawValue ?? "")'" } ?? file
    return "\(about): \(outcome): \(says)"
  }

  private static func words(_ reception: Reception) -> (outcome: String, says: String) {
    switch reception {
    case .known: return ("known", "it is on record already")
    case .stranger: return ("stranger", "it was not sent to an address of a notice; nothing of it was kept")
    case .forged:
      return ("forged", "the address it was sent to has a code that is not ours; nothing of it was kept")
    case .noSuchNotice(let number):
      return ("no-such-notice", "this record has no notice \(number); check which record sent it")
    case .trial(let content): return ("trial", "a trial message came back: \(summary(content))")
    case .recorded(_, let content, _, let standing): return words(content, standing)
    }
  }

  private static func words(_ content: ReturnedNotice.Content, _ standing: ReportStanding) -> (String, String) {
    switch content {
    case .reply: return ("reply", "somebody answered; read it")
    case .unrecognised(let reason): return ("unrecognised", reason)
    case .reports(let verdicts):
      if case .disputed = standing {
        return ("disputed", "\(summary(content)); decide with 'tenor notices record … --received-at' or '--failed-at'")
      }
      return (verdicts.last?.finding.name ?? "unrecognised", summary(content))
    }
  }

  private static func summary(_ content: ReturnedNotice.Content) -> String {
    switch content {
    case .reply: "an answer"
    case .unrecognised(let reason): reason
    case .reports(let verdicts):
      verdicts.map { "\($0.action.rawValue) at \($0.at), by \($0.witness): \($0.reason)" }.joined(separator: "; ")
    }
  }
}

extension Reception {
  /// Whether the message belongs to a notice of this record, or to a trial.
  var isOurs: Bool {
    switch self {
    case .known, .trial, .recorded: true
    case .stranger, .forged, .noSuchNotice: false
    }
  }
}
