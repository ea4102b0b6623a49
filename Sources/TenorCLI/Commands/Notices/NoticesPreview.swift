internal import ArgumentParser
internal import Foundation
internal import NoticeMail
internal import TermsModel
internal import TermsOperations
internal import Transparency

/// Shows the letter that a developer gets.
struct NoticesPreview: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "preview", abstract: "Show the notice that one developer gets of a version; nothing is sent.")

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, html, eml
  }

  @OptionGroup var options: DatabaseOptions
  @Argument(help: "The developer.", transform: Arguments.identifier) var id: DeveloperID
  @Option(help: "The document.", transform: Arguments.identifier) var document: DocumentSlug
  @Option(help: "The version; the latest posted where left out.", transform: Arguments.identifier)
  var version: VersionLabel?
  @Option(help: "text, html, or eml: the message as it is handed over.") var format = Format.text
  @Flag(help: "Print JSON, with subject, both parts and the hash of the message.") var json = false

  func run() async throws {
    let composition = try await Composition(options)
    let composer = try composition.composer()
    let content = try await composition.reader().previewNotice(
      to: id, of: document, version: version, baseURL: composition.settings.baseURL)
    let letter = composer.letter(content)
    if json {
      return try JSONOutput.print(
        LetterJSON(letter, message: try composer.compose(content), version: content.notice.version))
    }
    switch format {
    case .text: print("Subject: \(letter.subject)\n\n\(letter.text)", terminator: "")
    case .html: print(letter.html, terminator: "")
    case .eml: FileHandle.standardOutput.write(Data(try composer.compose(content).bytes))
    }
  }
}

struct LetterJSON: Encodable {
  let version: VersionLabel
  let subject: String
  let text: String
  let html: String
  let to: String
  let returnPath: String
  let messageID: String
  let messageSHA256: String

  init(_ letter: RenderedLetter, message: NoticeMessage, version: VersionLabel) {
    self.version = version
    subject = letter.subject
    text = letter.text
    html = letter.html
    to = message.recipient.rawValue
    returnPath = message.sender.rawValue
    messageID = message.messageID
    messageSHA256 = SHA256Hex.digest(of: message.bytes)
  }
}

/// Sends a trial message, to oneself.
struct NoticesTrial: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test", abstract: "Send a trial message with made-up contents to an address of yours.",
    discussion: """
      It goes the way that notices go and is no notice: nothing about it goes on record. Where delivery reports are asked \
      for, one should come back within minutes; 'tenor notices receive' then says so.
      """)

  @OptionGroup var options: DatabaseOptions
  @Argument(help: "Where to send it.", transform: { try Arguments.address($0) }) var address: EmailAddress
  @Flag(help: "Print JSON.") var json = false

  func run() async throws {
    let composition = try await Composition(options)
    let message = try composition.composer().trialMessage(to: address, at: Composition.now())
    let transmission = await (try composition.transport()).transmit(message)
    if json {
      try JSONOutput.print(TrialJSON(transmission, message: message))
    } else if case .accepted(let witness) = transmission.outcome {
      print("the trial message to \(address) was taken over by \(witness)")
    }
    switch transmission.outcome {
    case .accepted: return
    case .rejected(let reason):
      Terminal.complain("refused: \(reason)")
      throw Ending.refused
    case .unavailable(let reason), .unknown(let reason):
      Terminal.complain("the transport is unavailable: \(reason); 'tenor notices doctor' looks for the cause")
      throw Ending.tryAgain
    }
  }
}

struct TrialJSON: Encodable {
  let outcome: String
  let says: String
  let code: Int?
  let status: String?
  let messageID: String
  let returnPath: String

  init(_ transmission: Transmission, message: NoticeMessage) {
    outcome = transmission.outcome.name
    says = transmission.outcome.reply
    code = transmission.code
    status = transmission.status
    messageID = message.messageID
    returnPath = message.sender.rawValue
  }
}
