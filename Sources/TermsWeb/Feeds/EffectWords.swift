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

  /// For whom alone the date holds; empty where it holds for all.
  func condition(_ postedOn: CalendarDate) -> String { needsNotice ? ", if told on \(postedOn)" : "" }
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
