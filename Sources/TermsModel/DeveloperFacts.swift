/// All that is on record of one developer and one document: what a binding answer is computed from.
package struct DeveloperFacts: Hashable, Sendable {
  package let developer: DeveloperID
  package let document: DocumentSlug
  /// Where the developer is, by dated moves; the first entry is the registration.
  package var regions: [Fact<Region>]
  /// Whether an e-mail address was on record, by dated changes.
  package var hasAddress: [Fact<Bool>]
  /// Acts of the agreement's life, in the order in which they were recorded.
  package var acts: [Fact<AgreementAct>]
  /// Steps of the notices given to this developer, in the order in which they were recorded.
  package var notices: [Fact<NoticeStep>]
  /// The developer's agreements over documents by which this one binds along (section 3.1, rule 12).
  package var naming: [NamingAgreement]

  package init(
    developer: DeveloperID, document: DocumentSlug, regions: [Fact<Region>] = [], hasAddress: [Fact<Bool>] = [],
    acts: [Fact<AgreementAct>] = [], notices: [Fact<NoticeStep>] = [], naming: [NamingAgreement] = []
  ) {
    self.developer = developer
    self.document = document
    self.regions = regions
    self.hasAddress = hasAddress
    self.acts = acts
    self.notices = notices
    self.naming = naming
  }
}

/// A developer's agreement over a document that names another one as binding along.
package struct NamingAgreement: Hashable, Sendable {
  /// How one document names another.
  package enum Reference: Hashable, Sendable {
    case none
    /// In whatever version binds.
    case floating
    /// In one version, for good.
    case pinned(VersionLabel)
  }

  /// The document that names the other.
  package let document: DocumentSlug
  /// How it names it, by dated changes of its settings.
  package let names: [Fact<Reference>]
  /// The acts of the agreement over it, in the order in which they were recorded.
  package let acts: [Fact<AgreementAct>]

  package init(document: DocumentSlug, names: [Fact<Reference>], acts: [Fact<AgreementAct>]) {
    self.document = document
    self.names = names
    self.acts = acts
  }

  /// Whether it names the other document, or did, in whatever version binds, so that what is said of its versions counts.
  package var floats: Bool { names.contains { $0.value == .floating } }
}

/// One side of the agreement.
package enum Party: String, Hashable, Sendable, Codable, CaseIterable {
  case developer, platform
}

/// An act in the life of an agreement between one developer and the platform over one document.
package enum AgreementAct: Hashable, Sendable {
  /// Creating a connector is agreement (clause 1 of the default profile's text).
  case connectorAdded(ConnectorID)
  case connectorRemoved(ConnectorID)
  /// Agreed expressly to the whole version then posted.
  case agreed
  /// Accepted a version expressly, before or after it took effect.
  case accepted(VersionLabel)
  case declined(VersionLabel)
  /// Keeps the wording last agreed of the clauses that the selector names.
  case optedOut(VersionLabel, ClauseSelector)
  /// Ended by one side: at once, or with the notice that the profile demands.
  case terminated(by: Party, immediate: Bool, reason: String?)

  /// Whether the act begins an agreement where none runs (section 3.1, rule 5).
  package var isJoining: Bool {
    switch self {
    case .connectorAdded, .agreed: true
    case .connectorRemoved, .accepted, .declined, .optedOut, .terminated: false
    }
  }

  /// Whether the act begins or ends an agreement; the others are about versions of one document.
  package var isOfTheAgreement: Bool {
    switch self {
    case .connectorAdded, .connectorRemoved, .agreed, .terminated: true
    case .accepted, .declined, .optedOut: false
    }
  }
}
