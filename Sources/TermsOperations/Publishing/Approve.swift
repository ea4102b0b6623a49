internal import TermsModel

/// What a second person is to agree to, and who did.
package struct ApprovalDemand: Hashable, Sendable {
  /// The changes whose class the document's settings want a second person for; empty where nobody is needed.
  package let changes: [ClassApproval.Agreed]
  /// Agreements by somebody else than who asks, which together cover the changes; empty where some of them is uncovered.
  package let agreements: [RecordedApproval]

  package init(changes: [ClassApproval.Agreed], agreements: [RecordedApproval]) {
    self.changes = changes
    self.agreements = agreements
  }
}

extension TermsRegistry {
  /// Puts on record that whoever acts agrees to how a draft's changes are classed, where the settings ask for a second person.
  ///
  /// - Parameters:
  ///   - decisions: the classes, as the draft is to be published with.
  ///   - reason: why they agree; it stands for a class below the evidence as well.
  /// - Throws: a refusal where publishing would be refused for another reason, or nothing needs a second person.
  package func approve(_ draft: Draft, decisions: Decisions, reason: String) async throws -> RecordedApproval {
    let posting = try await posting(
      of: draft, at: now(), label: nil, decisions: Decisions(overrides: decisions.overrides, reason: reason),
      summary: nil)
    return try await approve(
      draft.document.settings.secondPerson(for: posting.changes), of: draft.document, basedOn: posting.basedOn,
      sha256: posting.sha256, reason: reason)
  }

  /// Puts on record that whoever acts agrees to the correction of classes in a posted version.
  package func approve(_ correction: VersionCorrection, reason: String) async throws -> RecordedApproval {
    let document = try await requireDocument(correction.document)
    guard let posting = try await record.posting(of: correction.document, version: correction.version) else {
      throw TermsRefusal.unknownVersion(correction.document, correction.version, known: [])
    }
    return try await approve(
      document.settings.secondPerson(for: correction, in: posting), of: document, basedOn: posting.basedOn,
      sha256: posting.sha256, reason: reason)
  }

  private func approve(
    _ changes: [ClassApproval.Agreed], of document: Document, basedOn: VersionLabel?, sha256: String, reason: String
  ) async throws -> RecordedApproval {
    guard !changes.isEmpty else {
      throw TermsRefusal.nothingToApprove(document.slug, demanded: document.settings.requireApproval)
    }
    let approval = ClassApproval(
      document: document.slug, basedOn: basedOn, sha256: sha256, changes: changes, reason: reason)
    let occasion = try await perform(.classesApproved(approval), happenedAt: nil)
    return RecordedApproval(approval: approval, actor: actor, occasion: occasion)
  }

  // MARK: Asking for it

  /// What a version's posting needs of a second person, and has of somebody other than who acts; and why it cannot be posted
  /// where it lacks that.
  func approvalDemand(
    of posting: VersionPosting, in document: Document
  ) async throws -> (demand: ApprovalDemand, obstacle: TermsRefusal?) {
    try await demand(document.settings.secondPerson(for: posting.changes), of: posting, file: .draft)
  }

  /// - Throws: a refusal where a correction of classes lacks a second person's agreement.
  func requireApproval(of correction: VersionCorrection) async throws {
    guard correction.kind == .reclassified else { return }
    let document = try await requireDocument(correction.document)
    guard let posting = try await record.posting(of: correction.document, version: correction.version) else { return }
    let changes = document.settings.secondPerson(for: correction, in: posting)
    let version = try await requireVersion(correction.version, of: document)
    let asked = try await demand(
      changes, of: posting, file: .version(correction.version), since: version.lastDecided(changes.map(\.number)))
    if let obstacle = asked.obstacle { throw obstacle }
  }

  private func demand(
    _ changes: [ClassApproval.Agreed], of posting: VersionPosting, file: TermsRefusal.ApprovedFile, since: Int64 = 0
  ) async throws -> (demand: ApprovalDemand, obstacle: TermsRefusal?) {
    guard !changes.isEmpty else { return (ApprovalDemand(changes: [], agreements: []), nil) }
    let recorded = try await record.approvals(of: posting.document, sha256: posting.sha256).filter {
      since < $0.occasion.sequence && $0.approval.basedOn == posting.basedOn
        && !Set($0.approval.changes).isDisjoint(with: changes)
    }
    let others = recorded.filter { $0.actor != actor }
    if Set(changes).isSubset(of: others.flatMap(\.approval.changes)) {
      return (ApprovalDemand(changes: changes, agreements: others), nil)
    }
    let isOwn = Set(changes).isSubset(of: recorded.flatMap(\.approval.changes))
    return (
      ApprovalDemand(changes: changes, agreements: []),
      isOwn
        ? .approvedByOneself(posting.document, actor: actor)
        : .needsApproval(posting.document, file, changes: changes, actor: actor)
    )
  }
}

extension PostedVersion {
  /// The number in the log of the act that decided the class of any of these changes last: what was agreed to before that was
  /// another decision.
  fileprivate func lastDecided(_ changes: [Int]) -> Int64 {
    let corrections = events.compactMap { event -> Int64? in
      guard case .reclassified(let change, _, _, _) = event.value, changes.contains(change) else { return nil }
      return event.occasion.sequence
    }
    return max(posting.sequence, corrections.max() ?? 0)
  }
}

extension DocumentSettings {
  /// The changes of a draft whose class needs a second person.
  fileprivate func secondPerson(for changes: [VersionPosting.DecidedChange]) -> [ClassApproval.Agreed] {
    changes.compactMap { change in
      let name = change.label.isEmpty ? change.heading ?? "change \(change.number)" : change.label.description
      return secondPerson(
        for: ClassApproval.Agreed(
          number: change.number, clause: name, proposed: change.proposed.changeClass, decided: change.decided,
          legalBasis: change.legalBasis))
    }
  }

  /// The corrected classes that need one.
  fileprivate func secondPerson(
    for correction: VersionCorrection, in posting: VersionPosting
  ) -> [ClassApproval.Agreed] {
    correction.changes.compactMap { change in
      guard let posted = posting.changes.first(where: { $0.number == change.number }) else { return nil }
      return secondPerson(
        for: ClassApproval.Agreed(
          number: change.number, clause: change.name, proposed: posted.proposed.changeClass, decided: change.after,
          legalBasis: change.legalBasis))
    }
  }

  private func secondPerson(for change: ClassApproval.Agreed) -> ClassApproval.Agreed? {
    let isDemanded = requireApproval.contains { demand in
      switch demand {
      case "lower-class": change.decided < change.proposed
      case "legal-required": change.decided == .legalRequired
      default: true
      }
    }
    return isDemanded ? change : nil
  }
}
