internal import TermsModel

extension DocumentCourse {
  /// The last consent by which the developer agreed to the text that stood then, though other words bound them: words that
  /// were taken back, and bound them alone. From then on they are bound as somebody who joins (section 3.1, rule 5).
  ///
  /// Nobody is bound by what is withdrawn in time. But a joining can be recorded late, of a day on which the version still
  /// stood; and no later version says anything of its words.
  func agreementAnew() -> Consent? {
    guard hasWithdrawals else { return nil }
    return consents.last { consent in
      let moment = Moment(consent.moment, in: versions[consent.version].settings?.zone ?? zone)
      return isToAllThatStands(consent) && hasFallenWords(at: moment)
    }
  }

  /// Whether a consent leaves nothing out: neither a later version, nor a period that it cannot waive, nor a clause that the
  /// developer opted out of.
  private func isToAllThatStands(_ consent: Consent) -> Bool {
    guard versions.lastIndex(where: { $0.stands(at: consent.moment) }) == consent.version,
      let entry = entry(of: consent.version), !entry.setting.profile.limitsConsent
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
