package import TermsModel

/// Says which words of `document` bind a developer at a moment, from what was on record at another.
///
/// A pure function of recorded facts (section 3.1). `versions` are those of the document in the order of posting.
package func bindingAnswer(
  document: Document, versions: [PostedVersion], facts: DeveloperFacts, question: BindingQuestion
) -> BindingAnswer {
  BindingComputation(document: document, versions: versions, facts: facts, question: question).answer()
}

private struct BindingComputation {
  let document: Document
  let profile: RuleProfile
  let zone: CivilZone
  let question: BindingQuestion
  let facts: DeveloperFacts
  /// The versions posted by the moment in question, of which that was known.
  let versions: [PostedVersion]
  let acts: [Fact<AgreementAct>]
  let life: AgreementLife
  var basis: [BindingAnswer.Basis] = []

  init(document: Document, versions: [PostedVersion], facts: DeveloperFacts, question: BindingQuestion) {
    self.document = document
    profile = document.settings.profile
    zone = document.settings.zone
    self.question = question
    self.facts = facts
    self.versions = versions.filter {
      $0.posting.happenedAt <= question.at && $0.posting.recordedAt <= question.knownAt
    }
    acts = facts.acts.known(at: question.knownAt).filter { $0.occasion.happenedAt <= question.at }
    life = AgreementLife(acts: acts, profile: profile, zone: zone)
  }

  func answer() -> BindingAnswer {
    var copy = self
    return copy.compute()
  }

  private mutating func compute() -> BindingAnswer {
    guard let period = life.period(at: question.at) else { return unbound() }
    let joined = period.joined.occasion.happenedAt
    say("joining", "\(words(for: period.joined.value)) on \(zone.date(of: joined)): bound by the whole version then posted")
    if let end = period.end, let ending = period.ending {
      say("ending", "\(words(for: ending.value)) on \(zone.date(of: ending.occasion.happenedAt)): bound until \(zone.date(of: end))")
    }

    let standing = standings(joined: joined)
    let entity = facts.regions.known(at: question.knownAt).last { $0.occasion.happenedAt <= question.at }
      .flatMap { region in document.settings.entity(for: region.value).map { (region.value, $0) } }
    if let entity { say("contracting entity", "region \(entity.0): \(entity.1)") }
    return BindingAnswer(
      developer: facts.developer, document: document.slug, question: question, bound: true,
      version: latestWhole(standing), entity: entity?.1, versions: standing, surviving: nil, basis: basis,
      nextChange: nextChange(standing, end: period.end))
  }

  private mutating func unbound() -> BindingAnswer {
    let ended = life.endedPeriod(before: question.at)
    if let ended, let end = ended.end {
      say("ending", "the agreement ended on \(zone.date(of: end)); the surviving clauses go on binding")
    } else {
      say("joining", "no connector was created and no agreement given by then: not bound")
    }
    return BindingAnswer(
      developer: facts.developer, document: document.slug, question: question, bound: false, version: nil, entity: nil,
      versions: [], surviving: ended == nil ? nil : profile.survival, basis: basis, nextChange: nil)
  }

  // MARK: Versions

  private mutating func standings(joined: Instant) -> [BindingAnswer.VersionStanding] {
    let notices = facts.notices.known(at: question.knownAt)
    let hasAddress =
      facts.hasAddress.known(at: question.knownAt).last { $0.occasion.happenedAt <= question.at }?.value ?? false
    let base = versions.lastIndex { $0.posting.happenedAt <= joined && !isWithdrawn($0) }
    var effects: [VersionEffect] = []
    var standings: [BindingAnswer.VersionStanding] = []
    for (index, version) in versions.enumerated() where index >= base ?? 0 {
      if isWithdrawn(version) {
        say("withdrawn", "version \(version.label) was withdrawn before it bound anybody")
        standings.append(withdrawn(version))
        continue
      }
      let events = version.events.known(at: question.knownAt)
      var effect = VersionEffect(
        of: version, events: events, notices: notices, hasAddress: hasAddress, profile: profile, zone: zone,
        today: zone.date(of: question.at))
      if index == base {
        let since = ChangeEffect.Date.on(zone.date(of: joined), from: joined)
        for change in effect.changes.indices { effect.changes[change].date = since }
        effect.basis = [.init(rule: "joining", says: "version \(version.label), posted on \(effect.postedOn), was the posted one then")]
      } else {
        effect.follow(effects)
        effect.join(by: profile.granularity)
        accept(version, in: &effect, earlier: &effects)
      }
      basis += effect.basis
      effects.append(effect)
      standings.append(standing(of: effect, isBase: index == base))
    }
    // An acceptance of a later version also moved what earlier ones still held back.
    return standings.map { standing in
      guard let effect = effects.first(where: { $0.version.label == standing.version }) else { return standing }
      return self.standing(of: effect, isBase: effect.version.label == base.map { versions[$0].label })
    }
  }

  /// Rule 6: express acceptance brings the version, and with it all that it is written on, into force at once.
  private mutating func accept(_ version: PostedVersion, in effect: inout VersionEffect, earlier: inout [VersionEffect]) {
    guard let acceptance = acts.first(where: { $0.value == .accepted(version.label) }) else { return }
    let moment = acceptance.occasion.happenedAt
    let date = zone.date(of: moment)
    func hasten(_ effect: inout VersionEffect) {
      for index in effect.changes.indices {
        if case .on(let day, let from) = effect.changes[index].date,
          (from ?? zone.firstMoment(of: day)) <= moment
        {
          continue
        }
        effect.changes[index].date = .on(date, from: moment)
      }
    }
    hasten(&effect)
    for index in earlier.indices { hasten(&earlier[index]) }
    effect.basis.append(
      .init(rule: "express acceptance", says: "the developer accepted version \(version.label) on \(date): in force at once"))
  }

  private func standing(of effect: VersionEffect, isBase: Bool) -> BindingAnswer.VersionStanding {
    let changes = effect.changes.map { change in
      BindingAnswer.ChangeStanding(change: change.change, changeClass: change.changeClass, state: state(of: change.date))
    }
    let classes = ChangeClass.allCases.sorted(by: >).compactMap { changeClass -> BindingAnswer.ClassStanding? in
      let members = effect.changes.filter { $0.changeClass == changeClass }
      guard let first = members.first else { return nil }
      let date = members.dropFirst().reduce(first.date) { $0.noEarlier(than: $1.date) }
      return BindingAnswer.ClassStanding(
        changeClass: changeClass, state: state(of: date), clauses: members.map(\.change.label).filter { !$0.isEmpty })
    }
    let inForce = changes.count { if case .inForce = $0.state { true } else { false } }
    return BindingAnswer.VersionStanding(
      version: effect.version.label, postedOn: effect.postedOn,
      inForce: inForce == changes.count ? .wholly : inForce == 0 ? .not : .partly, classes: classes, changes: changes,
      notice: isBase ? nil : effect.notice)
  }

  private func withdrawn(_ version: PostedVersion) -> BindingAnswer.VersionStanding {
    BindingAnswer.VersionStanding(
      version: version.label, postedOn: zone.date(of: version.posting.happenedAt), inForce: .not,
      classes: Set(version.changes.map(\.changeClass)).sorted(by: >).map { changeClass in
        BindingAnswer.ClassStanding(
          changeClass: changeClass, state: .withdrawn,
          clauses: version.changes.filter { $0.changeClass == changeClass }.map(\.label))
      }, changes: [], notice: nil)
  }

  private func state(of date: ChangeEffect.Date) -> BindingAnswer.State {
    switch date {
    case .awaitingNotice(let earliest): return .awaitingNotice(earliestOn: earliest)
    case .on(let day, let from):
      let start = from ?? zone.firstMoment(of: day)
      return start <= question.at ? .inForce(since: day) : .pending(effectiveOn: day)
    }
  }

  private func latestWhole(_ standings: [BindingAnswer.VersionStanding]) -> VersionLabel? {
    var latest: VersionLabel?
    for standing in standings where !standing.classes.contains(where: { $0.state == .withdrawn }) {
      guard standing.inForce == .wholly else { break }
      latest = standing.version
    }
    return latest
  }

  private func isWithdrawn(_ version: PostedVersion) -> Bool {
    version.events.known(at: question.knownAt).contains { event in
      if case .withdrawn = event.value { event.occasion.happenedAt <= question.at } else { false }
    }
  }

  // MARK: Words and times

  private func nextChange(_ standings: [BindingAnswer.VersionStanding], end: Instant?) -> Instant? {
    let dates = standings.flatMap(\.changes).compactMap { change -> CalendarDate? in
      if case .pending(let day) = change.state { day } else { nil }
    }
    return (dates.map { zone.firstMoment(of: $0) } + [end].compactMap { $0 }).filter { $0 > question.at }.min()
  }

  private mutating func say(_ rule: String, _ words: String) {
    basis.append(.init(rule: rule, says: words))
  }

  private func words(for act: AgreementAct) -> String {
    switch act {
    case .connectorAdded(let connector): "connector '\(connector)' was created"
    case .connectorRemoved(let connector): "the last connector, '\(connector)', was removed"
    case .agreed: "the developer agreed expressly"
    case .accepted(let version): "version \(version) was accepted"
    case .declined(let version): "version \(version) was declined"
    case .optedOut(let version, let clause): "the developer opted out of \(clause) of version \(version)"
    case .terminated(let party, let immediate, _): "the \(party.rawValue) ended the agreement\(immediate ? " at once" : "")"
    }
  }
}
