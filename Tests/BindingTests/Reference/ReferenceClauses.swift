import TermsModel

/// Rules 5, 6, 8, 9, 10 and 11: from when on each clause moves on with each version, for one agreement.
struct ReferenceClauses {
  /// What a version does to one clause; to none, where a change names none.
  struct Piece {
    let clause: LineageID?
    /// The changes of the version that touch it.
    let changes: [Int]
    /// By its changes alone, and with all that holds it back or brings it forward.
    let own: PlainStart
    var start: PlainStart
    var withdrawn: Instant?
    /// Whether it stays though its version was withdrawn.
    var stays = false
    var optedOut: [Stretch] = []
  }

  struct Stretch: Hashable {
    let from: Instant
    let until: Instant?
  }

  private struct Consent {
    let version: Int
    let at: Instant
    let isConnector: Bool
  }

  private struct Choice {
    let version: Int
    let selector: ClauseSelector
    let stretch: Stretch
  }

  let model: ReferenceModel
  private let agreement: ReferenceModel.Agreement
  /// The versions after the one agreed to.
  let indices: [Int]
  private var own: [[ReferenceNotices.Result]] = []
  private(set) var pieces: [[Piece]] = []
  private var consents: [Consent] = []
  private var choices: [Choice] = []

  init(_ model: ReferenceModel, _ agreement: ReferenceModel.Agreement) {
    self.model = model
    self.agreement = agreement
    let agreed = model.agreedVersion(of: agreement)
    indices = agreed.map { Array(model.versions.indices.dropFirst($0 + 1)) } ?? []
    own = model.versions.map { _ in [] }
    pieces = model.versions.map { _ in [] }
    readActs(model.acts(in: agreement), after: agreed ?? model.versions.count)
    for index in indices {
      let version = model.versions[index]
      let since = max(version.posting.recordedAt, agreement.onRecordSince)
      own[index] = version.changes.map {
        ReferenceNotices(model: model, version: version, change: $0, since: since).result()
      }
      cut(index)
      waitAndMoveTogether(index)
      if isOlderThanAgreement(index) {
        // Rule 5: all that stands of a version posted by then binds whoever joins.
        for place in pieces[index].indices { pieces[index][place].start = .at(agreement.joined.occasion.happenedAt) }
      } else {
        postponeAndConsent(index)
      }
      withdraw(index)
      optOut(index)
    }
  }

  private func isOlderThanAgreement(_ index: Int) -> Bool {
    model.versions[index].posting.happenedAt <= agreement.joined.occasion.happenedAt
  }

  private func profile(_ index: Int) -> RuleProfile { model.settings(of: model.versions[index]).profile }
  private func zone(_ index: Int) -> CivilZone { model.zone(of: model.versions[index]) }

  // MARK: What the developer did

  private mutating func readActs(_ acts: [Fact<AgreementAct>], after agreed: Int) {
    for act in acts {
      let moment = act.occasion.happenedAt
      let then = model.versions.indices.last { model.stands(model.versions[$0], at: moment) }
      switch act.value {
      case .accepted(let label):
        let version = model.versions.indices.first {
          model.versions[$0].label == label && model.stands(model.versions[$0], at: moment)
        }
        if let version, version > agreed { consents.append(.init(version: version, at: moment, isConnector: false)) }
      case .agreed:
        if let then, then > agreed { consents.append(.init(version: then, at: moment, isConnector: false)) }
      case .connectorAdded:
        if let then, then > agreed { consents.append(.init(version: then, at: moment, isConnector: true)) }
      case .optedOut(let label, let selector):
        let version = model.versions.indices.first {
          model.versions[$0].label == label && model.versions[$0].posting.happenedAt <= moment
        }
        let again = acts.first { $0.value == .agreed && $0.occasion.happenedAt > moment }?.occasion.happenedAt
        if let version {
          choices.append(.init(version: version, selector: selector, stretch: .init(from: moment, until: again)))
        }
      case .connectorRemoved, .declined, .terminated: break
      }
    }
  }

  // MARK: Clause by clause

  private mutating func cut(_ index: Int) {
    let changes = model.versions[index].changes
    var clauses: [LineageID] = []
    for change in changes { clauses += (change.before + change.after).filter { !clauses.contains($0) } }
    for clause in Set(clauses).sorted() {
      let touching = changes.indices.filter { (changes[$0].before + changes[$0].after).contains(clause) }
      let last = latest(touching.map { own[index][$0].start }, of: index)
      pieces[index].append(Piece(clause: clause, changes: touching, own: last, start: last))
    }
    for change in changes.indices where (changes[change].before + changes[change].after).isEmpty {
      let start = own[index][change].start
      pieces[index].append(Piece(clause: nil, changes: [change], own: start, start: start))
    }
  }

  /// The latest of several, by the calendar of a version: waiting for a notice outlasts any date, and never outlasts all.
  private func latest(_ starts: [PlainStart], of index: Int) -> PlainStart {
    if starts.contains(.never) { return .never }
    var dates: [Instant] = []
    var earliest: [CalendarDate] = []
    for start in starts {
      switch start {
      case .at(let date): dates.append(date)
      case .waiting(let day): earliest.append(day)
      case .never: break
      }
    }
    if earliest.isEmpty { return dates.max().map { .at($0) } ?? .never }
    return .waiting(earliest: (earliest + dates.map { zone(index).date(of: $0) }).max() ?? earliest[0])
  }

  /// Rule 9: the piece of an earlier version that a piece is written on.
  private func before(_ piece: Piece, of index: Int, evenWithdrawn: Bool) -> (version: Int, piece: Piece)? {
    guard let clause = piece.clause else { return nil }
    for earlier in indices.reversed() where earlier < index {
      guard let found = pieces[earlier].first(where: { $0.clause == clause }) else { continue }
      // What was gone when the version was posted is not what it was compared with.
      let gone = model.gone(clause, with: earlier)
      if !evenWithdrawn, let gone, gone < model.versions[index].posting.sequence { continue }
      return (earlier, found)
    }
    return nil
  }

  private mutating func waitAndMoveTogether(_ index: Int) {
    for place in pieces[index].indices {
      guard let before = before(pieces[index][place], of: index, evenWithdrawn: false)?.piece else { continue }
      pieces[index][place].start = latest([pieces[index][place].start, before.start], of: index)
      pieces[index][place].withdrawn = before.withdrawn ?? pieces[index][place].withdrawn
    }
    // As often as there are pieces: by then nothing moves any further.
    for _ in pieces[index] {
      for group in groups(index) {
        let start = latest(group.map { pieces[index][$0].start }, of: index)
        let withdrawn = group.compactMap { pieces[index][$0].withdrawn }.min()
        for place in group { (pieces[index][place].start, pieces[index][place].withdrawn) = (start, withdrawn) }
      }
    }
  }

  /// The pieces that move as one: those of a split or a merger; all, where the profile says so (rule 10).
  private func groups(_ index: Int) -> [[Int]] {
    let all = Array(pieces[index].indices)
    if profile(index).granularity == .version { return all.isEmpty ? [] : [all] }
    return structural(index)
  }

  private func structural(_ index: Int) -> [[Int]] {
    model.versions[index].changes.indices.filter {
      [.split, .merged].contains(model.versions[index].changes[$0].kind)
    }.map { change in pieces[index].indices.filter { pieces[index][$0].changes.contains(change) } }
  }

  // MARK: Agreeing anew

  func hasOptedOut(at moment: Instant) -> Bool {
    choices.contains { $0.stretch.from <= moment && ($0.stretch.until.map { moment < $0 } ?? true) }
  }

  /// Whether the words of some clause at a moment are those of a version that was taken back by then, or stand on such.
  func hasWordsTakenBack(at moment: Instant) -> Bool {
    let all = Set(model.versions.flatMap(\.changes).flatMap { $0.before + $0.after })
    return all.contains { clause in
      let later = indices.last { index in
        pieces[index].contains { $0.clause == clause && state(of: $0, in: index, at: moment).isInForce }
          && model.versions[index].posting.happenedAt <= moment
      }
      // The text agreed to has the words of the last version before it that changed the clause, and still stood.
      let agreed = model.agreedVersion(of: agreement) ?? 0
      let earlier = model.versions[...agreed].indices.last { index in
        let isThere = model.withdrawal(of: model.versions[index]).map {
          $0.occasion.sequence > model.versions[agreed].posting.sequence || model.kept(of: model.versions[index]) != []
        }
        return isThere ?? true
          && model.versions[index].changes.contains { ($0.before + $0.after).contains(clause) }
          && model.gone(clause, with: index).map { $0 > model.versions[agreed].posting.sequence } ?? true
      }
      guard let index = later ?? earlier, let gone = model.gone(clause, with: index) else { return false }
      return model.versions.contains { version in
        model.withdrawal(of: version).map { $0.occasion.sequence == gone && $0.occasion.happenedAt <= moment } ?? false
      }
    }
  }

  // MARK: Rules 5, 6 and 11

  private mutating func postponeAndConsent(_ index: Int) {
    let version = model.versions[index]
    var postponements: [(at: Instant, until: CalendarDate)] = []
    for event in version.events {
      if case .postponed(let until, _) = event.value { postponements.append((event.occasion.happenedAt, until)) }
    }
    postponements.sort { $0.at < $1.at }
    for place in pieces[index].indices {
      let consent = consents.filter { reaches($0, pieces[index][place], of: index) }.map(\.at).min()
      for postponement in postponements {
        let isInForce = pieces[index][place].start.hasCome(by: postponement.at)
        let isAgreed = consent.map { $0 <= postponement.at } ?? false
        if isInForce || isAgreed { continue }
        let until = zone(index).firstMoment(of: postponement.until)
        pieces[index][place].start = latest([pieces[index][place].start, .at(until)], of: index)
      }
      if let consent, PlainStart.at(consent).isEarlier(than: pieces[index][place].start) {
        pieces[index][place].start = .at(consent)
      }
    }
    let isLimited = profile(index).acceptanceNeedsNotice || profile(index).connectorWaivesUpTo != nil
    if isLimited, !consents.isEmpty { waitAndMoveTogether(index) }
  }

  private func reaches(_ consent: Consent, _ piece: Piece, of index: Int) -> Bool {
    guard consent.version >= index, model.stands(model.versions[index], at: consent.at) else { return false }
    if let withdrawn = piece.withdrawn, withdrawn <= consent.at { return false }
    let profile = profile(index)
    for change in piece.changes {
      guard let days = own[index][change].days else { continue }
      if consent.isConnector, let limit = profile.connectorWaivesUpTo, days > limit { return false }
      if profile.acceptanceNeedsNotice {
        guard let notice = own[index][change].notice, notice.on <= zone(index).date(of: consent.at) else {
          return false
        }
      }
    }
    return true
  }

  private mutating func withdraw(_ index: Int) {
    guard let at = model.withdrawal(of: model.versions[index])?.occasion.happenedAt else { return }
    let isBefore = at <= agreement.joined.occasion.happenedAt
    markWhatStays(of: index)
    for place in pieces[index].indices where !pieces[index][place].stays {
      // What was taken back before the developer joined never bound them.
      guard isBefore || !pieces[index][place].start.hasCome(by: at) else { continue }
      pieces[index][place].withdrawn = min(pieces[index][place].withdrawn ?? at, at)
    }
  }

  /// A clause stays as the version has it where every change that touches it stays, and all that moves with it.
  private mutating func markWhatStays(of index: Int) {
    let version = model.versions[index]
    let kept = model.kept(of: version)
    if kept.isEmpty { return }
    for place in pieces[index].indices {
      pieces[index][place].stays = pieces[index][place].changes.allSatisfy { kept.contains(version.changes[$0].number) }
    }
    for _ in pieces[index] {
      for group in groups(index) where group.contains(where: { !pieces[index][$0].stays }) {
        for place in group { pieces[index][place].stays = false }
      }
    }
  }

  // MARK: Rule 8

  private mutating func optOut(_ index: Int) {
    if choices.isEmpty || isOlderThanAgreement(index) { return }
    for place in pieces[index].indices {
      let piece = pieces[index][place]
      let before = before(piece, of: index, evenWithdrawn: true)
      var stretches = before?.piece.optedOut ?? []
      for choice in choices where choice.version <= index {
        guard let label = offered(piece, of: index, choice) else { continue }
        if choice.version == index {
          if isInTime(choice, piece, label, of: index) { stretches.append(choice.stretch) }
        } else if before.map({ $0.version < choice.version }) ?? true, isNamed(piece, label, by: choice, in: index),
          hasEffect(choice)
        {
          // A change that a later version brings to what was opted out of.
          stretches.append(choice.stretch)
        }
      }
      pieces[index][place].optedOut = Set(stretches).sorted { $0.from < $1.from }
    }
    for _ in pieces[index] {
      for group in structural(index) {
        let all = Set(group.flatMap { pieces[index][$0].optedOut }).sorted { $0.from < $1.from }
        for place in group { pieces[index][place].optedOut = all }
      }
    }
  }

  /// The label of a piece that the choice names and the profile offers.
  private func offered(_ piece: Piece, of index: Int, _ choice: Choice) -> ClauseLabel? {
    for change in piece.changes {
      let change = model.versions[index].changes[change]
      let label = piece.clause.flatMap { change.labels[$0] } ?? change.label
      let isOffered = profile(index).optOut.contains { $0.clauses.contains { $0.selects(label) } }
      if choice.selector.selects(label), isOffered { return label }
    }
    return nil
  }

  /// Whether the choice named that very clause: not where another one has its number by now.
  private func isNamed(_ piece: Piece, _ label: ClauseLabel, by choice: Choice, in index: Int) -> Bool {
    let isAmongOthers = choice.selector.selects(ClauseLabel(path: Array(label.path.dropLast())))
    if isAmongOthers { return true }
    let changes = model.versions[index].changes
    guard let clause = piece.clause else { return true }
    let wasThere = piece.changes.contains { changes[$0].before.contains(clause) }
    let cameFromElsewhere = piece.changes.contains { changes[$0].kind == .renumbered || changes[$0].kind == .moved }
    if wasThere { return !cameFromElsewhere }
    return changes.contains { $0.kind == .deleted && $0.label == label }
  }

  private func isInTime(_ choice: Choice, _ piece: Piece, _ label: ClauseLabel, of index: Int) -> Bool {
    guard case .at(let start) = piece.start else { return true }
    let offers = profile(index).optOut.filter { $0.clauses.contains { $0.selects(label) } }
    let days = offers.map(\.days).max() ?? 0
    let zone = zone(index)
    return zone.date(of: choice.stretch.from) <= CivilZone.day(days, after: zone.date(of: start))
  }

  private func hasEffect(_ choice: Choice) -> Bool {
    guard indices.contains(choice.version), !isOlderThanAgreement(choice.version) else { return false }
    return pieces[choice.version].contains { piece in
      guard let label = offered(piece, of: choice.version, choice) else { return false }
      return isInTime(choice, piece, label, of: choice.version)
    }
  }

  // MARK: Reading it at a moment

  func state(of piece: Piece, in index: Int, at moment: Instant) -> PlainState {
    let zone = zone(index)
    if let withdrawn = piece.withdrawn, withdrawn <= moment { return .withdrawn }
    for stretch in piece.optedOut where stretch.from <= moment {
      guard let until = stretch.until, until <= moment else { return .optedOut }
    }
    switch piece.start {
    case .never: return .notBound
    case .waiting(let earliest): return .waiting(earliest)
    case .at(let start):
      guard start <= moment else { return .pending(zone.date(of: start)) }
      let resumed = piece.optedOut.filter { $0.from <= moment }.compactMap(\.until)
      return .inForce(zone.date(of: ([start] + resumed).max() ?? start))
    }
  }

  /// Whether a change is the one that decides when a clause moves on, or one of several.
  func decides(_ change: Int, _ piece: Piece, in index: Int) -> Bool {
    piece.changes.contains(change) && !own[index][change].start.isEarlier(than: piece.own)
  }

  /// The class of the changes that decide.
  func changeClass(of piece: Piece, in index: Int) -> ChangeClass? {
    piece.changes.filter { decides($0, piece, in: index) }.map { own[index][$0].changeClass }.max()
  }

  /// Whether a day of a version's begins only once the agreement has ended.
  private func isAfterTheEnd(_ day: CalendarDate, of index: Int) -> Bool {
    guard let end = agreement.end else { return false }
    return zone(index).firstMoment(of: day) >= end
  }

  func standing(of index: Int, at moment: Instant, hasEnded: Bool) -> PlainAnswer.Version {
    let version = model.versions[index]
    let states = pieces[index].map { state(of: $0, in: index, at: moment) }
    let changes = version.changes.indices.map { change in
      let touched = pieces[index].indices.filter { pieces[index][$0].changes.contains(change) }
      let deciding = touched.filter { decides(change, pieces[index][$0], in: index) }
      let members = (deciding.isEmpty ? touched : deciding).map { place -> PlainState in
        switch states[place] {
        case .pending(let day), .waiting(let day): hasEnded || isAfterTheEnd(day, of: index) ? .notBound : states[place]
        case .withdrawn, .optedOut, .inForce, .notBound: states[place]
        }
      }
      return "\(own[index][change].changeClass.rawValue) \(PlainState.together(members))"
    }
    let count = states.filter(\.isInForce).count
    let inForce =
      states.isEmpty
      ? (model.stands(version, at: moment) ? "wholly" : "not")
      : count == states.count ? "wholly" : count == 0 ? "not" : "partly"
    return PlainAnswer.Version(
      label: version.label, postedOn: zone(index).date(of: version.posting.happenedAt), inForce: inForce,
      notice: notice(index), changes: changes)
  }

  /// The notice that started the period of the gravest class; where none runs, the first one given.
  private func notice(_ index: Int) -> PlainNotice? {
    let version = model.versions[index]
    let running = own[index].filter { $0.days != nil }
    let gravest = running.map(\.changeClass).max()
    if let first = running.first(where: { $0.changeClass == gravest }) { return first.notice }
    guard let any = version.changes.first else {
      let none = PostedChange(
        number: 0, kind: .modified, changeClass: .other, before: [], after: [], label: .none, legalBasis: nil)
      return ReferenceNotices(model: model, version: version, change: none, since: model.known).noticeWithoutPeriod()
    }
    return ReferenceNotices(model: model, version: version, change: any, since: model.known).noticeWithoutPeriod()
  }
}
