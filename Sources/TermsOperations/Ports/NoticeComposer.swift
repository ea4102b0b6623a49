internal import Binding
package import TermsModel
package import Transparency

/// Turns what there is to tell one developer about one version into a message.
package protocol NoticeComposer: Sendable {
  /// The message, the same bytes for the same content.
  func compose(_ content: NoticeContent) throws -> NoticeMessage
}

/// All that a notice says: which version, what changes and how, when it binds this developer, what they can do.
package struct NoticeContent: Hashable, Sendable {
  /// A change as told to a developer.
  package struct Item: Hashable, Sendable {
    package let change: VersionPosting.DecidedChange
    package let effect: Effect

    package init(change: VersionPosting.DecidedChange, effect: Effect) {
      self.change = change
      self.effect = effect
    }

    package init(change: VersionPosting.DecidedChange, effectiveOn: CalendarDate) {
      self.init(change: change, effect: .on(effectiveOn))
    }

    /// The first day on which the change binds this developer; `nil` where it has none.
    package var effectiveOn: CalendarDate? { if case .on(let day) = effect { day } else { nil } }
  }

  /// When a change binds this developer, if this notice, and no other, is given on the day it is sent: what the binding answer
  /// says then.
  package enum Effect: Hashable, Sendable {
    /// From the first moment of that day on.
    case on(CalendarDate)
    /// It waits for changes of these versions, whose own notice is still to be given (section 3.1, rule 9), and has no day until
    /// it is. None are named where its own notice is what it waits for.
    case awaiting([VersionName])
    /// As things are, it never does.
    case never(Hindrance)
  }

  /// Why a change does not bind a developer who is told of it.
  package enum Hindrance: Hashable, Sendable {
    /// They opted out of the clause, and keep the wording last agreed.
    case optedOut
    /// It was taken back, or was written on words that were.
    case takenBack
    /// The agreement ends before, or a notice that it waits for can no longer be given.
    case notBound
  }

  /// A version as a letter names it: by its day.
  package struct VersionName: Hashable, Sendable {
    package let postedOn: CalendarDate
    /// Set where another version was posted on that day, so that the day names neither.
    package let label: VersionLabel?

    package init(postedOn: CalendarDate, label: VersionLabel? = nil) {
      self.postedOn = postedOn
      self.label = label
    }
  }

  /// What was done to the version after its posting, as this developer has to know it (section 3.1, rule 11).
  package enum Correction: Hashable, Sendable {
    /// Taken back: these clauses keep the wording that binds the developer, and those stay changed.
    case withdrawn(clauses: [String], staying: [String], reason: String)
    case postponed(until: CalendarDate, reason: String)
    case reclassified(clauses: [String], to: ChangeClass, reason: String)
  }

  /// What an earlier version still holds in store for this developer.
  package struct Earlier: Hashable, Sendable {
    package let postedOn: CalendarDate
    package let changes: Int
    /// The labels of the clauses, each once; fewer than the changes where some have none.
    package let labels: [String]
    /// `nil` where a notice that they wait for is still to be given.
    package let effectiveOn: CalendarDate?
    /// The version's label, where another version was posted on its day.
    package let label: VersionLabel?

    package init(
      postedOn: CalendarDate, changes: Int, labels: [String], effectiveOn: CalendarDate?, label: VersionLabel? = nil
    ) {
      self.label = label
      self.postedOn = postedOn
      self.changes = changes
      self.labels = labels
      self.effectiveOn = effectiveOn
    }
  }

  /// Ending the agreement, if notice of it were given on the day of sending.
  package struct Ending: Hashable, Sendable {
    /// Days of notice.
    package let days: Int
    /// The first day on which the agreement no longer binds.
    package let on: CalendarDate
    /// The title of the document that the agreement is over, where it is another one: it names this one, which binds along.
    package let agreement: String?

    package init(by profile: RuleProfile, noticeOn day: CalendarDate, over agreement: String? = nil) {
      self.agreement = agreement
      days = profile.endingNoticeDays
      on = profile.endingDate(noticeOn: day)
    }
  }

  package let notice: OutboxNotice
  package let document: Document
  package let postedOn: CalendarDate
  /// The civil date of sending in the document's zone: the dates below are counted from it.
  package let sentOn: CalendarDate
  package let plannedAt: Instant
  package let summary: String?
  package let items: [Item]
  /// Where the version and its comparison can be read, or the developer's own page is; `nil` where no address of the service is set.
  package let link: String?
  /// The last day on which the link lets the developer into a page of their own; `nil` where it leads to the version's page.
  package let ownPageUntil: CalendarDate?
  /// The company on the other side of the developer's agreement; the sender's name stands in where `nil`.
  package let entity: String?
  /// A longer period of notice than the profile's, where the version has one.
  package let adaptation: AdaptationPeriod?
  /// In the order in which they were recorded: for a superseding notice those since the developer was told, for a first
  /// one the postponements so far. The items hold the classes and dates that came of them.
  package let corrections: [Correction]
  /// What of earlier versions is still to take effect, the earliest date first.
  package let earlier: [Earlier]
  /// The first signed state of the log that the act it tells of is under; `nil` where none is yet.
  package let checkpoint: SignedNote?
  /// Whether the period does not run from this notice, since another one failed before and the posting served in its place.
  package let isServedByPosting: Bool
  /// The number in the log of the act that altered the version after a letter of which nobody knows whether it went out:
  /// this one says something else, and so is another message.
  package let alteration: Int64?
  /// Whether the letter may be out already, and is the same again.
  package let isRepeated: Bool
  package let ending: Ending
  /// Whether another version was posted on the day of this one, so that the day names neither.
  package let sharesItsDay: Bool

  package init(
    notice: OutboxNotice, document: Document, postedOn: CalendarDate, sentOn: CalendarDate, plannedAt: Instant,
    summary: String?, items: [Item], link: String?, entity: String? = nil, adaptation: AdaptationPeriod? = nil,
    corrections: [Correction] = [], earlier: [Earlier] = [], isServedByPosting: Bool = false, alteration: Int64? = nil,
    isRepeated: Bool = false, checkpoint: SignedNote? = nil,
    ownPageUntil: CalendarDate? = nil, ending: Ending? = nil, sharesItsDay: Bool = false
  ) {
    self.sharesItsDay = sharesItsDay
    self.ending = ending ?? Ending(by: document.settings.profile, noticeOn: sentOn)
    self.checkpoint = checkpoint
    self.notice = notice
    self.document = document
    self.postedOn = postedOn
    self.sentOn = sentOn
    self.plannedAt = plannedAt
    self.summary = summary
    self.items = items
    self.link = link
    self.ownPageUntil = ownPageUntil
    self.entity = entity
    self.adaptation = adaptation
    self.corrections = corrections
    self.earlier = earlier
    self.isServedByPosting = isServedByPosting
    self.alteration = alteration
    self.isRepeated = isRepeated
  }
}
