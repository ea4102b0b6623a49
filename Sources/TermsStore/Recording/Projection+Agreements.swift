internal import Foundation
internal import GRDB
internal import TermsModel
internal import TermsOperations

extension Projection {
  mutating func apply(
    _ act: AgreementAct, of developer: Int64, _ id: DeveloperID, over document: Int64, _ slug: DocumentSlug,
    on occasion: Occasion
  ) throws {
    var row = AgreementRow(act)
    switch act {
    case .connectorAdded(let connector):
      try db.run(
        "INSERT INTO connectors (developer_id, connector, document_id, added) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        [developer, connector.rawValue, document, occasion.sequence])
      guard db.changesCount == 1 else { throw RecordConflict.connectorExists(id, connector) }
      try bind(developer, to: document, agreed: false)
    case .connectorRemoved(let connector):
      try db.run(
        "DELETE FROM connectors WHERE developer_id = ? AND connector = ? AND document_id = ?",
        [developer, connector.rawValue, document])
      guard db.changesCount == 1 else { throw RecordConflict.unknownConnector(id, connector) }
      if try isWithoutConnector(developer, under: document) {
        try end(
          developer, document, at: try noticePeriodEnd(of: document, from: occasion.happenedAt), evenIfAgreed: false)
      }
    case .agreed:
      try bind(developer, to: document, agreed: true)
    case .accepted(let label), .declined(let label), .optedOut(let label, _):
      row.version = try versionID(slug, label)
    case .terminated(_, immediate: true, _):
      try end(developer, document, at: occasion.happenedAt, evenIfAgreed: true)
    case .terminated(_, immediate: false, _):
      try end(developer, document, at: try noticePeriodEnd(of: document, from: occasion.happenedAt), evenIfAgreed: true)
    }
    try db.run(
      """
      INSERT INTO agreement_acts (
        developer_id, document_id, sequence, act, connector, version_id, clauses, party, immediate, reason)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        developer, document, occasion.sequence, row.act, row.connector, row.version, row.clauses, row.party,
        row.immediate, row.reason,
      ])
  }

  /// A new connector or an express agreement binds, also where an earlier agreement was ending.
  private func bind(_ developer: Int64, to document: Int64, agreed: Bool) throws {
    try db.run(
      """
      INSERT INTO bound (document_id, has_address, developer_id, agreed)
      SELECT ?, has_address, id, ? FROM developers WHERE id = ?
      ON CONFLICT DO UPDATE SET agreed = max(agreed, excluded.agreed), ends_at = NULL
      """, [document, agreed, developer])
  }

  private func isWithoutConnector(_ developer: Int64, under document: Int64) throws -> Bool {
    try db.one(
      Bool.self, "SELECT NOT EXISTS (SELECT 1 FROM connectors WHERE developer_id = ? AND document_id = ?)",
      [developer, document]) ?? true
  }

  /// The first moment after the period that the profile gives either side for ending (section 3.1, rule 7).
  private mutating func noticePeriodEnd(of document: Int64, from moment: Instant) throws -> Instant {
    guard let settings = try currentSettings(of: document) else { return moment }
    let zone = settings.zone
    return zone.firstMoment(of: zone.date(of: moment).adding(days: settings.profile.endingNoticeDays))
  }

  /// Lets the agreement end at `moment`, unless something ends it earlier.
  private func end(_ developer: Int64, _ document: Int64, at moment: Instant, evenIfAgreed: Bool) throws {
    try db.run(
      """
      UPDATE bound SET ends_at = min(coalesce(ends_at, ?1), ?1)
      WHERE document_id = ?2 AND has_address IN (0, 1) AND developer_id = ?3 AND (agreed = 0 OR ?4)
      """, [moment.milliseconds, document, developer, evenIfAgreed])
  }
}

/// An agreement's act as its row holds it.
private struct AgreementRow {
  let act: String
  var connector: String?
  var version: Int64?
  var clauses: String?
  var party: String?
  var immediate: Bool?
  var reason: String?

  init(_ act: AgreementAct) {
    self.act = act.name
    switch act {
    case .connectorAdded(let connector), .connectorRemoved(let connector): self.connector = connector.rawValue
    case .agreed, .accepted, .declined: break
    case .optedOut(_, let selector): clauses = selector.text
    case .terminated(let party, let immediate, let reason):
      self.party = party.rawValue
      self.immediate = immediate
      self.reason = reason
    }
  }
}
