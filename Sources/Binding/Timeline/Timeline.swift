package import TermsModel

/// What bound and will bind a developer, day by day, as bars and marks.
package struct Timeline: Hashable, Sendable {
  /// How much of a version is in force over a stretch of days.
  package enum Extent: String, Hashable, Sendable, CaseIterable {
    case wholly, partly
    /// Posted, and nothing of it in force.
    case pending
    /// Nothing of it is in force or will be: taken back, opted out of, or told in no way that counts.
    case notInForce = "not-in-force"
    /// After the end of the agreement.
    case gone
  }

  package struct Stretch: Hashable, Sendable {
    package let extent: Extent
    package let from: CalendarDate
    /// The first day that no longer belongs to it.
    package let to: CalendarDate
  }

  /// One version.
  package struct Bar: Hashable, Sendable {
    package let version: VersionLabel
    package let stretches: [Stretch]
  }

  package enum MarkKind: String, Hashable, Sendable, CaseIterable {
    case joined, posting, sent, received, failed, accepted, declined, effective, optedOut = "opted-out", ending, ended
    case withdrawn, postponed, reclassified, moved
  }

  /// Something that happened, or will, on a day.
  package struct Mark: Hashable, Sendable {
    package let day: CalendarDate
    package let kind: MarkKind
    /// The version that it is about; `nil` where it is about the agreement.
    package let version: VersionLabel?
    package let says: String
  }

  package let developer: DeveloperID
  package let document: DocumentSlug
  package let zone: String
  /// The first and the last day shown.
  package let from: CalendarDate
  package let to: CalendarDate
  package let today: CalendarDate
  package let bars: [Bar]
  /// In the order of days.
  package let marks: [Mark]
}

/// What bound and will bind a developer, from joining until nothing more is in sight.
///
/// - Parameters:
///   - now: the moment of today's line; what is shown after it is what will be if nothing else happens.
///   - knownAt: the moment of knowledge.
/// - Returns: `nil` where the developer never joined, as far as is known.
package func timeline(
  document: Document, versions: [PostedVersion], facts: DeveloperFacts, now: Instant, knownAt: Instant
) -> Timeline? {
  TimelineDrawing(document: document, versions: versions, facts: facts, now: now, knownAt: knownAt).timeline()
}

private struct TimelineDrawing {
  let document: Document
  let versions: [PostedVersion]
  let facts: DeveloperFacts
  let now: Instant
  let knownAt: Instant
  let zone: CivilZone

  init(document: Document, versions: [PostedVersion], facts: DeveloperFacts, now: Instant, knownAt: Instant) {
    self.document = document
    self.now = now
    self.knownAt = knownAt
    zone = document.settings.zone
    let standing = facts.standing(at: now, known: knownAt, profile: document.settings.profile, zone: zone)
    self.facts = standing.facts.known(at: knownAt)
    let known = versions.filter { $0.posting.recordedAt <= knownAt }
    self.versions = standing.along?.versions(of: known) ?? known
  }

  func timeline() -> Timeline? {
    let joined = facts.acts.filter(\.value.isJoining).map(\.occasion.happenedAt).min()
    guard let joined else { return nil }
    let answers = answers(from: joined)
    let marks = marks(answers)
    let days = marks.map(\.day) + answers.map { zone.date(of: $0.at) }
    let last = (days.max() ?? zone.date(of: now)).adding(days: 14)
    let first = zone.date(of: joined)
    return Timeline(
      developer: facts.developer, document: document.slug, zone: zone.identifier, from: first, to: last,
      today: zone.date(of: now), bars: bars(answers, until: last), marks: marks.filter { $0.day >= first })
  }

  /// The answers at every moment at which they change, but for the date of a notice still to be given, which moves on
  /// with each day.
  private func answers(from joined: Instant) -> [(at: Instant, answer: BindingAnswer)] {
    var moments: Set<Instant> = [joined, now]
    moments.formUnion(versions.map(\.posting.happenedAt))
    moments.formUnion(
      versions.flatMap(\.events).filter { $0.occasion.recordedAt <= knownAt }.map(\.occasion.happenedAt))
    moments.formUnion(facts.acts.map(\.occasion.happenedAt))
    // While a notice is awaited, the next change that an answer tells is that of its date, day by day.
    let life = AgreementLife(acts: facts.acts, profile: document.settings.profile, zone: zone)
    moments.formUnion(life.periods.compactMap(\.ending?.at))
    var done: [Instant: BindingAnswer] = [:]
    while let next = moments.filter({ $0 >= joined && done[$0] == nil }).min() {
      let answer = bindingAnswer(
        document: document, versions: versions, facts: facts, question: BindingQuestion(at: next, knownAt: knownAt))
      done[next] = answer
      for change in answer.versions.flatMap(\.changes) {
        if let day = change.state.pendingDay { moments.insert(zone.firstMoment(of: day)) }
      }
      if answer.bound, answer.pending.allSatisfy({ $0.standing.state.isPending }), let end = answer.nextChange {
        moments.insert(end)
      }
    }
    return done.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  private func bars(_ answers: [(at: Instant, answer: BindingAnswer)], until last: CalendarDate) -> [Timeline.Bar] {
    versions.compactMap { version in
      var stretches: [Timeline.Stretch] = []
      for (index, (at, answer)) in answers.enumerated() {
        guard let standing = answer.versions.first(where: { $0.version == version.label }) else { continue }
        let from = zone.date(of: at)
        let to = index + 1 < answers.count ? zone.date(of: answers[index + 1].at) : last
        guard from < to else { continue }
        let extent = extent(of: standing, bound: answer.bound)
        if let before = stretches.last, before.extent == extent, before.to == from {
          stretches[stretches.count - 1] = .init(extent: extent, from: before.from, to: to)
        } else {
          stretches.append(.init(extent: extent, from: from, to: to))
        }
      }
      return stretches.isEmpty ? nil : Timeline.Bar(version: version.label, stretches: stretches)
    }
  }

  private func extent(of standing: BindingAnswer.VersionStanding, bound: Bool) -> Timeline.Extent {
    guard bound else { return .gone }
    switch standing.inForce {
    case .wholly: return .wholly
    case .partly: return .partly
    case .not:
      let isPending = standing.changes.contains { change in
        switch change.state {
        case .pending, .awaitingNotice: true
        case .inForce, .withdrawn, .optedOut, .notBound: false
        }
      }
      return isPending ? .pending : .notInForce
    }
  }

  private func marks(_ answers: [(at: Instant, answer: BindingAnswer)]) -> [Timeline.Mark] {
    var marks: [Timeline.Mark] = []
    func mark(_ moment: Instant, _ kind: Timeline.MarkKind, _ version: VersionLabel?, _ says: String) {
      marks.append(.init(day: zone.date(of: moment), kind: kind, version: version, says: says))
    }
    for version in versions {
      mark(version.posting.happenedAt, .posting, version.label, "version \(version.label) posted")
      for event in version.events where event.occasion.recordedAt <= knownAt {
        switch event.value {
        case .withdrawn(let reason, _):
          mark(event.occasion.happenedAt, .withdrawn, version.label, "withdrawn (\(reason))")
        case .postponed(let until, let reason):
          mark(event.occasion.happenedAt, .postponed, version.label, "put off to \(until) (\(reason))")
        case .reclassified(let number, let to, _, let reason):
          mark(
            event.occasion.happenedAt, .reclassified, version.label,
            "change \(number) corrected to \(to.rawValue) (\(reason))")
        }
      }
    }
    for act in facts.acts {
      let (kind, version): (Timeline.MarkKind, VersionLabel?) =
        switch act.value {
        case .connectorAdded, .agreed: (.joined, nil)
        case .connectorRemoved, .terminated: (.ending, nil)
        case .accepted(let label): (.accepted, label)
        case .declined(let label): (.declined, label)
        case .optedOut(let label, _): (.optedOut, label)
        }
      mark(act.occasion.happenedAt, kind, version, BindingAnswer.Basis.words(act.value))
    }
    for region in facts.regions.dropFirst() {
      mark(region.occasion.happenedAt, .moved, nil, "moved to \(region.value)")
    }
    for step in facts.notices {
      let (kind, says): (Timeline.MarkKind, String) =
        switch step.value.event {
        case .sent: (.sent, "\(step.value.channel.rawValue) notice sent")
        case .received(let level, let witness):
          (
            .received,
            "\(step.value.channel.rawValue) notice received, witness: \(WitnessWords.of(witness)) (\(level.words))"
          )
        case .failed(let reason): (.failed, "\(step.value.channel.rawValue) notice failed (\(reason))")
        }
      mark(step.occasion.happenedAt, kind, step.value.version, says)
    }
    return (marks + effects(answers)).uniqued().sorted { ($0.day, $0.kind.order) < ($1.day, $1.kind.order) }
  }

  /// When changes take effect, and when the agreement ends.
  private func effects(_ answers: [(at: Instant, answer: BindingAnswer)]) -> [Timeline.Mark] {
    var marks: [Timeline.Mark] = []
    var wasBound = false
    for (at, answer) in answers {
      if wasBound, !answer.bound {
        marks.append(.init(day: zone.date(of: at), kind: .ended, version: nil, says: "the agreement ended"))
      }
      wasBound = answer.bound
    }
    guard let last = answers.last?.answer else { return marks }
    let agreed = last.versions.first?.version
    for version in last.versions where version.version != agreed {
      for standing in version.classes {
        guard case .inForce(let day) = standing.state else { continue }
        let clauses = standing.clauses.map(\.description).joined(separator: ", ")
        let named = clauses.isEmpty ? "" : " (\(clauses))"
        marks.append(
          .init(
            day: day, kind: .effective, version: version.version,
            says: "\(standing.changeClass.rawValue) changes\(named) in force"))
      }
    }
    return marks
  }
}

extension Timeline.MarkKind {
  fileprivate var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

extension BindingAnswer.State {
  fileprivate var isPending: Bool {
    if case .pending = self { true } else { false }
  }
}
