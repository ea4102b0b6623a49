package import TermsModel

extension BindingAnswer {
  /// A step of the derivation: as data, and in plain words.
  package struct Basis: Hashable, Sendable {
    package let step: Step
    /// The version that the step is about; `nil` where it is about the agreement.
    package let version: VersionLabel?

    init(_ step: Step, of version: VersionLabel? = nil) {
      self.step = step
      self.version = version
    }
  }
}

extension BindingAnswer.Basis {
  /// What a rule says of this case.
  package enum Step: Hashable, Sendable {
    // The agreement.
    case neverJoined
    /// To the text of a version, and to what stood of those posted on it, up to another one; mostly there is none.
    case joined(AgreementAct, on: CalendarDate, to: VersionLabel?, upTo: VersionLabel?)
    /// The record begins later than the agreement; its first version is taken for the text agreed to.
    case joinedBeforeRecord(AgreementAct, on: CalendarDate, to: VersionLabel)
    /// Bound by the agreement over a document that names this one, in one version for good or in whatever version binds.
    case boundAlong(with: DocumentSlug, pinned: VersionLabel?)
    case ending(AgreementAct, on: CalendarDate, until: CalendarDate, days: Int?)
    case ended(AgreementAct, on: CalendarDate)
    /// The developer's own ending, taken back by a further connector or a new agreement before its day.
    case endingUndone(AgreementAct, on: CalendarDate, by: AgreementAct, undoneOn: CalendarDate)
    case surviving([ClauseSelector])

    // A version and the notice of it.
    case posted(on: CalendarDate, zone: String)
    case failed(FailedNotice)
    case clock(RuleProfile.Clock, ClockReason, GivenNotice?)
    case adaptation(AdaptationPeriod)

    // Its changes.
    case agreedOnJoining([Subject], on: CalendarDate)
    case corrected(Subject, to: ChangeClass, on: CalendarDate, reason: String)
    case onPosting([Subject], ChangeClass, legalBasis: String?, on: CalendarDate)
    case period([Subject], ChangeClass, Counting, from: CalendarDate, to: CalendarDate)
    case waiting([Subject], ChangeClass, Counting, today: CalendarDate, earliest: CalendarDate)
    case neverNotified([Subject], ChangeClass)
    case assumed([Subject], ChangeClass, Counting, given: CalendarDate, to: CalendarDate)
    /// The agreement ends before what would take effect then.
    case afterTheEnd([Subject], ends: CalendarDate)
    case neverBackwards(recordedOn: CalendarDate, to: CalendarDate)
    case announced(CalendarDate, insteadOf: CalendarDate?)
    case correctedLate(on: CalendarDate)
    case postponed(until: CalendarDate, on: CalendarDate, reason: String)
    case follows(Subject, version: VersionLabel, until: CalendarDate?)
    case together(Subject, until: CalendarDate?)
    case whole(until: CalendarDate?)
    case fallsWith(Subject, version: VersionLabel)
    case withdrawn([Subject], on: CalendarDate, reason: String)

    // What the developer did.
    case consented(AgreementAct, on: CalendarDate)
    case consentTooEarly(AgreementAct, on: CalendarDate)
    case consentTooShort(AgreementAct, on: CalendarDate, limit: Int)
    case kept([ConnectorID], on: CalendarDate)
    case nothingKept(on: CalendarDate)
    case declined(on: CalendarDate)
    /// With the labels of the clauses among them for which it came after the last day.
    case optedOut(ClauseSelector, on: CalendarDate, until: CalendarDate?, late: [ClauseLabel])
    case optOutFlawed(ClauseSelector, on: CalendarDate, OptOutFlaw)

    // Who, and what else.
    case entity(String, Region, since: CalendarDate)
    case incorporated(BindingAnswer.Incorporation)
    case precedence([DocumentSlug], over: DocumentSlug)
  }

  /// A change as readers know it.
  package struct Subject: Hashable, Sendable {
    package let label: ClauseLabel
    package let kind: ChangeKind
  }

  /// How a period is counted.
  package struct Counting: Hashable, Sendable {
    package let days: Int
    package let dayCount: RuleProfile.DayCount
  }

  /// Why a notice was the one that counts, or why none does.
  package enum ClockReason: Hashable, Sendable {
    /// The first notice to this developer.
    case first
    /// The posting, for all.
    case forAll
    /// Whichever of the posting and the notices to this developer came first, or last.
    case earliest, latest
    /// The developer had no address: at the posting, or from the day on which the loss was recorded.
    case noAddress(recordedOn: CalendarDate?)
    /// Every notice failed for good; the last failure was recorded on the day.
    case allFailed(recordedOn: CalendarDate)
    /// No notice counts as given; what arrived, if anything, does not reach the level of evidence demanded.
    case nothingGiven(best: GivenNotice?, demanded: EvidenceLevel)
    /// No notice counts as given, and none is under way: all failed, or there is no address.
    case cannotBeGiven
  }

  /// Why a choice to opt out has no effect.
  package enum OptOutFlaw: Hashable, Sendable {
    /// The profile offers no opting out of such a clause.
    case notOffered
    /// The version did not change such a clause, or the developer joined under it and agreed to no earlier wording.
    case nothingToKeep
    /// It came after the last day.
    case tooLate(lastDay: CalendarDate)
  }
}

extension BindingAnswer {
  /// The rules that led here, in the order in which they were applied.
  ///
  /// Told only when it is asked for, so that an answer without it costs little.
  package var basis: [Basis] { computation.explanation(incorporated: incorporated) }

  /// How the dates of one version came about, in one line.
  package func derivation(of version: VersionLabel) -> String {
    basis.filter { $0.version == version }.map(\.says).joined(separator: "; ")
  }
}
