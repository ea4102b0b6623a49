package import TermsModel

/// A request declined for a reason the asker can mend. Nothing was stored.
package protocol Refusal: Error, CustomStringConvertible {}

/// Every reason for which an act of this floor is declined.
package enum TermsRefusal: Refusal, Hashable {
  // Names
  case unknownDocument(DocumentSlug, known: [DocumentSlug])
  case documentExists(DocumentSlug)
  case reservedSlug(DocumentSlug)
  case unknownVersion(DocumentSlug, VersionLabel, known: [VersionLabel])
  case nothingPosted(DocumentSlug)
  case unknownDeveloper(DeveloperID)
  case developerExists(DeveloperID)
  case connectorExists(DeveloperID, ConnectorID)
  case unknownConnector(DeveloperID, ConnectorID)

  // Times
  case inTheFuture(Instant, now: Instant)
  case notKnownYet(Instant, now: Instant)
  case postedBeforeLast(VersionLabel, last: Instant, given: Instant)

  // Publishing
  case identical(DocumentSlug, VersionLabel)
  case versionExists(DocumentSlug, VersionLabel)
  case overtaken(DocumentSlug, latest: VersionLabel?)
  case lintErrors(DocumentSlug, findings: [String])
  case noSuchChange(String, changed: [String])
  case decidedTwice(String)
  case classBelowEvidence(clause: String, proposed: ChangeClass, decided: ChangeClass, grounds: [Ground])
  case legalRequiredWithoutBasis(clause: String, found: String?)
  case basisWithoutLegalRequired
  case decisionsOnFirstVersion(DocumentSlug)

  // Agreements
  case notBound(DeveloperID, DocumentSlug)
  case noAgreements(DeveloperID)

  // Notices
  case noticeNeedsAMoment
  case failureNeedsReason
  case receiptBeforePosting(VersionLabel, posted: Instant, given: Instant)
  case receivedBeforeSent(sent: Instant, received: Instant)
}

extension TermsRefusal {
  init(_ conflict: RecordConflict) {
    switch conflict {
    case .documentExists(let slug): self = .documentExists(slug)
    case .unknownDocument(let slug): self = .unknownDocument(slug, known: [])
    case .notBasedOnLatest(let slug, _, let latest): self = .overtaken(slug, latest: latest)
    case .versionExists(let slug, let label): self = .versionExists(slug, label)
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
    case .inTheFuture(let given, let now):
      "\(given) lies in the future (it is \(now)); facts are recorded when they have happened"
    case .notKnownYet(let given, let now):
      "nobody can say what will be known at \(given) (it is \(now)); leave --known-at out for what is known now, and ask "
        + "about a day to come with --at"
    case .postedBeforeLast(let label, let last, let given):
      "the posting at \(given) would come before version '\(label)', posted at \(last); give a later --posted-at"
    case .identical(let slug, let label):
      "the file is identical to version '\(label)' of '\(slug)'; nothing was published"
    case .versionExists(let slug, let label):
      "'\(slug)' already has a version '\(label)'; give another --version, or leave it out"
    case .overtaken(let slug, let latest):
      "somebody else published \(latest.map { "version '\($0)'" } ?? "a version") of '\(slug)' in the meantime; "
        + "review your file against it and publish again"
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
    case .legalRequiredWithoutBasis(let clause, let found):
      "clause \(clause) is legal-required, which needs the law it rests on: give --class \"\(clause)=legal-required\" "
        + "--basis \"CITATION\"" + (found.map { " (found in the text: \($0))" } ?? "")
        + ", or --class \"\(clause)=material\""
    case .basisWithoutLegalRequired:
      "--basis was given, but no clause is decided as legal-required; leave it out or add --class \"CLAUSE=legal-required\""
    case .decisionsOnFirstVersion(let slug):
      "the first version of '\(slug)' changes nothing, so no clause of it has a class; leave --class out"
    case .notBound(let id, let slug):
      "developer '\(id)' is not bound to '\(slug)'; add a connector under it or record an agreement first"
    case .noAgreements(let id):
      "developer '\(id)' has no agreement over any document; add a connector first"
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

  private func list<T: CustomStringConvertible>(_ values: [T]) -> String {
    let shown = values.prefix(12).map { "'\($0)'" }.joined(separator: ", ")
    return values.count > 12 ? shown + " and \(values.count - 12) more" : shown
  }
}
