import NoticeMail
import TermsModel

// What libFuzzer calls with every message it makes up. Scripts/fuzz-reports builds it.

/// Takes a message apart twice, and traps where that differs, or where more is found in it than its limits allow.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  var limits = ReturnedMailLimits()
  limits.recipients = 5
  let mail = ReturnedMail.read(bytes, limits: limits)
  guard mail == ReturnedMail.read(bytes, limits: limits) else { fatalError("two readings of one message differ") }
  guard mail.reports.count <= limits.recipients else { fatalError("\(mail.reports.count) reports") }
  for report in mail.reports {
    guard !report.recipient.isEmpty else { fatalError("a report on nobody") }
    guard (report.diagnostic?.count ?? 0) <= 1_000 else { fatalError("a diagnostic without end") }
    let texts = [report.recipient, report.finalRecipient, report.reportingMTA, report.remoteMTA].compactMap { $0 }
    guard texts.allSatisfy({ $0.unicodeScalars.allSatisfy { $0.value >= 0x20 } }) else {
      fatalError("a control character in a name")
    }
  }
  return 0
}
