internal import Binding
internal import GRDB
internal import Synchronization
package import TermsModel
package import TermsOperations
internal import Transparency

/// The question that is asked most: few rows of one developer, in one view of the record.
extension TermsStore {
  package func bindingStamp(of developer: DeveloperID) async throws -> BindingStamp? {
    try await readQuickly(isOneStatement: true) { db in
      try db.placed(HotQuery.bindingStamp, .text(developer.rawValue)) { try Self.stamp($0, in: db) }
    }
  }

  private static func stamp(_ row: PlacedRow, in db: Database) throws -> BindingStamp {
    let sequence = max(row.integer(1), row.integer(2))
    let fingerprint = try db.placed(HotQuery.fingerprint, .integer(sequence)) { SHA256Hex.text(of: $0.bytes(0)) }
    return BindingStamp(sequence: sequence, fingerprint: fingerprint ?? "", lastRecordedAt: row.instant(3))
  }

  package func binding(of developer: DeveloperID, under document: DocumentSlug, knownAt moment: Instant) async throws
    -> RecordedBinding?
  {
    try await readQuickly(isOneStatement: true) { [knownDocuments] db in
      // What is asked inside is answered in the view that the outer statement holds.
      try db.placed(HotQuery.bindingStamp, .text(developer.rawValue)) { row in
        let documentsStamp = row.integer(1)
        return try Self.binding(
          try DeveloperReading(developer, number: row.integer(0), in: db), under: document, knownAt: moment,
          stamp: try Self.stamp(row, in: db)
        ) { slug in try Self.known(slug, in: db, by: knownDocuments, as: documentsStamp) }
      } ?? nil
    }
  }

  private static func binding(
    _ developer: DeveloperReading, under document: DocumentSlug, knownAt moment: Instant, stamp: BindingStamp,
    known: (DocumentSlug) throws -> KnownDocument?
  ) throws -> RecordedBinding? {
    guard let own = try known(document),
      let settings = own.settings.last(where: { $0.recordedAt <= moment }) ?? own.settings.last
    else { return nil }
    var incorporated: [BindingRecord] = []
    for reference in settings.document.settings.incorporated where reference.pinned == nil {
      guard let other = try known(reference.document),
        let rules = other.settings.last(where: { $0.recordedAt <= moment })
      else { continue }
      incorporated.append(
        BindingRecord(
          document: rules.document, versions: other.versions,
          facts: developer.facts(under: reference.document, other.named)))
    }
    let record = BindingRecord(
      document: settings.document, versions: own.versions, facts: developer.facts(under: document, own.named))
    return RecordedBinding(record, incorporated: incorporated, stamp: stamp)
  }

  /// What is on record of a document, read anew only where something was added about any.
  private static func known(
    _ slug: DocumentSlug, in db: Database, by cache: KnownDocuments, as stamp: Int64
  ) throws -> KnownDocument? {
    if let known = cache.document(slug, as: stamp) { return known }
    let rows = try db.rows(
      """
      SELECT slug, title, settings, recorded_at
      FROM documents JOIN document_settings ON document_id = id JOIN acts USING (sequence)
      WHERE slug = ? ORDER BY sequence
      """, [slug.rawValue])
    guard !rows.isEmpty else { return nil }
    var documents = NamedDocuments(db)
    let known = KnownDocument(
      settings: try rows.map { (document: try Self.document($0), recordedAt: $0.instant("recorded_at")) },
      versions: try versions(of: slug, in: db), named: try documents[slug])
    cache.keep(known, of: slug, as: stamp)
    return known
  }
}

/// A document with its versions, as the record has them.
struct KnownDocument: Sendable {
  /// Each title and settings, the first one first.
  let settings: [(document: Document, recordedAt: Instant)]
  let versions: [PostedVersion]
  /// Its place in the record, and the documents that name it, or did.
  let named: NamedDocuments.Named?
}

/// Documents that were read, for as long as nothing is added about any of them.
final class KnownDocuments: Sendable {
  private struct Kept {
    var stamp: Int64 = -1
    var documents: [DocumentSlug: KnownDocument] = [:]
  }

  private let kept = Mutex(Kept())
  /// More than a platform has; past it they are read anew.
  private static let most = 100

  func document(_ slug: DocumentSlug, as stamp: Int64) -> KnownDocument? {
    kept.withLock { $0.stamp == stamp ? $0.documents[slug] : nil }
  }

  func keep(_ document: KnownDocument, of slug: DocumentSlug, as stamp: Int64) {
    kept.withLock { kept in
      // A reader of an older state of the record is not to overwrite what a newer one found.
      guard stamp >= kept.stamp else { return }
      if stamp > kept.stamp || kept.documents.count >= Self.most { kept.documents = [:] }
      kept.stamp = stamp
      kept.documents[slug] = document
    }
  }
}
