package import Binding
package import TermsModel

/// A moment as asked for: a date stands for its first moment in the document's zone.
package enum AskedMoment: Hashable, Sendable, CustomStringConvertible {
  case date(CalendarDate)
  case instant(Instant)

  /// The moment meant, for a document that counts its days in `zone`.
  package func instant(in zone: CivilZone) -> Instant {
    switch self {
    case .date(let date): zone.firstMoment(of: date)
    case .instant(let instant): instant
    }
  }

  package var description: String {
    switch self {
    case .date(let date): "\(date)"
    case .instant(let instant): "\(instant)"
    }
  }
}

extension TermsRegistry {
  /// Which words of a document bind a developer at a moment, from what was on record at another.
  ///
  /// - Parameters:
  ///   - moment: now where not given.
  ///   - knownAt: now where not given.
  ///   - assumeGiven: what if: every notice still to be given is given on this date.
  /// - Throws: a refusal where the developer or the document is unknown.
  package func answerBinding(
    of developer: DeveloperID, under slug: DocumentSlug, at moment: AskedMoment? = nil, knownAt: Instant? = nil,
    assumeGiven: CalendarDate? = nil
  ) async throws -> BindingAnswer {
    try await stampedAnswer(of: developer, under: slug, at: moment, knownAt: knownAt, assumeGiven: assumeGiven).answer
  }

  /// The same with that by which it can be known whether the answer still holds.
  package func stampedAnswer(
    of developer: DeveloperID, under slug: DocumentSlug, at moment: AskedMoment? = nil, knownAt: Instant? = nil,
    assumeGiven: CalendarDate? = nil
  ) async throws -> (answer: BindingAnswer, stamp: BindingStamp) {
    let known = try self.moment(ofKnowledge: knownAt)
    let file = try await file(of: developer, slug, knownAt: known)
    let answer = bindingAnswer(
      document: file.record.document, versions: file.record.versions, facts: file.record.facts,
      incorporated: file.incorporated,
      question: question(moment, file.record.document, knownAt: known, assumeGiven: assumeGiven))
    return (answer, file.stamp)
  }

  /// The words in force for a developer at a moment, put together from the posted versions; `nil` where nothing binds.
  ///
  /// - Throws: a refusal where the developer or the document is unknown.
  package func consolidatedText(
    for developer: DeveloperID, under slug: DocumentSlug, at moment: AskedMoment? = nil, knownAt: Instant? = nil,
    assumeGiven: CalendarDate? = nil
  ) async throws -> ConsolidatedText? {
    let known = try self.moment(ofKnowledge: knownAt)
    let file = try await file(of: developer, slug, knownAt: known)
    let question = question(moment, file.record.document, knownAt: known, assumeGiven: assumeGiven)
    var texts: [PostedText] = []
    for version in file.record.versions
    where version.posting.recordedAt <= known && version.posting.happenedAt <= question.at {
      if let text = try await record.text(of: slug, version: version.label) { texts.append(text) }
    }
    return try Binding.consolidatedText(
      document: file.record.document, versions: file.record.versions, facts: file.record.facts, texts: texts,
      question: question)
  }

  /// How the answer to one question changed between two moments of knowledge, and which facts did it.
  ///
  /// - Throws: a refusal where the developer or the document is unknown, or the second moment comes before the first.
  package func bindingDifference(
    of developer: DeveloperID, under slug: DocumentSlug, at moment: AskedMoment? = nil, from earlier: AskedMoment,
    to later: AskedMoment
  ) async throws -> AnswerDifference {
    let zone = try await requireDocument(slug).settings.zone
    let (from, to) = (earlier.instant(in: zone), later.instant(in: zone))
    guard to <= now() else { throw TermsRefusal.notKnownYet(to, now: now()) }
    guard from <= to else { throw TermsRefusal.knowledgeBackwards(from: from, to: to) }
    _ = try await requireDeveloper(developer)
    guard let dated = try await datedRecord(of: developer, slug) else {
      throw TermsRefusal.unknownDocument(slug, known: try await record.documents().map(\.slug))
    }
    var incorporated: [DatedRecord] = []
    for named in Set(dated.settings.flatMap { $0.value.settings.incorporated.map(\.document) }).sorted() {
      if let other = try await datedRecord(of: developer, named) { incorporated.append(other) }
    }
    return answerDifference(
      dated, incorporated: incorporated, at: moment?.instant(in: zone) ?? now(), from: from, to: to)
  }

  /// What is on record of a document with all its settings; `nil` where it is not on record.
  private func datedRecord(of developer: DeveloperID, _ slug: DocumentSlug) async throws -> DatedRecord? {
    DatedRecord(
      settings: try await record.settings(of: slug), versions: try await record.versions(of: slug),
      facts: try await record.facts(of: developer, document: slug))
  }

  /// What bound and will bind a developer, day by day.
  ///
  /// - Parameter moment: where today's line stands; the moment of knowledge where not given.
  /// - Throws: a refusal where the developer or the document is unknown, or the developer never joined.
  package func timeline(
    of developer: DeveloperID, under slug: DocumentSlug, at moment: AskedMoment? = nil, knownAt: Instant? = nil
  ) async throws -> Timeline {
    let known = try self.moment(ofKnowledge: knownAt)
    let file = try await file(of: developer, slug, knownAt: known)
    guard
      let timeline = Binding.timeline(
        document: file.record.document, versions: file.record.versions, facts: file.record.facts,
        now: moment?.instant(in: file.record.document.settings.zone) ?? known, knownAt: known)
    else { throw TermsRefusal.notBound(developer, slug) }
    return timeline
  }

  // MARK: What is asked, and of what

  /// The document by its rules at the moment of knowledge: what was changed later does not change what was known.
  private func file(of developer: DeveloperID, _ slug: DocumentSlug, knownAt: Instant) async throws -> RecordedBinding {
    if let file = try await record.binding(of: developer, under: slug, knownAt: knownAt) { return file }
    _ = try await requireDeveloper(developer)
    _ = try await requireDocument(slug)
    // Both came on record in between.
    guard let file = try await record.binding(of: developer, under: slug, knownAt: knownAt) else {
      throw TermsRefusal.unknownDeveloper(developer)
    }
    return file
  }

  private func question(
    _ moment: AskedMoment?, _ document: Document, knownAt: Instant, assumeGiven: CalendarDate?
  ) -> BindingQuestion {
    BindingQuestion(
      at: moment?.instant(in: document.settings.zone) ?? now(), knownAt: knownAt, assumeGiven: assumeGiven)
  }

  /// The moment up to which facts count: now where none is given.
  func moment(ofKnowledge given: Instant?) throws -> Instant {
    let now = now()
    if let given, given > now { throw TermsRefusal.notKnownYet(given, now: now) }
    return given ?? now
  }

  /// The documents over which the developer has an agreement, or had one.
  package func documents(of developer: DeveloperID) async throws -> [DocumentSlug] {
    _ = try await requireDeveloper(developer)
    let documents = try await record.documents(of: developer)
    guard !documents.isEmpty else { throw TermsRefusal.noAgreements(developer) }
    return documents
  }
}
