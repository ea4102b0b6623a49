internal import TermsModel

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
  /// first byte of the next. To be called by the one run that holds the sender's lock.
  ///
  /// It fails towards telling: a run that dies leaves the notice it was sending marked as in transmission, never as told.
  /// The next run settles it as unknown, waits for word of it, and only then sends it once more.
  /// - Parameter tell: called after each notice, once its end is on record.
  package func sendNotices(
    through transport: any NoticeTransport, composer: any NoticeComposer, by plan: SendingPlan,
    tell: (OutboxNotice, TransportOutcome) -> Void
  ) async throws -> SendingReport {
    // A transport that blocks a thread has one of its own. The run works there as well, so that nothing changes threads
    // between the end of one message and the beginning of the next.
    try await withTaskExecutorPreference(transport.thread) {
      var report = SendingReport()
      _ = try await record.reconcileInterrupted(by: actor, at: now())
      try await record.forgetUnsentLetters()
      report.requeued = try await record.requeueUnknown(
        startedBefore: now().adding(seconds: -plan.grace), by: actor, at: now())
      var run = SendingRun(
        registry: self, transport: transport, writer: LetterWriter(registry: self, composer: composer, plan: plan),
        plan: plan, report: report)
      do {
        try await run.send(tell)
      } catch {
        // The next run forgets them, where this one cannot.
        try? await record.forgetUnsentLetters()
        throw error
      }
      try await record.forgetUnsentLetters()
      return run.report
    }
  }
}
