internal import Binding
internal import TermsModel
internal import TermsOperations

/// What a developer did, and what really follows from it, for a receipt.
struct DeveloperReceipt {
  private let act: Fact<AgreementAct>
  private let zone: CivilZone
  /// What bound them right before the act, and with it, by what was on record then.
  private let (before, after): (BindingAnswer, BindingAnswer)
  /// The end of the agreement, as known before the act, and with it.
  private let (endBefore, end): (AgreementEnd?, AgreementEnd?)

  init(of act: Fact<AgreementAct>, _ facts: DeveloperFacts, document: Document, versions: [PostedVersion]) {
    self.act = act
    zone = document.settings.zone
    let (happened, sequence) = (act.occasion.happenedAt, act.occasion.sequence)
    // By number: several things are on record of one and the same moment.
    func known(upTo last: Int64) -> DeveloperFacts {
      var then = facts
      then.acts.removeAll { $0.occasion.sequence > last }
      then.notices.removeAll { $0.occasion.sequence > last }
      return then
    }
    func answer(_ facts: DeveloperFacts) -> BindingAnswer {
      bindingAnswer(
        document: document, versions: versions.filter { $0.posting.sequence < sequence }, facts: facts,
        question: BindingQuestion(at: happened, knownAt: act.occasion.recordedAt))
    }
    (before, after) = (answer(known(upTo: sequence - 1)), answer(known(upTo: sequence)))
    endBefore = AgreementEnd(known(upTo: sequence - 1), document, happened)
    end = AgreementEnd(known(upTo: sequence), document, happened)
  }

  var words: String {
    switch act.value {
    case .connectorAdded(let connector):
      "You created the connector “\(connector)”, which is agreement\(joined)"
    case .connectorRemoved(let connector):
      "You removed the connector “\(connector)”." + (end.map { " \(Self.words($0))" } ?? "")
    case .agreed: "You agreed to the terms\(joined)"
    case .accepted(let version): "You accepted version \(version)\(accepted(version))"
    case .declined(let version): "You declined version \(version)\(declined)"
    case .optedOut(let version, let clause):
      "You opted out of version \(version)'s wording of \(clause.text): the wording you last agreed to stays in force for you."
    case .terminated(_, true, _): "The agreement ended at once, on \(day).\(surviving)"
    case .terminated(_, false, _): "You gave notice. \(end.map(Self.words) ?? "")"
    }
  }

  private var day: CalendarDate { zone.date(of: act.occasion.happenedAt) }

  // MARK: From when

  /// From which date on something binds by the act, or in spite of it: on joining and accepting the date itself, on declining
  /// that of the first change that comes all the same. `nil` where nothing does, or none is known.
  var effectiveOn: CalendarDate? {
    switch act.value {
    case .connectorAdded, .agreed: !after.bound || before.bound && broughtAlong.isEmpty ? nil : day
    case .accepted(let version): isOpen(version, before) && !isOpen(version, after) ? day : nil
    case .declined: after.pending.compactMap(\.standing.state.pendingDay).min()
    case .connectorRemoved, .optedOut, .terminated: nil
    }
  }

  /// The date from which on the agreement no longer binds, where the act ends it or it was ended before; and the last day
  /// on which it binds, where it runs until then.
  var ends: (on: CalendarDate, lastDay: CalendarDate?)? {
    if case .terminated(_, true, _) = act.value { return (day, nil) }
    return end.map { ($0.date, $0.lastDay) }
  }

  /// The version that binds wholly with the act.
  var version: VersionLabel? { after.version }

  // MARK: Words

  private var joined: String {
    guard before.bound else { return after.version.map { ": version \($0) binds you from now on." } ?? "." }
    let goesOn =
      endBefore != nil && end == nil
      ? endBefore.map { " The ending on \($0.date) is taken back by it: the agreement goes on." } ?? "" : ""
    guard !broughtAlong.isEmpty else { return ". The terms bound you before, and go on binding you.\(goesOn)" }
    let changes = broughtAlong.map { version, clauses in
      "of version \(version)" + (clauses.isEmpty ? "" : " \(clauses.joined(separator: ", "))")
    }.joined(separator: "; ")
    let wholly =
      after.version == before.version ? "" : after.version.map { " Version \($0) now binds you wholly." } ?? ""
    return
      ". The terms bound you before. With it, what had not bound you of them binds you from now on: \(changes).\(wholly)\(goesOn)"
  }

  /// What did not bind before the act and does with it, by version: who agrees anew agrees to what was pending, and takes back
  /// what they had opted out of (rules 5 and 8).
  private var broughtAlong: [(version: VersionLabel, clauses: [String])] {
    let standings = Dictionary(after.versions.map { ($0.version, $0.changes) }, uniquingKeysWith: { $1 })
    let first = after.versions.first?.version
    let order = before.versions.map(\.version)
    let agreedAnew = first.flatMap { order.firstIndex(of: $0) } ?? 0
    return before.versions.enumerated().compactMap { index, version in
      let changed = version.changes.indices.filter { place in
        guard version.changes[place].state.isKeptAway else { return false }
        // What comes no later than the text agreed to anew binds with it as a whole.
        if index <= agreedAnew, index > 0 { return true }
        return standings[version.version].map { place < $0.count && $0[place].state.isInForce } ?? false
      }
      guard !changed.isEmpty else { return nil }
      var clauses: [String] = []
      for place in changed {
        let label = version.changes[place].change.label
        if !label.isEmpty, !clauses.contains(label.description) { clauses.append(label.description) }
      }
      return (version.version, clauses)
    }
  }

  private var surviving: String {
    let clauses = (after.surviving ?? []).map(\.text).joined(separator: ", ")
    return clauses.isEmpty ? "" : " These clauses go on binding: \(clauses)."
  }

  /// Whether anything up to a version is still to bind.
  private func isOpen(_ version: VersionLabel, _ answer: BindingAnswer) -> Bool {
    let order = after.versions.map(\.version)
    guard let index = order.firstIndex(of: version) else { return false }
    let upTo = Set(order[...index])
    return answer.versions.contains { version in
      upTo.contains(version.version) && version.changes.contains { $0.state.isOpen }
    }
  }

  private static func words(_ end: AgreementEnd) -> String {
    "The agreement binds you until the end of \(end.lastDay), and ends on \(end.date)."
  }

  private func accepted(_ version: VersionLabel) -> String {
    if !isOpen(version, before) { return ". It bound you before; that you accepted it expressly is on record now." }
    if isOpen(version, after) {
      return ": that is on record, but not all of it binds you by that, as “Why these dates” on your page says."
    }
    let kept = after.versions.contains { $0.version == version && $0.changes.contains { $0.state == .optedOut } }
    return ": it binds you from now on\(kept ? ", but for what you opted out of" : "")."
  }

  private var declined: String {
    let from =
      after.pending.compactMap(\.standing.state.pendingDay).min().map { "from \($0) on" } ?? "once its notice was given"
    return
      ": that is on record. It ends no agreement and stops no change: as long as the agreement runs, what changes binds "
      + "you \(from)."
  }
}

extension BindingAnswer.State {
  /// Whether it does not bind, and a new agreement could still make it.
  fileprivate var isKeptAway: Bool {
    switch self {
    case .pending, .awaitingNotice, .notBound, .optedOut: true
    case .inForce, .withdrawn: false
    }
  }
}

/// Refusals as a page says them to the developer who asked.
enum DeveloperRefusal {
  static func words(_ refusal: TermsRefusal) -> String {
    switch refusal {
    case .optOutNotOffered(let clause, let offered):
      "The rules offer no opting out of clause \(clause)"
        + (offered.isEmpty ? "." : "; they offer it for \(offered.map(\.text).joined(separator: ", ")).")
    case .nothingToKeep(let clause, let version, _):
      "Version \(version) did not change clause \(clause) for you, so that there is no earlier wording to keep."
    case .optOutTooLate(let clause, let version, let lastDay):
      "The last day for opting out of clause \(clause) of version \(version) was \(lastDay)."
    case .optedOutAlready(let clause, _, _):
      "You opted out of clause \(clause) already: the wording you last agreed to stays."
    case .boundByLater(let version, let later, _):
      "Version \(version) comes before version \(later), which binds you wholly, so that accepting it would change nothing."
    case .acceptedAlready(let version, _, let day): "You accepted version \(version) on \(day) already."
    case .nothingToDecline(let version, _):
      "Version \(version) binds you already, so that declining it would change nothing. If you do not want to be bound by it, "
        + "end the agreement."
    case .declinedAlready(let version, _, let day):
      "You declined version \(version) on \(day) already: it is on record."
    case .endsAlready(_, _, _, let day):
      "You ended the agreement already: it ends on \(day), and ending it again would make that no earlier."
    case .endingNeedsReason: "An ending at once needs its reason: say why."
    case .agreementEnded(_, _, let day): "The agreement ended on \(day), so that there is nothing to decide."
    case .notBound: "These terms do not bind you, so that there is nothing to decide."
    case .boundByReference(_, _, let naming, let version):
      "These terms bind you only as “\(naming)” names them, in version \(version) for good, so that there is nothing of them to "
        + "choose."
    case .boundAlong(_, _, let naming):
      "These terms bind you along with “\(naming)”, which names them, and end with the agreement over that one."
    case .alreadyWithdrawn(_, let version):
      "Version \(version) was withdrawn, so that there is nothing to decide about it."
    case .unknownVersion(_, let version, _): "There is no version \(version) of these terms."
    default: PageWords.of(refusal)
    }
  }
}
