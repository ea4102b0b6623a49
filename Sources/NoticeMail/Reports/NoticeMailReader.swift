package import TermsModel
package import TermsOperations

/// Reads what came back to the addresses that notices are sent from, by the operator's rules.
package struct NoticeMailReader: ReturnedMailReader {
  private let returnAddress: ReturnAddress
  private let rules: ReportRules
  private let limits: ReturnedMailLimits

  package init(returnAddress: ReturnAddress, rules: ReportRules, limits: ReturnedMailLimits = ReturnedMailLimits()) {
    self.returnAddress = returnAddress
    self.rules = rules
    self.limits = limits
  }

  package func read(_ bytes: [UInt8], ingestedAt: Instant) -> ReadMail {
    let mail = ReturnedMail.read(bytes, limits: limits)
    // Of a message too large to be read the header still says whom it was for.
    let addresses =
      bytes.count > limits.bytes
      ? ReturnedMail.read(Self.header(of: bytes), limits: limits).addressedTo : mail.addressedTo
    let addressee: ReadMail.Addressee
    switch returnAddress.token(in: addresses) {
    case .absent: addressee = .stranger
    case .forged: addressee = .forged
    case .notice(MailComposer.trialNotice): addressee = .trial
    case .notice(let number): addressee = .notice(number)
    }
    let content: ReturnedNotice.Content
    switch mail.kind {
    case .reply: content = .reply
    case .unrecognised(let reason): content = .unrecognised("\(reason)")
    case .report(let reports):
      guard case .notice(let number) = addressee else {
        content = .reports(reports.map { verdict($0, in: mail, for: MailComposer.trialNotice, ingestedAt) })
        break
      }
      content = .reports(reports.map { verdict($0, in: mail, for: number, ingestedAt) })
    }
    return ReadMail(addressee: addressee, content: content)
  }

  private func verdict(
    _ report: DeliveryReport, in mail: ReturnedMail, for notice: Int64, _ ingestedAt: Instant
  ) -> ReportVerdict {
    ReportVerdict(report, in: mail, for: notice, rules: rules, ingestedAt: ingestedAt)
  }

  /// The fields of a message up to the first empty line, or as much of them as any message has.
  private static func header(of bytes: [UInt8]) -> [UInt8] {
    let start = bytes.prefix(1 << 16)
    var line = start.startIndex
    while let end = start[line...].firstIndex(of: UInt8(ascii: "\n")) {
      let next = start.index(after: end)
      if end == line || (end == line + 1 && start[line] == UInt8(ascii: "\r")) { return Array(start[..<next]) }
      line = next
    }
    return Array(start)
  }
}
