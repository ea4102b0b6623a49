internal import TermsModel

extension ReturnedMail {
  /// Takes apart a message that came back.
  ///
  /// A pure function: it never fails, and where it is not sure it says ``Kind/unrecognised(_:)``. A delivery report is
  /// told by its form (`multipart/report` of the type `delivery-status`, RFC 6522, from a null envelope sender where the
  /// sender is noted); never by Auto-Submitted, which systems set differently, nor by its wording.
  package static func read(_ bytes: [UInt8], limits: ReturnedMailLimits = ReturnedMailLimits()) -> ReturnedMail {
    guard !bytes.allSatisfy({ " \t\r\n".utf8.contains($0) }) else { return ReturnedMail(.empty) }
    guard bytes.count <= limits.bytes else {
      return ReturnedMail(.tooLarge(bytes: bytes.count, limit: limits.bytes))
    }
    guard let tree = MailTree(bytes) else { return ReturnedMail(.malformed) }
    let fields = tree.fields
    guard ["from", "to", "date", "received", "message-id"].contains(where: { fields.first($0) != nil }) else {
      return ReturnedMail(.malformed)
    }
    var parts = ReportParts()
    var kind: Kind
    do throws(UnrecognisedMail.Found) {
      parts = try ReportParts(tree, limits: limits)
      kind = try parts.kind(fields, limits: limits)
    } catch {
      kind = .unrecognised(error.reason)
    }
    return ReturnedMail(
      kind: kind, addressedTo: Self.addresses(fields),
      originalMessageID: parts.originalMessageID ?? Self.reference(fields),
      datedAt: fields.first("date").flatMap(MailFields.instant),
      // RFC 5321, 4.4: the time stands behind the last semicolon.
      receivedAt: fields.first("received").flatMap { $0.split(separator: ";").last.flatMap(MailFields.instant) },
      madeBy: fields.first("received").flatMap(Self.maker))
  }

  private init(_ reason: UnrecognisedMail) {
    self.init(
      kind: .unrecognised(reason), addressedTo: [], originalMessageID: nil, datedAt: nil, receivedAt: nil,
      madeBy: nil)
  }

  private static func addresses(_ fields: MailFields) -> [String] {
    let noted = (fields.all("x-original-to") + fields.all("delivered-to")).map(unbracketed).filter { !$0.isEmpty }
    var seen: Set<String> = []
    let found = noted.isEmpty ? fields.all("to").map(unbracketed) : noted
    return found.filter { !$0.isEmpty && seen.insert($0).inserted }
  }

  /// The message answered, as replies and some reports name it.
  private static func reference(_ fields: MailFields) -> String? {
    (fields.first("in-reply-to") ?? fields.first("references")).flatMap {
      $0.split(separator: " ").last.map(unbracketed)
    }
  }

  private static func maker(received field: String) -> String? {
    let words = field.split(separator: " ")
    guard words.count > 1, words[0].lowercased() == "by" else { return nil }
    return words[1].lowercased()
  }

  /// What stands in the last pair of angle brackets, or the text itself where there are none.
  static func unbracketed(_ text: some StringProtocol) -> String {
    guard let open = text.lastIndex(of: "<") else { return String(text) }
    let inner = text[text.index(after: open)...]
    return String(inner.prefix { $0 != ">" })
  }
}

extension UnrecognisedMail {
  /// The way out of reading a message that nothing can be made of.
  struct Found: Error {
    let reason: UnrecognisedMail
  }
}

/// The parts of a message that tell what it is.
private struct ReportParts {
  /// The type of a `multipart/report` at the top: `delivery-status`.
  var reportType: String?
  /// What the parts of the type delivery-status hold.
  var statuses: [[UInt8]] = []
  var originalMessageID: String?

  init() {}

  init(_ tree: borrowing MailTree, limits: ReturnedMailLimits) throws(UnrecognisedMail.Found) {
    var count = 0
    do {
      try tree.visit { part, level in
        count += 1
        guard level <= limits.depth else { throw UnrecognisedMail.Found(reason: .tooDeep(limit: limits.depth)) }
        guard count <= limits.parts else { throw UnrecognisedMail.Found(reason: .tooManyParts(limit: limits.parts)) }
        read(part, level: level)
      }
    } catch let found as UnrecognisedMail.Found {
      throw found
    } catch {
      throw UnrecognisedMail.Found(reason: .malformed)
    }
  }

  private mutating func read(_ part: MailPart, level: Int) {
    let type = part.mediaType
    if level == 1 {
      if type == "multipart/report" { reportType = part.parameter("report-type")?.lowercased() ?? "" }
      return
    }
    // Only what stands directly in the report is part of it: a report that somebody attached to a letter is not theirs.
    guard level == 2, reportType != nil else { return }
    switch type {
    case "message/delivery-status", "message/global-delivery-status":
      if let content = part.content { statuses.append(content) }
    case "message/rfc822", "message/global":
      note(part.enclosedFields)
    case "text/rfc822-headers", "message/global-headers":
      note(part.content.flatMap { MailTree.groups($0, limit: 1_000)?.first })
    default: break
    }
  }

  private mutating func note(_ fields: MailFields?) {
    guard originalMessageID == nil, let id = fields?.first("message-id") else { return }
    originalMessageID = ReturnedMail.unbracketed(id)
  }

  func kind(_ fields: MailFields, limits: ReturnedMailLimits) throws(UnrecognisedMail.Found) -> ReturnedMail.Kind {
    let returnPath = fields.all("return-path").first.map { ReturnedMail.unbracketed($0) }
    guard let reportType else { return Self.letter(fields, returnPath: returnPath) }
    guard reportType == "delivery-status" else { throw UnrecognisedMail.Found(reason: .otherReport(reportType)) }
    if let returnPath, !returnPath.isEmpty {
      throw UnrecognisedMail.Found(reason: .returnPathNotNull(returnPath))
    }
    guard statuses.count <= 1 else { throw UnrecognisedMail.Found(reason: .ambiguous) }
    guard let status = statuses.first else { throw UnrecognisedMail.Found(reason: .noOutcome) }
    return .report(try DeliveryReport.reports(in: status, limit: limits.recipients))
  }

  /// What a message without a report is: a reply, unless a mail system wrote it.
  private static func letter(_ fields: MailFields, returnPath: String?) -> ReturnedMail.Kind {
    let sender = ReturnedMail.unbracketed(fields.first("from") ?? "").lowercased()
    let isSystem = ["mailer-daemon", "postmaster", "mail-daemon"].contains { sender.hasPrefix($0) }
    // RFC 3834, section 5: an automatic reply says so, and may have a null envelope sender as a report has.
    let isAutomaticReply = fields.first("auto-submitted")?.lowercased().hasPrefix("auto-replied") == true
    let hasSender = returnPath.map { !$0.isEmpty } ?? (fields.first("in-reply-to") != nil)
    return !isSystem && !sender.isEmpty && (hasSender || isAutomaticReply) ? .reply : .unrecognised(.freeText)
  }
}

extension DeliveryReport {
  /// The reports that a delivery status holds: the fields for the whole message, then a group for each recipient.
  fileprivate static func reports(in status: [UInt8], limit: Int) throws(UnrecognisedMail.Found) -> [DeliveryReport] {
    // One more for the fields of the whole message.
    guard let groups = MailTree.groups(status, limit: limit + 1), groups.count(where: \.isRecipient) <= limit else {
      throw UnrecognisedMail.Found(reason: .tooManyRecipients(limit: limit))
    }
    let common = groups.first { !$0.isRecipient }
    var reports: [DeliveryReport] = []
    for group in groups where group.isRecipient {
      guard let report = try DeliveryReport(group, common: common) else {
        throw UnrecognisedMail.Found(reason: .noOutcome)
      }
      reports.append(report)
    }
    guard !reports.isEmpty else { throw UnrecognisedMail.Found(reason: .noOutcome) }
    return reports
  }

  private init?(_ group: MailFields, common: MailFields?) throws(UnrecognisedMail.Found) {
    let actions = Set(group.all("action").map(Action.init(field:)))
    guard actions.count <= 1 else { throw UnrecognisedMail.Found(reason: .ambiguous) }
    let final = group.first("final-recipient").map(Self.typed)
    guard let action = actions.first ?? nil,
      let recipient = group.first("original-recipient").map(Self.typed) ?? final, !recipient.isEmpty
    else { return nil }
    self.action = action
    self.recipient = recipient
    finalRecipient = final
    status = group.first("status").flatMap(Self.enhancedStatus)
    diagnostic = group.first("diagnostic-code").map { String($0.prefix(1_000)) }
    envelopeID = common?.first("original-envelope-id").map { ReturnedMail.unbracketed($0) }
    reportingMTA = common?.first("reporting-mta").map(Self.typed)
    remoteMTA = group.first("remote-mta").map(Self.typed)
    arrivedAt = common?.first("arrival-date").flatMap(MailFields.instant)
    lastAttemptAt = group.first("last-attempt-date").flatMap(MailFields.instant)
    willRetryUntil = group.first("will-retry-until").flatMap(MailFields.instant)
  }

  /// The value of a field that names its kind first: `rfc822; dev@example.com`, `dns; mx.example`.
  ///
  /// Angle brackets go: libcurl before 8.16 can only send the original recipient with them.
  private static func typed(_ field: String) -> String {
    let value = field.firstIndex(of: ";").map { field[field.index(after: $0)...] } ?? field[...]
    return ReturnedMail.unbracketed(PlainLine.cleaned(String(value)))
  }

  /// `5.1.1` out of `5.1.1 (user unknown)`; `nil` where it has not that form (RFC 3463, section 2).
  private static func enhancedStatus(_ field: String) -> String? {
    let code = field.prefix { ("0"..."9").contains($0) || $0 == "." }
    let parts = code.split(separator: ".", omittingEmptySubsequences: false)
    let isValid =
      parts.count == 3 && ["2", "4", "5"].contains(parts[0])
      && parts[1...].allSatisfy { (1...3).contains($0.count) }
    return isValid ? String(code) : nil
  }
}

extension MailFields {
  /// Whether a group is about one recipient rather than about the whole message.
  fileprivate var isRecipient: Bool {
    ["final-recipient", "original-recipient", "action"].contains { first($0) != nil }
  }
}
