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
  /// A clause that several versions changed has the date of the last of them that was not taken back; by then the earlier
  /// ones hold too, as no change takes effect before the one that it is written on (section 3.1, rule 9).
  func words(_ dates: [VersionLabel: VersionDates]) -> [String] {
    steps.map { steps in
      let dated = steps.compactMap { step -> (version: VersionLabel, change: VersionDates.Change, words: String)? in
        guard let dates = dates[step.version], step.place < dates.changes.count else { return nil }
        let change = dates.changes[step.place]
        return (step.version, change, change.datedWords(postedOn: dates.postedOn))
      }
      guard let last = dated.last(where: { !$0.change.effect.isWithdrawn }) ?? dated.last else {
        return "without a date: no version between the two told of it by itself"
      }
      let others = dated.map(\.version).filter { $0 != last.version }.once
      let earlier = others.isEmpty ? "" : "; before that changed by \(others.map(\.rawValue).joined(separator: ", "))"
      return "\(last.words), by version \(last.version)\(earlier)"
    }
  }
}

extension [VersionLabel] {
  fileprivate var once: [VersionLabel] {
    enumerated().filter { !self[..<$0.offset].contains($0.element) }.map(\.element)
  }
}

extension PostedVersion {
  /// The date before which nothing that was pending of it binds; `nil` where it was not put off.
  var postponedUntil: CalendarDate? {
    events.compactMap { if case .postponed(let until, _) = $0.value { until } else { nil } }.max()
  }

  /// That it was taken back, when, and what stays; `nil` where it was not.
  func withdrawalWords(in zone: CivilZone) -> String? {
    guard let withdrawal else { return nil }
    let day = zone.date(of: withdrawal.occasion.happenedAt)
    return keptChanges.isEmpty
      ? "\(label) was withdrawn on \(day), before it bound anybody."
      : "What was pending of \(label) was withdrawn on \(day), before it bound anybody; what took effect on posting stays."
  }
}
