internal import TermsModel
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

extension TermsRegistry {
  /// Puts a message that came back on record, with its bytes, once; and what follows from it for the developer: a receipt,
  /// a failure, a dispute that a person has to decide.
  ///
  /// Nothing else of it counts than the address that it was sent to and, by who made it, what it reports.
  package func receive(_ bytes: [UInt8], with reader: any ReturnedMailReader) async throws -> Reception {
    let moment = now()
    let mail = reader.read(bytes, ingestedAt: moment)
    let number: Int64
    switch mail.addressee {
    case .stranger: return .stranger
    case .forged: return .forged
    case .trial: return .trial(mail.content)
    case .notice(let notice): number = notice
    }
    let content = mail.content.withoutAddresses
    let receipt = try await record.receive(
      bytes, sha256: SHA256Hex.digest(of: bytes), content: content, for: number, by: actor, at: moment)
    switch receipt {
    case .known: return .known
    case .noSuchNotice(let number): return .noSuchNotice(number)
    case .recorded(let notice, let before, let now):
      return .recorded(notice, content, before: before, now: now)
    }
  }
}

extension ReturnedNotice.Content {
  /// The content with what the log may hold of it.
  fileprivate var withoutAddresses: Self {
    switch self {
    case .reply: return self
    case .unrecognised(let reason): return .unrecognised(PlainReason.withoutAddresses(reason))
    case .reports(let verdicts):
      return .reports(
        verdicts.map { verdict in
          ReportVerdict(
            action: verdict.action, finding: verdict.finding, at: verdict.at, isOurs: verdict.isOurs,
            witness: PlainReason.withoutAddresses(verdict.witness),
            reason: PlainReason.withoutAddresses(verdict.reason))
        })
    }
  }
}
