package import TermsModel

/// How the answer to one question changed between two moments of knowledge, and which fact did it.
package struct AnswerDifference: Hashable, Sendable {
  /// What became known at one moment and changed the answer.
  package struct Step: Hashable, Sendable {
    package let recordedAt: Instant
    /// What was recorded at that moment: mostly one fact.
    package let facts: [RecordedFact]
    package let changes: [AnswerChange]
  }

  package let before: BindingAnswer
  package let after: BindingAnswer
  /// In the order in which they were recorded; what changed nothing is left out.
  package let steps: [Step]
  /// What came of it all: a change that a later fact undid is not among them.
  package var changes: [AnswerChange] { answerChanges(from: before, to: after) }
}

/// An act on record, in plain words.
package struct RecordedFact: Hashable, Sendable {
  package let occasion: Occasion
  package let says: String
}

/// One thing that two answers say differently.
package enum AnswerChange: Hashable, Sendable {
  case bound(Bool)
  case version(from: VersionLabel?, to: VersionLabel?)
  case entity(from: String?, to: String?)
  /// A version came to stand in the answer, or stands there no longer.
  case listed(VersionLabel, Bool)
  case state(VersionLabel, clause: ClauseLabel, ChangeClass, from: BindingAnswer.State, to: BindingAnswer.State)
  case reclassified(VersionLabel, clause: ClauseLabel, from: ChangeClass, to: ChangeClass)
  case notice(VersionLabel, from: GivenNotice?, to: GivenNotice?)
  case incorporated(DocumentSlug, from: VersionLabel?, to: VersionLabel?)
  /// A document binds along that did not, or does no longer.
  case incorporates(DocumentSlug, Bool)
  /// A document that binds along is pinned to a version, or in whatever version binds where it is `nil`.
  case pinned(DocumentSlug, VersionLabel?)
  case precedence(from: [DocumentSlug], to: [DocumentSlug])
  /// The clauses that go on binding after the end.
  case surviving(from: [ClauseSelector], to: [ClauseSelector])
}

/// What is on record of a document, with the changes of its settings, and of one developer in respect of it.
package struct DatedRecord: Sendable {
  /// The document as it was set, in the order in which that was recorded; never empty.
  package let settings: [Fact<Document>]
  package let versions: [PostedVersion]
  package let facts: DeveloperFacts

  /// - Returns: `nil` where the document was never set.
  package init?(settings: [Fact<Document>], versions: [PostedVersion], facts: DeveloperFacts) {
    if settings.isEmpty { return nil }
    self.settings = settings
    self.versions = versions
    self.facts = facts
  }

  /// The document as it was set at a moment of knowledge; before all, as it was set first.
  func document(knownAt moment: Instant) -> Document {
    (settings.last { $0.occasion.recordedAt <= moment } ?? settings[0]).value
  }
}

/// How the answer to a question changed between two moments of knowledge.
///
/// - Parameters:
///   - incorporated: what is on record of the documents that this one named at any time between the two.
///   - at: the moment in question, the same for both answers.
///   - earlier: the first moment of knowledge.
///   - later: the second.
package func answerDifference(
  _ record: DatedRecord, incorporated: [DatedRecord] = [], at: Instant, from earlier: Instant, to later: Instant
) -> AnswerDifference {
  func answer(_ known: Instant) -> BindingAnswer {
    bindingAnswer(
      document: record.document(knownAt: known), versions: record.versions, facts: record.facts,
      incorporated: incorporated.map {
        BindingRecord(document: $0.document(knownAt: known), versions: $0.versions, facts: $0.facts)
      }, question: BindingQuestion(at: at, knownAt: known))
  }
  let recorded = recordedFacts(record, incorporated).filter {
    earlier < $0.occasion.recordedAt && $0.occasion.recordedAt <= later
  }
  let before = answer(earlier)
  var last = before
  var steps: [AnswerDifference.Step] = []
  for moment in recorded.map(\.occasion.recordedAt).uniqued() {
    let next = answer(moment)
    let changes = answerChanges(from: last, to: next)
    if !changes.isEmpty {
      steps.append(
        .init(recordedAt: moment, facts: recorded.filter { $0.occasion.recordedAt == moment }, changes: changes))
    }
    last = next
  }
  return AnswerDifference(before: before, after: answer(later), steps: steps)
}

/// What two answers say differently, whatever they were asked.
package func answerChanges(from old: BindingAnswer, to new: BindingAnswer) -> [AnswerChange] {
  var changes: [AnswerChange] = []
  if old.bound != new.bound { changes.append(.bound(new.bound)) }
  if old.version != new.version { changes.append(.version(from: old.version, to: new.version)) }
  if old.entity != new.entity { changes.append(.entity(from: old.entity, to: new.entity)) }
  for version in old.versions where !new.versions.contains(where: { $0.version == version.version }) {
    changes.append(.listed(version.version, false))
  }
  for version in new.versions {
    guard let before = old.versions.first(where: { $0.version == version.version }) else {
      changes.append(.listed(version.version, true))
      continue
    }
    for (one, other) in zip(before.changes, version.changes) {
      if one.changeClass != other.changeClass {
        changes.append(
          .reclassified(version.version, clause: other.change.label, from: one.changeClass, to: other.changeClass))
      }
      if one.state != other.state {
        changes.append(
          .state(
            version.version, clause: other.change.label, other.changeClass, from: one.state, to: other.state))
      }
    }
    if before.notice != version.notice {
      changes.append(.notice(version.version, from: before.notice, to: version.notice))
    }
  }
  for other in old.incorporated where !new.incorporated.contains(where: { $0.document == other.document }) {
    changes.append(.incorporates(other.document, false))
  }
  for other in new.incorporated {
    let before = old.incorporated.first { $0.document == other.document }
    if before == nil { changes.append(.incorporates(other.document, true)) }
    if let before, before.isPinned != other.isPinned {
      changes.append(.pinned(other.document, other.isPinned ? other.version : nil))
    }
    if before?.version != other.version {
      changes.append(.incorporated(other.document, from: before?.version, to: other.version))
    }
  }
  if old.precedence != new.precedence { changes.append(.precedence(from: old.precedence, to: new.precedence)) }
  if let one = old.surviving, let other = new.surviving, one != other {
    changes.append(.surviving(from: one, to: other))
  }
  return changes
}

/// All that is on record of a document and a developer, and of the documents that it names, in the order in which it was
/// recorded.
private func recordedFacts(_ record: DatedRecord, _ incorporated: [DatedRecord]) -> [RecordedFact] {
  let slug = record.settings[0].value.slug
  var all = documentFacts(record, named: nil) + developerFacts(record.facts)
  for other in incorporated {
    let name = other.settings[0].value.slug
    all += documentFacts(other, named: name)
    // What is said of the other document alone; the region and the address are those of the developer all the same.
    all += other.facts.acts.map {
      .init(occasion: $0.occasion, says: "\(BindingAnswer.Basis.words($0.value)), under \(name)")
    }
    all += other.facts.notices.map { .init(occasion: $0.occasion, says: "\(words($0.value)) of \(name)") }
    for agreement in other.facts.naming where agreement.document != slug {
      all += namingFacts(agreement, name)
    }
  }
  // An act may say several things, and stand in the record of several documents: it is listed once, with all of them.
  return Dictionary(grouping: all, by: \.occasion.sequence).values.map { facts in
    RecordedFact(occasion: facts[0].occasion, says: facts.map(\.says).uniqued().joined(separator: "; "))
  }.sorted { $0.occasion.sequence < $1.occasion.sequence }
}

private func documentFacts(_ record: DatedRecord, named name: DocumentSlug?) -> [RecordedFact] {
  let prefix = name.map { "\($0): " } ?? ""
  var all = zip(record.settings, record.settings.dropFirst()).map { before, after in
    RecordedFact(
      occasion: after.occasion, says: "\(prefix)settings changed: \(settingsChanged(before.value, after.value))")
  }
  for version in record.versions {
    all.append(.init(occasion: version.posting, says: "\(prefix)version \(version.label) posted"))
    all += version.events.map { .init(occasion: $0.occasion, says: prefix + words($0.value, version)) }
  }
  return all
}

private func developerFacts(_ facts: DeveloperFacts) -> [RecordedFact] {
  var all: [RecordedFact] = facts.regions.map { .init(occasion: $0.occasion, says: "region \($0.value)") }
  all += facts.hasAddress.map {
    .init(
      occasion: $0.occasion, says: $0.value ? "an e-mail address on record" : "no e-mail address on record any more")
  }
  for agreement in facts.naming { all += namingFacts(agreement, facts.document) }
  all += facts.acts.map { .init(occasion: $0.occasion, says: BindingAnswer.Basis.words($0.value)) }
  all += facts.notices.map { .init(occasion: $0.occasion, says: words($0.value)) }
  return all
}

private func namingFacts(_ agreement: NamingAgreement, _ document: DocumentSlug) -> [RecordedFact] {
  agreement.acts.map {
    RecordedFact(
      occasion: $0.occasion, says: "\(BindingAnswer.Basis.words($0.value)), under \(agreement.document)")
  }
    + agreement.names.map {
      RecordedFact(
        occasion: $0.occasion,
        says: words($0.value, agreement.document, document))
    }
}

private func words(
  _ reference: NamingAgreement.Reference, _ naming: DocumentSlug, _ document: DocumentSlug
) -> String {
  switch reference {
  case .none: "\(naming) names \(document) no longer"
  case .floating: "\(naming) names \(document)"
  case .pinned(let version): "\(naming) names \(document) in version \(version) for good"
  }
}

/// The settings that differ, by the keys under which `document.yaml` has them.
private func settingsChanged(_ old: Document, _ new: Document) -> String {
  let (one, other) = (old.settings, new.settings)
  let keys = [
    one.profile == other.profile ? nil : "rules",
    one.timeZone == other.timeZone ? nil : "time-zone", one.entities == other.entities ? nil : "entities",
    one.incorporated == other.incorporated ? nil : "incorporated",
    one.precedence == other.precedence ? nil : "precedence",
    one.requireApproval == other.requireApproval ? nil : "require-approval",
    one.reminders == other.reminders ? nil : "reminders",
  ]
  return keys.compactMap(\.self).joined(separator: ", ")
}

private func words(_ event: VersionEvent, _ version: PostedVersion) -> String {
  switch event {
  case .withdrawn(let reason, _): "version \(version.label) withdrawn (\(reason))"
  case .postponed(let until, let reason): "version \(version.label) put off to \(until) (\(reason))"
  case .reclassified(let number, let to, _, let reason):
    "change \(number) of version \(version.label) corrected to \(to.rawValue) (\(reason))"
  }
}

private func words(_ step: NoticeStep) -> String {
  let notice = "\(step.channel.rawValue) notice of version \(step.version)"
  return switch step.event {
  case .sent: "\(notice) sent"
  case .received(let level, let witness):
    "\(notice) received, witness: \(WitnessWords.of(witness)) (\(level.words))"
  case .failed(let reason): "\(notice) failed for good (\(reason))"
  }
}

extension AnswerChange: CustomStringConvertible {
  package var description: String {
    switch self {
    case .bound(let isBound): isBound ? "bound" : "not bound any more"
    case .version(let from, let to): "version \(Self.words(from)) → \(Self.words(to))"
    case .entity(let from, let to): "contracting entity \(from ?? "none") → \(to ?? "none")"
    case .listed(let version, let isListed): isListed ? "version \(version) came in" : "version \(version) fell out"
    case .state(let version, let clause, let changeClass, let from, let to):
      "\(version) \(clause.isEmpty ? "" : "\(clause) ")(\(changeClass.rawValue)): \(from) → \(to)"
    case .reclassified(let version, let clause, let from, let to):
      "\(version) \(clause.isEmpty ? "" : "\(clause) ")class \(from.rawValue) → \(to.rawValue)"
    case .notice(let version, let from, let to):
      "notice of \(version): \(from.map { "\($0.channel.rawValue) \($0.on)" } ?? "none") → \(to.map { "\($0.channel.rawValue) \($0.on)" } ?? "none")"
    case .incorporates(let document, let does): does ? "\(document) binds along" : "\(document) binds along no longer"
    case .pinned(let document, let version?): "\(document) binds along pinned to version \(version)"
    case .pinned(let document, nil): "\(document) binds along in whatever version binds, pinned no longer"
    case .precedence(let from, let to): "precedence \(Self.words(from)) → \(Self.words(to))"
    case .surviving(let from, let to):
      "surviving clauses \(Self.words(from)) → \(Self.words(to))"
    case .incorporated(let document, let from, let to): "\(document): version \(Self.words(from)) → \(Self.words(to))"
    }
  }

  private static func words(_ version: VersionLabel?) -> String { version?.rawValue ?? "none" }
  private static func words(_ list: [some CustomStringConvertible]) -> String {
    list.isEmpty ? "none" : list.map(\.description).joined(separator: ", ")
  }
}

extension BindingAnswer.State: CustomStringConvertible {
  /// The state in the words of contract 6.3, with its date: `pending 2026-01-01`.
  package var description: String {
    switch self {
    case .inForce(let day): "in-force \(day)"
    case .pending(let day): "pending \(day)"
    case .awaitingNotice(let day): "awaiting-notice \(day)"
    case .withdrawn: "withdrawn"
    case .optedOut: "opted-out"
    case .notBound: "not-bound"
    }
  }
}
