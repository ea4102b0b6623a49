package import TermsModel

/// A request declined for a reason the asker can mend. Nothing was stored.
package protocol Refusal: Error, CustomStringConvertible {}

/// Every reason for which an act of this floor is declined.
package enum TermsRefusal: Refusal, Hashable {
  // Names
  case unknownDocument(DocumentSlug, known: [DocumentSlug])
  case documentExists(DocumentSlug)
  case reservedSlug(DocumentSlug)
  /// It could not stand in an address.
  case unaddressableVersion(VersionLabel)
  case unaddressableDeveloper(DeveloperID)
  case unaddressableConnector(ConnectorID)
  case unknownVersion(DocumentSlug, VersionLabel, known: [VersionLabel])
  case nothingPosted(DocumentSlug)
  case unknownDeveloper(DeveloperID)
  case developerExists(DeveloperID)
  case connectorExists(DeveloperID, ConnectorID)
  case unknownConnector(DeveloperID, ConnectorID)
  case removedBeforeCreation(DeveloperID, ConnectorID, created: Instant, given: Instant)

  case inRegionAlready(DeveloperID, Region)
  case erasedAlready(DeveloperID)
  case beforeRegistration(DeveloperID, registered: Instant, given: Instant)

  // Names
  case unprintableName(UnprintableCharacter, of: DeveloperID)
  case unprintableTitle(UnprintableCharacter, of: DocumentSlug)
  case overlongName(OverlongName, of: DeveloperID)
  case overlongTitle(OverlongName, of: DocumentSlug)

  // Times
  case inTheFuture(Instant, now: Instant)
  case notKnownYet(Instant, now: Instant)
  case postedBeforeLast(VersionLabel, last: Instant, given: Instant)

  // Publishing
  case identical(DocumentSlug, VersionLabel)
  case versionExists(DocumentSlug, VersionLabel)
  /// Something was withdrawn since the draft was compared, so that other words stand.
  case standsOtherwise(DocumentSlug)
  case overtaken(DocumentSlug, latest: VersionLabel?)
  /// A draft was saved again since its review was shown.
  case draftChanged(DocumentSlug)
  case lintErrors(DocumentSlug, findings: [String])
  case noSuchChange(String, changed: [String])
  case decidedTwice(String)
  case classBelowEvidence(clause: String, proposed: ChangeClass, decided: ChangeClass, grounds: [Ground])
  case legalRequiredWithoutBasis(clause: String, found: String?)
  /// The rules name the grounds on which a change may take effect at once, and the basis begins with none of them.
  case basisWithoutGround(clause: String, basis: String, grounds: [String])
  case basisWithoutLegalRequired
  case decisionsOnFirstVersion(DocumentSlug)
  /// The settings ask for a second person, and nobody other than the one who acts agreed to these classes of this text.
  case needsApproval(DocumentSlug, ApprovedFile, changes: [ClassApproval.Agreed], actor: String)
  case approvedByOneself(DocumentSlug, actor: String)
  case nothingToApprove(DocumentSlug, demanded: [String])

  // Mistakes
  case alreadyWithdrawn(DocumentSlug, VersionLabel)
  case bindsAlready(Correction, VersionLabel, clause: String?, developer: DeveloperID, since: CalendarDate)
  case beforePosting(VersionLabel, posted: Instant, given: Instant)
  case putsNothingOff(VersionLabel, until: CalendarDate, announced: CalendarDate)
  case postponedIntoThePast(CalendarDate, today: CalendarDate)
  case lengthensNothing(days: Int, usual: Int?)
  case classAsItIs(clause: String, ChangeClass)
  case lessNoticeForThoseBound(clause: String, to: ChangeClass, developer: DeveloperID, since: CalendarDate)

  // Agreements
  case notBound(DeveloperID, DocumentSlug)
  /// Bound to a document only as another one names it, in one version for good.
  case boundByReference(DeveloperID, DocumentSlug, by: DocumentSlug, pinned: VersionLabel)
  /// It binds along with another document, and ends with the agreement over that one.
  case boundAlong(DeveloperID, DocumentSlug, by: DocumentSlug)
  /// The agreement had ended before the act.
  case agreementEnded(DeveloperID, DocumentSlug, on: CalendarDate)
  /// An ending by the same side comes no later already.
  case endsAlready(DeveloperID, DocumentSlug, by: Party, on: CalendarDate)
  /// Section 3.1, rule 7: only risk of liability or harm, breach or law end an agreement at once.
  case endingNeedsReason
  /// A later version binds wholly, and no acceptance brings an earlier one back.
  case boundByLater(VersionLabel, later: VersionLabel, DeveloperID)
  case acceptedAlready(VersionLabel, DeveloperID, on: CalendarDate)
  /// It binds already, and no decline takes it back.
  case nothingToDecline(VersionLabel, DeveloperID)
  case declinedAlready(VersionLabel, DeveloperID, on: CalendarDate)
  case noAgreements(DeveloperID)
  case optedOutAlready(ClauseSelector, VersionLabel, DeveloperID)
  case optOutNotOffered(ClauseSelector, offered: [ClauseSelector])
  case nothingToKeep(ClauseSelector, VersionLabel, DeveloperID)
  case optOutTooLate(ClauseSelector, VersionLabel, lastDay: CalendarDate)
  case knowledgeBackwards(from: Instant, to: Instant)
  case unknownClause(String, DocumentSlug, known: [String])

  // Notices
  case noticeNeedsAMoment
  case failureNeedsReason
  case receiptBeforePosting(VersionLabel, posted: Instant, given: Instant)
  case receivedBeforeSent(sent: Instant, received: Instant)
}

extension TermsRefusal {
  /// What a second person looks at.
  package enum ApprovedFile: Hashable, Sendable {
    case draft
    case version(VersionLabel)
  }

  /// What is done about a mistake in a posted version.
  package enum Correction: Hashable, Sendable {
    case withdrawing, postponing
  }

  init(_ conflict: RecordConflict) {
    switch conflict {
    case .documentExists(let slug): self = .documentExists(slug)
    case .unknownDocument(let slug): self = .unknownDocument(slug, known: [])
    case .notBasedOnLatest(let slug, _, let latest): self = .overtaken(slug, latest: latest)
    case .versionExists(let slug, let label): self = .versionExists(slug, label)
    case .versionWithdrawn(let slug, let label): self = .alreadyWithdrawn(slug, label)
    case .unknownVersion(let slug, let label): self = .unknownVersion(slug, label, known: [])
    case .developerExists(let id): self = .developerExists(id)
    case .unknownDeveloper(let id): self = .unknownDeveloper(id)
    case .connectorExists(let id, let connector): self = .connectorExists(id, connector)
    case .unknownConnector(let id, let connector): self = .unknownConnector(id, connector)
    }
  }
}

extension TermsRefusal {
  package var description: String {
    switch self {
    case .unknownDocument(let slug, let known):
      "there is no document '\(slug)'; "
        + (known.isEmpty ? "add it with 'tenor documents add'" : "known: \(list(known))")
    case .documentExists(let slug):
      "document '\(slug)' exists already; choose another slug, or publish a version of it"
    case .reservedSlug(let slug):
      "'\(slug)' is an address of the web service itself, so no document can have it; choose another, such as '\(slug)-terms'"
    case .unaddressableVersion(let label):
      "no version can be called '\(label)', since an address with it would lead elsewhere; give it a name of letters, digits, "
        + "hyphens, underscores and single dots between them, at most 64, that does not end in .md, such as 2025-12-17.2"
    case .unaddressableDeveloper(let id):
      "no developer can be called '\(id)', since an address with it would lead elsewhere; give another id: \(DeveloperID.form)"
    case .unaddressableConnector(let id):
      "no connector can be called '\(id)', since an address with it would lead elsewhere; give another id: \(ConnectorID.form)"
    case .unknownVersion(let slug, let label, let known):
      "'\(slug)' has no version '\(label)'" + (known.isEmpty ? "" : "; posted so far: \(list(known))")
    case .nothingPosted(let slug):
      "nothing was posted of '\(slug)' yet; publish its first version with 'tenor publish \(slug) FILE'"
    case .unknownDeveloper(let id):
      "there is no developer '\(id)'; add one with 'tenor developers add \(id) --email ADDRESS --region REGION'"
    case .developerExists(let id):
      "developer '\(id)' exists already; see 'tenor developers show \(id)'"
    case .connectorExists(let id, let connector):
      "developer '\(id)' already has a connector '\(connector)'; remove it first or choose another name"
    case .unknownConnector(let id, let connector):
      "developer '\(id)' has no connector '\(connector)'; see 'tenor developers show \(id)'"
    case .removedBeforeCreation(let id, let connector, let created, let given):
      "connector '\(connector)' of '\(id)' was created at \(created), so it cannot have been removed at \(given); "
        + "give a later --at"
    case .unprintableName(let character, let id): "the name of developer '\(id)': \(character)"
    case .unprintableTitle(let character, let slug): "the title of document '\(slug)': \(character)"
    case .overlongName(let length, let id): "the name of developer '\(id)': \(length)"
    case .overlongTitle(let length, let slug): "the title of document '\(slug)': \(length)"
    case .inRegionAlready(let id, let region):
      "developer '\(id)' is in region \(region) already; see 'tenor developers show \(id)'"
    case .erasedAlready(let id):
      "name and address of developer '\(id)' were erased already; nothing of them is left to erase"
    case .beforeRegistration(let id, let registered, let given):
      "developer '\(id)' was registered at \(registered), after \(given); give a later --at"
    case .inTheFuture(let given, let now):
      "\(given) lies in the future (it is \(now)); facts are recorded when they have happened"
    case .notKnownYet(let given, let now):
      "nobody can say what will be known at \(given) (it is \(now)); ask what is known by now, and about a day to come "
        + "with --at"
    case .postedBeforeLast(let label, let last, let given):
      "the posting at \(given) would come before version '\(label)', posted at \(last); give a later --posted-at"
    case .identical(let slug, let label):
      "the file is identical to version '\(label)' of '\(slug)'; nothing was published"
    case .versionExists(let slug, let label):
      "'\(slug)' already has a version '\(label)'; give another --version, or leave it out"
    case .standsOtherwise(let slug):
      "a version of '\(slug)' was withdrawn in the meantime, so other words stand; review your file against them and publish again"
    case .overtaken(let slug, let latest):
      "somebody else published \(latest.map { "version '\($0)'" } ?? "a version") of '\(slug)' in the meantime; "
        + "review your file against it and publish again"
    case .draftChanged(let slug):
      "the draft of '\(slug)' was saved again since this page was shown, so it is not what would be posted; "
        + "look through the review as it is now, and publish then"
    case .lintErrors(let slug, let findings):
      "the text of '\(slug)' has \(findings.count == 1 ? "an error" : "\(findings.count) errors"); mend it and publish again:"
        + findings.map { "\n  \($0)" }.joined()
    case .noSuchChange(let clause, let changed):
      "clause '\(clause)' is not changed by this version, so it has no class; changed: \(list(changed))"
    case .decidedTwice(let clause):
      "clause '\(clause)' was given a class twice; give it once"
    case .classBelowEvidence(let clause, let proposed, let decided, let grounds):
      "clause \(clause) is \(proposed.rawValue) by the evidence (\(grounds.map { "\($0.rule): \($0.evidence)" }.joined(separator: "; "))); "
        + "to publish it as \(decided.rawValue), say why with --reason"
    case .basisWithoutGround(let clause, let basis, let grounds):
      "clause \(clause): '\(basis)' does not say why the change may take effect at once; under this document's rules it begins with "
        + "one of \(grounds.map { "'\($0):'" }.joined(separator: ", ")), followed by the citation or the facts, "
        + "such as '\(grounds.first ?? ""): \(basis)'"
    case .legalRequiredWithoutBasis(let clause, let found):
      "clause \(clause) is legal-required, which needs the law it rests on: give --class \"\(clause)=legal-required\" "
        + "--basis \"CITATION\"" + (found.map { " (found in the text: \($0))" } ?? "")
        + ", or --class \"\(clause)=material\""
    case .basisWithoutLegalRequired:
      "--basis was given, but no clause is decided as legal-required; leave it out or add --class \"CLAUSE=legal-required\""
    case .decisionsOnFirstVersion(let slug):
      "the first version of '\(slug)' changes nothing, so no clause of it has a class; leave --class out"
    case .needsApproval(let slug, let file, let changes, let actor):
      "'\(slug)' asks for a second person's agreement to \(Self.words(changes)); let somebody other than '\(actor)' look at it "
        + "and agree \(Self.ways(slug, file))with: \(Self.command(slug, file, changes)); then do this again"
    case .approvedByOneself(let slug, let actor):
      "'\(actor)' is the one who agreed to these classes of '\(slug)', and nobody is their own second person; let somebody else do "
        + "this, or agree as well"
    case .nothingToApprove(let slug, let demanded):
      demanded.isEmpty
        ? "'\(slug)' asks nobody for a second person's agreement; set require-approval in its document.yaml, or go on without"
        : "nothing in this needs a second person's agreement by the settings of '\(slug)' (require-approval: "
          + "\(demanded.joined(separator: ", "))); go on without"
    case .alreadyWithdrawn(let slug, let label):
      "version '\(label)' of '\(slug)' was withdrawn already; see 'tenor history \(slug)'"
    case .bindsAlready(let correction, let label, let clause, let developer, let since):
      (clause.map { "clause \($0) of version '\(label)'" } ?? "version '\(label)'")
        + " binds developer '\(developer)' since \(since), so it can no longer be "
        + (correction == .withdrawing ? "withdrawn" : "put off") + "; publish a new version that takes it back"
    case .beforePosting(let label, let posted, let given):
      "nothing can have happened to version '\(label)' at \(given), before it was posted at \(posted)"
    case .putsNothingOff(let label, let until, let announced):
      "version '\(label)' takes effect on \(announced) for those told on its posting, so that \(until) would put nothing off, "
        + "and no announced date moves earlier; give a later date"
    case .postponedIntoThePast(let until, let today):
      "\(until) is not a day to come (it is \(today)); give a later date"
    case .lengthensNothing(let days, nil):
      "no change of the draft waits for a notice, so that \(days) days for technical adaptation lengthen nothing; "
        + "leave them out"
    case .lengthensNothing(let days, let usual?):
      "\(days) days for technical adaptation are no more than the \(usual) days of notice that the rules give anyway; "
        + "give more, or leave them out"
    case .classAsItIs(let clause, let changeClass):
      "clause '\(clause)' is \(changeClass.rawValue) already; there is nothing to correct"
    case .lessNoticeForThoseBound(let clause, let to, let developer, let since):
      "clause \(clause) binds developer '\(developer)' since \(since), so its class can no longer be corrected towards less notice "
        + "(\(to.rawValue)); what binds stays as it was announced"
    case .notBound(let id, let slug):
      "developer '\(id)' is not bound to '\(slug)'; add a connector under it or record an agreement first"
    case .boundByReference(let id, let slug, let naming, let version):
      "developer '\(id)' is bound to '\(slug)' only as '\(naming)' names it, in version '\(version)' for good, so that there is "
        + "nothing of it to choose; to have a say in its versions they agree to it themselves: 'tenor agree \(id) --document "
        + "\(slug)'"
    case .boundAlong(let id, let slug, let naming):
      "developer '\(id)' is bound to '\(slug)' along with '\(naming)', which names it, and it ends with the agreement over that one: "
        + "'tenor terminate \(id) --document \(naming) --by developer'"
    case .agreementEnded(let id, let slug, let day):
      "the agreement of '\(id)' over '\(slug)' ended on \(day), so there is none that this could be about; "
        + "'tenor agree \(id) --document \(slug)' or a new connector begins another one"
    case .endsAlready(let id, let slug, let party, let day):
      "the \(party.rawValue) ended the agreement of '\(id)' over '\(slug)' already: it ends on \(day), and ending it again would "
        + "make that no earlier"
    case .endingNeedsReason:
      "an ending at once needs its reason, such as risk of liability or harm, breach, or law: --reason TEXT"
    case .boundByLater(let label, let later, let id):
      "version '\(label)' comes before '\(later)', which binds developer '\(id)' wholly, so that accepting it would change nothing; "
        + "accept a version that was posted later"
    case .acceptedAlready(let label, let id, let day):
      "developer '\(id)' accepted version '\(label)' on \(day) already; there is nothing left of it to accept"
    case .nothingToDecline(let label, let id):
      "version '\(label)' binds developer '\(id)' already, so that declining it would change nothing; "
        + "who is not to be bound by it ends the agreement"
    case .declinedAlready(let label, let id, let day):
      "developer '\(id)' declined version '\(label)' on \(day) already; it is on record"
    case .optedOutAlready(let clause, let label, let id):
      "developer '\(id)' opted out of clause '\(clause)' of version '\(label)' already; the wording last agreed stays"
    case .noAgreements(let id):
      "developer '\(id)' has no agreement over any document; record one first, with agree or connectors add"
    case .optOutNotOffered(let clause, let offered):
      "the rules offer no opting out of clause '\(clause)'; "
        + (offered.isEmpty ? "they offer none at all" : "they offer it for \(list(offered))")
    case .nothingToKeep(let clause, let label, let developer):
      "version '\(label)' did not change clause '\(clause)' for developer '\(developer)', so there is no earlier wording to keep; "
        + "name the version that did with --version"
    case .optOutTooLate(let clause, let label, let lastDay):
      "the last day for opting out of clause '\(clause)' of version '\(label)' was \(lastDay); "
        + "if the developer chose earlier, give the moment with --at"
    case .knowledgeBackwards(let from, let to):
      "\(from) comes after \(to); give the earlier moment of knowledge first: OLD..NEW"
    case .unknownClause(let name, let slug, let known):
      "no version of '\(slug)' has a clause '\(name)'; the latest one has \(list(known))"
    case .noticeNeedsAMoment:
      "say what happened to the notice: --sent-at, --received-at or --failed-at"
    case .failureNeedsReason:
      "say why the notice failed: --reason TEXT"
    case .receiptBeforePosting(let label, let posted, let given):
      "a notice of version '\(label)' cannot have been given at \(given), before it was posted at \(posted)"
    case .receivedBeforeSent(let sent, let received):
      "the notice cannot have been received at \(received), before it was sent at \(sent)"
    }
  }

  /// `7(a) as other (material by the evidence), 9 as legal-required (Regulation (EU) 2022/2065)`.
  private static func words(_ changes: [ClassApproval.Agreed]) -> String {
    let words = changes.prefix(6).map { change in
      let why =
        change.decided < change.proposed ? "\(change.proposed.rawValue) by the evidence" : change.legalBasis ?? ""
      return "\(change.clause) as \(change.decided.rawValue)" + (why.isEmpty ? "" : " (\(why))")
    }
    return words.joined(separator: ", ") + (changes.count > 6 ? " and \(changes.count - 6) more" : "")
  }

  /// Where else a second person can agree.
  private static func ways(_ slug: DocumentSlug, _ file: ApprovedFile) -> String {
    file == .draft ? "on the desk, by POST /v1/documents/\(slug)/approvals, or " : ""
  }

  /// What a second person types.
  private static func command(
    _ slug: DocumentSlug, _ file: ApprovedFile, _ changes: [ClassApproval.Agreed]
  ) -> String {
    var parts = ["tenor approve \(slug)"]
    switch file {
    case .draft: parts[0] += " FILE"
    case .version(let label): parts[0] += " --version \(label)"
    }
    var named: Set<String> = []
    for change in changes where named.insert(change.clause).inserted {
      parts.append("--class \"\(change.clause)=\(change.decided.rawValue)\"")
      if let law = change.legalBasis { parts.append("--basis \"\(law)\"") }
    }
    return parts.joined(separator: " ") + " --reason WHY"
  }

  private func list<T: CustomStringConvertible>(_ values: [T]) -> String {
    let shown = values.prefix(12).map { "'\($0)'" }.joined(separator: ", ")
    return values.count > 12 ? shown + " and \(values.count - 12) more" : shown
  }
}
