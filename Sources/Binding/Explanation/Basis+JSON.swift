internal import TermsModel

extension BindingAnswer.Basis: Encodable {
  /// The rule and what it says in words (contract 6.3); the same as data under `data`.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(rule, forKey: .rule)
    try container.encode(says, forKey: .says)
    try container.encode(data, forKey: .data)
  }

  enum CodingKeys: CodingKey { case rule, says, data }
}

extension BindingAnswer.Basis {
  /// A step as programs read it: what it is, and the values that its words tell. What a step does not tell is left out.
  struct Details: Hashable, Encodable {
    var step: String
    var version: VersionLabel?
    /// The day on which it happened.
    var on: CalendarDate?
    /// The day from which a period is counted, and its length.
    var from: CalendarDate?
    var days: Int?
    var dayCount: RuleProfile.DayCount?
    /// The day from which what it is about binds, or the earliest one, if the notice were given on the day in question.
    var effectiveOn: CalendarDate?
    var earliestOn: CalendarDate?
    /// The first day on which something no longer holds.
    var until: CalendarDate?
    var recordedOn: CalendarDate?
    var changeClass: ChangeClass?
    var clauses: [String]?
    /// Of these, those for which a choice came too late.
    var tooLateFor: [String]?
    var notice: Notice?
    var evidenceDemanded: EvidenceLevel?
    var why: String?
    var legalBasis: String?
    var earlierVersion: VersionLabel?
    var connectors: [ConnectorID]?
    var documents: [DocumentSlug]?
    var entity: String?
    var region: Region?
    var timeZone: String?

    enum CodingKeys: String, CodingKey {
      case step, version, on, from, days, dayCount, effectiveOn, earliestOn, until, recordedOn
      case changeClass = "class"
      case clauses, tooLateFor, notice, evidenceDemanded, why, legalBasis, earlierVersion, connectors, documents,
        entity, region
      case timeZone
    }

    // By hand, as texts: a type's own way of encoding itself takes several times as long, and there are many in an answer.
    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(step, forKey: .step)
      try container.encodeIfPresent(version?.rawValue, forKey: .version)
      try container.encodeIfPresent(on?.description, forKey: .on)
      try container.encodeIfPresent(from?.description, forKey: .from)
      try container.encodeIfPresent(days, forKey: .days)
      try container.encodeIfPresent(dayCount?.rawValue, forKey: .dayCount)
      try container.encodeIfPresent(effectiveOn?.description, forKey: .effectiveOn)
      try container.encodeIfPresent(earliestOn?.description, forKey: .earliestOn)
      try container.encodeIfPresent(until?.description, forKey: .until)
      try container.encodeIfPresent(recordedOn?.description, forKey: .recordedOn)
      try container.encodeIfPresent(changeClass?.rawValue, forKey: .changeClass)
      try container.encodeIfPresent(clauses, forKey: .clauses)
      try container.encodeIfPresent(tooLateFor, forKey: .tooLateFor)
      try container.encodeIfPresent(notice, forKey: .notice)
      try container.encodeIfPresent(evidenceDemanded?.rawValue, forKey: .evidenceDemanded)
      try container.encodeIfPresent(why, forKey: .why)
      try container.encodeIfPresent(legalBasis, forKey: .legalBasis)
      try container.encodeIfPresent(earlierVersion?.rawValue, forKey: .earlierVersion)
      try container.encodeIfPresent(connectors?.map(\.rawValue), forKey: .connectors)
      try container.encodeIfPresent(documents?.map(\.rawValue), forKey: .documents)
      try container.encodeIfPresent(entity, forKey: .entity)
      try container.encodeIfPresent(region?.rawValue, forKey: .region)
      try container.encodeIfPresent(timeZone, forKey: .timeZone)
    }

    struct Notice: Hashable, Encodable {
      let channel: NoticeChannel
      let deemedGivenOn: CalendarDate
      let evidence: EvidenceLevel
      let witness: String

      init(_ given: GivenNotice) {
        channel = given.channel
        deemedGivenOn = given.on
        evidence = given.evidence
        witness = given.witness
      }
    }
  }

  var data: Details {
    var details = agreementDetails ?? noticeDetails ?? changeDetails ?? Details(step: rule)
    details.version = details.version ?? version
    return details
  }

  /// The steps that are about the agreement and its parties.
  private var agreementDetails: Details? {
    switch step {
    case .neverJoined: return Details(step: "never-joined")
    case .joined(let act, let day, let label, _):
      return Details(step: "joined", version: label, on: day, why: Self.words(act))
    case .joinedBeforeRecord(let act, let day, let label):
      return Details(step: "joined-before-record", version: label, on: day, why: Self.words(act))
    case .boundAlong(let document, let pinned):
      return Details(step: "bound-along", version: pinned, documents: [document])
    case .ending(let act, let day, let until, let days):
      return Details(step: "ending", on: day, days: days, until: until, why: Self.words(act))
    case .ended(let act, let day): return Details(step: "ended", on: day, why: Self.words(act))
    case .endingUndone(let act, let day, let undoing, let later):
      return Details(
        step: "ending-undone", on: day, until: later, why: "\(Self.words(act)); \(Self.words(undoing))")
    case .surviving(let selectors): return Details(step: "surviving", clauses: selectors.map(\.text))
    case .consented(let act, let day):
      return Details(step: "consented", on: day, effectiveOn: day, why: Self.words(act))
    case .consentTooEarly(let act, let day): return Details(step: "consent-too-early", on: day, why: Self.words(act))
    case .consentTooShort(let act, let day, let limit):
      return Details(step: "consent-too-short", on: day, days: limit, why: Self.words(act))
    case .kept(let connectors, let day): return Details(step: "kept", on: day, connectors: connectors)
    case .nothingKept(let day): return Details(step: "nothing-kept", on: day)
    case .declined(let day): return Details(step: "declined", on: day)
    case .optedOut(let selector, let day, let until, let late):
      return Details(
        step: "opted-out", on: day, until: until, clauses: [selector.text],
        tooLateFor: late.isEmpty ? nil : late.map(\.description))
    case .optOutFlawed(let selector, let day, let flaw):
      var details = Details(step: "opt-out-without-effect", on: day, clauses: [selector.text])
      switch flaw {
      case .notOffered: details.why = "not-offered"
      case .nothingToKeep: details.why = "nothing-to-keep"
      case .tooLate(let lastDay): (details.why, details.until) = ("too-late", lastDay.adding(days: 1))
      }
      return details
    case .entity(let name, let region, let since):
      return Details(step: "entity", from: since, entity: name, region: region)
    case .incorporated(let other):
      return Details(
        step: other.isPinned ? "incorporated-pinned" : "incorporated-floating", version: other.version,
        documents: [other.document])
    case .precedence(let documents, let document): return Details(step: "precedence", documents: documents + [document])
    default: return nil
    }
  }

  /// The steps that are about a version and the notice of it.
  private var noticeDetails: Details? {
    switch step {
    case .posted(let day, let zone): return Details(step: "posted", on: day, timeZone: zone)
    case .failed(let failure):
      return Details(
        step: "failed", on: failure.on, recordedOn: failure.recordedOn,
        why: "\(failure.channel.rawValue): \(failure.reason)")
    case .clock(_, let reason, let given):
      var details = Details(step: "clock", notice: given.map(Details.Notice.init))
      switch reason {
      case .first: details.why = "first"
      case .forAll: details.why = "posting-for-all"
      case .earliest: details.why = "earliest"
      case .latest: details.why = "latest"
      case .noAddress(let day): (details.why, details.recordedOn) = ("no-address", day)
      case .allFailed(let day): (details.why, details.recordedOn) = ("all-failed", day)
      case .nothingGiven(let best, let demanded):
        details.why = best == nil ? "nothing-given" : "evidence-too-low"
        details.notice = best.map(Details.Notice.init)
        details.evidenceDemanded = demanded
      case .cannotBeGiven: details.why = "cannot-be-given"
      }
      return details
    case .adaptation(let period): return Details(step: "adaptation", days: period.days, why: period.reason)
    case .neverBackwards(let recorded, let to):
      return Details(step: "never-backwards", effectiveOn: to, recordedOn: recorded)
    case .announced(let day, let instead):
      return Details(step: "announced", effectiveOn: day, earliestOn: instead)
    case .postponed(let until, let day, let reason):
      return Details(step: "postponed", on: day, effectiveOn: until, why: reason)
    case .whole(let until): return Details(step: "whole-version", effectiveOn: until)
    default: return nil
    }
  }

  /// The steps that are about changes.
  private var changeDetails: Details? {
    switch step {
    case .corrected(let subject, let changeClass, let day, let reason):
      return Details(
        step: "corrected", on: day, changeClass: changeClass, clauses: Self.labels([subject]), why: reason)
    case .agreedOnJoining(let subjects, let day):
      return Details(step: "agreed-on-joining", on: day, effectiveOn: day, clauses: Self.labels(subjects))
    case .correctedLate(let day): return Details(step: "corrected-late", effectiveOn: day)
    case .onPosting(let subjects, let changeClass, let law, let day):
      return Details(
        step: "on-posting", effectiveOn: day, changeClass: changeClass, clauses: Self.labels(subjects), legalBasis: law)
    case .period(let subjects, let changeClass, let counting, let from, let to):
      return Details(
        step: "period", from: from, days: counting.days, dayCount: counting.dayCount, effectiveOn: to,
        changeClass: changeClass, clauses: Self.labels(subjects))
    case .waiting(let subjects, let changeClass, let counting, let today, let earliest):
      return Details(
        step: "awaiting-notice", from: today, days: counting.days, dayCount: counting.dayCount, earliestOn: earliest,
        changeClass: changeClass, clauses: Self.labels(subjects))
    case .afterTheEnd(let subjects, let day):
      return Details(step: "after-the-end", until: day, clauses: Self.labels(subjects))
    case .neverNotified(let subjects, let changeClass):
      return Details(step: "never-notified", changeClass: changeClass, clauses: Self.labels(subjects))
    case .assumed(let subjects, let changeClass, let counting, let given, let to):
      return Details(
        step: "assumed-given", from: given, days: counting.days, dayCount: counting.dayCount, effectiveOn: to,
        changeClass: changeClass, clauses: Self.labels(subjects))
    case .follows(let subject, let earlier, let until):
      return Details(
        step: "follows", effectiveOn: until, clauses: Self.labels([subject]), earlierVersion: earlier)
    case .together(let subject, let until):
      return Details(step: "together", effectiveOn: until, clauses: Self.labels([subject]))
    case .fallsWith(let subject, let earlier):
      return Details(step: "falls-with", clauses: Self.labels([subject]), earlierVersion: earlier)
    case .withdrawn(let subjects, let day, let reason):
      return Details(step: "withdrawn", on: day, clauses: Self.labels(subjects), why: reason)
    default: return nil
    }
  }

  private static func labels(_ subjects: [Subject]) -> [String] { subjects.map(\.label.description).uniqued() }
}
