/// Messages as they come back, put together for one test each.
struct ReportMessage {
  var returnPath: String? = "<>"
  var from = "Mail System <mailer-daemon@mx.example>"
  var extra: [String] = []
  var type = "multipart/report; report-type=delivery-status; boundary=\"b1\""
  var statusType = "message/delivery-status"
  var common = [
    "Reporting-MTA: dns; mx.example", "Original-Envelope-Id: n42", "Arrival-Date: Thu, 2 Jan 2031 03:04:05 -0800",
  ]
  var groups = [ReportMessage.failed]
  var original = "Message-ID: <notice.42@terms.example>"

  static let failed = [
    "Original-Recipient: rfc822;dev@hill.example", "Final-Recipient: rfc822; box17@hill.example", "Action: failed",
    "Status: 5.1.1", "Remote-MTA: dns; mx.hill.example", "Diagnostic-Code: smtp; 550 5.1.1 nobody",
    "  of that name here",
    "Last-Attempt-Date: Thu, 2 Jan 2031 03:04:06 -0800",
  ]
  static let delivered = ["Final-Recipient: rfc822; dev@hill.example", "Action: delivered", "Status: 2.0.0"]

  var text: String {
    let status = ([common] + groups).map { $0.joined(separator: "\r\n") }.joined(separator: "\r\n\r\n")
    return (returnPath.map { ["Return-Path: \($0)"] } ?? []).joined() + (returnPath == nil ? "" : "\r\n")
      + ([
        "X-Original-To: bounce+n42@bounces.example",
        "Received: from mx.example (mx.example [192.0.2.7]) by mta.example; Thu, 2 Jan 2031 11:04:09 +0000 (UTC)",
        "From: \(from)", "To: bounce+n42@bounces.example", "Date: Thu, 2 Jan 2031 11:04:07 +0000", "Subject: Report",
      ] + extra + [
        "MIME-Version: 1.0", "Content-Type: \(type)", "", "--b1", "Content-Type: text/plain", "", "It did not work.",
        "",
        "--b1", "Content-Type: \(statusType)", "", status, "", "--b1", "Content-Type: text/rfc822-headers", "",
        original, "Subject: Terms", "", "--b1--", "",
      ]).joined(separator: "\r\n")
  }

  var bytes: [UInt8] { Array(text.utf8) }

  func with(_ change: (inout ReportMessage) -> Void) -> ReportMessage {
    var copy = self
    change(&copy)
    return copy
  }
}

/// A message without parts.
func letter(_ fields: [String], _ body: String = "Thank you.") -> [UInt8] {
  Array((fields + ["", body, ""]).joined(separator: "\r\n").utf8)
}
