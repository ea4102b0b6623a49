internal import GRDB
internal import TermsModel

/// A developer as one view of the record has them, for whatever documents.
struct DeveloperReading {
  private let developer: DeveloperID
  private var regions: [Fact<Region>] = []
  private var hasAddress: [Fact<Bool>] = []
  /// By the document's place in the record.
  private var acts: [Int64: [Fact<AgreementAct>]] = [:]
  private var notices: [Int64: [Fact<NoticeStep>]] = [:]

  /// - Returns: `nil` where there is no such developer.
  init?(_ developer: DeveloperID, in db: Database) throws {
    guard let number = try db.one(Int64.self, "SELECT id FROM developers WHERE developer = ?", [developer.rawValue])
    else { return nil }
    try self.init(developer, number: number, in: db)
  }

  /// - Parameter number: the developer's in the record.
  init(_ developer: DeveloperID, number: Int64, in db: Database) throws {
    self.developer = developer
    try db.forEachPlaced(HotQuery.developerFacts, .integer(number)) { row in
      let occasion = row.occasion(at: 0)
      if !row.isNull(3) { regions.append(Fact(try row.identifier(3), occasion)) }
      if let hasAddress = row.optionalInteger(4) { self.hasAddress.append(Fact(hasAddress != 0, occasion)) }
    }
    try db.forEachPlaced(HotQuery.agreementActs, .integer(number)) { row in
      acts[row.integer(0), default: []].append(Fact(try Self.agreementAct(row), row.occasion(at: 1)))
    }
    try db.forEachPlaced(HotQuery.noticeSteps, .integer(number)) { row in
      notices[row.integer(0), default: []].append(Fact(try Self.noticeStep(row), row.occasion(at: 1)))
    }
  }

  /// - Parameter named: what is on record of the document; `nil` where there is none.
  func facts(under document: DocumentSlug, _ named: NamedDocuments.Named?) -> DeveloperFacts {
    var facts = DeveloperFacts(developer: developer, document: document)
    facts.regions = regions
    facts.hasAddress = hasAddress
    guard let named else { return facts }
    facts.acts = acts[named.number] ?? []
    facts.notices = notices[named.number] ?? []
    facts.naming = named.naming.map { naming in
      NamingAgreement(document: naming.slug, names: naming.names, acts: acts[naming.number] ?? [])
    }
    return facts
  }

  /// From a row of ``HotQuery/agreementActs``.
  private static func agreementAct(_ row: PlacedRow) throws -> AgreementAct {
    switch row.text(4) {
    case "connector-added": return .connectorAdded(try row.identifier(5))
    case "connector-removed": return .connectorRemoved(try row.identifier(5))
    case "agreed": return .agreed
    case "version-accepted": return .accepted(try row.identifier(6))
    case "version-declined": return .declined(try row.identifier(6))
    case "opted-out": return .optedOut(try row.identifier(6), ClauseSelector(row.text(7)))
    case "terminated":
      return .terminated(by: try row.choice(8), immediate: row.integer(9) != 0, reason: row.optionalText(10))
    case let other: throw row.malformed(4, other)
    }
  }

  /// From a row of ``HotQuery/noticeSteps``.
  private static func noticeStep(_ row: PlacedRow) throws -> NoticeStep {
    let event: NoticeStep.Event
    switch row.text(6) {
    case "sent": event = .sent
    case "received":
      guard let level = EvidenceLevel(rawValue: Int(row.integer(7))) else { throw row.malformed(7, row.text(7)) }
      event = .received(level, by: row.text(8))
    case "failed": event = .failed(reason: row.text(8))
    case let other: throw row.malformed(6, other)
    }
    return NoticeStep(version: try row.identifier(4), channel: try row.choice(5), event: event)
  }
}
