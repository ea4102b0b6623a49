package import TermsModel
internal import Transparency

/// What receiving one message came to.
package enum Reception: Hashable, Sendable {
  case known
  /// Not sent to an address of a notice: not ours to keep.
  case stranger
  /// Sent to an address in the form of a notice's with a code that is not ours.
  case forged
  /// A notice of another record, or of one restored from before it was planned.
  case noSuchNotice(Int64)
  /// What came back for a trial message: nothing of it goes on record.
  case trial(ReturnedNotice.Content)
  case recorded(OutboxNotice, ReturnedNotice.Content, before: ReportStanding, now: ReportStanding)
}

/// A message that came back, read but not on record.
package struct ReturnedMessage: Sendable {
  package let bytes: [UInt8]
  /// Of the bytes, in lower-case hexadecimal.
  package let sha256: String
  let addressee: ReadMail.Addressee
  let content: ReturnedNotice.Content

  /// Nothing else of it counts than the address that it was sent to and, by who made it, what it reports.
  package init(_ bytes: [UInt8], with reader: any ReturnedMailReader, ingestedAt moment: Instant) {
    let mail = reader.read(bytes, ingestedAt: moment)
    self.bytes = bytes
    sha256 = SHA256Hex.digest(of: bytes)
    addressee = mail.addressee
    content = mail.content.withoutAddresses
  }
}

extension TermsRegistry {
  /// Puts messages that came back on record together, all or none; each once, with its bytes and with what follows from it
  /// for the developer: a receipt, a failure, a dispute that a person has to decide.
  /// - Returns: what became of each, in the order given.
  package func receive(_ messages: [ReturnedMessage]) async throws -> [Reception] {
    let mails = messages.compactMap { message -> ReceivedMail? in
      guard case .notice(let number) = message.addressee else { return nil }
      return ReceivedMail(
        bytes: message.bytes, sha256: message.sha256, content: message.content, notice: number)
    }
    var receipts = try await record.receive(mails, by: actor, at: now())[...]
    return messages.map { message in
      switch message.addressee {
      case .stranger: return .stranger
      case .forged: return .forged
      case .trial: return .trial(message.content)
      case .notice(let number):
        switch receipts.popFirst() {
        case .known: return .known
        case .noSuchNotice(let number): return .noSuchNotice(number)
        case .recorded(let notice, let before, let now):
          return .recorded(notice, message.content, before: before, now: now)
        case nil: return .noSuchNotice(number)
        }
      }
    }
  }

  /// The same of one message.
  package func receive(_ bytes: [UInt8], with reader: any ReturnedMailReader) async throws -> Reception {
    try await receive([ReturnedMessage(bytes, with: reader, ingestedAt: now())])[0]
  }
}

extension ReturnedNotice.Content {
  /// The content with what the log may hold of it; all of it stands in the message, which is kept apart.
  fileprivate var withoutAddresses: Self {
    switch self {
    case .reply: return self
    case .unrecognised(let reason): return .unrecognised(PlainReason.forLog(reason))
    case .reports(let verdicts):
      return .reports(
        verdicts.map { verdict in
          ReportVerdict(
            action: verdict.action, finding: verdict.finding, at: verdict.at, isOurs: verdict.isOurs,
            witness: PlainReason.withoutAddresses(verdict.witness),
            reason: PlainReason.forLog(verdict.reason))
        })
    }
  }
}
