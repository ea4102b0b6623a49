internal import Materiality
package import Redlining
package import TermsModel

/// What the operator says about the classes of a draft's changes.
package struct Decisions: Hashable, Sendable {
  /// A class given to every change of one clause, or to one of several.
  package struct Override: Hashable, Sendable {
    /// The clause as the operator names it: `7(a)`, or its heading where it bears no label; `7(a)#2` for the second of
    /// several changes of that name alone, `#5` for the fifth change of the whole version.
    package let clause: String
    package let changeClass: ChangeClass
    package let legalBasis: String?

    package init(clause: String, changeClass: ChangeClass, legalBasis: String?) {
      self.clause = clause
      self.changeClass = changeClass
      self.legalBasis = legalBasis?.saysSomething == true ? legalBasis : nil
    }
  }

  package let overrides: [Override]
  /// Why a class is lower than the evidence, where one is.
  package let reason: String?
  /// A longer period of notice than the rules give, where developers need it to adapt their systems.
  package let adaptation: AdaptationPeriod?

  package init(overrides: [Override] = [], reason: String? = nil, adaptation: AdaptationPeriod? = nil) {
    self.overrides = overrides
    self.reason = reason?.saysSomething == true ? reason : nil
    self.adaptation = adaptation
  }
}

extension String {
  /// Whether more than white space stands in it: a blank citation or reason is none.
  fileprivate var saysSomething: Bool { contains { !$0.isWhitespace } }
}

extension Draft {
  /// Gives every change its class: the proposed one, or the operator's where it was overridden.
  ///
  /// Fail-safe: a class below the evidence needs a reason, `legal-required` the law it rests on.
  /// - Throws: ``TermsRefusal``.
  func decide(_ decisions: Decisions, lineages: Lineages) throws -> [VersionPosting.DecidedChange] {
    guard let redline else {
      if !decisions.overrides.isEmpty { throw TermsRefusal.decisionsOnFirstVersion(document.slug) }
      return []
    }
    let names = ChangeNames(self, redline)
    let overrideOf = names.overrides(of: decisions)
    var named: Set<String> = []
    for override in decisions.overrides {
      guard named.insert(ChangeNames.folded(override.clause)).inserted else {
        throw TermsRefusal.decidedTwice(override.clause)
      }
      guard !names.changes(named: override.clause).isEmpty else {
        let changed = redline.changes.map { label(of: $0, in: redline) }
        throw TermsRefusal.noSuchChange(override.clause, changed: changed.uniqued())
      }
      if override.changeClass != .legalRequired, override.legalBasis != nil {
        throw TermsRefusal.basisWithoutLegalRequired
      }
    }
    return try redline.changes.indices.map { index in
      try decidedChange(
        index, in: redline, lineages: lineages, override: overrideOf[index], name: names.shown(index),
        reason: decisions.reason)
    }
  }

  /// How a reader knows the change: the label of its new wording, else of the old, else the heading or the first words.
  package func label(of change: Change, in redline: Redline) -> String {
    let clauses = change.after.map { redline.after.clauses[$0] } + change.before.map { redline.before.clauses[$0] }
    if let labelled = clauses.first(where: { !$0.label.isEmpty }) { return labelled.label.description }
    if let headed = clauses.first(where: { $0.heading != nil }) { return headed.heading ?? "" }
    return clauses.first.map { "“\($0.text.prefix(40))…”" } ?? ""
  }

  private func decidedChange(
    _ index: Int, in redline: Redline, lineages: Lineages, override: Decisions.Override?, name: String,
    reason: String?
  ) throws -> VersionPosting.DecidedChange {
    let change = redline.changes[index]
    let proposed = proposals[index]
    let decided = override?.changeClass ?? proposed.changeClass
    if decided < proposed.changeClass, reason == nil {
      throw TermsRefusal.classBelowEvidence(
        clause: name, proposed: proposed.changeClass, decided: decided, grounds: proposed.grounds)
    }
    let basis = override?.legalBasis
    if decided == .legalRequired, basis == nil {
      let found = proposed.grounds.first { Rule(rawValue: $0.rule)?.speaksFor == .legalRequired }?.evidence
      throw TermsRefusal.legalRequiredWithoutBasis(clause: name, found: found)
    }
    let profile = document.settings.profile
    if decided == .legalRequired, let basis, !profile.namesGround(basis) {
      throw TermsRefusal.basisWithoutGround(clause: name, basis: basis, grounds: profile.immediateGrounds)
    }
    let clause =
      change.after.first.map { redline.after.clauses[$0] } ?? change.before.first.map { redline.before.clauses[$0] }
    return VersionPosting.DecidedChange(
      number: index + 1, kind: change.kind, label: clause?.label ?? .none, heading: clause?.heading,
      before: change.before.map { lineages.before[$0] }, after: change.after.map { lineages.after[$0] },
      edits: change.edits, proposed: proposed, decided: decided,
      legalBasis: decided == .legalRequired ? basis : nil,
      reason: decided != proposed.changeClass ? reason : nil)
  }
}
