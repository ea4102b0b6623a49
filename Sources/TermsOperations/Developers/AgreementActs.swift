internal import Binding
package import TermsModel

extension TermsRegistry {
  /// Records a connector's creation, which is agreement to the whole version then posted (section 3.1, rule 5).
  /// - Throws: a refusal where the developer or document is unknown, nothing is posted yet, or the connector exists.
  @discardableResult
  package func addConnector(
    _ connector: ConnectorID, of developer: DeveloperID, under document: DocumentSlug, at happenedAt: Instant? = nil
  ) async throws -> Occasion {
    guard !connector.isDotSegment else { throw TermsRefusal.unaddressableConnector(connector) }
    _ = try await requireDeveloper(developer)
    _ = try await requireVersion(nil, of: try await requireDocument(document))
    return try await join(developer, document, by: .connectorAdded(connector), at: happenedAt)
  }

  /// Records that a connector was removed; removing the last one starts the ending of the agreement (rule 7).
  /// - Throws: ``TermsRefusal/unknownConnector(_:_:)``.
  @discardableResult
  package func removeConnector(_ connector: ConnectorID, of developer: DeveloperID, at happenedAt: Instant? = nil)
    async throws -> Occasion
  {
    let entry = try await requireDeveloper(developer)
    guard let document = entry.connectors[connector] else {
      throw TermsRefusal.unknownConnector(developer, connector)
    }
    if let happenedAt, let created = try await record.facts(of: developer, document: document).creation(of: connector),
      happenedAt < created
    {
      throw TermsRefusal.removedBeforeCreation(developer, connector, created: created, given: happenedAt)
    }
    return try await perform(.agreement(developer, document, .connectorRemoved(connector)), happenedAt: happenedAt)
  }

  /// Records that a developer agreed expressly to the version then posted (rule 5).
  @discardableResult
  package func agree(_ developer: DeveloperID, to document: DocumentSlug, at happenedAt: Instant? = nil) async throws
    -> Occasion
  {
    _ = try await requireDeveloper(developer)
    _ = try await requireVersion(nil, of: try await requireDocument(document))
    return try await join(developer, document, by: .agreed, at: happenedAt)
  }

  /// A joining of the past may have versions after it: what the rules require for them to bind is planned along with it.
  private func join(
    _ developer: DeveloperID, _ document: DocumentSlug, by act: AgreementAct, at happenedAt: Instant?
  ) async throws -> Occasion {
    let recordedAt = now()
    let joining = RecordedAct(
      .agreement(developer, document, act), happenedAt: happenedAt ?? recordedAt, plansOwedNotices: true)
    return try await perform([joining], at: recordedAt)[0]
  }

  /// Records express acceptance of a version, which brings it into force for that developer at once (rule 6). One that binds
  /// already can be accepted expressly, once: what binds by a notice stays bound by that, whatever becomes of the notice.
  /// - Returns: the version accepted.
  /// - Throws: a refusal where a later version binds wholly, or this one was accepted before: a receipt for it would be false.
  @discardableResult
  package func accept(
    _ developer: DeveloperID, of document: DocumentSlug, version: VersionLabel?, at happenedAt: Instant? = nil
  ) async throws -> VersionLabel {
    let label = try await requireConsentable(developer, document, version, at: happenedAt)
    try await requireAcceptable(label, by: developer, under: document, at: happenedAt)
    try await perform(.agreement(developer, document, .accepted(label)), happenedAt: happenedAt)
    return label
  }

  /// Records that a developer declined a version (rule 6).
  /// - Returns: the version declined.
  /// - Throws: a refusal where it binds already, or was declined before.
  @discardableResult
  package func decline(
    _ developer: DeveloperID, of document: DocumentSlug, version: VersionLabel?, at happenedAt: Instant? = nil
  ) async throws -> VersionLabel {
    let label = try await requireConsentable(developer, document, version, at: happenedAt)
    try await requireDeclinable(label, by: developer, under: document, at: happenedAt)
    try await perform(.agreement(developer, document, .declined(label)), happenedAt: happenedAt)
    return label
  }

  /// Records the ending of an agreement by one side: with the notice of the profile, or at once (rule 7).
  /// - Throws: a refusal where there is none, the same side ended it before, no later, or it ends at once and nothing says why.
  @discardableResult
  package func terminate(
    _ developer: DeveloperID, under document: DocumentSlug, by party: Party, immediate: Bool, reason: String?,
    at happenedAt: Instant? = nil
  ) async throws -> Occasion {
    _ = try await requireDeveloper(developer)
    let facts = try await record.facts(of: developer, document: document)
    if let along = bindingAlong(facts, try await requireDocument(document), at: happenedAt) {
      throw TermsRefusal.boundAlong(developer, document, by: along.document)
    }
    _ = try await requireStanding(developer, document, nil, mayBeAlong: false)
    if immediate, reason?.allSatisfy(\.isWhitespace) != false { throw TermsRefusal.endingNeedsReason }
    let life = try await requireRunning(developer, document, at: happenedAt)
    try await requireEarlierEnding(life, developer, document, by: party, immediate: immediate, at: happenedAt)
    return try await perform(
      .agreement(developer, document, .terminated(by: party, immediate: immediate, reason: reason)),
      happenedAt: happenedAt)
  }

  /// The version that a developer can accept or decline: one that was posted by then and not taken back.
  private func requireConsentable(
    _ developer: DeveloperID, _ document: DocumentSlug, _ version: VersionLabel?, at happenedAt: Instant?
  ) async throws -> VersionLabel {
    var label = try await requireStanding(developer, document, version)
    try await requireRunning(developer, document, at: happenedAt)
    if version == nil, let meant = try await lastOpen(developer, document, at: happenedAt) { label = meant }
    let found = try await requireVersion(label, of: try await requireDocument(document))
    if found.isWithdrawn { throw TermsRefusal.alreadyWithdrawn(document, label) }
    if let happenedAt, happenedAt < found.posting.happenedAt {
      throw TermsRefusal.beforePosting(label, posted: found.posting.happenedAt, given: happenedAt)
    }
    return label
  }

  /// The last version that something is to come of for a developer: what an acceptance or a decline is about that names none.
  private func lastOpen(
    _ developer: DeveloperID, _ document: DocumentSlug, at happenedAt: Instant?
  ) async throws -> VersionLabel? {
    let now = now()
    let moment = happenedAt.map { min($0, now) } ?? now
    let standing = Set(try await record.versions(of: document).filter { !$0.isWithdrawn }.map(\.label))
    return try await answerBinding(of: developer, under: document, at: .instant(moment)).pending
      .last { standing.contains($0.version) }?.version
  }

  /// Refuses what has no agreement to be about any more: one of their own that ended, and none over another document by
  /// which this one binds along.
  /// - Returns: the life of their own agreement.
  @discardableResult
  private func requireRunning(
    _ developer: DeveloperID, _ document: DocumentSlug, at happenedAt: Instant?
  ) async throws -> AgreementLife {
    let settings = try await requireDocument(document).settings
    let facts = try await record.facts(of: developer, document: document)
    let life = AgreementLife(acts: facts.acts, profile: settings.profile, zone: settings.zone)
    // What is said to happen later is refused for that, whatever will have become of the agreement by then.
    let moment = min(happenedAt ?? now(), now())
    guard life.period(at: moment) == nil else { return life }
    let along = facts.bindingAlong(at: moment, known: now(), profile: settings.profile, zone: settings.zone)
    let other = along.map { AgreementLife(acts: $0.acts, profile: settings.profile, zone: settings.zone) }
    guard other?.period(at: moment) == nil, let ending = (other ?? life).endedPeriod(before: moment)?.ending else {
      return life
    }
    throw TermsRefusal.agreementEnded(
      developer, along?.document ?? document, on: settings.zone.date(of: ending.at))
  }

  /// Refuses an ending that comes no earlier than what the same side did before.
  private func requireEarlierEnding(
    _ life: AgreementLife, _ developer: DeveloperID, _ document: DocumentSlug, by party: Party, immediate: Bool,
    at happenedAt: Instant?
  ) async throws {
    let settings = try await requireDocument(document).settings
    let (zone, moment) = (settings.zone, happenedAt ?? now())
    let end = immediate ? moment : zone.firstMoment(of: settings.profile.endingDate(noticeOn: zone.date(of: moment)))
    guard let own = life.period(at: moment)?.ending(by: party), own.at <= end else { return }
    throw TermsRefusal.endsAlready(developer, document, by: party, on: zone.date(of: own.at))
  }

  /// The version meant, the latest that stands where none is named, where the developer has ever agreed to the document.
  /// - Parameter mayBeAlong: whether it is enough that they agreed to a document that names this one.
  func requireStanding(
    _ developer: DeveloperID, _ document: DocumentSlug, _ version: VersionLabel?, mayBeAlong: Bool = true
  ) async throws -> VersionLabel {
    _ = try await requireDeveloper(developer)
    let standing = try await record.versions(of: document).last { !$0.isWithdrawn }?.label
    let found = try await requireVersion(version ?? standing, of: try await requireDocument(document))
    let facts = try await record.facts(of: developer, document: document)
    // Bound along by an agreement over another document, they have a say in this one's versions all the same.
    let isParty = facts.acts.contains(where: \.value.isJoining)
    let isAlong = mayBeAlong && facts.naming.contains { $0.floats && !$0.acts.isEmpty }
    guard !isParty, !isAlong else { return found.label }
    for agreement in facts.naming where agreement.acts.contains(where: \.value.isJoining) {
      guard case .pinned(let version) = agreement.names.last?.value else { continue }
      throw TermsRefusal.boundByReference(developer, document, by: agreement.document, pinned: version)
    }
    throw TermsRefusal.notBound(developer, document)
  }
}

extension DeveloperFacts {
  /// When a connector that is there now was created.
  fileprivate func creation(of connector: ConnectorID) -> Instant? {
    acts.last { $0.value == .connectorAdded(connector) }?.occasion.happenedAt
  }
}
