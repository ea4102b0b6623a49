internal import Binding
package import TermsModel
internal import TermsParsing
internal import Transparency

/// What publishing did.
package struct Publication: Sendable {
  package let posting: VersionPosting
  package let occasion: Occasion
  package let draft: Draft
  /// Who was planned to be told.
  package let audience: Audience
}

/// What becomes of errors that the linter finds in a text.
package enum LintErrors: Hashable, Sendable {
  /// A text with errors is not posted.
  case refused
  /// The text was posted elsewhere already, errors and all.
  case told
}

extension TermsRegistry {
  /// Posts a text as a document's next version and plans its notices, in one act.
  ///
  /// - Parameters:
  ///   - postedAt: when it was posted, where that was earlier than now (section 6.1: facts may lie in the past).
  ///   - label: the version's label; its posting date in the document's zone where not given.
  /// - Throws: ``ParseError``; or a refusal where the text is the last version's, has errors, would be posted before the
  ///   last version, a decision contradicts the evidence or lacks a second person's agreement, or somebody else published in
  ///   between. Nothing is stored then.
  package func publish(
    _ slug: DocumentSlug, text: [UInt8], postedAt: Instant? = nil, label: VersionLabel? = nil,
    decisions: Decisions = Decisions(), summary: String? = nil
  ) async throws -> Publication {
    let draft = try await draft(slug, text: text)
    return try await publish(draft, postedAt: postedAt, label: label, decisions: decisions, summary: summary)
  }

  /// Refuses a draft that follows another version than its author saw: one that was put on record after they began.
  ///
  /// - Parameters:
  ///   - begun: when the author began, by this registry's clock.
  ///   - reviewed: the latest version as the author reviewed it, where they named it.
  package func requireUnovertaken(_ draft: Draft, since begun: Instant, reviewed: VersionLabel? = nil) throws {
    guard let latest = draft.latest else { return }
    let isOther = reviewed.map { $0 != latest.label } ?? (latest.posting.recordedAt >= begun)
    if isOther { throw TermsRefusal.overtaken(draft.document.slug, latest: latest.label) }
  }

  /// Posts a draft as it was reviewed.
  package func publish(
    _ draft: Draft, postedAt: Instant?, label: VersionLabel?, decisions: Decisions, summary: String?,
    lintErrors: LintErrors = .refused
  ) async throws -> Publication {
    let moment = postedAt ?? now()
    let posting = try await posting(
      of: draft, at: moment, label: label, decisions: decisions, summary: summary, lintErrors: lintErrors)
    if let obstacle = try await approvalDemand(of: posting, in: draft.document).obstacle { throw obstacle }
    let audience = try await record.audience(of: draft.document.slug)
    let occasion = try await perform(.versionPosted(posting), happenedAt: moment)
    return Publication(posting: posting, occasion: occasion, draft: draft, audience: audience)
  }

  /// The version that a draft would become, or the refusal that stands in its way.
  package func posting(
    of draft: Draft, at moment: Instant, label: VersionLabel?, decisions: Decisions, summary: String?,
    lintErrors: LintErrors = .refused
  ) async throws -> VersionPosting {
    let slug = draft.document.slug
    let versions = try await record.versions(of: slug)
    // What the draft was compared with must still be what it follows, however long somebody thought about it.
    let latest = versions.last { !$0.isWithdrawn }
    if latest?.label != draft.latest?.label { throw TermsRefusal.overtaken(slug, latest: latest?.label) }
    let standing = try await standingText(of: draft.document)
    if standing?.text != draft.standing?.text { throw TermsRefusal.standsOtherwise(slug) }
    // A text that was put together of several is worth posting as one.
    if let standing, standing.isPosted, standing.text.source == draft.wording.source {
      throw TermsRefusal.identical(slug, standing.version.label)
    }
    if let last = versions.last, moment < last.posting.happenedAt {
      throw TermsRefusal.postedBeforeLast(last.label, last: last.posting.happenedAt, given: moment)
    }
    let errors = draft.findings.filter { $0.severity == .error }
    guard errors.isEmpty || lintErrors == .told else {
      throw TermsRefusal.lintErrors(slug, findings: errors.map(\.description))
    }
    let lineages: Lineages =
      if let latestText = draft.latestText, let redline = draft.redline {
        Lineages(carrying: latestText, over: redline, last: try await record.lastLineage(of: slug))
      } else {
        // A document whose every version was withdrawn begins anew, past the numbers given out.
        Lineages(first: draft.wording, last: try await record.lastLineage(of: slug))
      }
    let changes = try draft.decide(decisions, lineages: lineages)
    if let adaptation = decisions.adaptation {
      let usual = draft.document.settings.profile.longestPeriod(of: changes)
      guard let usual, adaptation.days > usual else {
        throw TermsRefusal.lengthensNothing(days: adaptation.days, usual: usual)
      }
    }
    return VersionPosting(
      document: slug, label: try newLabel(label, at: moment, among: versions, of: draft.document),
      basedOn: versions.last?.label, sha256: SHA256Hex.digest(of: draft.wording.source), summary: summary,
      title: draft.wording.title,
      clauses: zip(draft.wording.clauses, lineages.after).map { PostedText.Clause($0, lineage: $1, in: draft.wording) },
      changes: changes, adaptation: decisions.adaptation)
  }

  private func newLabel(
    _ wanted: VersionLabel?, at moment: Instant, among versions: [PostedVersion], of document: Document
  ) throws -> VersionLabel {
    let taken = Set(versions.map(\.label))
    if let wanted {
      guard wanted.isAddressable else { throw TermsRefusal.unaddressableVersion(wanted) }
      guard !taken.contains(wanted) else { throw TermsRefusal.versionExists(document.slug, wanted) }
      return wanted
    }
    let date = document.settings.zone.date(of: moment)
    var ordinal = 1
    while taken.contains(VersionLabel(date: date, ordinal: ordinal)) { ordinal += 1 }
    return VersionLabel(date: date, ordinal: ordinal)
  }
}

extension RuleProfile {
  /// The longest period of notice that one of the changes has; `nil` where none waits for a notice.
  fileprivate func longestPeriod(of changes: [VersionPosting.DecidedChange]) -> Int? {
    changes.compactMap { change in
      guard case .afterNotice(let days) = timing(of: change.decided, kind: change.kind) else { return nil }
      return days
    }.max()
  }
}

extension PostedText.Clause {
  init(_ clause: Clause, lineage: LineageID, in wording: Wording) {
    let bytes = wording.source.utf8
    let start = bytes.index(bytes.startIndex, offsetBy: clause.bytes.lowerBound)
    let end = bytes.index(start, offsetBy: clause.bytes.count)
    self.init(
      lineage: lineage, label: clause.label, paragraph: clause.paragraph, heading: clause.heading, text: clause.text,
      source: String(wording.source[start..<end]), parent: clause.parent, role: clause.role)
  }
}
