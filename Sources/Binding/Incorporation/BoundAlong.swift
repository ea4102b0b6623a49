internal import TermsModel

extension DeveloperFacts {
  /// The same facts with the acts that bind the developer to the document: their own where an agreement of their own covers
  /// the moment, else those of an agreement over a document that names this one (section 3.1, rule 12).
  ///
  /// Who agreed to a document agreed to what it names, at that moment. What they said of versions of this one counts: they
  /// said it under this one's name.
  /// - Parameters:
  ///   - known: the moment of knowledge.
  ///   - moment: the moment in question.
  /// - Returns: the facts, and the document by which they are bound along; `nil` for an agreement of their own, or none.
  func standing(at moment: Instant, known: Instant, profile: RuleProfile, zone: CivilZone) -> (
    facts: DeveloperFacts, along: DocumentSlug?
  ) {
    if naming.isEmpty { return (self, nil) }
    let done = { (acts: [Fact<AgreementAct>]) in
      acts.filter { $0.occasion.happenedAt <= moment && $0.occasion.recordedAt <= known }
    }
    let own = AgreementLife(acts: done(acts), profile: profile, zone: zone)
    if own.period(at: moment) != nil { return (self, nil) }
    var ended: (DeveloperFacts, DocumentSlug)?
    for agreement in naming where agreement.isNaming(known: known) {
      var facts = self
      facts.acts = (agreement.acts.filter(\.value.isOfTheAgreement) + acts.filter { !$0.value.isOfTheAgreement }).sorted
      {
        $0.occasion.sequence < $1.occasion.sequence
      }
      let life = AgreementLife(acts: done(facts.acts), profile: profile, zone: zone)
      if life.period(at: moment) != nil { return (facts, agreement.document) }
      if ended == nil, life.endedPeriod(before: moment) != nil { ended = (facts, agreement.document) }
    }
    if own.endedPeriod(before: moment) == nil, let ended { return (ended.0, ended.1) }
    return (self, nil)
  }
}

extension NamingAgreement {
  fileprivate func isNaming(known moment: Instant) -> Bool {
    names.last { $0.occasion.recordedAt <= moment }?.value == true
  }
}
