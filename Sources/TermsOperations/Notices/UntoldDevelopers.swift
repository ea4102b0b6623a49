internal import Binding
package import TermsModel

/// A developer whom a version's notice by e-mail has not reached, as far as anybody knows.
package struct UntoldDeveloper: Hashable, Sendable {
  package enum Reason: Hashable, Sendable {
    /// The server would not take it.
    case refused(String)
    /// It came back.
    case failed(FailureClass, String)
    /// What came back contradicts itself, or may be forged: a person decides.
    case disputed(ReportStanding.DisputeKind)
    /// Nobody knows whether it went out.
    case unknown(String)
    /// It waits for another try.
    case putOff(String)
  }

  package let notice: OutboxNotice
  package let reason: Reason
  /// What a mail system said in full of the last try of which that is kept: it may name people.
  package let said: String?
  /// From when the whole version would have bound, had the notice been given when it was planned.
  package let couldBindFrom: CalendarDate?
  /// From when it binds as things stand: by the posting where that serves, or if told today; `nil` where nothing is in sight.
  package let bindsFrom: CalendarDate?

  /// Whether no try by e-mail is left, so that it takes another channel.
  package var needsOtherChannel: Bool {
    switch reason {
    case .refused, .failed: notice.state != .queued
    case .disputed, .unknown, .putOff: false
    }
  }

  /// Whether the version binds them later than it could, if it ever does.
  package var isLate: Bool {
    guard let couldBindFrom else { return false }
    return bindsFrom.map { $0 > couldBindFrom } ?? true
  }
}

extension TermsRegistry {
  /// The developers whom a notice has not reached, with why and with what that costs; those who were told otherwise since,
  /// by courier or by a receipt that somebody recorded, are left out, and so are those whom the version does not concern.
  ///
  /// - Parameters:
  ///   - slug: every document where `nil`.
  ///   - limit: how many notices are looked at, oldest first.
  package func untoldDevelopers(
    of slug: DocumentSlug? = nil, version: VersionLabel? = nil, limit: Int = 1000
  ) async throws -> [UntoldDeveloper] {
    let moment = now()
    var known: [DocumentSlug: (Document, [PostedVersion])] = [:]
    var untold: [UntoldDeveloper] = []
    for entry in try await record.unsettledNotices(of: slug, version: version, limit: limit) {
      let notice = entry.notice
      guard let reason = UntoldDeveloper.Reason(entry) else { continue }
      if known[notice.document] == nil {
        known[notice.document] = (
          try await requireDocument(notice.document), try await record.versions(of: notice.document)
        )
      }
      guard let (document, versions) = known[notice.document] else { continue }
      let facts = try await record.facts(of: notice.developer, document: notice.document)
      guard !entry.isSettled(by: facts.notices.filter { $0.value.version == notice.version }) else { continue }
      // A reminder that did not arrive costs nobody a date, and leaves nobody misinformed.
      if notice.remindsOf != nil { continue }
      if notice.isSuperseding {
        // It moves no date; but what the developer was told before no longer holds.
        untold.append(
          UntoldDeveloper(notice: notice, reason: reason, said: entry.said, couldBindFrom: nil, bindsFrom: nil))
        continue
      }
      let question = BindingQuestion(at: moment, knownAt: moment)
      let now = Binding.sufficiency(
        of: notice.version, document: document, versions: versions, facts: facts, question: question)
      if now?.obstacle == .withdrawn || now?.obstacle == .notParty { continue }
      var told = facts
      told.notices.append(notice.givenAsPlanned(after: facts))
      let planned = Binding.sufficiency(
        of: notice.version, document: document, versions: versions, facts: told, question: question)
      untold.append(
        UntoldDeveloper(
          notice: notice, reason: reason, said: entry.said, couldBindFrom: planned?.date, bindsFrom: now?.date))
    }
    return untold
  }
}

extension UntoldDeveloper.Reason {
  /// `nil` where the notice is on its way after all.
  fileprivate init?(_ entry: NoticeStandingEntry) {
    let reply = entry.notice.lastReply ?? ""
    switch (entry.standing, entry.notice.state) {
    case (.disputed(let kind, _), _): self = .disputed(kind)
    case (.failed(let failureClass, _, let reason), _): self = .failed(failureClass, reason)
    case (_, .refused): self = .refused(reply)
    case (_, .unknown): self = .unknown(reply)
    case (_, .queued): self = .putOff(reply)
    default: return nil
    }
  }
}

extension NoticeStandingEntry {
  /// Whether the developer was told otherwise since, or a person decided.
  fileprivate func isSettled(by steps: [Fact<NoticeStep>]) -> Bool {
    let steps = steps.filter { !notice.isSuperseding || $0.occasion.recordedAt > notice.plannedAt }
    guard let last = steps.last else { return false }
    if case .disputed = standing { return weighedAt.map { last.occasion.recordedAt > $0 } ?? false }
    if case .received = last.value.event { return true }
    // Given on the date sent, whatever becomes of it.
    return steps.contains { $0.value.channel == .courier && $0.value.event == .sent }
  }
}

extension OutboxNotice {
  /// The notice as if it had been received when it was planned, by evidence that every rule takes.
  fileprivate func givenAsPlanned(after facts: DeveloperFacts) -> Fact<NoticeStep> {
    let step = NoticeStep(
      version: version, channel: .email, event: .received(.expresslyAccepted, by: "the plan"), message: "the plan")
    return Fact(
      step,
      Occasion(
        happenedAt: plannedAt, recordedAt: plannedAt,
        sequence: (facts.notices.last?.occasion.sequence ?? 0) + 1))
  }
}

extension Sufficiency {
  /// The date from which the whole version binds, as far as one is in sight.
  fileprivate var date: CalendarDate? {
    if let boundFrom { return boundFrom }
    switch obstacle {
    case .period(let day), .nothingSent(let day), .nothingReceived(let day), .evidence(_, _, let day): return day
    case .earlier(_, let day): return day
    default: return nil
    }
  }
}
