package import Binding
package import TermsModel

/// What publishing a draft would do.
package struct Review: Sendable {
  /// When the changes of one class would bind a developer who is told on the day of posting.
  package struct ClassDate: Hashable, Sendable {
    package let changeClass: ChangeClass
    package let changes: Int
    package let effectiveOn: CalendarDate
  }

  package let draft: Draft
  package let postedOn: CalendarDate
  package let label: VersionLabel?
  package let changes: [VersionPosting.DecidedChange]
  package let dates: [ClassDate]
  package let audience: Audience
  /// The dates for those who are told on the day of posting, and for those whom the posting serves; `nil` where publishing
  /// would be refused.
  package let announcement: Announcement?
  /// What a second person has to agree to, and who did.
  package let approval: ApprovalDemand
  /// Why publishing would be refused as things stand; `nil` where it would not.
  package let obstacle: TermsRefusal?
}

extension TermsRegistry {
  /// Says what publishing a text would do, and stores nothing.
  package func review(
    _ slug: DocumentSlug, text: [UInt8], postedAt: Instant? = nil, decisions: Decisions = Decisions()
  ) async throws -> Review {
    let draft = try await draft(slug, text: text)
    return try await review(draft, postedAt: postedAt, decisions: decisions)
  }

  package func review(_ draft: Draft, postedAt: Instant?, decisions: Decisions) async throws -> Review {
    let moment = postedAt ?? now()
    let postedOn = draft.document.settings.zone.date(of: moment)
    var (posting, obstacle): (VersionPosting?, TermsRefusal?) = (nil, nil)
    do {
      posting = try await self.posting(
        of: draft, at: moment, label: nil, decisions: decisions, summary: nil)
    } catch let refusal as TermsRefusal {
      obstacle = refusal
    }
    let versions = try await record.versions(of: draft.document.slug)
    var approval = ApprovalDemand(changes: [], agreements: [])
    if let posting {
      (approval, obstacle) = try await approvalDemand(of: posting, in: draft.document)
    }
    return Review(
      draft: draft, postedOn: postedOn, label: posting?.label, changes: posting?.changes ?? [],
      dates: draft.document.settings.profile.announcedDates(
        of: posting?.changes.map(\.decided) ?? draft.proposals.map(\.changeClass), postedOn: postedOn,
        adaptation: posting?.adaptation),
      audience: try await record.audience(of: draft.document.slug),
      announcement: posting.map { posting in
        Binding.announcement(
          of: posting.changes.map(PostedChange.init), document: draft.document, after: versions, postedAt: moment,
          adaptation: posting.adaptation)
      }, approval: approval, obstacle: obstacle)
  }
}

extension PostedChange {
  init(_ change: VersionPosting.DecidedChange) {
    self.init(
      number: change.number, kind: change.kind, changeClass: change.decided, before: change.before, after: change.after,
      label: change.label, legalBasis: change.legalBasis)
  }
}

extension RuleProfile {
  /// The date of each class of a version's changes, for a developer who is told on the day of posting.
  package func announcedDates(
    of classes: [ChangeClass], postedOn: CalendarDate, adaptation: AdaptationPeriod? = nil
  ) -> [Review.ClassDate] {
    let counts = Dictionary(grouping: classes, by: \.self).mapValues(\.count)
    return counts.keys.sorted(by: >).map { changeClass in
      Review.ClassDate(
        changeClass: changeClass, changes: counts[changeClass] ?? 0,
        effectiveOn: {
          guard case .afterNotice(let days) = timing(of: changeClass) else { return postedOn }
          return date(max(days, adaptation?.days ?? 0), after: postedOn)
        }())
    }
  }
}
