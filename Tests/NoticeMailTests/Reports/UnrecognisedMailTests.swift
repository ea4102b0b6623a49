import NoticeMail
import TermsModel
import TermsOperations
import Testing

/// What is no report must never become evidence.
@Suite struct UnrecognisedMailTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let bytes: [UInt8]
    let kind: ReturnedMail.Kind
    let because: String
    var testDescription: String { because }
  }

  @Test(arguments: [
    Case(
      bytes: letter(["Return-Path: <dev@hill.example>", "From: dev@hill.example", "In-Reply-To: <n@terms.example>"]),
      kind: .reply, because: "a developer answered"),
    Case(
      bytes: letter(["Return-Path: <>", "From: dev@hill.example", "Auto-Submitted: auto-replied (vacation)"]),
      kind: .reply,
      because: "a vacation program answered, with the null sender that RFC 3834 recommends"),
    Case(
      bytes: letter(["From: dev@hill.example", "In-Reply-To: <n@terms.example>"]), kind: .reply,
      because: "an answer whose envelope nobody noted"),
    Case(
      bytes: letter(
        ["Return-Path: <>", "From: MAILER-DAEMON@old.example", "Subject: failure notice"], "Sorry, no such box."),
      kind: .unrecognised(.freeText), because: "an old system's words for people"),
    Case(
      bytes: letter(
        ["Return-Path: <>", "From: Mailer-Daemon@old.example", "Auto-Submitted: auto-replied"],
        "Action: delivered\r\nStatus: 2.0.0"),
      kind: .unrecognised(.freeText), because: "the words of a report in plain text are no report"),
    Case(
      bytes: letter(["Return-Path: <>", "To: bounce@terms.example", "Date: Thu, 2 Jan 2031 11:04:07 +0000"]),
      kind: .unrecognised(.freeText), because: "nobody says who wrote it"),
    Case(
      bytes: ReportMessage(returnPath: "<dev@hill.example>", groups: [ReportMessage.delivered]).bytes,
      kind: .unrecognised(.returnPathNotNull("dev@hill.example")), because: "a report that somebody wrote by hand"),
    Case(
      bytes: ReportMessage(type: "multipart/report; report-type=disposition-notification; boundary=b1").bytes,
      kind: .unrecognised(.otherReport("disposition-notification")), because: "a receipt of reading"),
    Case(
      bytes: ReportMessage(type: "multipart/report; report-type=feedback-report; boundary=b1").bytes,
      kind: .unrecognised(.otherReport("feedback-report")), because: "a complaint about spam"),
    Case(
      bytes: ReportMessage(type: "multipart/report; boundary=b1").bytes, kind: .unrecognised(.otherReport("")),
      because: "a report of no kind"),
    Case(
      bytes: ReportMessage(type: "multipart/mixed; boundary=b1", groups: [ReportMessage.delivered]).bytes,
      kind: .unrecognised(.freeText), because: "the parts of a report, in a message that is none"),
    Case(
      bytes: ReportMessage(statusType: "text/plain").bytes, kind: .unrecognised(.noOutcome),
      because: "a report without its machine-readable part"),
    Case(bytes: ReportMessage(groups: []).bytes, kind: .unrecognised(.noOutcome), because: "nobody is reported on"),
    Case(
      bytes: ReportMessage(groups: [["Action: delivered", "Status: 2.0.0"]]).bytes, kind: .unrecognised(.noOutcome),
      because: "delivered to whom?"),
    Case(
      bytes: ReportMessage(groups: [ReportMessage.delivered, ["Final-Recipient: rfc822; b@c.example"]]).bytes,
      kind: .unrecognised(.noOutcome), because: "one outcome of two is missing: the whole report is for a person"),
    Case(
      bytes: ReportMessage(groups: [ReportMessage.failed + ["Action: delivered"]]).bytes,
      kind: .unrecognised(.ambiguous),
      because: "two outcomes for one recipient"),
    Case(bytes: [], kind: .unrecognised(.empty), because: "nothing"),
    Case(bytes: Array("\r\n \r\n".utf8), kind: .unrecognised(.empty), because: "blank lines"),
    Case(bytes: Array("no header here\nat all\n".utf8), kind: .unrecognised(.malformed), because: "no message"),
    Case(bytes: [UInt8](repeating: 0, count: 5_000), kind: .unrecognised(.malformed), because: "zeros"),
    Case(bytes: (0...255).map { UInt8($0) }, kind: .unrecognised(.malformed), because: "every byte there is"),
  ])
  func `what is no delivery report is told apart`(_ c: Case) {
    #expect(ReturnedMail.read(c.bytes).kind == c.kind)
  }

  @Test func `a report attached to a letter is not the letter's`() {
    let attached = [
      "Return-Path: <>", "From: mailer-daemon@mx.example",
      "Content-Type: multipart/report; report-type=delivery-status; boundary=o",
      "", "--o", "Content-Type: message/rfc822", "", ReportMessage(groups: [ReportMessage.delivered]).text, "--o",
      "Content-Type: multipart/mixed; boundary=i", "", "--i", "Content-Type: message/delivery-status", "",
      "Reporting-MTA: dns; mx.example", "", "Final-Recipient: rfc822; a@b.example", "Action: delivered", "", "--i--",
      "--o--", "",
    ]
    #expect(ReturnedMail.read(Array(attached.joined(separator: "\r\n").utf8)).kind == .unrecognised(.noOutcome))
  }

  @Test func `two delivery statuses in one report are for a person`() {
    let message = ReportMessage().text.replacing(
      "--b1\r\nContent-Type: text/rfc822-headers",
      with:
        "--b1\r\nContent-Type: message/delivery-status\r\n\r\n\r\nFinal-Recipient: rfc822; a@b.example\r\nAction: delivered\r\n"
        + "\r\n--b1\r\nContent-Type: text/rfc822-headers")
    #expect(ReturnedMail.read(Array(message.utf8)).kind == .unrecognised(.ambiguous))
  }

  @Test func `a message beyond the limits is left to a person`() {
    var limits = ReturnedMailLimits()
    limits.bytes = 100
    let bytes = ReportMessage().bytes
    #expect(ReturnedMail.read(bytes, limits: limits).kind == .unrecognised(.tooLarge(bytes: bytes.count, limit: 100)))

    let many = ReportMessage(groups: Array(repeating: ReportMessage.delivered, count: 101))
    #expect(ReturnedMail.read(many.bytes).kind == .unrecognised(.tooManyRecipients(limit: 100)))
    #expect(ReturnedMail.read(many.with { $0.groups.removeLast() }.bytes).reports.count == 100)

    var nested = "Return-Path: <>\nFrom: a@b.example\n"
    for level in 0..<10_000 { nested += "Content-Type: multipart/mixed; boundary=b\(level)\n\n--b\(level)\n" }
    #expect(ReturnedMail.read(Array(nested.utf8)).kind == .unrecognised(.tooDeep(limit: 10)))

    let parts = String(repeating: "--b\nContent-Type: text/plain\n\nx\n", count: 20_000)
    let wide =
      "Return-Path: <>\nFrom: a@b.example\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n\(parts)--b--\n"
    #expect(ReturnedMail.read(Array(wide.utf8)).kind == .unrecognised(.tooManyParts(limit: 100)))
  }

  @Test(
    arguments: [
      (UnrecognisedMail.empty, "the message is empty; check how the mail system hands messages over"),
      (.tooLarge(bytes: 9, limit: 5), "the message has 9 bytes, more than the 5 that are read; look at it by hand"),
      (.tooDeep(limit: 3), "the message nests parts deeper than 3 levels, as no mail system does; look at it by hand"),
      (
        .tooManyParts(limit: 3),
        "the message has more than 3 parts, as no mail system's report does; look at it by hand"
      ),
      (
        .tooManyRecipients(limit: 3),
        "the report speaks of more than 3 recipients, though every notice has one; look at it by hand"
      ),
      (
        .malformed,
        "this is no message as mail systems write them (RFC 5322); check that the file holds one message and nothing else"
      ),
      (
        .returnPathNotNull("a@b.example"),
        "the report has 'a@b.example' as its envelope sender, where mail systems leave it empty; it may be forged: look at it by hand"
      ),
      (
        .otherReport("feedback-report"),
        "the message is a report of the kind 'feedback-report', which tells nothing of delivery; no action is needed"
      ),
      (
        .noOutcome,
        "the message calls itself a delivery report but does not say what was done for whom; look at it by hand"
      ),
      (.ambiguous, "the report says more than one thing of the same delivery; look at it by hand"),
      (
        .freeText,
        "a mail system wrote this for people, not for programs; read it, and record a failure by hand where it tells of one"
      ),
    ] as [(UnrecognisedMail, String)])
  func `each reason says what to do`(reason: UnrecognisedMail, sentence: String) {
    #expect(reason.description == sentence)
  }
}
