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

  package func longestWaiting() async throws -> OutboxNotice? {
    try await read { db in try db.row(HotQuery.longestWaiting).map(Self.notice) }
  }
}
