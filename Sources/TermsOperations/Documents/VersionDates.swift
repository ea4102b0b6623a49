internal import Binding
package import TermsModel

/// From when what a version changed binds those who were told of it on the day of posting, by all that is on record of it:
/// put off, of another class, taken back, or waiting for an earlier change to the same clause.
package struct VersionDates: Hashable, Sendable {
  package enum Effect: Hashable, Sendable {
    case on(CalendarDate)
    /// Taken back before it bound anybody, by itself or with the words that it was written on.
    /// - Parameter announced: the date that it had until then.
    case withdrawn(on: CalendarDate, announced: CalendarDate?)
    /// No date is in sight.
    case open
  }

  package struct Change: Hashable, Sendable {
    /// After all corrections.
    package let changeClass: ChangeClass
    package let effect: Effect
    /// Whether the date is another one for who was told on another day.
    package let needsNotice: Bool
  }

  /// The changes of one class with one effect.
  package struct ClassEffect: Hashable, Sendable {
    package let change: Change
    package let changes: Int
  }

  package let postedOn: CalendarDate
  /// Parallel to the version's changes.
  package let changes: [Change]
  /// When it was recorded that a version was taken back on which changes of this one are written; `nil` where none was.
  package let fellAt: Instant?

  /// The gravest class first, the earliest date first.
  package var classes: [ClassEffect] {
    Dictionary(grouping: changes, by: \.self).map { ClassEffect(change: $0, changes: $1.count) }
      .sorted { ($1.change.changeClass, $0.change.effect.order) < ($0.change.changeClass, $1.change.effect.order) }
  }

  /// The changes that have a date.
  package var dated: [Review.ClassDate] {
    classes.compactMap { group in
      guard case .on(let day) = group.change.effect else { return nil }
      return Review.ClassDate(changeClass: group.change.changeClass, changes: group.changes, effectiveOn: day)
    }
  }
}

extension VersionDates.Effect {
  /// When it binds, or would have.
  package var day: CalendarDate? {
    switch self {
    case .on(let day): day
    case .withdrawn(_, let announced): announced
    case .open: nil
    }
  }

  package var isWithdrawn: Bool { if case .withdrawn = self { true } else { false } }

  /// What stands comes before what was taken back, and that before what has no date.
  fileprivate var order: String {
    switch self {
    case .on(let day): "0 \(day)"
    case .withdrawn(let on, let announced): "1 \(on) \(announced?.description ?? "")"
    case .open: "2"
    }
  }
}

extension TermsRegistry {
  /// From when the changes of a version bind those who were told on the day of posting; `nil` where there is no such version.
  package func dates(of label: VersionLabel, of document: Document) async throws -> VersionDates? {
    let versions = try await record.versions(of: document.slug)
    let dates = VersionDates.all(of: document, versions)
    return versions.firstIndex { $0.label == label }.map { dates[$0] }
  }
}

extension VersionDates {
  /// Those of every version, in the order of posting.
  ///
  /// - Parameter versions: all that are on record.
  package static func all(of document: Document, _ versions: [PostedVersion]) -> [VersionDates] {
    let states = states(of: document, versions)
    return versions.indices.map { index in
      let version = versions[index]
      let zone = (version.settings ?? document.settings).zone
      let postedOn = document.settings.zone.date(of: version.posting.happenedAt)
      let now = states[version.label] ?? []
      let isTakenBack = version.changes.indices.map { place in
        version.isWithdrawn && !version.keptChanges.contains(version.changes[place].number)
          || place < now.count && now[place] == .withdrawn
      }
      let act = isTakenBack.contains(true) ? takenBack(index, in: versions) : nil
      let before = act.map { Self.states(of: document, versions.known(before: $0.sequence))[version.label] ?? [] } ?? []
      let changes = version.changes.indices.map { place in
        let effect: Effect
        if isTakenBack[place], let act {
          effect = .withdrawn(
            on: zone.date(of: act.happenedAt), announced: place < before.count ? before[place].settledDay : nil)
        } else {
          effect = (place < now.count ? now[place].settledDay : nil).map(Effect.on) ?? .open
        }
        return Change(version, place, effect, postedOn, document)
      }
      return VersionDates(
        postedOn: postedOn, changes: changes, fellAt: version.isWithdrawn ? nil : act?.recordedAt)
    }
  }

  /// The act by which changes of a version were taken back: its own withdrawal, or that of one that it was written on.
  private static func takenBack(_ index: Int, in versions: [PostedVersion]) -> Occasion? {
    versions[index].withdrawal?.occasion
      ?? versions[..<index].compactMap(\.withdrawal?.occasion)
      .filter { $0.sequence > versions[index].posting.sequence }.min { $0.sequence < $1.sequence }
  }

  /// As of the last act that is on record: later moments change no date.
  private static func states(
    of document: Document, _ versions: [PostedVersion]
  ) -> [VersionLabel: [BindingAnswer.State]] {
    let acts = versions.flatMap { [$0.posting] + $0.events.map(\.occasion) }
    guard let known = acts.map({ max($0.recordedAt, $0.happenedAt) }).max() else { return [:] }
    let standings = reckonedStandings(
      told: .individually, document: document, versions: versions,
      question: BindingQuestion(at: known, knownAt: known))
    return Dictionary(
      standings.map { ($0.version, $0.changes.map(\.state)) }, uniquingKeysWith: { _, last in last })
  }
}

extension VersionDates.Change {
  fileprivate init(
    _ version: PostedVersion, _ place: Int, _ effect: VersionDates.Effect, _ postedOn: CalendarDate,
    _ document: Document
  ) {
    let profile = (version.settings ?? document.settings).profile
    let change = version.changes[place]
    changeClass = version.currentClass(of: change)
    self.effect = effect
    let waits = effect.day.map { $0 > postedOn } ?? false
    needsNotice =
      switch profile.clock {
      case .individual, .latest: waits || profile.timing(of: changeClass, kind: change.kind) != .onPosting
      case .posting, .earliest: false
      }
  }
}

extension [PostedVersion] {
  /// What was on record before an act.
  fileprivate func known(before sequence: Int64) -> [PostedVersion] {
    filter { $0.posting.sequence < sequence }.map { version in
      var version = version
      version.events = version.events.filter { $0.occasion.sequence < sequence }
      return version
    }
  }
}
