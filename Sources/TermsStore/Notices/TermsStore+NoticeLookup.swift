internal import GRDB
package import TermsModel
package import TermsOperations

extension TermsStore {
  package func notice(of document: DocumentSlug, version: VersionLabel, to developer: DeveloperID) async throws
    -> OutboxNotice?
  {
    try await read { db in
      try db.row(HotQuery.oneNotice, [document.rawValue, version.rawValue, developer.rawValue]).map(Self.notice)
    }
  }

  package func notice(numbered number: Int64) async throws -> OutboxNotice? {
    try await read { db in try db.row(HotQuery.noticeByNumber, [number]).map(Self.notice) }
  }

  package func longestWaiting() async throws -> OutboxNotice? {
    try await read { db in try db.row(HotQuery.longestWaiting).map(Self.notice) }
  }

  package func lastReminder(
    of date: CalendarDate, _ document: DocumentSlug, version: VersionLabel, to developer: DeveloperID
  ) async throws -> Instant? {
    try await read { db in
      try db.one(
        Int64.self, HotQuery.lastReminder,
        [document.rawValue, version.rawValue, developer.rawValue, date.description]
      ).map(Instant.init(milliseconds:))
    }
  }
}
