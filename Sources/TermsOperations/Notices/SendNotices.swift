internal import Binding
package import TermsModel
internal import Transparency

/// What a run of sending did.
package struct SendingReport: Hashable, Sendable {
  package var accepted = 0
  package var refused = 0
  package var unknown = 0
  /// Not taken now, and to be tried again: these notices and no others.
  package var postponed = 0
  /// Queued again by this run, as nothing was heard of them.
  package var requeued = 0
  /// Why the run ended before the notices did.
  package var unavailable: String?

  package init() {}

  package var total: Int { accepted + refused + unknown + postponed }
}

/// How a run of sending goes about it.
package struct SendingPlan: Sendable {
  /// Where the version and its comparison can be read, without a slash at the end; `nil` for no link.
  package var baseURL: String?
  /// Where given, a notice carries the link that lets its developer in to their own page.
  package var links: DeveloperLinks?
  /// The log, where letters are to carry its signed state.
  package var log: (any LogRecord)?
  /// How many notices at most; all that are due where `nil`.
  package var limit: Int?
  /// How many notices a minute at most.
  package var maxPerMinute: Int?
  /// How long, in seconds, word is awaited of a notice of which nobody knows whether it went out.
  package var grace: Int64
  /// Waits for so many milliseconds: the clock's, or a test's.
  package var pause: @Sendable (Int64) async throws -> Void

  package init(
    baseURL: String? = nil, links: DeveloperLinks? = nil, log: (any LogRecord)? = nil, limit: Int? = nil,
    maxPerMinute: Int? = nil, grace: Int64 = 30 * 60,
    pause: @escaping @Sendable (Int64) async throws -> Void = { _ in }
  ) {
    self.baseURL = baseURL
    self.links = links
    self.log = log
    self.limit = limit
    self.maxPerMinute = maxPerMinute
    self.grace = grace
    self.pause = pause
  }
}

extension TermsRegistry {
  /// Sends what is due, one notice at a time: claimed durably before its first byte goes out, its end recorded before the
  /// next is claimed. To be called by the one run that holds the sender's lock.
  ///
  /// It fails towards telling: a run that dies leaves the notice it was sending marked as in transmission, never as told.
  /// The next run settles it as unknown, waits for word of it, and only then sends it once more.
  /// - Parameter tell: called after each notice.
  package func sendNotices(
    through transport: any NoticeTransport, composer: any NoticeComposer, by plan: SendingPlan,
    tell: (OutboxNotice, TransportOutcome) -> Void
  ) async throws -> SendingReport {
    var report = SendingReport()
    _ = try await record.reconcileInterrupted(by: actor, at: now())
    report.requeued = try await record.requeueUnknown(
      startedBefore: now().adding(seconds: -plan.grace), by: actor, at: now())
    var postings = PostingCache()
    var pace = Pace(perMinute: plan.maxPerMinute)
    var postponedInRow = 0
    while report.total < plan.limit ?? .max {
      let batch = try await record.dueNotices(at: now(), limit: min(200, (plan.limit ?? .max) - report.total))
      let before = report.total
      for notice in batch {
        if let wait = pace.wait(at: now()) { try await plan.pause(wait) }
        let moment = now()
        guard
          let content = try await content(
            of: notice, at: moment, baseURL: plan.baseURL, links: plan.links, log: plan.log, postings: &postings)
        else {
          continue
        }
        let message = try composer.compose(content)
        guard try await record.claim(notice, sending: message.bytes, at: moment) else { continue }
        let transmission = await transport.transmit(message).withoutAddresses
        if case .unavailable(let reason) = transmission.outcome, transmission.scope == .route {
          // Nothing was said of this notice that would not be said of the next: it counts as no try.
          try await record.release(notice)
          report.unavailable = reason
          return report
        }
        try await record.finish(
          notice, transmission: transmission, messageSHA256: SHA256Hex.digest(of: message.bytes), by: actor, at: now())
        tell(notice, transmission.outcome)
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
            return report
          }
          continue
        }
        postponedInRow = 0
      }
      // Nothing due, or only notices that another run has or whose address is gone.
      if report.total == before { break }
    }
    return report
  }

  private static let postponedEnough = 20

  /// What one notice has to say; `nil` where the developer's address is gone.
  package func content(
    of notice: OutboxNotice, at moment: Instant, baseURL: String?, links: DeveloperLinks? = nil,
    log: (any LogRecord)? = nil
  ) async throws -> NoticeContent? {
    var postings = PostingCache()
    return try await content(of: notice, at: moment, baseURL: baseURL, links: links, log: log, postings: &postings)
  }

  private func content(
    of notice: OutboxNotice, at moment: Instant, baseURL: String?, links: DeveloperLinks?, log: (any LogRecord)?,
    postings: inout PostingCache
  ) async throws -> NoticeContent? {
    guard notice.recipient != nil else { return nil }
    let told = try await postings.posting(of: notice, in: self)
    let zone = told.document.settings.zone
    let sentOn = zone.date(of: moment)
    let answer = bindingAnswer(
      document: told.document, versions: told.versions,
      facts: try await record.facts(of: notice.developer, document: told.document.slug),
      question: BindingQuestion(at: moment, knownAt: moment, assumeGiven: sentOn))
    let standings = (answer.versions.first { $0.version == told.posting.label })?.changes ?? []
    let items = told.posting.changes.map { change in
      let standing = standings.first { $0.change.number == change.number }
      let corrected = change.corrected(by: told.version)
      return NoticeContent.Item(
        change: corrected,
        effectiveOn: standing?.state.day
          ?? told.document.settings.profile.effectiveDate(
            of: corrected.decided, postedOn: told.postedOn, noticeGivenOn: sentOn))
    }
    return NoticeContent(
      notice: notice, document: told.document, postedOn: told.postedOn, sentOn: sentOn, plannedAt: notice.plannedAt,
      summary: told.posting.summary, items: items,
      link: links?.page(of: notice.developer, about: notice.document, issuedAt: notice.plannedAt)
        ?? baseURL.map { "\($0)/\(notice.document)/versions/\(notice.version)" }, entity: answer.entity,
      adaptation: told.version.adaptation, corrections: told.corrections(for: notice, standings),
      earlier: answer.earlier(than: told.posting.label),
      checkpoint: try await log?.firstCheckpoint(covering: notice.planned)?.note)
  }
}

/// The postings that a run tells of, each read once.
struct PostingCache {
  struct Told {
    let document: Document
    let versions: [PostedVersion]
    let version: PostedVersion
    let posting: VersionPosting
    let postedOn: CalendarDate
  }

  private struct Key: Hashable {
    let document: DocumentSlug
    let version: VersionLabel
  }

  private var told: [Key: Told] = [:]

  mutating func posting(of notice: OutboxNotice, in registry: TermsRegistry) async throws -> Told {
    let key = Key(document: notice.document, version: notice.version)
    if let known = told[key] { return known }
    let document = try await registry.requireDocument(notice.document)
    let version = try await registry.requireVersion(notice.version, of: document)
    guard let posting = try await registry.record.posting(of: notice.document, version: notice.version) else {
      throw TermsRefusal.unknownVersion(notice.document, notice.version, known: [])
    }
    let found = Told(
      document: document, versions: try await registry.record.versions(of: notice.document), version: version,
      posting: posting,
      postedOn: document.settings.zone.date(of: version.posting.happenedAt))
    told[key] = found
    return found
  }
}

extension PostingCache.Told {
  /// What a notice has to say of the acts that came after the posting.
  func corrections(
    for notice: OutboxNotice, _ standings: [BindingAnswer.ChangeStanding]
  ) -> [NoticeContent.Correction] {
    var corrections: [NoticeContent.Correction] = []
    for event in version.events {
      if notice.isSuperseding, event.occasion.recordedAt < notice.plannedAt { continue }
      switch event.value {
      case .withdrawn(let reason, _):
        let names = { (isMeant: (BindingAnswer.State) -> Bool) in
          standings.filter { isMeant($0.state) }.map { $0.change.label.description }.filter { !$0.isEmpty }.uniqued()
        }
        corrections.append(
          .withdrawn(clauses: names { $0 == .withdrawn }, staying: names { $0.isInForce }, reason: reason))
      case .postponed(let until, let reason): corrections.append(.postponed(until: until, reason: reason))
      case .reclassified(let number, let changeClass, _, let reason):
        // A first notice tells the right classes from the start.
        guard !notice.givesNotice, let change = posting.changes.first(where: { $0.number == number }) else { continue }
        let name = change.label.isEmpty ? change.heading ?? "change \(number)" : change.label.description
        if case .reclassified(let clauses, changeClass, reason) = corrections.last {
          corrections[corrections.count - 1] = .reclassified(
            clauses: (clauses + [name]).uniqued(), to: changeClass, reason: reason)
        } else {
          corrections.append(.reclassified(clauses: [name], to: changeClass, reason: reason))
        }
      }
    }
    return corrections
  }
}

extension BindingAnswer {
  /// What versions before that one still hold in store, by version and date.
  fileprivate func earlier(than label: VersionLabel) -> [NoticeContent.Earlier] {
    versions.prefix { $0.version != label }.flatMap { version in
      let waiting = version.changes.compactMap { change in
        switch change.state {
        case .pending(let day), .awaitingNotice(let day): (day, change.change.label)
        case .inForce, .withdrawn, .optedOut, .notBound: nil
        }
      }
      return Dictionary(grouping: waiting, by: \.0).map { day, changes in
        NoticeContent.Earlier(
          postedOn: version.postedOn, changes: changes.count,
          labels: changes.map(\.1).filter { !$0.isEmpty }.map(\.description).uniqued(), effectiveOn: day)
      }
    }.sorted { ($0.effectiveOn, $0.postedOn) < ($1.effectiveOn, $1.postedOn) }
  }
}

extension VersionPosting.DecidedChange {
  /// The change with the class that holds now.
  func corrected(by version: PostedVersion) -> VersionPosting.DecidedChange {
    var result = self
    for event in version.events {
      guard case .reclassified(number, let changeClass, let basis, let reason) = event.value else { continue }
      result = VersionPosting.DecidedChange(
        number: number, kind: kind, label: label, heading: heading, before: before, after: after, edits: edits,
        proposed: proposed, decided: changeClass, legalBasis: basis, reason: reason)
    }
    return result
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
      case .rejected(let reason): .rejected(reason: text(reason))
      case .unavailable(let reason): .unavailable(reason: text(reason))
      case .unknown(let reason): .unknown(reason: text(reason))
      }
    return Transmission(
      outcome: outcome, stage: stage, scope: scope, code: code, status: status, reply: reply.map(text), peer: peer)
  }
}
