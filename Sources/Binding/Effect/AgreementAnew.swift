internal import TermsModel

extension DocumentCourse {
  /// The last consent by which the developer agreed to the text that stood then, though other words bound them: words that
  /// were taken back, and bound them alone. From then on they are bound as somebody who joins (section 3.1, rule 5).
  ///
  /// Nobody is bound by what is withdrawn in time. But a joining can be recorded late, of a day on which the version still
  /// stood; and no later version says anything of its words.
  /// - Parameter acts: those of the stretch of being bound.
  func agreementAnew(_ acts: [Fact<AgreementAct>], in document: Document) -> Consent? {
    guard hasWithdrawals, !acts.isEmpty else { return nil }
    return Consent.all(in: acts, to: versions, after: -1).last { consent in
      let settings = versions[consent.version].settings ?? document.settings
      return isToAllThatStands(consent, by: settings.profile)
        && hasFallenWords(at: Moment(consent.moment, in: settings.zone))
    }
  }

  /// Whether a consent leaves nothing out: neither a later version, nor a period that it cannot waive, nor a clause that the
  /// developer opted out of.
  private func isToAllThatStands(_ consent: Consent, by profile: RuleProfile) -> Bool {
    guard versions.lastIndex(where: { $0.stands(at: consent.moment) }) == consent.version, !profile.limitsConsent
    else { return false }
    return consent.kind == .agreed
      || optOuts.allSatisfy { choice in
        consent.moment < choice.stretch.from || choice.stretch.until.map { $0 <= consent.moment } == true
      }
  }

  /// Whether some clause binds at a moment in words that were taken back by then.
  private func hasFallenWords(at moment: Moment) -> Bool {
    let gone = Set(
      versions.compactMap(\.withdrawal).filter { $0.occasion.happenedAt <= moment.instant }.map(\.occasion.sequence))
    var binding: [LineageID: Int] = [:]
    for step in steps.indices where entries[steps[step].version].version.posting.happenedAt <= moment.instant {
      guard state(of: steps[step], at: moment).kind == .inForce else { continue }
      if let clause = steps[step].clause {
        binding[clause] = step
      } else if let fall = falls[step], gone.contains(fall) {
        return true
      }
    }
    if binding.values.contains(where: { step in falls[step].map(gone.contains) == true }) { return true }
    if let unplaced = agreedFalls.unplaced, gone.contains(unplaced) { return true }
    return agreedFalls.clauses.contains { clause, fall in gone.contains(fall) && binding[clause] == nil }
  }
}
