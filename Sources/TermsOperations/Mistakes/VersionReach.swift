internal import Binding
internal import TermsModel

/// How far a posted version reaches by now, for the acts that only a pending one allows (section 3.1, rule 11).
///
/// A change that took effect on posting took effect for everybody and is not pending; it is not what such an act is about.
/// Of the others nobody may be bound by any, or developers would be left with different words for good.
struct VersionReach {
  let document: Document
  let versions: [PostedVersion]
  let version: PostedVersion
  /// The moment as of which it is asked, with all that is on record.
  let moment: Instant

  /// Where a change of it stands for those told on the day of posting.
  struct Reckoned {
    let change: PostedChange
    let changeClass: ChangeClass
    let state: BindingAnswer.State
    /// Whether it was in force from the moment of posting on, for all.
    let isImmediate: Bool
  }

  let reckoned: [Reckoned]

  /// - Parameter known: how much is on record; what is by `moment` where not given.
  init(
    document: Document, versions: [PostedVersion], version: PostedVersion, moment: Instant, known: Instant? = nil
  ) {
    self.document = document
    self.versions = versions
    self.version = version
    self.moment = moment
    func standings(at instant: Instant) -> [[BindingAnswer.ChangeStanding]] {
      Announcement.Telling.allCases.map { telling in
        reckonedStanding(
          of: version.label, told: telling, document: document, versions: versions,
          question: BindingQuestion(at: instant, knownAt: known ?? moment))?.changes ?? []
      }
    }
    let (first, now) = (standings(at: version.posting.happenedAt), standings(at: moment))
    reckoned = version.changes.indices.map { index in
      let isImmediate = first.allSatisfy { index < $0.count && $0[index].state.isInForce }
      let state = now.compactMap { index < $0.count ? $0[index] : nil }
      return Reckoned(
        change: version.changes[index], changeClass: state.first?.changeClass ?? version.changes[index].changeClass,
        state: state.first { $0.state.isInForce }?.state ?? state.first?.state ?? .notBound, isImmediate: isImmediate)
    }
  }

  /// What is or was pending: what such an act is about. All of a version that took effect as a whole on posting.
  var pending: [Reckoned] {
    let pending = reckoned.filter { !$0.isImmediate }
    return pending.isEmpty ? reckoned : pending
  }

  /// The date from which the whole version binds those who were told on its posting; `nil` where none is in sight.
  var announced: CalendarDate? {
    guard !reckoned.isEmpty, reckoned.allSatisfy({ $0.state.day != nil }) else { return nil }
    return reckoned.compactMap(\.state.day).max()
  }

  /// The last day on which a notice can be given that binds by the announced date; `nil` where none is needed for it.
  var lastDayOfNotice: CalendarDate? {
    guard let announced else { return nil }
    let profile = (version.settings ?? document.settings).profile
    guard profile.clock != .posting else { return nil }
    return reckoned.compactMap { item in
      guard case .afterNotice(let days) = profile.timing(of: item.changeClass, kind: item.change.kind) else {
        return nil
      }
      let longest = max(days, version.adaptation?.days ?? 0)
      return announced.adding(days: -longest - (profile.dayCount == .fullDays ? 1 : 0))
    }.min()
  }

  /// The changes of later versions that are written on what is pending of this one.
  var dependents: [(version: VersionLabel, clauses: [ClauseLabel])] {
    let touched = Set(pending.flatMap { $0.change.before + $0.change.after })
    guard let index = versions.firstIndex(where: { $0.label == version.label }) else { return [] }
    return versions[(index + 1)...].filter { !$0.isWithdrawn }.compactMap { later in
      let clauses = later.changes.filter { !touched.isDisjoint(with: $0.before) }.map(\.label)
      return clauses.isEmpty ? nil : (later.label, clauses)
    }
  }
}

extension VersionReach {
  /// From when on somebody's consent can have brought a change of the version into force: since its own posting, or since that
  /// of the earliest version for which one of its changes waits.
  ///
  /// Where a change waits for an earlier one (rule 9), it binds on its posting whoever agreed to the earlier one before.
  fileprivate var consentCountsSince: Instant {
    let posted = version.posting.happenedAt
    guard let own = versions.firstIndex(where: { $0.label == version.label }) else { return posted }
    let question = BindingQuestion(at: posted, knownAt: moment)
    let standings = Announcement.Telling.allCases.map { telling in
      Dictionary(
        reckonedStandings(told: telling, document: document, versions: versions, question: question)
          .map { ($0.version, $0.changes) }, uniquingKeysWith: { $1 })
    }
    var (since, waiting) = (posted, Set(version.changes.flatMap(\.lineages)))
    for earlier in versions[..<own].reversed() where !waiting.isEmpty {
      let touching = earlier.changes.indices.filter { !waiting.isDisjoint(with: earlier.changes[$0].lineages) }
      guard !touching.isEmpty else { continue }
      let settled = touching.filter { index in
        standings.allSatisfy { $0[earlier.label].map { index < $0.count && $0[index].state.isInForce } ?? true }
      }
      waiting.subtract(settled.flatMap { earlier.changes[$0].lineages })
      guard settled.count < touching.count else { continue }
      since = min(since, earlier.posting.happenedAt)
      // What moves together waits together.
      waiting.formUnion(earlier.changes.flatMap(\.lineages))
    }
    return since
  }
}

extension PostedChange {
  fileprivate var lineages: [LineageID] { before + after }
}

/// A developer whom a version binds, and by what.
struct BoundDeveloper {
  let developer: DeveloperID
  /// `nil` where the whole version binds, by joining.
  let clause: ClauseLabel?
  let since: CalendarDate
}

extension TermsRegistry {
  func reach(of label: VersionLabel?, _ slug: DocumentSlug, at moment: Instant) async throws -> VersionReach {
    let document = try await requireDocument(slug)
    let versions = try await record.versions(of: slug)
    let version = try await requireVersion(label, of: document)
    return VersionReach(document: document, versions: versions, version: version, moment: moment)
  }

  /// The first developer found whom one of the changes with these numbers binds; `nil` where they bind nobody.
  ///
  /// Developers are looked at one by one, and only those whom the changes can bind at all: before the earliest date that
  /// anybody can have, those who consented since the posting, or since that of an earlier version for which it waits;
  /// afterwards those without an address, those with a notice on record, and the rest only where a date can come without one.
  func firstBound(by numbers: Set<Int>, _ reach: VersionReach) async throws -> BoundDeveloper? {
    let slug = reach.document.slug
    var kinds: [ConcernedDevelopers] = [.consenting(slug, since: reach.consentCountsSince)]
    let meant = reach.reckoned.filter { numbers.contains($0.change.number) }
    if meant.contains(where: { $0.state.isInForce }) {
      kinds += [.bound(slug, hasAddress: false), .noticed(slug, reach.version.label)]
      let needsNotice =
        reach.document.settings.profile.clock == .individual && !meant.contains(where: \.isImmediate)
      if !needsNotice { kinds.append(.bound(slug, hasAddress: true)) }
    }
    for kind in kinds {
      var place: Int64?
      repeat {
        let page = try await record.developers(kind, after: place, limit: 500)
        for developer in page.developers {
          let facts = try await record.facts(of: developer, document: slug)
          if let bound = reach.isBinding(numbers, on: facts) { return bound }
        }
        place = page.end
      } while place != nil
    }
    return nil
  }
}

extension VersionReach {
  /// How the changes with these numbers bind a developer, where one of them does or did.
  fileprivate func isBinding(_ numbers: Set<Int>, on facts: DeveloperFacts) -> BoundDeveloper? {
    let answer = bindingAnswer(
      document: document, versions: versions, facts: facts, question: BindingQuestion(at: moment, knownAt: moment))
    guard let agreed = answer.versions.first,
      let joinedUnder = versions.firstIndex(where: { $0.label == agreed.version }),
      let own = versions.firstIndex(where: { $0.label == version.label })
    else { return nil }
    if joinedUnder >= own {
      // Whoever joined under this version or a later one is bound by all of it, whatever was pending for others.
      let joined = (facts.acts + facts.naming.flatMap(\.acts)).map(\.occasion.happenedAt)
        .filter { $0 >= version.posting.happenedAt }.min()
      let day = document.settings.zone.date(of: joined ?? version.posting.happenedAt)
      return BoundDeveloper(developer: facts.developer, clause: nil, since: day)
    }
    guard let standing = answer.versions.first(where: { $0.version == version.label }) else { return nil }
    for change in standing.changes where numbers.contains(change.change.number) {
      guard case .inForce(let since) = change.state else { continue }
      return BoundDeveloper(
        developer: facts.developer, clause: change.change.label.isEmpty ? nil : change.change.label, since: since)
    }
    return nil
  }
}
