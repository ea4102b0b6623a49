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
    let dates = try await dates(of: told, for: notice.developer, sentAt: moment, sentOn: sentOn)
    let items = told.posting.changes.map { change in
      NoticeContent.Item(
        change: change,
        effectiveOn: dates[change.number]
          ?? told.document.settings.profile.effectiveDate(
            of: change.decided, postedOn: told.postedOn, noticeGivenOn: sentOn))
    }
    return NoticeContent(
      notice: notice, document: told.document, postedOn: told.postedOn, sentOn: sentOn, plannedAt: notice.plannedAt,
      summary: told.posting.summary, items: items,
      link: baseURL.map { "\($0)/\(notice.document)/versions/\(notice.version)" })
  }
}

extension TermsRegistry {
  /// When each change of the version told, by its number, binds this developer, if the notice is given on the day it is sent.
  ///
  /// The binding answer says so, as it will when it is asked: under every clock, behind an earlier change that waits.
  private func dates(of told: PostingCache.Told, for developer: DeveloperID, sentAt: Instant, sentOn: CalendarDate)
    async throws -> [Int: CalendarDate]
  {
    let answer = bindingAnswer(
      document: told.document, versions: told.versions,
      facts: try await record.facts(of: developer, document: told.document.slug),
      question: BindingQuestion(at: sentAt, knownAt: sentAt, assumeGiven: sentOn))
    let standing = answer.versions.first { $0.version == told.posting.label }
    var dates: [Int: CalendarDate] = [:]
    for change in standing?.changes ?? [] {
      switch change.state {
      case .inForce(let day), .pending(let day), .awaitingNotice(let day): dates[change.change.number] = day
      default: break
      }
    }
    return dates
  }
}

/// The postings that a run tells of, each read once.
private struct PostingCache {
  struct Told {
    let document: Document
    let versions: [PostedVersion]
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
      document: document, versions: try await registry.record.versions(of: notice.document), posting: posting,
      postedOn: document.settings.zone.date(of: version.posting.happenedAt))
    told[key] = found
    return found
  }
}
