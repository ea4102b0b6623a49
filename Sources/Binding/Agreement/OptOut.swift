internal import TermsModel

/// A developer's choice to keep the wording last agreed of some clauses (section 3.1, rule 8).
struct OptOut {
  /// From the moment of the choice until the developer agrees expressly to the whole document again.
  struct Stretch: Hashable {
    let from: Instant
    let until: Instant?
  }

  typealias Flaw = BindingAnswer.Basis.OptOutFlaw

  /// The index of the version whose update the choice names.
  let version: Int
  let selector: ClauseSelector
  let stretch: Stretch

  /// The choices of a stretch of being bound, in the order in which they were made.
  ///
  /// A further connector or the acceptance of a version accepts what is on offer, and that is the rest; only a new express
  /// agreement to the whole document takes a choice back.
  static func all(in acts: [Fact<AgreementAct>], from versions: [PostedVersion]) -> [OptOut] {
    acts.compactMap { act in
      guard case .optedOut(let label, let selector) = act.value,
        let version = versions.firstIndex(where: {
          $0.label == label && $0.posting.happenedAt <= act.occasion.happenedAt
        })
      else { return nil }
      let from = act.occasion.happenedAt
      let again = acts.first { $0.value == .agreed && $0.occasion.happenedAt > from }
      return OptOut(
        version: version, selector: selector, stretch: Stretch(from: from, until: again?.occasion.happenedAt))
    }
  }

  /// Whether the profile lets developers opt out of the clause, and the choice names it.
  func selects(_ label: ClauseLabel, by profile: RuleProfile) -> Bool {
    selector.selects(label) && profile.optOut.contains { $0.clauses.contains { $0.selects(label) } }
  }

  /// For how many days after an update to the clause took effect the profile lets developers opt out of it.
  static func days(for label: ClauseLabel, by profile: RuleProfile) -> Int? {
    profile.optOut.filter { $0.clauses.contains { $0.selects(label) } }.map(\.days).max()
  }
}
