internal import Binding
package import TermsModel
internal import Transparency

/// What a run of sending did.
package struct SendingReport: Hashable, Sendable {
  package var accepted = 0
  package var refused = 0
  package var unknown = 0
  /// Why the run ended before the notices did.
  package var unavailable: String?

  package init() {}

  package var total: Int { accepted + refused + unknown }
}

extension TermsRegistry {
  /// Sends what is due, one notice at a time: claimed durably before its first byte goes out, its end recorded before the
  /// next is claimed.
  ///
  /// It fails towards telling: a run that dies leaves the notice it was sending marked as in transmission, never as told.
  /// - Parameters:
  ///   - limit: how many at most; all that are due where `nil`.
  ///   - tell: called after each notice.
  package func sendNotices(
    through transport: any NoticeTransport, composer: any NoticeComposer, baseURL: String?, limit: Int?,
    tell: (OutboxNotice, TransportOutcome) -> Void
  ) async throws -> SendingReport {
    var report = SendingReport()
    var postings = PostingCache()
    while report.total < limit ?? .max {
      let batch = try await record.dueNotices(at: now(), limit: min(200, (limit ?? .max) - report.total))
      let before = report.total
      for notice in batch {
        let moment = now()
        guard let content = try await content(of: notice, at: moment, baseURL: baseURL, postings: &postings) else {
          continue
        }
        let message = try composer.compose(content)
        guard try await record.claim(notice, at: moment) else { continue }
        let outcome = await transport.send(message)
        try await record.finish(
          notice, outcome: outcome, messageSHA256: SHA256Hex.digest(of: message.bytes), by: actor, at: now())
        tell(notice, outcome)
        switch outcome {
        case .accepted: report.accepted += 1
        case .rejected: report.refused += 1
        case .unknown: report.unknown += 1
        case .unavailable(let reason):
          report.unavailable = reason
          return report
        }
      }
      // Nothing due, or only notices that another run has or whose address is gone.
      if report.total == before { break }
    }
    return report
  }

  /// What one notice has to say; `nil` where the developer's address is gone.
  package func content(of notice: OutboxNotice, at moment: Instant, baseURL: String?) async throws -> NoticeContent? {
    var postings = PostingCache()
    return try await content(of: notice, at: moment, baseURL: baseURL, postings: &postings)
  }

  private func content(
    of notice: OutboxNotice, at moment: Instant, baseURL: String?, postings: inout PostingCache
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
      link: baseURL.map { "\($0)/\(notice.document)/versions/\(notice.version)" }, entity: answer.entity,
      adaptation: told.version.adaptation, corrections: told.corrections(for: notice, standings))
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
      case .withdrawn(let reason):
        let names = { (isMeant: (BindingAnswer.State) -> Bool) in
          standings.filter { isMeant($0.state) }.map { $0.change.label.description }.filter { !$0.isEmpty }.uniqued()
        }
        corrections.append(
          .withdrawn(clauses: names { $0 == .withdrawn }, staying: names { $0.isInForce }, reason: reason))
      case .postponed(let until, let reason): corrections.append(.postponed(until: until, reason: reason))
      case .reclassified(let number, let changeClass, _, let reason):
        // A first notice tells the right classes from the start.
        guard notice.isSuperseding, let change = posting.changes.first(where: { $0.number == number }) else { continue }
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

extension VersionPosting.DecidedChange {
  /// The change with the class that holds now.
  fileprivate func corrected(by version: PostedVersion) -> VersionPosting.DecidedChange {
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
