internal import Foundation
internal import GRDB
internal import TermsModel
internal import TermsOperations

extension Projection {
  func add(_ registration: DeveloperRegistration, on occasion: Occasion) throws {
    try db.run(
      """
      INSERT INTO developers (developer, added, region, has_address) VALUES (?, ?, ?, ?)
      ON CONFLICT (developer) DO NOTHING
      """,
      [registration.id.rawValue, occasion.sequence, registration.region.rawValue, registration.hasAddress])
    guard db.changesCount == 1 else { throw RecordConflict.developerExists(registration.id) }
    try db.run(
      """
      INSERT INTO developer_facts (developer_id, sequence, fact, region, has_address, commitment)
      VALUES (?, ?, 'added', ?, ?, ?)
      """,
      [
        db.lastInsertedRowID, occasion.sequence, registration.region.rawValue, registration.hasAddress,
        StatementArguments.hash(registration.commitment),
      ])
  }

  func move(_ id: DeveloperID, to region: Region, on occasion: Occasion) throws {
    let developer = try presentDeveloperID(id)
    try db.run("UPDATE developers SET region = ? WHERE id = ?", [region.rawValue, developer])
    try db.run(
      "INSERT INTO developer_facts (developer_id, sequence, fact, region) VALUES (?, ?, 'moved', ?)",
      [developer, occasion.sequence, region.rawValue])
  }

  func changeAddress(of id: DeveloperID, hasAddress: Bool, commitment: String, on occasion: Occasion) throws {
    let developer = try presentDeveloperID(id)
    try db.run("UPDATE developers SET has_address = ? WHERE id = ?", [hasAddress, developer])
    try db.run(
      """
      INSERT INTO developer_facts (developer_id, sequence, fact, has_address, commitment)
      VALUES (?, ?, 'address', ?, ?)
      """, [developer, occasion.sequence, hasAddress, StatementArguments.hash(commitment)])
    try carryAddress(of: developer, hasAddress: hasAddress)
  }

  func erase(_ id: DeveloperID, reason: String?, on occasion: Occasion) throws {
    let developer = try presentDeveloperID(id)
    try db.run("UPDATE developers SET has_address = 0, erased = ? WHERE id = ?", [occasion.sequence, developer])
    try db.run(
      "INSERT INTO developer_facts (developer_id, sequence, fact, has_address, reason) VALUES (?, ?, 'erased', 0, ?)",
      [developer, occasion.sequence, reason])
    try carryAddress(of: developer, hasAddress: false)
  }

  /// The number of a developer whose data were not erased: one who was has nothing left that could change.
  private func presentDeveloperID(_ id: DeveloperID) throws -> Int64 {
    let number = try db.one(
      Int64.self, "SELECT id FROM developers WHERE developer = ? AND erased IS NULL", [id.rawValue])
    guard let number else { throw RecordConflict.unknownDeveloper(id) }
    return number
  }

  /// Lets the audiences know whether a developer can be told by e-mail, and takes back what cannot be sent any more.
  private func carryAddress(of developer: Int64, hasAddress: Bool) throws {
    // By document, of which there are few: the table has no index by developer, and needs none.
    try db.run(
      """
      UPDATE bound SET has_address = ?1
      WHERE document_id IN (SELECT id FROM documents) AND has_address = 1 - ?1 AND developer_id = ?2
      """, [hasAddress ? 1 : 0, developer])
    if !hasAddress {
      try db.run(
        """
        UPDATE outbox SET state = 'cancelled', due_at = NULL
        WHERE version_id IN (SELECT id FROM versions) AND developer_id = ? AND state = 'queued'
        """, [developer])
    }
  }
}
