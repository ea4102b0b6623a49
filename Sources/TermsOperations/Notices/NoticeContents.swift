internal import Binding
package import TermsModel

extension TermsRegistry {
  /// What one notice has to say; `nil` where the developer's address is gone.
  package func content(
    of notice: OutboxNotice, at moment: Instant, baseURL: String?, links: DeveloperLinks? = nil,
    log: (any LogRecord)? = nil
  ) async throws -> NoticeContent? {
    guard notice.recipient != nil else { return nil }
    var postings = PostingCache()
    return try await content(
      of: notice, facts: try await record.facts(of: notice.developer, document: notice.document), at: moment,
      baseURL: baseURL, links: links, log: log, postings: &postings)
  }

  func content(
    of notice: OutboxNotice, facts: DeveloperFacts, at moment: Instant, baseURL: String?, links: DeveloperLinks?,
    log: (any LogRecord)?, postings: inout PostingCache
  ) async throws -> NoticeContent? {
    guard notice.recipient != nil else { return nil }
    let doubt = notice.attempts > 0 ? try await record.doubt(about: notice.number) : nil
    var told = try await postings.posting(of: notice, in: self)
    let alteration = doubt.flatMap { doubt in told.version.events.last { $0.occasion.recordedAt > doubt } }
    // A letter that may be out already goes out again as it was, byte for byte; unless its version was altered since, when
    // another letter has to say so.
    let isRepeated = doubt != nil && alteration == nil
    let moment = isRepeated ? doubt ?? moment : moment
    if isRepeated { told = try await told.known(at: moment, in: self) }
    let zone = told.document.settings.zone
    let sentOn = zone.date(of: moment)
    let answer = bindingAnswer(
      document: told.document, versions: told.versions,
      facts: notice.givesNotice ? facts.with(receiptOf: notice.version, at: moment) : facts,
      question: BindingQuestion(at: moment, knownAt: moment))
    let standing = answer.versions.first { $0.version == told.posting.label }
    let standings = standing?.changes ?? []
    let naming: Document? =
      if let slug = answer.namingDocument { try await record.document(slug, knownAt: moment) } else { nil }
    let ending = naming.map { naming in
      NoticeContent.Ending(
        by: naming.settings.profile, noticeOn: naming.settings.zone.date(of: moment), over: naming.title)
    }
    let items = told.posting.changes.map { change in
      let standing = standings.first { $0.change.number == change.number }
      let corrected = change.corrected(by: told.version)
      guard let standing else {
        let day = told.document.settings.profile.effectiveDate(
          of: corrected.decided, postedOn: told.postedOn, noticeGivenOn: sentOn)
        return NoticeContent.Item(change: corrected, effectiveOn: day)
      }
      let effect = answer.effect(of: standing, in: told.posting.label) { told.name(of: $0, at: moment) }
      return NoticeContent.Item(change: corrected, effect: effect)
    }
    return NoticeContent(
      notice: notice, document: told.document, postedOn: told.postedOn, sentOn: sentOn, plannedAt: notice.plannedAt,
      summary: told.posting.summary, items: items,
      link: links?.page(of: notice.developer, about: notice.document, issuedAt: notice.plannedAt)
        ?? baseURL.map { "\($0)/\(notice.document)/versions/\(notice.version)" }, entity: answer.entity,
      adaptation: told.version.adaptation, corrections: told.corrections(for: notice, standings),
      earlier: answer.earlier(than: told.posting.label) { told.name(of: $0, at: moment) },
      isServedByPosting: notice.givesNotice && standing?.notice?.channel == .posting,
      alteration: alteration?.occasion.sequence, isRepeated: isRepeated,
      checkpoint: try await postings.checkpoint(covering: notice.planned, in: log)?.note,
      // The last day that is whole.
      ownPageUntil: links.map { _ in
        zone.date(of: DeveloperLinks.expiry(issuedAt: notice.plannedAt)).adding(days: -1)
      }, ending: ending, sharesItsDay: told.name(of: told.posting.label, at: moment)?.label != nil)
  }
}

extension DeveloperFacts {
  /// With the receipt that a letter counts its dates from: what it says then is what the answer will be once it arrived, also
  /// where another notice failed before and the posting had stood in for it, and where an earlier version still waits for a
  /// notice of its own.
  fileprivate func with(receiptOf version: VersionLabel, at moment: Instant) -> DeveloperFacts {
    var facts = self
    let last = max(acts.last?.occasion.sequence ?? 0, notices.last?.occasion.sequence ?? 0)
    facts.notices = notices.known(at: moment)
    facts.notices.append(
      Fact(
        NoticeStep(version: version, channel: .email, event: .received(.expresslyAccepted, by: "the letter itself")),
        Occasion(happenedAt: moment, recordedAt: moment, sequence: last + 1)))
    return facts
  }
}

/// The postings that a run tells of, each read once.
struct PostingCache: Sendable {
  struct Told: Sendable {
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
  /// The first checkpoint over an act stays the first one.
  private var checkpoints: [Int64: StoredCheckpoint] = [:]

  mutating func checkpoint(covering sequence: Int64, in log: (any LogRecord)?) async throws -> StoredCheckpoint? {
    if let known = checkpoints[sequence] { return known }
    let found = try await log?.firstCheckpoint(covering: sequence)
    checkpoints[sequence] = found
    return found
  }

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
  /// The same with the document's title and settings as they were then: they are part of what a letter said.
  fileprivate func known(at moment: Instant, in registry: TermsRegistry) async throws -> PostingCache.Told {
    let then = try await registry.record.document(document.slug, knownAt: moment) ?? document
    return PostingCache.Told(
      document: then, versions: versions, version: version, posting: posting,
      postedOn: then.settings.zone.date(of: version.posting.happenedAt))
  }

  /// A version as a letter of that moment names it.
  func name(of label: VersionLabel, at moment: Instant) -> NoticeContent.VersionName? {
    let zone = document.settings.zone
    let known = versions.filter { $0.posting.recordedAt <= moment }
    guard let version = known.first(where: { $0.label == label }) else { return nil }
    let day = zone.date(of: version.posting.happenedAt)
    let isAlone = known.count { zone.date(of: $0.posting.happenedAt) == day } == 1
    return NoticeContent.VersionName(postedOn: day, label: isAlone ? nil : label)
  }

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
  /// When a change of a version binds, as a letter says it.
  fileprivate func effect(
    of standing: ChangeStanding, in label: VersionLabel, name: (VersionLabel) -> NoticeContent.VersionName?
  ) -> NoticeContent.Effect {
    switch standing.state {
    case .inForce(let day), .pending(let day): .on(day)
    case .awaitingNotice: .awaiting(awaited(by: standing.change, of: label).compactMap(name))
    case .withdrawn: .never(.takenBack)
    case .optedOut: .never(.optedOut)
    case .notBound: .never(.notBound)
    }
  }

  /// The versions before that one for whose notice a change of it waits: those that change the same clauses, where there are
  /// some, else all of which no notice was given.
  private func awaited(by change: PostedChange, of label: VersionLabel) -> [VersionLabel] {
    let clauses = Set(change.before + change.after)
    let waiting = versions.prefix { $0.version != label }.filter { version in
      version.notice == nil && version.changes.contains { $0.state.isAwaitingNotice }
    }
    let same = waiting.filter { version in
      version.changes.contains { earlier in
        earlier.state.isAwaitingNotice && !clauses.isDisjoint(with: earlier.change.before + earlier.change.after)
      }
    }
    return (same.isEmpty ? waiting : same).map(\.version)
  }

  /// What versions before that one still hold in store, by version and date; what has no date yet comes last.
  fileprivate func earlier(
    than label: VersionLabel, name: (VersionLabel) -> NoticeContent.VersionName?
  ) -> [NoticeContent.Earlier] {
    var earlier: [NoticeContent.Earlier] = []
    for version in versions.prefix(while: { $0.version != label }) {
      let waiting = version.changes.filter { $0.state.pendingDay != nil || $0.state.isAwaitingNotice }
      for day in waiting.map(\.state.pendingDay).uniqued() {
        let changes = waiting.filter { $0.state.pendingDay == day }
        let labels = changes.map(\.change.label).filter { !$0.isEmpty }.map(\.description).uniqued()
        earlier.append(
          NoticeContent.Earlier(
            postedOn: version.postedOn, changes: changes.count, labels: labels, effectiveOn: day,
            label: name(version.version)?.label))
      }
    }
    // Of one day, in the order of posting.
    return earlier.enumerated().sorted { left, right in
      let (one, other) = (left.element.effectiveOn?.dayNumber ?? .max, right.element.effectiveOn?.dayNumber ?? .max)
      return (one, left.offset) < (other, right.offset)
    }.map(\.element)
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
