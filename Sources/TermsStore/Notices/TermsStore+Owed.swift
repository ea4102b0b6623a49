internal import Binding
internal import GRDB
package import TermsModel
package import TermsOperations

extension TermsStore {
  package func owedNotices(to developers: [DeveloperID], of document: DocumentSlug, at moment: Instant) async throws
    -> [OwedNotice]
  {
    try await read { db in try Self.owed(to: developers, of: document, at: moment, in: db) }
  }

  package func planOwedNotices(
    to developers: [DeveloperID], of document: DocumentSlug, by actor: String, at moment: Instant
  ) async throws -> [OwedNotice] {
    try await write { db in
      var recorder = try ActRecorder(db, actor: actor, at: moment)
      return try Self.planOwed(to: developers, of: document, with: &recorder, in: db)
    }
  }

  /// Plans what a developer is owed by a joining that was just recorded as of a moment in the past, for the document and for
  /// those that bind along with it.
  static func planOwed(
    to developer: DeveloperID, joining document: DocumentSlug, at moment: Instant, with recorder: inout ActRecorder,
    in db: Database
  ) throws {
    let settings = try db.row(
      """
      SELECT slug, title, settings FROM documents JOIN document_settings ON document_id = id
      WHERE slug = ? ORDER BY sequence DESC LIMIT 1
      """, [document.rawValue]
    ).map(Self.document)
    let along = settings?.settings.incorporated.filter { $0.pinned == nil }.map(\.document) ?? []
    for slug in [document] + along {
      let isLate = try db.one(
        Bool.self,
        """
        SELECT EXISTS (
          SELECT 1 FROM versions JOIN documents ON documents.id = document_id WHERE slug = ? AND posted_at > ?)
        """, [slug.rawValue, moment.milliseconds])
      guard isLate == true else { continue }
      _ = try planOwed(to: [developer], of: slug, with: &recorder, in: db)
    }
  }

  private static func planOwed(
    to developers: [DeveloperID], of document: DocumentSlug, with recorder: inout ActRecorder, in db: Database
  ) throws -> [OwedNotice] {
    let owed = try owed(to: developers, of: document, at: recorder.recordedAt, in: db)
    for one in owed {
      _ = try recorder.append(
        .noticePlanned(one.developer, one.document, one.version), happenedAt: recorder.recordedAt)
    }
    return owed
  }

  /// What the rules require and the outbox does not have, of those developers who have an address.
  private static func owed(
    to developers: [DeveloperID], of slug: DocumentSlug, at moment: Instant, in db: Database
  ) throws -> [OwedNotice] {
    let row = try db.row(
      """
      SELECT slug, title, settings
      FROM documents JOIN document_settings ON document_id = id JOIN acts USING (sequence)
      WHERE slug = ? AND recorded_at <= ? ORDER BY sequence DESC LIMIT 1
      """, [slug.rawValue, moment.milliseconds])
    guard let document = try row.map(Self.document) else { return [] }
    let versions = try versions(of: slug, in: db)
    var documents = NamedDocuments(db)
    let named = try documents[slug]
    let question = BindingQuestion(at: moment, knownAt: moment)
    return try developers.flatMap { developer -> [OwedNotice] in
      guard let reading = try DeveloperReading(developer, in: db) else { return [] }
      let facts = reading.facts(under: slug, named)
      let answer = bindingAnswer(document: document, versions: versions, facts: facts, question: question)
      return try answer.untoldVersions(by: facts.notices).filter { version in
        try db.one(Bool.self, HotQuery.mayPlanNotice, [slug.rawValue, version.rawValue, developer.rawValue]) ?? false
      }.map { OwedNotice(developer: developer, document: slug, version: $0) }
    }
  }
}
