package import TermsModel

extension DeveloperFacts {
  /// The same facts with the acts that bind the developer to the document: their own where an agreement of their own covers
  /// the moment, else those of an agreement over a document that names this one (section 3.1, rule 12).
  ///
  /// Who agreed to a document agreed to what it names, at that moment. What they said of versions of this one counts: they
  /// said it under this one's name. Where the other one names a version for good, that one binds, whatever is posted since.
  /// - Parameters:
  ///   - known: the moment of knowledge.
  ///   - moment: the moment in question.
  /// - Returns: the facts, and by which document they are bound along; `nil` for an agreement of their own, or none.
  func standing(at moment: Instant, known: Instant, profile: RuleProfile, zone: CivilZone) -> (
    facts: DeveloperFacts, along: BoundAlong?
  ) {
    if naming.isEmpty { return (self, nil) }
    let done = { (acts: [Fact<AgreementAct>]) in
      acts.filter { $0.occasion.happenedAt <= moment && $0.occasion.recordedAt <= known }
    }
    let own = AgreementLife(acts: done(acts), profile: profile, zone: zone)
    if own.period(at: moment) != nil { return (self, nil) }
    var ended: (DeveloperFacts, BoundAlong)?
    for agreement in naming {
      guard let along = agreement.bindsAlong(known: known) else { continue }
      var facts = self
      let said = along.pinned == nil ? acts.filter { !$0.value.isOfTheAgreement } : []
      facts.acts = (agreement.acts.filter(\.value.isOfTheAgreement) + said).sorted {
        $0.occasion.sequence < $1.occasion.sequence
      }
      let life = AgreementLife(acts: done(facts.acts), profile: profile, zone: zone)
      if life.period(at: moment) != nil { return (facts, along) }
      if ended == nil, life.endedPeriod(before: moment) != nil { ended = (facts, along) }
    }
    if own.endedPeriod(before: moment) == nil, let ended { return (ended.0, ended.1) }
    return (self, nil)
  }
}

/// A developer's agreement over another document, by which a document binds them along.
package struct AgreementAlong: Hashable, Sendable {
  /// The document that names this one, which they agreed to: with that agreement this one ends.
  package let document: DocumentSlug
  /// The version that it names for good; `nil` for whatever version binds.
  package let pinned: VersionLabel?
  /// The acts that bind the developer to the document bound along, and those about its versions.
  package let acts: [Fact<AgreementAct>]
}

extension DeveloperFacts {
  /// By which agreement over another document this one binds the developer at a moment, or did until that ended; `nil` where
  /// an agreement of their own does, or nothing (section 3.1, rule 12).
  package func bindingAlong(at moment: Instant, known: Instant, profile: RuleProfile, zone: CivilZone)
    -> AgreementAlong?
  {
    let (facts, along) = standing(at: moment, known: known, profile: profile, zone: zone)
    return along.map { AgreementAlong(document: $0.document, pinned: $0.pinned, acts: facts.acts) }
  }
}

extension NamingAgreement {
  fileprivate func bindsAlong(known moment: Instant) -> BoundAlong? {
    switch names.last(where: { $0.occasion.recordedAt <= moment })?.value {
    case nil, .none?: nil
    case .floating: BoundAlong(document: document, pinned: nil)
    case .pinned(let version): BoundAlong(document: document, pinned: version)
    }
  }
}

extension BindingAnswer {
  /// The document that the agreement in question is over, where it names this one, which binds along (section 3.1, rule 12);
  /// `nil` for an agreement over this one, or none.
  package var namingDocument: DocumentSlug? { computation.along?.document }
}

/// By what a document binds a developer who has no agreement of their own over it.
struct BoundAlong {
  /// The document that names it, which they agreed to.
  let document: DocumentSlug
  /// The version that is meant for good; `nil` for whatever version binds.
  let pinned: VersionLabel?

  /// Of the versions of the document, those that can bind: the one meant for good stays, whatever becomes of it.
  func versions(of all: [PostedVersion]) -> [PostedVersion] {
    guard let pinned else { return all }
    return all.filter { $0.label == pinned }.map { version in
      var version = version
      version.events = []
      return version
    }
  }
}
