import NoticeMail
import TermsModel
import TermsOperations
import Testing

@Suite struct ReturnedMailTests {
  @Test func `a report gives up every field it has`() throws {
    let mail = ReturnedMail.read(ReportMessage().bytes)
    let report = try #require(mail.reports.first)
    #expect(mail.reports.count == 1)
    #expect(report.action == .failed)
    #expect(report.recipient == "dev@hill.example")
    #expect(report.finalRecipient == "box17@hill.example")
    #expect(report.status == "5.1.1")
    #expect(report.diagnostic == "smtp; 550 5.1.1 nobody of that name here")
    #expect(report.envelopeID == "n42")
    #expect(report.reportingMTA == "mx.example")
    #expect(report.remoteMTA == "mx.hill.example")
    #expect(report.arrivedAt == Instant("2031-01-02T11:04:05Z"))
    #expect(report.lastAttemptAt == Instant("2031-01-02T11:04:06Z"))
    #expect(report.willRetryUntil == nil)
    #expect(mail.addressedTo == ["bounce+n42@bounces.example"])
    #expect(mail.originalMessageID == "notice.42@terms.example")
    #expect(mail.datedAt == Instant("2031-01-02T11:04:07Z"))
    #expect(mail.receivedAt == Instant("2031-01-02T11:04:09Z"))
  }

  struct ActionCase: Sendable, CustomTestStringConvertible {
    let action: String
    let status: String
    let expected: DeliveryReport.Action?
    let because: String
    var testDescription: String { because }
  }

  @Test(arguments: [
    ActionCase(action: "failed", status: "5.1.1", expected: .failed, because: "the plain case"),
    ActionCase(
      action: "failed", status: "4.4.7", expected: .failed, because: "expired in the queue: the action decides"),
    ActionCase(action: "Failed (gave up)", status: "5.0.0", expected: .failed, because: "a comment and a capital"),
    ActionCase(action: "error", status: "5.0.0", expected: .failed, because: "OpenSMTPD's word for it"),
    ActionCase(action: "delayed", status: "4.7.1", expected: .delayed, because: "still trying"),
    ActionCase(action: "RELAYED", status: "2.0.0", expected: .relayed, because: "no case"),
    ActionCase(action: "expanded", status: "2.0.0", expected: .expanded, because: "an alias"),
    ActionCase(action: "delivered", status: "2.1.5", expected: .delivered, because: "success"),
    ActionCase(
      action: "received", status: "2.0.0", expected: nil, because: "no action of the standard is never guessed at"),
    ActionCase(action: "deliveredish", status: "2.0.0", expected: nil, because: "nor one that begins like one"),
    ActionCase(action: "", status: "2.0.0", expected: nil, because: "empty"),
  ])
  func `the action alone tells how it ended`(_ c: ActionCase) {
    let mail = ReturnedMail.read(
      ReportMessage(groups: [["Final-Recipient: rfc822; a@b.example", "Action: \(c.action)", "Status: \(c.status)"]])
        .bytes)
    #expect(mail.reports.first?.action == c.expected)
    if c.expected == nil { #expect(mail.kind == .unrecognised(.noOutcome)) }
  }

  struct FormCase: Sendable, CustomTestStringConvertible {
    let message: ReportMessage
    let count: Int
    let because: String
    var testDescription: String { because }
  }

  @Test(arguments: [
    FormCase(message: ReportMessage(returnPath: nil), count: 1, because: "the mail system noted no envelope sender"),
    FormCase(
      message: ReportMessage(groups: [ReportMessage.failed, ReportMessage.delivered]), count: 2,
      because: "two recipients"),
    FormCase(
      message: ReportMessage(statusType: "message/global-delivery-status"), count: 1,
      because: "the form for UTF-8 (RFC 6533)"),
    FormCase(
      message: ReportMessage(type: "Multipart/Report; boundary=b1; Report-Type=\"Delivery-Status\""), count: 1,
      because: "names in any case, the value quoted"),
    FormCase(
      message: ReportMessage(common: ["", "Reporting-MTA: dns; mx.example", "", ""]), count: 1,
      because: "more blank lines than asked for"),
    FormCase(message: ReportMessage(common: []), count: 1, because: "no fields for the whole message"),
    FormCase(
      message: ReportMessage(extra: ["Auto-Submitted: auto-replied"]), count: 1,
      because: "Postfix marks its reports as replies"),
  ])
  func `a report is told by its form`(_ c: FormCase) {
    #expect(ReturnedMail.read(c.message.bytes).reports.count == c.count)
    let lineFeeds = c.message.bytes.filter { $0 != UInt8(ascii: "\r") }
    #expect(ReturnedMail.read(lineFeeds).reports.count == c.count, "with line feeds alone, as in a Maildir")
  }

  @Test func `brackets that libcurl has to send come off again`() throws {
    let message = ReportMessage(
      common: ["Original-Envelope-ID: <n7>"],
      groups: [["Original-Recipient: rfc822;<a+b@c.example>", "Action: delivered", "Status: 2.0.0"]])
    let report = try #require(ReturnedMail.read(message.bytes).reports.first)
    #expect(report.envelopeID == "n7")
    #expect(report.recipient == "a+b@c.example")
    #expect(report.finalRecipient == nil)
  }

  @Test(
    arguments: [
      ("5.1.1 (no such user)", "5.1.1"), ("4.4.7", "4.4.7"), ("5.1", nil), ("7.1.1", nil), ("5.1.1.1", nil),
      ("5..1", nil),
      ("unknown", nil), ("5.1.1000", nil),
    ] as [(String, String?)])
  func `a status of another form is none`(field: String, expected: String?) {
    let group = ["Final-Recipient: rfc822; a@b.example", "Action: failed", "Status: \(field)"]
    #expect(ReturnedMail.read(ReportMessage(groups: [group]).bytes).reports.first?.status == expected)
  }

  @Test(arguments: [
    ("delivered", "5.1.1", true), ("relayed", "4.0.0", true), ("expanded", "5.0.0", true), ("failed", "2.0.0", true),
    ("delayed", "2.0.0", true), ("failed", "4.4.7", false), ("delivered", "2.0.0", false), ("delayed", "4.2.0", false),
  ])
  func `a report that contradicts itself says so`(action: String, status: String, contradicts: Bool) throws {
    let group = ["Final-Recipient: rfc822; a@b.example", "Action: \(action)", "Status: \(status)"]
    let report = try #require(ReturnedMail.read(ReportMessage(groups: [group]).bytes).reports.first)
    #expect(report.contradictsItself == contradicts)
  }

  @Test func `a transfer encoding is undone`() throws {
    let encoded = """
      Return-Path: <>
      From: postmaster@mx.example
      Content-Type: multipart/report; report-type=delivery-status; boundary=b

      --b
      Content-Type: message/delivery-status
      Content-Transfer-Encoding: base64

      UmVwb3J0aW5nLU1UQTogZG5zOyBteC5leGFtcGxlCgpGaW5hbC1SZWNpcGllbnQ6IHJmYzgyMjsg
      YUBiLmV4YW1wbGUKQWN0aW9uOiByZWxheWVkClN0YXR1czogMi4wLjAK
      --b--
      """
    let report = try #require(ReturnedMail.read(Array(encoded.utf8)).reports.first)
    #expect(report.action == .relayed)
    #expect(report.reportingMTA == "mx.example")
  }
}
