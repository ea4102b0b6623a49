package import Binding
package import TermsModel

/// Who is not bound yet by the whole of a version, and because of what; and what it takes to bind all on the announced date.
package struct SufficiencyReport: Hashable, Sendable {
  /// What stands between developers and a version, without the dates that differ from one to the other.
  package enum Reason: String, Hashable, Sendable, CaseIterable {
    /// Nothing but time.
    case period
    case nothingSent = "nothing-sent"
    case nothingReceived = "nothing-received"
    case evidence, unreachable
    case earlierVersion = "earlier-version"
    case optedOut = "opted-out"
    case withdrawn

    /// Whether a notice is still to be given before anything can run.
    package var needsNotice: Bool {
      switch self {
      case .nothingSent, .nothingReceived, .evidence, .unreachable: true
      case .period, .earlierVersion, .optedOut, .withdrawn: false
      }
    }
  }

  /// Why developers will not be bound on the announced date, unless something is done.
  package enum Miss: String, Hashable, Sendable, CaseIterable {
    case notSent = "not-sent"
    /// A notice came back, or was refused.
    case failed
    case noAddress = "no-address"
    /// A notice went out, or may have, and nothing shows that it was received.
    case unknown
    /// Received by evidence below the level that the rules demand.
    case unproved
    /// Told, and bound on a later day.
    case late
  }

  package let document: DocumentSlug
  package let version: VersionLabel
  package let today: CalendarDate
  /// The date from which the whole of it binds those who were told on its posting; `nil` where none is in sight.
  package let announced: CalendarDate?
  /// The last day on which a notice can be given that binds by then; `nil` where no date depends on a notice.
  package let lastDayOfNotice: CalendarDate?
  /// How many developers are bound to the document, and how many of them by the whole version.
  package let developers: Int
  package let bound: Int
  package let counts: [Reason: Int]
  /// How many will not be bound on the announced date, each counted once; none where no date was announced.
  package let misses: [Miss: Int]
  /// How many of those to whom no notice was sent have an address, and none is planned; 0 in an answer about another moment.
  package let unplanned: Int
  /// Those who are not bound yet, those who lack a notice first among their kind; cut to the limit asked for.
  package let listed: [Sufficiency]

  /// How many notices must still be received.
  package var missing: Int { counts.filter(\.key.needsNotice).map(\.value).reduce(0, +) }
  /// Whether the last day has come, or gone, and notices are missing.
  package var isAtRisk: Bool { missing > 0 && lastDayOfNotice.map { $0 <= today } == true }
}

extension TermsRegistry {
  /// Looks at every developer who is bound to the document: the one question that grows with their number.
  ///
  /// - Parameters:
  ///   - label: the latest version that stands where not given.
  ///   - asked: the moment in question; now where not given.
  ///   - known: how much is on record; all of it where not given.
  ///   - limit: how many are listed; all are counted.
  ///   - passing: how many of those to list come before the first listed.
  ///   - withPeriod: whether those are listed, too, who were told and only wait.
  ///   - tell: called with the number of developers looked at since the last call.
  package func sufficiency(
    of slug: DocumentSlug, version label: VersionLabel?, at asked: AskedMoment? = nil, knownAt known: Instant? = nil,
    passing: Int = 0, limit: Int, withPeriod: Bool, tell: (Int) -> Void = { _ in }
  ) async throws -> SufficiencyReport {
    let now = now()
    if let known, known > now { throw TermsRefusal.notKnownYet(known, now: now) }
    let reach = try await reach(of: label, slug, at: asked, knownAt: known ?? now)
    let question = BindingQuestion(at: reach.moment, knownAt: known ?? now)
    var (developers, wholly, counts, listed) = (0, 0, [SufficiencyReport.Reason: Int](), [Sufficiency]())
    var (misses, unplanned): ([SufficiencyReport.Miss: Int], Int) = ([:], 0)
    var passed = 0
    // Whoever is bound now; at another moment, of all who ever consented those who were bound then, in the order in which they
    // did, which nothing that comes later changes.
    let isNow = asked == nil && known == nil
    let kinds: [ConcernedDevelopers] =
      isNow
      ? [.bound(slug, hasAddress: true), .bound(slug, hasAddress: false)]
      : [.consenting(slug, since: Instant(milliseconds: 0))]
    var seen: Set<DeveloperID> = []
    for kind in kinds {
      var place: Int64?
      repeat {
        let page = try await record.developers(kind, after: place, limit: 500)
        for developer in page.developers where isNow || seen.insert(developer).inserted {
          let facts = try await record.facts(of: developer, document: slug)
          let found = Binding.sufficiency(
            of: reach.version.label, document: reach.document, versions: reach.versions, facts: facts,
            question: question)
          guard let found, found.obstacle != .notParty else { continue }
          developers += 1
          guard let reason = found.obstacle.flatMap(SufficiencyReport.Reason.init) else {
            wholly += 1
            continue
          }
          counts[reason, default: 0] += 1
          if isNow, reason == .nothingSent, case .bound(_, hasAddress: true) = kind,
            try await record.notice(of: slug, version: reach.version.label, to: developer) == nil
          {
            unplanned += 1
          }
          if let obstacle = found.obstacle, let announced = reach.announced,
            let miss = SufficiencyReport.Miss(
              obstacle, of: announced, facts.known(of: reach.version.label, at: question.knownAt))
          {
            misses[miss, default: 0] += 1
          }
          guard withPeriod || reason != .period else { continue }
          if passed < passing {
            passed += 1
          } else if listed.count < limit {
            listed.append(found)
          }
        }
        tell(page.developers.count)
        place = page.end
      } while place != nil
    }
    return SufficiencyReport(
      document: slug, version: reach.version.label, today: reach.document.settings.zone.date(of: reach.moment),
      announced: reach.announced, lastDayOfNotice: reach.lastDayOfNotice, developers: developers, bound: wholly,
      counts: counts, misses: misses, unplanned: unplanned, listed: listed)
  }
}

extension TermsRegistry {
  /// The version as it stood at a moment, by what was known then.
  private func reach(
    of label: VersionLabel?, _ slug: DocumentSlug, at asked: AskedMoment?, knownAt known: Instant
  ) async throws -> VersionReach {
    let current = try await requireDocument(slug)
    let document = try await record.document(slug, knownAt: known) ?? current
    var versions = try await record.versions(of: slug).filter { $0.posting.recordedAt <= known }
    for index in versions.indices { versions[index].events = versions[index].events.known(at: known) }
    guard let latest = versions.last else { throw TermsRefusal.nothingPosted(slug) }
    guard let version = label.map({ label in versions.first { $0.label == label } }) ?? latest else {
      throw TermsRefusal.unknownVersion(slug, label ?? latest.label, known: versions.map(\.label))
    }
    return VersionReach(
      document: document, versions: versions, version: version,
      moment: asked?.instant(in: document.settings.zone) ?? now(), known: known)
  }
}

extension SufficiencyReport.Reason {
  /// - Returns: `nil` for whoever has no agreement, whom the version does not concern.
  package init?(_ obstacle: Sufficiency.Obstacle) {
    switch obstacle {
    case .notParty: return nil
    case .period: self = .period
    case .nothingSent: self = .nothingSent
    case .nothingReceived: self = .nothingReceived
    case .evidence: self = .evidence
    case .unreachable: self = .unreachable
    case .earlier: self = .earlierVersion
    case .optedOut: self = .optedOut
    case .withdrawn: self = .withdrawn
    }
  }
}

extension SufficiencyReport.Miss {
  /// - Parameter facts: what was known of the version's notices and of the address.
  /// - Returns: `nil` for whoever will be bound on the announced date, or is not to be.
  fileprivate init?(_ obstacle: Sufficiency.Obstacle, of announced: CalendarDate, _ facts: DeveloperFacts) {
    let hasFailed = facts.notices.last.map { if case .failed = $0.value.event { true } else { false } } ?? false
    switch obstacle {
    case .notParty, .optedOut, .withdrawn: return nil
    case .period(let day) where day <= announced: return nil
    case .earlier(_, let day?) where day <= announced: return nil
    case _ where hasFailed: self = .failed
    case .period, .earlier: self = .late
    case .nothingSent, .unreachable: self = facts.hasAddress.last?.value == false ? .noAddress : .notSent
    case .nothingReceived: self = .unknown
    case .evidence: self = .unproved
    }
  }
}

extension DeveloperFacts {
  /// What was known of the notices of a version, and of the address.
  fileprivate func known(of version: VersionLabel, at moment: Instant) -> DeveloperFacts {
    var facts = self
    facts.notices = notices.filter { $0.value.version == version }.known(at: moment)
    facts.hasAddress = hasAddress.known(at: moment)
    return facts
  }
}
