import TermsModel
import TermsOperations
import Testing

@testable import NoticeMail

/// What the address of a message says of it decides whose it is; what it holds, what it is worth.
@Suite struct NoticeMailReaderTests {
  private let address: ReturnAddress
  private let reader: NoticeMailReader
  private let now = Instant(milliseconds: 1_990_000_000_000)

  init() throws {
    address = try ReturnAddress(domain: "bounces.terms.example", key: Array("k".utf8) + Array(repeating: 7, count: 40))
    reader = NoticeMailReader(returnAddress: address, rules: ReportRules(ownHosts: ["mta.terms.example"]))
  }

  private func message(to recipient: String, _ change: (inout ReportMessage) -> Void = { _ in }) -> [UInt8] {
    var message = ReportMessage(common: [
      "Reporting-MTA: dns; mx.example", "Original-Envelope-Id: \(ReturnAddress.envelopeID(for: 42))",
    ])
    change(&message)
    return Array(message.text.replacing("bounce+n42@bounces.example", with: recipient).utf8)
  }

  private func own(_ notice: Int64 = 42) throws -> String { try #require(address.address(for: notice)).rawValue }

  @Test func `a report to a notice's address is weighed for that notice`() throws {
    let mail = reader.read(message(to: try own()), ingestedAt: now)
    #expect(mail.addressee == .notice(42))
    guard case .reports(let verdicts) = mail.content else {
      Issue.record("\(mail.content)")
      return
    }
    #expect(verdicts.map(\.finding) == [.failed(.addressDead)] && verdicts[0].action == .failed)
    let folded = reader.read(message(to: try own().uppercased()), ingestedAt: now)
    #expect(folded == mail, "mail systems fold case")
  }

  @Test func `an envelope that is another notice's is not believed`() throws {
    let mail = reader.read(message(to: try own(43)), ingestedAt: now)
    guard case .reports(let verdicts) = mail.content else {
      Issue.record("\(mail.content)")
      return
    }
    #expect(mail.addressee == .notice(43) && verdicts.map(\.finding) == [.unreliable(.otherEnvelope)])
  }

  @Test func `strangers, forgeries and trials are told from notices`() throws {
    #expect(reader.read(message(to: "bounce@bounces.terms.example"), ingestedAt: now).addressee == .stranger)
    #expect(reader.read(message(to: "someone@else.example"), ingestedAt: now).addressee == .stranger)
    let forged = try own().replacing("-", with: "-a", maxReplacements: 1)
    #expect(reader.read(message(to: forged), ingestedAt: now).addressee == .forged)
    #expect(reader.read(message(to: try own(0)), ingestedAt: now).addressee == .trial)
  }

  @Test func `answers and what cannot be read belong to their notice, and are no evidence`() throws {
    let fields = [
      "X-Original-To: \(try own())", "From: Dev <dev@hill.example>", "Subject: Re: Terms", "To: x@y.example",
    ]
    let answer = reader.read(
      letter(["Return-Path: <dev@hill.example>"] + fields), ingestedAt: now)
    #expect(answer == ReadMail(addressee: .notice(42), content: .reply))
    let vacation = reader.read(
      letter(["Return-Path: <>", "Auto-Submitted: auto-replied (vacation)"] + fields), ingestedAt: now)
    #expect(vacation.content == .reply)
    let forged = reader.read(message(to: try own()) { $0.returnPath = "<eve@evil.example>" }, ingestedAt: now)
    guard case .unrecognised(let reason) = forged.content else {
      Issue.record("\(forged.content)")
      return
    }
    #expect(reason.contains("may be forged"))
  }

  @Test func `a message too large to be read is still told whose it is`() throws {
    let large =
      message(to: try own()) { $0.extra = ["X-Filler: x"] } + Array(repeating: UInt8(ascii: "a"), count: 1 << 20)
    let mail = reader.read(large, ingestedAt: now)
    #expect(mail.addressee == .notice(42))
    guard case .unrecognised(let reason) = mail.content else {
      Issue.record("\(mail.content)")
      return
    }
    #expect(reason.contains("look at it by hand"))
  }

  @Test func `a trial message says that it is none, in subject and both parts, and its reports come back to no notice`()
    throws
  {
    let settings = MailSettings(
      from: try EmailAddress(checking: "notices@terms.example"), fromName: "Harbor", returnAddress: address)
    let composer = try MailComposer(settings: settings)
    let recipient = try EmailAddress(checking: "me@terms.example")
    let message = try composer.trialMessage(to: recipient, at: now)
    #expect(message == (try composer.trialMessage(to: recipient, at: now)))
    #expect(address.token(in: message.sender.rawValue) == .notice(0))
    let text = String(decoding: message.bytes, as: UTF8.self).replacing("=\r\n", with: "")
    #expect(text.contains("Subject: Trial, no notice: "))
    #expect(text.split(separator: "It is no notice, and binds nobody.").count == 3)
  }
}
