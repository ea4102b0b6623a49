internal import Binding
internal import TermsModel

/// The words that bind a developer, for programs.
struct ConsolidatedTextJSON: Encodable {
  struct Passage: Encodable {
    let lineage: Int
    let label: String
    let paragraph: Int
    let heading: String?
    /// `null` for a clause that is new and does not bind yet.
    let version: VersionLabel?
    let changeClass: ChangeClass?
    let since: CalendarDate?
    let text: String?
    let source: String?
    let pending: [Pending]?

    enum CodingKeys: String, CodingKey {
      case lineage, label, paragraph, heading, version, since, text, source, pending
      case changeClass = "class"
    }
  }

  struct Pending: Encodable {
    let version: VersionLabel
    let changeClass: ChangeClass
    let state: String
    let effectiveOn: CalendarDate?
    /// `null` where the version has the clause no longer.
    let text: String?

    init(_ pending: ConsolidatedText.Pending) {
      version = pending.version
      changeClass = pending.changeClass
      state = pending.state.name
      effectiveOn = pending.state.day
      text = pending.clause?.text
    }

    enum CodingKeys: String, CodingKey {
      case version, state, effectiveOn, text
      case changeClass = "class"
    }
  }

  let developer: DeveloperID
  let document: DocumentSlug
  let at: String
  let knownAt: Instant
  /// Whether it was put together from several versions, and so was never posted as it stands.
  let compilation: Bool
  /// The version whose posted text this is, byte for byte.
  let posted: VersionLabel?
  /// Whether the agreement has ended, so that these are the clauses that go on binding.
  let surviving: Bool
  let text: String
  let clauses: [Passage]
  let basis: [BindingAnswer.Basis]?

  init(_ text: ConsolidatedText, at: String, pending: Bool, basis: [BindingAnswer.Basis]?) {
    developer = text.developer
    document = text.document
    self.at = at
    knownAt = text.question.knownAt
    compilation = text.posted == nil
    posted = text.posted
    surviving = text.isSurviving
    self.text = text.source
    clauses = text.passages.filter { pending || $0.inForce != nil }.compactMap { passage in
      guard let clause = passage.inForce?.clause ?? passage.pending.lazy.compactMap(\.clause).first else { return nil }
      return Passage(
        lineage: passage.clause.rawValue, label: clause.label.description, paragraph: clause.paragraph,
        heading: clause.heading, version: passage.inForce?.version, changeClass: passage.inForce?.changeClass,
        since: passage.inForce?.since, text: passage.inForce?.clause.text, source: passage.inForce?.clause.source,
        pending: pending ? passage.pending.map(Pending.init) : nil)
    }
    self.basis = basis
  }
}

extension BindingAnswer.State {
  /// The state in the word of contract 6.3.
  var name: String {
    switch self {
    case .inForce: "in-force"
    case .pending: "pending"
    case .awaitingNotice: "awaiting-notice"
    case .withdrawn: "withdrawn"
    case .optedOut: "opted-out"
    case .notBound: "not-bound"
    }
  }
}
