internal import TermsModel

extension BindingAnswer.Basis {
  /// The rule's name.
  package var rule: String {
    switch step {
    case .neverJoined, .joined, .joinedBeforeRecord, .agreedOnJoining: "joining"
    case .ending, .ended, .endingUndone, .afterTheEnd: "ending"
    case .surviving: "survival"
    case .posted: "posting"
    case .failed: "deemed given"
    case .clock(let clock, _, _): "clock: \(clock.rawValue)"
    case .adaptation: "technical adaptation"
    case .corrected, .correctedLate: "reclassified"
    case .onPosting(_, let changeClass, _, _): "\(changeClass.rawValue): on posting"
    case .period(_, let changeClass, let counting, _, _), .waiting(_, let changeClass, let counting, _, _):
      "\(changeClass.rawValue): \(counting.days) days after notice"
    case .neverNotified: "no notice, not bound"
    case .assumed: "what if"
    case .neverBackwards: "a failed notice never binds backwards"
    case .announced: "an announced date never moves earlier"
    case .postponed: "postponed"
    case .follows: "a clause never runs ahead of itself"
    case .together: "clauses that split or merged move together"
    case .whole: "granularity: version"
    case .fallsWith, .withdrawn: "withdrawn"
    case .consented(let act, _), .consentTooEarly(let act, _), .consentTooShort(let act, _, _):
      if case .accepted = act { "express acceptance" } else { "joining" }
    case .kept, .nothingKept: "acceptance"
    case .declined: "decline"
    case .optedOut, .optOutFlawed: "opting out"
    case .entity: "contracting entity"
    case .boundAlong, .incorporated: "incorporated documents"
    case .precedence: "precedence"
    }
  }

  /// What the rule says of this case, in plain words.
  package var says: String {
    let version = version.map { "version \($0)" } ?? "the version"
    switch step {
    case .neverJoined: return "no connector was created and no agreement given by then: not bound"
    case .joined(let act, let day, let label, let last):
      let bound = label.map { label in
        last.map {
          "bound from then on by the text that stood: version \(label), and what stood of those after it up to \($0)"
        }
          ?? "bound from then on by the whole of version \(label), the one then posted"
      }
      return "\(Self.words(act)) on \(day): \(bound ?? "bound, though nothing was posted then")"
    case .joinedBeforeRecord(let act, let day, let label):
      return
        "\(Self.words(act)) on \(day), before the first version on record: \(label) is taken for the text agreed to, from its posting"
    case .boundAlong(let document, let pinned):
      let version = pinned.map { ", in version \($0) for good" } ?? ""
      return "\(document), which the developer agreed to, names this document: it binds along\(version)"
    case .ending(let act, let day, let until, let days):
      let notice = days.map { "\($0) days' notice, first day left out" } ?? "at once"
      return "\(Self.words(act)) on \(day): \(notice); bound until the end of \(until.adding(days: -1))"
    case .endingUndone(let act, let day, let undoing, let later):
      return "\(Self.words(act)) on \(day); \(Self.words(undoing)) on \(later), which takes that ending back"
    case .ended(let act, let day): return "\(Self.words(act)): the agreement ended on \(day)"
    case .surviving(let selectors):
      return selectors.isEmpty
        ? "the document names no clause that goes on binding"
        : "clauses \(selectors.map(\.text).joined(separator: ", ")) go on binding, in the wording in force on the last day"

    case .posted(let day, let zone): return "\(version) posted \(day) in \(zone)"
    case .failed(let failure):
      return
        "\(Self.name(failure.channel)) failed for good \(failure.on) (\(failure.reason)), recorded \(failure.recordedOn): it gives no notice"
    case .clock(_, let reason, let given): return Self.words(reason, given)
    case .adaptation(let period): return "at least \(period.days) days for technical adaptation: \(period.reason)"

    case .agreedOnJoining(let subjects, let day):
      return subjects.isEmpty
        ? "nothing of \(version) stood when the developer joined on \(day)"
        : "\(Self.words(subjects)): what stood of \(version) when the developer joined; in force \(day)"
    case .corrected(let subject, let changeClass, let day, let reason):
      return "\(Self.words([subject])): class corrected to \(changeClass.rawValue) on \(day) (\(reason))"
    case .onPosting(let subjects, let changeClass, let legalBasis, let day):
      let law = legalBasis.map { ", demanded by \($0)" } ?? ""
      return "\(changeClass.rawValue): \(Self.words(subjects))\(law); in force on posting, \(day)"
    case .period(let subjects, let changeClass, let counting, let from, let to):
      return "\(changeClass.rawValue): \(Self.words(subjects)); \(Self.words(counting)) after \(from); in force \(to)"
    case .waiting(let subjects, let changeClass, let counting, let today, let earliest):
      return
        "\(changeClass.rawValue): \(Self.words(subjects)); not in force; with notice given on \(today), \(Self.words(counting)), in force \(earliest)"
    case .neverNotified(let subjects, let changeClass):
      return "\(changeClass.rawValue): \(Self.words(subjects)); not binding without a notice"
    case .assumed(let subjects, let changeClass, let counting, let given, let to):
      return
        "\(changeClass.rawValue): \(Self.words(subjects)); assumed given on \(given), \(Self.words(counting)); in force \(to)"
    case .afterTheEnd(let subjects, let day):
      return "\(Self.words(subjects)): the agreement ends on \(day), before that could take effect: never in force"
    case .neverBackwards(let recorded, let to):
      return "that the posting has to serve was recorded on \(recorded): nothing binds before; in force \(to)"
    case .announced(let day, let earlier):
      let instead = earlier.map { ", though the facts known by now would give \($0)" } ?? ""
      return "the record gave \(day) for it before: it stays at that date\(instead)"
    case .correctedLate(let day): return "the correction was recorded on \(day) and does not bind before"
    case .postponed(let until, let day, let reason): return "put off to \(until) on \(day) (\(reason))"
    case .follows(let subject, let earlier, let until):
      return
        "\(Self.words([subject])): written on the change of version \(earlier) to the same clause; \(Self.waits(until))"
    case .together(let subject, let until): return "\(Self.words([subject])): one change, \(Self.waits(until))"
    case .whole(let until): return "\(version) takes effect as a whole, on its latest date; \(Self.waits(until))"
    case .fallsWith(let subject, let earlier):
      return
        "\(Self.words([subject])): written on the change of version \(earlier) that was taken back; it falls with it"
    case .withdrawn(let subjects, let day, let reason):
      return subjects.isEmpty
        ? "\(version) was withdrawn on \(day) (\(reason)); what was in force by then stays in force"
        : "\(version) was withdrawn on \(day) (\(reason)): \(Self.words(subjects)) binds nobody who was not bound by then"

    case .consented(let act, let day):
      if case .accepted = act {
        return "the developer accepted version \(Self.label(act)) expressly on \(day): in force at once"
      }
      return "\(Self.words(act)) on \(day): bound by the whole version then posted; in force at once"
    case .consentTooEarly(let act, let day):
      return "\(Self.words(act)) on \(day), before the notice was given: the period is not waived"
    case .consentTooShort(let act, let day, let limit):
      return "\(Self.words(act)) on \(day): waives no period longer than \(limit) days"
    case .kept(let connectors, let day):
      let names = connectors.map { "'\($0)'" }.joined(separator: ", ")
      return
        "\(connectors.count == 1 ? "connector" : "connectors") \(names) kept available on \(day), which is acceptance of \(version): assumed from that, and not said expressly"
    case .nothingKept(let day):
      return
        "no connector was available on \(day), so nothing was accepted by keeping one; \(version) takes effect by its notice"
    case .declined(let day):
      return
        "the developer declined \(version) on \(day): recorded; declining alone ends no agreement and stops no change"
    case .optedOut(let selector, let day, let until, let late):
      let end = until.map { ", until they agreed expressly to the whole again on \($0)" } ?? ""
      let without =
        late.isEmpty ? "" : ", but not for \(late.map(\.description).joined(separator: ", ")): too late for that"
      return "the developer opted out of \(selector) on \(day)\(without): the wording last agreed stays in force\(end)"
    case .optOutFlawed(let selector, let day, let flaw):
      let why =
        switch flaw {
        case .notOffered: "the rules offer no opting out of it"
        case .nothingToKeep: "\(version) did not change it for this developer"
        case .tooLate(let lastDay): "the last day was \(lastDay)"
        }
      return "the developer opted out of \(selector) on \(day), without effect: \(why)"

    case .entity(let name, let region, let since): return "region \(region) since \(since): \(name)"
    case .incorporated(let other):
      let label = other.version.map { "version \($0)" } ?? "no version of it on record here"
      return other.isPinned
        ? "\(other.document) binds along, pinned to \(label)"
        : "\(other.document) binds along, in whatever version binds: \(label)"
    case .precedence(let documents, let document):
      return "in a conflict \((documents + [document]).map(\.rawValue).joined(separator: " before "))"
    }
  }

  // MARK: Phrases

  static func words(_ act: AgreementAct) -> String {
    switch act {
    case .connectorAdded(let connector): "connector '\(connector)' was created"
    case .connectorRemoved(let connector): "the last connector, '\(connector)', was removed"
    case .agreed: "the developer agreed expressly"
    case .accepted(let version): "the developer accepted version \(version) expressly"
    case .declined(let version): "the developer declined version \(version)"
    case .optedOut(let version, let clause): "the developer opted out of \(clause) of version \(version)"
    case .terminated(let party, let immediate, let reason):
      "the \(party.rawValue) ended the agreement\(immediate ? " at once" : "")\(reason.map { " (\($0))" } ?? "")"
    }
  }

  private static func label(_ act: AgreementAct) -> String {
    if case .accepted(let version) = act { version.rawValue } else { "" }
  }

  private static func words(_ reason: ClockReason, _ given: GivenNotice?) -> String {
    let notice = given.map(words) ?? "no notice"
    switch reason {
    case .first: return "\(notice): the first notice to this developer"
    case .forAll: return "\(notice): the posting is the notice, for all"
    case .earliest: return "\(notice): whichever notice came first"
    case .latest: return "\(notice): whichever notice came last"
    case .noAddress(nil): return "\(notice): the developer had no address, so the posting serves"
    case .noAddress(let day?): return "\(notice): the developer has had no address since \(day), so the posting serves"
    case .allFailed: return "\(notice): every notice to this developer failed for good, so the posting serves"
    case .nothingGiven(nil, _): return "no notice to this developer counts as given yet"
    case .nothingGiven(let best?, let demanded):
      return "\(words(best)) does not reach level \(demanded.rawValue), which the rules demand"
    case .cannotBeGiven: return "no notice was given, and none is under way"
    }
  }

  private static func words(_ given: GivenNotice) -> String {
    let how =
      switch (given.channel, given.evidence) {
      case (.posting, _): "posted \(given.on)"
      case (.courier, .sent): "sent by courier \(given.on)"
      case (.courier, _): "received by courier \(given.on), witness: \(given.witness)"
      case (.email, .posted), (.email, .sent): "e-mail sent \(given.on), receipt assumed"
      case (.email, .accepted): "e-mail accepted by \(given.witness) \(given.on), receipt assumed"
      case (.email, .delivered): "e-mail delivered \(given.on), witness: \(given.witness)"
      case (.email, .displayed): "displayed in the service \(given.on), witness: \(given.witness)"
      case (.email, .expresslyAccepted): "receipt confirmed \(given.on), witness: \(given.witness)"
      }
    return "\(how) (level \(given.evidence.rawValue))"
  }

  private static func words(_ counting: Counting) -> String {
    switch counting.dayCount {
    case .civil: "\(counting.days) days, first day left out"
    case .fullDays: "\(counting.days) full days between"
    }
  }

  private static func words(_ subjects: [Subject]) -> String {
    var groups: [(kind: ChangeKind, labels: [String])] = []
    for subject in subjects {
      let label = subject.label.isEmpty ? "the text without a label" : "clause \(subject.label)"
      if let index = groups.firstIndex(where: { $0.kind == subject.kind }) {
        if !groups[index].labels.contains(label) { groups[index].labels.append(label) }
      } else {
        groups.append((subject.kind, [label]))
      }
    }
    return groups.map { "\($0.labels.joined(separator: ", ")) \(name($0.kind))" }.joined(separator: ", ")
  }

  private static func name(_ kind: ChangeKind) -> String {
    switch kind {
    case .inserted: "new"
    case .deleted: "deleted"
    case .modified: "changed"
    case .moved: "moved"
    case .renumbered: "renumbered"
    case .split: "split"
    case .merged: "merged"
    case .renamedTerm: "with a term renamed"
    case .formatting: "in other dress"
    }
  }

  private static func name(_ channel: NoticeChannel) -> String {
    switch channel {
    case .email: "e-mail"
    case .courier: "courier"
    case .posting: "posting"
    }
  }

  private static func waits(_ until: CalendarDate?) -> String {
    until.map { "in force \($0)" } ?? "in force once that one is"
  }
}
