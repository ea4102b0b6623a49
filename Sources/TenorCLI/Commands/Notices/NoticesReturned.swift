internal import ArgumentParser
internal import Foundation
internal import TermsModel
internal import TermsOperations

/// Shows what came back for one notice.
struct NoticesReturned: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "returned",
    abstract: "Show what came back for a notice: reports, answers, and what each was found to be.")

  @OptionGroup var options: DatabaseOptions
  @Argument(help: "The notice's number, as 'notices status' and 'notices pending' show it.") var notice: Int64
  @Option(
    help: ArgumentHelp(
      "Print one of the messages byte for byte, by the SHA-256 that the list shows (8 of its 64 digits are enough).",
      valueName: "sha256"))
  var raw: String?
  @Flag(help: "Print JSON.") var json = false

  func validate() throws {
    if let raw, !(8...64).contains(raw.utf8.count) || !raw.allSatisfy({ $0.isASCII && $0.isHexDigit }) {
      throw ValidationError(
        "--raw takes 8 to 64 hexadecimal digits of a message's SHA-256, as 'tenor notices returned \(notice)' shows them"
      )
    }
  }

  func run() async throws {
    let record = try await Composition(options).reader().record
    let mail = try await record.returnedMail(for: notice)
    if mail.isEmpty, try await record.notice(numbered: notice) == nil { throw NoticeRefusal.noSuchNotice(notice) }
    if let raw {
      let named = mail.filter { $0.value.mailSHA256.hasPrefix(raw.lowercased()) }
      guard let found = named.first else { throw NoticeRefusal.noSuchMail(notice: notice, sha256: raw) }
      guard named.count == 1 else {
        throw NoticeRefusal.severalMails(notice: notice, named: named.map(\.value.mailSHA256))
      }
      guard let bytes = try await record.returnedBytes(sha256: found.value.mailSHA256) else {
        throw NoticeRefusal.mailErased(sha256: found.value.mailSHA256)
      }
      return FileHandle.standardOutput.write(Data(bytes))
    }
    if json { return try JSONOutput.print(mail.map(ReturnedJSON.init)) }
    guard !mail.isEmpty else { return print("nothing came back for notice \(notice)") }
    var table = Table("recorded", "kind", "sha256", "what it says")
    for fact in mail {
      let shown = ReturnedJSON(fact)
      table.add("\(fact.occasion.recordedAt)", shown.kind, String(shown.sha256.prefix(16)), shown.says)
    }
    print(table.text)
  }
}

struct ReturnedJSON: Encodable {
  let recordedAt: Instant
  let kind: String
  let sha256: String
  let says: String
  let reports: [ReportVerdict]?

  init(_ fact: Fact<ReturnedNotice>) {
    recordedAt = fact.occasion.recordedAt
    sha256 = fact.value.mailSHA256
    switch fact.value.content {
    case .reply: (kind, says, reports) = ("reply", "somebody answered", nil)
    case .unrecognised(let reason): (kind, says, reports) = ("unrecognised", reason, nil)
    case .reports(let verdicts):
      kind = "reports"
      says = verdicts.map { "\($0.action.rawValue) → \($0.finding.name) at \($0.at), by \($0.witness): \($0.reason)" }
        .joined(separator: "; ")
      reports = verdicts
    }
  }
}
