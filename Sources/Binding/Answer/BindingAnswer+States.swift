package import TermsModel

extension [BindingAnswer.ChangeStanding] {
  /// Those that are meant, by class and state: the gravest class first, the earliest date first.
  func grouped(
    where isMeant: (BindingAnswer.ChangeStanding) -> Bool
  ) -> [(standing: BindingAnswer.ClassStanding, count: Int)] {
    var groups: [(changeClass: ChangeClass, state: BindingAnswer.State, clauses: [ClauseLabel], count: Int)] = []
    for change in self where isMeant(change) {
      let clauses = change.change.label.isEmpty ? [] : [change.change.label]
      if let index = groups.firstIndex(where: { $0.changeClass == change.changeClass && $0.state == change.state }) {
        groups[index].clauses += clauses
        groups[index].count += 1
      } else {
        groups.append((change.changeClass, change.state, clauses, 1))
      }
    }
    return groups.sorted { left, right in
      guard left.changeClass == right.changeClass else { return right.changeClass < left.changeClass }
      return (left.state.day?.dayNumber ?? .max) < (right.state.day?.dayNumber ?? .max)
    }.map { (.init(changeClass: $0.changeClass, state: $0.state, clauses: $0.clauses.uniqued()), $0.count) }
  }
}

extension BindingAnswer.State {
  /// The date that goes with the state, where one does.
  package var day: CalendarDate? {
    switch self {
    case .inForce(let day), .pending(let day), .awaitingNotice(let day): day
    case .withdrawn, .optedOut, .notBound: nil
    }
  }

  /// The date from which it binds, where it is posted and does not bind yet; `nil` also while it waits for its notice.
  package var pendingDay: CalendarDate? {
    if case .pending(let day) = self { day } else { nil }
  }

  /// The date from which it binds, past or to come; `nil` also while it hangs on a notice that is still to be given.
  package var settledDay: CalendarDate? {
    switch self {
    case .inForce(let day), .pending(let day): day
    case .awaitingNotice, .withdrawn, .optedOut, .notBound: nil
    }
  }

  package var isInForce: Bool {
    if case .inForce = self { true } else { false }
  }

  package var isAwaitingNotice: Bool {
    if case .awaitingNotice = self { true } else { false }
  }

  /// Whether it does not bind, and an acceptance could still make it, also where the agreement ends before its day.
  package var isOpen: Bool {
    switch self {
    case .pending, .awaitingNotice, .notBound: true
    case .inForce, .withdrawn, .optedOut: false
    }
  }
}
