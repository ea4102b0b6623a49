import TermsModel

/// Sections 3.1 and 3.2 of the design written a second time, in the plainest way: rule by rule, change by change, one
/// moment of the record after the other. Slow, and without any thought of being fast.
struct ReferenceModel {
  let document: Document
  let at: Instant
  let known: Instant
  let assumed: CalendarDate?
  let zone: CivilZone
  /// Rule 13: what was on record. What the parties did counts from when it was done; what shows the giving of a notice,
  /// and the correction of a class, counts whenever it happened. A withdrawal says from when on it counts itself.
  let versions: [PostedVersion]
  let facts: DeveloperFacts
  let incorporated: [History.Other]
  let texts: [VersionLabel: PostedText]

  init(
    _ document: Document, _ versions: [PostedVersion], _ facts: DeveloperFacts, _ incorporated: [History.Other] = [],
    texts: [VersionLabel: PostedText], at: Instant, known: Instant, assumed: CalendarDate? = nil
  ) {
    self.document = document
    self.texts = texts
    (self.at, self.known, self.assumed) = (at, known, assumed)
    self.incorporated = incorporated
    zone = document.settings.zone
    self.versions = versions.filter { $0.posting.recordedAt <= known }.map { version in
      var version = version
      version.events = version.events.filter { event in
        guard event.occasion.recordedAt <= known else { return false }
        guard case .postponed = event.value else { return true }
        return event.occasion.happenedAt <= at
      }
      return version
    }
    var facts = facts
    facts.regions = facts.regions.filter { $0.occasion.recordedAt <= known }
    facts.hasAddress = facts.hasAddress.filter { $0.occasion.recordedAt <= known }
    facts.notices = facts.notices.filter { $0.occasion.recordedAt <= known }
    facts.acts = facts.acts.filter { $0.occasion.recordedAt <= known && $0.occasion.happenedAt <= at }
    facts.acts.sort { ($0.occasion.happenedAt, $0.occasion.sequence) < ($1.occasion.happenedAt, $1.occasion.sequence) }
    self.facts = facts
  }

  // MARK: Settings of a version

  func settings(of version: PostedVersion) -> DocumentSettings { version.settings ?? document.settings }
  func zone(of version: PostedVersion) -> CivilZone { settings(of: version).zone }

  func withdrawal(of version: PostedVersion) -> Fact<VersionEvent>? {
    version.events.first { if case .withdrawn = $0.value { true } else { false } }
  }

  /// The numbers of the changes that stay though the version was withdrawn.
  func kept(of version: PostedVersion) -> Set<Int> {
    if case .withdrawn(_, let kept)? = withdrawal(of: version)?.value { kept } else { [] }
  }

  /// Posted by then, and not taken back by then.
  func stands(_ version: PostedVersion, at moment: Instant) -> Bool {
    guard version.posting.happenedAt <= moment else { return false }
    guard let withdrawal = withdrawal(of: version) else { return true }
    return moment < withdrawal.occasion.happenedAt
  }

  /// Whether the text of a version has words of an earlier one that was taken back, by a moment, only after.
  private func hasLostWords(_ index: Int, by moment: Instant) -> Bool {
    for earlier in versions[..<index] {
      guard let withdrawal = withdrawal(of: earlier), withdrawal.occasion.happenedAt <= moment else { continue }
      if withdrawal.occasion.sequence < versions[index].posting.sequence { continue }
      if earlier.changes.contains(where: { !kept(of: earlier).contains($0.number) }) { return true }
    }
    return false
  }

  // MARK: Rules 5 and 7: joining and ending

  struct Agreement {
    /// Joining, or agreeing anew to all that stood.
    var joined: Fact<AgreementAct>
    /// When joining was recorded: from then on the record showed dates to the developer.
    var onRecordSince: Instant
    var endByDeveloper: Instant?
    var endByPlatform: Instant?
    var end: Instant? { [endByDeveloper, endByPlatform].compactMap { $0 }.min() }
    func runs(at moment: Instant) -> Bool {
      guard joined.occasion.happenedAt <= moment else { return false }
      guard let end else { return true }
      return moment < end
    }
  }

  func agreements() -> [Agreement] {
    var all: [Agreement] = []
    var connectors: [ConnectorID] = []
    for act in facts.acts {
      let moment = act.occasion.happenedAt
      let runs = all.last?.runs(at: moment) ?? false
      if !runs { connectors = [] }
      var joins = false
      var ends: (by: Party, at: Instant)?
      let inNoticeDays = zone.firstMoment(
        of: CivilZone.day(
          document.settings.profile.endingNoticeDays, after: zone.date(of: moment), document.settings.profile.dayCount))
      switch act.value {
      case .connectorAdded(let connector):
        connectors.append(connector)
        joins = true
      case .agreed: joins = true
      case .connectorRemoved(let connector):
        let had = connectors.contains(connector)
        connectors.removeAll { $0 == connector }
        if had, connectors.isEmpty { ends = (.developer, inNoticeDays) }
      case .terminated(let party, let immediate, _): ends = (party, immediate ? moment : inNoticeDays)
      case .accepted, .declined, .optedOut: break
      }
      if joins, runs {
        // The developer's own notice is taken back by it; the platform's is not.
        all[all.count - 1].endByDeveloper = nil
      } else if joins {
        all.append(Agreement(joined: act, onRecordSince: act.occasion.recordedAt))
      }
      guard let ends, runs else { continue }
      let last = all.count - 1
      switch ends.by {
      case .developer: all[last].endByDeveloper = min(all[last].endByDeveloper ?? ends.at, ends.at)
      case .platform: all[last].endByPlatform = min(all[last].endByPlatform ?? ends.at, ends.at)
      }
    }
    return all
  }

  /// The agreement in question, and the moment at which it is read: after its end, its last one.
  func agreement() -> (agreement: Agreement, reading: Instant, hasEnded: Bool)? {
    let all = agreements()
    if let running = all.last(where: { $0.runs(at: at) }) { return (agreedAnew(running), at, false) }
    guard let ended = all.last(where: { $0.end.map { $0 <= at } ?? false }), let end = ended.end else { return nil }
    return (agreedAnew(ended), Instant(milliseconds: end.milliseconds - 1), true)
  }

  /// Whoever has words that were taken back, and then agrees to all that stands, is bound from then on like one who joins.
  private func agreedAnew(_ agreement: Agreement) -> Agreement {
    if versions.allSatisfy({ withdrawal(of: $0) == nil }) { return agreement }
    let clauses = ReferenceClauses(self, agreement)
    let last = acts(in: agreement).last { act in
      let moment = act.occasion.happenedAt
      guard let then = versions.indices.last(where: { stands(versions[$0], at: moment) }) else { return false }
      let profile = settings(of: versions[then]).profile
      if profile.acceptanceNeedsNotice || profile.connectorWaivesUpTo != nil { return false }
      switch act.value {
      case .agreed: break
      case .connectorAdded: if clauses.hasOptedOut(at: moment) { return false }
      case .accepted(let label):
        if label != versions[then].label || clauses.hasOptedOut(at: moment) { return false }
      case .connectorRemoved, .declined, .optedOut, .terminated: return false
      }
      return clauses.hasWordsTakenBack(at: moment)
    }
    guard let last else { return agreement }
    var anew = agreement
    anew.joined = last
    return anew
  }

  func acts(in agreement: Agreement) -> [Fact<AgreementAct>] {
    facts.acts.filter { $0 != agreement.joined && agreement.runs(at: $0.occasion.happenedAt) }
  }

  /// The version agreed to word for word: the last one that stood then and had no words that were taken back; where the
  /// record begins later, the first one after.
  func agreedVersion(of agreement: Agreement) -> Int? {
    let joined = agreement.joined.occasion.happenedAt
    let standing = versions.indices.filter { stands(versions[$0], at: joined) }
    let whole = versions.indices.filter { index in
      versions[index].posting.happenedAt <= joined && !hasLostWords(index, by: joined)
        && standing.last.map { index <= $0 } ?? false
    }
    let lostNothing = whole.filter { index in
      versions[index].changes.allSatisfy { kept(of: versions[index]).contains($0.number) }
    }
    return whole.last { standing.contains($0) } ?? lostNothing.last ?? standing.last
      ?? versions.indices.first { versions[$0].posting.happenedAt > joined }
  }

  // MARK: The answer

  /// What becomes of each clause, for the agreement in question.
  func clauses() -> ReferenceClauses? { agreement().map { ReferenceClauses(self, $0.agreement) } }

  func answer() -> PlainAnswer { answer(by: clauses()) }

  func answer(by clauses: ReferenceClauses?) -> PlainAnswer {
    var answer = PlainAnswer()
    guard let clauses, let (agreement, reading, hasEnded) = agreement() else { return answer }
    answer.bound = !hasEnded
    answer.surviving = hasEnded ? document.settings.profile.survival.map(\.text) : nil
    answer.entity = entity(at: reading)
    if let agreed = agreedVersion(of: agreement), versions[agreed].posting.happenedAt <= reading {
      answer.versions.append(agreedTo(agreed, agreement))
      if !hasEnded { answer.version = versions[agreed].label }
    }
    for index in clauses.indices where versions[index].posting.happenedAt <= reading {
      let version = clauses.standing(of: index, at: reading, hasEnded: hasEnded)
      answer.versions.append(version)
      if !hasEnded, version.inForce == "wholly", words(by: clauses, before: index) == wordsComparedWith(index) {
        answer.version = version.label
      }
    }
    if !hasEnded { answer.incorporated = incorporations() }
    return answer
  }

  private func agreedTo(_ index: Int, _ agreement: Agreement) -> PlainAnswer.Version {
    let version = versions[index]
    let since = zone.date(of: max(agreement.joined.occasion.happenedAt, version.posting.happenedAt))
    return PlainAnswer.Version(
      label: version.label, postedOn: zone(of: version).date(of: version.posting.happenedAt), inForce: "wholly",
      notice: nil,
      changes: version.changes.map { change in
        var changeClass = change.changeClass
        for event in version.events {
          if case .reclassified(change.number, let to, _, _) = event.value { changeClass = to }
        }
        return "\(changeClass.rawValue) \(PlainState.inForce(since))"
      })
  }

  // MARK: Rule 12

  private func entity(at moment: Instant) -> String? {
    let moves = facts.regions.filter { $0.occasion.happenedAt <= moment }
    let last = moves.max {
      ($0.occasion.happenedAt, $0.occasion.sequence) < ($1.occasion.happenedAt, $1.occasion.sequence)
    }
    guard let region = last?.value else { return nil }
    for entity in document.settings.entities where entity.regions.contains(region) { return entity.name }
    for entity in document.settings.entities where entity.regions.isEmpty { return entity.name }
    return nil
  }

  private func incorporations() -> [String] {
    document.settings.incorporated.map { reference in
      if let pinned = reference.pinned { return "\(reference.document) pinned \(pinned)" }
      guard let other = incorporated.first(where: { $0.document.slug == reference.document }) else {
        return "\(reference.document) floating -"
      }
      var answer = ReferenceModel(
        other.document, other.versions, other.facts, texts: other.texts, at: at, known: known, assumed: assumed
      )
      .answer()
      if !answer.bound {
        // Agreed to along with the document that names it.
        var facts = other.facts
        let isAboutVersions = { (act: Fact<AgreementAct>) in
          switch act.value {
          case .connectorAdded, .connectorRemoved, .agreed, .terminated: false
          case .accepted, .declined, .optedOut: true
          }
        }
        facts.acts = self.facts.acts.filter { !isAboutVersions($0) } + other.facts.acts.filter(isAboutVersions)
        answer = ReferenceModel(
          other.document, other.versions, facts, texts: other.texts, at: at, known: known, assumed: assumed
        ).answer()
      }
      return "\(reference.document) floating \(answer.version?.rawValue ?? "-")"
    }
  }
}
