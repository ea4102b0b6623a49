/// The schema of the record: numbered SQL, embedded, applied forwards only, never edited once released.
package enum Schema {
  /// One step of the schema.
  package struct Migration: Sendable {
    /// The name of its file without `.sql`, under which the database remembers it.
    package let identifier: String
    private let bytes: [UInt8]

    init(_ identifier: String, _ bytes: [UInt8]) {
      self.identifier = identifier
      self.bytes = bytes
    }

    package var sql: String { String(decoding: bytes, as: UTF8.self) }
  }

  /// Every migration, in the order of application.
  package static let migrations: [Migration] = [
    Migration("m0001_record", PackageResources.m0001_record_sql),
    Migration("m0002_superseding", PackageResources.m0002_superseding_sql),
    Migration("m0003_delivery_reports", PackageResources.m0003_delivery_reports_sql),
    Migration("m0004_web", PackageResources.m0004_web_sql),
    Migration("m0005_approvals", PackageResources.m0005_approvals_sql),
    Migration("m0006_evidence", PackageResources.m0006_evidence_sql),
    Migration("m0007_webhooks", PackageResources.m0007_webhooks_sql),
    Migration("m0008_witness_drops", PackageResources.m0008_witness_drops_sql),
    Migration("m0009_attempt_replies", PackageResources.m0009_attempt_replies_sql),
    Migration("m0010_open_notices", PackageResources.m0010_open_notices_sql),
    Migration("m0011_ended_sessions", PackageResources.m0011_ended_sessions_sql),
  ]

  /// Marks a database file as one of ours: `TENR`, SQLite's `application_id`.
  package static let applicationID: Int32 = 0x5445_4e52
}
