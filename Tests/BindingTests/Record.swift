import TermsModel

@testable import Binding

/// A record in the making: what is added is recorded in this order, at the moment at which it happened unless told otherwise.
struct Record: Sendable {
  var document: Document
  private(set) var versions: [PostedVersion] = []
  private(set) var facts: DeveloperFacts
  private var sequence: Int64 = 0

  init(_ profile: RuleProfile = .connectors7a, zone: String = "America/Los_Angeles") {
    document = Document(
      slug: "connector-terms", title: "Connector terms", settings: DocumentSettings(profile: profile, timeZone: zone))
    facts = DeveloperFacts(developer: "dev-42", document: "connector-terms")
  }

  private mutating func occasion(_ happened: Instant, _ recorded: Instant?) -> Occasion {
    sequence += 1
    return Occasion(happenedAt: happened, recordedAt: recorded ?? happened, sequence: sequence)
  }

  /// A record with a first version of 2025-06-04, and a developer with an address and a connector since July.
  static func bound(
    _ profile: RuleProfile = .connectors7a, zone: String = "America/Los_Angeles", hasAddress: Bool = true
  )
    -> Record
  {
    var record = Record(profile, zone: zone)
    record.post("2025-06-04", at: "2025-06-04T16:00:00Z")
    record.register(hasAddress: hasAddress, region: "US", at: "2025-07-01T16:00:00Z")
    record.act(.connectorAdded("weather"), at: "2025-07-01T16:05:00Z")
    return record
  }

  // MARK: Documents

  mutating func post(
    _ label: VersionLabel, at happened: Instant, recorded: Instant? = nil, _ changes: [PostedChange] = [],
    settings: DocumentSettings? = nil, adaptation: AdaptationPeriod? = nil
  ) {
    versions.append(
      PostedVersion(
        label: label, posting: occasion(happened, recorded), changes: changes, settings: settings,
        adaptation: adaptation))
  }

  mutating func happen(_ event: VersionEvent, to label: VersionLabel, at happened: Instant, recorded: Instant? = nil) {
    let fact = Fact(event, occasion(happened, recorded))
    guard let index = versions.firstIndex(where: { $0.label == label }) else { return }
    versions[index].events.append(fact)
  }

  // MARK: The developer

  mutating func register(hasAddress: Bool, region: Region, at happened: Instant, recorded: Instant? = nil) {
    let occasion = occasion(happened, recorded)
    facts.regions.append(Fact(region, occasion))
    facts.hasAddress.append(Fact(hasAddress, occasion))
  }

  mutating func move(to region: Region, at happened: Instant, recorded: Instant? = nil) {
    facts.regions.append(Fact(region, occasion(happened, recorded)))
  }

  mutating func address(_ isThere: Bool, at happened: Instant, recorded: Instant? = nil) {
    facts.hasAddress.append(Fact(isThere, occasion(happened, recorded)))
  }

  mutating func act(_ act: AgreementAct, at happened: Instant, recorded: Instant? = nil) {
    facts.acts.append(Fact(act, occasion(happened, recorded)))
  }

  mutating func bind(along agreement: NamingAgreement) { facts.naming.append(agreement) }

  mutating func notice(
    of label: VersionLabel, by channel: NoticeChannel = .email, _ event: NoticeStep.Event, at happened: Instant,
    recorded: Instant? = nil, message: String? = nil
  ) {
    facts.notices.append(
      Fact(
        NoticeStep(version: label, channel: channel, event: event, message: message), occasion(happened, recorded)))
  }

  /// An e-mail accepted by the server that took it.
  mutating func mail(of label: VersionLabel, at happened: Instant, recorded: Instant? = nil, message: String? = nil) {
    notice(of: label, .received(.accepted, by: "mx.example"), at: happened, recorded: recorded, message: message)
  }

  mutating func bounce(of label: VersionLabel, at happened: Instant, recorded: Instant? = nil, message: String? = nil) {
    notice(of: label, .failed(reason: "550 no such user"), at: happened, recorded: recorded, message: message)
  }

  // MARK: Questions

  /// The answer for the first moment of a date, or for a moment.
  func answer(
    _ at: Asked, known: Instant = .endOfTime, assumeGiven: CalendarDate? = nil, incorporated: [BindingRecord] = []
  ) -> BindingAnswer {
    bindingAnswer(
      document: document, versions: versions, facts: facts, incorporated: incorporated,
      question: BindingQuestion(at: at.instant(in: document.settings.zone), knownAt: known, assumeGiven: assumeGiven))
  }
}

/// A date, which means its first moment, or a moment.
enum Asked: ExpressibleByStringLiteral, Sendable {
  case date(CalendarDate)
  case moment(Instant)

  init(stringLiteral value: String) {
    if let date = CalendarDate(value) { self = .date(date) } else { self = .moment(Instant(stringLiteral: value)) }
  }

  func instant(in zone: CivilZone) -> Instant {
    switch self {
    case .date(let date): zone.firstMoment(of: date)
    case .moment(let instant): instant
    }
  }
}

// MARK: - Literals, so that the tests read like a file of facts

private func literal<Value>(_ value: Value?, _ text: String) -> Value {
  guard let value else { preconditionFailure("the test names '\(text)', which is none") }
  return value
}

extension CalendarDate: ExpressibleByStringLiteral {
  package init(stringLiteral value: String) { self = literal(CalendarDate(value), value) }
}

extension Instant: ExpressibleByStringLiteral {
  package init(stringLiteral value: String) { self = literal(Instant(value), value) }

  static let endOfTime: Instant = "2099-01-01T00:00:00Z"
}

extension VersionLabel: ExpressibleByStringLiteral {
  package init(stringLiteral value: String) { self = literal(VersionLabel(rawValue: value), value) }
}

extension DeveloperID: ExpressibleByStringLiteral {
  package init(stringLiteral value: String) { self = literal(DeveloperID(rawValue: value), value) }
}

extension DocumentSlug: ExpressibleByStringLiteral {
  package init(stringLiteral value: String) { self = literal(DocumentSlug(rawValue: value), value) }
}

extension ConnectorID: ExpressibleByStringLiteral {
  package init(stringLiteral value: String) { self = literal(ConnectorID(rawValue: value), value) }
}

extension Region: ExpressibleByStringLiteral {
  package init(stringLiteral value: String) { self = literal(Region(rawValue: value), value) }
}

extension ClauseSelector: ExpressibleByStringLiteral {
  package init(stringLiteral value: String) { self.init(value) }
}

extension ClauseLabel: ExpressibleByStringLiteral {
  /// `7(a)` is `7`, `(a)`.
  package init(stringLiteral value: String) {
    var steps: [String] = []
    for character in value {
      if character == "(" || character == "." || steps.isEmpty { steps.append("") }
      steps[steps.count - 1].append(character)
    }
    self.init(path: steps)
  }
}

extension LineageID: ExpressibleByIntegerLiteral {
  package init(integerLiteral value: Int) { self.init(rawValue: value) }
}

extension PostedChange {
  /// A change of one clause, or of those named.
  static func change(
    _ number: Int, _ label: ClauseLabel, _ changeClass: ChangeClass, _ kind: ChangeKind = .modified,
    clauses: [LineageID], after: [LineageID]? = nil, labels: [LineageID: ClauseLabel] = [:]
  ) -> PostedChange {
    PostedChange(
      number: number, kind: kind, changeClass: changeClass, before: kind == .inserted ? [] : clauses,
      after: kind == .deleted ? [] : after ?? clauses, label: label,
      legalBasis: changeClass == .legalRequired ? "Regulation (EU) 2022/2065, article 17" : nil, labels: labels)
  }

  static func material(_ label: ClauseLabel = "7(a)", clause: LineageID = 10, number: Int = 1) -> PostedChange {
    change(number, label, .material, clauses: [clause])
  }

  static func other(_ label: ClauseLabel = "2(e)", clause: LineageID = 20, number: Int = 2) -> PostedChange {
    change(number, label, .other, clauses: [clause])
  }

  static func legal(_ label: ClauseLabel = "5(f)", clause: LineageID = 30, number: Int = 3) -> PostedChange {
    change(number, label, .legalRequired, clauses: [clause])
  }
}

extension BindingAnswer {
  /// The states of a version's classes, by class: `in-force 2026-01-01`.
  func state(_ changeClass: ChangeClass, of version: VersionLabel) -> String? {
    versions.first { $0.version == version }?.classes.first { $0.changeClass == changeClass }?.state.words
  }

  /// The state of one change of a version.
  func state(change number: Int, of version: VersionLabel) -> String? {
    versions.first { $0.version == version }?.changes.first { $0.change.number == number }?.state.words
  }

  func inForce(_ version: VersionLabel) -> InForce? { versions.first { $0.version == version }?.inForce }

  /// What the basis says under a rule.
  func says(_ rule: String) -> [String] { basis.filter { $0.rule == rule }.map(\.says) }
}

extension BindingAnswer.State {
  var words: String {
    switch self {
    case .inForce(let day): "in-force \(day)"
    case .pending(let day): "pending \(day)"
    case .awaitingNotice(let day): "awaiting-notice \(day)"
    case .withdrawn: "withdrawn"
    case .optedOut: "opted-out"
    case .notBound: "not-bound"
    }
  }
}
