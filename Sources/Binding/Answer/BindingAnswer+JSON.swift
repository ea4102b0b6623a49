internal import TermsModel

/// A binding answer as programs read it (contract 6.3).
package struct BindingJSON: Encodable {
  struct Version: Encodable {
    let version: VersionLabel
    let postedOn: CalendarDate
    let inForce: BindingAnswer.InForce
    let classes: [Class]
    let notice: Notice?

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(version.rawValue, forKey: .version)
      try container.encode(postedOn.description, forKey: .postedOn)
      try container.encode(inForce.rawValue, forKey: .inForce)
      try container.encode(classes, forKey: .classes)
      try container.encode(notice, forKey: .notice)
    }

    enum CodingKeys: CodingKey { case version, postedOn, inForce, classes, notice }
  }

  struct Class: Encodable {
    var version: VersionLabel?
    let changeClass: ChangeClass
    let clauses: [String]
    let state: String
    var effectiveOn: CalendarDate?
    var earliestOn: CalendarDate?

    enum CodingKeys: String, CodingKey {
      case version
      case changeClass = "class"
      case clauses, state, effectiveOn, earliestOn
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encodeIfPresent(version?.rawValue, forKey: .version)
      try container.encode(changeClass.rawValue, forKey: .changeClass)
      try container.encode(clauses, forKey: .clauses)
      try container.encode(state, forKey: .state)
      try container.encodeIfPresent(effectiveOn?.description, forKey: .effectiveOn)
      try container.encodeIfPresent(earliestOn?.description, forKey: .earliestOn)
    }

    init(_ standing: BindingAnswer.ClassStanding, of version: VersionLabel? = nil) {
      self.version = version
      changeClass = standing.changeClass
      clauses = standing.clauses.map(\.description)
      switch standing.state {
      case .inForce(let day): (state, effectiveOn) = ("in-force", day)
      case .pending(let day): (state, effectiveOn) = ("pending", day)
      case .awaitingNotice(let day): (state, earliestOn) = ("awaiting-notice", day)
      case .withdrawn: state = "withdrawn"
      case .optedOut: state = "opted-out"
      case .notBound: state = "not-bound"
      }
    }
  }

  struct Notice: Encodable {
    let channel: NoticeChannel
    let deemedGivenOn: CalendarDate
    let evidence: EvidenceLevel
  }

  struct Incorporated: Encodable {
    /// How the document is referred to: one version for good, or whatever version binds.
    enum Reference: String, Encodable {
      case pinned, floating
    }

    let document: DocumentSlug
    let version: VersionLabel?
    let reference: Reference

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(document, forKey: .document)
      try container.encode(version, forKey: .version)
      try container.encode(reference, forKey: .reference)
    }

    enum CodingKeys: CodingKey { case document, version, reference }
  }

  let developer: DeveloperID
  let document: DocumentSlug
  let at: String
  let knownAt: Instant
  let bound: Bool
  let version: VersionLabel?
  let entity: String?
  let versions: [Version]
  let pending: [Class]
  let incorporated: [Incorporated]
  let surviving: [ClauseSelector]?
  let basis: [BindingAnswer.Basis]

  /// - Parameter at: the moment as it was asked for: a date stays a date.
  package init(_ answer: BindingAnswer, at: String) {
    developer = answer.developer
    document = answer.document
    self.at = at
    knownAt = answer.question.knownAt
    bound = answer.bound
    version = answer.version
    entity = answer.entity
    versions = answer.versions.map { version in
      Version(
        version: version.version, postedOn: version.postedOn, inForce: version.inForce,
        classes: version.classes.map { Class($0) },
        notice: version.notice.map { Notice(channel: $0.channel, deemedGivenOn: $0.on, evidence: $0.evidence) })
    }
    pending = answer.pending.map { Class($0.standing, of: $0.version) }
    incorporated = answer.incorporated.map {
      Incorporated(document: $0.document, version: $0.version, reference: $0.isPinned ? .pinned : .floating)
    }
    surviving = answer.surviving
    basis = answer.basis
  }

  // Single values as texts: a type's own way of encoding itself takes several times as long.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(developer.rawValue, forKey: .developer)
    try container.encode(document.rawValue, forKey: .document)
    try container.encode(at, forKey: .at)
    try container.encode(knownAt, forKey: .knownAt)
    try container.encode(bound, forKey: .bound)
    try container.encode(version, forKey: .version)
    try container.encode(entity, forKey: .entity)
    try container.encode(versions, forKey: .versions)
    try container.encode(pending, forKey: .pending)
    try container.encode(incorporated, forKey: .incorporated)
    try container.encode(surviving, forKey: .surviving)
    try container.encode(basis, forKey: .basis)
  }

  enum CodingKeys: CodingKey {
    case developer, document, at, knownAt, bound, version, entity, versions, pending, incorporated, surviving, basis
  }
}
