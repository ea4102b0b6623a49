internal import Binding
package import TermsModel

/// An act that mends a mistake in a posted version: planned, and once it is on record, done.
package struct VersionCorrection: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case withdrawn
    case postponed(until: CalendarDate)
    case reclassified
  }

  /// A change that it is about.
  package struct Change: Hashable, Sendable {
    package let number: Int
    /// `7(a)`, or where there is no label, what the change is known by.
    package let name: String
    package let before: ChangeClass
    /// The class after a correction of classes; ``before`` otherwise.
    package let after: ChangeClass
    package let legalBasis: String?
  }

  /// What falls or waits along with it.
  package struct Dependent: Hashable, Sendable {
    package let version: VersionLabel
    package let clauses: [String]
  }

  package let document: DocumentSlug
  package let version: VersionLabel
  package let kind: Kind
  package let reason: String
  package let happenedAt: Instant
  package let changes: [Change]
  /// What of the version took effect on posting and stays as it is.
  package let untouched: [Change]
  package let dependents: [Dependent]
  /// Who is told by notices that supersede what they were told before.
  package let holders: NoticeHolders

  /// The acts that go on record.
  var acts: [Act] {
    switch kind {
    case .withdrawn: [.versionWithdrawn(document, version, reason: reason, keeping: Set(untouched.map(\.number)))]
    case .postponed(let until): [.versionPostponed(document, version, until: until, reason: reason)]
    case .reclassified:
      changes.map {
        .changeReclassified(
          document, version, change: $0.number, to: $0.after, legalBasis: $0.legalBasis, reason: reason)
      }
    }
  }
}

extension TermsRegistry {
  /// Puts a correction on record with the notices that it needs, in one act.
  ///
  /// Planned with ``withdrawal(of:version:reason:at:)`` and its like, which check it; what happened in between is told as a
  /// refusal.
  /// - Returns: the occasion of the act, of the first of them where several classes are corrected.
  /// - Throws: a refusal also where the settings want a second person for a class, and nobody else agreed to it.
  @discardableResult
  package func perform(_ correction: VersionCorrection) async throws -> Occasion {
    try await requireApproval(of: correction)
    let recordedAt = now()
    let acts = (correction.acts + [.noticesSuperseded(correction.document, correction.version)]).map {
      RecordedAct($0, happenedAt: min(correction.happenedAt, recordedAt))
    }
    return try await perform(acts, at: recordedAt)[0]
  }

  /// Plans the withdrawal of what is pending of a version.
  ///
  /// - Parameters:
  ///   - label: the latest version that stands where not given.
  ///   - happenedAt: when it was withdrawn; now where not given.
  /// - Throws: a refusal where the version was withdrawn already, or what it is about binds somebody.
  package func withdrawal(
    of slug: DocumentSlug, version label: VersionLabel?, reason: String, at happenedAt: Instant? = nil
  ) async throws -> VersionCorrection {
    let moment = now()
    let reach = try await reach(of: label, slug, at: moment)
    try check(reach, happenedAt: happenedAt, now: moment)
    try await requireBindingNobody(reach, .withdrawing)
    return try await correction(.withdrawn, reach, reason: reason, at: happenedAt ?? moment)
  }

  /// Plans the postponement of what is pending of a version: nothing of it binds before the date.
  ///
  /// - Throws: a refusal where the version was withdrawn, what it is about binds somebody, or the date puts nothing off.
  package func postponement(
    of slug: DocumentSlug, version label: VersionLabel?, until: CalendarDate, reason: String,
    at happenedAt: Instant? = nil
  ) async throws -> VersionCorrection {
    let moment = now()
    let reach = try await reach(of: label, slug, at: moment)
    try check(reach, happenedAt: happenedAt, now: moment)
    let today = reach.document.settings.zone.date(of: moment)
    guard today < until else { throw TermsRefusal.postponedIntoThePast(until, today: today) }
    try await requireBindingNobody(reach, .postponing)
    if let announced = reach.pending.compactMap(\.state.day).min(), until <= announced {
      throw TermsRefusal.putsNothingOff(reach.version.label, until: until, announced: announced)
    }
    return try await correction(.postponed(until: until), reach, reason: reason, at: happenedAt ?? moment)
  }

  /// Plans the correction of classes that were decided wrongly.
  ///
  /// - Parameter overrides: the right class of each clause, with the law where one demands it.
  /// - Throws: a refusal where the version was withdrawn or does not change a clause, a class is as it should be, or one
  ///   would get less notice although the change binds somebody.
  package func reclassification(
    of slug: DocumentSlug, version label: VersionLabel?, overrides: [Decisions.Override], reason: String,
    at happenedAt: Instant? = nil
  ) async throws -> VersionCorrection {
    let moment = now()
    let reach = try await reach(of: label, slug, at: moment)
    try check(reach, happenedAt: happenedAt, now: moment)
    let posting = try await record.posting(of: slug, version: reach.version.label)
    var changes: [VersionCorrection.Change] = []
    for override in overrides {
      if override.changeClass == .legalRequired, override.legalBasis == nil {
        throw TermsRefusal.legalRequiredWithoutBasis(clause: override.clause, found: nil)
      }
      let profile = (reach.version.settings ?? reach.document.settings).profile
      if override.changeClass == .legalRequired, let basis = override.legalBasis, !profile.namesGround(basis) {
        throw TermsRefusal.basisWithoutGround(
          clause: override.clause, basis: basis, grounds: profile.immediateGrounds)
      }
      let named = reach.changes(named: override.clause, in: posting)
      guard !named.isEmpty else {
        throw TermsRefusal.noSuchChange(
          override.clause, changed: reach.reckoned.map { reach.name(of: $0.change, in: posting) }.uniqued())
      }
      let wrong = named.filter { $0.changeClass != override.changeClass }
      guard !wrong.isEmpty else { throw TermsRefusal.classAsItIs(clause: override.clause, override.changeClass) }
      for item in wrong {
        guard !changes.contains(where: { $0.number == item.change.number }) else {
          throw TermsRefusal.decidedTwice(override.clause)
        }
        changes.append(
          VersionCorrection.Change(
            number: item.change.number, name: reach.name(of: item.change, in: posting), before: item.changeClass,
            after: override.changeClass, legalBasis: override.legalBasis))
      }
    }
    for change in changes
    where reach.daysOfNotice(change.after, change.number) < reach.daysOfNotice(change.before, change.number) {
      if let bound = try await firstBound(by: [change.number], reach) {
        throw TermsRefusal.lessNoticeForThoseBound(
          clause: change.name, to: change.after, developer: bound.developer, since: bound.since)
      }
    }
    return try await correction(.reclassified, reach, changes, reason: reason, at: happenedAt ?? moment)
  }

  // MARK: Checks

  private func check(_ reach: VersionReach, happenedAt: Instant?, now: Instant) throws {
    if reach.version.isWithdrawn { throw TermsRefusal.alreadyWithdrawn(reach.document.slug, reach.version.label) }
    guard let happenedAt else { return }
    if happenedAt > now { throw TermsRefusal.inTheFuture(happenedAt, now: now) }
    if happenedAt < reach.version.posting.happenedAt {
      throw TermsRefusal.beforePosting(
        reach.version.label, posted: reach.version.posting.happenedAt, given: happenedAt)
    }
  }

  /// Asked as of now, also where the act is said to have happened earlier: nobody who is bound by then loses it by a date
  /// that somebody writes today.
  private func requireBindingNobody(_ reach: VersionReach, _ correction: TermsRefusal.Correction) async throws {
    let numbers = Set(reach.pending.map(\.change.number))
    guard let bound = try await firstBound(by: numbers, reach) else { return }
    throw TermsRefusal.bindsAlready(
      correction, reach.version.label, clause: bound.clause?.description, developer: bound.developer,
      since: bound.since)
  }

  private func correction(
    _ kind: VersionCorrection.Kind, _ reach: VersionReach, _ corrected: [VersionCorrection.Change] = [],
    reason: String, at happenedAt: Instant
  ) async throws -> VersionCorrection {
    let slug = reach.document.slug
    let posting = try await record.posting(of: slug, version: reach.version.label)
    func changes(_ reckoned: [VersionReach.Reckoned]) -> [VersionCorrection.Change] {
      reckoned.map {
        VersionCorrection.Change(
          number: $0.change.number, name: reach.name(of: $0.change, in: posting), before: $0.changeClass,
          after: $0.changeClass, legalBasis: $0.change.legalBasis)
      }
    }
    let about = corrected.isEmpty ? changes(reach.pending) : corrected
    let numbers = Set(about.map(\.number))
    return VersionCorrection(
      document: slug, version: reach.version.label, kind: kind, reason: reason, happenedAt: happenedAt, changes: about,
      untouched: corrected.isEmpty
        ? changes(reach.reckoned.filter { !numbers.contains($0.change.number) }) : [],
      dependents: corrected.isEmpty
        ? reach.dependents.map { .init(version: $0.version, clauses: $0.clauses.map(\.description).uniqued()) } : [],
      holders: try await record.noticeHolders(of: slug, version: reach.version.label))
  }
}

extension VersionReach {
  /// How readers know a change: by its label, else by its heading, else by its number.
  fileprivate func name(of change: PostedChange, in posting: VersionPosting?) -> String {
    if !change.label.isEmpty { return change.label.description }
    return posting?.changes.first { $0.number == change.number }?.heading ?? "change \(change.number)"
  }

  /// The changes that a decision names, as ``ChangeNames`` does in a draft: `7(a)`, `7(a)#2`, `#5`.
  fileprivate func changes(named name: String, in posting: VersionPosting?) -> [Reckoned] {
    let whole = reckoned.filter { isNamed($0.change, by: name, in: posting) }
    guard whole.isEmpty, let (name, number) = ChangeNames.numbered(name) else { return whole }
    guard !name.isEmpty else { return reckoned.filter { $0.change.number == number } }
    let several = reckoned.filter { isNamed($0.change, by: name, in: posting) }
    return several.indices.contains(number - 1) ? [several[number - 1]] : []
  }

  fileprivate func isNamed(_ change: PostedChange, by name: String, in posting: VersionPosting?) -> Bool {
    let wanted = Self.folded(name)
    let labels = [change.label] + change.labels.values
    if labels.contains(where: { !$0.isEmpty && Self.folded($0.description) == wanted }) { return true }
    return change.label.isEmpty && Self.folded(self.name(of: change, in: posting)) == wanted
  }

  private static func folded(_ name: String) -> String { name.lowercased().filter { !$0.isWhitespace } }

  /// How many days of notice a class gives to a change of this version; 0 where it takes effect on posting.
  fileprivate func daysOfNotice(_ changeClass: ChangeClass, _ number: Int) -> Int {
    let profile = (version.settings ?? document.settings).profile
    let kind = version.changes.first { $0.number == number }?.kind ?? .modified
    switch profile.timing(of: changeClass, kind: kind) {
    case .onPosting: return 0
    case .afterNotice(let days): return max(days, version.adaptation?.days ?? 0)
    }
  }
}
