package import Binding
internal import Redlining
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
  /// As they will be told of the version once it is posted (``VersionDates``), by all that is pending before it; of what is
  /// proposed where publishing would be refused. The gravest class first, the earliest date first; a class may have several.
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
    let changes =
      if let posting { posting.changes.map(PostedChange.init) } else {
        draft.proposed(last: try await record.lastLineage(of: draft.document.slug))
      }
    let adaptation = posting == nil ? decisions.adaptation : posting?.adaptation
    var approval = ApprovalDemand(changes: [], agreements: [])
    if let posting {
      (approval, obstacle) = try await approvalDemand(of: posting, in: draft.document)
    }
    return Review(
      draft: draft, postedOn: postedOn, label: posting?.label, changes: posting?.changes ?? [],
      dates: VersionDates.all(
        of: draft.document, versions.posting(changes, of: draft.document, at: moment, adaptation: adaptation)
      ).last?.dated ?? [],
      audience: try await record.audience(of: draft.document.slug),
      announcement: posting.map { posting in
        Binding.announcement(
          of: changes, document: draft.document, after: versions, postedAt: moment,
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

extension Draft {
  /// The changes with the classes that are proposed, for a draft that nobody can post as things stand.
  /// - Parameter last: the highest lineage number given out in the document so far.
  fileprivate func proposed(last: Int) -> [PostedChange] {
    guard let redline, let latestText else { return [] }
    let lineages = Lineages(carrying: latestText, over: redline, last: last)
    return redline.changes.indices.map { index in
      let change = redline.changes[index]
      let clause =
        change.after.first.map { redline.after.clauses[$0] } ?? change.before.first.map { redline.before.clauses[$0] }
      return PostedChange(
        number: index + 1, kind: change.kind, changeClass: proposals[index].changeClass,
        before: change.before.map { lineages.before[$0] }, after: change.after.map { lineages.after[$0] },
        label: clause?.label ?? .none, legalBasis: nil)
    }
  }
}
