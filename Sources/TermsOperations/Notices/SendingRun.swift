internal import TermsModel

/// A run of sending: pages of letters written ahead, and for each letter one transaction that puts the end of the one before
/// on record and claims it, and the handing over.
struct SendingRun {
  let registry: TermsRegistry
  let transport: any NoticeTransport
  let writer: LetterWriter
  let plan: SendingPlan
  private(set) var report: SendingReport

  private var pace: Pace
  /// The notice handed over last, until its end is on record.
  private var pending: FinishedNotice?
  /// The length of the log, as far as this run has seen it: where it grows by another hand, letters written ahead may say
  /// what holds no more.
  private var position: Int64 = 0
  private var postponedInRow = 0

  private static let postponedEnough = 20

  init(
    registry: TermsRegistry, transport: any NoticeTransport, writer: LetterWriter, plan: SendingPlan,
    report: SendingReport
  ) {
    (self.registry, self.transport, self.writer, self.plan) = (registry, transport, writer, plan)
    self.report = report
    pace = Pace(perMinute: plan.maxPerMinute)
  }

  /// Sends until nothing is due any more: what becomes due meanwhile is sent as well.
  mutating func send(_ tell: (OutboxNotice, TransportOutcome) -> Void) async throws {
    var before = -1
    // A pass without a notice finds nothing due, or only notices that another run has or whose address is gone.
    while report.unavailable == nil, report.total > before, room > 0 {
      before = report.total
      try await sendDue(tell)
    }
  }

  private var room: Int { (plan.limit ?? .max) - report.total }

  private mutating func sendDue(_ tell: (OutboxNotice, TransportOutcome) -> Void) async throws {
    var page = try await writer.page(after: nil, limit: room)
    position = page.position
    while let end = page.end {
      let ahead = writer.pageAhead(after: page, limit: room - page.letters.count)
      let done: OutboxPlace?
      do {
        done = try await send(page, tell)
        if report.unavailable == nil, room > 0, done == end, let next = try await ahead?.value, next.end != nil {
          page = next
          continue
        }
      } catch {
        await Self.abandon(ahead)
        try await settle(tell)
        throw error
      }
      await Self.abandon(ahead)
      if report.unavailable != nil || room <= 0 { return try await settle(tell) }
      // Nothing was written ahead, or the record has changed: the next page knows all that is on record by now.
      try await settle(tell)
      page = try await writer.page(after: done ?? end, limit: room)
      position = page.position
    }
    try await settle(tell)
  }

  /// Waits for the end of letters that are written ahead in vain: of one notice no two are kept that were not sent.
  private static func abandon(_ ahead: Task<WrittenPage, any Error>?) async {
    ahead?.cancel()
    _ = await ahead?.result
  }

  /// Sends the letters of a page.
  /// - Returns: the place of the last one that it came to: that of the page's end, unless the run ends here or somebody else
  ///   wrote into the record, so that the rest has to be written anew.
  private mutating func send(
    _ page: WrittenPage, _ tell: (OutboxNotice, TransportOutcome) -> Void
  ) async throws -> OutboxPlace? {
    var done: OutboxPlace?
    for letter in page.letters {
      if let wait = pace.wait(at: registry.now()) {
        try await settle(tell)
        try await plan.pause(wait)
      }
      let moment = registry.now()
      let step = try await record(claiming: letter, at: moment, tell)
      done = letter.place
      if step.isClaimed {
        try await transmit(letter, isCurrent: step.isUndisturbed && letter.isValid(at: moment), at: moment)
        if report.unavailable != nil { return done }
      }
      if !step.isUndisturbed { return done }
    }
    return page.end
  }

  /// Hands over a claimed notice, its letter written anew where it may say what holds no more.
  private mutating func transmit(_ letter: WrittenLetter, isCurrent: Bool, at moment: Instant) async throws {
    var (notice, letter) = (letter.notice, letter)
    if !isCurrent {
      do {
        guard let again = try await writer.letter(notice, at: moment) else {
          return try await registry.record.release(notice)
        }
        try await registry.record.rewrite(notice, sending: again.message.bytes)
        letter = again
      } catch {
        try await registry.record.release(notice)
        throw error
      }
    }
    notice = letter.notice
    let said = await transport.transmit(letter.message)
    let transmission = said.withoutAddresses
    if case .unavailable(let reason) = transmission.outcome, transmission.scope == .route {
      // Nothing was said of this notice that would not be said of the next: it counts as no try.
      try await registry.record.release(notice)
      report.unavailable = reason
      return
    }
    pending = FinishedNotice(
      notice: notice, transmission: transmission, messageSHA256: letter.sha256,
      reply: said.keptReply(salt: registry.makeSalt), at: registry.now())
    switch transmission.outcome {
    case .accepted: report.accepted += 1
    case .rejected: report.refused += 1
    case .unknown: report.unknown += 1
    case .unavailable(let reason):
      report.postponed += 1
      postponedInRow += 1
      // Where one after the other is put off, the next would be, too: the server wants none now.
      if postponedInRow == Self.postponedEnough {
        report.unavailable = "\(postponedInRow) notices in a row were put off, the last one since \(reason)"
      }
      return
    }
    postponedInRow = 0
  }

  /// Puts on record how the last notice ended, if that is not done.
  private mutating func settle(_ tell: (OutboxNotice, TransportOutcome) -> Void) async throws {
    guard pending != nil else { return }
    _ = try await record(claiming: nil, at: registry.now(), tell)
  }

  /// One transaction: the end of the last notice, and the claim of the next.
  private mutating func record(
    claiming next: WrittenLetter?, at moment: Instant, _ tell: (OutboxNotice, TransportOutcome) -> Void
  ) async throws -> (isClaimed: Bool, isUndisturbed: Bool) {
    let finished = pending
    // Where it cannot be recorded, the next run finds the notice in transmission, and settles it as unknown.
    pending = nil
    let step = try await registry.record.handOver(
      finished: finished, claiming: next?.notice, by: registry.actor, at: moment)
    let isUndisturbed = step.before == position
    position = step.after
    if let finished { tell(finished.notice, finished.transmission.outcome) }
    return (step.isClaimed, isUndisturbed)
  }
}

/// Spreads notices evenly over a minute.
private struct Pace {
  private let interval: Int64?
  private var next: Instant?

  init(perMinute: Int?) {
    interval = perMinute.map { 60_000 / Int64(max(1, $0)) }
  }

  /// How many milliseconds to wait before the next notice; `nil` for none.
  mutating func wait(at moment: Instant) -> Int64? {
    guard let interval else { return nil }
    let due = max(next ?? moment, moment)
    next = Instant(milliseconds: due.milliseconds + interval)
    return due > moment ? due.milliseconds - moment.milliseconds : nil
  }
}

extension Transmission {
  /// What the log may hold of it: servers repeat the recipient's address in their replies.
  fileprivate var withoutAddresses: Transmission {
    let text = PlainReason.withoutAddresses
    let outcome: TransportOutcome =
      switch outcome {
      case .accepted(let witness): .accepted(by: text(witness))
      case .rejected(let reason): .rejected(reason: PlainReason.forLog(reason))
      case .unavailable(let reason) where scope == .message: .unavailable(reason: PlainReason.forLog(reason))
      case .unavailable(let reason): .unavailable(reason: text(reason))
      case .unknown(let reason): .unknown(reason: text(reason))
      }
    return Transmission(
      outcome: outcome, stage: stage, scope: scope, code: code, status: status, reply: reply.map(text), peer: peer)
  }
}
