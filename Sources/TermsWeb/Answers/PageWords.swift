internal import Redlining
internal import TermsModel
internal import TermsOperations

/// What refusals say on a page: they are worded for the command line, and who reads a page has its fields and buttons.
enum PageWords {
  static func of(_ refusal: any Refusal) -> String {
    switch refusal {
    case let refusal as TermsRefusal: words(refusal) ?? "\(refusal)"
    case DeskRefusal.noMail:
      "this service has no way to send mail; whoever runs it can send a trial from where notices are sent"
    default: HTTPWords.of(refusal)
    }
  }

  /// `nil` where the words of the command line fit a page, too.
  private static func words(_ refusal: TermsRefusal) -> String? {
    switch refusal {
    case .unknownDocument, .nothingPosted, .unknownDeveloper, .developerExists, .unknownConnector, .inRegionAlready,
      .alreadyWithdrawn:
      names(refusal)
    case .removedBeforeCreation, .beforeRegistration, .notKnownYet, .postedBeforeLast, .versionExists, .optOutTooLate,
      .nothingToKeep, .knowledgeBackwards, .noticeNeedsAMoment, .failureNeedsReason, .endingNeedsReason:
      moments(refusal)
    case .classBelowEvidence, .legalRequiredWithoutBasis, .basisWithoutLegalRequired, .decisionsOnFirstVersion,
      .needsApproval, .nothingToApprove, .noSuchChange:
      classes(refusal)
    case .boundByReference, .boundAlong, .agreementEnded, .noAgreements:
      agreements(refusal)
    case .unprintableName, .unprintableTitle, .overlongName, .overlongTitle, .documentExists, .reservedSlug,
      .unaddressableVersion,
      .unaddressableDeveloper, .unaddressableConnector,
      .unknownVersion, .connectorExists, .erasedAlready, .inTheFuture, .identical,
      .standsOtherwise, .overtaken, .draftChanged, .lintErrors, .decidedTwice, .basisWithoutGround, .approvedByOneself,
      .bindsAlready, .beforePosting, .putsNothingOff, .postponedIntoThePast, .lengthensNothing, .classAsItIs,
      .lessNoticeForThoseBound, .notBound, .endsAlready, .boundByLater, .acceptedAlready, .nothingToDecline,
      .declinedAlready, .optedOutAlready, .optOutNotOffered, .unknownClause, .receiptBeforePosting,
      .receivedBeforeSent:
      nil
    }
  }

  private static func names(_ refusal: TermsRefusal) -> String? {
    switch refusal {
    case .unknownDocument(let slug, let known) where known.isEmpty: "there is no document '\(slug)', and no other yet"
    case .nothingPosted(let slug): "nothing was posted of '\(slug)' yet"
    case .unknownDeveloper(let id): "there is no developer '\(id)'"
    case .developerExists(let id): "developer '\(id)' exists already"
    case .unknownConnector(let id, let connector): "developer '\(id)' has no connector '\(connector)'"
    case .inRegionAlready(let id, let region): "developer '\(id)' is in region \(region) already"
    case .alreadyWithdrawn(let slug, let label): "version '\(label)' of '\(slug)' was withdrawn already"
    default: nil
    }
  }

  private static func moments(_ refusal: TermsRefusal) -> String? {
    switch refusal {
    case .removedBeforeCreation(let id, let connector, let created, let given):
      "connector '\(connector)' of '\(id)' was created at \(created), so it cannot have been removed at \(given); give a later moment"
    case .beforeRegistration(let id, let registered, let given):
      "developer '\(id)' was registered at \(registered), after \(given); give a later moment"
    case .notKnownYet(let given, let now):
      "nobody can say what will be known at \(given) (it is \(now)); ask what is known by now"
    case .postedBeforeLast(let label, let last, let given):
      "the posting at \(given) would come before version '\(label)', posted at \(last); give a later moment"
    case .versionExists(let slug, let label):
      "'\(slug)' already has a version '\(label)'; publish again, and it gets another name"
    case .optOutTooLate(let clause, let label, let lastDay):
      "the last day for opting out of clause '\(clause)' of version '\(label)' was \(lastDay)"
    case .nothingToKeep(let clause, let label, let developer):
      "version '\(label)' did not change clause '\(clause)' for developer '\(developer)', so there is no earlier wording to keep; "
        + "choose the version that did"
    case .knowledgeBackwards(let from, let to): "\(from) comes after \(to); give the earlier moment first"
    case .noticeNeedsAMoment: "say when the notice was sent, was received, or failed"
    case .failureNeedsReason: "say why the notice failed"
    case .endingNeedsReason: "an ending at once needs its reason: say why"
    default: nil
    }
  }

  private static func classes(_ refusal: TermsRefusal) -> String? {
    switch refusal {
    case .classBelowEvidence(let clause, let proposed, let decided, let grounds):
      "clause \(clause) is “\(proposed.words)” by the evidence "
        + "(\(grounds.map { "\($0.rule): \($0.evidence)" }.joined(separator: "; "))); to publish it as “\(decided.words)”, give the "
        + "reason under “Why a class is lower than proposed”"
    case .legalRequiredWithoutBasis(let clause, let found):
      "clause \(clause) is “\(ChangeClass.legalRequired.words)”, which needs the law it rests on: name it under “Law” beside the change"
        + (found.map { " (found in the text: \($0))" } ?? "")
        + ", or choose the class “\(ChangeClass.material.words)”"
    case .basisWithoutLegalRequired:
      "a law was given, but no clause has the class “\(ChangeClass.legalRequired.words)”; leave the law out, or choose that class"
    case .decisionsOnFirstVersion(let slug):
      "the first version of '\(slug)' changes nothing, so no clause of it has a class; choose none"
    case .needsApproval(let slug, _, let changes, let actor):
      "'\(slug)' asks for a second person's agreement to \(HTTPWords.agreed(changes)); let somebody other than '\(actor)' sign in, look at "
        + "it here and agree"
    case .nothingToApprove(let slug, let demanded):
      demanded.isEmpty
        ? "'\(slug)' asks nobody for a second person's agreement; go on without"
        : "nothing in this needs a second person's agreement by the settings of '\(slug)'; go on without"
    case .noSuchChange(let clause, let changed):
      changed.isEmpty
        ? "clause '\(clause)' is not changed by this version, so it has no class; nothing is changed" : nil
    default: nil
    }
  }

  private static func agreements(_ refusal: TermsRefusal) -> String? {
    switch refusal {
    case .boundByReference(let id, let slug, let naming, let version):
      "developer '\(id)' is bound to '\(slug)' only as '\(naming)' names it, in version '\(version)' for good, so that there is "
        + "nothing of it to choose"
    case .boundAlong(let id, let slug, let naming):
      "developer '\(id)' is bound to '\(slug)' along with '\(naming)', which names it, and it ends with the agreement over that one"
    case .agreementEnded(let id, let slug, let day):
      "the agreement of '\(id)' over '\(slug)' ended on \(day), so there is none that this could be about; a new connector or "
        + "a new agreement begins another one"
    case .noAgreements(let id): "developer '\(id)' has no agreement over any document; record one first"
    default: nil
    }
  }
}
