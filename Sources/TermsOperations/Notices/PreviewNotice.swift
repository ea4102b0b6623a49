package import TermsModel

extension TermsRegistry {
  /// What the notice of a version to one developer says if it is sent now; writes nothing.
  ///
  /// - Parameter version: the latest posted version where `nil`.
  /// - Throws: ``NoticeRefusal/noAddress(_:)`` for a developer to whom no letter goes.
  package func previewNotice(
    to id: DeveloperID, of slug: DocumentSlug, version label: VersionLabel?, baseURL: String?
  ) async throws -> NoticeContent {
    let developer = try await requireDeveloper(id)
    let version = try await requireVersion(label, of: try await requireDocument(slug))
    guard let address = developer.email else { throw NoticeRefusal.noAddress(id) }
    let moment = now()
    let planned = try await record.notice(of: slug, version: version.label, to: id)
    let notice =
      planned?.recipient == nil
      ? OutboxNotice(
        number: 0, document: slug, version: version.label, developer: id, name: developer.name, recipient: address,
        state: .queued, attempts: 0, plannedAt: moment, dueAt: moment, lastReply: nil)
      : planned
    guard let notice, let content = try await content(of: notice, at: moment, baseURL: baseURL) else {
      throw NoticeRefusal.noAddress(id)
    }
    return content
  }
}
