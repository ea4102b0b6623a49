internal import GRDB
package import TermsModel
package import TermsOperations

extension TermsStore {
  package func developers(_ kind: ConcernedDevelopers, after place: Int64?, limit: Int) async throws -> ConcernedPage {
    try await read { db in
      let rows: [Row]
      switch kind {
      case .bound(let document, let hasAddress):
        if let along = try db.documents(bindingTo: document) {
          rows = try db.rows(HotQuery.boundDevelopersAlong, [along, hasAddress, place ?? 0, limit])
          break
        }
        rows = try db.rows(
          HotQuery.boundDevelopers, [try Self.number(of: document, in: db), hasAddress, place ?? 0, limit])
      case .noticed(let document, let version):
        rows = try db.rows(
          HotQuery.noticedDevelopers, [try Self.number(of: version, of: document, in: db), place ?? 0, limit])
      case .consenting(let document, let since):
        let start = try place ?? Self.lastAct(recordedBefore: since, in: db)
        if let along = try db.documents(bindingTo: document) {
          rows = try db.rows(HotQuery.consentingDevelopersAlong, [along, start, limit])
          break
        }
        rows = try db.rows(
          HotQuery.consentingDevelopers, [try Self.number(of: document, in: db), start, limit])
      }
      return ConcernedPage(
        developers: try rows.map { try $0.identifier("developer") },
        end: rows.count < limit ? nil : rows.last.map { $0["place"] })
    }
  }

  package func noticeHolders(of document: DocumentSlug, version: VersionLabel) async throws -> NoticeHolders {
    try await read { db in
      let number = try Self.number(of: version, of: document, in: db)
      let rows = try db.rows(HotQuery.countNoticeHolders, [number, try Self.number(of: document, in: db)])
      let counts = Dictionary(uniqueKeysWithValues: rows.map { ($0["has_address"] as Bool, $0["developers"] as Int) })
      let waiting = try db.one(
        Int.self,
        "SELECT notices FROM outbox_counts WHERE version_id = ? AND superseding = 0 AND state = 'queued'", [number])
      return NoticeHolders(
        withAddress: counts[true] ?? 0, withoutAddress: counts[false] ?? 0, waiting: waiting ?? 0)
    }
  }

  private static func number(of document: DocumentSlug, in db: Database) throws -> Int64 {
    guard let number = try db.one(Int64.self, "SELECT id FROM documents WHERE slug = ?", [document.rawValue]) else {
      throw RecordConflict.unknownDocument(document)
    }
    return number
  }

  private static func number(of version: VersionLabel, of document: DocumentSlug, in db: Database) throws -> Int64 {
    let number = try db.one(
      Int64.self, "SELECT id FROM versions WHERE document_id = ? AND label = ?",
      [try number(of: document, in: db), version.rawValue])
    guard let number else { throw RecordConflict.unknownVersion(document, version) }
    return number
  }

  /// The number of the last act that was recorded before a moment; 0 where none was.
  ///
  /// Acts are recorded in the order of time, so that halving finds it without an index. What happened at the moment or later
  /// was recorded after that act: nothing is recorded before it happens.
  private static func lastAct(recordedBefore moment: Instant, in db: Database) throws -> Int64 {
    var (low, high) = (Int64(0), try db.one(Int64.self, "SELECT coalesce(max(sequence), 0) FROM acts", []) ?? 0)
    while low < high {
      let middle = low + (high - low + 1) / 2
      let recorded = try db.one(Int64.self, "SELECT recorded_at FROM acts WHERE sequence = ?", [middle])
      if let recorded, recorded < moment.milliseconds { low = middle } else { high = middle - 1 }
    }
    return low
  }
}
