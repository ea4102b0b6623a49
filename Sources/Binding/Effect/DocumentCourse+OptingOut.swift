internal import TermsModel

extension DocumentCourse {
  /// Rule 8: the developer keeps the wording last agreed, through all later versions.
  mutating func optOut(_ entry: Entry) {
    guard !optOuts.isEmpty else { return }
    for step in entry.steps {
      let inherited = steps[step].predecessor.map { stretches(of: steps[$0]) } ?? []
      let chosen = optOuts.filter { reaches($0, step, of: entry) }.map(\.stretch)
      set((inherited + chosen).uniqued(), for: step)
    }
    for members in structuralGroups(of: entry) {
      let all = members.flatMap { stretches(of: steps[$0]) }.uniqued()
      for step in members { set(all, for: step) }
    }
  }

  private mutating func set(_ list: [OptOut.Stretch], for step: Int) {
    if list.isEmpty {
      steps[step].optOuts = 0
    } else {
      steps[step].optOuts = stretches.count
      stretches.append(list)
    }
  }

  /// Whether a choice covers a step: an update that it names, made in time, or what a later version is the first to change
  /// of what it names.
  private func reaches(_ choice: OptOut, _ step: Int, of entry: Entry) -> Bool {
    let index = index(of: entry)
    let profile = entry.setting.profile
    guard choice.version <= index, !isAgreedToOnJoining(entry),
      let label = labels(of: step, in: entry).first(where: { choice.selects($0, by: profile) })
    else { return false }
    if choice.version == index { return flaw(of: choice, label, steps[step], entry) == nil }
    let isFirst = steps[step].predecessor.map { version(of: $0) < choice.version } != false
    return isFirst && !isAnother(step, than: choice.selector, label, in: entry)
      && flaws(of: choice).contains { $0 == nil }
  }

  /// Whether a clause has only the number of the one that a selector named: it came to just that number from elsewhere, or is
  /// new there. A new one under a number that its version also deletes takes that one's place.
  private func isAnother(
    _ step: Int, than selector: ClauseSelector, _ label: ClauseLabel, in entry: Entry
  ) -> Bool {
    let over = ClauseLabel(path: Array(label.path.dropLast()))
    guard let clause = steps[step].clause, !selector.selects(over) else { return false }
    let touching = changes(touching: step, in: entry).map { entry.version.changes[$0] }
    if touching.contains(where: { $0.before.contains(clause) }) {
      return touching.contains { $0.kind == .renumbered || $0.kind == .moved }
    }
    return !entry.version.changes.contains { $0.kind == .deleted && $0.label == label }
  }

  /// What stands against a choice, for each clause of its version that it names; empty where it names none.
  func flaws(of choice: OptOut) -> [OptOut.Flaw?] { outcomes(of: choice).map(\.flaw) }

  /// The same with the labels of the clauses.
  func outcomes(of choice: OptOut) -> [(label: ClauseLabel, flaw: OptOut.Flaw?)] {
    guard let entry = entry(of: choice.version), !isAgreedToOnJoining(entry) else { return [(.none, .nothingToKeep)] }
    let profile = entry.setting.profile
    return entry.steps.compactMap { step in
      let labels = labels(of: step, in: entry).filter { choice.selector.selects($0) }
      guard let label = labels.first(where: { choice.selects($0, by: profile) }) else {
        return labels.first.map { ($0, .notOffered) }
      }
      return (label, flaw(of: choice, label, steps[step], entry))
    }
  }

  private func flaw(of choice: OptOut, _ label: ClauseLabel, _ step: ClauseStep, _ entry: Entry) -> OptOut.Flaw? {
    guard let days = OptOut.days(for: label, by: entry.setting.profile) else { return .notOffered }
    guard step.onset.kind == .on else { return nil }
    let lastDay = step.onset.day.adding(days: days)
    return entry.setting.zone.date(of: choice.stretch.from) <= lastDay ? nil : .tooLate(lastDay: lastDay)
  }
}
