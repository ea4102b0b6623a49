internal import TermsModel
internal import TermsOperations

extension VersionDates.Change {
  /// From when it binds, with the condition where there is one, or that it was taken back.
  func words(postedOn: CalendarDate) -> String {
    switch effect {
    case .on(postedOn) where !needsNotice: "in force on posting"
    case .on(let day): "in force from \(day)" + condition(postedOn)
    case .withdrawn(let day, _): "withdrawn on \(day) before it bound anybody"
    case .open: "without a date yet"
    }
  }

  /// The same with the day of posting, for where it does not stand beside it.
  func datedWords(postedOn: CalendarDate) -> String {
    let words = words(postedOn: postedOn)
    return effect == .on(postedOn) && !needsNotice ? "\(words), \(postedOn)" : words
  }

  /// For whom alone the date holds; empty where it holds for all.
  func condition(_ postedOn: CalendarDate) -> String { needsNotice ? ", if told on \(postedOn)" : "" }
}

extension ChangeSteps {
  /// From when each change of a comparison holds, in words, parallel to the changes.
  ///
  /// A clause that several versions changed has the date of the last of them that was not taken back: no change takes effect
  /// before the one that it is written on (section 3.1, rule 9).
  func words(_ dates: [VersionLabel: VersionDates]) -> [String] {
    steps.map { steps in
      let dated = steps.compactMap { step -> (version: VersionLabel, change: VersionDates.Change, words: String)? in
        guard let dates = dates[step.version], step.place < dates.changes.count else { return nil }
        let change = dates.changes[step.place]
        return (step.version, change, change.datedWords(postedOn: dates.postedOn))
      }
      let standing = dated.filter { !$0.change.effect.isWithdrawn }
      // A change of several clauses holds as a whole when the last of them does, whichever version brought it.
      let candidates = (standing.isEmpty ? dated : standing).enumerated()
      let latest = candidates.max { one, other in
        // Of two of one day the later one counts.
        (one.element.change.effect.end, one.offset) < (other.element.change.effect.end, other.offset)
      }
      guard let last = latest?.element else { return "without a date: no version between the two told of it by itself" }
      let others = dated.map(\.version).filter { $0 != last.version }.uniqued()
      let also = others.isEmpty ? "" : "; also changed by \(others.map(\.rawValue).joined(separator: ", "))"
      return "\(last.words), by version \(last.version)\(also)"
    }
  }
}

extension VersionDates.Effect {
  /// Its day in an order in which what has no date yet comes after all that has.
  fileprivate var end: String { day.map { "\($0)" } ?? "without a date" }
}

extension PostedVersion {
  /// That it was taken back, when, and what stays; `nil` where it was not.
  func withdrawalWords(in zone: CivilZone) -> String? {
    guard let withdrawal else { return nil }
    let day = zone.date(of: withdrawal.occasion.happenedAt)
    return keptChanges.isEmpty
      ? "\(label) was withdrawn on \(day), before it bound anybody."
      : "What was pending of \(label) was withdrawn on \(day), before it bound anybody; what took effect on posting stays."
  }

  /// What became of it after it was posted, each with the reason that was given: what was put off or given another class, and
  /// that it was taken back.
  func eventWords(in zone: CivilZone) -> [String] {
    events.compactMap { event in
      let day = zone.date(of: event.occasion.happenedAt)
      switch event.value {
      case .withdrawn(let reason, _): return withdrawalWords(in: zone).map { "\($0) The reason given: “\(reason)”." }
      case .postponed(let until, let reason):
        return "On \(day) what was pending of \(label) was put off until \(until). The reason given: “\(reason)”."
      case .reclassified(let number, let changeClass, let legalBasis, let reason):
        let clause =
          changes.first { $0.number == number }.map { $0.label.isEmpty ? "" : " to clause \($0.label)" } ?? ""
        let law = legalBasis.map { " (\($0))" } ?? ""
        return "Since \(day) the change\(clause) in \(label) has the class “\(changeClass.words)”\(law). "
          + "The reason given: “\(reason)”."
      }
    }
  }
}
