import TermsModel
import TermsOperations
import Testing

/// Every refusal says what is wrong and what to do.
@Suite struct RefusalTests {
  static let slug = Harbor.slug
  static let dev = DeveloperID(rawValue: "dev-1").unsafelyUnwrapped
  static let weather = ConnectorID(rawValue: "weather").unsafelyUnwrapped
  static let v1 = VersionLabel(rawValue: "2025-06-04").unsafelyUnwrapped
  static let v2 = VersionLabel(rawValue: "2025-12-17").unsafelyUnwrapped
  static let day = CalendarDate("2026-01-01").unsafelyUnwrapped
  static let long = OverlongName(String(repeating: "é", count: 201)).unsafelyUnwrapped
  static let bend = UnprintableCharacter(in: "Ada\u{202E}").unsafelyUnwrapped
  static let noon = Instant("2025-06-04T12:00:00Z").unsafelyUnwrapped
  static let later = Instant("2025-06-04T13:00:00Z").unsafelyUnwrapped

  @Test(arguments: [
    (TermsRefusal.unknownDocument(slug, known: [slug]), "there is no document 'terms'; known: 'terms'"),
    (.unknownDocument(slug, known: []), "there is no document 'terms'; add it with 'tenor documents add'"),
    (
      .reservedSlug(slug),
      "'terms' is an address of the web service itself, so no document can have it; choose another, such as 'terms-terms'"
    ),
    (
      .notKnownYet(later, now: noon),
      "nobody can say what will be known at 2025-06-04T13:00:00Z (it is 2025-06-04T12:00:00Z); ask what is known by now, and about a day to come with --at"
    ),
    (.documentExists(slug), "document 'terms' exists already; choose another slug, or publish a version of it"),
    (.unknownVersion(slug, v2, known: [v1]), "'terms' has no version '2025-12-17'; posted so far: '2025-06-04'"),
    (
      .nothingPosted(slug),
      "nothing was posted of 'terms' yet; publish its first version with 'tenor publish terms FILE'"
    ),
    (
      .unknownDeveloper(dev),
      "there is no developer 'dev-1'; add one with 'tenor developers add dev-1 --email ADDRESS --region REGION'"
    ),
    (
      .unprintableName(bend, of: dev),
      "the name of developer 'dev-1': the character at position 4 (U+202E) cannot be seen, and breaks or turns the line that it stands in; leave it out"
    ),
    (
      .unprintableTitle(bend, of: slug),
      "the title of document 'terms': the character at position 4 (U+202E) cannot be seen, and breaks or turns the line that it stands in; leave it out"
    ),
    (
      .overlongName(long, of: dev),
      "the name of developer 'dev-1': it has 201 characters, and 200 are the most; shorten it"
    ),
    (
      .overlongTitle(long, of: slug),
      "the title of document 'terms': it has 201 characters, and 200 are the most; shorten it"
    ),
    (.developerExists(dev), "developer 'dev-1' exists already; see 'tenor developers show dev-1'"),
    (
      .connectorExists(dev, weather),
      "developer 'dev-1' already has a connector 'weather'; remove it first or choose another name"
    ),
    (
      .unknownConnector(dev, weather), "developer 'dev-1' has no connector 'weather'; see 'tenor developers show dev-1'"
    ),
    (
      .removedBeforeCreation(dev, weather, created: later, given: noon),
      "connector 'weather' of 'dev-1' was created at 2025-06-04T13:00:00Z, so it cannot have been removed at 2025-06-04T12:00:00Z; give a later --at"
    ),
    (
      .agreementEnded(dev, slug, on: CalendarDate("2025-12-17").unsafelyUnwrapped),
      "the agreement of 'dev-1' over 'terms' ended on 2025-12-17, so there is none that this could be about; 'tenor agree dev-1 --document terms' or a new connector begins another one"
    ),
    (
      .inTheFuture(later, now: noon),
      "2025-06-04T13:00:00Z lies in the future (it is 2025-06-04T12:00:00Z); facts are recorded when they have happened"
    ),
    (
      .postedBeforeLast(v1, last: later, given: noon),
      "the posting at 2025-06-04T12:00:00Z would come before version '2025-06-04', posted at 2025-06-04T13:00:00Z; give a later --posted-at"
    ),
    (.identical(slug, v1), "the file is identical to version '2025-06-04' of 'terms'; nothing was published"),
    (.versionExists(slug, v1), "'terms' already has a version '2025-06-04'; give another --version, or leave it out"),
    (
      .standsOtherwise(slug),
      "a version of 'terms' was withdrawn in the meantime, so other words stand; review your file against them and publish again"
    ),
    (
      .overtaken(slug, latest: v2),
      "somebody else published version '2025-12-17' of 'terms' in the meantime; review your file against it and publish again"
    ),
    (
      .draftChanged(slug),
      "the draft of 'terms' was saved again since this page was shown, so it is not what would be posted; look through the review as it is now, and publish then"
    ),
    (
      .lintErrors(slug, findings: ["line 3: a", "line 4: b"]),
      "the text of 'terms' has 2 errors; mend it and publish again:\n  line 3: a\n  line 4: b"
    ),
    (
      .noSuchChange("9", changed: ["1", "2"]),
      "clause '9' is not changed by this version, so it has no class; changed: '1', '2'"
    ),
    (.decidedTwice("9"), "clause '9' was given a class twice; give it once"),
    (
      .classBelowEvidence(
        clause: "9", proposed: .material, decided: .other,
        grounds: [Ground(rule: "number-changed", evidence: "15 days → 10 days")]),
      "clause 9 is material by the evidence (number-changed: 15 days → 10 days); to publish it as other, say why with --reason"
    ),
    (
      .legalRequiredWithoutBasis(clause: "9", found: "Regulation (EU) 2022/2065"),
      "clause 9 is legal-required, which needs the law it rests on: give --class \"9=legal-required\" --basis \"CITATION\" (found in the text: Regulation (EU) 2022/2065), or --class \"9=material\""
    ),
    (
      .basisWithoutGround(clause: "9", basis: "article 17", grounds: ["law", "fraud"]),
      "clause 9: 'article 17' does not say why the change may take effect at once; under this document's rules it begins with one of 'law:', 'fraud:', followed by the citation or the facts, such as 'law: article 17'"
    ),
    (
      .basisWithoutLegalRequired,
      "--basis was given, but no clause is decided as legal-required; leave it out or add --class \"CLAUSE=legal-required\""
    ),
    (
      .decisionsOnFirstVersion(slug),
      "the first version of 'terms' changes nothing, so no clause of it has a class; leave --class out"
    ),
    (
      .needsApproval(
        slug, .draft,
        changes: [
          .init(number: 1, clause: "7(a)", proposed: .material, decided: .other, legalBasis: nil),
          .init(number: 2, clause: "9", proposed: .legalRequired, decided: .legalRequired, legalBasis: "Article 14"),
        ], actor: "maria"),
      "'terms' asks for a second person's agreement to 7(a) as other (material by the evidence), 9 as legal-required (Article 14); let somebody other than 'maria' look at it and agree on the desk, by POST /v1/documents/terms/approvals, or with: tenor approve terms FILE --class \"7(a)=other\" --class \"9=legal-required\" --basis \"Article 14\" --reason WHY; then do this again"
    ),
    (
      .needsApproval(
        slug, .version(v2),
        changes: [.init(number: 1, clause: "7(a)", proposed: .material, decided: .other, legalBasis: nil)],
        actor: "maria"),
      "'terms' asks for a second person's agreement to 7(a) as other (material by the evidence); let somebody other than 'maria' look at it and agree with: tenor approve terms --version 2025-12-17 --class \"7(a)=other\" --reason WHY; then do this again"
    ),
    (
      .approvedByOneself(slug, actor: "maria"),
      "'maria' is the one who agreed to these classes of 'terms', and nobody is their own second person; let somebody else do this, or agree as well"
    ),
    (
      .nothingToApprove(slug, demanded: []),
      "'terms' asks nobody for a second person's agreement; set require-approval in its document.yaml, or go on without"
    ),
    (
      .nothingToApprove(slug, demanded: ["lower-class"]),
      "nothing in this needs a second person's agreement by the settings of 'terms' (require-approval: lower-class); go on without"
    ),
    (
      .notBound(dev, slug),
      "developer 'dev-1' is not bound to 'terms'; add a connector under it or record an agreement first"
    ),
    (
      .boundByReference(dev, slug, by: DocumentSlug(rawValue: "other-terms").unsafelyUnwrapped, pinned: v1),
      "developer 'dev-1' is bound to 'terms' only as 'other-terms' names it, in version '2025-06-04' for good, so that there is nothing of it to choose; to have a say in its versions they agree to it themselves: 'tenor agree dev-1 --document terms'"
    ),
    (
      .alreadyWithdrawn(slug, v2), "version '2025-12-17' of 'terms' was withdrawn already; see 'tenor history terms'"
    ),
    (
      .bindsAlready(.withdrawing, v2, clause: "7(a)", developer: dev, since: day),
      "clause 7(a) of version '2025-12-17' binds developer 'dev-1' since 2026-01-01, so it can no longer be withdrawn; publish a new version that takes it back"
    ),
    (
      .bindsAlready(.postponing, v2, clause: nil, developer: dev, since: day),
      "version '2025-12-17' binds developer 'dev-1' since 2026-01-01, so it can no longer be put off; publish a new version that takes it back"
    ),
    (
      .beforePosting(v1, posted: later, given: noon),
      "nothing can have happened to version '2025-06-04' at 2025-06-04T12:00:00Z, before it was posted at 2025-06-04T13:00:00Z"
    ),
    (
      .putsNothingOff(v2, until: day, announced: day),
      "version '2025-12-17' takes effect on 2026-01-01 for those told on its posting, so that 2026-01-01 would put nothing off, and no announced date moves earlier; give a later date"
    ),
    (.postponedIntoThePast(day, today: day), "2026-01-01 is not a day to come (it is 2026-01-01); give a later date"),
    (
      .lengthensNothing(days: 15, usual: 15),
      "15 days for technical adaptation are no more than the 15 days of notice that the rules give anyway; give more, or leave them out"
    ),
    (
      .lengthensNothing(days: 30, usual: nil),
      "no change of the draft waits for a notice, so that 30 days for technical adaptation lengthen nothing; leave them out"
    ),
    (.classAsItIs(clause: "9", .material), "clause '9' is material already; there is nothing to correct"),
    (
      .lessNoticeForThoseBound(clause: "9", to: .other, developer: dev, since: day),
      "clause 9 binds developer 'dev-1' since 2026-01-01, so its class can no longer be corrected towards less notice (other); what binds stays as it was announced"
    ),
    (
      .inRegionAlready(dev, Region(rawValue: "EEA").unsafelyUnwrapped),
      "developer 'dev-1' is in region EEA already; see 'tenor developers show dev-1'"
    ),
    (
      .erasedAlready(dev),
      "name and address of developer 'dev-1' were erased already; nothing of them is left to erase"
    ),
    (
      .beforeRegistration(dev, registered: later, given: noon),
      "developer 'dev-1' was registered at 2025-06-04T13:00:00Z, after 2025-06-04T12:00:00Z; give a later --at"
    ),
    (
      .endsAlready(dev, slug, by: .developer, on: day),
      "the developer ended the agreement of 'dev-1' over 'terms' already: it ends on 2026-01-01, and ending it again would make that no earlier"
    ),
    (
      .boundByLater(v1, later: v2, dev),
      "version '2025-06-04' comes before '2025-12-17', which binds developer 'dev-1' wholly, so that accepting it would change nothing; accept a version that was posted later"
    ),
    (
      .acceptedAlready(v2, dev, on: day),
      "developer 'dev-1' accepted version '2025-12-17' on 2026-01-01 already; there is nothing left of it to accept"
    ),
    (
      .nothingToDecline(v2, dev),
      "version '2025-12-17' binds developer 'dev-1' already, so that declining it would change nothing; who is not to be bound by it ends the agreement"
    ),
    (
      .declinedAlready(v2, dev, on: day),
      "developer 'dev-1' declined version '2025-12-17' on 2026-01-01 already; it is on record"
    ),
    (
      .optedOutAlready(ClauseSelector("9"), v2, dev),
      "developer 'dev-1' opted out of clause '9' of version '2025-12-17' already; the wording last agreed stays"
    ),
    (
      .optOutNotOffered(ClauseSelector("2"), offered: []),
      "the rules offer no opting out of clause '2'; they offer none at all"
    ),
    (
      .optOutNotOffered(ClauseSelector("2"), offered: [ClauseSelector("9")]),
      "the rules offer no opting out of clause '2'; they offer it for '9'"
    ),
    (
      .nothingToKeep(ClauseSelector("9"), v2, dev),
      "version '2025-12-17' did not change clause '9' for developer 'dev-1', so there is no earlier wording to keep; name the version that did with --version"
    ),
    (
      .optOutTooLate(ClauseSelector("9"), v2, lastDay: day),
      "the last day for opting out of clause '9' of version '2025-12-17' was 2026-01-01; if the developer chose earlier, give the moment with --at"
    ),
    (
      .knowledgeBackwards(from: later, to: noon),
      "2025-06-04T13:00:00Z comes after 2025-06-04T12:00:00Z; give the earlier moment of knowledge first: OLD..NEW"
    ),
    (
      .unknownClause("9", slug, known: ["1", "2"]),
      "no version of 'terms' has a clause '9'; the latest one has '1', '2'"
    ),
    (
      .noAgreements(dev),
      "developer 'dev-1' has no agreement over any document; record one first, with agree or connectors add"
    ),
    (.noticeNeedsAMoment, "say what happened to the notice: --sent-at, --received-at or --failed-at"),
    (.failureNeedsReason, "say why the notice failed: --reason TEXT"),
    (
      .boundAlong(dev, slug, by: DocumentSlug(rawValue: "other-terms").unsafelyUnwrapped),
      "developer 'dev-1' is bound to 'terms' along with 'other-terms', which names it, and it ends with the agreement over that one: 'tenor terminate dev-1 --document other-terms --by developer'"
    ),
    (
      .endingNeedsReason,
      "an ending at once needs its reason, such as risk of liability or harm, breach, or law: --reason TEXT"
    ),
    (
      .receiptBeforePosting(v1, posted: later, given: noon),
      "a notice of version '2025-06-04' cannot have been given at 2025-06-04T12:00:00Z, before it was posted at 2025-06-04T13:00:00Z"
    ),
    (
      .receivedBeforeSent(sent: later, received: noon),
      "the notice cannot have been received at 2025-06-04T12:00:00Z, before it was sent at 2025-06-04T13:00:00Z"
    ),
  ])
  func `refusals say what is wrong and what to do`(_ refusal: TermsRefusal, _ words: String) {
    #expect("\(refusal)" == words)
  }

  @Test(arguments: [
    (
      NoticeRefusal.noSuchNotice(99),
      "there is no notice 99; 'tenor notices status' and 'tenor notices pending' show their numbers"
    ),
    (
      .noSuchMail(notice: 7, sha256: "00"), "no message '00' came back for notice 7; see 'tenor notices returned 7'"
    ),
    (
      .severalMails(notice: 7, named: ["ab1", "ab2"]),
      "2 messages that came back for notice 7 begin so; name one in full: ab1, ab2"
    ),
    (
      .mailErased(sha256: "ab"),
      "the message ab was erased with the developer's data; what it said stays on record"
    ),
    (
      .noAddress(dev),
      "developer 'dev-1' has no address, so that no letter goes to them; the posting serves them, or a notice by courier"
    ),
  ])
  func `refusals about notices say what to do`(_ refusal: NoticeRefusal, _ words: String) {
    #expect(refusal.description == words)
  }
}
